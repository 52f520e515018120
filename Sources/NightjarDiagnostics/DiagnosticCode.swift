// The names of all mistakes. A code is stable for ever: people search for it, and it names a page.
//
// ORDER: a new code needs its wording (a function in the phase's folder), its page under
// docs/errors/ and a golden file under Tests/Golden/diagnostics/; a tidy test looks for all three.

/// A stable code such as `NJ-L0101`.
///
/// `NJ-L01xx` are mistakes of tokens, `NJ-L02xx` of grammar, `NJ-L03xx` of names and scopes.
package struct DiagnosticCode: Hashable, Sendable, CustomStringConvertible {
  /// The code as printed.
  package let description: String

  /// Names a code; done once for each, beside the wording of its phase.
  package init(_ description: String) {
    self.description = description
  }
}
