// A module of the library: items are made when they are reached, as fields of the module's table.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// Makes an item that was reached.
  mutating func lowerLibrary(_ entity: Entity) {
    lua.openBlock()
    switch entity {
    case .function(let id): libraryFunction(id, entity)
    case .container(let id):
      containerItem(id)
      let statements = lua.takeBlock()
      tables += statements
      return
    case .builtin(_, let name):
      let target = lua.field(lua.raw(Self.section(shared, module)), name)
      defineValue(target, lua.table([]))
      tables += lua.takeBlock()
      return
    case .traitTable(let id):
      traitItem(id)
      tables += lua.takeBlock()
      return
    case .implementation(let id):
      let implementation = shared.implementation(id)
      note(implementation.node)
      if implementation.trait != nil { implementationItem(id) }
    case .dynamic(let id):
      let target = lua.field(lua.raw(Self.section(shared, module)), shared.name(of: entity))
      let value = dynamicDictionary(id)
      defineValue(target, value)
    case .variable, .member: break
    }
    definitions += lua.takeBlock()
  }

  private mutating func libraryFunction(_ id: FunctionID, _ entity: Entity) {
    let function = shared.function(id)
    switch function.owner {
    case .trait(let trait):
      let table = reference(.traitTable(trait))
      defaultMethod(id, of: trait, table)
    case .implementation(let owner) where shared.implementation(owner).trait != nil: break
    default:
      note(function.node)
      functionItem(id, entity)
    }
  }

  /// The statements that run when the library is loaded: its variables, in order.
  mutating func libraryStatements() -> [LuaRef] {
    lua.openBlock()
    for statement in tree.nodes(tree.statements(tree.root)) {
      note(statement)
      switch tree[statement].kind {
      case .let, .static: self.statement(statement)
      case .implementation:
        guard let id = implementationOfNode[statement] else { continue }
        for member in tree.nodes(tree.rhsList(statement))
        where tree[member].kind == .static && shared.isDemanded(.member(id, member)) {
          let value = self.value(tree.rhs(member))
          let table = container(of: shared.implementation(id).type, in: module)
          lua.appendAssign(lua.field(table, tree.name(of: tree[member].mainToken)), value)
        }
      default: break
      }
    }
    return lua.takeBlock()
  }

  /// Everything that was made of the module, as one list.
  mutating func libraryList() -> Int32 {
    lua.openBlock()
    for statement in tables { lua.append(statement) }
    lua.append(lua.add(.splice, importSplice))
    for statement in definitions { lua.append(statement) }
    for statement in runs { lua.append(statement) }
    return lua.closeBlock()
  }
}
