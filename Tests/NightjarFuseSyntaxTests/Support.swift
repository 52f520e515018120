// What the tests of Fuse's syntax share: reading, the programs of Tests/Fuse, and a tree as text.

import Foundation
import NightjarDiagnostics
import NightjarFuseSyntax

/// Reads a text as a module.
func parse(_ text: String, _ conditions: FuseConditions = FuseConditions()) -> FuseTree {
  FuseSyntax.parse(Array(text.utf8), conditions)
}

/// The codes of what is wrong with a text, in order.
func codes(_ text: String, _ conditions: FuseConditions = FuseConditions()) -> [String] {
  parse(text, conditions).diagnostics.map(\.code.description)
}

/// All diagnostics of a text as people see them.
func rendered(_ tree: FuseTree, name: String = "example.fuse") -> String {
  let source = SourceText(name: name, bytes: tree.source)
  return DiagnosticRenderer().render(tree.diagnostics, in: source)
}

extension Fix {
  /// A text after the edit.
  func applied(to text: String) -> String {
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(span.range, with: replacement.utf8)
    return String(decoding: bytes, as: UTF8.self)
  }
}
