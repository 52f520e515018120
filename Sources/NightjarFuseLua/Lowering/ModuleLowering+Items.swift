// Items are visible in their whole block, Lua's locals only behind their declaration. Each item is
// defined where it stands, but
//   - before the statement that needs it, if a statement needs it earlier, with all that it needs;
//   - with its name declared at the start of the block, if only a function before it uses it.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// Begins a block whose statements may be items.
  ///
  /// - Returns: Whether there is a scope to be closed.
  mutating func openItems(_ statements: NodeList) -> Bool {
    var found: [NodeID] = []
    for statement in tree.nodes(statements) {
      switch tree[statement].kind {
      case .function:
        let isLeftOut = !shared.options.includesTests && isTest(statement)
        if tree.function(statement).name.isPresent, !isLeftOut { found.append(statement) }
      case .structDeclaration, .unionDeclaration, .enumDeclaration, .traitDeclaration,
        .implementation, .static:
        found.append(statement)
      default: break
      }
    }
    if found.isEmpty { return false }
    let splice = Int32(truncatingIfNeeded: lua.splices.count)
    lua.splices.append([])
    lua.append(lua.add(.splice, splice))
    let scope = scopes.count
    scopes.append(ItemScope(depth: lua.openBlockCount - 1, splice: splice))
    for item in found { items.begin(item, inScope: scope) }
    for item in found where tree[item].kind == .implementation {
      guard let id = implementationOfNode[item],
        let nominal = shared.nominal(of: shared.implementation(id).type)
      else { continue }
      let declaration = shared.nominal(nominal).declaration
      guard declaration.module == module else { continue }
      let node = names.declarations[Int(declaration.declaration)].node
      items.add(need: item, of: node)
    }
    return true
  }

  /// Ends a block with items.
  mutating func closeItems() {
    let scope = scopes.removeLast()
    if scope.aheadSlots.isEmpty { return }
    let line = lua.line
    lua.line = 0
    lua.splices[Int(scope.splice)].append(lua.add(.local, lua.slotList(scope.aheadSlots)))
    lua.line = line
  }

  /// Declares a name at the start of a block.
  private mutating func declareAhead(_ slot: Int32, inScope scope: Int) {
    if isAhead.insert(slot).inserted { scopes[scope].aheadSlots.append(slot) }
  }

  /// A variable is used before its declaration was made, by an item that is defined early.
  mutating func declareAhead(_ declaration: Int32, _ slot: Int32) {
    let node = names.declarations[Int(declaration)].node
    if let state = items[node] {
      if state.phase == .waiting { declareAhead(slot, inScope: state.scope) }
      return
    }
    guard let item = itemsInProgress.last, let scope = items[item]?.scope else { return }
    let spelling = lua.text(at: lua.slots[Int(slot)])
    lua.slots[Int(slot)] = lua.slots[Int(uniqueSlot(String(decoding: spelling, as: UTF8.self)))]
    declareAhead(slot, inScope: scope)
  }

  /// Notes that code uses an item, and sees that it will be defined by then.
  ///
  /// The dictionary of a conditional impl (`isMade`) is made by a function that may need it.
  mutating func touch(_ node: NodeID, _ slot: Int32? = nil, isMade: Bool = false) {
    guard let state = items[node] else { return }
    if state.phase == .done, state.needs.isEmpty { return }
    var hasUsers = false
    for user in itemsInProgress where items.scope(of: user) >= state.scope {
      hasUsers = true
      if user != node { items.add(need: node, of: user) }
    }
    if !hasUsers, state.phase != .inProgress { return require(node) }
    if state.phase == .waiting || isMade && state.phase == .inProgress, let slot {
      declareAhead(slot, inScope: state.scope)
    }
  }

  /// Defines an item and all it needs before the statement being made.
  private mutating func require(_ node: NodeID) {
    guard let state = items[node] else { return }
    if state.phase == .waiting {
      let statements = define(node)
      let depth = scopes[state.scope].depth
      for statement in statements { lua.insert(statement, inBlock: depth) }
    }
    for needed in items.takeNeeds(of: node) { require(needed) }
  }

  /// Defines an item at its place, if it was not needed before.
  mutating func itemStatement(_ node: NodeID) {
    guard items[node]?.phase == .waiting else { return }
    for statement in define(node) { lua.append(statement) }
  }

  /// The statements that define an item.
  private mutating func define(_ node: NodeID) -> [LuaRef] {
    items.setPhase(.inProgress, of: node)
    itemsInProgress.append(node)
    let line = lua.line
    let outer = function
    note(node)
    lua.openBlock()
    switch tree[node].kind {
    case .function:
      if let id = checked.functions[node] { functionItem(id, .function(id)) }
    case .structDeclaration, .unionDeclaration, .enumDeclaration:
      if let id = nominalID(node) {
        containerItem(id)
        for implementation in derivedImplementations[id] ?? [] {
          implementationItem(implementation)
        }
      }
    case .traitDeclaration: if let id = traitID(node) { traitItem(id) }
    case .implementation:
      if let id = implementationOfNode[node] { implementationItem(id) }
    default: break
    }
    let statements = lua.takeBlock()
    function = outer
    lua.line = line
    itemsInProgress.removeLast()
    items.setPhase(.done, of: node)
    return statements
  }

  func nominalID(_ node: NodeID) -> NominalID? {
    guard let declaration = names.declaration(of: node) else { return nil }
    let id = DeclarationID(module: module, declaration: declaration)
    return nominalOfDeclaration[id.declaration]
  }

  func traitID(_ node: NodeID) -> TraitID? {
    guard let declaration = names.declaration(of: node) else { return nil }
    return traitOfDeclaration[declaration]
  }

  // MARK: Definitions

  /// Makes `local function f`, `function f` or `function m.f`.
  mutating func define(_ target: LuaRef, as value: LuaRef) {
    let node = lua[target]
    if node.kind == .name, !isAhead.contains(node.a) {
      lua.append(lua.add(.localFunction, node.a, value.rawValue))
    } else {
      lua.append(lua.add(.functionStatement, target.rawValue, value.rawValue))
    }
  }

  /// Makes `local a = v`, or an assignment where the name is declared already.
  mutating func defineValue(_ target: LuaRef, _ value: LuaRef) {
    let node = lua[target]
    if node.kind == .name, !isAhead.contains(node.a) {
      lua.appendLocal([node.a], [value])
    } else {
      lua.appendAssign(target, value)
    }
  }

  /// A function of a block or of an inherent `impl`.
  mutating func functionItem(_ id: FunctionID, _ entity: Entity) {
    if tree.function(shared.function(id).node).body == .none { return }
    if isTest(shared.function(id).node) { tests.append(id) }
    let target = reference(entity)
    let value = functionValue(id, selfDictionary: nil)
    define(target, as: value)
  }

  /// The table of a type.
  mutating func containerItem(_ id: NominalID) {
    let nominal = shared.nominal(id)
    if nominal.kind == .enumType {
      if !needsTable(id) { return }
      enumTable(id)
      return
    }
    if !isLibrary, nominal.isPlainTable, shared.implementationsOf[Int(id.rawValue)].isEmpty {
      return
    }
    let target = reference(.container(id))
    let name = lua.named(lua.text("__name"), lua.string(shared.spelling(nominal.name)))
    let table = lua.table([name])
    defineValue(target, table)
    if shared.usesMetatable(of: id) {
      let index = lua.field(target, "__index")
      lua.appendAssign(index, target)
    }
    if nominal.kind == .unionType, !shared.isResult(id), !shared.isOptional(id) {
      for variant in nominal.variants where variant.payload.isEmpty {
        let name = shared.spelling(variant.name)
        let tag = lua.named(lua.text("tag"), lua.string(name))
        let value =
          shared.usesMetatable(of: id)
          ? lua.call(lua.raw("setmetatable"), [lua.table([tag]), target]) : lua.table([tag])
        let field = lua.field(target, name)
        lua.appendAssign(field, value)
      }
    }
    if isLibrary {
      for implementation in shared.implementationsOf[Int(id.rawValue)] {
        let declaration = shared.implementation(implementation)
        guard let trait = declaration.trait?.id, declaration.bounds.isEmpty else { continue }
        if shared.isDynamic(trait) { _ = reference(.implementation(implementation)) }
      }
    }
  }

  /// The table with a trait's default bodies.
  mutating func traitItem(_ id: TraitID) {
    let trait = shared.trait(id)
    let target = reference(.traitTable(id))
    if isLibrary {
      let table = lua.table([])
      defineValue(target, table)
      return
    }
    let defaults = trait.methods.filter { shared.hasDefault($0) }
    if defaults.isEmpty && !shared.isDemanded(.traitTable(id)) { return }
    let table = lua.table([])
    defineValue(target, table)
    for method in defaults { defaultMethod(method, of: id, target) }
  }

  /// A default body: a function with the dictionary of `Self` before its parameters.
  mutating func defaultMethod(_ method: FunctionID, of trait: TraitID, _ table: LuaRef) {
    let slot = uniqueSlot("Self")
    let own = lua.name(slot)
    selfDictionaries.append((trait, own))
    note(shared.function(method).node)
    let value = functionValue(method, selfDictionary: slot)
    selfDictionaries.removeLast()
    let target = lua.field(table, shared.spelling(shared.function(method).name))
    define(target, as: value)
  }

  /// Whether a function is a test, and tests are compiled.
  func isTest(_ node: NodeID) -> Bool { hasAttribute(node, "test") }

  func hasAttribute(_ node: NodeID, _ name: String) -> Bool {
    guard tree[node].flags.contains(.hasAttributes) else { return false }
    return tree.nodes(tree.attributes(of: node)).contains {
      tree.name(of: tree[$0].mainToken) == name
    }
  }
}
