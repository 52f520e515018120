// Every byte of a text is in a token or in the gap between two, and gaps hold nothing but white
// space and comments; for whole files, for broken texts and for noise.

import Foundation
import NightjarBase
internal import NightjarDiagnostics
import NightjarLuaSyntax
import Testing

@Suite struct LosslessTests {
  /// Tokens in order, inside the text, one end of file, gaps that read as nothing.
  static func check(_ tree: SyntaxTree, isFile: Bool = false, _ note: String = "") {
    var offset: UInt32 = 0
    for token in tree.tokens {
      #expect(token.start >= offset && token.end >= token.start, "\(note)")
      let gap = Array(tree.source[Int(offset)..<Int(token.start)])
      if !gap.isEmpty {
        let inner = LuaSyntax.parse(gap, .init(isFile: isFile && offset == 0))
        #expect(inner.tokens.count == 1, "\(note): a gap holds a token")
      }
      offset = token.end
    }
    #expect(Int(offset) == tree.source.count, "\(note)")
    #expect(tree.tokens.last?.kind == .endOfFile)
    #expect(tree.tokens.filter { $0.kind == .endOfFile }.count == 1)
    checkIndices(tree, note)
  }

  /// Every index a node holds is inside its array.
  private static func checkIndices(_ tree: SyntaxTree, _ note: String) {
    for (i, node) in tree.nodes.enumerated() {
      let main = Int(node.mainToken.rawValue)
      let last = Int(node.lastToken.rawValue)
      #expect(main >= 0 && main <= last && last < tree.tokens.count, "\(note): node \(i)")
    }
    _ = TreeWriter(tree: tree).write(tree.root)
  }

  @Test func wholeFiles() throws {
    for file in Repository.luaFiles {
      let bytes = [UInt8](try Data(contentsOf: file))
      let tree = LuaSyntax.parse(bytes, .init(isFile: true))
      Self.check(tree, isFile: true, file.lastPathComponent)
    }
  }

  @Test func brokenTexts() throws {
    for message in try ReferenceMessages.load() {
      for all in [false, true] {
        Self.check(
          LuaSyntax.parse(message.source, .init(findsAllErrors: all)),
          String(decoding: message.source, as: UTF8.self)
        )
      }
    }
  }
}
