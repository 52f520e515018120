// Markdown files of texts and what comes of them: a fenced block of Lua, then a fenced block of
// the result. With NIGHTJAR_BLESS=1 the results are written instead of compared.

import Foundation

/// A file under Tests/Golden.
struct GoldenFile {
  /// A fenced text and the fenced result after it.
  struct Entry {
    var text: String
    var result: String
    /// The lines of the result in the file.
    var resultLines: Range<Int>
  }

  static let isBlessing = ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1"

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Golden")

  let url: URL
  private(set) var lines: [String]
  private(set) var entries: [Entry] = []

  init(_ path: String) throws {
    url = GoldenFile.folder.appendingPathComponent(path)
    lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    var blocks: [Range<Int>] = []
    var start: Int?
    for (i, line) in lines.enumerated() where line.hasPrefix("```") {
      if let begun = start {
        blocks.append(begun + 1..<i)
        start = nil
      } else {
        start = i
      }
    }
    for i in stride(from: 0, to: blocks.count - 1, by: 2) {
      entries.append(
        Entry(
          text: lines[blocks[i]].joined(separator: "\n"),
          result: lines[blocks[i + 1]].joined(separator: "\n"),
          resultLines: blocks[i + 1]
        )
      )
    }
  }

  /// Writes the file with other results.
  mutating func bless(_ results: [String]) throws {
    for (entry, result) in zip(entries, results).reversed() {
      lines.replaceSubrange(entry.resultLines, with: result.components(separatedBy: "\n"))
    }
    try lines.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
  }
}
