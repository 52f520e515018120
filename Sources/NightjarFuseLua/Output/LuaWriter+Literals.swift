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

  mutating func string(_ bytes: [UInt8]) {
    put(34)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 10: put("\\n")
      case 13: put("\\r")
      case 9: put("\\t")
      case 34: put("\\\"")
      case 92: put("\\\\")
      case 32...126, 128...255: put(byte)
      default:
        put(92)
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
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
  static let keywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]

  /// Globals that emitted code uses: a variable of the program must not hide them.
  static let globals: Set<String> = [
    "_G", "__rt", "error", "getmetatable", "ipairs", "math", "next", "pairs", "print", "require",
    "setmetatable", "string", "table", "tostring", "type", "utf8", "self",
  ]

  private static let keywordBytes = Set(keywords.map { Array($0.utf8) })

  /// Whether a text can stand after a point.
  static func isName(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, !(48...57).contains(first) else { return false }
    for byte in bytes {
      switch byte {
      case 48...57, 65...90, 95, 97...122: break
      default: return false
      }
    }
    return bytes.count > 8 || !keywordBytes.contains(bytes)
  }
}
