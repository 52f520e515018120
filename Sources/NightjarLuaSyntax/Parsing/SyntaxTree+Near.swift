// The reference's "near" for errors that a later phase finds.

internal import NightjarBase
package import NightjarDiagnostics

extension SyntaxTree {
  /// " near " and a token as the reference quotes it.
  package func nearSuffix(of token: TokenID) -> [UInt8] {
    Array(" near ".utf8) + NearText.quoted(self[token], in: source, dialect.rules)
  }
}
