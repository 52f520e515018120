// Loops over the keys and values of tables, `Table::pairs(t)` and `Table::ipairs(t)`. A key that is a
// whole number is an integer in a table of Lua 5.3 and 5.4, and a float in Fuse.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  mutating func pairsLoop(
    _ node: NodeID,
    _ pattern: NodeID,
    _ table: NodeID,
    _ function: String
  ) {
    let line = lua.line
    let source = value(table)
    let parts = pairPatterns(pattern)
    var slots: [Int32] = []
    var rest: [(NodeID, LuaRef)] = []
    if let (first, second) = parts {
      for part in [first, second] {
        let isKey = part == first
        if tree[part].kind == .binding, let declaration = names.declaration(of: part),
          !isKey || keepsForm(declaration)
        {
          slots.append(slot(of: declaration))
        } else {
          let slot =
            tree[part].kind == .wildcard ? lua.slot(lua.text("_")) : temp(isKey ? "key" : "item")
          slots.append(slot)
          rest.append((part, lua.name(slot)))
        }
      }
    } else {
      slots = [temp("key"), temp("value")]
    }
    let key = lua.name(slots[0])
    let item = lua.name(slots[1])
    let destructured = rest
    let (body, _) = loopBody(tree.rhs(node)) { lowering in
      for (part, value) in destructured where lowering.tree[part].kind != .wildcard {
        let isKey = part == parts?.0
        let read = isKey ? lowering.keyOfTable(value, lowering.type(part)) : value
        if lowering.tree[part].kind == .binding {
          lowering.bindRead(part, read)
        } else {
          lowering.bindParts(part, isKey ? lowering.stable(read, "key") : read)
        }
      }
      if parts == nil {
        var type = TypeStore.never
        if case .tuple(let items) = lowering.typeKind(lowering.type(pattern)),
          let first = items.first
        {
          type = first.type
        }
        let read = lowering.keyOfTable(key, type)
        lowering.bindRead(lowering.plain(pattern), lowering.lua.table([read, item]))
      }
    }
    lua.line = line
    let iterator = lua.call(lua.raw(function), [source])
    lua.append(lua.add(.genericFor, lua.slotList(slots), lua.list([iterator]), body))
  }

  /// Whether the variable of a key may be what the table has.
  private func keepsForm(_ declaration: Int32) -> Bool {
    !hasIntegers || !mayBeNumber(checked.declarationTypes[Int(declaration)])
      || isSeenByNobody(declaration)
  }

  /// A key of a table as Fuse has it.
  private mutating func keyOfTable(_ key: LuaRef, _ type: TypeID) -> LuaRef {
    if !hasIntegers || !mayBeNumber(type) { return key }
    return isNumber(type) ? lua.binary(.add, key, lua.number(0)) : runtimeCall("float", [key])
  }

  /// Whether a value of a type may be a number.
  private func mayBeNumber(_ type: TypeID) -> Bool {
    switch typeKind(type) {
    case .string, .ustring, .boolean, .literal(.string), .literal(.boolean), .nominal, .array,
      .table, .function, .tuple:
      false
    case .union(let members): members.contains { mayBeNumber($0) }
    default: true
    }
  }
}
