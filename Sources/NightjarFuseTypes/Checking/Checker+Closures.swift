// Closures: what they take and give, from what is wanted of them and from their bodies.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Checks a function that is a value.
  mutating func closure(_ node: NodeID, _ want: Want) -> TypeID {
    let parts = tree.function(node)
    var expected: FuseType.FunctionType?
    if want.type != TypeStore.none {
      for member in members(shared(head(want.type))) {
        if case .function(let function) = types[shared(member)] { expected = function }
      }
    }
    let outer = body
    let outerGuarded = guarded
    let mark = trail.count
    // What may change before the closure runs is not known in it.
    for entry in trail where entry.declaration >= 0 {
      let flags = names.declarations[Int(entry.declaration)].flags
      if flags.contains(.isMutable), flags.contains(.isAssigned) {
        narrow(entry.declaration, TypeStore.none)
      }
    }
    body.bounds += parameterIDs(parts.typeParameters).flatMap { bounds(of: $0) }
    let parameters = closureParameters(parts, expected)
    body.function = nil
    body.isFunction = true
    body.isUnsafe = parts.qualifiers.contains(.isUnsafe)
    body.isGenerator = parts.qualifiers.contains(.isGenerator)
    body.isAsync = parts.qualifiers.contains(.isAsync)
    body.isDead = false
    body.canRaise = false
    body.breaks = []
    let result = closureResult(parts, expected)
    undoFacts(to: mark)
    body = outer
    guarded = outerGuarded
    if parts.qualifiers.contains(.isAsync) || parts.qualifiers.contains(.isGenerator) {
      report(.Fuse.notAvailable("async fn", target: targetName, span: span(node)))
      return TypeStore.error
    }
    let type = FuseType.FunctionType(
      parameters: parameters,
      result: result,
      isUnsafe: parts.qualifiers.contains(.isUnsafe),
      isAsync: parts.qualifiers.contains(.isAsync)
    )
    out.closures[node] = type
    return types.intern(.function(type))
  }

  private mutating func closureParameters(
    _ parts: FuseFunction,
    _ expected: FuseType.FunctionType?
  ) -> [FuseType.FunctionType.Parameter] {
    var parameters: [FuseType.FunctionType.Parameter] = []
    let fixed = expected?.parameters ?? []
    for (place, node) in tree.nodes(parts.parameters).enumerated()
    where tree[node].kind == .parameter {
      let form = tree.parameterForm(node)
      var type: TypeID
      if tree.lhs(node).isPresent {
        type = resolveType(tree.lhs(node))
      } else if place < fixed.count {
        type =
          form.contains(.isSelf)
          ? closureSelf(fixed[place].type) : guessed(fixed[place].type)
      } else {
        type = form.contains(.isSelf) ? closureSelf(TypeStore.unknown) : TypeStore.unsafe
        if !form.contains(.isSelf) { warnImplicit(node) }
      }
      if place < fixed.count, types.kind(type) == .variable { type = resolved(type) }
      parameters.append(
        .init(
          type: type,
          isMutable: form.contains(.isMutable),
          isSelf: form.contains(.isSelf),
          isRest: form.contains(.isRest)
        )
      )
      if let declaration = names.declaration(of: node) {
        declare(declaration, form.contains(.isRest) ? restType(type) : type)
      }
      if tree.rhs(node).isPresent {
        check(tree.rhs(node), against: type)
        if !isConstant(tree.rhs(node)) {
          report(.Fuse.defaultNotConstant(span: fullSpan(tree.rhs(node))))
        }
      }
    }
    return parameters
  }

  /// What `self` is in a closure: the table it is a field of.
  private mutating func closureSelf(_ type: TypeID) -> TypeID {
    body.tableSelf == TypeStore.none ? guessed(type) : body.tableSelf
  }

  /// Warns of a parameter without a type, if that is wanted.
  mutating func warnImplicit(_ node: NodeID) {
    report(.Fuse.implicitUnsafe(tree.name(of: tree[node].mainToken), span: span(node)))
  }

  private mutating func closureResult(
    _ parts: FuseFunction,
    _ expected: FuseType.FunctionType?
  ) -> TypeID {
    guard parts.body.isPresent else { return TypeStore.unit }
    if parts.result.isPresent {
      let result = resolveType(parts.result)
      body.result = result
      body.infersResult = false
      return closureBody(parts, result, because: .result(parts.result))
    }
    if let wanted = expected?.result {
      let known = resolved(wanted)
      if isClosed(known), known != TypeStore.unknown {
        body.result = known
        body.infersResult = false
        return closureBody(parts, known, because: nil)
      }
      body.infersResult = true
      body.result = TypeStore.none
      var type = block(parts.body, .soft(guessed(wanted)))
      record(parts.body, type)
      if body.result == TypeStore.none, let value = closureValue(parts.body), !passesOn(value),
        type != TypeStore.never, type != TypeStore.error
      {
        let mark = bindings.count
        if canAssign(value, type, to: wanted) { type = resolved(wanted) } else { undo(to: mark) }
      }
      return body.result == TypeStore.none ? type : join(body.result, type)
    }
    body.infersResult = true
    body.result = TypeStore.none
    let type = block(parts.body, .tail)
    record(parts.body, type)
    return body.result == TypeStore.none ? type : join(body.result, type)
  }

  /// The expression that gives the value of a closure.
  private func closureValue(_ node: NodeID) -> NodeID? {
    guard tree[node].kind == .block else { return node }
    let list = tree.statements(node)
    return tree[node].detail == 1 ? tree.node(list, list.count - 1) : nil
  }

  private mutating func closureBody(_ parts: FuseFunction, _ result: TypeID, because: Reason?)
    -> TypeID
  {
    if tree[parts.body].kind == .block {
      let isOpen = tree[parts.body].detail == 0 && result != TypeStore.unit
      let type = block(parts.body, isOpen ? .nothing : .hard(result))
      record(parts.body, type)
    } else {
      _ = value(parts.body, .hard(result))
    }
    return result
  }
}
