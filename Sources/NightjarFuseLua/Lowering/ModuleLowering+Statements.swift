// Blocks and statements.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// The statements of a block, with its value sent to a destination.
  ///
  /// The block of Lua is open already.
  mutating func block(_ node: NodeID, to destination: Destination) {
    guard tree[node].kind == .block else {
      lower(node, to: destination)
      return
    }
    let statements = tree.statements(node)
    let hasItems = openItems(statements)
    let base = function.closers.count
    let valueNode = tree.value(ofBlock: node)
    let count = statements.count
    for index in 0..<count {
      let statement = tree.node(statements, index)
      if lua.endsInJump, !isItem(statement) { continue }
      note(statement)
      let opened = function.closers.count
      if index == count - 1, valueNode.isPresent {
        lower(valueNode, to: destination)
      } else {
        self.statement(statement)
      }
      closeTemporaries(opened)
    }
    closeClosers(base)
    if hasItems { closeItems() }
  }

  private func isItem(_ node: NodeID) -> Bool { items[node] != nil }

  /// A block of its own as a list.
  mutating func blockList(_ node: NodeID, to destination: Destination) -> Int32 {
    lua.openBlock()
    block(node, to: destination)
    return lua.closeBlock()
  }

  mutating func statement(_ node: NodeID) {
    switch tree[node].kind {
    case .let: letStatement(node)
    case .assignment: assignment(node)
    case .whileLoop: withSteadyFields(node) { $0.whileLoop(node) }
    case .forLoop: withSteadyFields(node) { $0.forLoop(node) }
    case .repeatLoop: withSteadyFields(node) { $0.repeatLoop(node) }
    case .break: breakStatement()
    case .continue: continueStatement()
    case .return: returnStatement(node)
    case .globalVariable:
      let value = self.value(tree.rhs(node))
      let target = lua.field(lua.raw("_G"), tree.name(of: tree[node].mainToken))
      lua.appendAssign(target, value)
    case .function:
      if tree[node].flags.contains(.isGlobal) {
        globalFunction(node)
      } else if items[node] != nil {
        itemStatement(node)
      } else if !tree.function(node).name.isPresent {
        lower(node, to: .discard)
      }
    case .structDeclaration, .unionDeclaration, .enumDeclaration, .traitDeclaration,
      .implementation:
      itemStatement(node)
    case .static: staticStatement(node)
    case .const, .typeDeclaration, .macroDeclaration, .declareModule, .declareGlobal,
      .externBlock, .exportAll, .exportNames, .missing:
      break
    case .importDeclaration: importStatement(node)
    case .yield: unsupported("gen fn", node)
    default: lower(node, to: .discard)
    }
  }

  mutating func unsupported(_ feature: String, _ node: NodeID) {
    shared.diagnostics[Int(module)].append(
      .Fuse.notAvailable(feature, target: target.rawValue, span: tree.span(of: node))
    )
  }

  private mutating func globalFunction(_ node: NodeID) {
    guard let id = checked.functions[node] else { return }
    let value = functionValue(id, selfDictionary: nil)
    let target = lua.field(lua.raw("_G"), shared.spelling(shared.function(id).name))
    if shared.workerCount(id) != nil {
      lua.appendAssign(target, packing(value))
    } else {
      define(target, as: value)
    }
  }

  /// A function that packs the values of a worker into a tuple.
  mutating func packing(_ worker: LuaRef) -> LuaRef {
    let call = lua.call(worker, [lua.add(.vararg)])
    lua.openBlock()
    lua.appendReturn([lua.table([call])])
    return lua.function([], lua.closeBlock(), isVararg: true)
  }

  private mutating func staticStatement(_ node: NodeID) {
    guard let declaration = names.declaration(of: node) else { return }
    if isLibrary {
      let entity = Entity.variable(DeclarationID(module: module, declaration: declaration))
      if !shared.isDemanded(entity) { return }
    }
    let value = self.value(tree.rhs(node))
    items.setPhase(.done, of: node)
    if isModuleField(declaration) {
      let target = variable(declaration)
      lua.appendAssign(target, value)
    } else {
      let target = lua.name(slot(of: declaration))
      defineValue(target, value)
    }
  }

  private mutating func returnStatement(_ node: NodeID) {
    let value = tree.lhs(node)
    if value.isPresent {
      lower(value, to: .result)
    }
    if !lua.endsInJump {
      leaveClosers(downTo: 0)
      lua.appendReturn([])
    }
  }

  private mutating func breakStatement() {
    guard let loop = function.loops.last else { return }
    leaveClosers(downTo: loop.closerCount)
    if case .inner = loop.continue, let flag = loop.breakFlag {
      lua.appendAssign(lua.name(flag), lua.add(.true))
    }
    lua.append(lua.add(.break))
  }

  private mutating func continueStatement() {
    guard let loop = function.loops.last else { return }
    leaveClosers(downTo: loop.closerCount)
    switch loop.continue {
    case .goto(let label): lua.append(lua.add(.goto, label))
    case .native: lua.append(lua.add(.continue))
    case .inner: lua.append(lua.add(.break))
    }
  }

  // MARK: Variables

  private mutating func letStatement(_ node: NodeID) {
    let parts = tree.letParts(node)
    let pattern = tree.lhs(node)
    if isLibrary, scopes.count <= 1, let declaration = names.declaration(of: pattern),
      topLevelVariables.contains(declaration)
    {
      let entity = Entity.variable(DeclarationID(module: module, declaration: declaration))
      if !shared.isDemanded(entity) { return }
      let value = self.value(parts.value)
      let target = variable(declaration)
      lua.appendAssign(target, value)
      return
    }
    guard parts.value.isPresent else {
      for declaration in bindings(of: pattern) { declareEmpty(declaration) }
      return
    }
    bind(pattern, to: parts.value)
    openCloser(of: pattern)
  }

  private mutating func declareEmpty(_ declaration: Int32) {
    let slot = slot(of: declaration)
    if !isAhead.contains(slot) { lua.appendLocal([slot], []) }
  }

  /// Gives the variables of a pattern the parts of a value.
  mutating func bind(_ pattern: NodeID, to node: NodeID) {
    let pattern = plain(pattern)
    switch tree[pattern].kind {
    case .binding:
      guard let declaration = names.declaration(of: pattern) else { return }
      if names.declarations[Int(declaration)].flags.isDisjoint(with: [.isUsed, .isExported]),
        checked.closedOwners[declaration] == nil, tree[node].kind == .call,
        statementIntrinsic(node)
      {
        return
      }
      declare(declaration, node)
    case .wildcard: lower(node, to: .discard)
    case .tuplePattern: bindTuple(pattern, node)
    default:
      let subject = stable(value(node), "value")
      bindParts(pattern, subject)
    }
  }

  /// A pattern without parentheses.
  func plain(_ pattern: NodeID) -> NodeID {
    var pattern = pattern
    while tree[pattern].kind == .parenthesizedPattern { pattern = tree.lhs(pattern) }
    return pattern
  }

  func plainExpression(_ node: NodeID) -> NodeID {
    var node = node
    while tree[node].kind == .parenthesized { node = tree.lhs(node) }
    return node
  }

  private mutating func declare(_ declaration: Int32, _ node: NodeID) {
    if needsStatements(node) {
      // Its name is not visible in its own value.
      let shadowed = slotOf[Int(declaration)]
      let slot = slot(of: declaration)
      if shadowed == 0, hidesOther(declaration, in: node) {
        let temporary = temp("value")
        lua.appendLocal([temporary], [])
        lower(node, to: .assign(lua.name(temporary)))
        lua.appendLocal([slot], [lua.name(temporary)])
        return
      }
      if !isAhead.contains(slot) { lua.appendLocal([slot], []) }
      lower(node, to: .assign(lua.name(slot)))
      return
    }
    if let form = integerForm(of: declaration) {
      let value = rawValue(node)
      let slot = slot(of: declaration)
      integerized(value)
      integers[slot] = form
      defineValue(lua.name(slot), value)
      noteLimit(slot, value)
      return
    }
    var value = rawValue(node)
    if !bytes.contains(value) || !isSeenByNobody(declaration) { value = floated(value) }
    let target = lua.name(slot(of: declaration))
    defineValue(target, value)
  }

  /// Whether another declaration of the module has the same name.
  private func hidesOther(_ declaration: Int32, in value: NodeID) -> Bool {
    let symbol = names.declarations[Int(declaration)].symbol
    return declarationCounts[Int(symbol)] > 1 && mentions(symbol: symbol, value)
  }

  private func mentions(symbol: UInt32, _ node: NodeID) -> Bool {
    switch tree[node].kind {
    case .name, .segment, .namedItem:
      if tree.symbol(of: node) == symbol { return true }
    default: break
    }
    var found = false
    tree.forEachChild(of: node) { child in
      if !found, mentions(symbol: symbol, child) { found = true }
    }
    return found
  }

  private mutating func bindTuple(_ pattern: NodeID, _ node: NodeID) {
    let patterns = tree.nodes(tree.lhsList(pattern)).map { item in
      plain(tree[item].kind == .namedItem ? tree.lhs(item) : item)
    }
    // Named items may stand at other places.
    let isNamed = tree.nodes(tree.lhsList(pattern)).contains { tree[$0].kind == .namedItem }
    let isFlat = patterns.allSatisfy {
      tree[$0].kind == .binding || tree[$0].kind == .wildcard
    }
    if !isNamed, isFlat, !patterns.isEmpty, let values = itemValues(node, count: patterns.count) {
      var slots: [Int32] = []
      for item in patterns {
        if let declaration = names.declaration(of: item) {
          slots.append(slot(of: declaration))
        } else {
          slots.append(lua.slot(lua.text("_")))
        }
      }
      if slots.contains(where: { isAhead.contains($0) }) {
        lua.appendAssign(slots.map { lua.name($0) }, values)
      } else {
        lua.appendLocal(slots, values)
      }
      return
    }
    if let values = itemValues(node, count: patterns.count), values.count == patterns.count,
      !isNamed
    {
      let subjects = values.map { stable($0, "item") }
      for (item, subject) in zip(patterns, subjects) { bindParts(item, subject) }
      return
    }
    let subject = stable(value(node), "value")
    bindParts(pattern, subject)
  }

  /// The items of a tuple without the tuple: those of a literal, or the call of a worker.
  private mutating func itemValues(_ node: NodeID, count: Int) -> [LuaRef]? {
    let node = plainExpression(node)
    if checked.coercions[node] != nil { return nil }
    if tree[node].kind == .tuple {
      let items = tree.nodes(tree.lhsList(node))
      if items.contains(where: { tree[$0].kind == .spread }) { return nil }
      return values(items.map { tree[$0].kind == .namedItem ? tree.lhs($0) : $0 })
    }
    if tree[node].kind == .call, givesMultiple(node) {
      return [call(node, wantsItems: true)]
    }
    if tree[node].kind == .ifExpression || tree[node].kind == .match
      || tree[node].kind == .doBlock
    {
      var targets: [LuaRef] = []
      for _ in 0..<count { targets.append(lua.name(temp("item"))) }
      lua.appendLocal(targets.map { lua[$0].a }, [])
      lower(node, to: .assignItems(targets))
      return targets
    }
    return nil
  }

  /// The declarations that a pattern makes.
  func bindings(of pattern: NodeID) -> [Int32] {
    var found: [Int32] = []
    if let declaration = names.declaration(of: pattern) { found.append(declaration) }
    if tree[pattern].kind == .binding { return found }
    tree.forEachChild(of: pattern) { child in found += bindings(of: child) }
    return found
  }
}
