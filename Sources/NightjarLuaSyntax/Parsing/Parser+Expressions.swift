// Expressions. SOURCE: Lua 5.4 manual, section 3.4.

internal import NightjarBase
internal import NightjarDiagnostics

extension Parser {
  /// Reads an expression.
  mutating func expression() -> NodeID {
    subexpression(floor: 0)
  }

  /// Reads expressions between commas and leaves them in `scratch`.
  @inline(never)
  mutating func expressionList() {
    repeat {
      let item = expression()
      scratch.append(item.rawValue)
    } while take(.comma)
  }

  /// Reads an expression whose binary operators bind more strongly than `floor`.
  @inline(never)
  mutating func subexpression(floor: UInt8) -> NodeID {
    if !enter() { return .none }
    var left: NodeID
    if let unary = Operators.unary(kind) {
      let sign = position
      advance()
      let operand = subexpression(floor: Operators.unaryPower)
      left = add(unary, at: sign, operand.rawValue)
    } else {
      left = simpleExpression()
    }
    while true {
      if isTolerant {
        let outcome = takeForeignBinary(&left, floor: floor)
        if outcome == .taken { continue }
        if outcome == .tooWeak { break }
      }
      let power = Operators.binary(kind)
      if power.left <= floor { break }
      let sign = position
      advance()
      let right = subexpression(floor: power.right)
      left = add(power.node, at: sign, left.rawValue, right.rawValue)
    }
    leave()
    return left
  }

  private mutating func simpleExpression() -> NodeID {
    switch kind {
    case .numeral: return addLeaf(.numeral)
    case .string: return addLeaf(.string)
    case .nilKeyword: return addLeaf(.nilLiteral)
    case .trueKeyword: return addLeaf(.trueLiteral)
    case .falseKeyword: return addLeaf(.falseLiteral)
    case .leftBrace: return table()
    case .functionKeyword: return functionExpression()
    case .ellipsis:
      if !takesVararg { failVararg() }
      return addLeaf(.vararg)
    default: return suffixedExpression(isStatement: false)
    }
  }

  @inline(never)
  mutating func functionExpression() -> NodeID {
    let opener = position
    advance()
    return functionBody(main: position, opener: opener)
  }

  /// Reads a name or parentheses and the fields, indices and calls that follow.
  @inline(never)
  mutating func suffixedExpression(isStatement: Bool) -> NodeID {
    var left: NodeID
    switch kind {
    case .name: left = addLeaf(.name)
    case .leftParen: left = parenthesized()
    default: return missingExpression(isStatement: isStatement)
    }
    while true {
      switch kind {
      case .dot:
        let sign = position
        advance()
        let name = expectName("A field")
        left = add(.field, at: sign, left.rawValue, name)
      case .leftBracket: left = index(left)
      case .colon: left = methodCall(left)
      case .leftParen, .string, .leftBrace:
        if isTolerant, opensForeignBlock(after: left) { return left }
        if rules.refusesAmbiguousCalls { checkAmbiguousCall() }
        left = call(left)
      default: return left
      }
    }
  }

  @inline(never)
  private mutating func parenthesized() -> NodeID {
    let opener = position
    advance()
    openParens += 1
    let inside = expression()
    openParens -= 1
    expectBracketEnd(.rightParen, of: opener)
    return add(.parenthesized, at: opener, inside.rawValue)
  }

  @inline(never)
  private mutating func index(_ object: NodeID) -> NodeID {
    let opener = position
    advance()
    let key = expression()
    if !take(.rightBracket) { failIndexOpen(at: opener) }
    return add(.index, at: opener, object.rawValue, key.rawValue)
  }

  @inline(never)
  private mutating func call(_ callee: NodeID) -> NodeID {
    let main = position
    let mark = scratch.count
    arguments()
    let list = makeList(from: mark)
    return add(.call, at: main, callee.rawValue, list)
  }

  @inline(never)
  private mutating func methodCall(_ receiver: NodeID) -> NodeID {
    advance()
    let name = expectName("A method")
    let main = position
    let mark = scratch.count
    switch kind {
    case .leftParen, .string, .leftBrace:
      if rules.refusesAmbiguousCalls { checkAmbiguousCall() }
      arguments()
    default: failArguments(method: Int(name))
    }
    extra.append(name)
    let place = appendList(from: mark) - 1
    return add(.methodCall, at: main, receiver.rawValue, place)
  }

  /// Reads a call's arguments and leaves them in `scratch`.
  @inline(never)
  private mutating func arguments() {
    switch kind {
    case .string:
      let item = addLeaf(.string)
      scratch.append(item.rawValue)
    case .leftBrace:
      let item = table()
      scratch.append(item.rawValue)
    default:
      let opener = position
      advance()
      openParens += 1
      if kind != .rightParen { expressionList() }
      openParens -= 1
      expectBracketEnd(.rightParen, of: opener, isCall: true)
    }
  }

  // MARK: Tables

  @inline(never)
  mutating func table() -> NodeID {
    let opener = position
    let mark = scratch.count
    advance()
    openBraces += 1
    while kind != .rightBrace {
      let item = tableItem()
      scratch.append(item.rawValue)
      if kind == .comma || kind == .semicolon {
        advance()
      } else if kind == .rightBrace || !passMissingComma(opener: opener) {
        break
      }
    }
    openBraces -= 1
    expectBracketEnd(.rightBrace, of: opener)
    let list = makeList(from: mark)
    return add(.table, at: opener, list)
  }

  @inline(never)
  private mutating func tableItem() -> NodeID {
    let start = position
    if kind == .name, kindAfter == .equal {
      advance()
      advance()
      let value = expression()
      return add(.namedItem, at: start, value.rawValue)
    }
    if kind == .leftBracket {
      advance()
      let key = expression()
      if !take(.rightBracket) { failIndexOpen(at: start) }
      if !take(.equal) { failToken(.equal, "A key of a table") }
      let value = isQuiet ? .none : expression()
      return add(.keyedItem, at: start, key.rawValue, value.rawValue)
    }
    return expression()
  }
}
