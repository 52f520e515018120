// Loops, branches, and words that leave.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  mutating func whileLoop(_ id: NodeID) {
    let condition = tree.lhs(id)
    let before = state
    loops.append(Loop(slotCount: slots.count))
    expression(condition)
    let exit = isTrue(condition) ? .unreached : state
    block(tree.rhs(id), .read)
    finishLoop(id, before, exit)
  }

  private func isTrue(_ condition: NodeID) -> Bool {
    var id = condition
    while tree[id].kind == .parenthesized { id = tree.lhs(id) }
    return tree[id].kind == .trueLiteral
  }

  /// Joins the ways out of a loop, of which the current is the end of a round.
  private mutating func finishLoop(_ id: NodeID, _ before: FlowState, _ exit: FlowState) {
    guard let loop = loops.popLast() else { return }
    var round = state
    round.join(loop.next)
    checkRound(before, round, slotCount: loop.slotCount)
    let wasReachable = before.isReachable
    var after = exit
    if exit.isReachable { after.join(round) }
    after.join(loop.exit)
    state = after
    if wasReachable, !state.isReachable { lastEnd = id }
  }

  mutating func forLoop(_ id: NodeID) {
    let (pattern, sequence) = tree.forParts(id)
    let element = type(of: pattern)
    expression(sequence, isOwned(element) && tree[sequence].kind == .name ? .move : .read)
    if case .iterator? = checked.iterations[id] { changeIterated(sequence) }
    checkIrrefutable(pattern, isLoop: true)
    let before = state
    let mark = slots.count
    loops.append(Loop(slotCount: mark))
    declare(pattern, isAssigned: true)
    block(tree.rhs(id), .read)
    leaveBlock(to: mark)
    finishLoop(id, before, before)
  }

  mutating func repeatLoop(_ id: NodeID) {
    let condition = tree.rhs(id)
    let before = state
    let mark = slots.count
    loops.append(Loop(slotCount: mark))
    statements(tree.statements(tree.lhs(id)))
    // `continue` goes to the condition.
    if let next = loops.last?.next {
      state.join(next)
      loops[loops.count - 1].next = .unreached
    }
    if condition.isPresent {
      expression(condition)
      checkSkipped(condition, loop: id)
    }
    leaveBlock(to: mark)
    finishLoop(id, before, condition.isPresent ? state : .unreached)
  }

  /// Looks for variables of the body in the condition that a `continue` has skipped.
  private mutating func checkSkipped(_ condition: NodeID, loop: NodeID) {
    guard let jump = loops.last?.firstContinue, jump.isPresent else { return }
    let first = tree[condition].firstToken
    var index = condition.rawValue
    while index > 0, tree[NodeID(index)].firstToken >= first {
      let id = NodeID(index)
      index -= 1
      guard tree[id].kind == .name, case .own(let variable) = names.reference(of: id) else {
        continue
      }
      let declaration = names.declarations[Int(variable)]
      let place = tree[declaration.node].mainToken
      if declaration.kind != .variable || place < tree[jump].mainToken || place > first { continue }
      report(
        .Fuse.uninitialized(
          name(ofDeclaration: variable),
          span: span(id),
          declaration: span(ofDeclaration: variable),
          isAlways: false
        )
      )
      return
    }
  }

  mutating func leaveLoop(_ id: NodeID, isBreak: Bool) {
    if let loop = loops.last {
      closeOwners(from: loop.slotCount)
      if isBreak {
        loops[loops.count - 1].exit.join(state)
      } else {
        loops[loops.count - 1].next.join(state)
        if !loop.firstContinue.isPresent { loops[loops.count - 1].firstContinue = id }
      }
    }
    end(at: id)
  }

  // MARK: Branches

  mutating func ifExpression(_ id: NodeID, _ sink: Sink) {
    var after = FlowState.unreached
    for clause in tree.nodes(tree.clauses(id)) {
      expression(tree.lhs(clause))
      let otherwise = state
      block(tree.rhs(clause), sink)
      after.join(state)
      state = otherwise
    }
    if tree.rhs(id).isPresent { block(tree.rhs(id), sink) }
    after.join(state)
    state = after
  }

  mutating func match(_ id: NodeID, _ sink: Sink) {
    let scrutinee = tree.lhs(id)
    let arms = tree.rhsList(id)
    expression(scrutinee, bindsOwners(arms) ? .move : .read)
    checkArms(of: id)
    var otherwise = state
    var after = FlowState.unreached
    for arm in tree.nodes(arms) {
      state = otherwise
      let mark = slots.count
      switch tree[arm].kind {
      case .arm:
        let parts = tree.arm(arm)
        declare(parts.pattern, isAssigned: true)
        if parts.guardCondition.isPresent {
          expression(parts.guardCondition)
          // The guard of an arm that is not taken has been looked at all the same.
          otherwise.join(state)
        }
        block(parts.body, sink)
      case .elseArm: block(tree.lhs(arm), sink)
      default: continue
      }
      leaveBlock(to: mark)
      after.join(state)
    }
    // Without arms nothing fits: that is told, or the value is of no type.
    state = arms.isEmpty ? otherwise : after
  }

  /// Whether a pattern of an arm takes an owner out of what is matched.
  private mutating func bindsOwners(_ arms: NodeList) -> Bool {
    for arm in tree.nodes(arms) where tree[arm].kind == .arm {
      if bindsOwner(tree.arm(arm).pattern) { return true }
    }
    return false
  }

  private mutating func bindsOwner(_ pattern: NodeID) -> Bool {
    switch tree[pattern].kind {
    case .binding, .restPattern:
      return names.declaration(of: pattern).map { isOwned(type(ofDeclaration: $0)) } ?? false
    case .castPattern, .parenthesizedPattern, .namedItem: return bindsOwner(tree.lhs(pattern))
    case .keyedItem: return bindsOwner(tree.rhs(pattern))
    case .andPattern, .orPattern:
      return bindsOwner(tree.lhs(pattern)) || bindsOwner(tree.rhs(pattern))
    case .variantPattern, .tablePattern:
      for item in tree.nodes(tree.rhsList(pattern)) where bindsOwner(item) { return true }
      return false
    case .tuplePattern, .arrayPattern:
      for item in tree.nodes(tree.lhsList(pattern)) where bindsOwner(item) { return true }
      return false
    default: return false
    }
  }
}
