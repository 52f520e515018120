// Blocks and statements. SOURCE: Fuse reference, sections 2.2 and 3.1.

internal import NightjarDiagnostics

extension FuseParser {
  // MARK: Blocks

  /// Reads statements up to what ends a block, and leaves them in `scratch`.
  ///
  /// Returns whether the last of them is an expression that gives the block its value.
  @inline(never)
  mutating func statementList(from mark: Int) -> Bool {
    var isValue = false
    while !endsBlock {
      let start = position
      if kind == .semicolon {
        advance()
        if isValue { discardLast() }
        isValue = false
        continue
      }
      if isValue { discardLast() }
      let statement = statement(isFirst: scratch.count == mark)
      if isQuiet { recover(from: start) }
      if position == start { advance() }
      isValue = false
      if statement.isPresent {
        push(statement)
        isValue = isValuable(statement)
      }
    }
    return isValue
  }

  /// Whether a statement is an expression.
  private func isValuable(_ statement: NodeID) -> Bool {
    let node = nodes[Int(statement.rawValue)]
    if node.kind == .function { return extra[Int(node.lhs)] == 0 }
    return node.kind.isExpression
  }

  /// Reads a block; the word that ends it is left.
  ///
  /// A `binding` is a declaration that the block begins with.
  @inline(never)
  mutating func block(isValue wantsValue: Bool = true, after binding: NodeID = .none) -> NodeID {
    let first = position
    let mark = scratch.count
    let outerIgnoresLines = ignoresLines
    let outerStart = blockStart
    let outerIsHead = isHead
    isHead = false
    ignoresLines = false
    isQuiet = isQuiet && kind == .endOfFile
    blockStart = position
    blockDepth += 1
    if binding.isPresent { push(binding) }
    let isValue = statementList(from: mark)
    if isValue, !wantsValue { discardLast() }
    blockDepth -= 1
    blockStart = outerStart
    isHead = outerIsHead
    ignoresLines = outerIgnoresLines
    return finishBlock(from: mark, first: first, isValue: isValue && wantsValue)
  }

  mutating func finishBlock(from mark: Int, first: Int, isValue: Bool) -> NodeID {
    let list = makeList(from: mark)
    // An empty block stands at the token before it.
    let first = min(first, max(0, position - 1))
    return add(.block, first, first, list, detail: isValue ? 1 : 0)
  }

  // MARK: Statements

  /// Reads one statement, which is not `;`.
  mutating func statement(isFirst: Bool) -> NodeID {
    if !enter() { return .none }
    defer { leave() }
    switch kind {
    case .letKeyword: return letStatement()
    case .constKeyword: return constDeclaration()
    case .staticKeyword:
      return isFunctionAhead ? functionDeclaration() : staticDeclaration()
    case .globalKeyword where kindAfter() == .name: return globalVariable()
    case .globalKeyword where isFunctionWord(kindAfter()) || isQualifier(kindAfter()):
      return globalFunction()
    case .whileKeyword: return whileLoop()
    case .forKeyword: return forLoop()
    case .repeatKeyword: return repeatLoop()
    case .breakKeyword: return addLeaf(.break)
    case .returnKeyword: return returnStatement()
    case .yieldKeyword: return yieldStatement()
    case .asyncKeyword where kindAfter() == .forKeyword: return forLoop()
    case .fnKeyword, .functionKeyword, .asyncKeyword, .unsafeKeyword:
      if isFunctionAhead { return functionDeclaration() }
    case .structKeyword: return structDeclaration()
    case .enumKeyword: return enumDeclaration()
    case .unionKeyword: return unionDeclaration()
    case .traitKeyword: return traitDeclaration()
    case .implKeyword: return implementation()
    case .typeKeyword: return typeDeclaration()
    case .importKeyword: return importDeclaration()
    case .exportKeyword: return exportDeclaration()
    case .hashBracket: return attributedStatement()
    case .name:
      if let statement = contextualStatement() { return statement }
      if isOnLine(1), let statement = foreignStatement() { return statement }
    case .hash: if isHashComment { return passHashComment() }
    case .reservedWord, .doubleColon:
      if let statement = luaStatement() { return statement }
    case .rightParen, .rightBracket, .rightBrace, .thenKeyword, .whenKeyword:
      fail("a statement")
      return .none
    default: break
    }
    return plainStatement(isFirst: isFirst)
  }

  /// Reads a statement that begins with a word that is a keyword only here.
  private mutating func contextualStatement() -> NodeID? {
    let symbol = tokens[position].payload
    if symbol < FuseWord.continue.rawValue || symbol > FuseWord.scope.rawValue { return nil }
    let next = kindAfter()
    if isWord(.continue), isAlone(next) { return addLeaf(.continue) }
    if isWord(.gen), isOnLine(1), isFunctionWord(next) || isQualifier(next), isFunctionAhead {
      return functionDeclaration()
    }
    if isWord(.declare), isOnLine(1),
      next == .globalKeyword || (isWord(.module, at: position + 1) && kindAfter(2) == .string)
    {
      return declareBlock()
    }
    if isWord(.extern), isOnLine(1), next == .string { return externBlock() }
    if isWord(.macro), isOnLine(1), next == .name { return macroDeclaration() }
    return nil
  }

  /// Whether what follows a `continue` cannot make it an expression.
  private func isAlone(_ next: FuseTokenKind) -> Bool {
    if next.isAssignment || next == .dot || next == .doubleColon { return false }
    if !isOnLine(1) { return true }
    return next != .leftParen && next != .leftBracket && next != .leftBrace && next != .comma
  }

  /// Reads an assignment or an expression.
  @inline(never)
  private mutating func plainStatement(isFirst: Bool) -> NodeID {
    let start = position
    if !isFirst, !startsLine, !mayFollow(tokens[position - 1].kind), !isBrokenHere {
      if failBehindStatement() { return add(.missing, position, position) }
    }
    let target: NodeID
    if kind == .underscore, kindAfter() == .equal {
      target = addLeaf(.wildcard)
    } else if kind == .leftParen, opensTargets {
      target = targetTuple()
    } else {
      target = binaryExpression(0)
    }
    if kind == .comma, !isQuiet { return severalTargets(start, target) }
    if !kind.isAssignment || isQuiet { return target }
    return assignment(target)
  }

  /// Whether a statement may begin on the line of a token of this kind, directly after it.
  private func mayFollow(_ previous: FuseTokenKind) -> Bool {
    previous == .semicolon || previous == .endKeyword
  }

  /// Whether the parenthesis that stands here closes before an assignment operator.
  private var opensTargets: Bool {
    let partner = Int(tokens[position].payload)
    return partner > 0 && tokens[min(partner + 1, tokens.count - 1)].kind.isAssignment
  }

  @inline(never)
  private mutating func assignment(_ target: NodeID) -> NodeID {
    checkPlace(target)
    let sign = position
    let detail = Self.assignedOperator(kind)?.rawValue ?? 0
    advance()
    let value = expression()
    return add(.assignment, first(target), sign, target.rawValue, value.rawValue, detail: detail)
  }

  /// The operator joined with `=`.
  private static func assignedOperator(_ kind: FuseTokenKind) -> FuseBinaryOperator? {
    switch kind {
    case .plusEqual: .add
    case .minusEqual: .subtract
    case .starEqual: .multiply
    case .slashEqual: .divide
    case .doubleSlashEqual: .floorDivide
    case .percentEqual: .modulo
    case .caretEqual: .power
    case .ampersandEqual: .bitAnd
    case .pipeEqual: .bitOr
    case .shiftLeftEqual: .shiftLeft
    case .shiftRightEqual: .shiftRight
    default: nil
    }
  }

  /// Reports a target that is no place.
  private mutating func checkPlace(_ target: NodeID) {
    let node = nodes[Int(target.rawValue)]
    switch node.kind {
    case .name, .path, .member, .tupleMember, .index, .wildcard, .targetTuple, .targetLet,
      .splice, .spliceExpression, .missing:
      return
    default:
      let last = Int(node.lastToken.rawValue)
      note(.Fuse.notAPlace(span: span(Int(node.firstToken.rawValue), last)))
    }
  }

  /// Reads targets in parentheses.
  @inline(never)
  private mutating func targetTuple() -> NodeID {
    let opener = position
    let list = bracketed(by: .rightParen) { $0.targetItem() }
    return add(.targetTuple, opener, opener, list)
  }

  private mutating func targetItem() -> NodeID {
    let start = position
    if kind == .underscore { return addLeaf(.wildcard) }
    if take(.letKeyword) {
      let isMutable = take(.mutKeyword)
      let name = expectName("a name")
      let type = take(.colon) ? type() : .none
      let main = name == 0 ? start : Int(name)
      return add(.targetLet, start, main, type.rawValue, detail: isMutable ? 1 : 0)
    }
    if kind == .leftParen, isNestedTargets {
      if !enter() { return .none }
      defer { leave() }
      return targetTuple()
    }
    let target = binaryExpression(0)
    if !isQuiet { checkPlace(target) }
    return target
  }

  /// Whether the parenthesis that stands here ends a target of its own.
  private var isNestedTargets: Bool {
    let partner = Int(tokens[position].payload)
    let after = tokens[min(partner + 1, tokens.count - 1)].kind
    return partner > 0 && (after == .comma || after == .rightParen)
  }

  // MARK: Declarations of variables

  @inline(never)
  mutating func letStatement() -> NodeID {
    let word = position
    advance()
    let pattern = primaryPattern()
    if kind == .comma, !isQuiet { return severalNames(word, pattern) }
    let type = take(.colon) ? type() : .none
    let value = take(.equal) ? expression() : .none
    if !type.isPresent, !value.isPresent {
      fail("`=`", hint: "A variable without a value needs a type: `let name: Type`.")
    }
    let record = makeRecord(type.rawValue, value.rawValue)
    return add(.let, word, word, pattern.rawValue, record)
  }

  @inline(never)
  mutating func constDeclaration(needsValue: Bool = true) -> NodeID {
    let word = position
    advance()
    return valueDeclaration(.const, word, needsValue: needsValue, detail: 0)
  }

  @inline(never)
  mutating func staticDeclaration() -> NodeID {
    let word = position
    advance()
    let isMutable = take(.mutKeyword)
    return valueDeclaration(.static, word, needsValue: true, detail: isMutable ? 1 : 0)
  }

  @inline(never)
  private mutating func globalVariable() -> NodeID {
    let word = position
    advance()
    return valueDeclaration(.globalVariable, word, needsValue: true, detail: 0)
  }

  /// Reads `name: type = value`.
  private mutating func valueDeclaration(
    _ kind: FuseNodeKind,
    _ word: Int,
    needsValue: Bool,
    detail: UInt8
  ) -> NodeID {
    let name = expectName("a name")
    var type = NodeID.none
    if take(.colon) {
      type = self.type()
    } else if kind == .static {
      fail("`:` and a type")
    }
    var value = NodeID.none
    if take(.equal) {
      value = expression()
    } else if needsValue {
      fail("`=`")
    }
    let main = name == 0 ? word : Int(name)
    return add(kind, word, main, type.rawValue, value.rawValue, detail: detail)
  }

  // MARK: Loops and exits

  @inline(never)
  private mutating func whileLoop() -> NodeID {
    let word = position
    advance()
    let (condition, binding) = condition(before: .doKeyword)
    let body = block(isValue: false, after: binding)
    expectEnd(of: word)
    return add(.whileLoop, word, word, condition.rawValue, body.rawValue)
  }

  @inline(never)
  private mutating func forLoop() -> NodeID {
    let start = position
    let isAsync = take(.asyncKeyword)
    let word = position
    advance()
    let isForeign = passLoopHead(word)
    var pattern = isForeign ? add(.missing, word, word) : primaryPattern()
    let isLua = kind == .comma || kind == .equal
    if isLua {
      failLuaFor(pattern)
      pattern = add(.missing, word, word)
    }
    if !isForeign, !take(.inKeyword) { fail("`in`") }
    let sequence = isQuiet ? .none : head()
    if isLua { lose(word..<position) }
    let count = diagnostics.count
    expectHeadEnd(.doKeyword)
    // Where the head goes on, nobody knows what it walks over.
    let walked = diagnostics.count == count ? sequence : add(.missing, word, word)
    let record = makeRecord(pattern.rawValue, walked.rawValue)
    let body = block(isValue: false)
    expectEnd(of: word)
    return add(.forLoop, start, word, record, body.rawValue, detail: isAsync ? 1 : 0)
  }

  @inline(never)
  private mutating func repeatLoop() -> NodeID {
    let word = position
    advance()
    let body = block(isValue: false)
    var condition = NodeID.none
    if take(.untilKeyword) {
      condition = expression()
    } else {
      expectEnd(of: word)
    }
    return add(.repeatLoop, word, word, body.rawValue, condition.rawValue)
  }

  @inline(never)
  private mutating func returnStatement() -> NodeID {
    let word = position
    advance()
    var value = NodeID.none
    if mayContinue, beginsValue {
      value = expression()
      if kind == .comma, !isQuiet { failSeveralValues(value) }
    }
    return add(.return, word, word, value.rawValue)
  }

  @inline(never)
  private mutating func yieldStatement() -> NodeID {
    let word = position
    advance()
    let value = expression()
    return add(.yield, word, word, value.rawValue)
  }

  /// Whether the next token can begin an expression.
  private var beginsValue: Bool {
    switch kind {
    case .semicolon, .endKeyword, .elseKeyword, .elseifKeyword, .untilKeyword, .endOfFile,
      .rightParen, .rightBracket, .rightBrace, .stringMiddle, .stringTail, .comma,
      .letKeyword, .constKeyword, .whileKeyword, .forKeyword, .repeatKeyword, .breakKeyword,
      .returnKeyword, .yieldKeyword, .structKeyword, .enumKeyword, .unionKeyword, .traitKeyword,
      .implKeyword, .typeKeyword, .importKeyword, .exportKeyword, .hashBracket:
      false
    default: true
    }
  }
}
