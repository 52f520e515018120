// Tuples, arrays, tables, structs and variants written out.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  mutating func tuple(_ node: NodeID) -> LuaRef {
    let items = tree.nodes(tree.lhsList(node))
    if items.isEmpty { return lua.add(.nil) }
    if hasSpread(node) { return joinedTuple(items) }
    var parts = values(items.map { tree[$0].kind == .namedItem ? tree.lhs($0) : $0 })
    if let last = parts.last { parts[parts.count - 1] = single(last) }
    return lua.table(parts)
  }

  /// A tuple with items of other tuples, whose sizes are known.
  private mutating func joinedTuple(_ items: NodeItems) -> LuaRef {
    let nodes = items.map { item in
      tree[item].kind == .spread || tree[item].kind == .namedItem ? tree.lhs(item) : item
    }
    let computed = values(nodes)
    var parts: [LuaRef] = []
    for (index, item) in items.enumerated() {
      if tree[item].kind == .spread {
        let tuple = stable(computed[index], "tuple")
        parts += itemReads(tuple, shared.tupleCount(type(nodes[index])) ?? 0)
      } else {
        parts.append(computed[index])
      }
    }
    return lua.table(parts)
  }

  mutating func array(_ node: NodeID) -> LuaRef {
    let items = tree.nodes(tree.lhsList(node))
    let nodes = items.map { tree[$0].kind == .spread ? tree.lhs($0) : $0 }
    var computed = values(nodes)
    if !items.contains(where: { tree[$0].kind == .spread }) {
      if let last = computed.last { computed[computed.count - 1] = single(last) }
      return lua.table(computed)
    }
    var pieces: [LuaRef] = []
    var run: [LuaRef] = []
    for (index, item) in items.enumerated() {
      if tree[item].kind == .spread {
        if !run.isEmpty { pieces.append(lua.table(run)) }
        run = []
        pieces.append(computed[index])
      } else {
        run.append(single(computed[index]))
      }
    }
    if !run.isEmpty { pieces.append(lua.table(run)) }
    return runtimeCall("join_arrays", pieces)
  }

  mutating func table(_ node: NodeID) -> LuaRef {
    let items = tree.nodes(tree.lhsList(node))
    var nodes: [NodeID] = []
    for item in items {
      switch tree[item].kind {
      case .namedItem, .spread: nodes.append(tree.lhs(item))
      case .keyedItem:
        nodes.append(tree.lhs(item))
        nodes.append(tree.rhs(item))
      default: nodes.append(item)
      }
    }
    let computed = values(nodes)
    var parts: [LuaRef] = []
    var spreads: [(place: Int, value: LuaRef)] = []
    var next = 0
    for item in items {
      switch tree[item].kind {
      case .namedItem:
        parts.append(tableItem(key: key(of: item, in: tree), computed[next]))
        next += 1
      case .keyedItem:
        parts.append(lua.keyed(keyed(computed[next]), computed[next + 1]))
        next += 2
      case .spread:
        spreads.append((parts.count, computed[next]))
        next += 1
      default:
        parts.append(single(computed[next]))
        next += 1
      }
    }
    if spreads.isEmpty { return lua.table(parts) }
    // Fields behind a spread stand over its own.
    var pieces: [LuaRef] = []
    var start = 0
    for spread in spreads {
      if spread.place > start { pieces.append(lua.table(Array(parts[start..<spread.place]))) }
      pieces.append(spread.value)
      start = spread.place
    }
    if start < parts.count { pieces.append(lua.table(Array(parts[start...]))) }
    return runtimeCall("join_tables", pieces)
  }

  mutating func structLiteral(_ node: NodeID) -> LuaRef {
    guard let id = shared.nominal(of: type(node)) else { return lua.add(.nil) }
    let nominal = shared.nominal(id)
    let items = tree.nodes(tree.rhsList(node))
    var nodes: [NodeID] = []
    for item in items {
      let value = tree.lhs(item)
      nodes.append(value.isPresent ? value : item)
    }
    var computed = values(nodes)
    var parts: [LuaRef] = []
    var given: Set<String> = []
    var base: LuaRef?
    for (index, item) in items.enumerated() {
      if tree[item].kind == .spread {
        computed[index] = stable(computed[index], "base")
        base = computed[index]
      } else {
        let name = tree.name(of: tree[item].mainToken)
        given.insert(name)
        parts.append(tableItem(key: Array(name.utf8), computed[index]))
      }
    }
    for field in nominal.fields {
      let name = shared.spelling(field.name)
      if given.contains(name) { continue }
      if let base {
        parts.append(tableItem(key: Array(name.utf8), lua.field(base, name)))
      } else if let value = field.defaultValue {
        if case .none = value { continue }
        parts.append(tableItem(key: Array(name.utf8), defaultValue(value)))
      }
    }
    let table = lua.table(parts)
    if nominal.isPlainTable || nominal.isDeclared { return table }
    let metatable = reference(.container(id))
    return lua.call(lua.raw("setmetatable"), [table, metatable])
  }

  // MARK: Variants

  /// A variant without payload, or a constructor as a function.
  mutating func variantValue(_ id: NominalID, _ index: Int) -> LuaRef {
    let nominal = shared.nominal(id)
    let variant = nominal.variants[index]
    if nominal.kind == .enumType {
      return variant.value.map { constant($0) } ?? lua.add(.nil)
    }
    if shared.isOptional(id), variant.payload.isEmpty { return lua.add(.nil) }
    if variant.payload.isEmpty {
      let table = reference(.container(id))
      return lua.field(table, shared.spelling(variant.name))
    }
    lua.openBlock()
    let slots = variant.payload.indices.map { _ in temp("item") }
    let value = self.variant(id, index, slots.map { lua.name($0) })
    lua.appendReturn([value])
    return lua.function(slots, lua.closeBlock())
  }

  /// `{ tag = "Circle", 2 }`, with the metatable of the union if it has any.
  mutating func variant(_ id: NominalID, _ index: Int, _ arguments: [LuaRef]) -> LuaRef {
    let nominal = shared.nominal(id)
    let variant = nominal.variants[index]
    if shared.isOptional(id) { return arguments.first ?? lua.add(.nil) }
    let tag = lua.named(lua.text("tag"), lua.string(shared.spelling(variant.name)))
    var items = arguments
    if let last = items.last { items[items.count - 1] = single(last) }
    let table = lua.table([tag] + items)
    if shared.isResult(id) || !shared.usesMetatable(of: id) { return table }
    let metatable = reference(.container(id))
    return lua.call(lua.raw("setmetatable"), [table, metatable])
  }

  // MARK: Enums

  /// Whether an enum needs a table: its functions are used, it has methods, or Lua may ask for it.
  func needsTable(_ id: NominalID) -> Bool {
    if !shared.implementationsOf[Int(id.rawValue)].allSatisfy({
      shared.implementation($0).trait != nil
    }) {
      return true
    }
    return shared.nominal(id).declaration.module == module && usedEnums.contains(id)
      || shared.isDemanded(.container(id))
  }

  /// The table of an enum: its variants by name.
  mutating func enumTable(_ id: NominalID) {
    let nominal = shared.nominal(id)
    let target = reference(.container(id))
    var items: [LuaRef] = []
    for variant in nominal.variants {
      guard let value = variant.value else { continue }
      items.append(
        tableItem(key: Array(shared.spelling(variant.name).utf8), constant(value))
      )
    }
    let table = lua.table(items)
    defineValue(target, table)
  }

  /// `E::from`, `E::variants` or `E::name`, made once for the module that uses it.
  mutating func enumFunction(_ id: NominalID, _ function: Use.EnumFunction) -> LuaRef {
    let nominal = shared.nominal(id)
    let key = EnumFunctionKey(id: id, function: function)
    if let slot = enumSlots[key] { return lua.name(slot) }
    let name = shared.spelling(nominal.name)
    let slot: Int32
    let value: LuaRef
    switch function {
    case .variants:
      slot = uniqueSlot(name + "_variants")
      let items = nominal.variants.compactMap { $0.value }.map { constant($0) }
      lua.openBlock()
      lua.appendReturn([lua.table(items)])
      value = lua.function([], lua.closeBlock())
    case .name, .from:
      slot = uniqueSlot(name + (function == .name ? "_name" : "_from"))
      var names: Int32
      if let known = enumNameSlots[id] {
        names = known
      } else {
        names = uniqueSlot(name + "_names")
        enumNameSlots[id] = names
        addToHeader(names, enumNames(nominal))
      }
      let argument = temp("value")
      let read = lua.index(lua.name(names), lua.name(argument))
      lua.openBlock()
      if function == .name {
        lua.appendReturn([read])
      } else {
        let found = lua.binary(.and, read, lua.name(argument))
        lua.appendReturn([lua.binary(.or, found, lua.add(.nil))])
      }
      value = lua.function([argument], lua.closeBlock())
    }
    enumSlots[key] = slot
    addToHeader(slot, value)
    return lua.name(slot)
  }

  /// A local at the start of the module.
  mutating func addToHeader(_ slot: Int32, _ value: LuaRef) {
    let line = lua.line
    lua.line = 0
    let statement = lua.add(.local, lua.slotList([slot]), lua.list([value]))
    lua.line = line
    lua.splices[Int(importSplice)].append(statement)
  }

  /// A literal that becomes a collection.
  mutating func collection(_ node: NodeID, _ make: FunctionID, _ evidence: [Evidence]) -> LuaRef {
    let inner = plainExpression(node)
    var arguments: [LuaRef] = []
    if tree[inner].kind == .table {
      var pairs: [LuaRef] = []
      let items = tree.nodes(tree.lhsList(inner))
      let isKeyed = items.contains {
        tree[$0].kind == .namedItem || tree[$0].kind == .keyedItem
      }
      if isKeyed {
        for item in items {
          switch tree[item].kind {
          case .namedItem:
            let value = self.value(tree.lhs(item))
            pairs.append(lua.table([lua.string(key(of: item, in: tree)), single(value)]))
          case .keyedItem:
            let both = values([tree.lhs(item), tree.rhs(item)])
            pairs.append(lua.table([both[0], single(both[1])]))
          default: break
          }
        }
        arguments = [lua.table(pairs)]
      } else {
        var items = values(items.map { $0 })
        if let last = items.last { items[items.count - 1] = single(last) }
        arguments = [lua.table(items)]
      }
    } else {
      arguments = [plainValue(inner)]
    }
    let function = shared.function(make)
    if function.parameters.count == 2, tree[inner].kind == .array {
      let count = tree.nodes(tree.lhsList(inner)).count
      arguments.insert(lua.integer(count), at: 0)
    }
    let callee = reference(.function(make))
    return lua.call(callee, evidence.map { dictionary($0) } + arguments)
  }
}
