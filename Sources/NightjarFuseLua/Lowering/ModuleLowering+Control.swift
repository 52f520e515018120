// `if`, blocks and loops.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  mutating func ifExpression(_ node: NodeID, to destination: Destination) {
    let clauses = tree.nodes(tree.clauses(node)).map { $0 }
    ifClauses(clauses[...], else: tree.rhs(node), to: destination)
  }

  private mutating func ifClauses(
    _ clauses: ArraySlice<NodeID>,
    else otherwise: NodeID,
    to destination: Destination
  ) {
    var made: [(LuaRef, Int32)] = []
    var rest = clauses
    while let clause = rest.first {
      note(clause)
      lua.openBlock()
      var condition = self.condition(tree.lhs(clause))
      if made.isEmpty { condition = readOnce(condition) }
      let known = lua.bounds
      let statements = lua.takeBlock()
      // The first condition is computed whatever comes of it.
      if made.isEmpty { lua.bounds = known }
      if !statements.isEmpty {
        if !made.isEmpty {
          // Its condition needs statements: it becomes an `if` in the `else` of those before it.
          lua.openBlock()
          ifClauses(rest, else: otherwise, to: destination)
          let body = lua.closeBlock()
          lua.appendIf(made, else: body == 0 ? -1 : body)
          return
        }
        for statement in statements { lua.append(statement) }
      }
      lua.openBlock()
      lua.bounds.elements = known.elements + impliedElements(tree.lhs(clause), known.epoch)
      let limitMark = lua.bounds.count
      noteLimits(where: condition)
      block(tree.rhs(clause), to: destination)
      lua.bounds.forgetLimits(since: limitMark)
      let body = lua.closeBlock()
      made.append((condition, body))
      rest = rest.dropFirst()
    }
    let body = otherwise.isPresent ? blockList(otherwise, to: destination) : 0
    if let first = clauses.first { note(first) }
    lua.appendIf(made, else: body == 0 ? -1 : body)
  }

  /// A condition that is an element which may be `false`, or `not` such: what is looked at twice is
  /// better kept.
  private mutating func readOnce(_ condition: LuaRef) -> LuaRef {
    let node = lua[condition]
    let isNegated = node.kind == .unary && node.c == LuaOperator.not.rawValue
    guard let parts = missingElements[isNegated ? LuaRef(node.a) : condition] else {
      return condition
    }
    let element = keep(parts.read, "value")
    lua.openBlock()
    lua.appendCall(parts.failed)
    let list = lua.closeBlock()
    lua.appendIf(lua.binary(.equal, element, lua.add(.nil)), list)
    return isNegated ? lua.unary(.not, element) : element
  }

  mutating func doBlock(_ node: NodeID, to destination: Destination) {
    let list = blockList(tree.lhs(node), to: destination)
    if list != 0 { lua.append(lua.add(.do, list)) }
  }

  // MARK: Loops

  /// Makes the body of a loop; `before` makes statements before those of the body, in its block.
  mutating func loopBody(
    _ body: NodeID,
    before: (inout ModuleLowering) -> Void
  ) -> (list: Int32, breakFlag: Int32?) {
    enterLoop(body)
    let continues = hasJump(body, .continue)
    guard continues else {
      function.loops.append(
        LoopState(
          continue: .native,
          breakFlag: nil,
          closerCount: function.closers.count
        )
      )
      lua.openBlock()
      before(&self)
      block(body, to: .discard)
      let list = lua.closeBlock()
      function.loops.removeLast()
      return (list, nil)
    }
    var state = LoopState(
      continue: .native,
      breakFlag: nil,
      closerCount: function.closers.count
    )
    if target.has("goto") == true {
      labelCount += 1
      let label = lua.text(labelCount == 1 ? "continue" : "continue_\(labelCount)")
      state.continue = .goto(label)
      function.loops.append(state)
      lua.openBlock()
      before(&self)
      let inner = blockList(body, to: .discard)
      lua.append(lua.add(.do, inner))
      lua.append(lua.add(.label, label))
      let list = lua.closeBlock()
      function.loops.removeLast()
      return (list, nil)
    }
    if target == .luau {
      function.loops.append(state)
      lua.openBlock()
      before(&self)
      block(body, to: .discard)
      let list = lua.closeBlock()
      function.loops.removeLast()
      return (list, nil)
    }
    state.continue = .inner
    if hasJump(body, .break) { state.breakFlag = temp("stopped") }
    function.loops.append(state)
    lua.openBlock()
    if let flag = state.breakFlag { lua.appendLocal([flag], [lua.add(.false)]) }
    before(&self)
    let inner = blockList(body, to: .discard)
    let repeated = lua.add(.repeat, lua.add(.true).rawValue, inner)
    lua.append(repeated)
    if let flag = state.breakFlag {
      lua.openBlock()
      lua.append(lua.add(.break))
      let leave = lua.closeBlock()
      lua.appendIf(lua.name(flag), leave)
    }
    let list = lua.closeBlock()
    function.loops.removeLast()
    return (list, state.breakFlag)
  }

  /// Whether a jump of a kind in a body belongs to its loop.
  func hasJump(_ node: NodeID, _ kind: FuseNodeKind) -> Bool {
    var found = false
    tree.forEachChild(of: node) { child in
      switch tree[child].kind {
      case kind: found = true
      case .whileLoop, .forLoop, .repeatLoop, .function, .structDeclaration, .implementation: break
      default: if !found, hasJump(child, kind) { found = true }
      }
    }
    return found
  }

  mutating func whileLoop(_ node: NodeID) {
    note(node)
    enterLoop(tree.rhs(node))
    if !shared.isCalm(tree.lhs(node), in: module) { lua.bounds.forget() }
    lua.openBlock()
    let condition = self.condition(tree.lhs(node))
    let statements = lua.takeBlock()
    let line = lua.line
    if statements.isEmpty {
      let (body, _) = loopBody(tree.rhs(node)) { _ in }
      lua.line = line
      lua.append(lua.add(.while, condition.rawValue, body))
      return
    }
    let (body, _) = loopBody(tree.rhs(node)) { lowering in
      for statement in statements { lowering.lua.append(statement) }
      lowering.lua.openBlock()
      lowering.lua.append(lowering.lua.add(.break))
      let leave = lowering.lua.closeBlock()
      lowering.lua.appendIf(lowering.negated(condition), leave)
    }
    lua.line = line
    lua.append(lua.add(.while, lua.add(.true).rawValue, body))
  }

  mutating func repeatLoop(_ node: NodeID) {
    let body = tree.lhs(node)
    let condition = tree.rhs(node)
    let line = lua.line
    enterLoop(body)
    if condition.isPresent, !shared.isCalm(condition, in: module) { lua.bounds.forget() }
    guard condition.isPresent else {
      let (list, _) = loopBody(body) { _ in }
      lua.line = line
      lua.append(lua.add(.while, lua.add(.true).rawValue, list))
      return
    }
    if hasJump(body, .continue) {
      repeatWithContinue(body, condition, line)
      return
    }
    function.loops.append(
      LoopState(continue: .native, breakFlag: nil, closerCount: function.closers.count)
    )
    lua.openBlock()
    let base = function.closers.count
    block(body, to: .discard)
    closeClosers(base)
    let mark = lua.mark
    note(condition)
    var test = self.condition(condition)
    if lua.mark > mark, !isStable(test) { test = keep(test, "done") }
    let list = lua.closeBlock()
    function.loops.removeLast()
    lua.line = line
    lua.append(lua.add(.repeat, test.rawValue, list))
  }

  /// The condition sees variables of the body, which are declared before what `continue` leaves.
  private mutating func repeatWithContinue(_ body: NodeID, _ condition: NodeID, _ line: Int32) {
    var visible: [Int32] = []
    for statement in tree.nodes(tree.statements(body)) where tree[statement].kind == .let {
      visible += bindings(of: tree.lhs(statement))
    }
    var slots: [Int32] = []
    for declaration in visible {
      let slot = slot(of: declaration)
      isAhead.insert(slot)
      slots.append(slot)
    }
    let slotList = slots
    var (list, _) = loopBody(body) { lowering in
      if !slotList.isEmpty { lowering.lua.appendLocal(slotList, []) }
    }
    lua.openBlock()
    for item in Array(lua.items(list)) { lua.append(LuaRef(item)) }
    note(condition)
    let test = self.condition(condition)
    lua.openBlock()
    lua.append(lua.add(.break))
    let leave = lua.closeBlock()
    lua.appendIf(test, leave)
    list = lua.closeBlock()
    lua.line = line
    lua.append(lua.add(.while, lua.add(.true).rawValue, list))
  }

  // MARK: For

  mutating func forLoop(_ node: NodeID) {
    if tree[node].detail == 1 {
      unsupported("async for", node)
      return
    }
    let parts = tree.forParts(node)
    let line = lua.line
    switch checked.iterations[node] {
    case .range?: rangeLoop(node, parts.pattern, parts.sequence)
    case .array?: arrayLoop(node, parts.pattern, parts.sequence)
    case .enumeratedArray(let array)?: enumeratedLoop(node, parts.pattern, array)
    case .pairs(let table)?: pairsLoop(node, parts.pattern, table, "pairs")
    case .ipairs(let table)?: pairsLoop(node, parts.pattern, table, "ipairs")
    case .iterator where isMadeOfSteps(parts.sequence):
      stepsLoop(node, parts.pattern, parts.sequence)
    case .iterator(let evidence)?:
      let source = value(parts.sequence)
      let iterator = keep(source, "iterator")
      iteratorLoop(node, parts.pattern, iterator, evidence)
    case .intoIterator(let evidence)?:
      guard let trait = evidenceTrait(evidence),
        let method = shared.trait(trait).methods.first(
          where: { shared.spelling(shared.function($0).name) == "iter" })
      else { return }
      let source = value(parts.sequence)
      let made = callTrait(method, evidence, receiver: source, hidden: [], arguments: [])
      let iterator = keep(made, "iterator")
      guard let next = shared.preludeTrait("Iterator") else { return }
      iteratorLoop(node, parts.pattern, iterator, .dynamic(next))
    case .list?: listLoop(node, parts.pattern, parts.sequence)
    case nil: break
    }
    lua.line = line
  }

  /// A `List`, whose items may be `nil`.
  private mutating func listLoop(_ node: NodeID, _ pattern: NodeID, _ list: NodeID) {
    let line = lua.line
    let source = stable(value(list), "list")
    let count = keep(lua.field(source, "count"), "count")
    let index = temp("i")
    let place = lua.name(index)
    let variable = plain(pattern)
    let (body, _) = loopBody(tree.rhs(node)) { lowering in
      let items = lowering.lua.field(source, "items")
      lowering.bindRead(variable, lowering.lua.index(items, place))
    }
    lua.line = line
    lua.append(lua.add(.numericFor, index, lua.list([lua.integer(1), count]), body))
  }

  /// The variable of a numeric loop, and what makes the pattern's variables of it.
  mutating func loopVariable(
    _ pattern: NodeID
  ) -> (Int32, (inout ModuleLowering) -> Void) {
    if tree[pattern].kind == .binding, let declaration = names.declaration(of: pattern) {
      return (slot(of: declaration), { _ in })
    }
    let slot = tree[pattern].kind == .wildcard ? lua.slot(lua.text("_")) : temp("item")
    return (
      slot,
      { lowering in
        let subject = lowering.lua.name(slot)
        lowering.bindParts(pattern, subject)
      }
    )
  }

  private mutating func arrayLoop(
    _ node: NodeID,
    _ pattern: NodeID,
    _ array: NodeID
  ) {
    let line = lua.line
    let items = stable(value(array), "items")
    let index = temp("i")
    let place = lua.name(index)
    let body: Int32
    let variable = plain(pattern)
    (body, _) = loopBody(tree.rhs(node)) { lowering in
      let read = lowering.lua.index(items, place)
      lowering.bindRead(variable, read)
    }
    lua.line = line
    let length = lua.unary(.length, items)
    lua.append(lua.add(.numericFor, index, lua.list([lua.integer(1), length]), body))
  }

  /// Binds a pattern to what is read once.
  mutating func bindRead(_ pattern: NodeID, _ read: LuaRef) {
    switch tree[pattern].kind {
    case .wildcard: break
    case .binding:
      guard let declaration = names.declaration(of: pattern) else { return }
      defineValue(lua.name(slot(of: declaration)), read)
    default: bindParts(pattern, keep(read, "item"))
    }
  }

  private mutating func enumeratedLoop(
    _ node: NodeID,
    _ pattern: NodeID,
    _ array: NodeID
  ) {
    let line = lua.line
    let items = stable(value(array), "items")
    let isCalm = enterLoop(tree.rhs(node))
    let parts = pairPatterns(pattern)
    let index: Int32
    if let first = parts?.0, tree[first].kind == .binding, !tree.isMutable(first),
      let declaration = names.declaration(of: first)
    {
      index = slot(of: declaration)
    } else {
      index = temp("i")
    }
    let place = lua.name(index)
    integers[index] = counted(from: IntegerForm(low: 1, high: 1))
    lows[index] = 1
    if isCalm { addLimit(index, items, 0) }
    let (body, _) = loopBody(tree.rhs(node)) { lowering in
      let read = lowering.lua.index(items, place)
      if let (first, second) = parts {
        if lowering.tree[first].kind != .binding || lowering.tree.isMutable(first) {
          lowering.bindRead(first, lowering.floated(place))
        }
        lowering.bindRead(second, read)
      } else {
        lowering.bindRead(
          lowering.plain(pattern),
          lowering.lua.table([lowering.floated(place), read])
        )
      }
    }
    lua.line = line
    let length = lua.unary(.length, items)
    lua.append(lua.add(.numericFor, index, lua.list([lua.integer(1), length]), body))
  }

  /// The patterns of a pair.
  func pairPatterns(_ pattern: NodeID) -> (NodeID, NodeID)? {
    let pattern = plain(pattern)
    guard tree[pattern].kind == .tuplePattern else { return nil }
    let items = tree.nodes(tree.lhsList(pattern))
    guard items.count == 2, items.allSatisfy({ tree[$0].kind != .namedItem }) else { return nil }
    return (plain(items[0]), plain(items[1]))
  }

  private mutating func iteratorLoop(
    _ node: NodeID,
    _ pattern: NodeID,
    _ iterator: LuaRef,
    _ evidence: Evidence
  ) {
    guard let trait = evidenceTrait(evidence),
      let next = shared.trait(trait).methods.first(where: {
        shared.spelling(shared.function($0).name) == "next"
      })
    else { return }
    let line = lua.line
    lua.bounds.forget()
    let variable = plain(pattern)
    let isBinding = tree[variable].kind == .binding
    let (body, _) = loopBody(tree.rhs(node)) { lowering in
      let value = lowering.callTrait(
        next,
        evidence,
        receiver: iterator,
        hidden: [],
        arguments: []
      )
      let item: LuaRef
      if isBinding, let declaration = lowering.names.declaration(of: variable) {
        item = lowering.lua.name(lowering.slot(of: declaration))
        lowering.defineValue(item, value)
      } else {
        item = lowering.keep(value, "item")
      }
      lowering.lua.openBlock()
      lowering.lua.append(lowering.lua.add(.break))
      let leave = lowering.lua.closeBlock()
      let test = lowering.lua.binary(.equal, item, lowering.lua.add(.nil))
      lowering.lua.appendIf(test, leave)
      if !isBinding { lowering.bindParts(variable, item) }
    }
    lua.line = line
    lua.append(lua.add(.while, lua.add(.true).rawValue, body))
  }
}
