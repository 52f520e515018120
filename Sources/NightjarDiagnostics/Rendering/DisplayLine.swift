// One line of source made fit for a terminal: tabs become spaces, control characters and broken
// UTF-8 become visible, and a very long line is cut to the part that matters.

/// A line as it is shown, and where its bytes went.
struct DisplayLine {
  /// What to print.
  private(set) var text = ""
  /// The column, from 0, at which each byte of the line is shown; one entry more for its end.
  private var columns: [Int] = []
  private let start: Int

  /// The most characters shown of one line.
  private static let widthMax = 110

  /// Prepares a line so that the offset `focus` of the text is visible.
  init(_ source: SourceText, line: Int, focus: Int) {
    let range = source.range(ofLine: line)
    var first = range.lowerBound
    var last = range.upperBound
    if range.count > Self.widthMax {
      first = max(first, min(focus - Self.widthMax / 2, last - Self.widthMax))
      last = min(last, first + Self.widthMax)
    }
    while first > range.lowerBound, source.bytes[first] & 0xC0 == 0x80 { first -= 1 }
    start = first
    var column = 0
    if first > range.lowerBound {
      text = "…"
      column = 1
    }
    append(source.bytes[first..<last], column: column)
    if last < range.upperBound { text += "…" }
  }

  /// The column, from 0, at which a byte of the text is shown.
  func column(of offset: Int) -> Int {
    columns[max(0, min(offset - start, columns.count - 1))]
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>, column first: Int) {
    var column = first
    var i = bytes.startIndex
    while i < bytes.endIndex {
      let (shown, byteCount) = Self.character(bytes, at: i)
      for _ in 0..<byteCount { columns.append(column) }
      text += shown
      column += shown.unicodeScalars.count
      i += byteCount
    }
    columns.append(column)
  }

  /// What to show for the character at an index, and how many bytes it takes.
  private static func character(_ bytes: ArraySlice<UInt8>, at i: Int) -> (String, Int) {
    let byte = bytes[i]
    if byte == 9 { return ("    ", 1) }
    if byte < 32 || byte == 127 { return ("\u{FFFD}", 1) }
    if byte < 0x80 { return (String(Unicode.Scalar(byte)), 1) }
    let count = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
    let end = min(i + count, bytes.endIndex)
    guard byte >= 0xC2, let text = String(validating: bytes[i..<end], as: UTF8.self),
      text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first,
      scalar.value >= 0xA0
    else { return ("\u{FFFD}", 1) }
    return (text, count)
  }
}
