// Arguments of types and traits as they are written: what is left out, and what they must be.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: Type arguments

  /// Type arguments with defaults filled in and bounds looked at; `nil` after a mistake.
  mutating func completed(
    _ wanted: [TypeParameterID],
    _ given: [TypeID],
    _ argumentNodes: [NodeID],
    _ owner: String,
    at node: NodeID
  ) -> [TypeID]? {
    if wanted.isEmpty, given.isEmpty { return [] }
    let arguments = withDefaults(wanted, given)
    if arguments.count != wanted.count {
      let least = wanted.count(where: { defaultType($0) == TypeStore.none })
      let text = least == wanted.count ? "\(least)" : "\(least) to \(wanted.count)"
      report(
        .Fuse.typeArgumentCount(expected: text, found: given.count, owner, span: fullSpan(node))
      )
      return nil
    }
    var isGood = true
    for (index, argument) in given.enumerated() {
      guard let info = parameters[wanted[index]], argument != TypeStore.error else { continue }
      let place = index < argumentNodes.count ? argumentNodes[index] : node
      if info.isNonNil, !checkNonNil(argument, owner, at: place) { isGood = false }
      if info.isShared, types.kind(argument) == .own {
        report(.Fuse.ownedArgument(spelling(info.name), span: fullSpan(place)))
      }
    }
    if !isGood { return nil }
    let bounds = wanted.flatMap { self.bounds(of: $0) }
    let hasUpper = wanted.contains { (parameters[$0]?.upper ?? TypeStore.none) != TypeStore.none }
    if !bounds.isEmpty || hasUpper || isDeclaring {
      checkBounds(
        LaterBound(
          module: module,
          node: node,
          parameters: wanted,
          bounds: bounds,
          arguments: arguments,
          scope: body.bounds
        )
      )
    }
    return arguments
  }

  /// Type arguments and, for those left out, the defaults, as far as there are some.
  private mutating func withDefaults(
    _ wanted: [TypeParameterID],
    _ given: [TypeID],
    _ selfType: TypeID = TypeStore.none
  ) -> [TypeID] {
    var arguments = given
    for parameter in wanted.dropFirst(given.count) {
      let type = defaultType(parameter)
      if type == TypeStore.none { break }
      let known = Substitution(
        parameters: Array(wanted.prefix(arguments.count)),
        arguments: arguments,
        selfType: selfType
      )
      arguments.append(substitute(type, known))
    }
    return arguments
  }

  /// The default of a type parameter, or none.
  mutating func defaultType(_ id: TypeParameterID) -> TypeID {
    guard let info = parameters[id] else { return TypeStore.none }
    if info.defaultType != TypeStore.none { return info.defaultType }
    let previous = visit(info.module)
    defer { leave(previous) }
    let node = tree.rhs(info.node)
    if !node.isPresent { return TypeStore.none }
    let outer = body
    // `Self` of a trait stands for itself until it is known.
    if body.selfType == TypeStore.none || body.trait == nil {
      body.selfType = ownerSelf(id)
    }
    let type = resolveType(node)
    body = outer
    parameters[id]?.defaultType = type
    return type
  }

  /// What `Self` is in the default of a type parameter.
  private mutating func ownerSelf(_ id: TypeParameterID) -> TypeID {
    for index in traitOrder where traits[index].parameters.contains(id) {
      return types.intern(.selfType(TraitID(Int32(truncatingIfNeeded: index))))
    }
    return TypeStore.none
  }

  /// The arguments of a trait with defaults; `Self` among them is `selfType`.
  mutating func traitArguments(
    _ trait: TraitID,
    _ given: [TypeID],
    _ selfType: TypeID,
    at node: NodeID
  ) -> [TypeID]? {
    let wanted = traits[Int(trait.rawValue)].parameters
    if wanted.isEmpty, given.isEmpty { return [] }
    let arguments = withDefaults(wanted, given, selfType)
    if arguments.count == wanted.count { return arguments }
    let name = spelling(traits[Int(trait.rawValue)].name)
    report(
      .Fuse.typeArgumentCount(
        expected: "\(wanted.count)",
        found: given.count,
        name,
        span: fullSpan(node)
      )
    )
    return nil
  }

  /// The trait that a type names, with its arguments; `nil` if it names none.
  mutating func resolveTrait(_ node: NodeID, selfType: TypeID) -> (TraitID, [TypeID])? {
    var reference = node
    var list: NodeList?
    if tree[node].kind == .implType { return resolveTrait(tree.lhs(node), selfType: selfType) }
    if tree[node].kind == .parenthesizedType {
      return resolveTrait(tree.lhs(node), selfType: selfType)
    }
    if tree[node].kind == .path {
      let segments = tree.segments(node)
      reference = tree.node(segments, 0)
      if segments.count > 1, names.reference(of: tree.node(segments, 1)) != .none {
        reference = tree.node(segments, 1)
      }
      list = tree.typeArguments(reference)
    }
    guard tree[node].kind == .path || tree[node].kind == .name,
      let id = typeDeclaration(reference), parameters[id] == nil,
      case .trait(let trait) = meanings[Int(id.module)][Int(id.declaration)]
    else { return nil }
    let given = list.map { tree.nodes($0).map { resolveType($0) } } ?? []
    let arguments = traitArguments(trait, given, selfType, at: node) ?? []
    return (trait, arguments)
  }

  // MARK: Bounds

  /// The bounds that stand at the declaration of a type parameter.
  func bounds(of parameter: TypeParameterID) -> [TypeBound] {
    declaredBounds[parameter] ?? []
  }

  /// Looks at bounds now, or when all implementations are known.
  mutating func checkBounds(_ check: LaterBound) {
    if isDeclaring {
      laterBounds.append(check)
      return
    }
    let outer = body.bounds
    body.bounds = check.scope
    defer { body.bounds = outer }
    let substitution = Substitution(parameters: check.parameters, arguments: check.arguments)
    for (parameter, argument) in zip(check.parameters, check.arguments) {
      let upper = parameters[parameter]?.upper ?? TypeStore.none
      if upper == TypeStore.none || isSubtype(argument, substitute(upper, substitution)) {
        continue
      }
      report(
        .Fuse.boundNotMet(describe(argument), describe(upper), span: fullSpan(check.node))
      )
      return
    }
    let bounds = check.bounds + check.parameters.flatMap { self.bounds(of: $0) }
    var seen: Set<TypeBound> = []
    for bound in bounds where seen.insert(bound).inserted {
      guard let argument = substitution.argument(of: bound.parameter),
        types.shape(argument).flags.isDisjoint(with: .hasError)
      else { continue }
      let arguments = bound.arguments.map { substitute($0, substitution) }
      if implementation(of: bound.trait, for: argument, arguments) != nil { continue }
      report(
        .Fuse.boundNotMet(
          describe(argument),
          describe(bound.trait, arguments),
          span: fullSpan(check.node)
        )
      )
      return
    }
  }
}
