// The names of all mistakes. A code is stable for ever: people search for it, and it names a page.
//
// ORDER: a new code is declared beside its wording (`Tokens/`, `Grammar/`, `Scopes/`), listed in
// `all`, and has a page under docs/errors/ and a golden file under Tests/Golden/diagnostics/;
// tests look for all of them.

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

  /// Every code there is, in order.
  package static let all: [DiagnosticCode] = tokens + grammar + scopes
}
