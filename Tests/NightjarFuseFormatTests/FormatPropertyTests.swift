// Whatever the layout of a program was, formatting keeps its tree, its words and its comments, and
// formatting again changes nothing.

import Foundation
import FuseTesting
import NightjarBase
import NightjarDiagnostics
import NightjarFuseFormat
import NightjarFuseSyntax
import Testing

@Suite struct FormatPropertyTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] == "1" ? 2_000 : 60

  @Test(arguments: Programs.samples)
  func keepsWhatItSays(name: String) throws {
    _ = formatted(try Programs.bytes("Samples", name), name)
  }

  @Test func aTextWithErrorsIsLeftAlone() {
    #expect(FuseFormatter.format(FuseSyntax.parse(Array("let = 1".utf8))) == nil)
  }

  @Test(arguments: [
    "", "\n\n", "-- only", "\u{FEFF}let a = 1", "#!/usr/bin/env fuse\n", ";;", "\r\n",
  ])
  func smallTexts(text: String) {
    _ = formatted(Array(text.utf8), text)
  }

  /// A sample with other spaces, line ends and comments where those mean nothing: between brackets
  /// anything goes, elsewhere only spaces and comments at line ends.
  private func respaced(_ tree: FuseTree, _ random: inout Xoshiro256) -> [UInt8] {
    var out: [UInt8] = []
    var openers: [FuseTokenKind] = []
    var interpolations = 0
    for (index, token) in tree.tokens.enumerated() {
      let trivia = tree.source[tree.trivia(before: TokenID(Int32(index))).range]
      let isAttached = token.flags.contains(.isAttached)
      let chance = random.next() % 10
      switch token.kind {
      case .rightParen, .rightBracket, .rightBrace: _ = openers.popLast()
      default: break
      }
      if trivia.contains(where: { $0 > 32 }) || interpolations > 0 {
        out += trivia
      } else if token.flags.contains(.startsLine) {
        out += Array((chance < 2 ? " -- c\(index)\n" : chance < 4 ? "\n\n\n   " : "\n").utf8)
      } else if isAttached {
        let isFree = !openers.isEmpty && token.kind == .rightParen
        out += Array((isFree && chance < 2 ? "\n" : "").utf8)
      } else if openers.last.map({ $0 != .leftBrace || chance < 5 }) == true, chance < 3 {
        out += Array((chance == 0 ? " -- d\(index)\n" : "\n  ").utf8)
      } else {
        out += Array(String(repeating: " ", count: 1 + Int(chance % 3)).utf8)
      }
      out += tree.source[token.span.range]
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace: openers.append(token.kind)
      case .stringHead: interpolations += 1
      case .stringTail: interpolations -= 1
      default: break
      }
    }
    return out
  }

  @Test(arguments: Programs.samples)
  func otherLayouts(name: String) throws {
    let tree = FuseSyntax.parse(try Programs.bytes("Samples", name))
    let shape = tree.nodes.map(\.kind)
    for seed in 0..<UInt64(Self.rounds) {
      var random = Xoshiro256(seed, 4)
      let bytes = respaced(tree, &random)
      // A line end in a block between brackets may begin a statement: then it is another program.
      let other = FuseSyntax.parse(bytes)
      if other.hasErrors || other.nodes.map(\.kind) != shape { continue }
      _ = formatted(bytes, "\(name) seed \(seed)")
    }
  }

  @Test func linesAreNotLongerThanNeeded() throws {
    for name in Programs.samples {
      let text = formatted(try Programs.bytes("Samples", name), name)
      for line in text.split(separator: "\n") {
        #expect(line.count <= FuseFormatter.columnMax, "\(name): \(line)")
      }
    }
  }
}
