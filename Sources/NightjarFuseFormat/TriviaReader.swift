// The comments, empty lines and preprocessor lines between two tokens.

internal import NightjarDiagnostics

/// A comment, or lines that stay as they are.
struct Comment {
  /// The bytes without the line end and the space before it.
  var text: ArraySlice<UInt8>
  /// Whether it begins a line.
  var startsLine: Bool
  /// Whether an empty line stands before it.
  var followsEmptyLine: Bool
  /// Whether it is written at the left margin: a line of the preprocessor, or what it leaves out.
  var isVerbatim: Bool
}

/// What stands between two tokens.
struct Trivia {
  var comments: [Comment] = []
  /// How many line ends stand after the last comment.
  var lineEnds = 0

  /// Reads a stretch of text between tokens, which may begin at the beginning of a line.
  init(_ source: [UInt8], _ range: Range<Int>, startsLine: Bool) {
    var i = range.lowerBound
    var isLineStart = startsLine
    while i < range.upperBound {
      switch source[i] {
      case 10:
        lineEnds += 1
        isLineStart = true
        i += 1
      case UInt8(ascii: "-"):
        let end = Self.lineEnd(source, i, range.upperBound)
        add(source[i..<end], isLineStart, isVerbatim: false)
        i = end
      case UInt8(ascii: "#"):
        let end = Self.directiveEnd(source, i, range.upperBound)
        let isHashBang = i + 1 < end && source[i + 1] == UInt8(ascii: "!")
        var line = i
        // Every line is one entry, so that empty lines among them are kept or not like others.
        while line < end {
          let lineEnd = Self.lineEnd(source, line, end)
          add(source[line..<lineEnd], true, isVerbatim: true)
          if lineEnd < end { lineEnds += 1 }
          line = lineEnd + 1
          if isHashBang { break }
        }
        i = isHashBang ? Self.lineEnd(source, i, range.upperBound) : end
      default: i += 1
      }
    }
  }

  private mutating func add(_ text: ArraySlice<UInt8>, _ startsLine: Bool, isVerbatim: Bool) {
    var text = text
    while let last = text.last, last <= 32 { text = text.dropLast() }
    if isVerbatim, text.isEmpty { return }
    comments.append(
      Comment(
        text: text,
        startsLine: startsLine,
        followsEmptyLine: lineEnds > 1,
        isVerbatim: isVerbatim
      )
    )
    lineEnds = 0
  }

  private static func lineEnd(_ source: [UInt8], _ start: Int, _ limit: Int) -> Int {
    var end = start
    while end < limit, source[end] != 10 { end += 1 }
    return end
  }

  /// The end of the last line of the preprocessor in a stretch: what stands between two of them
  /// may be anything.
  private static func directiveEnd(_ source: [UInt8], _ start: Int, _ limit: Int) -> Int {
    var end = lineEnd(source, start, limit)
    var line = end + 1
    while line < limit {
      let next = lineEnd(source, line, limit)
      let text = source[line..<next].drop { $0 == 32 || $0 == 9 || $0 == 13 }
      if ["#if", "#elseif", "#else", "#end"].contains(where: { text.starts(with: $0.utf8) }) {
        end = next
      }
      line = next + 1
    }
    return end
  }
}
