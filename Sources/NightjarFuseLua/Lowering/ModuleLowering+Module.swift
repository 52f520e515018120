// A whole module: its imports, its statements, and the table that it returns. Of a library module only
// what is reached is made.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// The statements of a module of the program.
  mutating func lowerModule() -> Int32 {
    prepare()
    lua.openBlock()
    lua.append(lua.add(.splice, requireSplice))
    lua.append(lua.add(.splice, importSplice))
    let statements = tree.statements(tree.root)
    let hasItems = openItems(statements)
    for statement in tree.nodes(statements) {
      note(statement)
      let base = function.closers.count
      self.statement(statement)
      closeTemporaries(base)
    }
    closeClosers(0)
    if hasItems { closeItems() }
    lua.append(lua.add(.splice, exportSplice))
    return lua.closeBlock()
  }

  /// Makes tables that are asked for often.
  mutating func prepare() {
    noteNumberUses()
    noteTemporaries()
    for id in shared.nominals(of: module) {
      nominalOfDeclaration[shared.nominal(id).declaration.declaration] = id
    }
    for id in shared.traits(of: module) {
      traitOfDeclaration[shared.trait(id).declaration.declaration] = id
    }
    for declaration in names.declarations {
      declarationCounts[Int(declaration.symbol)] += 1
    }
    for statement in tree.nodes(tree.statements(tree.root)) {
      switch tree[statement].kind {
      case .let: topLevelVariables.formUnion(bindings(of: tree.lhs(statement)))
      case .importDeclaration: noteImport(statement)
      default: break
      }
    }
  }

  private mutating func noteImport(_ node: NodeID) {
    let path = String(decoding: tree.stringValue(tree.modulePath(node)), as: UTF8.self)
    guard path.hasPrefix("@lua:"), tree.importForm(node) == .namespace,
      let declaration = names.declaration(of: node)
    else { return }
    luaModuleNames[declaration] = String(path.dropFirst(5).map { $0 == "/" ? "." : $0 })
  }

  // MARK: Imports

  mutating func importStatement(_ node: NodeID) {
    switch tree.importForm(node) {
    case .types: break
    case .module:
      guard let target = importedModule(node) else { return }
      if shared.isLibrary[Int(target)] { return }
      lua.line = 0
      let call = lua.call(lua.raw("require"), [lua.string(moduleName(target))])
      lua.splices[Int(requireSplice)].append(lua.add(.callStatement, call.rawValue))
    case .namespace:
      guard let declaration = names.declaration(of: node) else { return }
      let known = names.declarations[Int(declaration)]
      if let name = luaModuleNames[declaration] {
        if isLibrary || !known.flags.contains(.isUsed) { return }
        let slot = slot(of: declaration)
        let call = lua.call(lua.raw("require"), [lua.string(name)])
        let statement = lua.add(.local, lua.slotList([slot]), lua.list([call]))
        lua.splices[Int(requireSplice)].append(statement)
        return
      }
      if let target = known.target?.module, target >= 0, known.flags.contains(.isUsedAsValue) {
        load(target)
      }
    case .names:
      for item in tree.nodes(tree.lhsList(node)) {
        guard let declaration = names.declaration(of: item) else { continue }
        let known = names.declarations[Int(declaration)]
        if known.flags.contains(.isUsedAsValue), let target = known.target?.module, target >= 0 {
          load(target)
        }
      }
    }
  }

  /// Sees that a module runs before this one.
  private mutating func load(_ target: Int32) {
    if !shared.isLibrary[Int(target)] { _ = moduleTable(target) }
  }

  /// The module that `import "m"` runs.
  private func importedModule(_ node: NodeID) -> Int32? {
    let text = String(decoding: tree.stringValue(tree.modulePath(node)), as: UTF8.self)
    let path = program.program.modules[Int(module)].path
    guard case .file(let stem) = ModuleSpecifier(text, importer: path) else { return nil }
    let wanted = ModuleSpecifier.normalized(stem)
    let found = program.program.modules.firstIndex { other in
      let name = ModuleSpecifier.normalized(other.path)
      return name == wanted + ".fuse" || name == wanted + "/init.fuse"
    }
    return found.map { Int32(truncatingIfNeeded: $0) }
  }

  // MARK: Exports

  /// Makes the `return` of a module, when it is known what others use of it.
  mutating func finish() {
    lua.line = 0
    var fields: [LuaRef] = []
    var given: Set<String> = []
    func add(_ name: String, _ value: LuaRef, _ lowering: inout ModuleLowering) {
      guard given.insert(name).inserted else { return }
      fields.append(lowering.tableItem(key: Array(name.utf8), value))
    }
    for (name, value) in exports() { add(name, value, &self) }
    if !tests.isEmpty {
      var functions: [LuaRef] = []
      for test in tests {
        let name = Array(shared.spelling(shared.function(test).name).utf8)
        functions.append(tableItem(key: name, reference(.function(test))))
      }
      add("__tests", lua.table(functions), &self)
    }
    for entity in shared.demanded[Int(module)] {
      switch entity {
      case .builtin, .member: continue
      case .function(let id):
        switch shared.function(id).owner {
        case .block: break
        default: continue
        }
      case .variable(let id):
        if isModuleField(id.declaration) { continue }
      default: break
      }
      add(exportName(entity), reference(entity), &self)
    }
    if hasLiveExports {
      let table = lua.raw(Self.tableName)
      let statement = lua.add(
        .local,
        lua.slotList([lua.slot(lua.text(Self.tableName))]),
        lua.list([lua.table([])])
      )
      lua.splices[Int(requireSplice)].insert(statement, at: 0)
      for field in fields {
        let node = lua[field]
        let target =
          node.kind == .named
          ? lua.field(table, text: node.a) : lua.index(table, LuaRef(node.a))
        let assignment = lua.add(.assign, lua.list([target]), lua.list([LuaRef(node.b)]))
        if !isSame(target, LuaRef(node.b)) { lua.splices[Int(exportSplice)].append(assignment) }
      }
      lua.splices[Int(exportSplice)].append(lua.add(.return, lua.list([table])))
    } else if !fields.isEmpty {
      let table = lua.table(fields)
      lua.splices[Int(exportSplice)].append(lua.add(.return, lua.list([table])))
    }
  }

  private func isSame(_ a: LuaRef, _ b: LuaRef) -> Bool {
    let first = lua[a]
    let second = lua[b]
    return first.kind == .field && second.kind == .field && first.b == second.b
      && lua[LuaRef(first.a)].kind == .raw && lua[LuaRef(second.a)].kind == .raw
      && lua[LuaRef(first.a)].a == lua[LuaRef(second.a)].a
  }

  /// Whether the module's table is there from the start: other modules see it change.
  var hasLiveExports: Bool {
    names.declarations.indices.contains {
      !isLibrary && isModuleField(Int32(truncatingIfNeeded: $0))
    }
  }

  /// What the module exports for callers in Lua, in the order of the text.
  private mutating func exports() -> [(String, LuaRef)] {
    var found: [(String, LuaRef)] = []
    for statement in tree.nodes(tree.statements(tree.root)) {
      let raw = tree[statement]
      switch raw.kind {
      case .function where raw.flags.contains(.isExported): exportFunction(statement, &found)
      case .let where raw.flags.contains(.isExported):
        for declaration in bindings(of: tree.lhs(statement)) {
          let name = shared.name(
            of: .variable(DeclarationID(module: module, declaration: declaration))
          )
          found.append((name, variable(declaration)))
        }
      case .static where raw.flags.contains(.isExported):
        if let declaration = names.declaration(of: statement), !isModuleField(declaration) {
          found.append((tree.name(of: raw.mainToken), variable(declaration)))
        }
      case .structDeclaration, .unionDeclaration:
        if raw.flags.contains(.isExported), let id = nominalID(statement),
          !shared.nominal(id).isPlainTable
        {
          found.append((shared.name(of: .container(id)), reference(.container(id))))
        }
      case .enumDeclaration:
        if raw.flags.contains(.isExported), let id = nominalID(statement), needsTable(id) {
          found.append((shared.name(of: .container(id)), reference(.container(id))))
        }
      case .exportNames: exportNames(statement, &found)
      default: break
      }
    }
    return found
  }

  private mutating func exportFunction(_ node: NodeID, _ found: inout [(String, LuaRef)]) {
    guard let id = checked.functions[node] else { return }
    let name = shared.spelling(shared.function(id).name)
    let value = reference(.function(id))
    if shared.workerCount(id) != nil, !isLuaConvention(node) {
      found.append((name, packing(value)))
    } else {
      found.append((name, value))
    }
  }

  private func isLuaConvention(_ node: NodeID) -> Bool { hasAttribute(node, "abi") }

  private mutating func exportNames(_ node: NodeID, _ found: inout [(String, LuaRef)]) {
    for item in tree.nodes(tree.lhsList(node)) {
      let alias = TokenID(tree[item].lhs)
      let name = tree.name(of: alias.isPresent ? alias : tree[item].mainToken)
      var meaning: DeclarationID?
      if let declaration = names.declaration(of: item) {
        meaning = names.declarations[Int(declaration)].target?.meanings.value
      } else if case .own(let declaration) = names.reference(of: item) {
        meaning = DeclarationID(module: module, declaration: declaration)
      } else if case .foreign(let id) = names.reference(of: item) {
        meaning = id
      }
      guard let meaning else { continue }
      let owner = program.program.modules[Int(meaning.module)]
      let declaration = owner.names.declarations[Int(meaning.declaration)]
      switch declaration.kind {
      case .function:
        guard let id = program.modules[Int(meaning.module)].functions[declaration.node] else {
          continue
        }
        let value = reference(.function(id))
        let isWorker = shared.workerCount(id) != nil
        found.append((name, isWorker ? packing(value) : value))
      case .variable:
        let entity = Entity.variable(meaning)
        found.append(
          (name, meaning.module == module ? variable(meaning.declaration) : reference(entity))
        )
      default: break
      }
    }
  }
}
