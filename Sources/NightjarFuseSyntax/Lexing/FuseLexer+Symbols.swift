// Everything that is neither space nor word: comments, literals, operators and brackets. The
// longest token that fits is taken.

internal import NightjarDiagnostics

extension FuseLexer {
  /// Takes what begins with a byte that begins no word.
  mutating func scanOther(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): scanDigits()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): scanString(prefix: 0, flags: [])
    case UInt8(ascii: "("): open(.leftParen, 1)
    case UInt8(ascii: ")"): close(.rightParen)
    case UInt8(ascii: "["): open(.leftBracket, 1)
    case UInt8(ascii: "]"): close(.rightBracket)
    case UInt8(ascii: "{"): open(.leftBrace, 1)
    case UInt8(ascii: "}"): close(.rightBrace)
    case UInt8(ascii: ","): take(.comma, 1)
    case UInt8(ascii: ";"): take(.semicolon, 1)
    case UInt8(ascii: "."): scanDot()
    case UInt8(ascii: ":"): pair(.colon, ":", .doubleColon)
    case UInt8(ascii: "="):
      if peek(1) == UInt8(ascii: ">") { take(.fatArrow, 2) } else { pair(.equal, "=", .equalEqual) }
    case UInt8(ascii: "-"): scanMinus()
    case UInt8(ascii: "?"): take(.question, 1)
    default: scanOperator(byte)
    }
  }

  private mutating func scanOperator(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "+"): pair(.plus, "=", .plusEqual)
    case UInt8(ascii: "*"):
      if peek(1) == byte { take(.starStar, 2) } else { pair(.star, "=", .starEqual) }
    case UInt8(ascii: "/"):
      doubled(byte, .slash, .slashEqual, .doubleSlash, .doubleSlashEqual)
    case UInt8(ascii: "%"): pair(.percent, "=", .percentEqual)
    case UInt8(ascii: "^"): pair(.caret, "=", .caretEqual)
    case UInt8(ascii: "&"): pair(.ampersand, "=", .ampersandEqual)
    case UInt8(ascii: "|"): pair(.pipe, "=", .pipeEqual)
    case UInt8(ascii: "<"): doubled(byte, .less, .lessEqual, .shiftLeft, .shiftLeftEqual)
    case UInt8(ascii: ">"): doubled(byte, .greater, .greaterEqual, .shiftRight, .shiftRightEqual)
    case UInt8(ascii: "~"): pair(.tilde, "=", .tildeEqual)
    case UInt8(ascii: "!"): scanBang()
    case UInt8(ascii: "#"): scanHash()
    case UInt8(ascii: "$"): scanDollar()
    default: scanInvalid(byte)
    }
  }

  @inline(__always)
  private mutating func pair(
    _ single: FuseTokenKind,
    _ second: Unicode.Scalar,
    _ both: FuseTokenKind
  ) {
    if peek(1) == UInt8(ascii: second) { take(both, 2) } else { take(single, 1) }
  }

  /// Takes `x`, `x=`, `xx` or `xx=`.
  private mutating func doubled(
    _ byte: UInt8,
    _ single: FuseTokenKind,
    _ singleEqual: FuseTokenKind,
    _ double: FuseTokenKind,
    _ doubleEqual: FuseTokenKind
  ) {
    let equal = UInt8(ascii: "=")
    if peek(1) == byte {
      if peek(2) == equal { take(doubleEqual, 3) } else { take(double, 2) }
    } else if peek(1) == equal {
      take(singleEqual, 2)
    } else {
      take(single, 1)
    }
  }

  private mutating func scanDot() {
    if peek(1) != UInt8(ascii: ".") {
      take(.dot, 1)
      if CharacterClass.isDigit(peek(0)) { scanTupleIndex() }
    } else if peek(2) != UInt8(ascii: ".") {
      take(.dotDot, 2)
    } else {
      take(.ellipsis, 3)
    }
  }

  private mutating func scanMinus() {
    switch peek(1) {
    case UInt8(ascii: "-"): skipComment()
    case UInt8(ascii: ">"): take(.arrow, 2)
    case UInt8(ascii: "="): take(.minusEqual, 2)
    default: take(.minus, 1)
    }
  }

  /// Takes `!=`, the `!(` of a macro's call, or `!`.
  private mutating func scanBang() {
    if peek(1) == UInt8(ascii: "=") {
      take(.notEqual, 2)
    } else if peek(1) == UInt8(ascii: "("), !startsLine, let last = tokens.last,
      last.kind == .name, Int(last.end) == i
    {
      open(.bangParen, 2)
    } else {
      take(.bang, 1)
    }
  }

  private mutating func scanHash() {
    if startsLine, let directive = directiveHere() {
      scanDirective(directive)
    } else if peek(1) == UInt8(ascii: "[") {
      open(.hashBracket, 2)
    } else {
      take(.hash, 1)
    }
  }

  /// Takes `$(`, `$name` or `$...name`.
  private mutating func scanDollar() {
    if peek(1) == UInt8(ascii: "(") {
      open(.spliceParen, 2)
      return
    }
    let dots = [1, 2, 3].allSatisfy { peek($0) == UInt8(ascii: ".") }
    let offset = dots ? 4 : 1
    if !CharacterClass.startsName(peek(offset)) {
      scanInvalid(source[i])
      return
    }
    let start = i
    i += offset
    let nameStart = i
    var word: UInt64 = 0
    while i < source.count, CharacterClass.continuesName(source[i]) {
      word = word << 8 | UInt64(source[i])
      i += 1
    }
    let symbol = symbols.symbol(at: nameStart..<i, word: word, in: source)
    push(dots ? .spliceList : .spliceName, from: start, payload: symbol)
  }

  /// Takes a character that begins no token.
  ///
  /// Bytes beyond ASCII in a row are one token, as they are likely one character or word.
  private mutating func scanInvalid(_ byte: UInt8) {
    let start = i
    i += 1
    if byte >= 0x80 {
      while i < source.count, source[i] >= 0x80 { i += 1 }
    }
    let end = i
    if isTypographicQuote(start) { skipTypographicString() }
    if byte == UInt8(ascii: "`") { skipBacktickString() }
    // Bytes that are not UTF-8 have been reported for the whole file.
    if byte < 0x80 || UTF8Check.firstInvalid(source, in: start..<i) == nil {
      diagnostics.append(.Fuse.unexpectedCharacter(excerpt(start, end), span: span(start, end)))
    }
    push(.invalid, from: start, flags: .isBroken)
  }

  /// Whether one of “ ” „ ‘ ’ stands at an offset.
  private func isTypographicQuote(_ offset: Int) -> Bool {
    offset + 2 < source.count && source[offset] == 0xE2 && source[offset + 1] == 0x80
      && (0x98...0x9E).contains(source[offset + 2])
  }

  /// Passes what was meant as a string, if its end is on the line.
  private mutating func skipTypographicString() {
    var end = i
    while end < source.count, source[end] != 10 {
      if isTypographicQuote(end) {
        i = end + 3
        return
      }
      end += 1
    }
  }

  /// Skips a text between backticks, if it ends on its line.
  private mutating func skipBacktickString() {
    var end = i
    while end < source.count, source[end] != 10 {
      end += 1
      if source[end - 1] == UInt8(ascii: "`") {
        i = end
        return
      }
    }
  }

  // MARK: Comments

  /// Skips `-- …`; refuses `--[[ … ]]`, and skips it whole if it has an end.
  private mutating func skipComment() {
    let start = i
    i += 2
    guard peek(0) == UInt8(ascii: "[") else { return skipLine() }
    var level = 0
    while peek(1 + level) == UInt8(ascii: "=") { level += 1 }
    guard peek(1 + level) == UInt8(ascii: "[") else { return skipLine() }
    i += level + 2
    diagnostics.append(.Fuse.blockComment(span: span(start, i)))
    if !unclosedCommentLevels.contains(level), let end = blockCommentEnd(level: level) {
      for byte in source[i..<end] where byte == 10 {
        line += 1
        startsLine = true
      }
      i = end
    } else {
      unclosedCommentLevels.insert(level)
      skipLine()
    }
  }

  private func blockCommentEnd(level: Int) -> Int? {
    var end = i
    while end < source.count {
      if source[end] == UInt8(ascii: "]") {
        var equals = 0
        while end + 1 + equals < source.count, source[end + 1 + equals] == UInt8(ascii: "=") {
          equals += 1
        }
        let last = end + 1 + equals
        if equals == level, last < source.count, source[last] == UInt8(ascii: "]") {
          return last + 1
        }
        end += equals
      }
      end += 1
    }
    return nil
  }
}
