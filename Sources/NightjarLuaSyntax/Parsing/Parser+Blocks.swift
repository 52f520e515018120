// Blocks and the statements that have them. SOURCE: Lua manuals, sections 3.3.1 to 3.3.5, 3.4.11
// (2.4, 2.5.9 in 5.1's).

internal import NightjarBase
internal import NightjarDiagnostics

extension Parser {
  /// Reads statements up to a word that ends a block, and leaves them in `scratch`.
  @inline(never)
  mutating func statementList() {
    while true {
      let start = position
      switch kind {
      case .semicolon where rules.hasEmptyStatements:
        advance()
        continue
      case .endKeyword, .elseKeyword, .elseifKeyword, .untilKeyword, .endOfFile:
        return
      case .returnKeyword:
        scratch.append(returnStatement().rawValue)
        if !isTolerant { return }
        if !isQuiet, !endsBlock(kind), !closesOuterBracket { failReturnNotLast(at: start) }
      default:
        if isTolerant, closesOuterBracket { return }
        let isLast = kind == .breakKeyword && rules.breakEndsBlock
        scratch.append(statement().rawValue)
        if !rules.hasEmptyStatements { _ = take(.semicolon) }
        if isLast {
          if !isTolerant { return }
          if !isQuiet, !endsBlock(kind), !closesOuterBracket { failReturnNotLast(at: start) }
        }
      }
      if isQuiet { recover(from: start) }
    }
  }

  /// Whether a token ends every block.
  func endsBlock(_ kind: TokenKind) -> Bool {
    switch kind {
    case .endKeyword, .elseKeyword, .elseifKeyword, .untilKeyword, .endOfFile: true
    default: false
    }
  }

  /// Reads a block; the word that ends it is left.
  @inline(never)
  mutating func block() -> NodeID {
    let opener = max(0, position - 1)
    let mark = scratch.count
    isQuiet = false
    statementList()
    return finishBlock(from: mark, opener: opener)
  }

  @inline(never)
  mutating func finishBlock(from mark: Int, opener: Int) -> NodeID {
    let list = makeList(from: mark)
    return add(.block, at: opener, list)
  }

  /// Reads one statement, which is not `;` or `return`.
  mutating func statement() -> NodeID {
    if !enter() { return .none }
    let result: NodeID
    switch kind {
    case .ifKeyword: result = ifStatement()
    case .whileKeyword: result = whileLoop()
    case .doKeyword: result = doBlock()
    case .forKeyword: result = forLoop()
    case .repeatKeyword: result = repeatLoop()
    case .functionKeyword: result = functionStatement()
    case .localKeyword:
      result = kindAfter == .functionKeyword ? localFunction() : localStatement()
    case .doubleColon: result = label()
    case .breakKeyword: result = addLeaf(.breakStatement)
    case .gotoKeyword: result = gotoStatement()
    default:
      switch rules.hasSoftStatements ? softStatement() : nil {
      case let statement?: result = statement
      case nil: result = expressionStatement()
      }
    }
    leave()
    return result
  }

  @inline(never)
  private mutating func ifStatement() -> NodeID {
    let opener = position
    let mark = scratch.count
    var isForeign = false
    repeat {
      let word = position
      advance()
      let condition = expression()
      expectThen(after: word)
      let body = block()
      if isTolerant, kindAfter == .elseKeyword || kindAfter == .elseifKeyword {
        isForeign = takeForeignBrace()
      }
      scratch.append(add(.clause, at: word, condition.rawValue, body.rawValue).rawValue)
    } while kind == .elseifKeyword
    var alternative = NodeID.none
    var followsElseIf = false
    if kind == .elseKeyword {
      let line = tokens[position].line
      advance()
      if isTolerant, kind == .leftBrace { passForeignBrace() }
      followsElseIf = kind == .ifKeyword && tokens[position].line == line
      alternative = block()
    }
    if !isForeign || !followsElseIf {
      expectBlockEnd(
        .endKeyword,
        of: .ifKeyword,
        at: opener,
        line: opener,
        followsElseIf: followsElseIf
      )
    }
    let list = makeList(from: mark)
    return add(.ifStatement, at: opener, list, alternative.rawValue)
  }

  @inline(never)
  private mutating func whileLoop() -> NodeID {
    let opener = position
    advance()
    let condition = expression()
    expectDo(after: opener)
    let body = block()
    expectBlockEnd(.endKeyword, of: .whileKeyword, at: opener, line: opener)
    return add(.whileLoop, at: opener, condition.rawValue, body.rawValue)
  }

  @inline(never)
  private mutating func doBlock() -> NodeID {
    let opener = position
    advance()
    let body = block()
    expectBlockEnd(.endKeyword, of: .doKeyword, at: opener, line: opener)
    return add(.doBlock, at: opener, body.rawValue)
  }

  @inline(never)
  private mutating func repeatLoop() -> NodeID {
    let opener = position
    advance()
    let body = block()
    expectBlockEnd(.untilKeyword, of: .repeatKeyword, at: opener, line: opener)
    let condition = expression()
    return add(.repeatLoop, at: opener, body.rawValue, condition.rawValue)
  }

  @inline(never)
  private mutating func forLoop() -> NodeID {
    let opener = position
    advance()
    let name = expectName("A `for` loop")
    switch kind {
    case .equal: return numericFor(opener: opener, name: name)
    case .comma, .inKeyword: return genericFor(opener: opener, name: name)
    default:
      failForHead()
      return genericFor(opener: opener, name: name)
    }
  }

  @inline(never)
  private mutating func numericFor(opener: Int, name: Int32) -> NodeID {
    advance()
    let start = expression()
    if !take(.comma) { failToken(.comma, "A `for` that counts") }
    let limit = expression()
    let step = take(.comma) ? expression() : .none
    let place = Int32(truncatingIfNeeded: extra.count)
    extra.append(name)
    extra.append(start.rawValue)
    extra.append(limit.rawValue)
    extra.append(step.rawValue)
    expectDo(after: opener)
    let body = block()
    expectBlockEnd(.endKeyword, of: .forKeyword, at: opener, line: opener)
    return add(.numericFor, at: opener, place, body.rawValue)
  }

  @inline(never)
  private mutating func genericFor(opener: Int, name: Int32) -> NodeID {
    let mark = scratch.count
    scratch.append(name)
    while take(.comma) { scratch.append(expectName("A variable of a `for` loop")) }
    if !take(.inKeyword) { failToken(.inKeyword, "A `for` with several names") }
    let valueMark = scratch.count
    if !isQuiet { expressionList() }
    let values = makeList(from: valueMark)
    let place = Int32(truncatingIfNeeded: extra.count)
    extra.append(values)
    _ = appendList(from: mark)
    expectDo(after: opener)
    let body = block()
    expectBlockEnd(.endKeyword, of: .forKeyword, at: opener, line: opener)
    return add(.genericFor, at: opener, place, body.rawValue)
  }

  // MARK: Functions

  @inline(never)
  private mutating func functionStatement() -> NodeID {
    let opener = position
    advance()
    let name = expectName("A function")
    var target = name == 0 ? NodeID.none : add(.name, at: Int(name))
    var kind = NodeKind.functionStatement
    while self.kind == .dot || self.kind == .colon {
      let sign = position
      advance()
      let field = expectName("A field")
      target = add(.field, at: sign, target.rawValue, field)
      if tokens[sign].kind == .colon {
        kind = .methodStatement
        break
      }
    }
    let function = functionBody(main: opener, opener: opener)
    return add(kind, at: opener, target.rawValue, function.rawValue)
  }

  @inline(never)
  private mutating func localFunction() -> NodeID {
    let opener = position
    advance()
    advance()
    let name = expectName("A local function")
    let function = functionBody(main: position, opener: opener + 1)
    return add(.localFunction, at: opener, name, function.rawValue)
  }

  /// Reads `global function name`; the word `global` is passed.
  @inline(never)
  mutating func globalFunction(opener: Int) -> NodeID {
    advance()
    let name = expectName("A global function")
    let function = functionBody(main: opener, opener: opener + 1)
    return add(.globalFunction, at: opener, name, function.rawValue)
  }

  /// Reads parameters and body of a function, from `(` to `end`.
  ///
  /// `main` is the token on the line where the function counts as defined, `opener` the word
  /// `function`.
  @inline(never)
  mutating func functionBody(main: Int, opener: Int) -> NodeID {
    let outerTakesVararg = takesVararg
    let outerFunction = functionToken
    takesVararg = false
    functionToken = opener
    expectParameterParen()
    let place = parameters()
    if !take(.rightParen) { failParametersOpen() }
    if isTolerant { takeForeignBodyBrace() }
    let body = block()
    expectBlockEnd(.endKeyword, of: .functionKeyword, at: opener, line: main)
    takesVararg = outerTakesVararg
    functionToken = outerFunction
    return add(.function, at: main, place, body.rawValue)
  }

  @inline(never)
  private mutating func parameters() -> Int32 {
    let mark = scratch.count
    var varargName: Int32 = 0
    if kind != .rightParen, !isQuiet {
      repeat {
        if kind == .ellipsis {
          advance()
          takesVararg = true
          if rules.hasNamedVarargs, kind == .name {
            varargName = Int32(truncatingIfNeeded: position)
            advance()
          }
          break
        }
        if kind != .name {
          failParameter()
          break
        }
        scratch.append(Int32(truncatingIfNeeded: position))
        advance()
      } while take(.comma)
    }
    extra.append(takesVararg ? varargName + 1 : 0)
    return appendList(from: mark) - 1
  }
}
