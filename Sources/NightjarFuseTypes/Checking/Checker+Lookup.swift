// Looking for a member of a type: inherent ones first, then those of traits that are visible here.
//
// SOURCE: Fuse reference, section 5.19.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// A method of a trait that a type has.
struct TraitMatch {
  var function: FunctionID
  var evidence: Evidence
  var substitution: Substitution
}

extension Checker {
  /// A member from an `impl` without trait, and what the type parameters of the `impl` are.
  mutating func inherentMember(_ type: TypeID, _ name: NameID, _ node: NodeID)
    -> (InherentMember, Substitution)?
  {
    let type = shared(head(type))
    let key = MemberKey(head: headKey(type), name: name)
    if let found = inherentMember(type, key, node) { return found }
    // What `Optional` does not have, and what a `ustring` has as a `string`.
    if type == TypeStore.ustring { return inherentMember(TypeStore.string, name, node) }
    if case .parameter(let id) = types[type] {
      let upper = upper(of: id)
      if upper != TypeStore.none { return inherentMember(upper, name, node) }
    }
    return nil
  }

  private mutating func inherentMember(_ type: TypeID, _ key: MemberKey, _ node: NodeID)
    -> (InherentMember, Substitution)?
  {
    guard let candidates = inherent[key] else { return nil }
    for candidate in candidates {
      guard let id = candidate.implementation else {
        // A function of a declared type.
        guard case .function(let function) = candidate.kind,
          case .declaredType(let nominal) = functions[Int(function.rawValue)].owner
        else { continue }
        let parameters = nominals[Int(nominal.rawValue)].parameters
        return (
          candidate,
          Substitution(parameters: parameters, arguments: argumentsOf(type), selfType: type)
        )
      }
      let implementation = implementations[Int(id.rawValue)]
      if implementation.parameters.isEmpty {
        if implementation.type == type || isSame(implementation.type, type) {
          return (candidate, Substitution(selfType: type))
        }
        continue
      }
      var substitution = Substitution(
        parameters: implementation.parameters,
        arguments: [TypeID](repeating: TypeStore.none, count: implementation.parameters.count),
        selfType: type
      )
      let mark = bindings.count
      if match(implementation.type, type, &substitution) {
        for index in substitution.arguments.indices
        where substitution.arguments[index] == TypeStore.none {
          substitution.arguments[index] = freshVariable(
            for: substitution.parameters[index],
            at: node
          )
        }
        return (candidate, substitution)
      }
      undo(to: mark)
    }
    return nil
  }

  /// The arguments of a type that is one of a declared type.
  private mutating func argumentsOf(_ type: TypeID) -> [TypeID] {
    switch types[type] {
    case .nominal(_, let arguments): arguments
    case .array(let element): [element]
    case .union: [withoutNil(type)]
    default: []
    }
  }

  /// A method of a visible trait.
  mutating func traitMethod(_ type: TypeID, _ name: NameID, _ node: NodeID) -> TraitMatch? {
    let type = shared(head(type))
    var found: [TraitMatch] = []
    for function in candidates(name, type) {
      guard case .trait(let trait) = functions[Int(function.rawValue)].owner else { continue }
      guard let implemented = implementation(of: trait, for: type) else { continue }
      found.append(
        TraitMatch(
          function: function,
          evidence: implemented.evidence,
          substitution: Substitution(
            parameters: traits[Int(trait.rawValue)].parameters,
            arguments: implemented.arguments,
            selfType: type
          )
        )
      )
    }
    if found.count > 1 { found = withoutDerived(found) }
    if found.count > 1 {
      let owners = found.map { match -> String in
        guard case .trait(let trait) = functions[Int(match.function.rawValue)].owner else {
          return ""
        }
        return "`\(spelling(traits[Int(trait.rawValue)].name))`"
      }
      report(
        .Fuse.ambiguous(
          spelling(name),
          candidates: owners.joined(separator: " or "),
          span: span(node)
        )
      )
    }
    return found.first
  }

  /// The functions of a name in traits that are visible for a type: those that the module sees, and
  /// those of traits that the type names itself.
  private mutating func candidates(_ name: NameID, _ type: TypeID) -> [FunctionID] {
    var found = visible(name)
    for trait in namedTraits(of: type) { add(name, of: trait, to: &found) }
    return found
  }

  /// The functions of a name in the traits that the module sees.
  private mutating func visible(_ name: NameID) -> [FunctionID] {
    let key = MemberKey(head: Int64(module), name: name)
    if let known = visibleFunctions[key] { return known }
    let seen = visibleTraits[Int(module)]
    let all = (traitFunctions[name] ?? []).filter { function in
      guard case .trait(let trait) = functions[Int(function.rawValue)].owner else { return false }
      return seen.contains(trait)
    }
    visibleFunctions[key] = all
    return all
  }

  /// The traits whose methods a type has wherever it is used.
  private func namedTraits(of type: TypeID) -> [TraitID] {
    switch types.kind(type) {
    case .dynamic, .selfType: [TraitID(types.shape(type).index)]
    case .nominal: derivedTraits[NominalID(types.shape(type).index)] ?? []
    case .intersection:
      if case .intersection(let parts) = types[type] {
        parts.flatMap { namedTraits(of: $0) }
      } else {
        []
      }
    case .parameter:
      if case .parameter(let id) = types[type] {
        body.bounds.filter { $0.parameter == id }.map(\.trait)
      } else {
        []
      }
    default: []
    }
  }

  /// Adds the functions of a name that a trait or its supertraits have.
  private func add(_ name: NameID, of trait: TraitID, to found: inout [FunctionID]) {
    let declaration = traits[Int(trait.rawValue)]
    for method in declaration.methods
    where functions[Int(method.rawValue)].name == name && !found.contains(method) {
      found.append(method)
    }
    for parent in declaration.supertraits { add(name, of: parent.trait, to: &found) }
  }

  /// Leaves out what a type has only because it has something else of the same name.
  private func withoutDerived(_ found: [TraitMatch]) -> [TraitMatch] {
    let own = found.filter { match in
      if case .structural(let trait, _, _) = match.evidence {
        return trait != known(trait: "IntoIterator")
      }
      return true
    }
    return own.isEmpty ? found : own
  }

  /// The traits that each module sees.
  mutating func findVisibleTraits() {
    var prelude = TraitSet()
    for trait in known.traits.values { prelude.insert(trait) }
    for index in program.modules.indices {
      var all = prelude
      for (place, declaration) in program.modules[index].names.declarations.enumerated() {
        var id = DeclarationID(
          module: Int32(truncatingIfNeeded: index),
          declaration: Int32(truncatingIfNeeded: place)
        )
        if declaration.kind == .imported {
          guard let target = declaration.target?.meanings.type else { continue }
          id = target
        }
        if case .trait(let trait) = meanings[Int(id.module)][Int(id.declaration)] {
          all.insert(trait)
        }
      }
      visibleTraits.append(all)
    }
  }

  /// The names of what a type has, to suggest one.
  mutating func memberNames(of type: TypeID) -> [String] {
    var all: [String] = []
    let type = shared(head(type))
    switch types[type] {
    case .nominal(let id, _):
      all += nominals[Int(id.rawValue)].fields.map { spelling($0.name) }
      all += nominals[Int(id.rawValue)].variants.map { spelling($0.name) }
    case .table(let table):
      for field in table.fields {
        if case .string(let bytes) = field.key {
          all.append(String(decoding: bytes, as: UTF8.self))
        }
      }
    case .tuple(let items): all += items.compactMap { $0.name.map { spelling($0) } }
    default: break
    }
    let head = headKey(type)
    for key in inherent.keys where key.head == head { all.append(spelling(key.name)) }
    for (name, candidates) in traitFunctions {
      for function in candidates {
        guard case .trait(let trait) = functions[Int(function.rawValue)].owner,
          visibleTraits[Int(module)].contains(trait)
        else { continue }
        if implementation(of: trait, for: type) != nil { all.append(spelling(name)) }
      }
    }
    return Array(Set(all)).sorted()
  }

  // MARK: Privacy

  /// Reports a private method used outside the `impl`s of its type.
  mutating func checkVisible(
    _ member: InherentMember,
    _ name: NameID,
    _ type: TypeID,
    at node: NodeID
  ) {
    guard case .function(let function) = member.kind, member.implementation != nil else { return }
    if functions[Int(function.rawValue)].isPublic || isInside(type) || isLibrary(module) { return }
    report(
      .Fuse.privateMethod(spelling(name), of: describe(guessed(type)), span: memberSpan(node))
    )
  }

  /// Whether the code here is in an `impl` of a type.
  mutating func isInside(_ type: TypeID) -> Bool {
    if body.selfType == TypeStore.none { return isLibrary(module) && headKey(type) >> 8 == 0 }
    return headKey(body.selfType) == headKey(shared(head(type)))
  }
}
