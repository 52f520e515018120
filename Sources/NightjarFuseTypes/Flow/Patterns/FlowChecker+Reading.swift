// From patterns of the tree to those of the analysis. Reading goes down with the type of the place: what
// a pattern says of a union type it says of those members that it can fit.
//
//   value: number | string | boolean          members 0 number, 1 string, 2 boolean
//   n as number                               member 0 (_)
//   true or false                             member 2 (true) or member 2 (false)

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  /// What a pattern says of a place of a type.
  mutating func read(_ id: NodeID, _ type: TypeID) -> PatternID {
    switch tree[id].kind {
    case .wildcard, .binding: return .wildcard
    case .parenthesizedPattern, .namedItem: return read(tree.lhs(id), type)
    case .literalPattern: return literalPattern(id, type)
    case .name, .path: return namedPattern(id, type)
    case .rangePattern: return rangePattern(id, type)
    case .variantPattern: return variantPattern(id, type)
    case .tablePattern: return tablePattern(id, type)
    case .tuplePattern: return tuplePattern(id, type)
    case .arrayPattern: return arrayPattern(id, type)
    case .castPattern: return castPattern(id, type)
    case .andPattern:
      let left = read(tree.lhs(id), type)
      let right = read(tree.rhs(id), type)
      return space.intersection(left, right)
    case .orPattern:
      var parts: [PatternID] = []
      for part in alternatives(id) { parts.append(read(part, type)) }
      return space.alternatives(parts)
    default:
      hasBrokenPattern = true
      return .something
    }
  }

  /// The operands of a chain of `or`, in order.
  func alternatives(_ id: NodeID) -> [NodeID] {
    var parts: [NodeID] = []
    var left = id
    while tree[left].kind == .orPattern {
      parts.append(tree.rhs(left))
      left = tree.lhs(left)
    }
    parts.append(left)
    return parts.reversed()
  }

  /// Says something of each member of a type: `nothing` of those that it does not fit.
  private mutating func members(
    of type: TypeID,
    _ make: (inout FlowChecker, TypeID) -> PatternID
  ) -> PatternID {
    let type = unowned(type)
    guard case .union(let members) = program.types[type] else { return make(&self, type) }
    let family = self.family(of: type)
    var found: [PatternID] = []
    for (which, member) in members.enumerated() {
      let part = make(&self, unowned(member))
      if part != .nothing {
        found.append(space.choice(family, which, isPoint(member) ? [] : [part]))
      }
    }
    return space.alternatives(found)
  }

  // MARK: Values

  private mutating func literalPattern(_ id: NodeID, _ type: TypeID) -> PatternID {
    let token = tree[id].mainToken
    switch tree[token].kind {
    case .nilKeyword: return nilPattern(type)
    case .trueKeyword: return constant(.boolean(true), type)
    case .falseKeyword: return constant(.boolean(false), type)
    case .number:
      let value = tree.number(token)
      return constant(.number(value), type)
    case .string: return constant(.string(tree.stringValue(token)), type)
    default:
      let isNegative = tree[id].detail & 1 != 0 && tree[id].lastToken != token
      guard isNegative else { break }
      return constant(.number(-tree.number(tree[id].lastToken)), type)
    }
    hasBrokenPattern = true
    return .something
  }

  private mutating func nilPattern(_ type: TypeID) -> PatternID {
    members(of: type) { flow, member in
      if member == TypeStore.nil { return flow.space.choice(flow.family(of: member), 0) }
      return flow.isUnlisted(member) ? flow.space.test(TypeStore.nil, .wildcard) : .nothing
    }
  }

  /// One value of a type.
  mutating func constant(_ value: FuseConstant, _ type: TypeID) -> PatternID {
    members(of: type) { flow, member in
      switch (flow.program.types[member], value) {
      case (.literal(let other), _):
        return other == value ? flow.space.choice(flow.family(of: member), 0) : .nothing
      case (.boolean, .boolean(let isTrue)):
        return flow.space.choice(flow.family(of: member), isTrue ? 1 : 0)
      case (.number, .number(let number)): return flow.space.interval(number, number)
      case (.string, .string), (.ustring, .string): return flow.space.literal(value)
      case (.nominal(let id, _), _):
        let nominal = flow.program.nominals[Int(id.rawValue)]
        guard let which = nominal.variants.firstIndex(where: { $0.value == value }) else {
          return .nothing
        }
        return flow.space.choice(flow.family(of: member), which)
      default: return flow.isUnlisted(member) ? flow.space.literal(value) : .nothing
      }
    }
  }

  private mutating func namedPattern(_ id: NodeID, _ type: TypeID) -> PatternID {
    switch checked.uses[id] {
    case .variant(let nominal, let which)?: return variant(nominal, which, [], type)
    case Use.none?: return nilPattern(type)
    case .constant(let value)?: return constant(value, type)
    default:
      reportNotAConstant(id)
      hasBrokenPattern = true
      return .something
    }
  }

  private mutating func reportNotAConstant(_ id: NodeID) {
    guard case .own(let index) = names.reference(of: id) else { return }
    var kind = names.declarations[Int(index)].kind
    if kind == .imported, let value = names.declarations[Int(index)].target?.meanings.value {
      kind =
        program.program.modules[Int(value.module)].names
        .declarations[Int(value.declaration)].kind
    }
    if kind == .const || !kind.isValue { return }
    report(.Fuse.notAConstant(name(ofDeclaration: index), kind: kind.name, span: span(id)))
  }

  private mutating func rangePattern(_ id: NodeID, _ type: TypeID) -> PatternID {
    let (first, last) = (tree.lhs(id), tree.rhs(id))
    guard let low = bound(first), let high = bound(last) else {
      hasBrokenPattern = true
      let open = bound(first) == nil ? first : last
      if tree[open].kind != .missing, self.type(of: open) != TypeStore.never {
        report(.Fuse.badRangePattern(span: tree.span(of: open), label: "not a constant number"))
      }
      return .something
    }
    if low > high {
      hasBrokenPattern = true
      report(.Fuse.badRangePattern(span: tree.span(of: id), label: "no number is in it"))
      return .something
    }
    return members(of: type) { flow, member in
      switch flow.program.types[member] {
      case .number: return flow.space.interval(low, high)
      case .literal(.number(let number)):
        return low <= number && number <= high
          ? flow.space.choice(flow.family(of: member), 0) : .nothing
      default: return flow.isUnlisted(member) ? .something : .nothing
      }
    }
  }

  /// The constant number that a bound is.
  private func bound(_ id: NodeID) -> Double? {
    if case .number(let value)? = checked.constants[id] { return value }
    if case .constant(.number(let value))? = checked.uses[id] { return value }
    switch tree[id].kind {
    case .number: return tree.number(tree[id].mainToken)
    case .parenthesized: return bound(tree.lhs(id))
    case .unary where tree.unaryOperator(id) == .negate: return bound(tree.lhs(id)).map { -$0 }
    default: return nil
    }
  }

  // MARK: Parts

  private mutating func variantPattern(_ id: NodeID, _ type: TypeID) -> PatternID {
    let items = tree.rhsList(id)
    switch checked.uses[tree.lhs(id)] {
    case .variant(let nominal, let which)?:
      let payload = program.nominals[Int(nominal.rawValue)].variants[which].payload
      let parts = positional(items, payload) { [checked] item in checked[item] }
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

  /// Patterns of items by position or name, for places whose types are asked for.
  private mutating func positional(
    _ items: NodeList,
    _ payload: [FuseType.TupleItem],
    type: (NodeID) -> TypeID
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
        parts[place] = read(inner, type(inner))
      } else {
        hasBrokenPattern = true
      }
    }
    return parts
  }

  private mutating func variant(
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

  private mutating func tuplePattern(_ id: NodeID, _ type: TypeID) -> PatternID {
    let list = tree.lhsList(id)
    return members(of: type) { flow, member in
      guard case .tuple(let items) = flow.program.types[member], items.count == list.count else {
        return flow.isUnlisted(member) ? .something : .nothing
      }
      var place = -1
      let parts = flow.positional(list, items) { _ in
        place += 1
        return items[min(place, items.count - 1)].type
      }
      return flow.space.choice(flow.family(of: member), 0, parts)
    }
  }

  private mutating func arrayPattern(_ id: NodeID, _ type: TypeID) -> PatternID {
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

  private mutating func castPattern(_ id: NodeID, _ type: TypeID) -> PatternID {
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

  private mutating func tablePattern(_ id: NodeID, _ type: TypeID) -> PatternID {
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
