// The code of a page of the book. A page is one program: its blocks marked `swift` (or `c`), one after
// another, print what its blocks marked `output` say, one after another. What a page shows of the command is
// checked by Tests/ProgramTests.

import Foundation

/// A page with code.
struct BookPage {
  /// The name of the file without its suffix: `getting-started`.
  let name: String
  private var blocks: [String: [String]] = [:]

  init(_ file: URL) throws {
    name = file.deletingPathExtension().lastPathComponent
    var kind: String?
    var lines: [Substring] = []
    for line in try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    {
      if line.hasPrefix("```") {
        if let kind {
          blocks[kind, default: []].append(lines.map { $0 + "\n" }.joined())
        }
        kind = kind == nil ? String(line.dropFirst(3)) : nil
        lines = []
      } else {
        lines.append(line)
      }
    }
  }

  /// The page's program in Swift; nil when it has none.
  var swift: String? { blocks["swift"]?.joined(separator: "\n") }
  /// The page's program in C; nil when it has none.
  var c: String? { blocks["c"]?.joined(separator: "\n") }
  /// What the program prints.
  var output: String { blocks["output", default: []].joined() }
  /// Package manifests.
  var manifests: [String] { blocks["swift manifest", default: []] }

  /// A name for the page's target: `GettingStarted`; the number of a chapter is no part of it.
  var target: String {
    name.split(separator: "-").filter { Int($0) == nil }.map(\.capitalized).joined()
  }

  /// The README and all pages of the book, in the order of their names.
  static func all() throws -> [BookPage] {
    let book = try ["docs/book", "docs/book/async"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(
        at: Stranger.repository.appending(path: folder),
        includingPropertiesForKeys: nil
      )
      .filter { $0.pathExtension == "md" && $0.lastPathComponent != "README.md" }
      .sorted { $0.path < $1.path }
    }
    return try [BookPage(Stranger.repository.appending(path: "README.md"))]
      + book.map { try BookPage($0) }
  }
}
