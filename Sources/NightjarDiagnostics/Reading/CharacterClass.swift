// What a byte may be in the languages read here: letters, digits and spaces of ASCII, whatever the
// locale. Each question is a subtraction and a comparison, inlined into the loops of the lexers.

/// Classes of bytes.
@usableFromInline
package enum CharacterClass {
  /// `0` to `9`.
  @inlinable @inline(__always)
  package static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  /// Space, tab, line ends, form feed, vertical tab.
  @inlinable @inline(__always)
  package static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte &- 9 < 5 }

  /// A letter or an underscore.
  @inlinable @inline(__always)
  package static func startsName(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 || byte == 95 }

  /// A letter, an underscore or a digit.
  @inlinable @inline(__always)
  package static func continuesName(_ byte: UInt8) -> Bool { startsName(byte) || isDigit(byte) }

  /// The value of a hexadecimal digit.
  @inlinable @inline(__always)
  package static func hexValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte &- 48 }
    let letter = (byte | 32) &- 97
    return letter < 6 ? letter &+ 10 : nil
  }
}
