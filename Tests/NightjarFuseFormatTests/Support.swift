// What the tests of the formatter share: what formatting must keep.

import Foundation
import NightjarDiagnostics
import NightjarFuseFormat
import NightjarFuseSyntax
import Testing

/// What a program means, as far as its text says: its nodes, the words in them, its comments.
struct Meaning: Equatable {
  var nodes: [String]
  var words: [String]
  var comments: [String]

  init(_ tree: FuseTree) {
    nodes = tree.nodes.map { "\($0.kind) \($0.detail)" }
    words = []
    let margin = CharacterSet.whitespacesAndNewlines.union(["\u{FEFF}"])
    comments = []
    for (index, token) in tree.tokens.enumerated() {
      let id = TokenID(Int32(index))
      for line in tree.source[tree.trivia(before: id).range].split(separator: 10) {
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: margin)
        if !text.isEmpty { comments.append(text) }
      }
      switch token.kind {
      case .comma, .semicolon: break
      case .functionKeyword: words.append("fn")
      case .tilde, .bang: words.append("!")
      case .string: words.append(String(decoding: tree.stringValue(id), as: UTF8.self))
      default: words.append(String(decoding: tree.text(of: id), as: UTF8.self))
      }
    }
  }
}

/// The text in canonical style, after checking that it means the same and stays as it is.
func formatted(_ bytes: [UInt8], _ name: String) -> String {
  let tree = FuseSyntax.parse(bytes)
  guard let once = FuseFormatter.format(tree) else {
    Issue.record("\(name): has errors\n\(rendered(tree))")
    return ""
  }
  let again = FuseSyntax.parse(once)
  let text = String(decoding: once, as: UTF8.self)
  if again.hasErrors { Issue.record("\(name): broken\n\(text)\n\(rendered(again))") }
  let before = Meaning(tree)
  let after = Meaning(again)
  if before.nodes != after.nodes { Issue.record("\(name): another tree\n\(text)") }
  if before.words != after.words { Issue.record("\(name): other words\n\(text)") }
  if before.comments != after.comments { Issue.record("\(name): other comments\n\(text)") }
  if let twice = FuseFormatter.format(again), twice != once {
    let second = String(decoding: twice, as: UTF8.self)
    Issue.record("\(name): not the same again\n\(text)\n--- second:\n\(second)")
  }
  return text
}

private func rendered(_ tree: FuseTree) -> String {
  let source = SourceText(name: "example.fuse", bytes: tree.source)
  return DiagnosticRenderer().render(tree.diagnostics, in: source)
}
