// Nothing traps and everything ends: random bytes, random tokens, and good texts with tokens
// taken out, doubled or exchanged. The seed is in the message of a failure.

import Foundation
import NightjarBase
import NightjarDiagnostics
import NightjarLuaSyntax
import TestSupport
import Testing

@Suite struct NoiseTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] == "1" ? 200_000 : 4_000

  /// Reads a text both ways and checks what must hold of every tree.
  private func check(_ bytes: [UInt8], seed: UInt64) {
    let first = LuaSyntax.parse(bytes)
    let all = LuaSyntax.parse(bytes, .init(findsAllErrors: true))
    LosslessTests.check(all, "seed \(seed)")
    #expect(first.diagnostics.count <= 1)
    #expect(first.diagnostics.isEmpty == all.diagnostics.isEmpty, "seed \(seed)")
    #expect(first.diagnostics.first?.reference == all.diagnostics.first?.reference)
    let source = SourceText(name: "noise", bytes: bytes)
    for diagnostic in all.diagnostics.prefix(20) {
      #expect(
        Int(diagnostic.span.end) <= bytes.count && diagnostic.span.start <= diagnostic.span.end
      )
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
    TokenKind.allCases.compactMap(\.spelling) + [
      "x", "y", "self", "1", "0x", "2.5", "'s'", "\"a\\x\"", "[[l]]", "[==[", "--", "--[[", "]]",
      "\n",
      "\"", "'", "!", "!=", "&&", "||", "+=", "++", "?", "@", "é", "const", "close", "\\", "\0",
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

  private static let sample = """
    local a <const>, b = {1, 2; x = 3, ["y"] = f{...}}, nil
    function m.n:o(p, ...) if p then return ... elseif not p then goto l else p() end ::l:: end
    local function q() for i = 1, #a, 2 do print(i .. "\\n") end end
    for k, v in pairs(a) do while k < v and v ~= 3 do k = k + 1 break end end
    repeat local z = function() return (a.b.c)[1]:d "x" end until z >= ~5 // 2
    x, y.z = -1 ^ 2, [[long
    string]] -- done
    """

  @Test func mutatedPrograms() {
    let tree = parse(Self.sample)
    #expect(tree.diagnostics.isEmpty)
    let tokens = tree.tokens.dropLast().map { Array(tree.source[$0.span.range]) }
    for seed in 0..<UInt64(Self.rounds) {
      var random = Xoshiro256(seed, 3)
      let mutated = mixedTokens(tokens, words: Self.words, &random)
      let gap: UInt8 = random.next() % 3 == 0 ? 10 : 32
      check(Array(mutated.joined(separator: [gap])), seed: seed)
    }
  }

  /// Every beginning of a program: what an editor sees while somebody types.
  @Test func prefixes() {
    let bytes = Array(Self.sample.utf8)
    for count in bytes.indices { check(Array(bytes[..<count]), seed: UInt64(count)) }
  }
}
