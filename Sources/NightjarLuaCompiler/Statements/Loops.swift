// Loops. Only the instruction that closes a loop jumps back, so that fuel is counted there.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  mutating func whileLoop(_ n: NodeID) {
    let body = tree.body(n)
    let condition = tree.condition(n)
    let start = markTarget()
    var exit = JumpList()
    branch(condition, when: false, to: &exit, at: tree[condition].lastToken)
    enterBlock(isLoop: true)
    scopedBlock(body)
    if isReachable {
      emitJumpBack(to: start, keeping: function.activeRegisterCount, at: tree[body].lastToken)
    }
    leaveBlock(at: tree[n].lastToken)
    patchHere(exit)
  }

  mutating func repeatLoop(_ n: NodeID) {
    let condition = tree.condition(n)
    let last = tree[condition].lastToken
    let start = markTarget()
    let registerCount = function.activeRegisterCount
    enterBlock(isLoop: true)
    enterBlock()
    statements(of: tree.body(n))
    if !isTrueLiteral(condition) {
      var exit = JumpList()
      branch(condition, when: true, to: &exit, at: last)
      let scope = blocks[blocks.count - 1]
      if scope.needsClose { emit(.close, a: scope.firstRegister, at: last) }
      emitJumpBack(to: start, keeping: registerCount, at: last)
      patchHere(exit)
    }
    leaveBlock(at: last)
    leaveBlock(at: last)
  }

  private func isTrueLiteral(_ n: NodeID) -> Bool {
    let kind = tree[n].kind
    return kind == .trueLiteral || kind == .numeral || kind == .string
  }

  /// Three hidden variables hold the state of a numeric loop; the fourth is the visible one.
  mutating func numericFor(_ n: NodeID) {
    let body = tree.body(n)
    let name = tree.loopVariable(n)
    enterBlock(isLoop: true)
    let base = function.freeRegister
    let first = variables.count
    for hidden in hiddenNames(of: .numericFor) { declare(hidden, at: next(name)) }
    let (start, limit, step) = (tree.loopStart(n), tree.loopLimit(n), tree.loopStep(n))
    _ = evaluateToNext(start, at: tree[start].lastToken)
    _ = evaluateToNext(limit, at: tree[limit].lastToken)
    if step.isPresent {
      _ = evaluateToNext(step, at: tree[step].lastToken)
    } else {
      let one = rules.hasIntegers ? Operand.integer(1) : .float(1)
      load(one, into: function.freeRegister, at: tree[limit].lastToken)
      reserve(1, at: tree[limit].lastToken)
    }
    activate(first..<first + 3)
    let mode = Int(rules.numericFor.rawValue)
    let prepare = emit(.forPrepare, a: base, c: mode, at: tree[body].mainToken)
    let kind: Variable.Kind = rules.hasConstantLoopVariables ? .const : .regular
    loopBody(body) { $0.declare(name, kind: kind) }
    let loop = emit(.forLoop, a: base, at: tree[n].mainToken)
    setJump(loop, to: prepare + 1)
    setJump(prepare, to: markTarget())
    leaveBlock(at: tree[n].lastToken)
  }

  /// Four hidden variables: the iterator, its state, its control value and the value to be closed.
  mutating func genericFor(_ n: NodeID) {
    let body = tree.body(n)
    let names = tree.loopVariables(n)
    let values = tree.iteratorValues(n)
    enterBlock(isLoop: true)
    let base = function.freeRegister
    let first = variables.count
    for hidden in hiddenNames(of: .genericFor) {
      declare(hidden, at: next(tree.token(names, 0)))
    }
    let lastValue = tree.node(values, values.count - 1)
    let last = tree[lastValue].lastToken
    evaluateList(values, wanted: rules.hasAttributes ? 4 : 3, at: last)
    if !rules.hasAttributes {
      // Before 5.4 nothing is to be closed.
      reserve(1, at: last)
      loadNil(base + 3, count: 1, at: last)
    }
    activate(first..<first + 4)
    if rules.hasAttributes { markToBeClosed() }
    let iteratorToken = next(next(tree.token(names, names.count - 1)))
    ensureRegisters(3, at: tree[body].mainToken)
    let prepare = emit(.genericForPrepare, a: base, at: tree[body].mainToken)
    loopBody(body) { generator in
      for i in names.indices {
        let isConstant = i == 0 && generator.rules.hasConstantLoopVariables
        generator.declare(generator.tree.token(names, i), kind: isConstant ? .const : .regular)
      }
    }
    setJump(prepare, to: markTarget())
    emit(.genericForCall, a: base, c: names.count, at: iteratorToken)
    let loop = emit(.genericForLoop, a: base, at: iteratorToken)
    setJump(loop, to: prepare + 1)
    markTarget()
    leaveBlock(at: tree[n].lastToken)
  }

  /// The names of a loop's hidden variables, as `debug.getlocal` shows them.
  @inline(never)
  private mutating func hiddenNames(of loop: NodeKind) -> [StringID] {
    if rules.namesLoopState {
      return loop == .numericFor
        ? [hiddenName("(for index)"), hiddenName("(for limit)"), hiddenName("(for step)")]
        : [
          hiddenName("(for generator)"), hiddenName(), hiddenName("(for control)"), hiddenName(),
        ]
    }
    if rules.namesLoopControl, loop == .genericFor {
      return [hiddenName(), hiddenName(), hiddenName("(for control)"), hiddenName()]
    }
    return Array(repeating: hiddenName(), count: loop == .numericFor ? 3 : 4)
  }

  /// Compiles the body of a `for` with the variables that `declare` declares.
  private mutating func loopBody(_ body: NodeID, declare: (inout Generator) -> Void) {
    enterBlock()
    let first = variables.count
    declare(&self)
    activate(first..<variables.count)
    reserve(variables.count - first, at: tree[body].mainToken)
    statements(of: body)
    leaveBlock(at: tree[body].lastToken)
  }
}
