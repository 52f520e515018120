// The lines entered before, newest last: what up, down and the search go through.

/// Lines that can be called back.
package struct History: Equatable, Sendable {
  /// The lines, oldest first.
  package private(set) var lines: [String] = []
  private let lineCountMax: Int

  /// A history of so many lines at the most; older ones are forgotten.
  package init(_ lines: [String] = [], lineCountMax: Int = 1000) {
    self.lineCountMax = lineCountMax
    self.lines = lines.suffix(lineCountMax)
  }

  /// Keeps a line, unless it is blank or the same as the last.
  ///
  /// - Returns: Whether it was kept.
  @discardableResult package mutating func append(_ line: String) -> Bool {
    guard line != lines.last, line.contains(where: { !$0.isWhitespace }) else { return false }
    lines.append(line)
    if lines.count > lineCountMax { lines.removeFirst(lines.count - lineCountMax) }
    return true
  }

  /// The newest line before an index that contains a text.
  package func lastIndex(before end: Int, containing text: String) -> Int? {
    lines[..<min(end, lines.count)].lastIndex { Self.contains($0, text) }
  }

  /// The oldest line after an index that contains a text.
  package func firstIndex(after index: Int, containing text: String) -> Int? {
    lines.indices.dropFirst(index + 1).first { Self.contains(lines[$0], text) }
  }

  private static func contains(_ line: String, _ text: String) -> Bool {
    if text.isEmpty { return true }
    let line = Array(line.utf8)
    let text = Array(text.utf8)
    guard text.count <= line.count else { return false }
    return (0...(line.count - text.count)).contains { line[$0...].starts(with: text) }
  }
}
