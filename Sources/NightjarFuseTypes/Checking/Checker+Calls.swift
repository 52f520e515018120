// Calls: who is called, and what comes of it.

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

  private func function(_ index: Int32) -> FunctionID? {
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

  // MARK: `Type::f(…)`

  private mutating func callTypeMember(
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

  private mutating func callTraitMember(
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

  private mutating func callVariant(
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
