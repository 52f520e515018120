// Numbers and strings in a spelling that every Lua reads as the same value.

extension LuaWriter {
  mutating func number(_ value: Double, isInteger: Bool, binding: Int) {
    if value.isNaN || value.isInfinite {
      put(value.isNaN ? "(0 / 0)" : value > 0 ? "(1 / 0)" : "(-1 / 0)")
      return
    }
    let isNegative = value.sign == .minus
    if isNegative, value == 0 {
      // As a constant, 5.1 would take every 0 for it.
      put("(-1 / math.huge)")
      return
    }
    // A minus sign binds like the operator.
    let needsParentheses = isNegative && binding > 12
    if needsParentheses { put(40) }
    if value == value.rounded(.towardZero), abs(value) < 1e15 {
      if isNegative { put(45) }
      digits(UInt64(abs(value)))
      if hasIntegers && !isInteger { put(".0") }
    } else {
      for byte in value.description.utf8 { put(byte) }
    }
    if needsParentheses { put(41) }
  }

  private mutating func digits(_ value: UInt64) {
    if value >= 10 { digits(value / 10) }
    put(48 + UInt8(truncatingIfNeeded: value % 10))
  }

  mutating func string(_ bytes: ArraySlice<UInt8>) {
    put(34)
    for (index, byte) in zip(bytes.indices, bytes) {
      switch byte {
      case 10: put("\\n")
      case 13: put("\\r")
      case 9: put("\\t")
      case 34: put("\\\"")
      case 92: put("\\\\")
      case 32...126, 128...255: put(byte)
      default:
        put(92)
        let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
        // Another digit behind it would be read with it.
        if next >= 48 && next <= 57 {
          if byte < 100 { put(48) }
          if byte < 10 { put(48) }
        }
        digits(UInt64(byte))
      }
    }
    put(34)
  }
}

/// The words of Lua.
enum LuaWords {
  /// Words that are no names in some Lua.
  static let keywords = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]

  /// Globals that emitted code uses: a variable of the program must not hide them.
  static let globals = [
    "_G", "__rt", "error", "getmetatable", "ipairs", "math", "next", "pairs", "print", "require",
    "setmetatable", "string", "table", "tostring", "type", "utf8", "self",
  ]

  private static let keywordCount = Int32(keywords.count)
  private static let count = keywordCount + Int32(globals.count)

  /// Whether a text is a word that is no name in some Lua.
  static func isKeyword(_ text: Int32) -> Bool { text < keywordCount }

  /// Whether a variable of the program may not have a text for a name.
  static func isReserved(_ text: Int32) -> Bool { text < count }

  /// Whether a text has the form of a name.
  static func hasNameForm(_ bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, !(48...57).contains(first) else { return false }
    for byte in bytes {
      switch byte {
      case 48...57, 65...90, 95, 97...122: break
      default: return false
      }
    }
    return true
  }
}
