// Paths: an item of a module, or something that belongs to a type or trait.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// What a path leads to.
enum PathMeaning {
  case error
  /// A function, constant or variable.
  case declaration(DeclarationID, [TypeID])
  /// A variant of the type that is expected.
  case variant(NameID)
  /// A member of a type.
  case typeMember(TypeID, NameID, NodeID, [TypeID])
  /// A member of a trait.
  case traitMember(TraitID, [TypeID], NameID, NodeID, [TypeID])
}

extension Checker {
  /// Finds out what a path leads to.
  mutating func meaning(ofPath node: NodeID) -> PathMeaning {
    let segments = tree.segments(node)
    var place = 0
    var segment = tree.node(segments, 0)
    let reference = names.reference(of: segment)
    if reference == .selfType {
      guard body.selfType != TypeStore.none else { return .error }
      return member(of: body.selfType, segments, 1)
    }
    if segments.count == 1 {
      let arguments = typeArguments(of: segment)
      switch reference {
      case .own(let index):
        let declaration = names.declarations[Int(index)]
        if declaration.kind == .imported {
          guard let id = declaration.target?.meanings.value else { return .error }
          return .declaration(id, arguments)
        }
        return .declaration(DeclarationID(module: module, declaration: index), arguments)
      case .foreign(let id): return .declaration(id, arguments)
      case .variant: return .variant(name(of: segment))
      default: return .error
      }
    }
    if case .own(let index) = reference, isNamespace(index) {
      place = 1
      segment = tree.node(segments, 1)
      guard case .foreign = names.reference(of: segment) else { return .error }
      if segments.count == 2, case .foreign(let id) = names.reference(of: segment), !isType(id) {
        return .declaration(id, typeArguments(of: segment))
      }
    }
    guard let id = typeDeclaration(segment) else { return .error }
    if place == segments.count - 1 { return .error }
    if case .trait(let trait) = meanings[Int(id.module)][Int(id.declaration)] {
      let second = tree.node(segments, place + 1)
      var given = typeArguments(of: segment)
      let wanted = traits[Int(trait.rawValue)].parameters
      if given.isEmpty { given = wanted.map { freshVariable(for: $0, at: node) } }
      return .traitMember(trait, given, name(of: second), second, typeArguments(of: second))
    }
    return member(of: head(of: id, segment, at: node), segments, place + 1)
  }

  private func isNamespace(_ index: Int32) -> Bool {
    let declaration = names.declarations[Int(index)]
    switch declaration.kind {
    case .namespace, .luaModule: return true
    case .imported: return declaration.target?.meanings.type == nil
    default: return false
    }
  }

  private func isType(_ id: DeclarationID) -> Bool {
    program.modules[Int(id.module)].names.declarations[Int(id.declaration)].kind.isType
  }

  /// The type arguments written at a segment.
  private mutating func typeArguments(of segment: NodeID) -> [TypeID] {
    tree.nodes(tree.typeArguments(segment)).map { resolveType($0) }
  }

  /// The type that a segment names; arguments that are not written are to be found.
  private mutating func head(of id: DeclarationID, _ segment: NodeID, at node: NodeID) -> TypeID {
    let list = tree.typeArguments(segment)
    if !list.isEmpty {
      let nodes = Array(tree.nodes(list))
      return type(of: id, nodes.map { resolveType($0) }, nodes, at: node)
    }
    if case .nominal(let nominal) = meanings[Int(id.module)][Int(id.declaration)] {
      let arguments = nominals[Int(nominal.rawValue)].parameters.map {
        freshVariable(for: $0, at: node)
      }
      return type(of: nominal, arguments)
    }
    if let alias = aliases[id], !alias.parameters.isEmpty {
      let arguments = alias.parameters.map { freshVariable(for: $0, at: node) }
      let plain = type(of: id, alias.parameters.map { parameterType($0) }, [], at: node)
      return substitute(
        plain,
        Substitution(parameters: alias.parameters, arguments: arguments)
      )
    }
    return type(of: id, [], [], at: node)
  }

  private mutating func member(of type: TypeID, _ segments: NodeList, _ place: Int) -> PathMeaning {
    if type == TypeStore.error || place >= segments.count { return .error }
    let segment = tree.node(segments, place)
    let name = name(of: segment)
    let arguments = typeArguments(of: segment)
    return .typeMember(type, name, segment, arguments)
  }

  /// Checks a path that stands for a value.
  mutating func pathValue(_ node: NodeID, _ want: Want) -> TypeID {
    switch meaning(ofPath: node) {
    case .error: return TypeStore.error
    case .declaration(let id, let arguments): return foreignValue(id, arguments, node, want)
    case .variant(let name): return expectedVariant(node, name, want)
    case .typeMember(let type, let name, let segment, let arguments):
      return typeMember(type, name, segment, arguments, node, want)
    case .traitMember(let trait, let own, let name, let segment, let arguments):
      return traitMember(trait, own, name, segment, arguments, node, want)
    }
  }

  // MARK: Members of types

  private mutating func typeMember(
    _ type: TypeID,
    _ name: NameID,
    _ segment: NodeID,
    _ arguments: [TypeID],
    _ node: NodeID,
    _ want: Want
  ) -> TypeID {
    if let (nominal, place, own) = variant(name, in: type) {
      return variantValue(node, nominal, place, own, want)
    }
    if isOptionalName(type), spelling(name) == "None" || spelling(name) == "Some" {
      return expectedVariant(node, name, want)
    }
    if let function = enumFunction(type, name) {
      out.uses[node] = .enumFunction(function.0, function.1)
      return enumFunctionType(function.0, function.1)
    }
    if let (member, substitution) = inherentMember(type, name, node) {
      checkVisible(member, name, type, at: segment)
      switch member.kind {
      case .function(let function):
        return functionValue(function, substitution, arguments, node, want)
      case .constant(let place):
        guard let value = memberConstant(member.module, place) else { return TypeStore.error }
        out.uses[node] = .constant(value.constant)
        return value.type
      case .variable(let place):
        guard let owner = member.implementation else { return TypeStore.error }
        out.uses[node] = .implementationStatic(owner, place)
        noteNodes(of: member.module)
        return staticType(member.module, place)
      }
    }
    if let found = constantOfTrait(type, name, node) { return found }
    if let match = traitMethod(type, name, node) {
      return functionValue(
        match.function,
        match.substitution,
        arguments,
        node,
        want,
        evidence: match.evidence
      )
    }
    reportNoItem(type, name, segment)
    return TypeStore.error
  }

  mutating func isOptionalName(_ type: TypeID) -> Bool { isOptional(type) }

  mutating func reportNoItem(_ type: TypeID, _ name: NameID, _ segment: NodeID) {
    let type = guessed(type)
    if types.shape(type).flags.contains(.hasError) { return }
    if case .nominal(let id, _) = types[type], !nominals[Int(id.rawValue)].variants.isEmpty {
      let first = spelling(name).utf8.first ?? 0
      if (65...90).contains(first) { return reportMissingVariant(segment, name, type) }
    }
    let known = memberNames(of: type)
    report(
      .Fuse.missingItem(
        spelling(name),
        in: describe(type),
        nearest: Suggestion.nearest(to: spelling(name), among: known),
        span: span(segment)
      )
    )
  }

  private mutating func traitMember(
    _ trait: TraitID,
    _ own: [TypeID],
    _ name: NameID,
    _ segment: NodeID,
    _ arguments: [TypeID],
    _ node: NodeID,
    _ want: Want
  ) -> TypeID {
    guard let function = method(name, of: trait) else {
      reportNoTraitItem(trait, name, segment)
      return TypeStore.error
    }
    // `Tr::m` as a value: `Self` follows from the expected type.
    let selfType = freshVariable(at: node)
    var substitution = Substitution(
      parameters: traits[Int(trait.rawValue)].parameters,
      arguments: own,
      selfType: selfType
    )
    let declaration = functions[Int(function.rawValue)]
    let type = functionType(declaration, declaration.result, substitution)
    if want.type != TypeStore.none {
      let mark = bindings.count
      if !isSubtype(type, head(want.type)) { undo(to: mark) }
    }
    substitution = resolved(substitution)
    let subject = guessed(selfType)
    guard let found = implementation(of: trait, for: subject) else {
      report(.Fuse.cannotInfer("Self", span: fullSpan(node)))
      return TypeStore.error
    }
    substitution.selfType = subject
    return functionValue(
      function,
      substitution,
      arguments,
      node,
      want,
      evidence: found.evidence
    )
  }

  mutating func reportNoTraitItem(_ trait: TraitID, _ name: NameID, _ segment: NodeID) {
    let known = traits[Int(trait.rawValue)].methods.map {
      spelling(functions[Int($0.rawValue)].name)
    }
    report(
      .Fuse.missingItem(
        spelling(name),
        in: spelling(traits[Int(trait.rawValue)].name),
        nearest: Suggestion.nearest(to: spelling(name), among: known),
        span: span(segment)
      )
    )
  }

  // MARK: Enums

  /// One of the functions that every enum has.
  mutating func enumFunction(_ type: TypeID, _ name: NameID) -> (NominalID, Use.EnumFunction)? {
    let plain = shared(head(type))
    guard case .nominal(let id, _) = types[plain],
      nominals[Int(id.rawValue)].kind == .enumType
    else { return nil }
    switch spelling(name) {
    case "from": return (id, .from)
    case "variants": return (id, .variants)
    case "name": return (id, .name)
    default: return nil
    }
  }

  /// The type of one of these functions.
  mutating func enumFunctionType(_ id: NominalID, _ function: Use.EnumFunction) -> TypeID {
    let own = type(of: id, [])
    var parameters: [FuseType.FunctionType.Parameter] = []
    let result: TypeID
    switch function {
    case .from:
      parameters = [.init(type: enumValueType(id), isMutable: false, isSelf: false, isRest: false)]
      result = optional(own)
    case .variants: result = types.array(of: own)
    case .name:
      parameters = [.init(type: own, isMutable: false, isSelf: false, isRest: false)]
      result = TypeStore.string
    }
    return types.intern(
      .function(
        .init(parameters: parameters, result: result, isUnsafe: false, isAsync: false)
      )
    )
  }

  /// The type of the values of an enum.
  func enumValueType(_ id: NominalID) -> TypeID {
    switch nominals[Int(id.rawValue)].variants.first?.value {
    case .string: TypeStore.string
    default: TypeStore.number
    }
  }

  // MARK: Constants of traits

  /// A constant of a trait that a type implements.
  private mutating func constantOfTrait(_ type: TypeID, _ name: NameID, _ node: NodeID) -> TypeID? {
    for index in traitOrder {
      guard let constant = traits[index].constants.first(where: { $0.name == name }) else {
        continue
      }
      let trait = TraitID(Int32(truncatingIfNeeded: index))
      guard let found = implementation(of: trait, for: type) else { continue }
      if case .implementation(let id, _) = found.evidence,
        let value = implementations[Int(id.rawValue)].constants[name]
      {
        out.uses[node] = .constant(value)
      } else {
        need(found.evidence)
        out.uses[node] = .traitConstant(name, found.evidence)
      }
      return constant.type
    }
    return nil
  }
}
