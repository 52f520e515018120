// Patterns with parts: variants, tuples, arrays, tables, and tests for a type. See +Reading.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  mutating func variantPattern(_ id: NodeID, _ type: TypeID) -> PatternID {
    let items = tree.rhsList(id)
    switch checked.uses[tree.lhs(id)] {
    case .variant(let nominal, let which)?:
      let payload = program.nominals[Int(nominal.rawValue)].variants[which].payload
      let parts = positional(items, payload, isExact: false)
      return variant(nominal, which, parts, type)
    case .some?:
      guard items.count == 1 else { break }
      let inner = tree.node(items, 0)
      return members(of: type) { flow, member in
        member == TypeStore.nil ? .nothing : flow.read(inner, member)
      }
    default: break
    }
    hasBrokenPattern = true
    return .something
  }

  /// Patterns of items by position or name.
  ///
  /// With `isExact` the types of the payload are those of the values; else they may hold parameters.
  private mutating func positional(
    _ items: NodeList,
    _ payload: [FuseType.TupleItem],
    isExact: Bool
  ) -> [PatternID] {
    var parts = [PatternID](repeating: .wildcard, count: payload.count)
    for (position, item) in tree.nodes(items).enumerated() {
      var place = position
      var inner = item
      if tree[item].kind == .namedItem {
        inner = tree.lhs(item)
        let name = tree.name(of: tree[item].mainToken)
        guard
          let found = payload.firstIndex(where: { $0.name.map(program.types.name) == name })
        else {
          hasBrokenPattern = true
          continue
        }
        place = found
      }
      if place < parts.count {
        parts[place] = read(inner, isExact ? payload[place].type : checked[inner])
      } else {
        hasBrokenPattern = true
      }
    }
    return parts
  }

  mutating func variant(
    _ nominal: NominalID,
    _ which: Int,
    _ parts: [PatternID],
    _ type: TypeID
  ) -> PatternID {
    members(of: type) { flow, member in
      if case .nominal(nominal, _) = flow.program.types[member] {
        return flow.space.choice(flow.family(of: member), which, parts)
      }
      return flow.isUnlisted(member) ? .something : .nothing
    }
  }

  mutating func tuplePattern(_ id: NodeID, _ type: TypeID) -> PatternID {
    let list = tree.lhsList(id)
    switch program.types[unowned(type)] {
    case .tuple(let items): if items.count != list.count { hasBrokenPattern = true }
    case .union: break
    default: if !isUnlisted(unowned(type)) { hasBrokenPattern = true }
    }
    return members(of: type) { flow, member in
      guard case .tuple(let items) = flow.program.types[member], items.count == list.count else {
        return flow.isUnlisted(member) ? .something : .nothing
      }
      let parts = flow.positional(list, items, isExact: true)
      return flow.space.choice(flow.family(of: member), 0, parts)
    }
  }

  mutating func arrayPattern(_ id: NodeID, _ type: TypeID) -> PatternID {
    let list = tree.lhsList(id)
    return members(of: type) { flow, member in
      guard case .array(let element) = flow.program.types[member] else {
        return flow.isUnlisted(member) ? .something : .nothing
      }
      var parts: [PatternID] = []
      var restIndex: Int?
      for item in flow.tree.nodes(list) {
        if flow.tree[item].kind == .restPattern {
          restIndex = parts.count
        } else {
          parts.append(flow.read(item, element))
        }
      }
      return flow.space.array(parts, restIndex: restIndex)
    }
  }

  mutating func castPattern(_ id: NodeID, _ type: TypeID) -> PatternID {
    let target = self.type(of: tree.rhs(id))
    let inner = tree.lhs(id)
    if target == TypeStore.never {
      hasBrokenPattern = true
      return .something
    }
    return members(of: type) { flow, member in
      if flow.isCovered(member, by: target) { return flow.read(inner, member) }
      if flow.isCovered(target, by: member) { return flow.narrowed(inner, target, member) }
      return flow.isUnlisted(member) ? flow.space.test(target, flow.read(inner, target)) : .nothing
    }
  }

  /// What a pattern says of those values of a member that are of a type.
  private mutating func narrowed(_ inner: NodeID, _ target: TypeID, _ member: TypeID) -> PatternID {
    switch program.types[target] {
    case .literal(let value):
      let point = constant(value, member)
      let part = read(inner, target)
      return part == .wildcard ? point : part == .nothing ? .nothing : .something
    case .union(let parts) where !isUnlisted(member):
      var found: [PatternID] = []
      for part in parts { found.append(narrowed(inner, part, member)) }
      return space.alternatives(found)
    case .nominal where target == member: return read(inner, member)
    default: return space.test(target, read(inner, target))
    }
  }

  // MARK: Tables

  mutating func tablePattern(_ id: NodeID, _ type: TypeID) -> PatternID {
    let path = tree.lhs(id)
    let named = path.isPresent ? self.type(of: path) : nil
    return members(of: type) { flow, member in
      if let named, named != TypeStore.never, !flow.isSameNominal(named, member) {
        if !flow.isUnlisted(member) { return .nothing }
        return flow.space.test(named, flow.record(id, named))
      }
      return flow.record(id, member)
    }
  }

  private func isSameNominal(_ a: TypeID, _ b: TypeID) -> Bool {
    if case .nominal(let x, _) = program.types[a], case .nominal(let y, _) = program.types[b] {
      return x == y
    }
    return a == b
  }

  private mutating func record(_ id: NodeID, _ type: TypeID) -> PatternID {
    guard let family = recordFamily(of: type) else {
      return isUnlisted(type) ? .something : .nothing
    }
    var parts: [PatternID] = []
    for item in tree.nodes(tree.rhsList(id)) {
      guard let (key, pattern) = field(item) else { continue }
      let part = read(pattern, fieldType(key, of: type) ?? self.type(of: pattern))
      if part == .nothing { return .nothing }
      if part == .wildcard { continue }
      let place = space.part(of: family, key: key)
      while parts.count <= place { parts.append(.wildcard) }
      parts[place] = part
    }
    return space.choice(family, 0, parts)
  }

  /// The key and the pattern of an item; none for one that only binds.
  private mutating func field(_ item: NodeID) -> (FuseConstant, NodeID)? {
    switch tree[item].kind {
    case .namedItem:
      let token = tree[item].mainToken
      let key =
        tree[token].kind == .string
        ? tree.stringValue(token) : Array(tree.name(of: token).utf8)
      return (.string(key), tree.lhs(item))
    case .keyedItem:
      let key = tree.lhs(item)
      if let value = bound(key) { return (.number(value), tree.rhs(item)) }
      switch tree[key].kind {
      case .trueLiteral: return (.boolean(true), tree.rhs(item))
      case .falseLiteral: return (.boolean(false), tree.rhs(item))
      case .string: return (.string(tree.stringValue(tree[key].mainToken)), tree.rhs(item))
      default: return nil
      }
    default: return nil
    }
  }

  /// The type of a field that is always there, where the type itself says it.
  private func fieldType(_ key: FuseConstant, of type: TypeID) -> TypeID? {
    guard case .table(let table) = program.types[type] else { return nil }
    return table.fields.first { $0.key == key && !$0.isOptional }?.type
  }
}
