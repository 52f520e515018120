// From the bytes of a string, between its quotes, to the bytes it stands for. The lexer has checked
// the escapes; on what it refused the decoder still ends, and copies what it does not understand.

internal import NightjarDiagnostics

/// Resolves the escapes of quoted strings.
enum FuseStringDecoder {
  /// The value of the bytes between two delimiters.
  static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = bytes.startIndex
    while i < bytes.endIndex {
      let byte = bytes[i]
      i += 1
      if byte == UInt8(ascii: "\\"), i < bytes.endIndex {
        appendEscape(bytes, &i, to: &out)
      } else {
        out.append(byte)
      }
    }
    return out
  }

  private static func appendEscape(
    _ bytes: ArraySlice<UInt8>,
    _ i: inout Int,
    to out: inout [UInt8]
  ) {
    let escape = bytes[i]
    i += 1
    switch escape {
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "a"): out.append(7)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "v"): out.append(11)
    case UInt8(ascii: "z"), 32, 9, 13, 10:
      while i < bytes.endIndex, [32, 9, 13, 10].contains(bytes[i]) { i += 1 }
    case UInt8(ascii: "x"): out.append(UInt8(truncatingIfNeeded: number(bytes, &i, 16, 2)))
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      i -= 1
      out.append(UInt8(truncatingIfNeeded: number(bytes, &i, 10, 3)))
    case UInt8(ascii: "u"):
      if i < bytes.endIndex, bytes[i] == UInt8(ascii: "{") { i += 1 }
      let value = number(bytes, &i, 16, .max)
      if i < bytes.endIndex, bytes[i] == UInt8(ascii: "}") { i += 1 }
      out += Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
    default: out.append(escape)
    }
  }

  /// Reads up to `countMax` digits.
  private static func number(
    _ bytes: ArraySlice<UInt8>,
    _ i: inout Int,
    _ base: UInt32,
    _ countMax: Int
  ) -> UInt32 {
    var value: UInt32 = 0
    var count = 0
    while count < countMax, i < bytes.endIndex, let digit = CharacterClass.hexValue(bytes[i]),
      digit < base
    {
      value = min(value, 0x00FF_FFFF) * base + UInt32(digit)
      count += 1
      i += 1
    }
    return value
  }
}
