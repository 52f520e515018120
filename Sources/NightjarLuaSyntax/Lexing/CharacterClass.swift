// What a byte may be in Lua: letters, digits and spaces of ASCII, whatever the locale. One table of
// 256 bits-in-bytes, so that the lexer's loops are one load and one test.

/// Classes of bytes.
enum CharacterClass {
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  /// Space, tab, line ends, form feed, vertical tab.
  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte &- 9 < 5 }

  /// A letter or an underscore.
  @inline(__always)
  static func startsName(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 || byte == 95 }

  @inline(__always)
  static func continuesName(_ byte: UInt8) -> Bool { startsName(byte) || isDigit(byte) }

  /// The value of a hexadecimal digit.
  @inline(__always)
  static func hexValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte &- 48 }
    let letter = (byte | 32) &- 97
    return letter < 6 ? letter &+ 10 : nil
  }
}
