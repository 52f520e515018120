// Statements without blocks. SOURCE: Lua 5.4 manual, sections 3.3.3, 3.3.4, 3.3.6, 3.3.7.

internal import NightjarBase
internal import NightjarDiagnostics

extension Parser {
  @inline(never)
  mutating func localStatement() -> NodeID {
    let opener = position
    advance()
    let shared = rules.hasPrefixAttributes ? attribute() : 0
    return declaration(.local, opener: opener, shared: shared, "A local variable")
  }

  /// Reads the names of a declaration, their attributes and their values.
  private mutating func declaration(
    _ kind: NodeKind,
    opener: Int,
    shared: Int32,
    _ what: StaticString
  ) -> NodeID {
    let mark = scratch.count
    var count: Int32 = 0
    repeat {
      scratch.append(expectName(what))
      let own = attribute()
      scratch.append(own == 0 ? shared : own)
      count += 1
    } while take(.comma)
    let place = Int32(truncatingIfNeeded: extra.count)
    extra.append(count)
    for i in mark..<scratch.count { extra.append(scratch[i]) }
    scratch.removeLast(scratch.count - mark)
    var values: Int32 = 0
    if take(.equal) {
      expressionList()
      values = makeList(from: mark)
    }
    return add(kind, at: opener, place, values)
  }

  // MARK: Words that are reserved only where a statement may begin

  /// Reads a `goto` or `global` written with a word that is a name elsewhere; nil if there is none.
  @inline(never)
  mutating func softStatement() -> NodeID? {
    guard kind == .name else { return nil }
    let word = source[tokens[position].span.range]
    if rules.gotoWord == .soft, kindAfter == .name, word.elementsEqual("goto".utf8) {
      return gotoStatement()
    }
    guard rules.hasGlobalDeclarations, word.elementsEqual("global".utf8) else { return nil }
    switch kindAfter {
    case .name, .less, .star, .functionKeyword: return globalStatement()
    default: return nil
    }
  }

  /// SOURCE: Lua 5.5 manual, section 3.3.7.
  private mutating func globalStatement() -> NodeID {
    let opener = position
    advance()
    if kind == .functionKeyword { return globalFunction(opener: opener) }
    let shared = attribute()
    if kind == .star {
      advance()
      return add(.globalAll, at: position - 1, shared)
    }
    return declaration(.global, opener: opener, shared: shared, "A global variable")
  }

  /// Reads `<const>` or `<close>` if one stands here; returns the token of the word or 0.
  @inline(never)
  private mutating func attribute() -> Int32 {
    if !rules.hasAttributes || !take(.less) { return 0 }
    let word = expectName("An attribute")
    if !take(.greater) { failToken(.greater, "An attribute") }
    if word == 0 { return 0 }
    let text = source[tokens[Int(word)].span.range]
    if text.elementsEqual("const".utf8) || text.elementsEqual("close".utf8) { return word }
    failAttribute(word: Int(word))
    return 0
  }

  @inline(never)
  mutating func returnStatement() -> NodeID {
    let word = position
    advance()
    var values: Int32 = 0
    if !endsBlock(kind), kind != .semicolon {
      let mark = scratch.count
      expressionList()
      values = makeList(from: mark)
    }
    let result = add(.returnStatement, at: word, values)
    _ = take(.semicolon)
    return result
  }

  @inline(never)
  mutating func gotoStatement() -> NodeID {
    let word = position
    advance()
    let name = expectName("A `goto`")
    return add(.gotoStatement, at: word, name)
  }

  @inline(never)
  mutating func label() -> NodeID {
    let opener = position
    advance()
    let name = expectName("A label")
    if !take(.doubleColon) { failToken(.doubleColon, "A label") }
    return add(.label, at: opener, name)
  }

  /// Reads a call or an assignment.
  @inline(never)
  mutating func expressionStatement() -> NodeID {
    let start = position
    let first = suffixedExpression(isStatement: true)
    if kind == .equal || kind == .comma { return assignment(first: first, start: start) }
    let firstKind = nodes[Int(first.rawValue)].kind
    if firstKind == .call || firstKind == .methodCall {
      let main = Int(nodes[Int(first.rawValue)].mainToken.rawValue)
      return add(.callStatement, at: main, first.rawValue)
    }
    failExpressionStatement(start: start, node: first)
    return first
  }

  @inline(never)
  private mutating func assignment(first: NodeID, start: Int) -> NodeID {
    let mark = scratch.count
    var target = first
    var targetStart = start
    while true {
      requireAssignable(target, start: targetStart, isFirst: targetStart == start)
      scratch.append(target.rawValue)
      if !take(.comma) { break }
      targetStart = position
      target = suffixedExpression(isStatement: false)
      // The reference recurses for each target; here only its limit is kept.
      if depth + scratch.count - mark - 1 > nestingLimit {
        failNesting()
        break
      }
    }
    let targets = makeList(from: mark)
    let sign = position
    if !take(.equal) { failToken(.equal, "An assignment") }
    if !isQuiet { expressionList() }
    let values = makeList(from: mark)
    return add(.assignment, at: sign, targets, values)
  }

  @inline(never)
  private mutating func requireAssignable(_ target: NodeID, start: Int, isFirst: Bool) {
    switch nodes[Int(target.rawValue)].kind {
    case .name, .field, .index: break
    default: failCannotAssign(target, start: start, isFirst: isFirst)
    }
  }
}
