// Escapes in strings, checked while the string is read; FuseStringDecoder resolves them when
// somebody asks for the value.

internal import NightjarDiagnostics

extension FuseLexer {
  /// Passes the escape that begins with the backslash that stands here.
  mutating func scanEscape(flags: inout FuseToken.Flags, hasByteEscape: inout Bool) {
    let start = i
    i += 1
    if i >= source.count { return }
    let byte = source[i]
    switch byte {
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "a"),
      UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "v"), UInt8(ascii: "\\"),
      UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"):
      i += 1
    case UInt8(ascii: "z"):
      i += 1
      skipStringSpace()
    case 32, 9, 13, 10: skipStringSpace()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      hasByteEscape = true
      scanDecimalEscape(from: start, flags: &flags)
    case UInt8(ascii: "x"):
      hasByteEscape = true
      scanHexEscape(from: start, flags: &flags)
    case UInt8(ascii: "u"): scanCodePointEscape(from: start, flags: &flags)
    default:
      let end = i + 1 + continuation(after: i)
      let text = byte < 32 ? "\\x" + String(byte, radix: 16) : excerpt(i, end)
      i = end
      flags.insert(.isBroken)
      diagnostics.append(.Fuse.unknownEscape(text, span: span(start, end)))
    }
  }

  /// How many bytes after an index belong to its character.
  private func continuation(after index: Int) -> Int {
    var count = 0
    while count < 3, index + 1 + count < source.count, source[index + 1 + count] & 0xC0 == 0x80 {
      count += 1
    }
    return count
  }

  private mutating func skipStringSpace() {
    while i < source.count {
      switch source[i] {
      case 10: line += 1
      case 32, 9, 13: break
      default: return
      }
      i += 1
    }
  }

  private mutating func scanDecimalEscape(from start: Int, flags: inout FuseToken.Flags) {
    var value = 0
    let first = i
    while i - first < 3, CharacterClass.isDigit(peek(0)) {
      value = value * 10 + Int(peek(0) - 48)
      i += 1
    }
    if value <= 255 { return }
    flags.insert(.isBroken)
    diagnostics.append(
      .Fuse.escapeOutOfRange("\(value)", limit: "a byte is at most 255", span: span(start, i))
    )
  }

  private mutating func scanHexEscape(from start: Int, flags: inout FuseToken.Flags) {
    i += 1
    for _ in 0..<2 {
      if CharacterClass.hexValue(peek(0)) == nil {
        flags.insert(.isBroken)
        diagnostics.append(
          .Fuse.incompleteEscape(
            excerpt(start, i),
            wants: "two hexadecimal digits",
            span: span(start, i)
          )
        )
        return
      }
      i += 1
    }
  }

  private mutating func scanCodePointEscape(from start: Int, flags: inout FuseToken.Flags) {
    i += 1
    var wants: String?
    var value: UInt32 = 0
    var digitCount = 0
    if peek(0) == UInt8(ascii: "{") {
      i += 1
      while let digit = CharacterClass.hexValue(peek(0)) {
        value = min(value, 0x00FF_FFFF) << 4 | UInt32(digit)
        digitCount += 1
        i += 1
      }
      if digitCount == 0 {
        wants = "a hexadecimal number"
      } else if peek(0) == UInt8(ascii: "}") {
        i += 1
      } else {
        wants = "`}`"
      }
    } else {
      wants = "`{`"
    }
    if let wants {
      flags.insert(.isBroken)
      let text = excerpt(start, i)
      diagnostics.append(.Fuse.incompleteEscape(text, wants: wants, span: span(start, i)))
    } else if value > 0x10FFFF || (0xD800...0xDFFF).contains(value) {
      flags.insert(.isBroken)
      let text = excerpt(start + 3, i - 1)
      let limit = value > 0x10FFFF ? "code points end at 10FFFF" : "surrogates are no characters"
      diagnostics.append(.Fuse.escapeOutOfRange(text, limit: limit, span: span(start, i)))
    }
  }
}
