// From the lexer's findings to sentences, ours and the reference's.

internal import NightjarBase
internal import NightjarDiagnostics

extension LexicalError {
  /// The diagnostic of this error.
  func diagnostic(in source: [UInt8], _ rules: DialectRules) -> Diagnostic {
    var diagnostic = wording(in: source)
    var text = Array(referenceText(rules).utf8)
    if kind == .unfinishedLongString || kind == .unfinishedLongComment || isAtEnd(of: source) {
      text += Array(" near ".utf8) + NearText.endOfFile(rules)
    } else {
      text += Array(" near ".utf8) + NearText.quote(quotedText(in: source, rules))
    }
    diagnostic.reference = ReferenceMessage(text: text, line: Int(line))
    return diagnostic
  }

  private func isAtEnd(of source: [UInt8]) -> Bool {
    kind == .unfinishedString && rawPart.lowerBound >= source.count
  }

  private func referenceText(_ rules: DialectRules) -> String {
    let place = rules.longTextTellsLine ? " (starting at line \(startLine))" : ""
    return switch kind {
    case .unfinishedString: "unfinished string"
    case .unfinishedLongString: "unfinished long string\(place)"
    case .unfinishedLongComment: "unfinished long comment\(place)"
    case .hexDigitExpected where rules.escapesAreOneMistake,
      .openingBraceExpected where rules.escapesAreOneMistake,
      .closingBraceExpected where rules.escapesAreOneMistake,
      .codePointTooLarge where rules.escapesAreOneMistake,
      .decimalTooLarge where rules.escapesAreOneMistake:
      "invalid escape sequence"
    case .decimalTooLarge where rules.escapesAreSequences: "escape sequence too large"
    case .invalidLongDelimiter: "invalid long string delimiter"
    case .nestedLongBracket: "nesting of [[...]] is deprecated"
    case .invalidEscape: "invalid escape sequence"
    case .hexDigitExpected: "hexadecimal digit expected"
    case .openingBraceExpected: "missing '{'"
    case .closingBraceExpected: "missing '}'"
    case .codePointTooLarge: "UTF-8 value too large"
    case .decimalTooLarge: "decimal escape too large"
    case .malformedNumber: "malformed number"
    }
  }

  /// What the reference has in its buffer: the string so far with its escapes resolved, then the
  /// bad part as it stands.
  private func quotedText(in source: [UInt8], _ rules: DialectRules) -> [UInt8] {
    if kind == .nestedLongBracket || rawPart.lowerBound <= tokenStart {
      return Array(source[rawPart])
    }
    if isEscape {
      if rules.escapesStandAlone {
        // The backslash and what was read of the escape: at most three digits.
        return Array(kind == .decimalTooLarge ? source[rawPart].prefix(4) : source[rawPart])
      }
      if rules.escapesAreOneMistake || rules.escapesAreSequences {
        return [source[tokenStart]]
          + StringDecoder.decodeShort(source[tokenStart + 1..<rawPart.lowerBound])
      }
    }
    return [source[tokenStart]]
      + StringDecoder.decodeShort(source[tokenStart + 1..<rawPart.lowerBound])
      + source[rawPart]
  }

  private var isEscape: Bool {
    switch kind {
    case .invalidEscape, .hexDigitExpected, .openingBraceExpected, .closingBraceExpected,
      .codePointTooLarge, .decimalTooLarge:
      true
    default: false
    }
  }

  private func wording(in source: [UInt8]) -> Diagnostic {
    let text = String(decoding: source[span.range].prefix(40), as: UTF8.self)
    let opener = Span(start: UInt32(tokenStart), end: UInt32(openerEnd(in: source)))
    switch kind {
    case .unfinishedString:
      return .unfinishedString(
        quote: String(decoding: [source[tokenStart]], as: UTF8.self),
        span: Span(start: UInt32(rawPart.lowerBound), end: UInt32(rawPart.lowerBound)),
        opener: opener
      )
    case .unfinishedLongString:
      return .unfinishedLongString(closer: closer(of: opener), opener: opener)
    case .unfinishedLongComment:
      let bracket = Span(start: opener.start + 2, end: opener.end)
      return .unfinishedComment(closer: closer(of: bracket), opener: opener)
    case .invalidLongDelimiter, .nestedLongBracket:
      return .invalidLongDelimiter(text, span: span)
    case .invalidEscape: return .invalidEscape(text, span: span)
    case .hexDigitExpected:
      let isHex = source[min(rawPart.lowerBound + 1, source.count - 1)] == UInt8(ascii: "x")
      return isHex
        ? .invalidHexEscape(span: span)
        : .invalidCodePointEscape(problem: "a hexadecimal digit is missing", span: span)
    case .openingBraceExpected:
      return .invalidCodePointEscape(problem: "the `{` is missing", span: span)
    case .closingBraceExpected:
      return .invalidCodePointEscape(problem: "the `}` is missing", span: span)
    case .codePointTooLarge:
      return .invalidCodePointEscape(problem: "the number is too large", span: span)
    case .decimalTooLarge:
      let digits = source[rawPart].dropFirst().prefix(3)
      return .decimalEscapeTooLarge(
        "\\" + String(decoding: digits, as: UTF8.self),
        span: Span(start: span.start, end: span.start + 1 + UInt32(digits.count))
      )
    case .malformedNumber:
      let whole = wholeNumber(in: source)
      return .malformedNumber(
        String(decoding: source[whole].prefix(40), as: UTF8.self),
        span: Span(start: UInt32(whole.lowerBound), end: UInt32(whole.upperBound))
      )
    }
  }

  /// The number with all letters and digits that touch it.
  private func wholeNumber(in source: [UInt8]) -> Range<Int> {
    var end = rawPart.upperBound
    while end < source.count, CharacterClass.continuesName(source[end]) { end += 1 }
    return rawPart.lowerBound..<end
  }

  /// The end of the opening quote or bracket.
  private func openerEnd(in source: [UInt8]) -> Int {
    var end = tokenStart
    while end < source.count, source[end] == UInt8(ascii: "-") { end += 1 }
    end += 1
    if kind == .unfinishedLongString || kind == .unfinishedLongComment {
      while end < source.count, source[end] == UInt8(ascii: "=") { end += 1 }
      end += 1
    }
    return min(end, source.count)
  }

  private func closer(of bracket: Span) -> String {
    "]" + String(repeating: "=", count: max(0, bracket.byteCount - 2)) + "]"
  }
}
