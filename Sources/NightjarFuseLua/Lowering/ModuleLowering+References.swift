// How code names what stands at module level: by a local of the module, by a local that was imported
// from another module's table, or as a field of the table of a library module.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// What stands for an entity in this module's code.
  mutating func reference(_ entity: Entity) -> LuaRef {
    let owner = shared.module(of: entity)
    if owner == module { return ownReference(entity) }
    shared.demand(entity, of: owner)
    let name = exportName(entity)
    if !isLibrary, case .variable(let id) = entity, isLive(id) {
      let table = moduleTable(owner)
      return lua.field(table, name)
    }
    if case .member(let id, _) = entity {
      let table = container(of: shared.implementation(id).type, in: owner)
      return lua.field(table, name)
    }
    if case .function(let id) = entity {
      switch shared.function(id).owner {
      case .implementation(let implementation):
        let type = shared.implementation(implementation).type
        let table = container(of: type, in: owner)
        return lua.field(table, name)
      case .trait(let trait):
        let table = reference(.traitTable(trait))
        return lua.field(table, name)
      default: break
      }
    }
    if isLibrary { return lua.field(lua.raw(Self.section(shared, owner)), name) }
    if let slot = importSlots[entity] { return lua.name(slot) }
    let table = moduleTable(owner)
    let value = lua.field(table, name)
    let text = lua.text(name)
    let slot = uniqueSlot(lua.isName(text) ? name : "item")
    importSlots[entity] = slot
    let statement = lua.add(.local, lua.slotList([slot]), lua.list([value]))
    lua.splices[Int(importSplice)].append(statement)
    return lua.name(slot)
  }

  /// The name of an entity in its module's table.
  func exportName(_ entity: Entity) -> String {
    let name = shared.name(of: entity)
    if case .function(let id) = entity, case .block = shared.function(id).owner,
      shared.workerCount(id) != nil, !shared.isLibrary[Int(shared.function(id).module)]
    {
      return name + "_items"
    }
    return name
  }

  /// Whether a variable may change after its module has run.
  func isLive(_ id: DeclarationID) -> Bool {
    let declaration = program.program.modules[Int(id.module)].names
      .declarations[Int(id.declaration)]
    return declaration.kind == .static && declaration.flags.contains(.isMutable)
  }

  /// The local table of a library module in the file of the runtime.
  static func section(_ shared: SharedLowering, _ module: Int32) -> String {
    let path = shared.program.program.modules[Int(module)].path
    return "__" + String(path.drop { $0 != ":" }.dropFirst())
  }

  /// The table that a module returns.
  mutating func moduleTable(_ other: Int32) -> LuaRef {
    if let slot = moduleSlots[other] { return lua.name(slot) }
    let path = program.program.modules[Int(other)].path
    var slot: Int32?
    for (index, declaration) in names.declarations.enumerated() {
      guard case .namespace = declaration.kind, declaration.target?.module == other else {
        continue
      }
      slot = self.slot(of: Int32(truncatingIfNeeded: index))
      break
    }
    let stem = Self.stem(path)
    let name = String(
      decoding: stem.utf8.map { CharacterClass.continuesName($0) ? $0 : UInt8(ascii: "_") },
      as: UTF8.self
    )
    let text = lua.text(name)
    let found = slot ?? uniqueSlot(lua.isName(text) ? name : "module")
    moduleSlots[other] = found
    let value: LuaRef
    if shared.isLibrary[Int(other)] {
      usesRuntime = true
      let library = lua.field(lua.raw("__rt"), "lib")
      value = lua.field(library, stem)
    } else {
      value = lua.call(lua.raw("require"), [lua.string(moduleName(other))])
    }
    let statement = lua.add(.local, lua.slotList([found]), lua.list([value]))
    lua.splices[Int(requireSplice)].append(statement)
    return lua.name(found)
  }

  /// The last part of a module's path, without what stands behind a dot.
  private static func stem(_ path: String) -> String {
    let last = path.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }.last
    guard let name = last?.prefix(while: { $0 != UInt8(ascii: ".") }) else { return "module" }
    return String(decoding: name, as: UTF8.self)
  }

  /// What `require` calls a module of the program.
  func moduleName(_ other: Int32) -> String {
    Self.moduleName(program.program.modules[Int(other)].path, shared.options)
  }

  static func moduleName(_ path: String, _ options: FuseLuaOptions) -> String {
    var stem = path
    if stem.hasSuffix(".fuse") { stem.removeLast(5) }
    return options.modulePrefix + String(stem.map { $0 == "/" ? "." : $0 })
  }

  // MARK: This module

  private mutating func ownReference(_ entity: Entity) -> LuaRef {
    switch entity {
    case .function(let id):
      let function = shared.function(id)
      switch function.owner {
      case .block, .declaredModule, .declaredType:
        guard let declaration = names.declaration(of: function.node) else {
          return lua.raw(shared.spelling(function.name))
        }
        return item(entity, function.node, declaration)
      case .implementation(let implementation):
        if isLibrary {
          shared.demand(entity, of: module)
        } else {
          touch(shared.implementation(implementation).node)
        }
        let table = container(of: shared.implementation(implementation).type, in: module)
        return lua.field(table, shared.spelling(function.name))
      case .trait(let trait):
        if isLibrary { shared.demand(entity, of: module) }
        let table = reference(.traitTable(trait))
        return lua.field(table, shared.spelling(function.name))
      }
    case .container(let id):
      let declaration = shared.nominal(id).declaration.declaration
      let node = names.declarations[Int(declaration)].node
      return item(entity, node, declaration)
    case .traitTable(let id):
      let declaration = shared.trait(id).declaration.declaration
      return item(entity, names.declarations[Int(declaration)].node, declaration)
    case .builtin(_, let name):
      shared.demand(entity, of: module)
      return lua.field(lua.raw(Self.section(shared, module)), name)
    case .implementation(let id):
      if isLibrary {
        shared.demand(entity, of: module)
        return lua.field(lua.raw(Self.section(shared, module)), shared.name(of: entity))
      }
      let slot = entitySlot(entity)
      touch(itemNode(of: id), slot, isMade: !shared.implementation(id).bounds.isEmpty)
      return lua.name(slot)
    case .dynamic(let id):
      if isLibrary {
        shared.demand(entity, of: module)
        return lua.field(lua.raw(Self.section(shared, module)), shared.name(of: entity))
      }
      if let slot = entitySlots[entity] { return lua.name(slot) }
      let slot = entitySlot(entity)
      let value = dynamicDictionary(id)
      let statement = lua.add(.local, lua.slotList([slot]), lua.list([value]))
      lua.splices[Int(importSplice)].append(statement)
      return lua.name(slot)
    case .variable(let id):
      return variable(id.declaration)
    case .member(let id, let node):
      if isLibrary {
        shared.demand(entity, of: module)
      } else {
        touch(shared.implementation(id).node)
      }
      let table = container(of: shared.implementation(id).type, in: module)
      return lua.field(table, tree.name(of: tree[node].mainToken))
    }
  }

  /// A function, type or trait of this module.
  private mutating func item(_ entity: Entity, _ node: NodeID, _ declaration: Int32) -> LuaRef {
    if isLibrary, names.declarations[Int(declaration)].function == 0 {
      shared.demand(entity, of: module)
      return lua.field(lua.raw(Self.section(shared, module)), shared.name(of: entity))
    }
    let slot = slot(of: declaration)
    touch(node, slot)
    return lua.name(slot)
  }

  /// The item that defines an `impl`: itself, or the type that derives it.
  private func itemNode(of id: ImplementationID) -> NodeID {
    let implementation = shared.implementation(id)
    guard implementation.derived != nil, let nominal = shared.nominal(of: implementation.type)
    else { return implementation.node }
    let declaration = shared.nominal(nominal).declaration
    return names.declarations[Int(declaration.declaration)].node
  }

  /// The table that holds names of a module with too many.
  static var tableName: String { "__module" }

  mutating func entitySlot(_ entity: Entity) -> Int32 {
    if let slot = entitySlots[entity] { return slot }
    let slot = uniqueSlot(shared.name(of: entity))
    entitySlots[entity] = slot
    return slot
  }

  /// A variable of this module.
  mutating func variable(_ declaration: Int32) -> LuaRef {
    if let substitute = substitutes[declaration] {
      // A literal may be spelled in two ways at two places.
      if lua[substitute].kind == .number { return lua.number(lua.numbers[Int(lua[substitute].a)]) }
      return substitute
    }
    let known = names.declarations[Int(declaration)]
    if known.function == 0, isModuleField(declaration) {
      let entity = Entity.variable(DeclarationID(module: module, declaration: declaration))
      if isLibrary { shared.demand(entity, of: module) }
      let table = isLibrary ? Self.section(shared, module) : Self.tableName
      return lua.field(lua.raw(table), shared.name(of: entity))
    }
    let isNew = slotOf[Int(declaration)] == 0
    let slot = slot(of: declaration)
    if isNew { declareAhead(declaration, slot) }
    return lua.name(slot)
  }

  /// Whether a variable at module level is a field of a table: in a library, or because other modules
  /// see it change.
  func isModuleField(_ declaration: Int32) -> Bool {
    let known = names.declarations[Int(declaration)]
    guard known.function == 0 else { return false }
    switch known.kind {
    case .static:
      return isLibrary
        || known.flags.contains(.isExported) && known.flags.contains(.isMutable)
    case .variable: return isLibrary && topLevelVariables.contains(declaration)
    default: return false
    }
  }

  /// The table with the inherent methods of a type.
  mutating func container(of type: TypeID, in owner: Int32) -> LuaRef {
    if let id = shared.nominal(of: type) {
      let nominal = shared.nominal(id)
      if nominal.declaration.module == owner || !nominal.isDeclared {
        if nominal.kind != .opaque { return reference(.container(id)) }
      }
    }
    return reference(.builtin(owner, shared.shortName(type)))
  }
}
