// The members of types: which `impl`s there are, what belongs to a type, and whether implementations
// are as their traits want them.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: Registering

  /// Puts an `impl` where lookups find it.
  mutating func registerImplementation(_ index: Int) {
    let implementation = implementations[index]
    let id = ImplementationID(Int32(truncatingIfNeeded: index))
    enter(implementation.module)
    if implementation.type == TypeStore.error { return }
    let head = headKey(implementation.type)
    if let trait = implementation.trait {
      if !canImplement(implementation) { return }
      let key = HeadKey(trait: trait.id, head: head)
      checkCoherence(id, among: traitImplementations[key] ?? [])
      traitImplementations[key, default: []].append(id)
      checkMembers(id)
      return
    }
    if !canImplementInherent(implementation) { return }
    for member in tree.nodes(tree.rhsList(implementation.node)) {
      let kind: InherentMember.Kind
      switch tree[member].kind {
      case .function:
        guard let function = out.functions[member] else { continue }
        kind = .function(function)
      case .const: kind = .constant(member)
      case .static: kind = .variable(member)
      default: continue
      }
      let name =
        tree[member].kind == .function
        ? name(of: tree.function(member).name) : self.name(of: member)
      register(
        InherentMember(kind: kind, implementation: id, module: implementation.module),
        name,
        head,
        at: member
      )
    }
  }

  private mutating func register(
    _ member: InherentMember,
    _ name: NameID,
    _ head: Int64,
    at node: NodeID
  ) {
    let key = MemberKey(head: head, name: name)
    if let id = member.implementation {
      let type = implementations[Int(id.rawValue)].type
      if case .nominal(let nominal, _) = types[type] {
        let fields = nominals[Int(nominal.rawValue)].fields
        let isDeclared = !nominals[Int(nominal.rawValue)].variants.isEmpty
        if let field = fields.first(where: { $0.name == name }), !isDeclared {
          let first =
            nominals[Int(nominal.rawValue)].declaration.module == module
            ? span(field.node) : nil
          report(
            .Fuse.fieldAndMethod(
              spelling(name),
              in: describe(type),
              span: nameSpan(node),
              first: first
            )
          )
        } else if let other = inherent[key]?.first(where: { overlaps($0, id) }) {
          let first = memberNode(other).flatMap { other.module == module ? nameSpan($0) : nil }
          report(
            .Fuse.fieldAndMethod(
              spelling(name),
              in: describe(type),
              span: nameSpan(node),
              first: first
            )
          )
        }
      }
    }
    inherent[key, default: []].append(member)
  }

  /// Whether two `impl`s may be for one type.
  private mutating func overlaps(_ member: InherentMember, _ id: ImplementationID) -> Bool {
    guard let other = member.implementation else { return true }
    if other == id { return false }
    let own = implementations[Int(id.rawValue)]
    var substitution = Substitution(
      parameters: own.parameters,
      arguments: [TypeID](repeating: TypeStore.none, count: own.parameters.count)
    )
    return match(own.type, implementations[Int(other.rawValue)].type, &substitution)
  }

  private func memberNode(_ member: InherentMember) -> NodeID? {
    switch member.kind {
    case .function(let function): functions[Int(function.rawValue)].node
    case .constant(let node), .variable(let node): node
    }
  }

  /// Puts the functions of declared types where lookups find them.
  mutating func registerDeclaredMembers() {
    for index in functionOrder {
      guard case .declaredType(let nominal) = functions[index].owner else { continue }
      let declared = nominals[Int(nominal.rawValue)]
      let type = type(of: nominal, declared.parameters.map { parameterType($0) })
      let function = FunctionID(Int32(truncatingIfNeeded: index))
      enter(functions[index].module)
      register(
        InherentMember(kind: .function(function), implementation: nil, module: module),
        functions[index].name,
        headKey(type),
        at: functions[index].node
      )
    }
  }

  // MARK: Who may implement what

  private mutating func canImplement(_ implementation: Implementation) -> Bool {
    let (_, subject) = tree.implementationParts(implementation.node)
    let type = implementation.type
    switch types.kind(type) {
    case .function, .union, .intersection, .unknown, .never, .unsafe, .nil, .dynamic, .literal,
      .own:
      if isLibrary(module), headKey(type) != -1 { return true }
      report(.Fuse.cannotImplement(describe(type), span: fullSpan(subject)))
      return false
    case .parameter:
      if isLibrary(module) { return true }
      report(.Fuse.cannotImplement(describe(type), span: fullSpan(subject)))
      return false
    default: break
    }
    guard let trait = implementation.trait else { return false }
    let owner = traits[Int(trait.id.rawValue)].declaration.module
    if isLibrary(module) || !isLibrary(owner) { return true }
    if isLocal(type) { return true }
    if trait.arguments.contains(where: { isLocal($0) }) { return true }
    report(
      .Fuse.foreignImplementation(
        describe(trait.id, []),
        describe(type),
        span: fullSpan(subject)
      )
    )
    return false
  }

  /// Whether a type is declared in the package.
  private func isLocal(_ type: TypeID) -> Bool {
    switch types[type] {
    case .nominal(let id, _): !isLibrary(nominals[Int(id.rawValue)].declaration.module)
    case .table: true
    case .array(let element): isLocal(element)
    case .tuple(let items): items.contains { isLocal($0.type) }
    default: false
    }
  }

  private mutating func canImplementInherent(_ implementation: Implementation) -> Bool {
    if isLibrary(module) { return true }
    let (_, subject) = tree.implementationParts(implementation.node)
    if case .nominal(let id, _) = types[implementation.type],
      nominals[Int(id.rawValue)].declaration.module == module
    {
      return true
    }
    report(
      .Fuse.foreignInherent(describe(implementation.type), span: fullSpan(subject))
    )
    return false
  }

  /// Reports two implementations that can be for one type.
  private mutating func checkCoherence(
    _ id: ImplementationID,
    among others: [ImplementationID]
  ) {
    let own = implementations[Int(id.rawValue)]
    guard let trait = own.trait else { return }
    let (node, _) = tree.implementationParts(own.node)
    for other in others {
      let candidate = implementations[Int(other.rawValue)]
      guard let otherTrait = candidate.trait else { continue }
      var substitution = Substitution(
        parameters: own.parameters,
        arguments: [TypeID](repeating: TypeStore.none, count: own.parameters.count)
      )
      var isSame = match(own.type, candidate.type, &substitution)
      if !isSame {
        substitution = Substitution(
          parameters: candidate.parameters,
          arguments: [TypeID](repeating: TypeStore.none, count: candidate.parameters.count)
        )
        isSame = match(candidate.type, own.type, &substitution)
      }
      if !isSame { continue }
      // Operator traits: once for each right operand.
      if let first = trait.arguments.first, let otherFirst = otherTrait.arguments.first,
        isOperatorTrait(trait.id), first != otherFirst
      {
        continue
      }
      report(
        .Fuse.overlap(
          describe(trait.id, []),
          describe(own.type),
          span: fullSpan(node),
          first: candidate.module == module
            ? fullSpan(tree.implementationParts(candidate.node).trait) : nil
        )
      )
      return
    }
    checkTraitNames(id, trait.id, own.type, node)
  }

  private func isOperatorTrait(_ trait: TraitID) -> Bool {
    let declaration = traits[Int(trait.rawValue)]
    return declaration.declaration.module == 0
      && (declaration.parameters.count == 2 || spelling(declaration.name) == "Contains"
        || spelling(declaration.name).hasSuffix("Right"))
  }

  /// Reports a second trait of the same name on a type.
  private mutating func checkTraitNames(
    _ id: ImplementationID,
    _ trait: TraitID,
    _ type: TypeID,
    _ node: NodeID
  ) {
    let name = traits[Int(trait.rawValue)].name
    let head = headKey(type)
    for other in traitsByName[name] ?? [] where other != Int(trait.rawValue) {
      let key = HeadKey(trait: TraitID(Int32(truncatingIfNeeded: other)), head: head)
      if traitImplementations[key]?.isEmpty ?? true { continue }
      report(
        .Fuse.twoTraitsOfOneName(describe(type), spelling(name), span: fullSpan(node))
      )
    }
  }

  // MARK: Against the trait

  /// Compares the members of an `impl` with its trait.
  private mutating func checkMembers(_ id: ImplementationID) {
    let own = implementations[Int(id.rawValue)]
    guard let trait = own.trait else { return }
    let declaration = traits[Int(trait.id.rawValue)]
    let (traitNode, _) = tree.implementationParts(own.node)
    var given: Set<NameID> = []
    for member in tree.nodes(tree.rhsList(own.node)) {
      let kind = tree[member].kind
      guard kind == .function || kind == .const || kind == .static else { continue }
      let name =
        kind == .function
        ? name(of: tree.function(member).name) : self.name(of: member)
      given.insert(name)
      if kind == .function, let model = method(name, of: trait.id),
        let function = out.functions[member]
      {
        checkSignature(function, model, id)
      } else if kind == .const, declaration.constants.contains(where: { $0.name == name }) {
        continue
      } else {
        let known = declaration.methods.map { spelling(functions[Int($0.rawValue)].name) }
        report(
          .Fuse.notAMember(
            spelling(name),
            of: describe(trait.id, []),
            nearest: Suggestion.nearest(to: spelling(name), among: known),
            span: nameSpan(member)
          )
        )
      }
    }
    var missing: [String] = []
    for method in declaration.methods {
      let function = functions[Int(method.rawValue)]
      if !given.contains(function.name), !hasDefault(function) {
        missing.append("`\(spelling(function.name))`")
      }
    }
    for constant in declaration.constants
    where !given.contains(constant.name) && !hasDefault(constant.name, declaration) {
      missing.append("`\(spelling(constant.name))`")
    }
    if !missing.isEmpty {
      report(
        .Fuse.missingMembers(describe(trait.id, []), missing, span: fullSpan(traitNode))
      )
    }
  }

  /// Whether a constant of a trait has a value there.
  private func hasDefault(_ name: NameID, _ trait: TraitDeclaration) -> Bool {
    guard let node = declarationNode(trait.declaration) else { return true }
    let tree = program.modules[Int(trait.declaration.module)].tree
    for member in tree.nodes(tree.rhsList(node)) where tree[member].kind == .const {
      let text = String(decoding: tree.name(ofSymbol: tree.symbol(of: member)), as: UTF8.self)
      if text == spelling(name) { return tree.rhs(member).isPresent }
    }
    return false
  }

  /// Whether a method of a trait has a body.
  func hasDefault(_ function: FunctionDeclaration) -> Bool {
    let tree = program.modules[Int(function.module)].tree
    return NodeID(tree[function.node].rhs).isPresent
  }

  /// The method of a trait with a name.
  func method(_ name: NameID, of trait: TraitID) -> FunctionID? {
    traits[Int(trait.rawValue)].methods.first { functions[Int($0.rawValue)].name == name }
  }

  /// Whether a method fits its declaration in the trait: wider parameters, a narrower result.
  private mutating func checkSignature(
    _ id: FunctionID,
    _ model: FunctionID,
    _ owner: ImplementationID
  ) {
    let own = functions[Int(id.rawValue)]
    let wanted = functions[Int(model.rawValue)]
    var substitution = traitSubstitution(owner)
    if own.typeParameters.count == wanted.typeParameters.count {
      let types = own.typeParameters.map { parameterType($0) }
      substitution.append(Substitution(parameters: wanted.typeParameters, arguments: types))
    }
    var reason: String?
    if own.typeParameters.count != wanted.typeParameters.count {
      reason =
        "it has \(own.typeParameters.count) type parameters and not"
        + " \(wanted.typeParameters.count)"
    } else if own.parameters.count != wanted.parameters.count || own.isMethod != wanted.isMethod {
      reason = "it takes \(own.parameters.count) parameters and not \(wanted.parameters.count)"
    } else if own.qualifiers.contains(.isUnsafe), !wanted.qualifiers.contains(.isUnsafe) {
      reason = "the trait's method is not `unsafe`"
    } else {
      for (mine, other) in zip(own.parameters, wanted.parameters) where !mine.isSelf {
        let type = substitute(other.type, substitution)
        if !isSubtype(type, mine.type) {
          reason =
            "`\(spelling(mine.name))` is a `\(describe(mine.type))` and not a"
            + " `\(describe(type))`"
        }
      }
      if let mine = own.parameters.first, let other = wanted.parameters.first, mine.isSelf,
        mine.isMutable, !other.isMutable
      {
        reason = "the trait's method takes plain `self`"
      }
      let result = substitute(wanted.result, substitution)
      if reason == nil, own.result != TypeStore.none, !isSubtype(own.result, result) {
        reason = "it gives a `\(describe(own.result))` and not a `\(describe(result))`"
      }
    }
    guard let reason else { return }
    let trait = implementations[Int(owner.rawValue)].trait
    report(
      .Fuse.signatureMismatch(
        spelling(own.name),
        in: trait.map { describe($0.id, []) } ?? "",
        reason: reason,
        span: nameSpan(own.node)
      )
    )
  }

  // MARK: Object safety

  /// Reports a trait used as a type that cannot be one.
  mutating func checkObjectSafe(_ trait: TraitID, at node: NodeID) {
    guard let reason = objectProblem(trait) else { return }
    if isLibrary(module) { return }
    report(
      .Fuse.notObjectSafe(
        spelling(traits[Int(trait.rawValue)].name),
        reason: reason,
        span: fullSpan(node)
      )
    )
  }

  /// Why a trait cannot be a dynamic type.
  private func objectProblem(_ trait: TraitID) -> String? {
    let declaration = traits[Int(trait.rawValue)]
    let source = program.modules[Int(declaration.declaration.module)]
    for id in declaration.methods {
      let function = functions[Int(id.rawValue)]
      let parts = source.tree.function(function.node)
      if parts.body.isPresent { continue }
      let name = spelling(function.name)
      if parts.typeParameters.count > 0 { return "`\(name)` has type parameters" }
      let nodes = source.tree.nodes(parts.parameters)
      guard let first = nodes.first, source.tree.parameterForm(first).contains(.isSelf) else {
        return "`\(name)` takes no `self`"
      }
      for parameter in nodes.dropFirst()
      where mentionsSelf(source.tree.lhs(parameter), source.tree) {
        return "`\(name)` takes a `Self`"
      }
      if mentionsSelf(parts.result, source.tree) { return "`\(name)` gives a `Self`" }
    }
    return nil
  }

  private func mentionsSelf(_ node: NodeID, _ tree: FuseTree) -> Bool {
    if !node.isPresent { return false }
    if tree[tree[node].mainToken].kind == .selfTypeKeyword { return true }
    var found = false
    tree.forEachChild(of: node) { child in
      if child.isPresent, !found, mentionsSelf(child, tree) { found = true }
    }
    return found
  }
}
