// A named text and where its lines begin: all a renderer needs to show a place.

/// A source text with a name for people.
package struct SourceText: Sendable {
  /// The name shown before line and column, such as a path.
  package let name: String
  /// The bytes; any bytes, though most texts are UTF-8.
  package let bytes: [UInt8]
  /// The offset of the first byte of each line, in order; the first is 0.
  package let lineStarts: [UInt32]

  /// Finds the lines of a text; `\n`, `\r`, `\r\n` and `\n\r` end one.
  ///
  /// - Complexity: O(*n*) in the text.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts: [UInt32] = [0]
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      i += 1
      if byte != 10, byte != 13 { continue }
      if i < bytes.count, bytes[i] == 10 || bytes[i] == 13, bytes[i] != byte { i += 1 }
      starts.append(UInt32(truncatingIfNeeded: i))
    }
    lineStarts = starts
  }

  /// The number of lines; a text that ends in a line end has an empty last one.
  package var lineCount: Int { lineStarts.count }

  /// The line, from 1, that holds an offset; offsets beyond the end are on the last line.
  ///
  /// - Complexity: O(log *n*) in the lines.
  package func line(at offset: UInt32) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The column, from 1, of an offset, counted in characters of UTF-8.
  ///
  /// - Complexity: O(*n*) in the line.
  package func column(at offset: UInt32) -> Int {
    let start = Int(lineStarts[line(at: offset) - 1])
    let end = min(Int(offset), bytes.count)
    if end <= start { return 1 }
    return 1 + bytes[start..<end].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  /// The range of a line's bytes, without its line end.
  package func range(ofLine line: Int) -> Range<Int> {
    if line < 1 || line > lineStarts.count { return bytes.count..<bytes.count }
    let start = Int(lineStarts[line - 1])
    var end = line < lineStarts.count ? Int(lineStarts[line]) : bytes.count
    while end > start, bytes[end - 1] == 10 || bytes[end - 1] == 13 { end -= 1 }
    return start..<end
  }
}
