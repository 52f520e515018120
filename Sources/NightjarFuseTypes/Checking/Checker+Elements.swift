// `a.1` and `a[k]`.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Checks `t.1`.
  mutating func tupleMember(_ node: NodeID) -> TypeID {
    let type = shared(head(check(tree.lhs(node), .any)))
    let place = tree.tupleIndex(tree[node].mainToken)
    if case .tuple(let items) = types[type] {
      if place >= 1, place <= items.count { return items[place - 1].type }
      report(.Fuse.noTupleItem("\(place)", of: describe(type), span: span(node)))
      return TypeStore.error
    }
    if type == TypeStore.unsafe {
      needUnsafe("reading an item of an `unsafe` value", at: node)
      return TypeStore.unsafe
    }
    if types.kind(type) != .error, types.kind(type) != .never {
      report(.Fuse.noTupleItem("\(place)", of: describe(guessed(type)), span: span(node)))
    }
    return TypeStore.error
  }

  /// Checks `a[k]` as a value.
  mutating func index(_ node: NodeID) -> TypeID { element(node, isStore: false) }

  /// The type of an element that is read or stored.
  mutating func element(_ node: NodeID, isStore: Bool) -> TypeID {
    let object = tree.lhs(node)
    let key = tree.rhs(node)
    let type = shared(head(check(object, .any)))
    switch types[type] {
    case .array(let element):
      out.operations[node] = .array
      let found = check(key, .soft(TypeStore.number))
      if !isSubtype(found, TypeStore.number) { reportKey(type, found, key) }
      return resolved(element)
    case .tuple(let items): return tupleIndex(node, items, type, key)
    case .table(let table): return tableElement(node, table, type, key, isStore)
    case .unsafe:
      check(key, .any)
      if tree[object].kind != .globalTable {
        needUnsafe("indexing an `unsafe` value", at: node)
      }
      out.operations[node] = .unsafe
      return TypeStore.unsafe
    case .never:
      check(key, .any)
      return TypeStore.error
    case .variable(let index) where index < 0:
      check(key, .any)
      return TypeStore.error
    default: return indexByTrait(node, type, key, isStore)
    }
  }

  private mutating func reportKey(_ type: TypeID, _ key: TypeID, _ node: NodeID) {
    if types.shape(key).flags.contains(.hasError) { return }
    report(
      .Fuse.badKey(describe(guessed(type)), describe(guessed(key)), span: fullSpan(node))
    )
  }

  private mutating func tupleIndex(
    _ node: NodeID,
    _ items: [FuseType.TupleItem],
    _ type: TypeID,
    _ key: NodeID
  ) -> TypeID {
    check(key, .any)
    guard case .number(let value)? = fold(key)?.constant else {
      reportKey(type, out.nodeTypes[Int(key.rawValue)], key)
      return TypeStore.error
    }
    guard value >= 1, value <= Double(items.count), value == value.rounded() else {
      report(
        .Fuse.noTupleItem(describe(.number(value)), of: describe(type), span: fullSpan(key))
      )
      return TypeStore.error
    }
    out.operations[node] = .tuple(Int(value))
    return items[Int(value) - 1].type
  }

  private mutating func tableElement(
    _ node: NodeID,
    _ table: FuseType.TableType,
    _ type: TypeID,
    _ key: NodeID,
    _ isStore: Bool
  ) -> TypeID {
    out.operations[node] = .table
    let found = check(key, .soft(table.index?.key ?? TypeStore.none))
    if let constant = fold(key)?.constant,
      let field = table.fields.first(where: { $0.key == constant })
    {
      return field.isOptional && !isStore ? optional(field.type) : field.type
    }
    if let index = table.index {
      if !canAssign(key, found, to: index.key) { reportKey(type, found, key) }
      return isStore ? index.value : optionalValue(resolved(index.value))
    }
    if let constant = fold(key)?.constant {
      report(
        .Fuse.noMember(describe(type), shown(constant), nearest: nil, span: fullSpan(key))
      )
    } else {
      reportKey(type, found, key)
    }
    return TypeStore.error
  }

  private func shown(_ constant: FuseConstant) -> String {
    if case .string(let bytes) = constant { return String(decoding: bytes, as: UTF8.self) }
    return describe(constant)
  }

  /// Indexing by `Index` or `IndexMut`.
  private mutating func indexByTrait(
    _ node: NodeID,
    _ type: TypeID,
    _ key: NodeID,
    _ isStore: Bool
  ) -> TypeID {
    let name = isStore ? "IndexMut" : "Index"
    let method = isStore ? "set_at" : "at"
    if let trait = known(trait: name), let found = implementation(of: trait, for: type),
      found.arguments.count == 2, let text = types.known(name: method),
      let function = self.method(text, of: trait)
    {
      check(key, against: found.arguments[0])
      need(found.evidence)
      out.operations[node] = .trait(function, found.evidence)
      return found.arguments[1]
    }
    let found = check(key, .any)
    if types.kind(type) != .error { reportKey(type, found, key) }
    return TypeStore.error
  }
}
