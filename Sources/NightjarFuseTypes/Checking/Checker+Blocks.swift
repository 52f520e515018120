// Blocks, `if`, `match`: what gives the value, and which code can be reached.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Checks a block; an expression may stand for one.
  mutating func block(_ node: NodeID, _ want: Want) -> TypeID {
    guard tree[node].kind == .block else { return value(node, want) }
    let list = tree.statements(node)
    let mark = trail.count
    prepare(list)
    let type = statements(list, hasValue: tree[node].detail == 1, want, node)
    finish(list)
    undoFacts(to: mark)
    return type
  }

  /// Checks the statements of a block; the last may be its value.
  mutating func statements(
    _ list: NodeList,
    hasValue: Bool,
    _ want: Want,
    _ node: NodeID
  ) -> TypeID {
    let last = list.count - 1
    for place in 0..<max(0, hasValue ? last : list.count) {
      statement(tree.node(list, place))
    }
    if hasValue, body.isDead {
      // What stands behind a way out gives no value.
      statement(tree.node(list, last))
      return TypeStore.never
    }
    if hasValue {
      let type = value(tree.node(list, last), want)
      return body.isDead ? TypeStore.never : type
    }
    if body.isDead { return TypeStore.never }
    if want.mode == .hard, node.isPresent {
      coerce(node, TypeStore.unit, to: want.type)
    }
    return TypeStore.unit
  }

  /// Checks an expression that gives the value of something around it.
  mutating func value(_ node: NodeID, _ want: Want) -> TypeID {
    if want.mode == .nothing {
      statement(node)
      return body.isDead ? TypeStore.never : TypeStore.unit
    }
    if !tree[node].kind.isExpression {
      statement(node)
      return body.isDead ? TypeStore.never : TypeStore.unit
    }
    if want.mode == .hard {
      if want.type == TypeStore.unit {
        // A value that nobody wants is dropped.
        let type = check(node, .soft(TypeStore.unit))
        if type != TypeStore.unit, type != TypeStore.never, type != TypeStore.error {
          out.coercions[node] = .drop
        }
        return type == TypeStore.never ? type : TypeStore.unit
      }
      return check(node, against: want.type, isExact: true)
    }
    return check(node, want)
  }

  // MARK: `if`

  mutating func ifExpression(_ node: NodeID, _ want: Want) -> TypeID {
    let alternative = tree.rhs(node)
    var want = want
    let isValue = alternative.isPresent && want.mode != .nothing
    var isReported = false
    if !alternative.isPresent {
      if want.mode == .any || want.mode == .soft
        || (want.mode == .hard && want.type != TypeStore.unit)
      {
        let isUnit = want.mode != .hard && want.type == TypeStore.unit
        if !isUnit {
          if !tree.hasUnclosedBlock { report(.Fuse.ifWithoutElse(span: span(node))) }
          isReported = true
        }
      }
      want = isReported ? .any : .nothing
    }
    let start = trail.count
    var joined = TypeStore.never
    let wasDead = body.isDead
    var allDead = true
    for clause in tree.nodes(tree.clauses(node)) {
      let condition = tree.lhs(clause)
      body.isDead = wasDead
      checkCondition(condition)
      let conditionIsDead = body.isDead
      let mark = trail.count
      apply(condition, isTrue: true)
      let type = branch(tree.rhs(clause), want)
      undoFacts(to: mark)
      if !body.isDead || conditionIsDead && !wasDead { allDead = allDead && conditionIsDead }
      joined = joinBranches(joined, type, isValue)
      if conditionIsDead { allDead = true }
      apply(condition, isTrue: false)
    }
    if alternative.isPresent {
      body.isDead = wasDead
      let type = branch(alternative, want)
      if !body.isDead { allDead = false }
      joined = joinBranches(joined, type, isValue)
    } else {
      allDead = false
    }
    undoFacts(to: start)
    // After branches that do not come back, their conditions are false.
    body.isDead = wasDead || allDead
    applyAfter(node)
    if allDead { return TypeStore.never }
    if isReported { return TypeStore.error }
    return isValue ? joined : TypeStore.unit
  }

  private mutating func branch(_ node: NodeID, _ want: Want) -> TypeID {
    let type = block(node, want)
    record(node, type)
    return type
  }

  mutating func joinBranches(_ a: TypeID, _ b: TypeID, _ isValue: Bool) -> TypeID {
    isValue ? join(a, b) : TypeStore.unit
  }

  /// The facts that hold after an `if` because the other branches do not come back.
  private mutating func applyAfter(_ node: NodeID) {
    let clauses = tree.nodes(tree.clauses(node))
    let alternative = tree.rhs(node)
    var isOpen: [Bool] = clauses.map {
      out.nodeTypes[Int(tree.rhs($0).rawValue)] != TypeStore.never
    }
    if alternative.isPresent {
      isOpen.append(out.nodeTypes[Int(alternative.rawValue)] != TypeStore.never)
    } else {
      isOpen.append(true)
    }
    // Only where a single way goes on.
    guard isOpen.count(where: { $0 }) == 1, let way = isOpen.firstIndex(of: true) else {
      // Conditions that lead nowhere are false in any case.
      for (place, clause) in clauses.enumerated() {
        if isOpen[place] { break }
        apply(tree.lhs(clause), isTrue: false)
      }
      return
    }
    for (place, clause) in clauses.enumerated() where place <= way {
      apply(tree.lhs(clause), isTrue: place == way)
    }
  }

  /// Checks a condition, and warns if it is always true.
  mutating func checkCondition(_ node: NodeID) {
    let type = shared(head(check(node, .any)))
    if tree[unparenthesized(node)].kind == .trueLiteral { return }
    if isAlwaysTruthy(type) {
      report(.Fuse.alwaysTrue(describe(type), span: fullSpan(node)))
    }
  }

  // MARK: `match`

  mutating func match(_ node: NodeID, _ want: Want) -> TypeID {
    let scrutinee = tree.lhs(node)
    let type = check(scrutinee, .any)
    let start = trail.count
    var joined = TypeStore.never
    let wasDead = body.isDead
    var allDead = true
    let isValue = want.mode != .nothing
    var rest = shared(head(type))
    for arm in tree.nodes(tree.rhsList(node)) {
      body.isDead = wasDead
      let mark = trail.count
      if tree[arm].kind == .arm {
        let parts = tree.arm(arm)
        pattern(parts.pattern, type, rest)
        narrow(scrutinee, to: parts.pattern, rest)
        if parts.guardCondition.isPresent {
          checkCondition(parts.guardCondition)
          apply(parts.guardCondition, isTrue: true)
        }
        let found = branch(parts.body, want)
        if !body.isDead { allDead = false }
        joined = joinBranches(joined, found, isValue)
        undoFacts(to: mark)
        if !parts.guardCondition.isPresent {
          rest = remainder(rest, after: parts.pattern)
        }
      } else if tree[arm].kind == .elseArm {
        narrow(scrutinee, type: rest)
        let found = branch(tree.lhs(arm), want)
        if !body.isDead { allDead = false }
        joined = joinBranches(joined, found, isValue)
        undoFacts(to: mark)
      }
    }
    undoFacts(to: start)
    body.isDead = wasDead || allDead
    if allDead { return TypeStore.never }
    return isValue ? joined : TypeStore.unit
  }

  // MARK: `do`, `scope`

  mutating func doBlock(_ node: NodeID, _ want: Want) -> TypeID {
    let qualifiers = tree.qualifiers(node)
    if qualifiers.contains(.isAsync) {
      report(.Fuse.notAvailable("async", target: targetName, span: span(node)))
      return TypeStore.error
    }
    let wasUnsafe = body.isUnsafe
    let couldRaise = body.canRaise
    if qualifiers.contains(.isUnsafe) { body.isUnsafe = true }
    let type = block(tree.lhs(node), want)
    record(tree.lhs(node), type)
    body.isUnsafe = wasUnsafe
    if qualifiers.contains(.isUnsafe) { body.canRaise = couldRaise || body.canRaise }
    return type
  }

  mutating func scopeBlock(_ node: NodeID, _ want: Want) -> TypeID {
    report(.Fuse.notAvailable("scope", target: targetName, span: span(node)))
    return TypeStore.error
  }

  mutating func awaitExpression(_ node: NodeID) -> TypeID {
    // Outside an async context that has been told.
    if !body.isAsync { return TypeStore.error }
    report(.Fuse.notAvailable("await", target: targetName, span: span(node)))
    return TypeStore.error
  }
}
