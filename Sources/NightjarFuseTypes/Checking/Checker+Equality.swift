// Equality, and `in`, which asks for it.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: Equality

  mutating func equality(
    _ node: NodeID,
    _ left: NodeID,
    _ right: NodeID,
    _ known: TypeID
  ) -> TypeID {
    // A bare variant takes its type from the other side.
    let a: TypeID
    let b: TypeID
    if known == TypeStore.none, isBareVariant(left), !isBareVariant(right) {
      b = shared(head(check(right, .any)))
      a = shared(head(check(left, .soft(b))))
    } else {
      a = shared(head(known == TypeStore.none ? check(left, .any) : known))
      if tree[right].kind == .nilLiteral {
        record(right, TypeStore.nil)
        b = TypeStore.nil
      } else {
        b = shared(head(check(right, .soft(a))))
      }
    }
    compare(node, a, b, left, right)
    return TypeStore.boolean
  }

  private func isBareVariant(_ node: NodeID) -> Bool {
    let inner = tree[node].kind == .call ? tree.lhs(node) : node
    return tree[inner].kind == .name && names.reference(of: inner) == .variant
  }

  private mutating func compare(
    _ node: NodeID,
    _ a: TypeID,
    _ b: TypeID,
    _ left: NodeID,
    _ right: NodeID
  ) {
    for type in [a, b] {
      switch types.kind(type) {
      case .error, .never: return
      case .unsafe, .unknown, .variable:
        if types.kind(type) == .variable { fix(a, b) } else { out.operations[node] = .identity }
        return
      default: break
      }
    }
    if a == TypeStore.number, b == TypeStore.number { return }
    if a == TypeStore.nil || b == TypeStore.nil {
      out.operations[node] = .identity
      let other = a == TypeStore.nil ? b : a
      let kind = types.kind(other)
      let canBeNil = mayBeNil(other) || kind == .parameter || kind == .selfType
      if !canBeNil { reportNeverEqual(node, a, b) }
      return
    }
    let mark = bindings.count
    let wide: TypeID
    if isSubtype(b, a) {
      wide = a
    } else if isSubtype(a, b) {
      wide = b
    } else {
      undo(to: mark)
      guard shareValue(a, b) else { return reportNeverEqual(node, a, b) }
      wide = union([a, b])
    }
    let base = widened(wide)
    switch base {
    case TypeStore.number, TypeStore.string, TypeStore.ustring, TypeStore.boolean: return
    default: break
    }
    if isEnum(base) { return }
    guard let trait = self.known(trait: "Eq"), let found = implementation(of: trait, for: base),
      let function = traits[Int(trait.rawValue)].methods.first
    else {
      out.operations[node] = .identity
      return
    }
    need(found.evidence)
    if case .structural = found.evidence {
      out.operations[node] = .structural(found.evidence)
    } else {
      out.operations[node] = .trait(function, found.evidence)
    }
  }

  private mutating func reportNeverEqual(_ node: NodeID, _ a: TypeID, _ b: TypeID) {
    let a = guessed(a)
    let b = guessed(b)
    if types.shape(a).flags.union(types.shape(b).flags).contains(.hasError) { return }
    report(.Fuse.neverEqual(describe(a), describe(b), span: span(node)))
  }

  /// Whether two types can have a value in common.
  mutating func shareValue(_ a: TypeID, _ b: TypeID) -> Bool {
    let a = shared(head(a))
    let b = shared(head(b))
    if a == b { return true }
    for type in [a, b] {
      switch types.kind(type) {
      case .unknown, .unsafe, .error, .never, .variable, .parameter, .selfType, .intersection:
        return true
      default: break
      }
    }
    if types.kind(a) == .union { return members(a).contains { shareValue($0, b) } }
    if types.kind(b) == .union { return members(b).contains { shareValue(a, $0) } }
    if types.kind(a) == .dynamic || types.kind(b) == .dynamic {
      return a != TypeStore.nil && b != TypeStore.nil
    }
    if isSubtype(a, b) || isSubtype(b, a) { return true }
    switch (types[a], types[b]) {
    case (.nominal(let x, _), .nominal(let y, _)): return x == y
    case (.array(let x), .array(let y)): return shareValue(x, y)
    case (.tuple(let x), .tuple(let y)):
      return x.count == y.count && zip(x, y).allSatisfy { shareValue($0.type, $1.type) }
    case (.function, .function), (.table, .table): return true
    case (.table, .nominal), (.nominal, .table): return true
    case (.table, .array), (.array, .table): return true
    default: return false
    }
  }

  // MARK: `in`

  mutating func containment(_ node: NodeID, _ left: NodeID, _ right: NodeID) -> TypeID {
    let range = unparenthesized(right)
    if tree[range].kind == .binary, tree.binaryOperator(range) == .range {
      check(left, against: TypeStore.number)
      check(right, .any)
      out.operations[node] = .rangeTest
      return TypeStore.boolean
    }
    let container = shared(head(check(right, .any)))
    if container == TypeStore.error {
      check(left, .any)
      return TypeStore.boolean
    }
    if let trait = known(trait: "Contains"),
      let found = implementation(of: trait, for: container),
      let function = traits[Int(trait.rawValue)].methods.first
    {
      check(left, against: found.arguments.first ?? TypeStore.none)
      need(found.evidence)
      out.operations[node] = .trait(function, found.evidence)
      return TypeStore.boolean
    }
    if let name = types.known(name: "contains"),
      let (member, substitution) = inherentMember(container, name, node),
      case .function(let function) = member.kind,
      functions[Int(function.rawValue)].parameters.count == 2
    {
      let wanted = substitute(functions[Int(function.rawValue)].parameters[1].type, substitution)
      check(left, against: resolved(wanted))
      need(function)
      out.operations[node] = .inherent(function)
      return TypeStore.boolean
    }
    let item = check(left, .any)
    reportOperator(node, .contains, item, container, left, right)
    return TypeStore.boolean
  }

  func unparenthesized(_ node: NodeID) -> NodeID {
    var inner = node
    while tree[inner].kind == .parenthesized { inner = tree.lhs(inner) }
    return inner
  }
}
