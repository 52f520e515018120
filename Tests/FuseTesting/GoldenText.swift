// A file of prose, programs and what comes of them, as often as there are cases. NIGHTJAR_BLESS=1
// writes the files anew.

internal import Foundation

/// One file of cases, cut at its fences.
package struct GoldenText {
  /// Whether files are written anew.
  package static let isBlessing = ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1"

  /// Prose and fences, then what is inside a fence, in turn.
  private var parts: [String] = [""]
  private let url: URL

  /// Reads a file of Tests/Fuse.
  package init(_ folder: String, _ name: String) throws {
    url = Programs.url(folder, name)
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isInside = parts.count % 2 == 0
      if line.hasPrefix("```"), isInside { parts.append("") }
      parts[parts.count - 1] += "\(line)\n"
      if line.hasPrefix("```"), !isInside { parts.append("") }
    }
    // The text ends in a line end, and the last piece is empty.
    parts[parts.count - 1].removeLast()
  }

  /// The places of program and output, one pair a case.
  package var cases: [(program: Int, output: Int)] {
    stride(from: 1, to: parts.count - 2, by: 4).map { ($0, $0 + 2) }
  }

  /// What stands in a fence, each line with its end.
  package subscript(_ part: Int) -> String {
    get { parts[part] }
    set { parts[part] = newValue }
  }

  /// Writes the file, if files are to be written anew.
  package func bless() throws {
    if Self.isBlessing { try Data(parts.joined().utf8).write(to: url) }
  }
}
