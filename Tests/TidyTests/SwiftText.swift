// Swift source with its comments and the contents of its strings blanked, line by line, so that
// the tidy tests look at code alone.

/// A Swift file seen as lines of code.
struct SwiftText {
  /// The lines with comments and string contents replaced by spaces.
  let code: [String]
  /// The comment lines the file begins with, or nothing.
  let firstComment: String

  private enum Place: Equatable {
    case code
    case lineComment
    case blockComment(depth: Int)
    case string(hashes: Int, isMultiline: Bool)
  }

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var out = bytes
    var place = Place.code
    var at = 0

    func starts(with word: String, at offset: Int) -> Bool {
      bytes[offset...].starts(with: word.utf8)
    }
    func blank(_ count: Int) {
      for offset in at..<min(at + count, bytes.count) where bytes[offset] != UInt8(ascii: "\n") {
        out[offset] = UInt8(ascii: " ")
      }
      at += count
    }

    while at < bytes.count {
      switch place {
      case .code:
        if starts(with: "//", at: at) {
          place = .lineComment
        } else if starts(with: "/*", at: at) {
          place = .blockComment(depth: 1)
          blank(2)
        } else if let opening = Self.stringOpening(bytes, at: at) {
          place = opening.place
          at += opening.byteCount
        } else {
          at += 1
        }
      case .lineComment:
        if bytes[at] == UInt8(ascii: "\n") { place = .code }
        blank(1)
      case .blockComment(let depth):
        if starts(with: "/*", at: at) {
          place = .blockComment(depth: depth + 1)
          blank(2)
        } else if starts(with: "*/", at: at) {
          place = depth == 1 ? .code : .blockComment(depth: depth - 1)
          blank(2)
        } else {
          blank(1)
        }
      case .string(let hashes, let isMultiline):
        let mark = String(repeating: "#", count: hashes)
        let closing = (isMultiline ? "\"\"\"" : "\"") + mark
        if starts(with: "\\" + mark, at: at) {
          blank(2 + hashes)
        } else if starts(with: closing, at: at) {
          place = .code
          at += closing.utf8.count
        } else {
          blank(1)
        }
      }
    }
    code = String(decoding: out, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    firstComment = text.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0.hasPrefix("// swift-tools-version") || $0.isEmpty }
      .prefix { $0.hasPrefix("//") }
      .joined(separator: "\n")
  }

  /// The kind and length of the string delimiter at an offset, if one begins there.
  private static func stringOpening(
    _ bytes: [UInt8],
    at offset: Int
  ) -> (place: Place, byteCount: Int)? {
    var hashes = 0
    while offset + hashes < bytes.count, bytes[offset + hashes] == UInt8(ascii: "#") { hashes += 1 }
    let rest = bytes[(offset + hashes)...]
    if rest.starts(with: "\"\"\"".utf8) {
      return (.string(hashes: hashes, isMultiline: true), hashes + 3)
    }
    if rest.first == UInt8(ascii: "\"") {
      return (.string(hashes: hashes, isMultiline: false), hashes + 1)
    }
    return nil
  }
}
