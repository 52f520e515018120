// What people write who come from Lua, where Fuse writes something else: it is understood, said how
// Fuse writes it, and read on as if it had been written so.

internal import NightjarDiagnostics

extension FuseParser {
  /// Reads `local …`, `goto …` or `::label::`.
  @inline(never)
  mutating func luaStatement() -> NodeID? {
    if kind == .doubleColon {
      guard kindAfter() == .name, kindAfter(2) == .doubleColon else { return nil }
      note(.Fuse.gotoStatement(span: span(position, position + 2)))
      for _ in 0..<3 { advance() }
      return NodeID.none
    }
    switch tokens[position].payload {
    case FuseWord.local.rawValue: return localStatement()
    case FuseWord.goto.rawValue where kindAfter() == .name && isOnLine(1):
      note(.Fuse.gotoStatement(span: span(position, position + 1)))
      advance()
      advance()
      return NodeID.none
    default: return nil
    }
  }

  private mutating func localStatement() -> NodeID? {
    if !isOnLine(1) { return nil }
    switch kindAfter() {
    case .functionKeyword, .fnKeyword:
      note(.Fuse.localFunction(span: span(position)))
      advance()
      return functionDeclaration()
    case .name:
      note(.Fuse.localStatement(span: span(position)))
      return letStatement()
    default: return nil
    }
  }

  /// Reads `a, b = c, d`, of which `a` is read.
  @inline(never)
  mutating func severalTargets(_ start: Int, _ firstTarget: NodeID) -> NodeID {
    let mark = scratch.count
    push(firstTarget)
    while take(.comma) { push(binaryExpression(0)) }
    let targetEnd = position - 1
    if kind != .equal || isQuiet {
      // No assignment: the comma fits nowhere.
      scratch.removeLast(scratch.count - mark)
      if !isQuiet {
        report(.Fuse.severalTargets(span: span(start, targetEnd), corrected: nil))
      }
      return firstTarget
    }
    let targets = makeList(from: mark)
    let left = add(.targetTuple, start, start, targets)
    let sign = position
    advance()
    let value = severalValues()
    let corrected = "(\(text(start, targetEnd))) = \(parenthesized(value, from: sign + 1))"
    note(.Fuse.severalTargets(span: span(start, position - 1), corrected: corrected))
    return add(.assignment, start, sign, left.rawValue, value.rawValue)
  }

  /// Reads `let a, b = c, d`, of which `let a` is read.
  @inline(never)
  mutating func severalNames(_ word: Int, _ firstName: NodeID) -> NodeID {
    let start = first(firstName)
    let mark = scratch.count
    push(firstName)
    while take(.comma) { push(primaryPattern()) }
    let nameEnd = position - 1
    let names = makeList(from: mark)
    let pattern = add(.tuplePattern, start, start, names)
    var value = NodeID.none
    var corrected = "(\(text(start, nameEnd)))"
    if !isQuiet, take(.equal) {
      let valueStart = position
      value = severalValues()
      corrected += " = " + parenthesized(value, from: valueStart)
    }
    note(.Fuse.severalTargets(span: span(start, position - 1), corrected: corrected))
    let record = makeRecord(0, value.rawValue)
    return add(.let, word, word, pattern.rawValue, record)
  }

  /// Reads values between commas as one tuple.
  private mutating func severalValues() -> NodeID {
    let start = position
    let mark = scratch.count
    let firstValue = expression()
    if kind != .comma || isQuiet { return firstValue }
    push(firstValue)
    while take(.comma) { push(expression()) }
    let list = makeList(from: mark)
    return add(.tuple, start, start, list)
  }

  /// The text of a value, in parentheses if it is a tuple written without.
  private func parenthesized(_ value: NodeID, from start: Int) -> String {
    let inside = text(start, position - 1)
    let isBare = kind(of: value) == .tuple && tokens[start].kind != .leftParen
    return isBare ? "(\(inside))" : inside
  }

  private func text(_ first: Int, _ last: Int) -> String {
    let range = Int(tokens[first].start)..<Int(max(tokens[last].end, tokens[first].start))
    return String(decoding: source[range], as: UTF8.self)
  }

  /// Reports `return a, b` and reads the rest.
  @inline(never)
  mutating func failSeveralValues(_ value: NodeID) {
    let start = first(value)
    while take(.comma) { _ = expression() }
    if isQuiet { return }
    let corrected = "(\(text(start, position - 1)))"
    note(.Fuse.severalTargets(span: span(start, position - 1), corrected: corrected))
  }

  /// Reports `for k, v in` and `for i = 1, 9 do`.
  @inline(never)
  mutating func failLuaFor(_ pattern: NodeID) {
    if isQuiet { return }
    let start = first(pattern)
    if kind == .equal {
      fail("`in`", hint: "Fuse counts with a range: `for i in 1..9 do`.")
      return
    }
    while take(.comma) { _ = primaryPattern() }
    if isQuiet { return }
    let corrected = "(\(text(start, position - 1)))"
    note(
      .Fuse.severalTargets(
        span: span(start, position - 1),
        corrected: corrected,
        hint: "A list is walked over with its places by `for (i, item) in list.enumerate() do`."
      )
    )
  }
}
