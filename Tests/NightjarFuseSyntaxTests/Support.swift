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

/// Programs beside the tests.
enum Programs {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuse")

  /// The files of a folder of Tests/Fuse by name.
  static func names(in folder: String, suffix: String) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: url(folder, "").path)) ?? []
    return all.filter { $0.hasSuffix(suffix) }.sorted()
  }

  static func url(_ folder: String, _ name: String) -> URL {
    root.appending(path: folder).appending(path: name)
  }

  static func bytes(_ folder: String, _ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url(folder, name)))
  }

  /// The samples of the language's specification.
  static let samples = names(in: "Samples", suffix: ".fuse")
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
