// What a message calls a token: `=`, the name `x`, the end of the text. Made once by the phase
// that has the token, so that the wording need know nothing of token kinds.

/// The thing found where something else was expected.
package struct Found: Sendable {
  /// Where it stands.
  package var span: Span
  /// How a sentence names it: "`=`", "the name `x`", "the end of the text".
  package var description: String

  /// Names what stands at `span`.
  package init(span: Span, description: String) {
    self.span = span
    self.description = description
  }
}
