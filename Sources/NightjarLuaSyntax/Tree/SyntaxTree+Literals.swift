// The values of literals. The lexer has checked them; here they are only read, so that strings
// cost nothing until a compiler asks for them.

/// The value of a numeral.
@frozen
package enum NumeralValue: Sendable, Equatable {
  /// A 64-bit integer.
  case integer(Int64)
  /// A double.
  case float(Double)
}

extension SyntaxTree {
  /// The value of a numeral token.
  @inlinable
  package func numeral(_ token: TokenIndex) -> NumeralValue {
    let token = self[token]
    assert(token.kind == .numeral)
    let bits = numeralBits[Int(token.payload)]
    return token.flags.contains(.isFloat)
      ? .float(Double(bitPattern: bits)) : .integer(Int64(bitPattern: bits))
  }

  /// The bytes a string token stands for, escapes and line ends resolved.
  package func stringValue(_ token: TokenIndex) -> [UInt8] {
    let token = self[token]
    assert(token.kind == .string)
    let contents = stringContents(of: token)
    if !token.flags.contains(.needsDecoding) { return Array(source[contents]) }
    return token.flags.contains(.isLong)
      ? StringDecoder.decodeLong(source[contents]) : StringDecoder.decodeShort(source[contents])
  }

  /// The range of a string token's bytes between its delimiters.
  package func stringContents(of token: Token) -> Range<Int> {
    if !token.flags.contains(.isLong) {
      return Int(token.start) + 1..<max(Int(token.start) + 1, Int(token.end) - 1)
    }
    var level = 0
    while source[Int(token.start) + 1 + level] == UInt8(ascii: "=") { level += 1 }
    let start = Int(token.start) + level + 2
    return start..<max(start, Int(token.end) - level - 2)
  }
}
