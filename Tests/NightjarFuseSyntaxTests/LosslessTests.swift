// No byte of a text is lost: tokens and what lies between them make up the text again, and the
// nodes nest as the text does, whatever the text is.

import FuseTesting
import NightjarFuseSyntax
import Testing

/// What holds for the tree of any text.
func checkInvariants(_ tree: FuseTree, _ name: String) {
  #expect(tree.rebuiltSource() == tree.source, "\(name): bytes are lost")
  var end: UInt32 = 0
  for token in tree.tokens {
    if token.start < end || token.end < token.start {
      Issue.record("\(name): tokens overlap at \(token.start)")
    }
    end = token.end
  }
  #expect(tree.tokens.last?.kind == .endOfFile)
  #expect(tree.tokens.filter { $0.kind == .endOfFile }.count == 1)
  for (index, node) in tree.nodes.enumerated() {
    let isOrdered = node.firstToken <= node.mainToken && node.mainToken <= node.lastToken
    if !isOrdered {
      Issue.record("\(name): the tokens of node \(index) \(node.kind) are in disorder")
    }
  }
}

@Suite struct LosslessTests {
  @Test(arguments: Programs.samples)
  func samplesAreKept(name: String) throws {
    let bytes = try Programs.bytes("Samples", name)
    checkInvariants(FuseSyntax.parse(bytes), name)
  }

  @Test(arguments: [
    "", "\n", "\u{FEFF}#!/usr/bin/env fuse\nlet a = 1", "-- only a comment", "let a = 1 -- one\r\n",
    "#if debug\nlet x = 'a\n#else\nlet x = 2\n#end\n", "\"${\"${1}\"}\"", "let é = €", "f(", ")",
    "r#\"a\"b\"#", "x.\nend", "let a: A<B<C>> = 1", "\u{0}", "--[[ a\n b ]] let c = 1",
  ])
  func oddTextsAreKept(text: String) {
    checkInvariants(parse(text), text)
  }

  @Test func invalidUTF8IsKept() {
    let bytes: [UInt8] = [0x6C, 0x65, 0x74, 0x20, 0xFF, 0x22, 0xC3, 0x28, 0x22, 0xE2]
    checkInvariants(FuseSyntax.parse(bytes), "bytes")
  }
}
