// The values of literals. The lexer has checked them; here they are only read, so that strings cost
// nothing until a compiler asks for them.

package import NightjarDiagnostics

extension FuseTree {
  /// The value of a number token.
  package func number(_ token: TokenID) -> Double {
    let token = self[token]
    assert(token.kind == .number)
    return numbers[Int(token.payload)]
  }

  /// The number of an item of a tuple: the `2` of `t.2`.
  package func tupleIndex(_ token: TokenID) -> Int { Int(self[token].payload) }

  /// The bytes that a string, or a piece of one, stands for.
  package func stringValue(_ token: TokenID) -> [UInt8] {
    let token = self[token]
    let contents = Self.stringContents(of: token)
    if token.flags.contains(.isRaw) || !token.flags.contains(.needsDecoding) {
      return Array(source[contents])
    }
    return FuseStringDecoder.decode(source[contents])
  }

  /// Whether a string, or the string a piece belongs to, is marked as `ustring`.
  package func isUnicode(_ token: TokenID) -> Bool { self[token].flags.contains(.isUnicode) }

  /// The range of a string token's bytes between its delimiters.
  static func stringContents(of token: FuseToken) -> Range<Int> {
    let start = Int(token.start)
    let end = Int(token.end)
    var opener = 1
    if token.kind == .string || token.kind == .stringHead {
      if token.flags.contains(.isUnicode) { opener += 1 }
      if token.flags.contains(.isRaw) { opener += 1 + Int(token.payload) }
    }
    var closer = token.flags.contains(.isRaw) ? 1 + Int(token.payload) : 1
    if token.kind == .stringHead || token.kind == .stringMiddle { closer = 2 }
    if token.flags.contains(.isBroken), token.kind == .string || token.kind == .stringTail {
      closer = 0
    }
    let first = min(start + opener, end)
    return first..<max(first, end - closer)
  }
}
