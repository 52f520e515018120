// Programs with a few tokens taken out, doubled or exchanged: what an editor sees, and what attacks the
// compiler.

internal import NightjarBase
internal import NightjarDiagnostics
package import NightjarFuseSyntax

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
    var mutated = tokens
    for _ in 0...(random.next() % 4) {
      let i = Int(random.next() % UInt64(mutated.count))
      let j = Int(random.next() % UInt64(mutated.count))
      switch random.next() % 4 {
      case 0: mutated.remove(at: i)
      case 1: mutated.insert(mutated[j], at: i)
      case 2: mutated.swapAt(i, j)
      default:
        mutated[i] = Array(" \(Self.words[Int(random.next() % UInt64(Self.words.count))])".utf8)
      }
      if mutated.isEmpty { mutated = tokens }
    }
    return Array(mutated.joined())
  }
}
