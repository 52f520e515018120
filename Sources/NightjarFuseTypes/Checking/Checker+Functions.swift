// Calls of functions that are known by name: their type parameters are found, their bounds are met, and
// what is not given has a default.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// A function that is called.
struct Callee {
  var node: NodeID
  var callee: NodeID
  var function: FunctionID
  var target: CallTarget
  /// What the type parameters around the function stand for.
  var substitution = Substitution()
  /// The dictionary of a trait's function.
  var evidence: Evidence?
  var receiver: NodeID?
  /// How many of the arguments are the receiver.
  var skipped = 0

  init(
    node: NodeID,
    callee: NodeID,
    function: FunctionID,
    target: CallTarget,
    substitution: Substitution = Substitution(),
    evidence: Evidence? = nil,
    receiver: NodeID? = nil,
    skipped: Int = 0
  ) {
    self.node = node
    self.callee = callee
    self.function = function
    self.target = target
    self.substitution = substitution
    self.evidence = evidence
    self.receiver = receiver
    self.skipped = skipped
  }
}

extension Checker {
  /// Notes that a function to be inlined is called in another, and reports those that would be put
  /// into themselves.
  private mutating func noteInline(_ id: FunctionID, from caller: FunctionID, at call: Callee) {
    if inlined.contains(caller) { inlineCalls[caller, default: []].insert(id) }
    var seen: Set<FunctionID> = []
    var pending = [id]
    while let next = pending.popLast() {
      if next == caller {
        inlined.remove(caller)
        let name = spelling(functions[Int(caller.rawValue)].name)
        let through = spelling(functions[Int(id.rawValue)].name)
        report(
          .Fuse.cannotInline(
            name,
            reason: id == caller ? "it calls itself" : "it calls itself through `\(through)`",
            span: span(call.callee)
          )
        )
        return
      }
      if seen.insert(next).inserted { pending += inlineCalls[next] ?? [] }
    }
  }

  /// Calls a function.
  mutating func callFunction(_ call: Callee, _ typeArguments: [TypeID], _ want: Want) -> TypeID {
    let id = call.function
    let index = Int(id.rawValue)
    let declared = result(of: id, at: call.callee)
    if inlined.contains(id), let caller = body.function { noteInline(id, from: caller, at: call) }
    if out.nodeTypes[Int(call.callee.rawValue)] == TypeStore.none {
      record(call.callee, TypeStore.error)
    }
    var substitution = call.substitution
    let own = functions[index].typeParameters
    if typeArguments.count > own.count {
      report(
        .Fuse.typeArgumentCount(
          expected: "\(own.count)",
          found: typeArguments.count,
          spelling(functions[index].name),
          span: fullSpan(call.callee)
        )
      )
    }
    for (parameter, argument) in zip(own, typeArguments)
    where types.kind(argument) == .own && parameters[parameter]?.isShared ?? true {
      let name = parameters[parameter].map { spelling($0.name) } ?? "_"
      report(.Fuse.ownedArgument(name, span: fullSpan(call.callee)))
    }
    for (place, parameter) in own.enumerated() {
      substitution.set(
        parameter,
        place < typeArguments.count
          ? typeArguments[place] : freshVariable(for: parameter, at: call.callee)
      )
    }
    let isPlain = substitution.isEmpty
    var result = isPlain ? declared : substitute(declared, substitution)
    if !isPlain { hint(result, want.type) }
    var slots: [Slot] = []
    slots.reserveCapacity(functions[index].parameters.count)
    for place in functions[index].parameters.indices {
      let parameter = functions[index].parameters[place]
      if call.receiver != nil, place == 0 { continue }
      slots.append(
        Slot(
          name: parameter.name,
          type: isPlain ? parameter.type : substitute(parameter.type, substitution),
          isRest: parameter.isRest,
          isMutable: parameter.isMutable,
          defaultValue: parameter.defaultValue,
          isSelf: parameter.isSelf
        )
      )
    }
    if functions[index].qualifiers.contains(.isUnsafe) {
      needUnsafe("calling `unsafe fn \(spelling(functions[index].name))`", at: call.node)
    }
    let name = spelling(functions[index].name)
    guard let bound = bindArguments(call.node, slots, named: name, skipped: call.skipped) else {
      return TypeStore.error
    }
    var evidence: [Evidence] = []
    if !isPlain {
      settleHints(substitution)
      if !settle(substitution, own, call.node, mayStayOpen: result) { return TypeStore.error }
      result = resolved(result)
      guard let found = boundEvidence(call, substitution) else { return TypeStore.error }
      evidence = found
    } else if !functions[index].bounds.isEmpty, call.evidence == nil {
      guard let found = boundEvidence(call, substitution) else { return TypeStore.error }
      evidence = found
    }
    if let own = call.evidence { need(own) }
    for one in evidence { need(one) }
    need(id)
    out.calls[call.node] = Call(
      target: call.target,
      evidence: evidence,
      receiver: call.receiver,
      arguments: bound.arguments,
      evaluationOrder: bound.order,
      result: result
    )
    if !isClosed(result) { openCalls.append(call.node) }
    special(call, bound.arguments)
    return result
  }

  /// The hidden arguments of a call; reports a bound that is not met.
  private mutating func boundEvidence(_ call: Callee, _ substitution: Substitution) -> [Evidence]? {
    let function = functions[Int(call.function.rawValue)]
    var wanted = function.bounds
    if call.evidence != nil {
      // The dictionary of the trait has what the bounds of its parameters need.
      if case .trait = function.owner {
      } else {
        wanted = wanted.filter { function.typeParameters.contains($0.parameter) }
      }
    }
    let solved = resolved(substitution)
    var all: [Evidence] = []
    for bound in wanted {
      let type = guessed(solved.argument(of: bound.parameter) ?? parameterType(bound.parameter))
      let arguments = bound.arguments.map { guessed(substitute($0, solved)) }
      guard let found = implementation(of: bound.trait, for: type, arguments) else {
        if !types.shape(type).flags.contains(.hasError) {
          report(
            .Fuse.boundNotMet(
              describe(type),
              describe(bound.trait, arguments),
              span: fullSpan(call.callee)
            )
          )
        }
        return nil
      }
      all.append(found.evidence)
    }
    for parameter in upperParameters(function) {
      let upper = parameters[parameter]?.upper ?? TypeStore.none
      guard upper != TypeStore.none,
        let type = solved.argument(of: sameParameter[parameter] ?? parameter)
      else { continue }
      if isSubtype(type, substitute(upper, solved)) { continue }
      report(
        .Fuse.boundNotMet(
          describe(guessed(type)),
          describe(upper),
          span: fullSpan(call.callee)
        )
      )
      return nil
    }
    return all
  }

  /// The type parameters written at a function, those that repeat others too.
  private func upperParameters(_ function: FunctionDeclaration) -> [TypeParameterID] {
    let source = program.modules[Int(function.module)]
    let list = source.tree.function(function.node).typeParameters
    if list.isEmpty { return [] }
    return source.tree.nodes(list).compactMap { node in
      source.names.declaration(of: node).map {
        DeclarationID(module: function.module, declaration: $0)
      }
    }
  }

  /// Where only hints speak for a variable, follows them.
  mutating func settleHints(_ substitution: Substitution) {
    for argument in substitution.arguments where argument != TypeStore.none {
      guard case .variable(let index) = types[argument], index >= 0 else { continue }
      let variable = variables[Int(index)]
      if variable.solution != TypeStore.none { continue }
      if variable.hint != TypeStore.none {
        let wanted = guessed(variable.hint)
        let lower = variable.lower
        let mark = bindings.count
        if lower == TypeStore.none || isSubtype(lower, wanted) {
          variables[Int(index)].solution = wanted
          continue
        }
        undo(to: mark)
      }
      if variable.lower != TypeStore.none {
        variables[Int(index)].solution = variable.lower
      }
    }
  }

  /// Decides the type parameters of a call; reports those that nothing speaks for.
  @discardableResult
  mutating func settle(
    _ substitution: Substitution,
    _ own: [TypeParameterID],
    _ node: NodeID,
    mayStayOpen result: TypeID = TypeStore.none
  ) -> Bool {
    for (parameter, argument) in zip(substitution.parameters, substitution.arguments)
    where argument != TypeStore.none {
      guard case .variable(let index) = types[argument], index >= 0 else { continue }
      let variable = variables[Int(index)]
      if variable.solution != TypeStore.none { continue }
      if variable.lower != TypeStore.none {
        variables[Int(index)].solution = variable.lower
        continue
      }
      let known = defaultType(parameter)
      if known != TypeStore.none {
        variables[Int(index)].solution = substitute(known, resolved(substitution))
        continue
      }
      variables[Int(index)].isOpen = true
    }
    return true
  }

  // MARK: Calls that mean more

  /// What calls of some functions of the prelude mean beside.
  private mutating func special(_ call: Callee, _ arguments: [Call.Argument]) {
    let function = functions[Int(call.function.rawValue)]
    guard function.module == 0, function.owner == .block || function.owner == .declaredModule
    else { return }
    switch spelling(function.name) {
    case "print": for argument in arguments { noteTexts(argument) }
    case "tostring": for argument in arguments { noteTexts(argument) }
    case "assert":
      if case .expression(let condition)? = arguments.first { apply(condition, isTrue: true) }
    default: break
    }
  }

  /// Notes how arguments of `print` become texts.
  private mutating func noteTexts(_ argument: Call.Argument) {
    switch argument {
    case .expression(let node): noteText(node)
    case .rest(let nodes):
      for node in nodes where tree[node].kind != .spread { noteText(node) }
    default: break
    }
  }

  private mutating func noteText(_ node: NodeID) {
    let type = head(out.nodeTypes[Int(node.rawValue)])
    switch types.kind(type) {
    case .unknown, .unsafe, .error, .never, .number, .string, .ustring, .boolean, .variable: return
    default: break
    }
    for trait in ["Display", "Debug"] {
      guard let id = known(trait: trait), let found = implementation(of: id, for: type) else {
        continue
      }
      need(found.evidence)
      out.texts[node] = found.evidence
      return
    }
  }

  /// Reports the use of a function that is deprecated.
  mutating func noteDeprecated(_ id: FunctionID, at node: NodeID) {
    guard let reason = deprecated[id] else { return }
    report(
      .Fuse.deprecated(
        spelling(functions[Int(id.rawValue)].name),
        reason: reason,
        span: span(node)
      )
    )
  }
}
