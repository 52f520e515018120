// Reserved words. None is longer than eight bytes, so each is one 64-bit number and looking one up
// is a handful of comparisons.

/// Looks up reserved words.
enum Keyword {
  /// The kind of a word given as a big-endian number, or `nil` for an ordinary name.
  static func kind(of word: UInt64) -> TokenKind? {
    switch word {
    case 0x616E64: .andKeyword
    case 0x62_7265_616B: .breakKeyword
    case 0x646F: .doKeyword
    case 0x656C_7365: .elseKeyword
    case 0x656C_7365_6966: .elseifKeyword
    case 0x656E64: .endKeyword
    case 0x66_616C_7365: .falseKeyword
    case 0x666F72: .forKeyword
    case 0x6675_6E63_7469_6F6E: .functionKeyword
    case 0x676F_746F: .gotoKeyword
    case 0x6966: .ifKeyword
    case 0x696E: .inKeyword
    case 0x6C_6F63_616C: .localKeyword
    case 0x6E696C: .nilKeyword
    case 0x6E6F74: .notKeyword
    case 0x6F72: .orKeyword
    case 0x7265_7065_6174: .repeatKeyword
    case 0x7265_7475_726E: .returnKeyword
    case 0x7468_656E: .thenKeyword
    case 0x7472_7565: .trueKeyword
    case 0x75_6E74_696C: .untilKeyword
    case 0x77_6869_6C65: .whileKeyword
    default: nil
    }
  }
}

/// Names a compiler asks about in every text; they have the first symbols.
enum WellKnownName {
  static let spellings: [[UInt8]] = [Array("_ENV".utf8), Array("self".utf8)]
}
