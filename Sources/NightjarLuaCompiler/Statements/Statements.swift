// Blocks and statements: which of the other files of this folder compiles what.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  /// Compiles a block in a scope of its own.
  mutating func scopedBlock(_ block: NodeID) {
    enterBlock()
    statements(of: block)
    leaveBlock(at: tree[block].lastToken)
  }

  /// Compiles the statements of a block in the current scope.
  mutating func statements(of block: NodeID) {
    guard tree[block].kind == .block else { return }
    let list = tree.statements(block)
    openBlocks.append((blocks.count - 1, block))
    var i = 0
    while i < list.count {
      let n = tree.node(list, i)
      if tree[n].kind == .label {
        i = labels(list, from: i)
      } else {
        statement(n)
        i += 1
      }
      function.freeRegister = function.activeRegisterCount
    }
    openBlocks.removeLast()
  }

  private mutating func statement(_ n: NodeID) {
    let node = tree[n]
    switch node.kind {
    case .local: localStatement(n)
    case .global: globalStatement(n)
    case .globalAll: globalAllStatement(n)
    case .globalFunction: globalFunction(n)
    case .assignment: assignment(n)
    case .callStatement:
      let inner = tree.lhs(n)
      if tree[inner].kind == .call || tree[inner].kind == .methodCall {
        _ = call(inner, results: 1)
      }
    case .doBlock: scopedBlock(tree.lhs(n))
    case .whileLoop: whileLoop(n)
    case .repeatLoop: repeatLoop(n)
    case .ifStatement: ifStatement(n)
    case .numericFor: numericFor(n)
    case .genericFor: genericFor(n)
    case .functionStatement, .methodStatement: functionStatement(n)
    case .localFunction: localFunction(n)
    case .returnStatement: returnStatement(n)
    case .breakStatement: breakStatement(n)
    case .gotoStatement: gotoStatement(n)
    default: break
    }
  }

  private mutating func ifStatement(_ n: NodeID) {
    let clauses = tree.clauses(n)
    let elseBlock = tree.elseBlock(n)
    var end = JumpList()
    for i in clauses.indices {
      let clause = tree.node(clauses, i)
      let body = tree.body(clause)
      if branchesAway(clause, body) { continue }
      var otherwise = JumpList()
      let condition = tree.condition(clause)
      let then = rules.testsBeforeThen ? tree[condition].lastToken : tree[body].mainToken
      branch(condition, when: false, to: &otherwise, at: then)
      scopedBlock(body)
      let isLast = i + 1 == clauses.count && !elseBlock.isPresent
      if !isLast, isReachable { emitJump(.jump, to: &end, at: tree[body].lastToken) }
      patchHere(otherwise)
    }
    if elseBlock.isPresent { scopedBlock(elseBlock) }
    patchHere(end)
  }

  /// Compiles `if x then break` and `if x then goto y` to a jump on the condition.
  ///
  /// A `goto` on a line of its own stays an instruction, for line hooks.
  private mutating func branchesAway(_ clause: NodeID, _ body: NodeID) -> Bool {
    guard tree[body].kind == .block else { return false }
    let list = tree.statements(body)
    guard list.count == 1 else { return false }
    let n = tree.node(list, 0)
    var then = tree[body].mainToken
    if rules.testsBeforeThen {
      then = tree[tree.condition(clause)].lastToken
      // The statement is seen by line hooks if it is on another line.
      guard tree.line(of: tree[n].mainToken) == tree.line(of: then) else { return false }
    }
    var jumps = JumpList()
    switch tree[n].kind {
    case .breakStatement:
      branch(tree.condition(clause), when: true, to: &jumps, at: then)
      addBreak(n, jumps)
      return true
    case .gotoStatement:
      let token = tree.nameToken(n)
      guard tree.line(of: token) == tree.line(of: then), visibleLabel(symbol(token)) == nil
      else { return false }
      branch(tree.condition(clause), when: true, to: &jumps, at: then)
      addGoto(token, jumps)
      return true
    default: return false
    }
  }

  private mutating func returnStatement(_ n: NodeID) {
    let values = tree.values(n)
    let last = tree[n].lastToken
    if values.isEmpty {
      emitReturn(.returnNone, at: tree[n].mainToken)
      return
    }
    let first = function.freeRegister
    let value = tree.node(values, 0)
    if values.count == 1, !tree[value].kind.isMultiValued {
      let register = anyRegister(value, at: last)
      emitReturn(.returnOne, a: register, at: last)
      return
    }
    if values.count == 1, tree[value].kind != .vararg,
      !blocks[blocks.count - 1].isInsideToBeClosed
    {
      _ = call(value, results: 0)
      let word = function.code[pc - 1]
      function.code[pc - 1] = Word(.tailCall, a: word.a, b: word.b)
      function.returns.append(pc - 1)
      return
    }
    if rules.limitsReturns && first == 0 && values.count == Generator.registerLimit + 1 {
      reportLimit("returns", values.count, at: next(last))
    }
    var isOpen = false
    for i in values.indices {
      let value = tree.node(values, i)
      if i + 1 == values.count, tree[value].kind.isMultiValued {
        evaluateMultiple(value, results: 0)
        isOpen = true
      } else {
        let at = i + 1 == values.count ? last : next(tree[value].lastToken)
        _ = evaluateToNext(value, at: at)
      }
    }
    let count = isOpen ? 0 : values.count + 1
    emitReturn(.returnMany, a: first, b: count, at: last)
  }

  /// Writes a return; `leaveBlock` lets it close variables if there are any to close.
  mutating func emitReturn(_ opcode: Opcode, a: Int = 0, b: Int = 0, at token: TokenID) {
    function.returns.append(emit(opcode, a: a, b: b, at: token))
  }
}
