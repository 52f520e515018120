// What a person presses, as a terminal tells it: bytes in, keys out. Letters come as UTF-8; other keys
// as control characters or as sequences that begin with escape.
//
// SOURCE: ECMA-48, 5.4 (control sequences); the xterm manual "Control Sequences" (modified keys,
// bracketed paste).

/// One key, or the border of a pasted text.
package enum Key: Equatable, Sendable {
  /// A printable character, or a part of one.
  case text(Unicode.Scalar)
  /// Control with a letter in lower case or a sign, such as `a` for control-A.
  case control(Character)
  /// A letter after escape or with Alt.
  case meta(Character)
  case enter, tab, backspace, delete
  case left, right, up, down, home, end
  case wordLeft, wordRight, wordBackspace
  case pasteStart, pasteEnd
  /// A key that means nothing here.
  case unknown
}

/// Puts keys together from the bytes a terminal sends.
package struct KeyDecoder {
  private enum State {
    case plain
    case escape
    /// In a sequence after `ESC [` or `ESC O`; what came of it so far.
    case sequence([UInt8])
    /// In a character of several bytes.
    case character([UInt8], missing: Int)
  }

  private var state = State.plain
  /// The longest sequence that is waited for.
  private static let sequenceByteCountMax = 16

  package init() {}

  /// Takes the next byte.
  ///
  /// - Returns: The key it completes, if it does.
  package mutating func decode(_ byte: UInt8) -> Key? {
    switch state {
    case .plain: return plain(byte)
    case .escape:
      state = .plain
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") {
        state = .sequence([])
        return nil
      }
      return afterEscape(byte)
    case .sequence(let bytes):
      guard (0x40...0x7E).contains(byte) else {
        state = bytes.count < Self.sequenceByteCountMax ? .sequence(bytes + [byte]) : .plain
        return nil
      }
      state = .plain
      return Self.key(parameters: bytes, final: byte)
    case .character(let bytes, let missing):
      state = .plain
      guard byte & 0xC0 == 0x80 else { return plain(byte) ?? .text("\u{FFFD}") }
      let all = bytes + [byte]
      if missing > 1 {
        state = .character(all, missing: missing - 1)
        return nil
      }
      return .text(String(decoding: all, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}")
    }
  }

  private mutating func plain(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x0D, 0x0A: return .enter
    case 0x09: return .tab
    case 0x08, 0x7F: return .backspace
    case 0x1B:
      state = .escape
      return nil
    case 0x00: return .unknown
    case 0x01...0x1A: return .control(Character(Unicode.Scalar(byte + 0x60)))
    case 0x1C...0x1F: return .control(Character(Unicode.Scalar(byte + 0x40)))
    case 0x20...0x7E: return .text(Unicode.Scalar(byte))
    case 0xC2...0xF4:
      state = .character([byte], missing: byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1)
      return nil
    default: return .text("\u{FFFD}")
    }
  }

  private mutating func afterEscape(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x1B:
      state = .escape
      return nil
    case 0x08, 0x7F: return .wordBackspace
    case UInt8(ascii: "b"), UInt8(ascii: "B"): return .wordLeft
    case UInt8(ascii: "f"), UInt8(ascii: "F"): return .wordRight
    case 0x20...0x7E: return .meta(Character(Unicode.Scalar(byte)))
    default: return plain(byte)
    }
  }

  private static func key(parameters: [UInt8], final: UInt8) -> Key {
    let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    // 1 and a bit each for shift, alt and control.
    let modifiers = numbers.count > 1 ? numbers[1] - 1 : 0
    let isWord = modifiers & 0b110 != 0
    switch final {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    case UInt8(ascii: "C"): return isWord ? .wordRight : .right
    case UInt8(ascii: "D"): return isWord ? .wordLeft : .left
    case UInt8(ascii: "H"): return .home
    case UInt8(ascii: "F"): return .end
    case UInt8(ascii: "~"):
      switch numbers.first {
      case 1, 7: return .home
      case 4, 8: return .end
      case 3: return .delete
      case 200: return .pasteStart
      case 201: return .pasteEnd
      default: return .unknown
      }
    default: return .unknown
    }
  }
}
