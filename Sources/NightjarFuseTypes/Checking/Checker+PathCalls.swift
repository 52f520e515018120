// Calls by a path: functions of types and traits, and variants.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: `Type::f(…)`

  mutating func callTypeMember(
    _ node: NodeID,
    _ callee: NodeID,
    _ type: TypeID,
    _ name: NameID,
    _ segment: NodeID,
    _ arguments: [TypeID],
    _ want: Want
  ) -> TypeID {
    if let (nominal, place, own) = variant(name, in: type) {
      return construct(node, callee, nominal, place, own, want)
    }
    if isOptionalName(type), spelling(name) == "Some" { return callSome(node, callee, want) }
    if known.tupleType != nil, case .nominal(let id, _) = types[type], id == known.tupleType,
      spelling(name) == "new"
    {
      return tupleNew(node, callee)
    }
    if let (id, function) = enumFunction(type, name) {
      return callEnum(node, callee, id, function, nil)
    }
    if let (member, substitution) = inherentMember(type, name, callee) {
      checkVisible(member, name, type, at: segment)
      if case .function(let function) = member.kind {
        if functions[Int(function.rawValue)].isMethod, !takesSelfByPath(function) {
          return refuseMethod(node, callee, name, segment)
        }
        let isForeign = isDeclaredFunction(function)
        return callFunction(
          Callee(
            node: node,
            callee: callee,
            function: function,
            target: isForeign ? .foreign(function) : .function(function),
            substitution: substitution
          ),
          arguments,
          want
        )
      }
      let found = pathValue(callee, .any)
      record(callee, found)
      return callValue(node, callee, found, want)
    }
    if let match = traitMethod(type, name, callee) {
      if functions[Int(match.function.rawValue)].isMethod, types.kind(type) != .parameter {
        return refuseMethod(node, callee, name, segment)
      }
      return callFunction(
        Callee(
          node: node,
          callee: callee,
          function: match.function,
          target: .traitFunction(match.function, match.evidence),
          substitution: match.substitution,
          evidence: match.evidence
        ),
        arguments,
        want
      )
    }
    reportNoItem(type, name, segment)
    checkArguments(node)
    record(callee, TypeStore.error)
    return TypeStore.error
  }

  /// `Type::method(…)` of a method that takes its value in front.
  private mutating func refuseMethod(
    _ node: NodeID,
    _ callee: NodeID,
    _ name: NameID,
    _ segment: NodeID
  ) -> TypeID {
    report(
      .Fuse.wrongForm(
        spelling(name),
        actual: "a method",
        used: "an associated function",
        hint: "Write `value.\(spelling(name))(…)`.",
        span: span(segment)
      )
    )
    checkArguments(node)
    record(callee, TypeStore.error)
    return TypeStore.error
  }

  /// Whether a method of the library may be called by its path: `string::len(s)`.
  private func takesSelfByPath(_ function: FunctionID) -> Bool {
    isLibrary(functions[Int(function.rawValue)].module)
  }

  /// Whether a function is the target's.
  func isDeclaredFunction(_ id: FunctionID) -> Bool {
    switch functions[Int(id.rawValue)].owner {
    case .declaredModule, .declaredType: true
    default: false
    }
  }

  // MARK: `Trait::f(x, …)`

  mutating func callTraitMember(
    _ node: NodeID,
    _ callee: NodeID,
    _ trait: TraitID,
    _ own: [TypeID],
    _ name: NameID,
    _ segment: NodeID,
    _ arguments: [TypeID],
    _ want: Want
  ) -> TypeID {
    guard let function = method(name, of: trait) else {
      reportNoTraitItem(trait, name, segment)
      checkArguments(node)
      record(callee, TypeStore.error)
      return TypeStore.error
    }
    let items = tree.rhsList(node)
    guard functions[Int(function.rawValue)].isMethod, items.count > 0 else {
      report(.Fuse.cannotInfer("Self", span: fullSpan(callee)))
      checkArguments(node)
      record(callee, TypeStore.error)
      return TypeStore.error
    }
    let receiver = tree.node(items, 0)
    let type = check(receiver, .any)
    if types.shape(type).flags.contains(.hasError) {
      checkArguments(node, from: 1)
      return TypeStore.error
    }
    guard let found = implementation(of: trait, for: type) else {
      report(
        .Fuse.boundNotMet(describe(guessed(type)), describe(trait, []), span: fullSpan(receiver))
      )
      checkArguments(node, from: 1)
      return TypeStore.error
    }
    return callFunction(
      Callee(
        node: node,
        callee: callee,
        function: function,
        target: target(function, found.evidence),
        substitution: Substitution(
          parameters: traits[Int(trait.rawValue)].parameters,
          arguments: found.arguments,
          selfType: shared(head(type))
        ),
        evidence: found.evidence,
        receiver: receiver,
        skipped: 1
      ),
      arguments,
      want
    )
  }

  /// How a method of a trait is called.
  func target(_ function: FunctionID, _ evidence: Evidence) -> CallTarget {
    if case .dynamic = evidence, !hasDefault(functions[Int(function.rawValue)]) {
      return .slot(function)
    }
    return .traitFunction(function, evidence)
  }

  // MARK: Variants

  mutating func callVariant(
    _ node: NodeID,
    _ callee: NodeID,
    _ name: NameID,
    _ want: Want
  ) -> TypeID {
    if let (nominal, place, type) = variant(name, in: want.type) {
      return construct(node, callee, nominal, place, type, want)
    }
    let text = spelling(name)
    if text == "Some" { return callSome(node, callee, want) }
    if text == "Ok" || text == "Err", let result = known.resultType,
      let place = variantIndex(name, of: result)
    {
      return construct(node, callee, result, place, TypeStore.none, want)
    }
    reportMissingVariant(callee, name, want.type)
    record(callee, TypeStore.error)
    checkArguments(node)
    return TypeStore.error
  }

  /// Makes a value of a variant with a payload.
  private mutating func construct(
    _ node: NodeID,
    _ callee: NodeID,
    _ id: NominalID,
    _ place: Int,
    _ like: TypeID,
    _ want: Want
  ) -> TypeID {
    let nominal = nominals[Int(id.rawValue)]
    // The expected type only hints at the arguments: they follow from the payload first.
    var arguments: [TypeID] = []
    var type = like
    if nominal.parameters.isEmpty {
      type = self.type(of: id, [])
    } else {
      arguments = nominal.parameters.map { freshVariable(for: $0, at: node) }
      type = self.type(of: id, arguments)
      if like != TypeStore.none { hint(type, like) } else { hint(type, want.type) }
    }
    out.uses[callee] = .variant(id, place)
    record(callee, TypeStore.error)
    let substitution = Substitution(parameters: nominal.parameters, arguments: arguments)
    let slots = nominal.variants[place].payload.map {
      Slot(name: $0.name, type: substitute($0.type, substitution))
    }
    guard let bound = bindArguments(node, slots, named: spelling(nominal.variants[place].name))
    else { return TypeStore.error }
    settleHints(substitution)
    openVariables(in: type)
    out.calls[node] = Call(
      target: .variant(id, place),
      evidence: [],
      receiver: nil,
      arguments: bound.arguments,
      evaluationOrder: bound.order,
      result: resolved(type)
    )
    if !isClosed(out.calls[node]?.result ?? type) { openCalls.append(node) }
    return resolved(type)
  }

  private mutating func callSome(_ node: NodeID, _ callee: NodeID, _ want: Want) -> TypeID {
    out.uses[callee] = .some
    record(callee, TypeStore.error)
    let items = tree.nodes(tree.rhsList(node))
    guard items.count == 1, tree[items[0]].kind != .spread, tree[items[0]].kind != .namedItem else {
      report(.Fuse.argumentCount(expected: "1", found: items.count, span: fullSpan(node)))
      checkArguments(node)
      return TypeStore.error
    }
    let inner = want.type == TypeStore.none ? want.type : withoutNil(head(want.type))
    var type = check(items[0], .soft(inner == TypeStore.never ? TypeStore.none : inner))
    if inner != TypeStore.none, hasNil(head(want.type)), type != inner,
      canAssign(items[0], type, to: inner)
    {
      type = inner
    }
    let head = self.head(type)
    if head != TypeStore.unsafe, mayBeNil(head) {
      if isOptional(head) {
        report(.Fuse.doubleOptional(span: fullSpan(node), inner: describe(head)))
      } else {
        checkNonNil(head, "Optional", at: items[0])
      }
      return TypeStore.error
    }
    let result = optional(type)
    out.calls[node] = Call(
      target: .some,
      evidence: [],
      receiver: nil,
      arguments: [.expression(items[0])],
      evaluationOrder: [],
      result: result
    )
    if !isClosed(result) { openCalls.append(node) }
    return result
  }

  /// `Tuple::new(1, 2)`.
  private mutating func tupleNew(_ node: NodeID, _ callee: NodeID) -> TypeID {
    record(callee, TypeStore.error)
    var items: [FuseType.TupleItem] = []
    var arguments: [NodeID] = []
    for item in tree.nodes(tree.rhsList(node)) {
      items.append(FuseType.TupleItem(name: nil, type: check(item, .any)))
      arguments.append(item)
    }
    let type = types.intern(.tuple(items))
    guard let id = known.tupleType,
      let new = types.known(name: "new"),
      let member = inherent[
        MemberKey(head: headKey(self.type(of: id, [])), name: new)
      ]?.first, case .function(let function) = member.kind
    else { return TypeStore.error }
    out.calls[node] = Call(
      target: .foreign(function),
      evidence: [],
      receiver: nil,
      arguments: [.rest(arguments)],
      evaluationOrder: [],
      result: type
    )
    return type
  }

  /// A function of an enum.
  mutating func callEnum(
    _ node: NodeID,
    _ callee: NodeID,
    _ id: NominalID,
    _ function: Use.EnumFunction,
    _ receiver: NodeID?
  ) -> TypeID {
    out.uses[callee] = .enumFunction(id, function)
    let type = enumFunctionType(id, function)
    record(callee, type)
    guard case .function(let shape) = types[type] else { return TypeStore.error }
    let parameters = receiver == nil ? shape.parameters : []
    let slots = parameters.map { Slot(name: nil, type: $0.type) }
    guard let bound = bindArguments(node, slots, named: "from") else { return TypeStore.error }
    out.calls[node] = Call(
      target: .enumFunction(id, function),
      evidence: [],
      receiver: receiver,
      arguments: bound.arguments,
      evaluationOrder: bound.order,
      result: shape.result
    )
    return shape.result
  }
}
