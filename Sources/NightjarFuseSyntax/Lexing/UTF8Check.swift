// Whether bytes are UTF-8. Most texts are ASCII, so the loop first looks for a byte that is not.

/// Finds bytes that are not UTF-8.
enum UTF8Check {
  /// The first byte of a range that begins no character of UTF-8, or `nil` if all are fine.
  ///
  /// Overlong forms, surrogates and numbers above 10FFFF are refused.
  static func firstInvalid(_ bytes: [UInt8], in range: Range<Int>) -> Int? {
    var i = range.lowerBound
    while i < range.upperBound {
      let byte = bytes[i]
      if byte < 0x80 {
        i += 1
        continue
      }
      guard let count = characterByteCount(bytes, at: i, end: range.upperBound) else { return i }
      i += count
    }
    return nil
  }

  /// The number of bytes of the character at an index, which is beyond ASCII.
  private static func characterByteCount(_ bytes: [UInt8], at i: Int, end: Int) -> Int? {
    let lead = bytes[i]
    let count: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF: count = 2
    case 0xE0...0xEF:
      count = 3
      if lead == 0xE0 { low = 0xA0 }
      if lead == 0xED { high = 0x9F }
    case 0xF0...0xF4:
      count = 4
      if lead == 0xF0 { low = 0x90 }
      if lead == 0xF4 { high = 0x8F }
    default: return nil
    }
    if i + count > end || bytes[i + 1] < low || bytes[i + 1] > high { return nil }
    for k in 2..<max(2, count) where bytes[i + k] & 0xC0 != 0x80 { return nil }
    return count
  }
}
