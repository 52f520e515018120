// Expressions by precedence. SOURCE: Fuse reference, section 3.4.

internal import NightjarDiagnostics

/// How strongly operators bind, loosest first.
enum Precedence {
  static let or: UInt8 = 1
  static let and: UInt8 = 2
  static let comparison: UInt8 = 3
  static let range: UInt8 = 4
  static let bitOr: UInt8 = 5
  static let bitXor: UInt8 = 6
  static let bitAnd: UInt8 = 7
  static let shift: UInt8 = 8
  static let sum: UInt8 = 9
  static let product: UInt8 = 10
  static let cast: UInt8 = 11
}

extension FuseParser {
  /// Reads an expression where no assignment may stand.
  @inline(never)
  mutating func expression() -> NodeID {
    let value = binaryExpression(0)
    if isQuiet { return value }
    if kind.isAssignment { failAssignment() }
    return kind == .fatArrow ? failArrow(value) : value
  }

  @inline(never)
  mutating func failAssignment() {
    note(.Fuse.assignmentInExpression(span: span(position)))
    advance()
    _ = binaryExpression(0)
  }

  /// Reads operands joined by operators that bind more strongly than `floor`.
  @inline(never)
  mutating func binaryExpression(_ floor: UInt8) -> NodeID {
    if !enter() { return .none }
    var left = unaryExpression()
    /// The comparison or range just read, which cannot be an operand of another.
    var closed = NodeID.none
    while true {
      let (power, operation) = Self.binaryOperator(kind)
      if power <= floor || isQuiet { break }
      if kind == .plus, isIncrement {
        failIncrement()
        break
      }
      if kind == .asKeyword {
        left = cast(left)
        continue
      }
      if isLineSensitive(kind), !mayContinue { break }
      if kind == .notKeyword, kindAfter() != .inKeyword { break }
      if power == Precedence.comparison || power == Precedence.range, closed == left {
        if !failChain(power, left) { break }
      }
      let sign = position
      if kind == .tildeEqual { note(.Fuse.tildeEqual(span: span(sign))) }
      if kind == .bang {
        if failMacroArray() { break }
        note(.Fuse.bangOperator(span: span(sign)))
      }
      if kind == .notKeyword { advance() }
      advance()
      let right = binaryExpression(power)
      left = add(
        .binary,
        first(left),
        sign,
        left.rawValue,
        right.rawValue,
        detail: operation.rawValue
      )
      if power == Precedence.comparison || power == Precedence.range { closed = left }
    }
    leave()
    return left
  }

  /// Whether an operator at the start of a line begins a new statement.
  @inline(__always)
  private func isLineSensitive(_ kind: FuseTokenKind) -> Bool {
    kind == .plus || kind == .minus || kind == .tilde || kind == .bang
  }

  /// Reports `a < b < c` or `a..b..c`; true if the second operator is read like the first.
  @inline(never)
  private mutating func failChain(_ power: UInt8, _ left: NodeID) -> Bool {
    let previous = nodes[Int(left.rawValue)]
    if power == Precedence.range {
      fail("the end of the range")
      return false
    }
    guard previous.detail != FuseBinaryOperator.range.rawValue else { return true }
    note(
      .Fuse.chainedComparison(
        span: span(position),
        first: span(Int(previous.mainToken.rawValue))
      )
    )
    return true
  }

  /// The binary operator of a token and how strongly it binds; 0 if it is none.
  @inline(__always)
  static func binaryOperator(_ kind: FuseTokenKind) -> (UInt8, FuseBinaryOperator) {
    switch kind {
    case .orKeyword: (Precedence.or, .or)
    case .andKeyword: (Precedence.and, .and)
    case .equalEqual: (Precedence.comparison, .equal)
    case .notEqual, .tildeEqual: (Precedence.comparison, .notEqual)
    case .less: (Precedence.comparison, .less)
    case .lessEqual: (Precedence.comparison, .lessEqual)
    case .greater: (Precedence.comparison, .greater)
    case .greaterEqual: (Precedence.comparison, .greaterEqual)
    case .inKeyword: (Precedence.comparison, .contains)
    case .notKeyword: (Precedence.comparison, .notContains)
    case .dotDot: (Precedence.range, .range)
    case .pipe: (Precedence.bitOr, .bitOr)
    case .tilde, .bang: (Precedence.bitXor, .bitXor)
    case .ampersand: (Precedence.bitAnd, .bitAnd)
    case .shiftLeft: (Precedence.shift, .shiftLeft)
    case .shiftRight: (Precedence.shift, .shiftRight)
    case .plus: (Precedence.sum, .add)
    case .minus: (Precedence.sum, .subtract)
    case .star: (Precedence.product, .multiply)
    case .slash: (Precedence.product, .divide)
    case .doubleSlash: (Precedence.product, .floorDivide)
    case .percent: (Precedence.product, .modulo)
    case .asKeyword: (Precedence.cast, .or)
    default: (0, .or)
    }
  }

  /// Reads `as T` or `as? T` after a value.
  @inline(never)
  private mutating func cast(_ value: NodeID) -> NodeID {
    let sign = position
    advance()
    let isOptional = take(.question)
    let type = suffixType()
    return add(
      .cast,
      first(value),
      sign,
      value.rawValue,
      type.rawValue,
      detail: isOptional ? 1 : 0
    )
  }

  // MARK: Operators before a value

  @inline(__always)
  private mutating func unaryExpression() -> NodeID {
    switch kind {
    case .notKeyword: return unary(.not)
    case .minus: return unary(.negate)
    case .plus: return unary(.plus)
    case .hash: return unary(.length)
    case .bang, .tilde: return unary(.complement)
    case .tryKeyword, .awaitKeyword:
      return power(effect())
    default: return power(postfix())
    }
  }

  @inline(never)
  private mutating func unary(_ operation: FuseUnaryOperator) -> NodeID {
    let sign = position
    if !enter() { return .none }
    advance()
    let operand = unaryExpression()
    leave()
    return add(.unary, sign, sign, operand.rawValue, detail: operation.rawValue)
  }

  /// Reads `^ e` after a value, if it stands here.
  @inline(__always)
  private mutating func power(_ base: NodeID) -> NodeID {
    if kind != .caret, kind != .starStar { return base }
    return raised(base)
  }

  @inline(never)
  private mutating func raised(_ base: NodeID) -> NodeID {
    let sign = position
    if isQuiet || !enter() { return base }
    if kind == .starStar { note(.Fuse.doubleStar(span: span(sign))) }
    advance()
    let exponent = unaryExpression()
    leave()
    return add(
      .binary,
      first(base),
      sign,
      base.rawValue,
      exponent.rawValue,
      detail: FuseBinaryOperator.power.rawValue
    )
  }

  /// Reads `try e` or `await e`.
  ///
  /// `?` marks at the very end apply to the result: `try f()?` is `(try f())?`.
  @inline(never)
  private mutating func effect() -> NodeID {
    let word = position
    let effect: FuseNodeKind = kind == .tryKeyword ? .try : .await
    if !enter() { return .none }
    advance()
    if effect == .try, kind == .leftBrace, passTry(word) {
      leave()
      return add(.missing, word, word)
    }
    var operand: NodeID
    switch kind {
    case .tryKeyword, .awaitKeyword: operand = self.effect()
    default: operand = postfix()
    }
    leave()
    var marks: [FuseNode] = []
    while operand.rawValue == Int32(truncatingIfNeeded: nodes.count - 1),
      kind(of: operand) == .propagate, let mark = nodes.popLast()
    {
      marks.append(mark)
      operand = NodeID(mark.lhs)
    }
    let last = nodes[Int(operand.rawValue)].lastToken
    var result = add(effect, word, word, operand.rawValue)
    nodes[Int(result.rawValue)].lastToken = last
    while var mark = marks.popLast() {
      mark.lhs = result.rawValue
      mark.firstToken = TokenID(id(word))
      nodes.append(mark)
      result = NodeID(Int32(truncatingIfNeeded: nodes.count - 1))
    }
    return result
  }

  // MARK: What follows a value

  @inline(never)
  mutating func postfix() -> NodeID {
    var left = primary()
    while !isQuiet {
      switch kind {
      case .dot: left = member(left)
      case .leftParen:
        if !mayContinue { return left }
        left = call(left)
      case .leftBracket:
        if !mayContinue { return left }
        left = index(left)
      case .question:
        if isTernary {
          failTernary()
          return left
        }
        let sign = position
        advance()
        left = add(.propagate, first(left), sign, left.rawValue)
      case .string, .stringHead, .leftBrace, .colon:
        guard let next = luaCall(left) else { return left }
        left = next
      default: return left
      }
    }
    return left
  }

  @inline(never)
  private mutating func member(_ object: NodeID) -> NodeID {
    let sign = position
    advance()
    if kind == .tupleIndex {
      advance()
      return add(.tupleMember, first(object), position - 1, object.rawValue)
    }
    let name: Int32
    if kind == .spliceName {
      advance()
      name = id(position - 1)
    } else {
      name = expectMemberName()
    }
    if kind == .less, let end = TypeScanner.typeArgumentsEnd(tokens, from: position) {
      let arguments = typeArguments(closingAt: end)
      let record = makeRecord(name, arguments)
      return add(.genericMember, first(object), sign, object.rawValue, record)
    }
    return add(.member, first(object), sign, object.rawValue, name)
  }

  /// Takes the name after a `.`; a keyword there is one if it stands on the same line, which the
  /// lexer knows.
  private mutating func expectMemberName() -> Int32 {
    if kind == .name {
      advance()
      return id(position - 1)
    }
    fail("the name of a member")
    return 0
  }

  @inline(never)
  private mutating func call(_ callee: NodeID) -> NodeID {
    let opener = position
    let list = arguments()
    return add(.call, first(callee), opener, callee.rawValue, list)
  }

  /// Reads arguments in parentheses into a list.
  @inline(never)
  mutating func arguments() -> Int32 {
    bracketed(by: .rightParen) { $0.item() }
  }

  /// Reads `e`, `name: e` or `...e`.
  @inline(__always)
  mutating func item() -> NodeID {
    if kind == .ellipsis { return spread() }
    if kindAfter() == .colon, kind == .name || isReserved(kind) { return namedItem() }
    return expression()
  }

  @inline(never)
  mutating func spread() -> NodeID {
    let sign = position
    advance()
    let value = expression()
    return add(.spread, sign, sign, value.rawValue)
  }

  /// Reads `name: e`.
  @inline(never)
  mutating func namedItem() -> NodeID {
    let name = position
    if kind != .name, kind != .string { noteReserved() }
    advance()
    advance()
    let value = expression()
    return add(.namedItem, name, name, value.rawValue)
  }

  @inline(never)
  private mutating func index(_ object: NodeID) -> NodeID {
    let opener = position
    let outer = ignoresLines
    ignoresLines = true
    advance()
    let key = expression()
    ignoresLines = outer
    expectClose(.rightBracket, of: opener)
    return add(.index, first(object), opener, object.rawValue, key.rawValue)
  }

  /// Reads what Lua allows after a function: `f "x"`, `f {…}`, `o:m(…)`; nil if it is none of them.
  @inline(never)
  private mutating func luaCall(_ callee: NodeID) -> NodeID? {
    switch kind(of: callee) {
    case .name, .path, .member, .genericMember, .index, .call, .selfValue: break
    default: return nil
    }
    if kind == .colon { return colonCall(callee) }
    if startsLine || kind == .leftBrace && isHead && !ignoresLines && isBraceBlock { return nil }
    if failPrefixedString(callee) { return callee }
    let opener = position
    let argument = primary()
    if isQuiet { return callee }
    note(.Fuse.bareArgument(span: span(opener, position - 1)))
    let mark = scratch.count
    push(argument)
    let list = makeList(from: mark)
    return add(.call, first(callee), opener, callee.rawValue, list)
  }

  private mutating func colonCall(_ object: NodeID) -> NodeID? {
    guard kindAfter() == .name, isOnLine(1) else { return nil }
    switch kindAfter(2) {
    case .leftParen, .string, .leftBrace: break
    default: return nil
    }
    note(.Fuse.colonCall(span: span(position)))
    let sign = position
    advance()
    advance()
    return add(.member, first(object), sign, object.rawValue, id(position - 1))
  }
}
