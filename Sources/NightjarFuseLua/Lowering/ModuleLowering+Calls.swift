// Calls. Arguments are computed in the order of writing and passed in the order of the parameters,
// dictionaries first (behind `self`).

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// The values of the few operands of a call.
private struct ComputedValues {
  var nodes: [NodeID]
  var values: [LuaRef]

  /// The value of an operand.
  subscript(_ node: NodeID) -> LuaRef? { nodes.lastIndex(of: node).map { values[$0] } }
}

extension ModuleLowering {
  /// Whether a call gives the items of its tuple as values of their own.
  func givesMultiple(_ node: NodeID) -> Bool {
    guard let call = checked.calls[node] else { return false }
    return givesMultiple(call.target)
  }

  private func givesMultiple(_ target: CallTarget) -> Bool {
    switch target {
    case .function(let id):
      if isForeign(id) { return shared.tupleCount(shared.function(id).result) != nil }
      return shared.workerCount(id) != nil
    case .foreign(let id): return shared.tupleCount(shared.function(id).result) != nil
    default: return false
    }
  }

  /// Whether a function is declared for code of the target.
  func isForeign(_ id: FunctionID) -> Bool {
    switch shared.function(id).owner {
    case .declaredModule, .declaredType: true
    default: false
    }
  }

  /// A call; with `wantsItems` one that gives the items of a tuple.
  mutating func call(_ node: NodeID, wantsItems: Bool) -> LuaRef {
    guard let call = checked.calls[node] else { return plainCall(node) }
    defer {
      if !lua.bounds.isEmpty, !shared.isCalm(call, in: module) { lua.bounds.forget() }
    }
    if let made = intrinsic(node, call) { return made }
    if !closureArguments.isEmpty, let made = inlinedClosure(node) { return made }
    let closures = movedClosures(call)
    var order: [NodeID] = []
    if let receiver = call.receiver { order.append(receiver) }
    let callee = calleeNode(node, call)
    if let callee { order.append(callee) }
    let argumentNodes = orderedArguments(call)
    order += closures.isEmpty ? argumentNodes : argumentNodes.filter { closures[$0] == nil }
    let takesIntegers = integerArguments(call)
    var computed = values(order, rawWhere: takesIntegers)
    let whole = wholeArguments(call)
    for place in computed.indices where whole.contains(order[place]) {
      integerized(computed[place])
    }
    if !call.evaluationOrder.isEmpty {
      // They are passed in another order than they are computed in.
      for place in computed.indices where !isStable(computed[place]) {
        computed[place] = keep(computed[place], "argument")
      }
    }
    let known = ComputedValues(nodes: order, values: computed)
    let receiver = call.receiver.flatMap { known[$0] }
    let arguments = self.arguments(call, known)
    let hidden = call.evidence.map { dictionary($0) }
    if case .function(let id) = call.target,
      let made = inlined(id, (receiver.map { [$0] } ?? []) + arguments, hidden, closures)
    {
      return made
    }
    let made = make(
      node,
      call,
      callee: callee.flatMap { known[$0] },
      receiver,
      hidden,
      arguments
    )
    // A worker's values become one tuple where one is wanted.
    return !wantsItems && givesMultiple(call.target) ? lua.table([made]) : made
  }

  /// The callee where it is a value to be computed.
  private func calleeNode(_ node: NodeID, _ call: Call) -> NodeID? {
    switch call.target {
    case .value, .unsafeValue: return tree.lhs(node)
    default: return nil
    }
  }

  private func orderedArguments(_ call: Call) -> [NodeID] {
    if !call.evaluationOrder.isEmpty {
      return call.evaluationOrder.filter { $0 != call.receiver }.map { spreadValue($0) }
    }
    var nodes: [NodeID] = []
    for argument in call.arguments {
      switch argument {
      case .expression(let node): nodes.append(node)
      case .rest(let items): nodes += items.map { spreadValue($0) }
      case .spreadItem(let node, let index): if index == 1 { nodes.append(spreadValue(node)) }
      case .defaultValue: break
      }
    }
    return nodes
  }

  private func spreadValue(_ node: NodeID) -> NodeID {
    switch tree[node].kind {
    case .spread, .namedItem: return tree.lhs(node)
    default: return node
    }
  }

  private mutating func arguments(_ call: Call, _ known: ComputedValues) -> [LuaRef] {
    var results: [LuaRef] = []
    for (index, argument) in call.arguments.enumerated() {
      switch argument {
      case .expression(let node):
        results.append(known[spreadValue(node)] ?? known[node] ?? lua.add(.nil))
      case .defaultValue(let value):
        if case .none = value,
          call.arguments[index...].allSatisfy({
            if case .defaultValue(.none) = $0 { return true }
            return false
          })
        {
          continue
        }
        results.append(defaultValue(value))
      case .spreadItem(let node, let place):
        let tuple = known[spreadValue(node)] ?? lua.add(.nil)
        results.append(lua.index(tuple, lua.integer(place)))
      case .rest(let items): results += rest(items, known)
      }
    }
    if let last = results.last { results[results.count - 1] = single(last) }
    return results
  }

  /// What is left of the arguments: spreads at the end are unpacked, others joined first.
  private mutating func rest(_ items: [NodeID], _ known: ComputedValues) -> [LuaRef] {
    var results: [LuaRef] = []
    let spreads = items.filter { tree[$0].kind == .spread }
    if spreads.isEmpty {
      for item in items { results.append(known[spreadValue(item)] ?? lua.add(.nil)) }
      return results
    }
    if spreads.count == 1, let last = items.last, tree[last].kind == .spread {
      for item in items.dropLast() { results.append(known[spreadValue(item)] ?? lua.add(.nil)) }
      let array = known[spreadValue(last)] ?? lua.add(.nil)
      results.append(runtimeCall("unpack", [array]))
      return results
    }
    var pieces: [LuaRef] = []
    for item in items {
      let value = known[spreadValue(item)] ?? lua.add(.nil)
      pieces.append(tree[item].kind == .spread ? value : lua.table([single(value)]))
    }
    let joined = runtimeCall("join_arrays", pieces)
    return [runtimeCall("unpack", [joined])]
  }

  /// A call of which nothing is known, after an error.
  private mutating func plainCall(_ node: NodeID) -> LuaRef {
    let callee = value(tree.lhs(node))
    let items = tree.nodes(tree.rhsList(node)).map { spreadValue($0) }
    return lua.call(callee, values(items))
  }

  // MARK: Targets

  private mutating func make(
    _ node: NodeID,
    _ call: Call,
    callee: LuaRef?,
    _ receiver: LuaRef?,
    _ hidden: [LuaRef],
    _ arguments: [LuaRef]
  ) -> LuaRef {
    switch call.target {
    case .value: return lua.call(callee ?? lua.add(.nil), arguments)
    case .unsafeValue: return many(lua.call(callee ?? lua.add(.nil), arguments))
    case .tableMethod:
      let name = tree.name(of: tree.memberName(tree.lhs(node)))
      let text = lua.text(name)
      if let receiver, lua.isName(text) { return lua.method(receiver, text, arguments) }
      let object = receiver ?? lua.add(.nil)
      return lua.call(lua.field(object, name), [object] + arguments)
    case .function(let id): return direct(id, receiver, hidden, arguments)
    case .foreign(let id): return foreign(node, id, receiver, arguments)
    case .traitFunction(let id, let evidence):
      return callTrait(id, evidence, receiver: receiver, hidden: hidden, arguments: arguments)
    case .slot(let id): return slotCall(id, receiver, hidden, arguments)
    case .variant(let id, let index): return variant(id, index, arguments)
    case .some: return arguments.first ?? lua.add(.nil)
    case .enumFunction(let id, let function):
      let callee = enumFunction(id, function)
      return lua.call(callee, (receiver.map { [$0] } ?? []) + arguments)
    case .callMethod(let id, let evidence):
      if let evidence {
        return callTrait(id, evidence, receiver: receiver, hidden: hidden, arguments: arguments)
      }
      return direct(id, receiver, hidden, arguments)
    }
  }

  /// Notes that a call may give any number of values.
  mutating func many(_ call: LuaRef) -> LuaRef {
    manyValued.insert(call)
    return call
  }

  mutating func direct(
    _ id: FunctionID,
    _ receiver: LuaRef?,
    _ hidden: [LuaRef],
    _ arguments: [LuaRef]
  ) -> LuaRef {
    let function = shared.function(id)
    if !lua.bounds.isEmpty, !shared.isCalm(id) { lua.bounds.forget() }
    if isForeign(id) {
      return declared(id, receiver, arguments)
    }
    if let receiver, case .implementation(let owner) = function.owner,
      shared.usesMetatable(shared.implementation(owner).type)
    {
      // It has to be there by then.
      _ = reference(.function(id))
      return lua.method(receiver, lua.text(shared.spelling(function.name)), hidden + arguments)
    }
    let own = receiver.map { [$0] } ?? []
    if hidden.isEmpty, let made = expanded(id, own + arguments) { return made }
    let callee = reference(.function(id))
    let isLibraryCall = shared.isLibrary[Int(function.module)]
    let given = isLibraryCall ? arguments.map { floated($0) } : arguments
    return lua.call(callee, own + hidden + given)
  }

  /// A function that is declared in the library: one of the runtime.
  private mutating func declared(
    _ id: FunctionID,
    _ receiver: LuaRef?,
    _ arguments: [LuaRef]
  ) -> LuaRef {
    let function = shared.function(id)
    let name = shared.spelling(function.name)
    if shared.isLibrary[Int(function.module)] {
      let own = receiver.map { [$0] } ?? []
      if case .declaredType(let type) = function.owner {
        let callee = runtime(shared.spelling(shared.nominal(type).name) + "_" + name)
        return lua.call(callee, own + arguments)
      }
      if name == "is_nan", let value = arguments.first, isReadable(value) {
        return lua.binary(.notEqual, value, value)
      }
      return runtimeCall(name, own + arguments)
    }
    if let receiver { return bounded(lua.method(receiver, lua.text(name), arguments), id) }
    return bounded(lua.call(lua.field(lua.raw("_G"), name), arguments), id)
  }

  private mutating func foreign(
    _ node: NodeID,
    _ id: FunctionID,
    _ receiver: LuaRef?,
    _ arguments: [LuaRef]
  ) -> LuaRef {
    let function = shared.function(id)
    let name = shared.spelling(function.name)
    if shared.isLibrary[Int(function.module)] { return declared(id, receiver, arguments) }
    let result: LuaRef
    if let receiver, function.isMethod {
      result = lua.method(receiver, lua.text(name), arguments)
    } else if let receiver {
      result = lua.call(lua.field(receiver, name), arguments)
    } else {
      let callee = tree.lhs(node)
      switch tree[callee].kind {
      case .member, .genericMember:
        let object = value(tree.lhs(callee))
        result = lua.call(lua.field(object, name), arguments)
      case .path:
        let object = pathPrefix(callee)
        result = lua.call(object.map { lua.field($0, name) } ?? lua.raw(name), arguments)
      default: result = lua.call(lua.field(lua.raw("_G"), name), arguments)
      }
    }
    return many(bounded(result, id))
  }

  /// The module variable that a path begins with.
  private mutating func pathPrefix(_ path: NodeID) -> LuaRef? {
    guard let first = tree.nodes(tree.segments(path)).first else { return nil }
    if case .own(let declaration) = names.reference(of: first) { return variable(declaration) }
    return nil
  }

  /// A method of an `impl Tr`.
  private mutating func slotCall(
    _ id: FunctionID,
    _ receiver: LuaRef?,
    _ hidden: [LuaRef],
    _ arguments: [LuaRef]
  ) -> LuaRef {
    let function = shared.function(id)
    guard case .trait(let trait) = function.owner, let receiver else { return lua.add(.nil) }
    if !shared.isInDictionaries(id) {
      let callee = reference(.function(id))
      let dictionary = reference(.dynamic(trait))
      return lua.call(callee, [dictionary, receiver] + hidden + arguments)
    }
    let name = shared.spelling(shared.trait(trait).name) + "_" + shared.spelling(function.name)
    return lua.method(receiver, lua.text(name), hidden + arguments)
  }

  /// A method or function of a trait through a dictionary.
  mutating func callTrait(
    _ id: FunctionID,
    _ evidence: Evidence,
    receiver: LuaRef?,
    hidden: [LuaRef],
    arguments: [LuaRef]
  ) -> LuaRef {
    let own = receiver.map { [$0] } ?? []
    let function = shared.function(id)
    if !lua.bounds.isEmpty, !shared.isCalm(id, evidence) { lua.bounds.forget() }
    if case .dynamic = evidence {
      return slotCall(id, receiver, hidden, arguments)
    }
    if case .implementation(let implementation, let parts) = evidence {
      let methods = shared.implementation(implementation).methods
      let isDerived = shared.implementation(implementation).derived != nil
      if isDerived || methods.contains(where: { shared.function($0).name == function.name }) {
        if parts.isEmpty, let inlined = inlinedPrimitive(implementation, function, own + arguments)
        {
          return inlined
        }
        let table = dictionary(evidence)
        let callee = lua.field(table, shared.spelling(function.name))
        return lua.call(callee, own + hidden + arguments)
      }
      let callee = reference(.function(id))
      let table = dictionary(evidence)
      return lua.call(callee, [table] + own + hidden + arguments)
    }
    if case .structural(let trait, _, _) = evidence,
      shared.spelling(shared.trait(trait).name) == "IntoIterator"
    {
      if shared.spelling(function.name) == "iter", let receiver { return receiver }
      let simple = runtime("self_iterator")
      let callee = reference(.function(id))
      return lua.call(callee, [simple] + own + hidden + arguments)
    }
    let table = dictionary(evidence)
    if !shared.isInDictionaries(id), !isStructural(evidence) {
      let callee = reference(.function(id))
      return lua.call(callee, [table] + own + hidden + arguments)
    }
    let callee = lua.field(table, shared.spelling(function.name))
    return lua.call(callee, own + hidden + arguments)
  }

  private func isStructural(_ evidence: Evidence) -> Bool {
    if case .structural = evidence { return true }
    return false
  }

  /// `Eq`, `Clone` and such of a primitive, in place.
  private mutating func inlinedPrimitive(
    _ implementation: ImplementationID,
    _ function: FunctionDeclaration,
    _ values: [LuaRef]
  ) -> LuaRef? {
    let declaration = shared.implementation(implementation)
    guard declaration.module == 0 else { return nil }
    let isText: Bool
    switch typeKind(declaration.type) {
    case .number, .boolean: isText = false
    case .string, .ustring: isText = true
    default: return nil
    }
    switch (shared.spelling(function.name), values.count) {
    case ("eq", 2): return lua.binary(.equal, values[0], values[1])
    case ("clone", 1): return values[0]
    case ("tostring", 1):
      if isText { return values[0] }
      if case .number = typeKind(declaration.type) { return runtimeCall("str", [values[0]]) }
      return lua.call(lua.raw("tostring"), [values[0]])
    default: return nil
    }
  }

  // MARK: Functions as values

  /// A named function as a value: with its dictionaries, and giving one value.
  mutating func functionValueReference(_ id: FunctionID, _ evidence: [Evidence]) -> LuaRef {
    let function = shared.function(id)
    if isForeign(id) {
      let name = shared.spelling(function.name)
      if shared.isLibrary[Int(function.module)] {
        if shared.nameIs(id, "print") { return runtime("print") }
        return runtime(name)
      }
      return lua.field(lua.raw("_G"), name)
    }
    let callee = reference(.function(id))
    let hidden = evidence.map { dictionary($0) }
    let isWorker = shared.workerCount(id) != nil
    if hidden.isEmpty && !isWorker { return callee }
    lua.openBlock()
    var parameters: [Int32] = []
    var own: [LuaRef] = []
    if function.isMethod {
      let slot = temp("value")
      parameters.append(slot)
      own.append(lua.name(slot))
    }
    let call = lua.call(callee, own + hidden + [lua.add(.vararg)])
    lua.appendReturn([isWorker ? lua.table([call]) : call])
    return lua.function(parameters, lua.closeBlock(), isVararg: true)
  }

  mutating func traitFunctionValue(
    _ id: FunctionID,
    _ evidence: Evidence,
    _ hidden: [Evidence]
  ) -> LuaRef {
    let function = shared.function(id)
    let dictionaries = hidden.map { dictionary($0) }
    if dictionaries.isEmpty, case .implementation(let owner, _) = evidence,
      shared.implementation(owner).methods.contains(where: {
        shared.function($0).name == function.name
      })
    {
      let table = dictionary(evidence)
      return lua.field(table, shared.spelling(function.name))
    }
    if dictionaries.isEmpty, case .bound = evidence, shared.isInDictionaries(id) {
      let table = dictionary(evidence)
      return lua.field(table, shared.spelling(function.name))
    }
    lua.openBlock()
    let slot = temp("value")
    let receiver = function.isMethod ? lua.name(slot) : nil
    let call = callTrait(
      id,
      evidence,
      receiver: receiver,
      hidden: dictionaries,
      arguments: [lua.add(.vararg)]
    )
    lua.appendReturn([call])
    let parameters = function.isMethod ? [slot] : []
    return lua.function(parameters, lua.closeBlock(), isVararg: true)
  }

  /// A function in the form its expected type wants.
  mutating func wrapped(_ node: NodeID) -> LuaRef {
    let value = plainValue(node)
    let inner = plainExpression(node)
    if case .function(let id, _)? = checked.uses[inner] {
      if isForeign(id), shared.tupleCount(shared.function(id).result) != nil {
        return packing(value)
      }
    }
    return value
  }
}
