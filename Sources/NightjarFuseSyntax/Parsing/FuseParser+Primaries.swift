// Values that begin with a token of their own: literals, names, brackets, and constructs with
// blocks. SOURCE: Fuse reference, section 3.4.

internal import NightjarDiagnostics

extension FuseParser {
  @inline(never)
  mutating func primary() -> NodeID {
    switch kind {
    case .name: return namedPrimary()
    case .number: return addLeaf(.number)
    case .string: return addLeaf(.string)
    case .stringHead: return interpolation()
    case .trueKeyword: return addLeaf(.trueLiteral)
    case .falseKeyword: return addLeaf(.falseLiteral)
    case .nilKeyword: return addLeaf(.nilLiteral)
    case .selfKeyword: return addLeaf(.selfValue)
    case .selfTypeKeyword: return pathExpression()
    case .globalKeyword: return addLeaf(.globalTable)
    case .leftParen: return parenthesized()
    case .leftBracket: return array()
    case .leftBrace: return table()
    case .ifKeyword: return ifExpression()
    case .matchKeyword: return match()
    case .doKeyword: return doBlock()
    case .asyncKeyword, .unsafeKeyword, .staticKeyword, .fnKeyword, .functionKeyword:
      if kindAfter() == .doKeyword, kind != .staticKeyword { return doBlock() }
      if functionWordAhead != nil { return function(isNamed: false, body: .required) }
      advance()
      return missing("`fn` or `do`")
    case .spliceName, .spliceList, .spliceParen: return splice()
    default: return missing("an expression")
    }
  }

  /// Reads what begins with a name: a path, a struct literal, a macro's call, or a construct whose
  /// word is a keyword only there.
  @inline(__always)
  private mutating func namedPrimary() -> NodeID {
    if tokens[position].payload <= FuseWord.scope.rawValue,
      let construct = contextualPrimary()
    {
      return construct
    }
    return pathExpression()
  }

  @inline(never)
  private mutating func contextualPrimary() -> NodeID? {
    if isWord(.scope), kindAfter() == .name, kindAfter(2) == .doKeyword, isOnLine(1) {
      return scopeBlock()
    }
    if isWord(.gen), isOnLine(1), functionWordAhead != nil {
      return function(isNamed: false, body: .required)
    }
    if isWord(.quote), opensQuotation { return quotation() }
    return nil
  }

  // MARK: Names

  /// Reads a path, and the fields of a struct or the arguments of a macro after it.
  @inline(never)
  private mutating func pathExpression() -> NodeID {
    let path = path(isType: false)
    if kind == .leftBrace, mayContinue, !isQuiet, !(isHead && !ignoresLines && isBraceBlock) {
      return structLiteral(path)
    }
    if kind == .bangParen { return macroCall(path) }
    return path
  }

  /// Reads names between `::`.
  ///
  /// In a type `<` always opens type arguments; in an expression only if what follows says so.
  @inline(__always)
  mutating func path(isType: Bool) -> NodeID {
    let start = position
    advance()
    if kind != .doubleColon, kind != .less { return add(.name, start, start) }
    return longPath(start, isType: isType)
  }

  @inline(never)
  private mutating func longPath(_ start: Int, isType: Bool) -> NodeID {
    let mark = scratch.count
    var main = start
    var isSimple = true
    while true {
      var arguments: Int32 = 0
      if kind == .less {
        if isType {
          arguments = typeArguments()
        } else if let end = TypeScanner.typeArgumentsEnd(tokens, from: position) {
          arguments = typeArguments(closingAt: end)
        }
      }
      if arguments != 0 { isSimple = false }
      push(add(.segment, main, main, arguments))
      guard kind == .doubleColon, !isQuiet else { break }
      isSimple = false
      advance()
      main = position
      guard kind == .name || kind == .spliceName else {
        fail("a name")
        break
      }
      advance()
    }
    if isSimple {
      scratch.removeLast()
      nodes.removeLast()
      return add(.name, start, start)
    }
    let list = makeList(from: mark)
    return add(.path, start, min(main, max(start, position - 1)), list)
  }

  @inline(never)
  private mutating func structLiteral(_ path: NodeID) -> NodeID {
    let opener = position
    let list = bracketed(by: .rightBrace) { $0.structItem() }
    return add(.structLiteral, first(path), opener, path.rawValue, list)
  }

  private mutating func structItem() -> NodeID {
    if kind == .ellipsis { return spread() }
    let name = position
    if isReservedKey {
      noteReserved()
      advance()
    } else if expectName("a field") == 0 {
      return add(.missing, name, name)
    }
    if kind == .equal { note(.Fuse.equalInTable(span: span(position))) }
    if take(.colon) || take(.equal) {
      let value = expression()
      return add(.namedItem, name, name, value.rawValue)
    }
    return add(.namedItem, name, name)
  }

  // MARK: Strings

  @inline(never)
  private mutating func interpolation() -> NodeID {
    let start = position
    if !enter() { return .none }
    let outer = ignoresLines
    let outerStart = blockStart
    let mark = scratch.count
    ignoresLines = true
    openInterpolations += 1
    push(addLeaf(.stringPiece))
    while !isQuiet {
      let first = position
      let value = expression()
      var isDebug = false
      if kind == .colon, kindAfter() == .question {
        advance()
        advance()
        isDebug = true
      }
      push(add(.interpolated, first, first, value.rawValue, detail: isDebug ? 1 : 0))
      if kind != .stringMiddle { break }
      push(addLeaf(.stringPiece))
    }
    openInterpolations -= 1
    ignoresLines = outer
    blockStart = outerStart
    leave()
    if kind == .stringTail, !isQuiet {
      push(addLeaf(.stringPiece))
    } else {
      fail("`}`")
      skipToTail()
    }
    let list = makeList(from: mark)
    return add(.interpolation, start, start, list)
  }

  /// Goes on behind the string in which a mistake was found, if it has an end.
  private mutating func skipToTail() {
    var level = 1
    var index = position
    while index < tokens.count - 1 {
      if tokens[index].kind == .stringHead { level += 1 }
      if tokens[index].kind == .stringTail { level -= 1 }
      if level == 0 {
        position = index
        kind = .stringTail
        isQuiet = false
        push(addLeaf(.stringPiece))
        return
      }
      index += 1
    }
  }

  // MARK: Brackets

  @inline(never)
  private mutating func parenthesized() -> NodeID {
    let opener = position
    let outer = ignoresLines
    let mark = scratch.count
    ignoresLines = true
    advance()
    var isTuple = kind == .rightParen
    while kind != .rightParen, !isQuiet, !abandons(opener) {
      let item = item()
      let itemKind = self.kind(of: item)
      if itemKind == .namedItem || itemKind == .spread { isTuple = true }
      push(item)
      if !take(.comma) { break }
      isTuple = true
    }
    ignoresLines = outer
    expectClose(.rightParen, of: opener)
    if !isTuple, scratch.count == mark + 1, let inside = scratch.popLast() {
      return add(.parenthesized, opener, opener, inside)
    }
    let list = makeList(from: mark)
    return add(.tuple, opener, opener, list)
  }

  @inline(never)
  private mutating func array() -> NodeID {
    let opener = position
    let list = bracketed(by: .rightBracket) { $0.kind == .ellipsis ? $0.spread() : $0.expression() }
    return add(.array, opener, opener, list)
  }

  @inline(never)
  private mutating func table() -> NodeID {
    let opener = position
    let list = bracketed(by: .rightBrace) { $0.tableItem() }
    return add(.table, opener, opener, list)
  }

  private mutating func tableItem() -> NodeID {
    let start = position
    let next = kindAfter()
    if next == .colon || next == .equal, kind == .name || kind == .string || isReserved(kind) {
      if next == .equal { note(.Fuse.equalInTable(span: span(position + 1))) }
      return namedItem()
    }
    if kind == .leftBracket, opensKey { return keyedItem(start) }
    return kind == .ellipsis ? spread() : expression()
  }

  /// Whether the bracket that stands here closes before a `:`.
  var opensKey: Bool {
    let partner = Int(tokens[position].payload)
    if partner == 0 { return false }
    let after = tokens[min(partner + 1, tokens.count - 1)].kind
    return after == .colon || after == .equal
  }

  private mutating func keyedItem(_ opener: Int) -> NodeID {
    advance()
    let key = expression()
    expectClose(.rightBracket, of: opener)
    if kind == .equal { note(.Fuse.equalInTable(span: span(position))) }
    if !take(.equal) { _ = expect(.colon) }
    let value = expression()
    return add(.keyedItem, opener, opener, key.rawValue, value.rawValue)
  }

  // MARK: Blocks with a value

  /// Reads what an `if`, a `match` or a loop begins with.
  mutating func head() -> NodeID {
    let outer = isHead
    isHead = true
    defer { isHead = outer }
    let value = binaryExpression(0)
    if !kind.isAssignment || isQuiet { return value }
    // What the condition would have been, nobody knows.
    failAssignment()
    return add(.missing, first(value), first(value))
  }

  /// Reads a condition and the word behind it.
  ///
  /// - Returns: The condition, and what a `let` there would declare in the block: other languages have that, so
  ///   it is reported once and its names are known.
  mutating func condition(before wanted: FuseTokenKind) -> (condition: NodeID, binding: NodeID) {
    if kind == .letKeyword { return letCondition(before: wanted) }
    let condition = head()
    expectHeadEnd(wanted)
    return (condition, .none)
  }

  @inline(never)
  private mutating func letCondition(
    before wanted: FuseTokenKind
  ) -> (condition: NodeID, binding: NodeID) {
    let word = position
    let condition = missing(
      "a condition",
      hint: wanted == .doKeyword
        ? "Take values until there is none by `repeat match … when Some(x) then … end else break end end`."
        : "A `match` takes a value apart: `match … when Some(x) then … end else … end end`."
    )
    isQuiet = false
    advance()
    let pattern = pattern()
    let value = add(.missing, position, position)
    if take(.equal) { _ = head() }
    expectHeadEnd(wanted)
    let record = makeRecord(NodeID.none.rawValue, value.rawValue)
    return (condition, add(.let, word, word, pattern.rawValue, record))
  }

  @inline(never)
  private mutating func ifExpression() -> NodeID {
    let opener = position
    let mark = scratch.count
    repeat {
      let word = position
      advance()
      let (condition, binding) = condition(before: .thenKeyword)
      let body = block(after: binding)
      push(add(.clause, word, word, condition.rawValue, body.rawValue))
    } while kind == .elseifKeyword
    var alternative = NodeID.none
    var hint: String?
    if take(.elseKeyword) {
      if kind == .ifKeyword, !startsLine {
        hint = "`else if` begins another `if`, with an `end` of its own; write `elseif`."
      }
      // The block before it was in braces too, and was told.
      if bracesEnd == position - 1, kind == .leftBrace {
        let outer = isInBraces
        isInBraces = true
        _ = skipBraces("a statement")
        isInBraces = outer
      }
      alternative = block()
    }
    expectEnd(of: opener, hint: hint)
    let list = makeList(from: mark)
    return add(.ifExpression, opener, opener, list, alternative.rawValue)
  }

  @inline(never)
  private mutating func match() -> NodeID {
    let word = position
    advance()
    let subject = head()
    if kind == .leftBrace, !isQuiet, skipBraces("`when`") {
      expectEnd(of: word)
      return add(.missing, word, word)
    }
    expectHeadEnd(.whenKeyword)
    let mark = scratch.count
    let outer = ignoresLines
    ignoresLines = false
    isQuiet = false
    while !endsBlock {
      let start = position
      let arm = matchArm()
      push(arm)
      if isQuiet { recover(from: start) }
      if position == start { advance() }
    }
    if kind == .elseKeyword {
      let start = position
      advance()
      let body = block()
      expectEnd(of: start)
      push(add(.elseArm, start, start, body.rawValue))
    }
    ignoresLines = outer
    expectEnd(of: word)
    let list = makeList(from: mark)
    return add(.match, word, word, subject.rawValue, list)
  }

  private mutating func matchArm() -> NodeID {
    let start = position
    let pattern = pattern()
    let guardExpression = take(.ifKeyword) ? expression() : .none
    let word = position
    expectHeadEnd(.thenKeyword)
    if isQuiet { return add(.missing, start, start) }
    let body = block()
    expectEnd(of: min(word, position))
    let record = makeRecord(guardExpression.rawValue, body.rawValue)
    return add(.arm, start, min(word, position), pattern.rawValue, record)
  }

  @inline(never)
  private mutating func doBlock() -> NodeID {
    let start = position
    var qualifiers: FuseQualifiers = []
    if take(.asyncKeyword) { qualifiers = .isAsync }
    if take(.unsafeKeyword) { qualifiers = .isUnsafe }
    let word = position
    advance()
    let body = block()
    expectEnd(of: word)
    return add(.doBlock, start, word, body.rawValue, detail: qualifiers.rawValue)
  }

  @inline(never)
  private mutating func scopeBlock() -> NodeID {
    let word = position
    advance()
    let name = id(position)
    advance()
    advance()
    let body = block()
    expectEnd(of: word)
    return add(.scopeBlock, word, word, name, body.rawValue)
  }
}
