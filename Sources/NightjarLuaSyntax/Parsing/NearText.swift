// The token that the reference's messages quote after "near".

internal import NightjarBase
internal import NightjarDiagnostics

/// Quotes tokens as the reference does.
enum NearText {
  /// " near " and the token; nothing for a zero byte, whose number the reference takes for none.
  static func suffix(
    for token: Token,
    in source: [UInt8],
    _ rules: DialectRules
  ) -> [UInt8] {
    if token.kind == .invalid, source[Int(token.start)] == 0 { return [] }
    return Array(" near ".utf8) + quoted(token, in: source, rules)
  }

  /// The end of the text.
  static func endOfFile(_ rules: DialectRules) -> [UInt8] {
    Array((rules.quotesEndOfFile ? "'<eof>'" : "<eof>").utf8)
  }

  /// A token as it stands after "near": in quotes, or `<eof>`.
  static func quoted(
    _ token: Token,
    in source: [UInt8],
    _ rules: DialectRules
  ) -> [UInt8] {
    switch token.kind {
    case .endOfFile: return endOfFile(rules)
    case .invalid:
      let byte = source[Int(token.start)]
      if byte >= 32, byte < 127 { return quote([byte]) }
      if !rules.hasIntegers {
        // 5.1 shows any byte but control characters, 5.2 only printable ones.
        if byte >= 127, !rules.tablesHaveLength { return quote([byte]) }
        let text = Array("char(\(byte))".utf8)
        return rules.invalidBytesAreBare ? text : quote(text)
      }
      return quote(Array("<\\\(byte)>".utf8))
    case .string: return quote(stringText(token, in: source))
    default: return quote(Array(source[token.span.range]))
    }
  }

  /// Bytes in single quotes, up to the first zero byte: the reference's strings end there.
  static func quote(_ bytes: [UInt8]) -> [UInt8] {
    [39] + bytes.prefix { $0 != 0 } + [39]
  }

  /// A string with its delimiters, but with its escapes and line ends resolved: what the reference
  /// has in its buffer once it has read the string.
  private static func stringText(_ token: Token, in source: [UInt8]) -> [UInt8] {
    let contents = SyntaxTree.stringContents(of: token, in: source)
    let opener = source[Int(token.start)..<contents.lowerBound]
    let closer = source[contents.upperBound..<Int(token.end)]
    let value =
      token.flags.contains(.isLong)
      ? StringDecoder.decodeLong(source[contents]) : StringDecoder.decodeShort(source[contents])
    return opener + value + closer
  }
}
