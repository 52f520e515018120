// From the bytes between a string's delimiters to the bytes it stands for.
//
// SOURCE: Lua 5.4 manual, section 3.1. The lexer has checked the escapes; on bytes it would have
// refused the decoder still ends, and copies what it does not understand.

internal import NightjarDiagnostics

/// Resolves escapes and line ends of string literals.
package enum StringDecoder {
  /// The value of a string in quotes, in which `\x`, `\z` and `\u` may be mere letters.
  package static func decodeShort(
    _ bytes: ArraySlice<UInt8>,
    hasHexEscapes: Bool = true
  ) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = bytes.startIndex
    let end = bytes.endIndex
    while i < end {
      let byte = bytes[i]
      i += 1
      guard byte == UInt8(ascii: "\\"), i < end else {
        out.append(byte)
        continue
      }
      let escape = bytes[i]
      i += 1
      switch escape {
      case UInt8(ascii: "a"): out.append(7)
      case UInt8(ascii: "b"): out.append(8)
      case UInt8(ascii: "t"): out.append(9)
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "v"): out.append(11)
      case UInt8(ascii: "f"): out.append(12)
      case UInt8(ascii: "r"): out.append(13)
      case 10, 13:
        if i < end, bytes[i] == 10 || bytes[i] == 13, bytes[i] != escape { i += 1 }
        out.append(10)
      case UInt8(ascii: "z") where hasHexEscapes:
        while i < end, CharacterClass.isSpace(bytes[i]) { i += 1 }
      case UInt8(ascii: "x") where hasHexEscapes:
        out.append(hexByte(bytes, &i))
      case UInt8(ascii: "u") where hasHexEscapes:
        appendCodePoint(bytes, &i, to: &out)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        i -= 1
        out.append(decimalByte(bytes, &i))
      default:
        out.append(escape)
      }
    }
    return out
  }

  /// The value of a string in long brackets: no first line end, every line end a newline.
  package static func decodeLong(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = bytes.startIndex
    let end = bytes.endIndex
    var isFirst = true
    while i < end {
      let byte = bytes[i]
      i += 1
      if byte == 10 || byte == 13 {
        if i < end, bytes[i] == 10 || bytes[i] == 13, bytes[i] != byte { i += 1 }
        if !isFirst { out.append(10) }
      } else {
        out.append(byte)
      }
      isFirst = false
    }
    return out
  }

  /// Appends the UTF-8 form of a code point below 2^31, as Lua extends it to six bytes.
  package static func appendUTF8(_ codePoint: UInt32, to out: inout [UInt8]) {
    if codePoint < 0x80 {
      out.append(UInt8(codePoint))
      return
    }
    var count = 1
    while count < 5, codePoint >> UInt32(5 * count + 6) != 0 { count += 1 }
    let lead = UInt8(truncatingIfNeeded: 0xFF00 >> (count + 1))
    out.append(lead | UInt8(truncatingIfNeeded: codePoint >> UInt32(6 * count)))
    for i in stride(from: count - 1, through: 0, by: -1) {
      out.append(0x80 | UInt8(truncatingIfNeeded: (codePoint >> UInt32(6 * i)) & 0x3F))
    }
  }

  private static func hexByte(_ bytes: ArraySlice<UInt8>, _ i: inout Int) -> UInt8 {
    var value: UInt8 = 0
    var count = 0
    while count < 2, i < bytes.endIndex, let digit = CharacterClass.hexValue(bytes[i]) {
      value = value << 4 | digit
      i += 1
      count += 1
    }
    return value
  }

  private static func decimalByte(_ bytes: ArraySlice<UInt8>, _ i: inout Int) -> UInt8 {
    var value = 0
    var count = 0
    while count < 3, i < bytes.endIndex, CharacterClass.isDigit(bytes[i]) {
      value = value * 10 + Int(bytes[i] - 48)
      i += 1
      count += 1
    }
    return UInt8(truncatingIfNeeded: value)
  }

  private static func appendCodePoint(
    _ bytes: ArraySlice<UInt8>,
    _ i: inout Int,
    to out: inout [UInt8]
  ) {
    if i < bytes.endIndex, bytes[i] == UInt8(ascii: "{") { i += 1 }
    var value: UInt32 = 0
    while i < bytes.endIndex, let digit = CharacterClass.hexValue(bytes[i]) {
      value = value << 4 | UInt32(digit)
      i += 1
    }
    if i < bytes.endIndex, bytes[i] == UInt8(ascii: "}") { i += 1 }
    appendUTF8(value & 0x7FFF_FFFF, to: &out)
  }
}
