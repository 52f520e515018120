// `a.b(…)`: methods, and functions in fields and modules.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Checks `a.b(…)`.
  mutating func callMember(_ node: NodeID, _ callee: NodeID, _ want: Want) -> TypeID {
    let object = tree.lhs(callee)
    let token = tree.memberName(callee)
    let name = name(of: token)
    if let member = declaredMember(object, name) {
      return callDeclared(node, callee, object, name, member, want)
    }
    var type = shared(head(check(object, .any)))
    // What is known to be `None` here has the methods of the optional that it is.
    if type == TypeStore.nil, let whole = declaredType(unparenthesized(object)) { type = whole }
    switch types.kind(type) {
    case .error, .never:
      record(callee, TypeStore.error)
      checkArguments(node)
      return types.kind(type) == .never ? TypeStore.never : TypeStore.error
    case .unsafe:
      if tree[object].kind == .globalTable { return callGlobal(node, callee, name, want) }
      out.uses[callee] = .dynamicField(name)
      record(callee, TypeStore.unsafe)
      return callUnsafe(node, callee)
    default: break
    }
    let typeArguments = tree.nodes(tree.typeArguments(callee)).map { resolveType($0) }
    if let called = callMethod(node, callee, object, type, name, token, typeArguments, want) {
      return called
    }
    if let found = field(type, name, callee) {
      record(callee, found)
      let plain = shared(head(found))
      if case .function(let function) = types[plain], function.parameters.first?.isSelf ?? false {
        return callFunctionType(node, callee, plain, want, .tableMethod, receiver: object)
      }
      return callValue(node, callee, found, want)
    }
    reportNoMember(type, name, token)
    record(callee, TypeStore.error)
    checkArguments(node)
    return TypeStore.error
  }

  /// The type that a variable was declared with.
  private mutating func declaredType(_ object: NodeID) -> TypeID? {
    guard tree[object].kind == .name, case .own(let index) = names.reference(of: object) else {
      return nil
    }
    let type = shared(head(out.declarationTypes[Int(index)]))
    return isOptional(type) ? type : nil
  }

  private mutating func callDeclared(
    _ node: NodeID,
    _ callee: NodeID,
    _ object: NodeID,
    _ name: NameID,
    _ member: DeclaredMember,
    _ want: Want
  ) -> TypeID {
    record(object, TypeStore.error)
    guard case .found(let id) = member else {
      reportMissingModuleMember(object, name, callee)
      record(callee, TypeStore.error)
      checkArguments(node)
      return TypeStore.error
    }
    let arguments = tree.nodes(tree.typeArguments(callee)).map { resolveType($0) }
    if case .function(let function) = meanings[Int(id.module)][Int(id.declaration)] {
      return callFunction(
        Callee(node: node, callee: callee, function: function, target: .foreign(function)),
        arguments,
        want
      )
    }
    let type = foreignValue(id, [], callee, .any)
    record(callee, type)
    return callValue(node, callee, type, want)
  }

  private mutating func callGlobal(
    _ node: NodeID,
    _ callee: NodeID,
    _ name: NameID,
    _ want: Want
  ) -> TypeID {
    if let declaration = declaredGlobals[name],
      case .function(let function) = meanings[Int(declaration.module)][Int(declaration.declaration)]
    {
      out.uses[callee] = .dynamicField(name)
      return callFunction(
        Callee(node: node, callee: callee, function: function, target: .foreign(function)),
        [],
        want
      )
    }
    let type = globalMember(callee, name)
    record(callee, type)
    return callValue(node, callee, type, want)
  }

  /// Calls a method of the type, if it has one of the name.
  private mutating func callMethod(
    _ node: NodeID,
    _ callee: NodeID,
    _ object: NodeID,
    _ type: TypeID,
    _ name: NameID,
    _ token: TokenID,
    _ typeArguments: [TypeID],
    _ want: Want
  ) -> TypeID? {
    if let (id, function) = enumFunction(type, name), function == .name {
      return callEnum(node, callee, id, function, object)
    }
    if let (member, substitution) = inherentMember(type, name, callee) {
      checkVisible(member, name, type, at: NodeID(callee.rawValue))
      guard case .function(let function) = member.kind else {
        reportWrongForm(name, "a constant", token)
        checkArguments(node)
        return TypeStore.error
      }
      if !functions[Int(function.rawValue)].isMethod {
        reportWrongForm(name, "an associated function", token)
        checkArguments(node)
        return TypeStore.error
      }
      let target: CallTarget =
        isDeclaredFunction(function)
        ? .foreign(function) : .function(function)
      return callFunction(
        Callee(
          node: node,
          callee: callee,
          function: function,
          target: target,
          substitution: substitution,
          receiver: object
        ),
        typeArguments,
        want
      )
    }
    guard let match = traitMethod(type, name, callee) else { return nil }
    if !functions[Int(match.function.rawValue)].isMethod {
      reportWrongForm(name, "an associated function", token)
      checkArguments(node)
      return TypeStore.error
    }
    return callFunction(
      Callee(
        node: node,
        callee: callee,
        function: match.function,
        target: target(match.function, match.evidence),
        substitution: match.substitution,
        evidence: match.evidence,
        receiver: object
      ),
      typeArguments,
      want
    )
  }

  private mutating func reportWrongForm(_ name: NameID, _ actual: String, _ token: TokenID) {
    report(
      .Fuse.wrongForm(
        spelling(name),
        actual: actual,
        used: "a method",
        hint: "Write `Type::\(spelling(name))`.",
        span: tree[token].span
      )
    )
  }
}
