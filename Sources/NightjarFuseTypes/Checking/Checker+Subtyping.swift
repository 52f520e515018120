// Which types are subtypes of which. Variables of inference that are met on the way get constraints;
// who only tries takes them back.
//
// SOURCE: Fuse reference, section 4.4.

internal import NightjarDiagnostics

extension Checker {
  /// Whether every value of one type is a value of another, in the same form.
  ///
  /// With `isExact` parts must be equal: the value is seen through a place that may change.
  mutating func isSubtype(_ s: TypeID, _ t: TypeID, isExact: Bool = false) -> Bool {
    if s == t || s == TypeStore.never || s == TypeStore.error || t == TypeStore.error {
      return true
    }
    if depth > 100 { return false }
    depth += 1
    defer { depth -= 1 }
    let a = types.shape(s)
    let b = types.shape(t)
    if a.kind == .variable || b.kind == .variable { return constrain(s, t, isExact) }
    if a.kind == .own { return isSubtype(TypeID(a.index), t, isExact: isExact) }
    if b.kind == .own { return isSubtype(s, TypeID(b.index), isExact: isExact) }
    if a.kind == .union {
      if b.kind == .union, isTop(t) { return true }
      return areSubtypes(s, t, isExact)
    }
    switch b.kind {
    case .union:
      // `unknown?` is the top of all types.
      if types.shape(t).flags.contains(.mayBeNil), isTop(t) { return true }
      return isMember(s, t, isExact)
    case .intersection:
      guard case .intersection(let parts) = types[t] else { return false }
      return parts.allSatisfy { isSubtype(s, $0, isExact: isExact) }
    case .unknown: return !mayBeNil(s)
    case .unsafe, .never: return false
    default: break
    }
    switch a.kind {
    case .literal: return primitive(ofLiteral: s) == t
    case .ustring: return t == TypeStore.string
    case .intersection:
      guard case .intersection(let parts) = types[s] else { return false }
      return parts.contains { isSubtype($0, t, isExact: isExact) }
    case .parameter:
      guard case .parameter(let id) = types[s] else { return false }
      if b.kind == .dynamic { return false }
      let upper = upper(of: id)
      return upper != TypeStore.none && isSubtype(upper, t, isExact: isExact)
    case .dynamic: return b.kind == .dynamic && isDynamicSubtype(s, t)
    default: return areStructurallyRelated(s, t, a, b, isExact)
    }
  }

  /// Whether a type is `unknown?`.
  private mutating func isTop(_ type: TypeID) -> Bool {
    let all = members(type)
    return all.count == 2 && all.contains(TypeStore.unknown) && all.contains(TypeStore.nil)
  }

  /// The type that all arguments of a type parameter are subtypes of here, or none.
  func upper(of id: TypeParameterID) -> TypeID {
    for upper in body.uppers where upper.parameter == id { return upper.type }
    return parameters[id]?.upper ?? TypeStore.none
  }

  /// Whether all members of a union are subtypes of a type.
  private mutating func areSubtypes(_ s: TypeID, _ t: TypeID, _ isExact: Bool) -> Bool {
    if t == TypeStore.unsafe { return false }
    let all = members(s)
    if types.kind(t) == .union {
      let others = members(t)
      let open = others.filter { types.kind($0) == .variable && solution(of: $0) == TypeStore.none }
      if open.count == 1 {
        // `A | nil` against `T?`: what is left of the union is for the variable.
        var rest: [TypeID] = []
        for member in all where !others.contains(member) { rest.append(member) }
        return rest.isEmpty || isSubtype(union(rest), open[0], isExact: isExact)
      }
      if all.count > 8, all.allSatisfy({ others.contains($0) }) { return true }
    }
    for member in all where !isSubtype(member, t, isExact: isExact) { return false }
    return true
  }

  /// Whether a type that is no union is a subtype of a member of a union.
  private mutating func isMember(_ s: TypeID, _ t: TypeID, _ isExact: Bool) -> Bool {
    let all = members(t)
    if all.contains(s) { return true }
    if s == TypeStore.boolean, all.contains(TypeStore.true), all.contains(TypeStore.false) {
      return true
    }
    for member in all where types.kind(member) != .variable {
      let mark = bindings.count
      if isSubtype(s, member, isExact: isExact) { return true }
      undo(to: mark)
    }
    for member in all where types.kind(member) == .variable {
      if isSubtype(s, member, isExact: isExact) { return true }
    }
    return false
  }

  private mutating func areStructurallyRelated(
    _ s: TypeID,
    _ t: TypeID,
    _ a: TypeShape,
    _ b: TypeShape,
    _ isExact: Bool
  ) -> Bool {
    switch (a.kind, b.kind) {
    case (.array, .array):
      return isPart(TypeID(a.index), TypeID(b.index), isExact)
    case (.array, .anyTable), (.table, .anyTable): return true
    case (.nominal, .anyTable):
      let kind = nominals[Int(a.index)].kind
      return kind == .structType || kind == .unionType
    case (.array, .table):
      guard !isExact, case .table(let table) = types[t], table.fields.isEmpty,
        let index = table.index
      else { return false }
      return isSubtype(TypeStore.number, index.key) && isSubtype(TypeID(a.index), index.value)
    case (.tuple, .tuple):
      guard case .tuple(let items) = types[s], case .tuple(let others) = types[t],
        items.count == others.count
      else { return false }
      for (item, other) in zip(items, others) {
        if let name = item.name, let otherName = other.name, name != otherName { return false }
        if !isPart(item.type, other.type, isExact) { return false }
      }
      return true
    case (.table, .table): return isTableSubtype(s, t, isExact)
    case (.nominal, .table): return isStructSubtype(s, t, isExact)
    case (.nominal, .nominal): return isNominalSubtype(s, t, a, b, isExact)
    case (.function, .function): return isFunctionSubtype(s, t)
    case (_, .dynamic): return isUnboxed(s, t)
    default: return false
    }
  }

  /// Whether a part may stand where another is expected.
  private mutating func isPart(_ s: TypeID, _ t: TypeID, _ isExact: Bool) -> Bool {
    if s == t { return true }
    if !isExact { return isSubtype(s, t) }
    return isSubtype(s, t, isExact: true) && (!isClosed(t) || isSubtype(t, s, isExact: true))
  }

  private mutating func isTableSubtype(_ s: TypeID, _ t: TypeID, _ isExact: Bool) -> Bool {
    guard case .table(let from) = types[s], case .table(let to) = types[t] else { return false }
    for field in to.fields {
      if let own = from.fields.first(where: { $0.key == field.key }) {
        if own.isOptional, !field.isOptional { return false }
        if !isPart(own.type, field.type, isExact) { return false }
      } else if !field.isOptional {
        return false
      }
    }
    guard let index = to.index else { return true }
    if let own = from.index {
      if !isPart(own.key, index.key, isExact) || !isPart(own.value, index.value, isExact) {
        return false
      }
    }
    for field in from.fields where !to.fields.contains(where: { $0.key == field.key }) {
      let key = types.intern(.literal(field.key))
      if !isSubtype(key, index.key) || !isPart(field.type, index.value, isExact) { return false }
    }
    return from.index != nil || !from.fields.isEmpty || to.fields.isEmpty
  }

  private mutating func isStructSubtype(_ s: TypeID, _ t: TypeID, _ isExact: Bool) -> Bool {
    guard case .nominal(let id, let arguments) = types[s], case .table(let table) = types[t],
      table.index == nil, nominals[Int(id.rawValue)].kind == .structType
    else { return false }
    let substitution = Substitution(
      parameters: nominals[Int(id.rawValue)].parameters,
      arguments: arguments
    )
    for field in table.fields {
      guard case .string(let bytes) = field.key,
        let name = types.known(name: String(decoding: bytes, as: UTF8.self)),
        let own = nominals[Int(id.rawValue)].fields.first(where: { $0.name == name && $0.isPublic })
      else {
        if field.isOptional { continue }
        return false
      }
      if !isPart(substitute(own.type, substitution), field.type, isExact) { return false }
    }
    return true
  }

  private mutating func isNominalSubtype(
    _ s: TypeID,
    _ t: TypeID,
    _ a: TypeShape,
    _ b: TypeShape,
    _ isExact: Bool
  ) -> Bool {
    guard a.index == b.index, case .nominal(let id, let from) = types[s],
      case .nominal(_, let to) = types[t], from.count == to.count
    else { return false }
    let isFixed = isExact && nominals[Int(id.rawValue)].kind != .unionType
    for (own, other) in zip(from, to) where !isPart(own, other, isFixed) { return false }
    return true
  }

  private mutating func isFunctionSubtype(_ s: TypeID, _ t: TypeID) -> Bool {
    guard case .function(let from) = types[s], case .function(let to) = types[t] else {
      return false
    }
    if from.isUnsafe && !to.isUnsafe || from.isAsync != to.isAsync { return false }
    let fixed = from.parameters.filter { !$0.isRest }
    if fixed.count > to.parameters.filter({ !$0.isRest }).count { return false }
    for (index, parameter) in to.parameters.enumerated() {
      guard index < fixed.count else {
        guard let rest = from.parameters.last, rest.isRest else { break }
        if !isSubtype(parameter.type, rest.type) { return false }
        continue
      }
      if fixed[index].isMutable, !parameter.isMutable { return false }
      if fixed[index].isSelf != parameter.isSelf, parameter.isSelf == false { return false }
      if parameter.isSelf && fixed[index].isSelf { continue }
      if !isSubtype(parameter.type, fixed[index].type) { return false }
    }
    return to.result == TypeStore.unit || isSubtype(from.result, to.result)
  }

  /// Whether one `impl Tr` is another.
  private mutating func isDynamicSubtype(_ s: TypeID, _ t: TypeID) -> Bool {
    guard case .dynamic(let from, let own) = types[s], case .dynamic(let to, let others) = types[t]
    else { return false }
    if from == to {
      for (own, other) in zip(own, others) where !isSubtype(own, other) { return false }
      return true
    }
    guard let found = supertrait(to, of: from, own) else { return isOwnIterator(from, to, own, t) }
    for (own, other) in zip(found, others) where !isSubtype(own, other) { return false }
    return true
  }

  /// Every iterator is its own `IntoIterator`.
  private mutating func isOwnIterator(
    _ from: TraitID,
    _ to: TraitID,
    _ own: [TypeID],
    _ t: TypeID
  ) -> Bool {
    guard let iterator = known(trait: "Iterator"), from == iterator,
      to == known(trait: "IntoIterator"), case .dynamic(_, let others) = types[t]
    else { return false }
    return own.count == 1 && others.count == 1 && isSubtype(own[0], others[0])
  }

  /// Whether a type's values are used as `impl Tr` as they are.
  mutating func isUnboxed(_ s: TypeID, _ t: TypeID) -> Bool {
    guard case .dynamic(let trait, let arguments) = types[t],
      case .nominal(let id, _) = types[s]
    else { return false }
    let nominal = nominals[Int(id.rawValue)]
    if nominal.kind == .enumType || nominal.kind == .opaque || nominal.isPlainTable { return false }
    if id == known.resultType { return false }
    guard let found = implementation(of: trait, for: s, arguments),
      case .implementation(let implementation, _) = found.evidence
    else { return false }
    if !implementations[Int(implementation.rawValue)].bounds.isEmpty { return false }
    need(found.evidence)
    return true
  }
}
