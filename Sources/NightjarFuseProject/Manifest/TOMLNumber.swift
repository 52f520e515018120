// Numbers of TOML.

/// Reads numbers.
enum TOMLNumber {
  /// The number that a word is; `nil` if it is none.
  static func read(_ word: String) -> TOMLValue.Contents? {
    var digits = word[...]
    var sign: Int64 = 1
    if digits.first == "+" || digits.first == "-" { sign = digits.removeFirst() == "-" ? -1 : 1 }
    switch digits {
    case "inf": return .float(sign < 0 ? -.infinity : .infinity)
    case "nan": return .float(.nan)
    default: break
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      guard digits.count == word.count, let plain = plain(digits.dropFirst(2)) else { return nil }
      return Int64(plain, radix: radix).map { .integer($0) }
    }
    guard let first = digits.first, first.isASCII, first.isNumber, let plain = plain(digits) else {
      return nil
    }
    let hasLeadingZero =
      first == "0" && (digits.dropFirst().first.map { $0.isNumber || $0 == "_" } ?? false)
    if hasLeadingZero { return nil }
    if plain.allSatisfy({ $0.isNumber }) {
      return Int64((sign < 0 ? "-" : "") + plain).map { .integer($0) }
    }
    let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let last = parts.last?.first, last.isNumber else { return nil }
    return Double(plain).map { .float(sign < 0 ? -$0 : $0) }
  }

  /// A number without the underscores between its digits; `nil` if one stands elsewhere.
  private static func plain(_ text: Substring) -> String? {
    let characters = Array(text)
    for (index, character) in characters.enumerated() where character == "_" {
      guard index > 0, index + 1 < characters.count, characters[index - 1].isHexDigit,
        characters[index + 1].isHexDigit
      else { return nil }
    }
    return String(characters.filter { $0 != "_" })
  }
}
