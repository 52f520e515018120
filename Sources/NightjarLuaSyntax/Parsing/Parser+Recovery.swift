// How the tolerant parser goes on after an error: it skips to where a statement surely begins or a
// block surely ends, and remembers what helps to tell one mistake from its consequences.

internal import NightjarDiagnostics

extension Parser {
  /// Skips what is left of a statement in which an error was reported, and listens again.
  ///
  /// - Parameter start: The first token of the statement; at least that one is passed unless it
  ///   ends a block.
  @inline(never)
  mutating func recover(from start: Int) {
    isQuiet = false
    if isStopped { return }
    var depth = 0
    while !endsBlock(kind), !closesOuterBracket {
      if kind == .functionKeyword, position > start, !isFirstOnLine(position) {
        if !enter() { return }
        isQuiet = true
        _ = functionExpression()
        isQuiet = false
        leave()
        continue
      }
      if position > start, startsStatement(depth: depth) { return }
      switch kind {
      case .leftParen, .leftBrace, .leftBracket: depth += 1
      case .rightParen, .rightBrace, .rightBracket: depth = max(0, depth - 1)
      default: break
      }
      advance()
    }
  }

  /// Whether the block must end here although its closing word does not stand here.
  ///
  /// That is so at a bracket, first on its line, that closes one around the block, and at the brace
  /// of a block as other languages have them.
  @inline(__always)
  var closesOuterBracket: Bool {
    switch kind {
    case .rightParen: openParens > 0 && isFirstOnLine(position)
    case .rightBrace: foreignBraces > 0 || (openBraces > 0 && isFirstOnLine(position))
    default: false
    }
  }

  /// Whether the next token surely begins a statement, `depth` brackets into a broken one.
  @inline(__always)
  private func startsStatement(depth: Int) -> Bool {
    switch kind {
    case .localKeyword, .ifKeyword, .whileKeyword, .forKeyword, .repeatKeyword, .returnKeyword,
      .breakKeyword, .gotoKeyword, .doKeyword:
      true
    case .functionKeyword: isFirstOnLine(position)
    case .semicolon, .doubleColon: depth == 0
    case .name, .leftParen: depth == 0 && isFirstOnLine(position)
    default: false
    }
  }

  /// Passes a token that stands further on in the same line, and all before it.
  @inline(never)
  mutating func skipOnLine(to wanted: TokenKind) {
    if isStopped || position == 0 { return }
    let line = tokens[position - 1].line
    var index = position
    while index < tokens.count, tokens[index].line == line {
      let kind = tokens[index].kind
      if kind == wanted {
        position = index
        advance()
        return
      }
      switch kind {
      case .localKeyword, .ifKeyword, .whileKeyword, .forKeyword, .repeatKeyword, .returnKeyword,
        .functionKeyword, .endKeyword, .elseKeyword, .elseifKeyword, .untilKeyword, .semicolon:
        return
      default: index += 1
      }
    }
  }

  /// Passes what is left of the head of a block: up to the right word, or over a wrong one.
  @inline(never)
  mutating func skipHead(to wanted: TokenKind, wrong: TokenKind) {
    if kind == wrong {
      advance()
    } else if kind == .leftBrace {
      passForeignBrace()
    } else {
      skipOnLine(to: wanted)
    }
  }

  /// Whether the next token can only begin a value.
  var startsValue: Bool {
    switch kind {
    case .name, .numeral, .string, .leftBracket, .leftBrace, .functionKeyword, .nilKeyword,
      .trueKeyword, .falseKeyword:
      true
    default: false
    }
  }

  /// Whether a comma is all that is missing between two items of a table; reports it if so.
  @inline(never)
  mutating func passMissingComma(opener: Int) -> Bool {
    if !isTolerant || isQuiet { return false }
    let previous = tokens[position - 1]
    if !startsValue { return false }
    // A name that starts a line may as well be the next statement of a table left open.
    if isFirstOnLine(position), kind == .name, kindAfter != .equal, kindAfter != .comma {
      return false
    }
    if previous.flags.contains(.isBroken) || tokens[position].flags.contains(.isBroken) {
      return true
    }
    diagnostics.append(
      .missingComma(
        what: "items of a table",
        opener: tokens[opener].span,
        previousEnd: previous.end,
        found: found
      )
    )
    return true
  }

  // MARK: Indentation

  /// Remembers a closing word that, by its indentation, was meant for a block further out.
  @inline(never)
  mutating func noteIndentation(opener: Int) {
    if misplacedCloser != nil || !isFirstOnLine(position) { return }
    let own = Layout.indentation(at: Int(tokens[position].start), in: source)
    if own < Layout.indentation(at: Int(tokens[opener].start), in: source) {
      misplacedCloser = MisplacedCloser(closer: position, opener: opener)
    }
  }

  /// Whether only white space stands before a token on its line.
  @inline(__always)
  func isFirstOnLine(_ index: Int) -> Bool {
    Layout.isFirstOnLine(Int(tokens[index].start), in: source)
  }
}

/// Questions about the lines of a text.
///
/// They take the text and not the parser, which is large and would be copied for each.
enum Layout {
  /// Whether only white space stands before an offset on its line.
  @inline(never)
  static func isFirstOnLine(_ place: Int, in source: [UInt8]) -> Bool {
    var offset = place
    while offset > 0 {
      offset -= 1
      let byte = source[offset]
      if byte == 10 || byte == 13 { return true }
      if !CharacterClass.isSpace(byte) { return false }
    }
    return true
  }

  /// How far the line of an offset is indented, in bytes; only the nearest 400 bytes are looked at.
  @inline(never)
  static func indentation(at place: Int, in source: [UInt8]) -> Int {
    var offset = place
    let lowest = max(0, offset - 400)
    while offset > lowest, source[offset - 1] != 10, source[offset - 1] != 13 { offset -= 1 }
    let lineStart = offset
    while offset < source.count, source[offset] == 32 || source[offset] == 9 { offset += 1 }
    return offset - lineStart
  }
}
