// Programs with a few tokens taken out, doubled or exchanged: what an editor sees, and what attacks the
// compiler.

internal import NightjarBase
internal import NightjarDiagnostics
package import NightjarFuseSyntax
internal import TestSupport

/// The tokens of a program, to be put together wrongly.
package struct Mutations {
  /// Words of the language, and what begins or ends something that goes on.
  package static let words: [String] =
    FuseTokenKind.allCases.compactMap(\.spelling) + [
      "x", "Y", "gen", "quote", "macro", "declare", "extern", "from", "scope", "1", "0x", "2.5",
      "'s'", "\"a\\x\"", "r#\"l\"#", "--", "--[[", "]]", "\n", "\"", "'", "\"${", "}\"", "\n#if ",
      "\n#end\n", "\n#else\n", "debug", "$a", "$...b", "m!(", "é", "\\", "\0", "local", "goto",
    ]

  private let tokens: [[UInt8]]

  package init(of source: [UInt8]) {
    let tree = FuseSyntax.parse(source)
    tokens = tree.tokens.dropLast().map { token in
      let gap: [UInt8] = token.flags.contains(.startsLine) ? [10] : [32]
      return gap + tree.source[token.span.range]
    }
  }

  /// The program with one to four changes, which the seed decides.
  package func text(seed: UInt64) -> [UInt8] {
    var random = Xoshiro256(seed, 3)
    let mutated = mixedTokens(tokens, words: Self.words.map { " " + $0 }, &random)
    return Array(mutated.joined())
  }
}
