// Nothing traps and everything ends: random bytes, random tokens, and good texts with tokens taken
// out, doubled or exchanged. The seed is in the message of a failure.

import Foundation
import FuseTesting
import NightjarBase
import NightjarDiagnostics
import NightjarFuseSyntax
import Testing

@Suite struct NoiseTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] == "1" ? 200_000 : 3_000

  /// Reads a text and checks what must hold of every tree.
  private func check(_ bytes: [UInt8], seed: UInt64) {
    let tree = FuseSyntax.parse(bytes)
    checkInvariants(tree, "seed \(seed)")
    let source = SourceText(name: "noise", bytes: bytes)
    for diagnostic in tree.diagnostics.prefix(20) {
      let span = diagnostic.span
      #expect(Int(span.end) <= bytes.count && span.start <= span.end, "seed \(seed)")
      #expect(!DiagnosticRenderer().render(diagnostic, in: source).isEmpty)
    }
  }

  @Test func randomBytes() {
    for seed in 0..<UInt64(Self.rounds) {
      var random = Xoshiro256(seed, 1)
      let count = Int(random.next() % 200)
      let ascii = random.next() % 2 == 0
      check(
        (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) & (ascii ? 0x7F : 0xFF) },
        seed: seed
      )
    }
  }

  private static let words: [String] =
    FuseTokenKind.allCases.compactMap(\.spelling) + [
      "x", "Y", "gen", "quote", "macro", "declare", "extern", "from", "scope", "1", "0x", "2.5",
      "'s'", "\"a\\x\"", "r#\"l\"#", "--", "--[[", "]]", "\n", "\"", "'", "\"${", "}\"", "\n#if ",
      "\n#end\n", "\n#else\n", "debug", "$a", "$...b", "m!(", "é", "\\", "\0", "local", "goto",
    ]

  @Test func randomTokens() {
    for seed in 0..<UInt64(Self.rounds) {
      var random = Xoshiro256(seed, 2)
      let count = Int(random.next() % 60)
      let text = (0..<count).map { _ in
        Self.words[Int(random.next() % UInt64(Self.words.count))]
          + (random.next() % 4 == 0 ? "" : " ")
      }
      check(Array(text.joined().utf8), seed: seed)
    }
  }

  @Test(arguments: Programs.samples)
  func mutatedPrograms(name: String) throws {
    let tree = FuseSyntax.parse(try Programs.bytes("Samples", name))
    let tokens = tree.tokens.dropLast().map { token in
      let gap: [UInt8] = token.flags.contains(.startsLine) ? [10] : [32]
      return gap + tree.source[token.span.range]
    }
    for seed in 0..<UInt64(Self.rounds / 10) {
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
      check(Array(mutated.joined()), seed: seed)
    }
  }

  /// Every beginning of a program: what an editor sees while somebody types.
  @Test(arguments: Programs.samples)
  func prefixes(name: String) throws {
    let bytes = try Programs.bytes("Samples", name)
    for count in bytes.indices { check(Array(bytes[..<count]), seed: UInt64(count)) }
  }
}
