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

  @Test func randomTokens() {
    for seed in 0..<UInt64(Self.rounds) {
      var random = Xoshiro256(seed, 2)
      let count = Int(random.next() % 60)
      let text = (0..<count).map { _ in
        Mutations.words[Int(random.next() % UInt64(Mutations.words.count))]
          + (random.next() % 4 == 0 ? "" : " ")
      }
      check(Array(text.joined().utf8), seed: seed)
    }
  }

  @Test(arguments: Programs.samples)
  func mutatedPrograms(name: String) throws {
    let mutations = Mutations(of: try Programs.bytes("Samples", name))
    for seed in 0..<UInt64(Self.rounds / 10) { check(mutations.text(seed: seed), seed: seed) }
  }

  /// Every beginning of a program: what an editor sees while somebody types.
  @Test(arguments: Programs.samples)
  func prefixes(name: String) throws {
    let bytes = try Programs.bytes("Samples", name)
    for count in bytes.indices { check(Array(bytes[..<count]), seed: UInt64(count)) }
  }
}
