// Calls: what becomes of the arguments, and whether the call comes back.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  /// What is known of a parameter.
  struct ParameterFacts {
    var name: String
    var type: TypeID
    var isMutable: Bool
  }

  /// The function that a call calls, if it has a name.
  func callee(_ call: Call) -> FunctionID? {
    switch call.target {
    case .function(let id), .traitFunction(let id, _), .slot(let id), .foreign(let id),
      .callMethod(let id, _):
      id
    default: nil
    }
  }

  /// What becomes of the receiver of a call.
  mutating func receiverSink(_ id: NodeID) -> Sink {
    guard let call = checked.calls[id], let callee = callee(call) else { return .read }
    let function = program.functions[Int(callee.rawValue)]
    guard let first = function.parameters.first, first.isSelf else { return .read }
    if first.isOwned { return .own }
    // `result.unwrap()` takes the owner out.
    guard let receiver = call.receiver, isOwned(call.result), isOwned(type(of: receiver)) else {
      return .read
    }
    return isContainer(type(of: receiver)) ? .move : .read
  }

  /// Whether a type is an Optional or a Result.
  private func isContainer(_ type: TypeID) -> Bool {
    switch program.types[unowned(type)] {
    case .union(let members): members.contains(TypeStore.nil)
    case .nominal(let id, _):
      program.nominals[Int(id.rawValue)].kind == .unionType
        && program.nominals[Int(id.rawValue)].declaration.module == 0
    default: false
    }
  }

  /// Walks the arguments of a call whose callee has been walked.
  mutating func call(_ id: NodeID) {
    guard let call = checked.calls[id] else {
      arguments(id)
      return
    }
    switch call.target {
    case .variant, .some:
      for item in tree.nodes(tree.rhsList(id)) {
        let value = argument(item)
        expression(value, isOwned(type(of: value)) ? .move : .read)
      }
    case .unsafeValue:
      for item in tree.nodes(tree.rhsList(id)) { needMut(argument(item)) }
      known(id, call)
    default: known(id, call)
    }
    if closableCount > 0 { closeOwners(from: functionFloor) }
    if call.result == TypeStore.never { end(at: id) }
  }

  private mutating func arguments(_ id: NodeID) {
    for item in tree.nodes(tree.rhsList(id)) { expression(argument(item)) }
  }

  private func argument(_ item: NodeID) -> NodeID {
    tree[item].kind == .namedItem ? tree.lhs(item) : item
  }

  private mutating func known(_ id: NodeID, _ call: Call) {
    let function = callee(call).map { program.functions[Int($0.rawValue)] }
    let callee = callee(call)
    let hasSelf = function?.isMethod == true && call.receiver != nil
    if let function, hasSelf, let receiver = call.receiver {
      if function.parameters[0].isMutable {
        changeReceiver(receiver, id, program.types.name(function.name))
      }
      if isOwned(type(of: receiver)), let callee { checkLoan(receiver, callee, 0) }
    }
    if case .tableMethod = call.target, let receiver = call.receiver {
      changeTable(receiver, id)
    }
    let first = hasSelf ? 1 : 0
    // Written order is the order of evaluation; where an argument goes was found out before.
    for item in tree.nodes(tree.rhsList(id)) {
      let value = argument(item)
      let place = parameter(of: item, in: call, count: tree.rhsList(id).count)
      guard let place else {
        expression(value)
        continue
      }
      if let function, let callee, first + place < function.parameters.count {
        pass(value, to: function.parameters[first + place], first + place, of: callee, call)
      } else if let type = valueParameter(id, call, place) {
        pass(value, toValue: type)
      } else {
        expression(value)
      }
    }
  }

  /// Looks at the table of a function field that changes it.
  private mutating func changeTable(_ receiver: NodeID, _ call: NodeID) {
    let callee = tree.lhs(call)
    guard case .function(let type) = program.types[unowned(self.type(of: callee))],
      let first = type.parameters.first, first.isSelf, first.isMutable
    else { return }
    changeReceiver(receiver, call, tree.name(of: tree.memberName(callee)))
  }

  /// The parameter that an argument is for: an index of `Call.arguments`.
  private func parameter(of item: NodeID, in call: Call, count: Int) -> Int? {
    let inner = tree[item].kind == .namedItem ? tree.lhs(item) : item
    for (index, argument) in call.arguments.enumerated() {
      switch argument {
      case .expression(let node): if node == item || node == inner { return index }
      case .rest(let nodes): if nodes.contains(item) || nodes.contains(inner) { return index }
      case .spreadItem(let node, _): if node == item || node == inner { return nil }
      case .defaultValue: break
      }
    }
    return nil
  }

  private func valueParameter(_ id: NodeID, _ call: Call, _ place: Int)
    -> FuseType.FunctionType.Parameter?
  {
    guard case .function(let type) = program.types[unowned(type(of: tree.lhs(id)))] else {
      return nil
    }
    let first = type.parameters.first?.isSelf == true && call.receiver != nil ? 1 : 0
    if first + place < type.parameters.count { return type.parameters[first + place] }
    return type.parameters.last?.isRest == true ? type.parameters.last : nil
  }

  /// Gives an argument to a parameter of a function with a name.
  private mutating func pass(
    _ value: NodeID,
    to parameter: FunctionDeclaration.Parameter,
    _ place: Int,
    of callee: FunctionID,
    _ call: Call
  ) {
    if isOwned(parameter.type) || parameter.isOwned {
      expression(value, .own)
    } else if isOwned(type(of: value)) {
      if acceptsOwners(parameter.type) {
        expression(value, .move)
      } else {
        expression(value)
        checkLoan(value, callee, place)
      }
    } else {
      expression(value)
    }
    if parameter.isMutable, !parameter.isSelf {
      changeArgument(value, program.types.name(parameter.name))
    }
  }

  /// Gives an argument to a parameter of a function that is a value.
  private mutating func pass(_ value: NodeID, toValue parameter: FuseType.FunctionType.Parameter) {
    if isOwned(parameter.type) {
      expression(value, .own)
    } else {
      expression(value)
      if isOwned(type(of: value)) { checkKept(value, keeper: "parameter") }
    }
    if parameter.isMutable { changeArgument(value, "mut") }
  }
}
