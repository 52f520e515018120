// From bytes to tokens, all of a text at once. Nothing stops the lexer: a broken literal becomes a
// token marked as broken and an entry in `errors`, a byte that means nothing an `invalid` token.
//
// SOURCE: Lua manuals 5.1 to 5.5, lexical conventions. Where the manual is silent (what a malformed number takes
// in, what a message quotes), the reference interpreter's behaviour is followed.

internal import NightjarBase
internal import NightjarDiagnostics

/// Reads a text into tokens.
struct Lexer {
  let source: [UInt8]
  let rules: DialectRules
  private(set) var tokens: [Token] = []
  private(set) var numeralBits: [UInt64] = []
  private(set) var symbols = SymbolTable(wellKnown: WellKnownName.spellings)
  private(set) var errors: [LexicalError] = []
  /// The next byte to read.
  private var i = 0
  private var line: UInt32 = 1

  init(source: [UInt8], rules: DialectRules) {
    self.source = source
    self.rules = rules
    tokens.reserveCapacity(source.count / 4 + 2)
  }

  /// Reads everything; call once.
  ///
  /// - Parameter isFile: Skip a byte order mark and a first line that begins with `#`.
  mutating func run(isFile: Bool) {
    if isFile { skipFilePrefix() }
    while i < source.count {
      let byte = source[i]
      if CharacterClass.isSpace(byte) {
        skipSpace(byte)
      } else if CharacterClass.startsName(byte) {
        scanName()
      } else {
        scanOther(byte)
      }
    }
    push(.endOfFile, from: i)
  }

  // MARK: Bytes

  /// The byte `offset` after the next, or 0 at the end; 0 is no part of any token.
  private func peek(_ offset: Int) -> UInt8 {
    i + offset < source.count ? source[i + offset] : 0
  }

  private mutating func push(_ kind: TokenKind, from start: Int, flags: Token.Flags = []) {
    tokens.append(
      Token(kind: kind, flags: flags, start: UInt32(start), end: UInt32(i), line: line)
    )
  }

  /// Takes `count` bytes as a token.
  private mutating func take(_ kind: TokenKind, _ count: Int) {
    let start = i
    i += count
    push(kind, from: start)
  }

  // MARK: Space and comments

  private mutating func skipFilePrefix() {
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { i = 3 }
    if peek(0) == UInt8(ascii: "#") {
      while i < source.count, source[i] != 10 { i += 1 }
    }
  }

  private mutating func skipSpace(_ byte: UInt8) {
    if byte == 10 || byte == 13 { skipLineEnd() } else { i += 1 }
  }

  /// Takes `\n`, `\r`, `\n\r` or `\r\n` as one line end.
  private mutating func skipLineEnd() {
    let first = source[i]
    i += 1
    let second = peek(0)
    if second == 10 || second == 13, second != first { i += 1 }
    line += 1
  }

  private mutating func skipComment() {
    let start = i
    let startLine = line
    i += 2
    if peek(0) == UInt8(ascii: "["), let level = longBracketLevel() {
      i += level + 2
      if !skipLongBody(level: level, from: start) {
        addError(.unfinishedLongComment, from: start, startLine: startLine, raw: i..<i)
      }
      return
    }
    while i < source.count, source[i] != 10, source[i] != 13 { i += 1 }
  }

  // MARK: Names

  private mutating func scanName() {
    let start = i
    var word: UInt64 = 0
    while i < source.count {
      let byte = source[i]
      if !CharacterClass.continuesName(byte), byte < 0x80 || !rules.namesTakeHighBytes { break }
      word = word << 8 | UInt64(byte)
      i += 1
    }
    if i - start <= 8, let keyword = Keyword.kind(of: word),
      keyword != .gotoKeyword || rules.gotoWord == .reserved
    {
      push(keyword, from: start)
      return
    }
    let symbol = symbols.symbol(at: start..<i, word: word, in: source)
    tokens.append(
      Token(
        kind: .name,
        start: UInt32(start),
        end: UInt32(i),
        line: line,
        payload: symbol
      )
    )
  }

  // MARK: Everything else

  private mutating func scanOther(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumeral()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): scanString(quote: byte)
    case UInt8(ascii: "-"):
      if peek(1) == UInt8(ascii: "-") { skipComment() } else { take(.minus, 1) }
    case UInt8(ascii: "["): scanBracket()
    case UInt8(ascii: "."): scanDot()
    case UInt8(ascii: "="): pair(.equal, "=", .equalEqual)
    case UInt8(ascii: "<"):
      if peek(1) == byte, rules.hasIntegerOperators {
        take(.shiftLeft, 2)
      } else {
        pair(.less, "=", .lessEqual)
      }
    case UInt8(ascii: ">"):
      if peek(1) == byte, rules.hasIntegerOperators {
        take(.shiftRight, 2)
      } else {
        pair(.greater, "=", .greaterEqual)
      }
    case UInt8(ascii: "/"):
      if rules.hasIntegerOperators { pair(.slash, "/", .doubleSlash) } else { take(.slash, 1) }
    case UInt8(ascii: "~"):
      if rules.hasIntegerOperators || peek(1) == UInt8(ascii: "=") {
        pair(.tilde, "=", .notEqual)
      } else {
        scanInvalid(byte)
      }
    case UInt8(ascii: ":"):
      if rules.gotoWord == .absent { take(.colon, 1) } else { pair(.colon, ":", .doubleColon) }
    case UInt8(ascii: "+"): take(.plus, 1)
    case UInt8(ascii: "*"): take(.star, 1)
    case UInt8(ascii: "%"): take(.percent, 1)
    case UInt8(ascii: "^"): take(.caret, 1)
    case UInt8(ascii: "#"): take(.hash, 1)
    case UInt8(ascii: "&") where rules.hasIntegerOperators: take(.ampersand, 1)
    case UInt8(ascii: "|") where rules.hasIntegerOperators: take(.pipe, 1)
    case UInt8(ascii: "("): take(.leftParen, 1)
    case UInt8(ascii: ")"): take(.rightParen, 1)
    case UInt8(ascii: "{"): take(.leftBrace, 1)
    case UInt8(ascii: "}"): take(.rightBrace, 1)
    case UInt8(ascii: "]"): take(.rightBracket, 1)
    case UInt8(ascii: ";"): take(.semicolon, 1)
    case UInt8(ascii: ","): take(.comma, 1)
    default: scanInvalid(byte)
    }
  }

  private mutating func pair(_ single: TokenKind, _ second: Unicode.Scalar, _ both: TokenKind) {
    if peek(1) == UInt8(ascii: second) { take(both, 2) } else { take(single, 1) }
  }

  private mutating func scanDot() {
    if CharacterClass.isDigit(peek(1)) {
      scanNumeral()
    } else if peek(1) != UInt8(ascii: ".") {
      take(.dot, 1)
    } else if peek(2) != UInt8(ascii: ".") {
      take(.dotDot, 2)
    } else {
      take(.ellipsis, 3)
    }
  }

  /// Takes a byte that begins no token.
  ///
  /// Bytes beyond ASCII in a row are one token, as they are likely one character or word.
  private mutating func scanInvalid(_ byte: UInt8) {
    if byte >= 0x80, rules.namesTakeHighBytes {
      scanName()
      return
    }
    let start = i
    i += 1
    if byte >= 0x80 {
      while i < source.count, source[i] >= 0x80 { i += 1 }
    }
    push(.invalid, from: start)
  }

  // MARK: Numerals

  /// Takes digits, letters of hexadecimal, points and exponents with their signs, then one letter
  /// that touches; whether that is a number is decided afterwards, as in the reference.
  private mutating func scanNumeral() {
    let start = i
    var value: UInt64 = 0
    while i < source.count, CharacterClass.isDigit(source[i]) {
      value = value &* 10 &+ UInt64(source[i] &- 48)
      i += 1
    }
    let next = peek(0)
    if i - start <= 18, i > start, next != UInt8(ascii: "."), !CharacterClass.startsName(next) {
      if rules.hasIntegers {
        pushNumeral(from: start, bits: value, flags: [])
      } else {
        pushNumeral(from: start, bits: Double(value).bitPattern, flags: .isFloat)
      }
      return
    }
    i = start
    skipNumeral()
    let near = i
    let numeral =
      rules.hasIntegers
      ? Numeral.parseToken(source.span.extracting(start..<near))
      : Numeral.parseFloatToken(source.span.extracting(start..<near))
    switch numeral {
    case .integer(let value):
      pushNumeral(from: start, bits: UInt64(bitPattern: value), flags: [])
    case .float(let value):
      pushNumeral(from: start, bits: value.bitPattern, flags: .isFloat)
    case nil:
      while i < source.count, CharacterClass.continuesName(source[i]) { i += 1 }
      addError(.malformedNumber, from: start, startLine: line, raw: start..<near)
      pushNumeral(from: start, bits: 0, flags: .isBroken)
    }
  }

  private mutating func skipNumeral() {
    var exponent = UInt8(ascii: "e")
    if peek(0) == UInt8(ascii: ".") { i += 1 }
    if peek(0) == UInt8(ascii: "0"), peek(1) | 32 == UInt8(ascii: "x") {
      exponent = UInt8(ascii: "p")
      i += 2
    }
    while i < source.count {
      let byte = source[i]
      if byte | 32 == exponent {
        i += 1
        if peek(0) == UInt8(ascii: "+") || peek(0) == UInt8(ascii: "-") { i += 1 }
      } else if CharacterClass.hexValue(byte) != nil || byte == UInt8(ascii: ".") {
        i += 1
      } else {
        break
      }
    }
    switch rules.numeralEnd {
    case .hexDigits: break
    case .oneLetter: if i < source.count, CharacterClass.startsName(source[i]) { i += 1 }
    case .allLetters:
      while i < source.count, CharacterClass.continuesName(source[i]) || source[i] == 46 { i += 1 }
    }
  }

  private mutating func pushNumeral(from start: Int, bits: UInt64, flags: Token.Flags) {
    tokens.append(
      Token(
        kind: .numeral,
        flags: flags,
        start: UInt32(start),
        end: UInt32(i),
        line: line,
        payload: UInt32(numeralBits.count)
      )
    )
    numeralBits.append(bits)
  }

  // MARK: Long brackets

  /// The number of `=` if `[=*[` stands here.
  private func longBracketLevel() -> Int? {
    var level = 0
    while peek(1 + level) == UInt8(ascii: "=") { level += 1 }
    return peek(1 + level) == UInt8(ascii: "[") ? level : nil
  }

  private mutating func scanBracket() {
    let start = i
    let startLine = line
    guard let level = longBracketLevel() else {
      if peek(1) == UInt8(ascii: "=") { scanBrokenBracket() } else { take(.leftBracket, 1) }
      return
    }
    i += level + 2
    let bodyStart = i
    if skipLongBody(level: level, from: start) {
      var flags: Token.Flags = .isLong
      if line != startLine, hasOddLineEnd(in: bodyStart..<i) { flags.insert(.needsDecoding) }
      push(.string, from: start, flags: flags)
    } else {
      addError(.unfinishedLongString, from: start, startLine: startLine, raw: i..<i)
      push(.string, from: start, flags: [.isLong, .isBroken, .needsDecoding])
    }
  }

  private mutating func scanBrokenBracket() {
    let start = i
    i += 1
    while peek(0) == UInt8(ascii: "=") { i += 1 }
    addError(.invalidLongDelimiter, from: start, startLine: line, raw: start..<i)
    push(.string, from: start, flags: .isBroken)
  }

  /// Skips to after the closing bracket of a level; false at the end of the text.
  private mutating func skipLongBody(level: Int, from start: Int) -> Bool {
    while i < source.count {
      switch source[i] {
      case UInt8(ascii: "]"):
        var equals = 0
        while peek(1 + equals) == UInt8(ascii: "=") { equals += 1 }
        if equals == level, peek(1 + equals) == UInt8(ascii: "]") {
          i += level + 2
          return true
        }
        i += 1 + equals
      case UInt8(ascii: "[") where level == 0 && rules.refusesNestedLongBrackets:
        i += 1
        if peek(0) == UInt8(ascii: "[") {
          addError(.nestedLongBracket, from: start, startLine: line, raw: i..<i + 1)
          i += 1
        }
      case 10, 13: skipLineEnd()
      default: i += 1
      }
    }
    return false
  }

  /// Whether the value of a long string differs from its bytes: it starts with a line end, or has
  /// a line end other than `\n`.
  private func hasOddLineEnd(in body: Range<Int>) -> Bool {
    source[body.lowerBound] == 10 || source[body].contains(13)
  }

  // MARK: Strings in quotes

  private mutating func scanString(quote: UInt8) {
    let start = i
    let startLine = line
    let errorCount = errors.count
    var flags: Token.Flags = []
    i += 1
    while true {
      if i >= source.count || source[i] == 10 || source[i] == 13 {
        // After a bad escape the string's end is unsure: one complaint is enough.
        if errors.count == errorCount {
          addError(.unfinishedString, from: start, startLine: startLine, raw: i..<i)
        }
        break
      }
      let byte = source[i]
      if byte == quote {
        i += 1
        break
      }
      if byte == UInt8(ascii: "\\") {
        flags.insert(.needsDecoding)
        scanEscape(stringStart: start, startLine: startLine)
      } else {
        i += 1
      }
    }
    if errors.count != errorCount { flags.insert(.isBroken) }
    push(.string, from: start, flags: flags)
  }

  private mutating func scanEscape(stringStart: Int, startLine: UInt32) {
    let start = i
    i += 1
    var problem: LexicalError.Kind?
    switch peek(0) {
    case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "v"), UInt8(ascii: "\\"),
      UInt8(ascii: "\""), UInt8(ascii: "'"):
      i += 1
    case 10, 13: skipLineEnd()
    case UInt8(ascii: "z") where rules.hasHexEscapes:
      i += 1
      while i < source.count, CharacterClass.isSpace(source[i]) { skipSpace(source[i]) }
    case UInt8(ascii: "x") where rules.hasHexEscapes: problem = scanHexEscape()
    case UInt8(ascii: "u") where rules.codePointEscapeMax != nil: problem = scanCodePointEscape()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): problem = scanDecimalEscape()
    default:
      if i < source.count {
        if rules.ignoresUnknownEscapes { i += 1 } else { problem = .invalidEscape }
      }
    }
    guard let problem else { return }
    // The reference quotes the byte it tripped over too.
    let rawEnd = min(i + 1, source.count)
    addError(problem, from: stringStart, startLine: startLine, raw: start..<rawEnd)
    if problem == .invalidEscape { i += 1 }
  }

  private mutating func scanHexEscape() -> LexicalError.Kind? {
    i += 1
    for _ in 0..<2 {
      if CharacterClass.hexValue(peek(0)) == nil { return .hexDigitExpected }
      i += 1
    }
    return nil
  }

  private mutating func scanCodePointEscape() -> LexicalError.Kind? {
    i += 1
    if peek(0) != UInt8(ascii: "{") { return .openingBraceExpected }
    i += 1
    guard let first = CharacterClass.hexValue(peek(0)) else { return .hexDigitExpected }
    i += 1
    var value = UInt32(first)
    while let digit = CharacterClass.hexValue(peek(0)) {
      if value > 0x7FF_FFFF { return .codePointTooLarge }
      value = value << 4 | UInt32(digit)
      if value > rules.codePointEscapeMax ?? 0 { return .codePointTooLarge }
      i += 1
    }
    if peek(0) != UInt8(ascii: "}") { return .closingBraceExpected }
    i += 1
    return nil
  }

  private mutating func scanDecimalEscape() -> LexicalError.Kind? {
    var value = 0
    var count = 0
    while count < 3, CharacterClass.isDigit(peek(0)) {
      value = value * 10 + Int(peek(0) - 48)
      i += 1
      count += 1
    }
    return value > 255 ? .decimalTooLarge : nil
  }

  // MARK: Errors

  private mutating func addError(
    _ kind: LexicalError.Kind,
    from start: Int,
    startLine: UInt32,
    raw: Range<Int>
  ) {
    let shown = raw.isEmpty ? start..<i : raw
    errors.append(
      LexicalError(
        kind: kind,
        token: tokens.count,
        span: Span(start: UInt32(shown.lowerBound), end: UInt32(shown.upperBound)),
        tokenStart: start,
        rawPart: raw,
        line: line,
        startLine: startLine
      )
    )
  }
}
