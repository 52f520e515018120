// The values of literals. The lexer has checked them; here they are only read, so that strings
// cost nothing until a compiler asks for them.

package import NightjarBase
package import NightjarDiagnostics

extension SyntaxTree {
  /// The value of a numeral token.
  package func numeral(_ token: TokenID) -> Numeral {
    let token = self[token]
    assert(token.kind == .numeral)
    let bits = numeralBits[Int(token.payload)]
    return token.flags.contains(.isFloat)
      ? .float(Double(bitPattern: bits)) : .integer(Int64(bitPattern: bits))
  }

  /// The bytes a string token stands for, escapes and line ends resolved.
  package func stringValue(_ token: TokenID) -> [UInt8] {
    let token = self[token]
    assert(token.kind == .string)
    let contents = stringContents(of: token)
    if !token.flags.contains(.needsDecoding) { return Array(source[contents]) }
    return token.flags.contains(.isLong)
      ? StringDecoder.decodeLong(source[contents])
      : StringDecoder.decodeShort(
        source[contents],
        hasHexEscapes: dialect.rules.hasHexEscapes
      )
  }

  /// The range of a string token's bytes between its delimiters.
  package func stringContents(of token: Token) -> Range<Int> {
    Self.stringContents(of: token, in: source)
  }

  static func stringContents(of token: Token, in source: [UInt8]) -> Range<Int> {
    let start = Int(token.start)
    let end = Int(token.end)
    if !token.flags.contains(.isLong) { return min(start + 1, end)..<max(start + 1, end - 1) }
    var level = 0
    while source[start + 1 + level] == UInt8(ascii: "=") { level += 1 }
    let first = start + level + 2
    return first..<max(first, end - level - 2)
  }
}
