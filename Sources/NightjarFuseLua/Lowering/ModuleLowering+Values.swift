// Where values go, and the order in which they are computed. A value that becomes statements is
// written before the statement that needs it; what is computed before it in Fuse, and could change
// by it, is kept in a local first.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// A new local of the compiler's.
  mutating func temp(_ base: String) -> Int32 { uniqueSlot(base) }

  // MARK: Destinations

  /// Computes a value and sends it to its destination.
  mutating func lower(_ node: NodeID, to destination: Destination) {
    let inner = plainExpression(node)
    if checked.coercions[inner] == nil, checked.coercions[node] == nil {
      switch tree[inner].kind {
      case .ifExpression:
        ifExpression(inner, to: destination)
        return
      case .match:
        match(inner, to: destination)
        return
      case .doBlock where !tree.qualifiers(inner).contains(.isAsync):
        doBlock(inner, to: destination)
        return
      default: break
      }
    }
    if case .discard = destination, tree[inner].kind == .call, statementIntrinsic(inner) { return }
    if case .discard = destination, temporaries[inner] != nil {
      discard(rawValue(inner))
      return
    }
    if case .drop? = checked.coercions[node] {
      lower(inner, to: .discard, ignoringCoercion: true)
      return
    }
    if case .result = destination, case .multiple(let count) = function.result {
      returnItems(inner, count)
      return
    }
    if case .assignItems(let targets) = destination {
      assignItems(inner, targets)
      return
    }
    let value = self.value(node)
    if bare(checked[inner]) == TypeStore.never {
      // What does not come back has no value.
      discard(value)
      return
    }
    send(value, to: destination, from: inner)
  }

  private mutating func lower(
    _ node: NodeID,
    to destination: Destination,
    ignoringCoercion: Bool
  ) {
    switch tree[node].kind {
    case .ifExpression: ifExpression(node, to: destination)
    case .match: match(node, to: destination)
    case .doBlock: doBlock(node, to: destination)
    default:
      let value = plainValue(node)
      send(value, to: destination, from: node)
    }
  }

  /// Sends a value to its destination.
  mutating func send(_ value: LuaRef, to destination: Destination, from node: NodeID) {
    switch destination {
    case .discard: discard(value)
    case .result:
      if function.result == .unit {
        discard(value)
        return
      }
      if function.closers.isEmpty {
        lua.appendReturn([value])
      } else {
        let kept = isStable(value) ? value : keep(value, "result")
        leaveClosers(downTo: 0)
        lua.appendReturn([kept])
      }
    case .assign(let target): lua.appendAssign(target, value)
    case .assignItems(let targets): lua.appendAssign(targets, itemReads(value, targets.count))
    }
  }

  /// Keeps what a value does and drops what it is.
  mutating func discard(_ value: LuaRef) {
    let node = lua[value]
    switch node.kind {
    case .call, .method:
      if beginsWithName(value) {
        lua.appendCall(value)
      } else {
        // A line that begins with a parenthesis would be read with the one before.
        lua.appendLocal([lua.slot(lua.text("_"))], [value])
      }
    case .parenthesized: discard(LuaRef(node.a))
    case .nil, .true, .false, .number, .string, .name, .raw, .function, .none, .vararg: break
    default: lua.appendLocal([lua.slot(lua.text("_"))], [value])
    }
  }

  /// Whether the text of an expression begins with a name.
  private func beginsWithName(_ value: LuaRef) -> Bool {
    let node = lua[value]
    switch node.kind {
    case .name, .raw: return true
    case .call, .method, .field, .index: return beginsWithName(LuaRef(node.a))
    default: return false
    }
  }

  private mutating func returnItems(_ node: NodeID, _ count: Int) {
    if case .never = typeKind(type(node)) {
      discard(value(node))
      return
    }
    var items: [LuaRef]
    if tree[node].kind == .tuple, checked.coercions[node] == nil,
      !tree.nodes(tree.lhsList(node)).contains(where: { tree[$0].kind == .spread })
    {
      items = values(
        tree.nodes(tree.lhsList(node)).map { tree[$0].kind == .namedItem ? tree.lhs($0) : $0 }
      )
      if let last = items.last { items[items.count - 1] = single(last) }
    } else if tree[node].kind == .call, checked.coercions[node] == nil, givesMultiple(node) {
      items = [call(node, wantsItems: true)]
    } else {
      let tuple = stable(value(node), "result")
      items = itemReads(tuple, count)
    }
    if !function.closers.isEmpty {
      let slots = (0..<count).map { _ in temp("result") }
      lua.appendLocal(slots, items)
      leaveClosers(downTo: 0)
      items = slots.map { lua.name($0) }
    }
    lua.appendReturn(items)
  }

  private mutating func assignItems(_ node: NodeID, _ targets: [LuaRef]) {
    if case .never = typeKind(type(node)) {
      discard(value(node))
      return
    }
    if tree[node].kind == .tuple, checked.coercions[node] == nil,
      !tree.nodes(tree.lhsList(node)).contains(where: { tree[$0].kind == .spread })
    {
      let items = values(
        tree.nodes(tree.lhsList(node)).map { tree[$0].kind == .namedItem ? tree.lhs($0) : $0 }
      )
      lua.appendAssign(targets, items)
    } else if tree[node].kind == .call, checked.coercions[node] == nil, givesMultiple(node) {
      lua.appendAssign(targets, [call(node, wantsItems: true)])
    } else {
      let tuple = stable(value(node), "value")
      lua.appendAssign(targets, itemReads(tuple, targets.count))
    }
  }

  mutating func itemReads(_ tuple: LuaRef, _ count: Int) -> [LuaRef] {
    var items: [LuaRef] = []
    for index in 0..<count { items.append(lua.index(tuple, lua.integer(index + 1))) }
    return items
  }

  // MARK: Order

  /// Whether reading an expression again, or later, gives the same value.
  func isStable(_ value: LuaRef) -> Bool {
    let node = lua[value]
    switch node.kind {
    case .nil, .true, .false, .number, .string, .raw, .function: return true
    case .name: return !changingSlots.contains(node.a)
    case .field: return lua[LuaRef(node.a)].kind == .raw
    default: return false
    }
  }

  /// A local with a value.
  mutating func keep(_ value: LuaRef, _ base: String) -> LuaRef {
    let slot = temp(base)
    noteInteger(slot, value)
    lua.appendLocal([slot], [value])
    return lua.name(slot)
  }

  /// The value in a form that may be read again.
  mutating func stable(_ value: LuaRef, _ base: String) -> LuaRef {
    isStable(value) ? value : keep(value, base)
  }

  /// Several values, computed in order; those in `rawWhere` may be integers of Lua.
  mutating func values(_ nodes: [NodeID], rawWhere: Set<NodeID> = []) -> [LuaRef] {
    var results: [LuaRef] = []
    results.reserveCapacity(nodes.count)
    var marks: [Int] = []
    for node in nodes {
      let mark = lua.mark
      let value =
        !rawWhere.isEmpty && rawWhere.contains(node) ? rawValue(node) : self.value(node)
      if lua.mark > mark { keepBefore(mark, &results, &marks) }
      results.append(value)
      marks.append(lua.mark)
    }
    return results
  }

  /// Keeps values computed before statements that were added since a mark.
  mutating func keepBefore(_ mark: Int, _ results: inout [LuaRef], _ marks: inout [Int]) {
    var place = mark
    for index in results.indices where !isStable(results[index]) {
      let slot = temp("value")
      noteInteger(slot, results[index])
      let statement = lua.add(.local, lua.slotList([slot]), lua.list([results[index]]))
      lua.insert(statement, at: place)
      place += 1
      results[index] = lua.name(slot)
    }
  }

  /// Two operands, computed in order; Lua reads a local late.
  ///
  /// With `isRaw`, numbers among them may be integers of Lua.
  mutating func operands(
    _ left: NodeID,
    _ right: NodeID,
    isRaw: Bool = false
  ) -> (LuaRef, LuaRef) {
    var first = isRaw ? rawValue(left) : self.value(left)
    let mark = lua.mark
    let second = isRaw ? rawValue(right) : self.value(right)
    if lua.mark > mark {
      if !isStable(first) {
        let slot = temp("value")
        noteInteger(slot, first)
        let statement = lua.add(.local, lua.slotList([slot]), lua.list([first]))
        lua.insert(statement, at: mark)
        first = lua.name(slot)
      }
    } else if lua[first].kind == .name, !isStable(first), mayCall(second), isCaptured(left) {
      first = keep(first, "value")
    }
    return (first, second)
  }

  /// Whether an expression may run code that changes a variable.
  func mayCall(_ value: LuaRef) -> Bool {
    let node = lua[value]
    switch node.kind {
    case .call:
      return !quietCalls.contains(value) || lua.items(node.b).contains { mayCall(LuaRef($0)) }
    case .method: return true
    case .nil, .true, .false, .number, .string, .raw, .name, .function, .vararg, .none:
      return false
    case .field, .unary, .parenthesized: return mayCall(LuaRef(node.a))
    case .index, .binary: return mayCall(LuaRef(node.a)) || mayCall(LuaRef(node.b))
    case .table: return lua.items(node.a).contains { mayCall(LuaRef($0)) }
    case .named: return mayCall(LuaRef(node.b))
    case .keyed: return mayCall(LuaRef(node.a)) || mayCall(LuaRef(node.b))
    default: return true
    }
  }

  /// A value that is one value, also at the end of a list.
  mutating func single(_ value: LuaRef) -> LuaRef {
    let node = lua[value]
    guard node.kind == .call || node.kind == .method || node.kind == .vararg else { return value }
    return manyValued.contains(value) ? lua.parenthesized(value) : value
  }

  /// Whether a value can only be had by statements before it.
  func needsStatements(_ node: NodeID) -> Bool {
    let inner = plainExpression(node)
    if checked.coercions[inner] != nil || checked.coercions[node] != nil { return false }
    switch tree[inner].kind {
    case .ifExpression, .match: return true
    case .doBlock: return true
    default: return false
    }
  }
}
