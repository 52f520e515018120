// What the headers of declarations say: bounds, fields, variants, supertraits, signatures, and which
// type an `impl` is for.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Reads all headers of the program.
  mutating func readHeaders() {
    for index in implementationOrder { adoptParameters(index) }
    for index in traitOrder { adoptTraitParameters(index) }
    for (parameter, info) in parameters.all {
      enter(info.module)
      readBound(parameter, info)
    }
    for index in traitOrder { readTrait(index) }
    cutTraitCycles()
    for index in implementationOrder { readImplementationHeader(index) }
    for index in nominalOrder { readNominal(index) }
    // Those of traits first: methods of implementations may take types from them.
    for isTrait in [true, false] {
      for index in functionOrder where isTraitFunction(index) == isTrait {
        readSignature(FunctionID(Int32(truncatingIfNeeded: index)))
      }
    }
    for index in implementationOrder { registerImplementation(index) }
    registerDeclaredMembers()
    for index in nominalOrder { derive(index) }
    isDeclaring = false
    for index in implementationOrder { readConstants(index) }
    for check in laterBounds {
      enter(check.module)
      checkBounds(check)
    }
    laterBounds = []
  }

  private func isTraitFunction(_ index: Int) -> Bool {
    if case .trait = functions[index].owner { return true }
    return false
  }

  // MARK: Type parameters

  /// A type parameter of a method with the name of one around it is that one.
  private mutating func adoptParameters(_ index: Int) {
    let implementation = implementations[index]
    for method in implementation.methods { adopt(implementation.parameters, in: method) }
  }

  private mutating func adoptTraitParameters(_ index: Int) {
    let trait = traits[index]
    for method in trait.methods { adopt(trait.parameters, in: method) }
  }

  private mutating func adopt(_ outer: [TypeParameterID], in method: FunctionID) {
    let own = functions[Int(method.rawValue)].typeParameters
    for parameter in own {
      guard let name = parameters[parameter]?.name,
        let same = outer.first(where: { parameters[$0]?.name == name })
      else { continue }
      sameParameter[parameter] = same
    }
    functions[Int(method.rawValue)].typeParameters = own.filter { sameParameter[$0] == nil }
  }

  private mutating func readBound(_ id: TypeParameterID, _ info: ParameterInfo) {
    var bounds: [TypeBound] = []
    let subject = sameParameter[id] ?? id
    let type = parameterType(id)
    for part in boundParts(tree.lhs(info.node)) where tree[part].kind != .relaxedBound {
      if let (trait, arguments) = resolveTrait(part, selfType: type) {
        bounds.append(TypeBound(parameter: subject, trait: trait, arguments: arguments))
      } else {
        let upper = resolveType(part)
        parameters[id]?.upper = upper
      }
    }
    if !bounds.isEmpty { declaredBounds[id] = bounds }
  }

  // MARK: Traits

  private mutating func readTrait(_ index: Int) {
    let trait = traits[index]
    guard let node = declarationNode(trait.declaration) else { return }
    enter(trait.declaration.module)
    let id = TraitID(Int32(truncatingIfNeeded: index))
    body = Body()
    body.trait = id
    body.selfType = types.intern(.selfType(id))
    for part in boundParts(tree.supertraits(node)) {
      if let (parent, arguments) = resolveTrait(part, selfType: body.selfType) {
        traits[index].supertraits.append((parent, arguments))
      } else {
        report(.Fuse.notATrait(span: fullSpan(part)))
      }
    }
    for member in tree.nodes(tree.rhsList(node)) where tree[member].kind == .const {
      let type = tree.lhs(member).isPresent ? resolveType(tree.lhs(member)) : TypeStore.error
      traits[index].constants.append(
        TraitDeclaration.Constant(name: name(of: member), type: type, defaultValue: nil)
      )
    }
    body = Body()
  }

  /// Reports traits that need themselves, and takes away what closes a cycle.
  private mutating func cutTraitCycles() {
    for index in traitOrder {
      let kept = traits[index].supertraits.filter { parent in
        var seen: Set<Int> = []
        return !needs(index, from: Int(parent.trait.rawValue), &seen)
      }
      if kept.count == traits[index].supertraits.count { continue }
      traits[index].supertraits = kept
      guard let node = declarationNode(traits[index].declaration) else { continue }
      enter(traits[index].declaration.module)
      report(
        .Fuse.endlessTrait(spelling(traits[index].name), span: fullSpan(tree.supertraits(node)))
      )
    }
  }

  /// Whether a trait needs another, itself or through others.
  private func needs(_ wanted: Int, from index: Int, _ seen: inout Set<Int>) -> Bool {
    if index == wanted { return true }
    if !seen.insert(index).inserted { return false }
    for parent in traits[index].supertraits
    where needs(wanted, from: Int(parent.trait.rawValue), &seen) {
      return true
    }
    return false
  }

  /// The node of a declaration.
  func declarationNode(_ id: DeclarationID) -> NodeID? {
    let node = program.modules[Int(id.module)].names.declarations[Int(id.declaration)].node
    return node.isPresent ? node : nil
  }

  // MARK: Implementations

  private mutating func readImplementationHeader(_ index: Int) {
    let implementation = implementations[index]
    enter(implementation.module)
    let (trait, subject) = tree.implementationParts(implementation.node)
    body = Body()
    body.bounds = implementation.parameters.flatMap { bounds(of: $0) }
    implementations[index].bounds = body.bounds
    let type = resolveType(subject)
    implementations[index].type = type
    body.selfType = type
    if trait.isPresent {
      if let (id, arguments) = resolveTrait(trait, selfType: type) {
        implementations[index].trait = (id, arguments)
      } else if resolveType(trait) != TypeStore.error {
        report(.Fuse.notATrait(span: fullSpan(trait)))
      }
    }
    body = Body()
  }

  // MARK: Nominal types

  private mutating func readNominal(_ index: Int) {
    let nominal = nominals[index]
    guard let node = declarationNode(nominal.declaration) else { return }
    enter(nominal.declaration.module)
    body = Body()
    let id = NominalID(Int32(truncatingIfNeeded: index))
    body.selfType = type(of: id, nominal.parameters.map { parameterType($0) })
    body.bounds = nominal.parameters.flatMap { self.bounds(of: $0) }
    switch nominal.kind {
    case .structType: readFields(index, node)
    case .unionType: readPayloads(index, node)
    case .enumType: readVariants(index, node)
    case .opaque: break
    }
    body = Body()
  }

  private mutating func readFields(_ index: Int, _ node: NodeID) {
    for field in tree.nodes(tree.rhsList(node)) where tree[field].kind == .field {
      let value = tree.rhs(field)
      let type = resolveType(tree.lhs(field))
      nominals[index].fields.append(
        NominalType.Field(
          name: name(of: field),
          type: type,
          isPublic: tree[field].flags.contains(.isPublic),
          defaultValue: value.isPresent ? .expression(module: module, node: value) : nil,
          node: field
        )
      )
    }
  }

  private mutating func readPayloads(_ index: Int, _ node: NodeID) {
    for variant in tree.nodes(tree.rhsList(node)) where tree[variant].kind == .unionVariant {
      var payload: [FuseType.TupleItem] = []
      for item in tree.nodes(tree.lhsList(variant)) {
        let type = resolveType(item)
        // `V(never)` is the same as `V`.
        if type == TypeStore.never { continue }
        let isNamed = tree[item].kind == .namedType
        payload.append(FuseType.TupleItem(name: isNamed ? name(of: item) : nil, type: type))
      }
      nominals[index].variants.append(
        NominalType.Variant(name: name(of: variant), payload: payload, value: nil, node: variant)
      )
    }
  }

  private mutating func readVariants(_ index: Int, _ node: NodeID) {
    for variant in tree.nodes(tree.rhsList(node)) where tree[variant].kind == .enumVariant {
      nominals[index].variants.append(
        NominalType.Variant(name: name(of: variant), payload: [], value: nil, node: variant)
      )
    }
  }

  // MARK: Signatures

  private mutating func readSignature(_ id: FunctionID) {
    let index = Int(id.rawValue)
    let function = functions[index]
    enter(function.module)
    body = Body()
    var bounds: [TypeBound] = []
    switch function.owner {
    case .implementation(let owner):
      let implementation = implementations[Int(owner.rawValue)]
      bounds = implementation.bounds
      body.selfType = implementation.type
      body.implementation = owner
    case .trait(let trait):
      body.selfType = types.intern(.selfType(trait))
      body.trait = trait
    case .declaredType(let nominal):
      body.selfType = type(
        of: nominal,
        nominals[Int(nominal.rawValue)].parameters.map { parameterType($0) }
      )
    case .block, .declaredModule: break
    }
    let parts = tree.function(function.node)
    for parameter in parameterIDs(parts.typeParameters) { bounds += self.bounds(of: parameter) }
    functions[index].bounds = bounds
    if case .declaredType(let nominal) = function.owner {
      states[index].scopeBounds =
        bounds + nominals[Int(nominal.rawValue)].parameters.flatMap { self.bounds(of: $0) }
    } else {
      states[index].scopeBounds = bounds
    }
    body.bounds = states[index].scopeBounds
    let model = modelMethod(function)
    readParameters(index, parts, model)
    readResult(index, parts, model)
    body = Body()
  }

  /// The method of a trait that a method of an `impl` is for.
  private func modelMethod(_ function: FunctionDeclaration) -> FunctionID? {
    guard case .implementation(let owner) = function.owner,
      let trait = implementations[Int(owner.rawValue)].trait
    else { return nil }
    return traits[Int(trait.id.rawValue)].methods.first {
      functions[Int($0.rawValue)].name == function.name
    }
  }

  /// What the type parameters of a trait stand for in an `impl`.
  func traitSubstitution(_ owner: ImplementationID) -> Substitution {
    let implementation = implementations[Int(owner.rawValue)]
    guard let trait = implementation.trait else { return Substitution() }
    return Substitution(
      parameters: traits[Int(trait.id.rawValue)].parameters,
      arguments: trait.arguments,
      selfType: implementation.type
    )
  }

  private mutating func readParameters(
    _ index: Int,
    _ parts: FuseFunction,
    _ model: FunctionID?
  ) {
    var hasDefault = false
    for (place, node) in tree.nodes(parts.parameters).enumerated()
    where tree[node].kind == .parameter {
      let form = tree.parameterForm(node)
      if tree.rhs(node).isPresent {
        hasDefault = true
      } else if hasDefault, !form.contains(.isRest) {
        report(.Fuse.defaultsLast(span: span(node)))
      }
      let isSelf = form.contains(.isSelf)
      var type: TypeID
      if isSelf {
        type = body.selfType == TypeStore.none ? TypeStore.error : body.selfType
        if form.contains(.isOwned) { type = own(type) }
      } else if tree.lhs(node).isPresent {
        type = resolveType(tree.lhs(node))
      } else {
        type = modelType(index, place, model)
      }
      let value = tree.rhs(node)
      functions[index].parameters.append(
        FunctionDeclaration.Parameter(
          name: name(of: node),
          type: type,
          isMutable: form.contains(.isMutable),
          isOwned: form.contains(.isOwned) || types.kind(type) == .own,
          isSelf: isSelf,
          isRest: form.contains(.isRest),
          defaultValue: value.isPresent
            ? .expression(module: module, node: value) : nil,
          node: node
        )
      )
      if let declaration = names.declaration(of: node) {
        declare(declaration, form.contains(.isRest) ? restType(type) : type)
      }
    }
  }

  /// The type of a parameter without annotation: that of the trait's method, else `unsafe`.
  private mutating func modelType(_ index: Int, _ place: Int, _ model: FunctionID?) -> TypeID {
    guard let model, case .implementation(let owner) = functions[index].owner,
      place < functions[Int(model.rawValue)].parameters.count
    else { return TypeStore.unsafe }
    let type = functions[Int(model.rawValue)].parameters[place].type
    return type == TypeStore.none ? TypeStore.unsafe : substitute(type, traitSubstitution(owner))
  }

  /// The type of a rest parameter as a variable.
  mutating func restType(_ element: TypeID) -> TypeID {
    if element != TypeStore.unsafe, mayBeNil(element), let list = collection("List") {
      return types.intern(.nominal(list, [element]))
    }
    return types.array(of: element)
  }

  private mutating func readResult(_ index: Int, _ parts: FuseFunction, _ model: FunctionID?) {
    var result = TypeStore.unit
    if parts.result.isPresent {
      result = resolveType(parts.result)
    } else if let model, case .implementation(let owner) = functions[index].owner {
      let known = functions[Int(model.rawValue)].result
      result = substitute(known, traitSubstitution(owner))
    } else if parts.body.isPresent {
      states[index].needsResult = true
      result = TypeStore.none
    }
    functions[index].result =
      result == TypeStore.none
      ? result : effectResult(result, parts.qualifiers, isDeclared: parts.result.isPresent)
  }

  /// The type of a call, for functions that give futures or iterators.
  mutating func effectResult(
    _ result: TypeID,
    _ qualifiers: FuseQualifiers,
    isDeclared: Bool
  ) -> TypeID {
    if qualifiers.contains(.isGenerator), isDeclared {
      let name = qualifiers.contains(.isAsync) ? "AsyncIterator" : "Iterator"
      guard let trait = known(trait: name) else { return result }
      return types.intern(.dynamic(trait, [result]))
    }
    if qualifiers.contains(.isAsync), let future = known.futureType {
      return own(types.intern(.nominal(future, [result])))
    }
    return result
  }

  /// A type of the library's collections.
  mutating func collection(_ name: String) -> NominalID? {
    if let known = collections[name] { return known }
    let found = findCollection(name)
    if !isDeclaring { collections[name] = .some(found) }
    return found
  }

  private func findCollection(_ name: String) -> NominalID? {
    guard let wanted = types.known(name: name) else { return nil }
    for index in nominalOrder where nominals[index].name == wanted {
      let module = nominals[index].declaration.module
      if program.modules[Int(module)].path == "@fuse:collections" {
        return NominalID(Int32(truncatingIfNeeded: index))
      }
    }
    return nil
  }
}
