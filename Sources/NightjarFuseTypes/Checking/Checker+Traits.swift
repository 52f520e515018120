// Who implements a trait: bounds in scope, implementations, and what follows from the structure of a
// type.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// A trait of the prelude.
  func known(trait name: String) -> TraitID? {
    types.known(name: name).flatMap { known.traits[$0] }
  }

  /// The kind of a type that implementations are sorted by.
  mutating func headKey(_ type: TypeID) -> Int64 {
    let shape = types.shape(type)
    switch shape.kind {
    case .literal: return headKey(primitive(ofLiteral: type))
    case .nominal: return Int64(shape.index) << 8 | Int64(TypeShape.Kind.nominal.rawValue)
    case .tuple: return Int64(shape.index) << 8 | Int64(TypeShape.Kind.tuple.rawValue)
    case .own: return headKey(TypeID(shape.index))
    case .parameter:
      guard case .parameter(let id) = types[type] else { return -1 }
      let upper = upper(of: id)
      return upper == TypeStore.none ? -1 : headKey(upper)
    case .union:
      let rest = withoutNil(type)
      if rest != type, hasNil(type), let optional = known.optionalType {
        return Int64(optional.rawValue) << 8 | Int64(TypeShape.Kind.nominal.rawValue)
      }
      let wide = widened(type)
      return wide != type ? headKey(wide) : -1
    case .array, .table, .anyTable, .number, .string, .ustring, .boolean:
      return Int64(shape.kind.rawValue)
    default: return -1
    }
  }

  /// The arguments of a supertrait, if a trait has it, directly or through others.
  mutating func supertrait(_ wanted: TraitID, of trait: TraitID, _ arguments: [TypeID])
    -> [TypeID]?
  {
    let declaration = traits[Int(trait.rawValue)]
    let substitution = Substitution(
      parameters: declaration.parameters,
      arguments: arguments
    )
    for parent in declaration.supertraits {
      let own = parent.arguments.map { substitute($0, substitution) }
      if parent.trait == wanted { return own }
      if let found = supertrait(wanted, of: parent.trait, own) { return found }
    }
    return nil
  }

  /// Who implements a trait for a type; with arguments, only with those.
  mutating func implementation(
    of trait: TraitID,
    for type: TypeID,
    _ arguments: [TypeID]? = nil
  ) -> Implemented? {
    let type = head(shared(type))
    let flags = types.shape(type).flags
    if !flags.isDisjoint(with: [.hasVariable, .hasParameter]) {
      return findImplementation(of: trait, for: type, arguments)
    }
    let key = EvidenceKey(type: type, trait: trait, arguments: arguments ?? [TypeStore.none])
    if let known = evidenceCache[key] {
      if case .found(let found) = known { return found }
      return nil
    }
    let found = findImplementation(of: trait, for: type, arguments)
    let isOpen = arguments?.contains { !isClosed($0) } ?? false
    // Near the limit of depth an answer may be too short.
    if !isDeclaring, depth < 30, !isOpen {
      evidenceCache[key] = found.map { .found($0) } ?? EvidenceAnswer.none
    }
    return found
  }

  private mutating func findImplementation(
    of trait: TraitID,
    for type: TypeID,
    _ arguments: [TypeID]?
  ) -> Implemented? {
    if depth > 60 { return nil }
    depth += 1
    defer { depth -= 1 }
    if let found = boundImplementation(of: trait, for: type, arguments) { return found }
    for id in traitImplementations[HeadKey(trait: trait, head: headKey(type))] ?? [] {
      let mark = bindings.count
      if let found = matched(id, type, arguments) { return found }
      undo(to: mark)
    }
    if types.kind(type) != .never {
      for id in traitImplementations[HeadKey(trait: trait, head: -1)] ?? [] {
        let mark = bindings.count
        if let found = matched(id, type, arguments) { return found }
        undo(to: mark)
      }
    }
    return structural(trait, type, arguments)
  }

  /// Whether an `impl` is for a type, and with what.
  private mutating func matched(
    _ id: ImplementationID,
    _ type: TypeID,
    _ arguments: [TypeID]?
  ) -> Implemented? {
    let implementation = implementations[Int(id.rawValue)]
    guard let trait = implementation.trait else { return nil }
    if implementation.parameters.isEmpty {
      if implementation.type != type, !isSame(implementation.type, type) { return nil }
      let own = trait.arguments
      if let arguments, !areSame(own, arguments) { return nil }
      return Implemented(evidence: .implementation(id, []), arguments: own)
    }
    var substitution = Substitution(
      parameters: implementation.parameters,
      arguments: [TypeID](repeating: TypeStore.none, count: implementation.parameters.count)
    )
    if !match(implementation.type, type, &substitution) { return nil }
    if let arguments {
      for (own, wanted) in zip(trait.arguments, arguments)
      where wanted != TypeStore.none && !match(own, wanted, &substitution) {
        return nil
      }
    }
    guard let evidence = evidence(for: implementation.bounds, substitution) else { return nil }
    let own = trait.arguments.map { substitute($0, substitution) }
    return Implemented(evidence: .implementation(id, evidence), arguments: own)
  }

  /// Whether two lists of arguments are the same; none stands for any.
  private mutating func areSame(_ own: [TypeID], _ wanted: [TypeID]) -> Bool {
    for (own, wanted) in zip(own, wanted) where wanted != TypeStore.none {
      if !isSame(own, wanted) { return false }
    }
    return true
  }

  /// Whether two types are the same, variables being filled in.
  mutating func isSame(_ a: TypeID, _ b: TypeID) -> Bool {
    if a == b { return true }
    let mark = bindings.count
    if isSubtype(a, b, isExact: true), isSubtype(b, a, isExact: true) { return true }
    undo(to: mark)
    // A literal type implements what its primitive does.
    return types.kind(b) == .literal && primitive(ofLiteral: b) == a
  }

  /// The dictionaries for some bounds; `nil` if one is not met.
  mutating func evidence(for bounds: [TypeBound], _ substitution: Substitution) -> [Evidence]? {
    if bounds.isEmpty { return [] }
    var all: [Evidence] = []
    for bound in bounds {
      let type = substitution.argument(of: bound.parameter) ?? parameterType(bound.parameter)
      let arguments = bound.arguments.map { substitute($0, substitution) }
      guard let found = implementation(of: bound.trait, for: type, arguments) else { return nil }
      all.append(found.evidence)
    }
    return all
  }

  /// The type that a type parameter is.
  mutating func parameterType(_ id: TypeParameterID) -> TypeID {
    types.intern(.parameter(sameParameter[id] ?? id))
  }

  // MARK: Bounds

  private mutating func boundImplementation(
    of trait: TraitID,
    for type: TypeID,
    _ arguments: [TypeID]?
  ) -> Implemented? {
    switch types[type] {
    case .parameter(let id):
      for bound in body.bounds where bound.parameter == id {
        let own = Evidence.bound(id, bound.trait)
        if let found = through(own, bound.trait, bound.arguments, to: trait, arguments) {
          return found
        }
      }
      let upper = upper(of: id)
      return upper == TypeStore.none ? nil : implementation(of: trait, for: upper, arguments)
    case .intersection(let parts):
      for part in parts {
        if let found = implementation(of: trait, for: part, arguments) { return found }
      }
      return nil
    case .selfType(let own):
      let parameters = traits[Int(own.rawValue)].parameters.map { parameterType($0) }
      return through(.selfType(own), own, parameters, to: trait, arguments)
    case .dynamic(let own, let parameters):
      if own == trait {
        if let arguments, !areSubtypes(parameters, arguments) { return nil }
        return Implemented(evidence: .dynamic(own), arguments: parameters)
      }
      guard let found = supertrait(trait, of: own, parameters) else {
        return ownIterator(trait, own, parameters, type, arguments)
      }
      if let arguments, !areSubtypes(found, arguments) { return nil }
      return Implemented(evidence: .dynamic(trait), arguments: found)
    default: return nil
    }
  }

  private mutating func areSubtypes(_ own: [TypeID], _ wanted: [TypeID]) -> Bool {
    for (own, wanted) in zip(own, wanted) where wanted != TypeStore.none {
      if !isSubtype(own, wanted) { return false }
    }
    return true
  }

  /// A trait that a bound gives, itself or as a supertrait.
  private mutating func through(
    _ evidence: Evidence,
    _ own: TraitID,
    _ parameters: [TypeID],
    to trait: TraitID,
    _ arguments: [TypeID]?
  ) -> Implemented? {
    if own == trait {
      if let arguments, !areSame(parameters, arguments) { return nil }
      return Implemented(evidence: evidence, arguments: parameters)
    }
    let declaration = traits[Int(own.rawValue)]
    let substitution = Substitution(parameters: declaration.parameters, arguments: parameters)
    for parent in declaration.supertraits {
      let arguments2 = parent.arguments.map { substitute($0, substitution) }
      let step = Evidence.supertrait(evidence, parent.trait)
      if let found = through(step, parent.trait, arguments2, to: trait, arguments) { return found }
    }
    return ownIterator(trait, own, parameters, TypeStore.none, arguments, evidence)
  }

  /// Every iterator is its own `IntoIterator`.
  private mutating func ownIterator(
    _ trait: TraitID,
    _ own: TraitID,
    _ parameters: [TypeID],
    _ type: TypeID,
    _ arguments: [TypeID]?,
    _ evidence: Evidence? = nil
  ) -> Implemented? {
    guard trait == known(trait: "IntoIterator"), own == known(trait: "Iterator") else { return nil }
    if let arguments, !areSubtypes(parameters, arguments) { return nil }
    let subject = type == TypeStore.none ? TypeStore.never : type
    return Implemented(
      evidence: .structural(trait, subject, [evidence ?? .dynamic(own)]),
      arguments: parameters
    )
  }

  // MARK: Matching

  /// Whether a type fits a pattern, whose parameters are filled in.
  mutating func match(_ pattern: TypeID, _ type: TypeID, _ substitution: inout Substitution) -> Bool
  {
    let whole = head(type)
    let type = shared(whole)
    if !types.shape(pattern).flags.contains(.hasParameter) {
      return isSame(pattern, type)
    }
    if case .parameter(let id) = types[pattern],
      let index = substitution.parameters.firstIndex(of: id)
    {
      let known = substitution.arguments[index]
      if known == TypeStore.none {
        let isNonNil = parameters[id]?.isNonNil ?? true
        if isNonNil, mayBeNil(type), type != TypeStore.unsafe { return false }
        let upper = parameters[id]?.upper ?? TypeStore.none
        if upper != TypeStore.none, !isSubtype(type, upper) { return false }
        substitution.arguments[index] = parameters[id]?.isShared ?? true ? type : whole
        return true
      }
      return isSame(known, type)
    }
    switch (types[pattern], types[type]) {
    case (.array(let a), .array(let b)): return match(a, b, &substitution)
    case (.nominal(let a, let own), .nominal(let b, let others)):
      if a != b || own.count != others.count { return false }
      for (own, other) in zip(own, others) where !match(own, other, &substitution) {
        return false
      }
      return true
    case (.tuple(let own), .tuple(let others)):
      if own.count != others.count { return false }
      for (own, other) in zip(own, others) where !match(own.type, other.type, &substitution) {
        return false
      }
      return true
    case (.dynamic(let a, let own), .dynamic(let b, let others)):
      if a != b { return false }
      for (own, other) in zip(own, others) where !match(own, other, &substitution) {
        return false
      }
      return true
    case (.union, .union):
      if hasNil(pattern), hasNil(type) {
        return match(withoutNil(pattern), withoutNil(type), &substitution)
      }
      return false
    case (.table(let own), .table(let other)):
      if own.fields.isEmpty, let a = own.index, let b = other.index, other.fields.isEmpty {
        return match(a.key, b.key, &substitution) && match(a.value, b.value, &substitution)
      }
      return isSame(substitute(pattern, substitution), type)
    case (_, .variable):
      return isSubtype(substitute(pattern, substitution), type)
    default: return isSame(substitute(pattern, substitution), type)
    }
  }
}
