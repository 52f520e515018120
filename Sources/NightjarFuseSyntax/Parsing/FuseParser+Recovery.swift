// How the parser goes on after an error: it skips to where a statement surely begins or a block
// surely ends. Brackets are skipped whole, as the lexer knows their partners.

internal import NightjarDiagnostics

extension FuseParser {
  /// Whether the next token ends every block: a closing word, or the bracket around the block.
  @inline(__always)
  var endsBlock: Bool {
    if position == bracesEnd { return true }
    switch kind {
    case .endKeyword, .elseKeyword, .elseifKeyword, .untilKeyword, .endOfFile: return true
    case .rightParen, .rightBracket, .rightBrace:
      return tokens[position].payload != 0 && Int(tokens[position].payload) <= blockStart
    case .stringMiddle, .stringTail: return openInterpolations > 0
    // A member begins: the one before it lacks an `end`.
    case .pubKeyword: return isInMembers && startsLine
    default: return false
    }
  }

  /// Skips what is left of a statement in which an error was reported, and listens again.
  ///
  /// - Parameter start: The first token of the statement; at least that one is passed unless it
  ///   ends a block.
  @inline(never)
  mutating func recover(from start: Int) {
    isQuiet = false
    while !endsBlock {
      if position > start, kind == .semicolon || (startsLine && beginsStatement) { break }
      skipOne(after: start)
    }
    lose(start..<position)
  }

  /// Passes a token, with all between brackets, in a string, or in a function.
  private mutating func skipOne(after start: Int) {
    switch kind {
    case .leftParen, .leftBracket, .leftBrace, .hashBracket, .bangParen, .spliceParen:
      let partner = Int(tokens[position].payload)
      if partner > position { position = partner }
      advance()
    case .stringHead:
      skipString()
    case .fnKeyword, .functionKeyword, .ifKeyword, .matchKeyword, .doKeyword:
      // Its `end` must not close another block.
      if position > start, !startsLine, enter() {
        isQuiet = true
        let before = position
        _ = binaryExpression(0)
        if position == before { advance() }
        isQuiet = false
        leave()
      } else {
        advance()
      }
    default: advance()
    }
  }

  /// Passes a string with its interpolations.
  private mutating func skipString() {
    var level = 0
    repeat {
      if kind == .stringHead { level += 1 }
      if kind == .stringTail { level -= 1 }
      if kind == .endOfFile { return }
      advance()
    } while level > 0
  }

  /// Whether a token at the start of a line begins a statement rather than continues one.
  private var beginsStatement: Bool {
    switch kind {
    case .dot, .comma, .colon, .equal, .question, .andKeyword, .orKeyword, .asKeyword,
      .thenKeyword, .whenKeyword, .star, .slash, .equalEqual, .notEqual, .less, .greater,
      .lessEqual, .greaterEqual, .fatArrow, .arrow, .dotDot, .ellipsis, .pipe, .ampersand:
      false
    default: true
    }
  }

  /// Whether a bracket has no partner and what stands here surely belongs to no bracket.
  @inline(__always)
  func abandons(_ opener: Int) -> Bool {
    tokens[opener].payload == 0 && isBeyondBrackets
  }

  private var isBeyondBrackets: Bool {
    switch kind {
    case .endOfFile: true
    case .endKeyword, .elseKeyword, .elseifKeyword, .untilKeyword, .letKeyword, .constKeyword,
      .whileKeyword, .forKeyword, .repeatKeyword, .returnKeyword, .structKeyword, .enumKeyword,
      .traitKeyword, .implKeyword, .importKeyword, .exportKeyword:
      startsLine
    default: false
    }
  }

  /// Takes the word between the head of a construct and its block.
  ///
  /// If it is missing, the rest of the line is searched for it, so that the block is read.
  @inline(__always)
  mutating func expectHeadEnd(_ wanted: FuseTokenKind) {
    if kind == wanted, !isQuiet {
      advance()
    } else {
      failHeadEnd(wanted)
    }
  }

  @inline(never)
  private mutating func failHeadEnd(_ wanted: FuseTokenKind) {
    if skipBraces("`\(wanted.spelling ?? "")`") { return }
    fail("`\(wanted.spelling ?? "")`")
    let wrong: FuseTokenKind = wanted == .doKeyword ? .thenKeyword : .doKeyword
    if kind == wrong {
      advance()
      isQuiet = false
      return
    }
    var index = position
    while index < tokens.count - 1 {
      let token = tokens[index]
      if index > position, token.flags.contains(.startsLine) { break }
      if token.kind == wanted {
        position = index
        kind = wanted
        advance()
        isQuiet = false
        return
      }
      switch token.kind {
      case .endKeyword, .elseKeyword, .elseifKeyword, .untilKeyword, .letKeyword,
        .returnKeyword:
        return
      default: index += 1
      }
    }
  }

  /// Whether a block in braces, as other languages have it, begins here.
  ///
  /// A table that is the value of a block has an `end` behind it.
  var isBraceBlock: Bool {
    let partner = Int(tokens[position].payload)
    guard kind == .leftBrace, partner > position else { return false }
    switch tokens[partner + 1].kind {
    case .endOfFile, .elseKeyword, .rightBrace: return true
    default: return tokens[partner + 1].flags.contains(.startsLine) && !goesOn(partner + 1)
    }
  }

  /// Whether a token belongs to what stands before it.
  private func goesOn(_ index: Int) -> Bool {
    switch tokens[index].kind {
    case .endKeyword, .elseifKeyword, .untilKeyword, .thenKeyword, .doKeyword, .whenKeyword,
      .andKeyword, .orKeyword, .dot, .question, .equalEqual, .notEqual, .asKeyword:
      true
    default: false
    }
  }

  /// Reports a block in braces and skips it; false if there is none.
  @inline(never)
  mutating func skipBraces(_ expected: String) -> Bool {
    let partner = Int(tokens[position].payload)
    guard kind == .leftBrace, partner > position else { return false }
    if !isInBraces {
      fail(expected, hint: "Fuse has no blocks in braces: a block ends with `end`.")
    }
    lose(position..<partner)
    position = partner
    kind = tokens[partner].kind
    advance()
    isQuiet = false
    bracesEnd = position
    return true
  }
}
