// Calls: who is called, and what comes of it; those by a path are in Checker+PathCalls.swift.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Checks a call.
  mutating func call(_ node: NodeID, _ want: Want) -> TypeID {
    let callee = tree.lhs(node)
    switch tree[callee].kind {
    case .name: return callName(node, callee, want)
    case .path: return callPath(node, callee, want)
    case .member, .genericMember: return callMember(node, callee, want)
    default:
      let type = check(callee, .any)
      return callValue(node, callee, type, want)
    }
  }

  private mutating func callName(_ node: NodeID, _ callee: NodeID, _ want: Want) -> TypeID {
    switch names.reference(of: callee) {
    case .own(let index):
      if let function = function(index) { return callNamed(node, callee, function, [], want) }
      if names.declarations[Int(index)].kind == .imported,
        let id = names.declarations[Int(index)].target?.meanings.value,
        case .function(let function) = meanings[Int(id.module)][Int(id.declaration)]
      {
        return callNamed(node, callee, function, [], want)
      }
    case .foreign(let id):
      if case .function(let function) = meanings[Int(id.module)][Int(id.declaration)] {
        return callNamed(node, callee, function, [], want)
      }
    case .variant: return callVariant(node, callee, name(of: callee), want)
    case .none, .selfType:
      checkArguments(node)
      record(callee, TypeStore.error)
      return TypeStore.error
    }
    let type = check(callee, .any)
    return callValue(node, callee, type, want)
  }

  func function(_ index: Int32) -> FunctionID? {
    if case .function(let id) = meanings[Int(module)][Int(index)] { return id }
    return nil
  }

  /// Calls a function by its name.
  private mutating func callNamed(
    _ node: NodeID,
    _ callee: NodeID,
    _ function: FunctionID,
    _ typeArguments: [TypeID],
    _ want: Want
  ) -> TypeID {
    noteDeprecated(function, at: callee)
    let owner = functions[Int(function.rawValue)].owner
    let target: CallTarget = owner == .declaredModule ? .foreign(function) : .function(function)
    return callFunction(
      Callee(node: node, callee: callee, function: function, target: target),
      typeArguments,
      want
    )
  }

  private mutating func callPath(_ node: NodeID, _ callee: NodeID, _ want: Want) -> TypeID {
    switch meaning(ofPath: callee) {
    case .error:
      record(callee, TypeStore.error)
      checkArguments(node)
      return TypeStore.error
    case .declaration(let id, let arguments):
      if case .function(let function) = meanings[Int(id.module)][Int(id.declaration)] {
        return callNamed(node, callee, function, arguments, want)
      }
      let type = foreignValue(id, arguments, callee, .any)
      record(callee, type)
      return callValue(node, callee, type, want)
    case .variant(let name): return callVariant(node, callee, name, want)
    case .typeMember(let type, let name, let segment, let arguments):
      return callTypeMember(node, callee, type, name, segment, arguments, want)
    case .traitMember(let trait, let own, let name, let segment, let arguments):
      return callTraitMember(node, callee, trait, own, name, segment, arguments, want)
    }
  }

  // MARK: Values

  /// Calls the value of an expression.
  mutating func callValue(_ node: NodeID, _ callee: NodeID, _ type: TypeID, _ want: Want) -> TypeID
  {
    let type = shared(head(type))
    switch types.kind(type) {
    case .error, .never:
      checkArguments(node)
      return TypeStore.error
    case .unsafe: return callUnsafe(node, callee)
    case .function: return callFunctionType(node, callee, type, want, .value, receiver: nil)
    default: break
    }
    if let called = callMethodNamedCall(node, callee, type, want) { return called }
    report(.Fuse.notCallable(describe(guessed(type)), span: fullSpan(callee)))
    checkArguments(node)
    return TypeStore.error
  }

  /// Calls an `unsafe` value.
  mutating func callUnsafe(_ node: NodeID, _ callee: NodeID) -> TypeID {
    needUnsafe("calling an `unsafe` value", at: node)
    let items = tree.nodes(tree.rhsList(node))
    for item in items {
      let value =
        tree[item].kind == .spread || tree[item].kind == .namedItem
        ? tree.lhs(item) : item
      check(value, against: TypeStore.unsafe)
    }
    out.calls[node] = Call(
      target: .unsafeValue,
      evidence: [],
      receiver: nil,
      arguments: [.rest(Array(items))],
      evaluationOrder: [],
      result: TypeStore.unsafe
    )
    return TypeStore.unsafe
  }

  /// Calls a value of a function type.
  mutating func callFunctionType(
    _ node: NodeID,
    _ callee: NodeID,
    _ type: TypeID,
    _ want: Want,
    _ target: CallTarget,
    receiver: NodeID?
  ) -> TypeID {
    guard case .function(let function) = types[type] else { return TypeStore.error }
    if function.isUnsafe { needUnsafe("calling an `unsafe fn`", at: node) }
    var slots = function.parameters.map {
      Slot(name: nil, type: $0.type, isRest: $0.isRest, isMutable: $0.isMutable)
    }
    if receiver != nil, !slots.isEmpty { slots.removeFirst() }
    guard let bound = bindArguments(node, slots, named: nil) else { return TypeStore.error }
    out.calls[node] = Call(
      target: target,
      evidence: [],
      receiver: receiver,
      arguments: bound.arguments,
      evaluationOrder: bound.order,
      result: function.result
    )
    let result = resolved(function.result)
    if !isClosed(result) { openCalls.append(node) }
    return result
  }

  /// Calls a value whose type has a method `call`.
  private mutating func callMethodNamedCall(
    _ node: NodeID,
    _ callee: NodeID,
    _ type: TypeID,
    _ want: Want
  ) -> TypeID? {
    guard let name = types.known(name: "call") else { return nil }
    if let (member, substitution) = inherentMember(type, name, callee),
      case .function(let function) = member.kind
    {
      return callFunction(
        Callee(
          node: node,
          callee: callee,
          function: function,
          target: .callMethod(function, nil),
          substitution: substitution,
          receiver: callee
        ),
        [],
        want
      )
    }
    guard let match = traitMethod(type, name, callee) else { return nil }
    return callFunction(
      Callee(
        node: node,
        callee: callee,
        function: match.function,
        target: .callMethod(match.function, match.evidence),
        substitution: match.substitution,
        evidence: match.evidence,
        receiver: callee
      ),
      [],
      want
    )
  }

  /// Looks at the arguments of a call that means nothing.
  mutating func checkArguments(_ node: NodeID, from first: Int = 0) {
    for item in tree.nodes(tree.rhsList(node)).dropFirst(first) {
      switch tree[item].kind {
      case .spread, .namedItem:
        if tree.lhs(item).isPresent { check(tree.lhs(item), .any) }
      case .function: break
      default: check(item, .any)
      }
    }
  }
}
