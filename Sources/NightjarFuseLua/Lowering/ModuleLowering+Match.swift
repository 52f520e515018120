// `match` as a chain of tests. The value is read into a local, and so is its tag; arms that begin with
// the same test share it; the last arm of a match needs no test, since a match covers everything.
//
// INVARIANT: an arm whose guard fails goes on to the next arm.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// An arm whose tests are known.
private struct PlannedArm {
  var plan: PatternPlan
  var guardCondition: NodeID
  var body: NodeID
  var node: NodeID
}

extension ModuleLowering {
  mutating func match(_ node: NodeID, to destination: Destination) {
    let line = lua.line
    let subject = subject(of: tree.lhs(node), armsOf: node)
    var arms: [PlannedArm] = []
    for arm in tree.nodes(tree.rhsList(node)) {
      if tree[arm].kind == .elseArm {
        arms.append(
          PlannedArm(
            plan: PatternPlan(),
            guardCondition: .none,
            body: tree.lhs(arm),
            node: arm
          )
        )
        continue
      }
      let parts = tree.arm(arm)
      var plan = PatternPlan()
      self.plan(parts.pattern, subject, &plan)
      arms.append(
        PlannedArm(
          plan: plan,
          guardCondition: parts.guardCondition,
          body: parts.body,
          node: arm
        )
      )
    }
    if let last = arms.indices.last, !arms[last].guardCondition.isPresent {
      arms[last].plan.tests = []
    }
    lua.line = line
    chain(arms[...], to: destination)
  }

  /// The value that patterns are held against, in a form that may be read again.
  private mutating func subject(of node: NodeID, armsOf match: NodeID) -> LuaRef {
    let inner = plainExpression(node)
    if tree[inner].kind == .tuple, checked.coercions[inner] == nil, !hasSpread(inner),
      tree.nodes(tree.rhsList(match)).allSatisfy({ arm in
        tree[arm].kind == .elseArm || isItemwise(tree.arm(arm).pattern)
      })
    {
      let items = tree.nodes(tree.lhsList(inner)).map {
        tree[$0].kind == .namedItem ? tree.lhs($0) : $0
      }
      let parts = values(items).map { stable($0, "value") }
      let place = lua.add(.nil)
      tupleParts[place] = parts
      return place
    }
    let value = self.value(node)
    var subject = value
    if !isStable(value) || lua[value].kind != .name && lua[value].kind != .raw {
      let kind = lua[value].kind
      let isLiteral = kind == .number || kind == .string || kind == .true || kind == .false
      if !isLiteral { subject = keptSubject(value, armsOf: match) }
    }
    if case .nominal(let id, _) = typeKind(type(node)), shared.nominal(id).kind == .unionType,
      !shared.isOptional(id), lua[subject].kind == .name
    {
      let tag = temp("tag")
      lua.appendLocal([tag], [lua.field(subject, "tag")])
      tagSlots[lua[subject].a] = tag
    }
    return subject
  }

  /// The value in a local, which has the name of the variable that one of the arms binds it to.
  private mutating func keptSubject(_ value: LuaRef, armsOf match: NodeID) -> LuaRef {
    var found: Int32?
    for arm in tree.nodes(tree.rhsList(match)) where tree[arm].kind != .elseArm {
      guard let declaration = boundWhole(tree.arm(arm).pattern) else { continue }
      if found != nil { return keep(value, "value") }
      found = declaration
    }
    guard let declaration = found, isOnlyOfItsName(declaration) else { return keep(value, "value") }
    let slot = slot(of: declaration)
    if isAhead.contains(slot) { return keep(value, "value") }
    noteInteger(slot, value)
    lua.appendLocal([slot], [value])
    return lua.name(slot)
  }

  /// The variable that has the whole value if a pattern matches: that of `x` or `Some(x)`.
  private func boundWhole(_ pattern: NodeID) -> Int32? {
    let pattern = plain(pattern)
    switch tree[pattern].kind {
    case .binding:
      guard checked.uses[pattern] == nil, let declaration = names.declaration(of: pattern),
        !names.declarations[Int(declaration)].flags.contains(.isAssigned)
      else { return nil }
      return declaration
    case .variantPattern:
      guard let use = checked.uses[tree.lhs(pattern)] else { return nil }
      if case .variant(let id, _) = use, !shared.isOptional(id) { return nil }
      let items = tree.nodes(tree.rhsList(pattern))
      guard items.count == 1, let first = items.first(where: { _ in true }) else { return nil }
      return boundWhole(tree[first].kind == .namedItem ? tree.lhs(first) : first)
    default: return nil
    }
  }

  /// Whether nothing that is seen where a variable is has its name.
  private func isOnlyOfItsName(_ declaration: Int32) -> Bool {
    let known = names.declarations[Int(declaration)]
    if declarationCounts[Int(known.symbol)] == 1 { return true }
    guard inlinedFunctions.isEmpty else { return false }
    var around: Set<Int32> = []
    var place = known.function
    while place >= 0, around.insert(place).inserted {
      place = names.functions[Int(place)].parent
    }
    return names.declarations.indices.allSatisfy { index in
      let other = names.declarations[index]
      return index == Int(declaration) || other.symbol != known.symbol
        || !around.contains(other.function)
    }
  }

  /// Whether a pattern looks at a tuple item by item only.
  private func isItemwise(_ pattern: NodeID) -> Bool {
    let pattern = plain(pattern)
    switch tree[pattern].kind {
    case .wildcard, .tuplePattern: return true
    case .orPattern: return isItemwise(tree.lhs(pattern)) && isItemwise(tree.rhs(pattern))
    default: return false
    }
  }

  private mutating func chain(_ arms: ArraySlice<PlannedArm>, to destination: Destination) {
    var rest = arms
    var clauses: [(LuaRef, Int32)] = []
    while let arm = rest.first {
      // Arms that begin with the same test, of which the last cannot fail.
      let group = group(rest)
      if group.count > 1 {
        let test = group[group.startIndex].plan.tests[0]
        lua.openBlock()
        let inner = group.map { arm in
          var arm = arm
          if !arm.plan.tests.isEmpty { arm.plan.tests.removeFirst() }
          return arm
        }
        chain(inner[...], to: destination)
        let body = lua.closeBlock()
        rest = rest.dropFirst(group.count)
        if rest.isEmpty, coversAll(group, arms) {
          finish(clauses, otherwise: body)
          return
        }
        clauses.append((test, body))
        continue
      }
      rest = rest.dropFirst()
      var tests = arm.plan.tests
      if arm.guardCondition.isPresent {
        guard let test = guardTest(arm) else {
          guardedArm(arm, clauses, rest, to: destination)
          return
        }
        tests.append(test)
      }
      lua.openBlock()
      note(arm.node)
      bind(arm.plan)
      block(arm.body, to: destination)
      let body = lua.closeBlock()
      if tests.isEmpty {
        finish(clauses, otherwise: body)
        return
      }
      clauses.append((lua.and(tests), body))
    }
    if !clauses.isEmpty { lua.appendIf(clauses, else: -1) }
  }

  private mutating func finish(_ clauses: [(LuaRef, Int32)], otherwise body: Int32) {
    if clauses.isEmpty {
      if leaves(body) {
        for statement in Array(lua.items(body)) { lua.append(LuaRef(statement)) }
      } else if body != 0 {
        lua.append(lua.add(.do, body))
      }
    } else if clauses.allSatisfy({ leaves($0.1) }) {
      // What returns needs no `else` behind it.
      for (condition, list) in clauses { lua.appendIf(condition, list) }
      for statement in Array(lua.items(body)) { lua.append(LuaRef(statement)) }
    } else {
      lua.appendIf(clauses, else: body == 0 ? -1 : body)
    }
  }

  /// Whether the statements of a list leave the function.
  private func leaves(_ list: Int32) -> Bool {
    guard let last = lua.items(list).last else { return false }
    return lua[LuaRef(last)].kind == .return
  }

  private func coversAll(
    _ group: ArraySlice<PlannedArm>,
    _ arms: ArraySlice<PlannedArm>
  ) -> Bool {
    guard let last = group.last else { return false }
    return last.plan.tests.isEmpty
  }

  /// The arms at the start that share their first test, if none of them falls through.
  private func group(_ arms: ArraySlice<PlannedArm>) -> ArraySlice<PlannedArm> {
    guard let first = arms.first, let test = first.plan.tests.first else { return arms.prefix(1) }
    var end = arms.startIndex
    while end < arms.endIndex {
      let arm = arms[end]
      let isLast = end == arms.endIndex - 1
      let shares = arm.plan.tests.first.map { sameTest($0, test) } ?? false
      // The last arm of all has no tests; what reaches it has passed this one only if it is the last.
      if !shares { break }
      end += 1
      if arm.plan.tests.count == 1, !arm.guardCondition.isPresent { return arms[..<end] }
      if isLast { break }
    }
    return arms.prefix(1)
  }

  private func sameTest(_ a: LuaRef, _ b: LuaRef) -> Bool {
    let first = lua[a]
    let second = lua[b]
    guard first.kind == .binary, second.kind == .binary, first.c == second.c else { return false }
    return sameRead(LuaRef(first.a), LuaRef(second.a))
      && sameRead(LuaRef(first.b), LuaRef(second.b))
  }

  // MARK: Guards

  /// Whether a guard can be a test beside those of its pattern: without statements, and with its
  /// variables read from where they are.
  private func canTestGuard(_ arm: PlannedArm) -> Bool {
    if !arm.plan.choices.isEmpty { return false }
    for binding in arm.plan.bindings where !isReadable(binding.value) { return false }
    return !hasStatements(arm.guardCondition)
  }

  /// Whether an expression needs statements, or a function that captures variables.
  private func hasStatements(_ node: NodeID) -> Bool {
    switch tree[node].kind {
    case .ifExpression, .match, .doBlock, .propagate, .function, .try: return true
    default: break
    }
    var found = false
    tree.forEachChild(of: node) { child in
      if !found, hasStatements(child) { found = true }
    }
    return found
  }

  private mutating func guardTest(_ arm: PlannedArm) -> LuaRef? {
    if !canTestGuard(arm) { return nil }
    let outer = substitutes
    for binding in arm.plan.bindings { substitutes[binding.declaration] = binding.value }
    lua.openBlock()
    let test = value(arm.guardCondition)
    let statements = lua.takeBlock()
    substitutes = outer
    return statements.isEmpty ? test : nil
  }

  /// An arm whose guard needs the arm's variables.
  private mutating func guardedArm(
    _ arm: PlannedArm,
    _ clauses: [(LuaRef, Int32)],
    _ rest: ArraySlice<PlannedArm>,
    to destination: Destination
  ) {
    lua.openBlock()
    let matched = temp("matched")
    lua.appendLocal([matched], [lua.add(.false)])
    lua.openBlock()
    bind(arm.plan)
    let test = value(arm.guardCondition)
    lua.openBlock()
    lua.appendAssign(lua.name(matched), lua.add(.true))
    block(arm.body, to: destination)
    let body = lua.closeBlock()
    lua.appendIf(test, body)
    let inner = lua.closeBlock()
    if arm.plan.tests.isEmpty {
      lua.append(lua.add(.do, inner))
    } else {
      lua.appendIf(lua.and(arm.plan.tests), inner)
    }
    if !rest.isEmpty {
      lua.openBlock()
      chain(rest, to: destination)
      let others = lua.closeBlock()
      lua.appendIf(lua.unary(.not, lua.name(matched)), others)
    }
    finish(clauses, otherwise: lua.closeBlock())
  }
}
