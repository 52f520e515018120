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
  mutating func members(
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
      return constant(.number(tree[id].detail == 1 ? -value : value), type)
    case .string: return constant(.string(tree.stringValue(token)), type)
    default: break
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
  func bound(_ id: NodeID) -> Double? {
    if case .number(let value)? = checked.constants[id] { return value }
    if case .constant(.number(let value))? = checked.uses[id] { return value }
    switch tree[id].kind {
    case .number: return tree.number(tree[id].mainToken)
    case .parenthesized: return bound(tree.lhs(id))
    case .unary where tree.unaryOperator(id) == .negate: return bound(tree.lhs(id)).map { -$0 }
    default: return nil
    }
  }
}
