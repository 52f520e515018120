// What names and paths mean as values.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Checks a name that stands for a value.
  mutating func nameValue(_ node: NodeID, _ want: Want) -> TypeID {
    switch names.reference(of: node) {
    case .own(let index): return ownValue(index, node, want)
    case .foreign(let id): return foreignValue(id, [], node, want)
    case .variant: return expectedVariant(node, name(of: node), want)
    case .none, .selfType: return TypeStore.error
    }
  }

  mutating func selfValue(_ node: NodeID) -> TypeID {
    guard case .own(let index) = names.reference(of: node) else { return TypeStore.error }
    return variableType(index)
  }

  /// The type a variable has here.
  mutating func variableType(_ index: Int32) -> TypeID {
    if Int(index) < narrowed.count, narrowed[Int(index)] != TypeStore.none {
      return narrowed[Int(index)]
    }
    let type = out.declarationTypes[Int(index)]
    if type == TypeStore.none { return lateType(index) }
    return isClosed(type) ? type : resolved(type)
  }

  /// A declaration of this module as a value.
  private mutating func ownValue(_ index: Int32, _ node: NodeID, _ want: Want) -> TypeID {
    switch names.declarations[Int(index)].kind {
    case .variable, .parameter, .selfParameter: return variableType(index)
    case .imported:
      guard let id = names.declarations[Int(index)].target?.meanings.value else {
        return TypeStore.error
      }
      return foreignValue(id, [], node, want)
    case .luaModule:
      guard let target = names.declarations[Int(index)].target else { return TypeStore.unsafe }
      if let value = target.meanings.value { return foreignValue(value, [], node, want) }
      return TypeStore.unsafe
    case .namespace, .macro: return TypeStore.error
    default:
      return foreignValue(DeclarationID(module: module, declaration: index), [], node, want)
    }
  }

  /// A declaration of any module as a value.
  mutating func foreignValue(
    _ id: DeclarationID,
    _ typeArguments: [TypeID],
    _ node: NodeID,
    _ want: Want
  ) -> TypeID {
    if case .function(let function) = meanings[Int(id.module)][Int(id.declaration)] {
      noteDeprecated(function, at: node)
      return functionValue(function, Substitution(), typeArguments, node, want)
    }
    let kind = program.modules[Int(id.module)].names.declarations[Int(id.declaration)].kind
    switch kind {
    case .const:
      guard let value = constant(of: id) else { return TypeStore.error }
      out.uses[node] = .constant(value.constant)
      return value.type
    case .static, .variable, .declaredVariable, .global, .luaModule, .parameter, .selfParameter:
      if id.module != module { out.uses[node] = .declaration(id) }
      return id.module == module
        ? variableType(id.declaration) : foreignVariable(id)
    default: return TypeStore.error
    }
  }

  /// The type of a variable of another module, which is looked at if need be.
  private mutating func foreignVariable(_ id: DeclarationID) -> TypeID {
    let known = results[Int(id.module)].declarationTypes[Int(id.declaration)]
    if known != TypeStore.none { return known }
    return typeOfExport(id)
  }

  // MARK: Functions as values

  /// A function as a value: its type parameters follow from what is expected.
  mutating func functionValue(
    _ id: FunctionID,
    _ owner: Substitution,
    _ typeArguments: [TypeID],
    _ node: NodeID,
    _ want: Want,
    evidence: Evidence? = nil
  ) -> TypeID {
    let result = result(of: id, at: node)
    let function = functions[Int(id.rawValue)]
    var substitution = owner
    let isGeneric = !function.typeParameters.isEmpty
    for (place, parameter) in function.typeParameters.enumerated() {
      let given = place < typeArguments.count ? typeArguments[place] : TypeStore.none
      substitution.set(
        parameter,
        given == TypeStore.none ? freshVariable(for: parameter, at: node) : given
      )
    }
    let type = functionType(function, result, substitution)
    if isGeneric || !isClosed(type), want.type != TypeStore.none {
      let expected = head(want.type)
      let mark = bindings.count
      for member in members(expected) where types.kind(member) == .function {
        if isSubtype(type, member) { break }
        undo(to: mark)
      }
    }
    if isGeneric, !settle(substitution, function.typeParameters, node) { return TypeStore.error }
    var own = function.bounds
    if evidence != nil { own = own.filter { function.typeParameters.contains($0.parameter) } }
    let found = self.evidence(for: own, resolved(substitution)) ?? []
    for one in found { need(one) }
    if let evidence {
      need(evidence)
      out.uses[node] = .traitFunction(id, evidence, evidence: found)
    } else {
      need(id)
      out.uses[node] = .function(id, evidence: found)
    }
    return resolved(type)
  }

  /// The type of a function as a value.
  mutating func functionType(
    _ function: FunctionDeclaration,
    _ result: TypeID,
    _ substitution: Substitution
  ) -> TypeID {
    let parameters = function.parameters.map { parameter in
      FuseType.FunctionType.Parameter(
        type: substitute(parameter.type, substitution),
        isMutable: parameter.isMutable,
        isSelf: false,
        isRest: parameter.isRest
      )
    }
    let isDeclaredAsync = function.qualifiers.contains(.isAsync)
    return types.intern(
      .function(
        FuseType.FunctionType(
          parameters: parameters,
          result: substitute(result, substitution),
          isUnsafe: function.qualifiers.contains(.isUnsafe),
          isAsync: isDeclaredAsync
        )
      )
    )
  }

  /// The solutions of a substitution's variables.
  mutating func resolved(_ substitution: Substitution) -> Substitution {
    var result = substitution
    for index in result.arguments.indices {
      result.arguments[index] = resolved(result.arguments[index])
    }
    result.selfType = resolved(result.selfType)
    return result
  }

  // MARK: Variants

  /// A variant without path: of the type that is expected.
  mutating func expectedVariant(_ node: NodeID, _ name: NameID, _ want: Want) -> TypeID {
    let text = spelling(name)
    if text == "None" {
      out.uses[node] = Use.none
      return TypeStore.nil
    }
    if let (nominal, place, type) = variant(name, in: want.type) {
      return variantValue(node, nominal, place, type, want)
    }
    if text == "Some" { return someValue(node, want) }
    if text == "Ok" || text == "Err", let result = known.resultType,
      let place = variantIndex(name, of: result)
    {
      return variantValue(node, result, place, TypeStore.none, want)
    }
    reportMissingVariant(node, name, want.type)
    return TypeStore.error
  }

  mutating func reportMissingVariant(_ node: NodeID, _ name: NameID, _ expected: TypeID) {
    if expected != TypeStore.none {
      let type = guessed(expected)
      if types.shape(type).flags.contains(.hasError) { return }
      let plain = shared(withoutNil(type))
      if case .nominal(let id, _) = types[plain],
        !nominals[Int(id.rawValue)].variants.isEmpty
      {
        let known = nominals[Int(id.rawValue)].variants.map { spelling($0.name) }
        report(
          .Fuse.noVariant(
            describe(type),
            spelling(name),
            nearest: Suggestion.nearest(to: spelling(name), among: known),
            span: span(node)
          )
        )
        return
      }
    }
    var owner: String?
    for nominal in nominals where nominal.variants.contains(where: { $0.name == name }) {
      owner = spelling(nominal.name)
    }
    report(.Fuse.unknownVariant(spelling(name), owner: owner, span: span(node)))
  }

  /// The variant of a name in a type, with the type it belongs to.
  mutating func variant(_ name: NameID, in type: TypeID) -> (NominalID, Int, TypeID)? {
    if type == TypeStore.none { return nil }
    for member in members(shared(head(type))) {
      let member = shared(member)
      if case .nominal(let id, _) = types[member], let place = variantIndex(name, of: id) {
        return (id, place, member)
      }
    }
    return nil
  }

  func variantIndex(_ name: NameID, of id: NominalID) -> Int? {
    nominals[Int(id.rawValue)].variants.firstIndex { $0.name == name }
  }

  /// The arguments of a nominal type, fresh ones where they are not known.
  mutating func arguments(of id: NominalID, like type: TypeID, at node: NodeID) -> [TypeID] {
    if type != TypeStore.none, case .nominal(let other, let arguments) = types[type], other == id {
      return arguments
    }
    return nominals[Int(id.rawValue)].parameters.map {
      freshVariable(for: $0, at: node)
    }
  }

  /// A variant as a value: itself, or its constructor.
  mutating func variantValue(
    _ node: NodeID,
    _ id: NominalID,
    _ place: Int,
    _ like: TypeID,
    _ want: Want
  ) -> TypeID {
    out.uses[node] = .variant(id, place)
    let arguments = arguments(of: id, like: like, at: node)
    let type = type(of: id, arguments)
    let payload = nominals[Int(id.rawValue)].variants[place].payload
    if payload.isEmpty {
      if want.type != TypeStore.none, !isClosed(type) {
        let mark = bindings.count
        if !isSubtype(type, want.type) { undo(to: mark) }
      }
      openVariables(in: type)
      return resolved(type)
    }
    let substitution = Substitution(
      parameters: nominals[Int(id.rawValue)].parameters,
      arguments: arguments
    )
    let function = types.intern(
      .function(
        FuseType.FunctionType(
          parameters: payload.map {
            .init(
              type: substitute($0.type, substitution),
              isMutable: false,
              isSelf: false,
              isRest: false
            )
          },
          result: type,
          isUnsafe: false,
          isAsync: false
        )
      )
    )
    if want.type != TypeStore.none {
      let mark = bindings.count
      if !isSubtype(function, head(want.type)) { undo(to: mark) }
    }
    return resolved(function)
  }

  /// `Some` as a function value.
  private mutating func someValue(_ node: NodeID, _ want: Want) -> TypeID {
    out.uses[node] = .some
    let item = freshVariable(at: node)
    let function = types.intern(
      .function(
        FuseType.FunctionType(
          parameters: [.init(type: item, isMutable: false, isSelf: false, isRest: false)],
          result: optional(item),
          isUnsafe: false,
          isAsync: false
        )
      )
    )
    if want.type != TypeStore.none {
      let mark = bindings.count
      if !isSubtype(function, head(want.type)) { undo(to: mark) }
    }
    return resolved(function)
  }

  /// Lets later uses decide about variables that nothing has decided.
  mutating func openVariables(in type: TypeID) {
    if isClosed(type) { return }
    _ = map(resolved(type)) { checker, part in
      if case .variable(let index) = checker.types[part], index >= 0 {
        let variable = checker.variables[Int(index)]
        if variable.solution == TypeStore.none {
          if variable.lower != TypeStore.none {
            checker.variables[Int(index)].solution = variable.lower
          } else {
            checker.variables[Int(index)].isOpen = true
          }
        }
      }
      return nil
    }
  }
}
