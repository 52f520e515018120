// The bounds of numbers that change: variables that are assigned, and parameters, which have another
// value in each call. A parameter is an integer of Lua if all calls of its function are seen and give
// integers; so its function belongs to the module alone, and is nowhere a value.
//
// What a variable holds follows from what it held before, so bounds are taken for true; if then all
// values that it gets are between them, they are.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension IntegerForm {
  /// What holds all numbers of two forms.
  func joined(_ other: IntegerForm) -> IntegerForm {
    IntegerForm(low: min(low, other.low), high: max(high, other.high))
  }
}

extension ModuleLowering {
  /// How often bounds are widened before counters are thought of.
  private static let roundsMax = 3

  /// The form of a variable that is assigned.
  mutating func changingForm(_ declaration: Int32, _ first: IntegerForm) -> IntegerForm? {
    let assignments = numberUses.assignments[declaration] ?? []
    let isStepped = assignments.contains {
      $0.node.isPresent && tree.binaryOperator($0.node) != nil
    }
    return settled(declaration, first, roundsMax: isStepped ? 0 : Self.roundsMax) {
      lowering,
      taken in
      var found: [IntegerForm] = []
      for assignment in assignments {
        guard
          let form = lowering.assignedForm(
            declaration,
            assignment.node,
            assignment.conditions,
            taken
          )
        else { return nil }
        found.append(form)
      }
      return found
    }
  }

  /// The bounds that a declaration keeps if it begins with a form; `values` tells what else it gets
  /// while it is between the given bounds.
  private mutating func settled(
    _ declaration: Int32,
    _ first: IntegerForm,
    roundsMax: Int,
    _ values: (inout ModuleLowering, IntegerForm) -> [IntegerForm]?
  ) -> IntegerForm? {
    guard first.high <= 2 * IntegerForm.counter, first.low >= -IntegerForm.counter else {
      return nil
    }
    var taken = first
    for _ in 0..<roundsMax {
      guard let found = assuming(declaration, taken, values) else { return nil }
      let next = found.reduce(taken) { $0.joined($1) }
      if next == taken { return taken }
      taken = next
    }
    // Counters: small steps beyond the bounds are let pass, as no program counts so far.
    for low in [first.low > 0 ? first.low : 0, 0, -IntegerForm.counter] where first.low >= low {
      let taken = IntegerForm(low: low, high: max(first.high, IntegerForm.counter))
      let slack = low >= 0 ? 0 : IntegerForm.step
      guard let found = assuming(declaration, taken, values) else { continue }
      if found.allSatisfy({ $0.low >= low - slack && $0.high <= taken.high + IntegerForm.step }) {
        return IntegerForm(low: low - slack, high: taken.high + IntegerForm.step)
      }
    }
    return nil
  }

  /// What is found while a declaration is taken to have a form; the rest of it may hold then only.
  private mutating func assuming<Found>(
    _ declaration: Int32,
    _ form: IntegerForm?,
    _ look: (inout ModuleLowering, IntegerForm) -> Found?
  ) -> Found? {
    let known = integerDeclarations
    integerDeclarations[declaration] = .some(form)
    let found = look(&self, form ?? IntegerForm(low: 0, high: 0))
    integerDeclarations = known
    return found
  }

  // MARK: Parameters

  /// Notes the parameters of functions of which all calls are seen.
  mutating func noteClosedParameters() {
    guard hasIntegers, !isLibrary else { return }
    for id in numberUses.calls.keys where isClosed(id) {
      for (place, parameter) in shared.function(id).parameters.enumerated() {
        guard !parameter.isSelf, !parameter.isRest, isNumber(parameter.type),
          let declaration = names.declaration(of: parameter.node),
          !names.declarations[Int(declaration)].flags.contains(.isAssigned)
        else { continue }
        closedParameters[declaration] = (id, place)
      }
    }
  }

  /// Whether all calls of a function are seen.
  private func isClosed(_ id: FunctionID) -> Bool {
    let function = shared.function(id)
    guard function.module == module, !function.isExported, !numberUses.openFunctions.contains(id),
      tree.function(function.node).body.isPresent,
      function.qualifiers.isDisjoint(with: [.isAsync, .isGenerator]),
      tree[function.node].flags.isDisjoint(with: [.hasAttributes, .isGlobal])
    else { return false }
    switch function.owner {
    case .block: return true
    case .implementation(let owner):
      return shared.implementation(owner).trait == nil && (!function.isPublic || !isSeen)
    default: return false
    }
  }

  /// Whether other code may get at values of the module's types.
  private var isSeen: Bool {
    tree.nodes(tree.statements(tree.root)).contains { statement in
      switch tree[statement].kind {
      case .exportNames, .exportAll, .declareModule, .declareGlobal, .externBlock, .globalVariable:
        true
      case .importDeclaration:
        String(decoding: tree.stringValue(tree.modulePath(statement)), as: UTF8.self)
          .hasPrefix("@lua:")
      default: !tree[statement].flags.isDisjoint(with: [.isExported, .isGlobal])
      }
    }
  }

  /// What is known of a parameter if it is an integer in each call.
  mutating func parameterForm(_ declaration: Int32) -> IntegerForm? {
    guard let (id, place) = closedParameters[declaration], wantsInteger(declaration) else {
      return nil
    }
    let first = shared.function(id).isMethod ? 1 : 0
    var given: [NodeID] = []
    for node in numberUses.calls[id] ?? [] {
      guard let call = checked.calls[node], (call.receiver != nil) == (first == 1),
        place - first < call.arguments.count,
        case .expression(let argument) = call.arguments[place - first]
      else { return nil }
      let value = tree[argument].kind == .namedItem ? tree.lhs(argument) : argument
      if needsStatements(value) || checked.coercions[value] != nil { return nil }
      given.append(value)
    }
    let beginnings = assuming(declaration, nil) { lowering, _ in
      given.compactMap { lowering.integerForm(at: $0) }
    }
    guard var start = beginnings?.first else { return nil }
    for form in beginnings ?? [] { start = start.joined(form) }
    return settled(declaration, start, roundsMax: Self.roundsMax) { lowering, _ in
      var found: [IntegerForm] = []
      for node in given {
        guard let form = lowering.integerForm(at: node) else { return nil }
        found.append(form)
      }
      return found
    }
  }

  /// Whether a parameter would be an integer if all its values were.
  mutating func asksForInteger(_ id: FunctionID, _ place: Int) -> Bool {
    let parameters = shared.function(id).parameters
    guard shared.function(id).module == module, place < parameters.count,
      let declaration = names.declaration(of: parameters[place].node),
      closedParameters[declaration] != nil
    else { return false }
    return wantsInteger(declaration)
  }

  /// The arguments of a call that have to be integers.
  mutating func wholeArguments(_ call: Call) -> Set<NodeID> {
    guard !closedParameters.isEmpty, case .function(let id) = call.target else { return [] }
    let function = shared.function(id)
    guard function.module == module else { return [] }
    let first = function.isMethod ? 1 : 0
    var found: Set<NodeID> = []
    for (index, argument) in call.arguments.enumerated() {
      guard case .expression(let node) = argument, index + first < function.parameters.count,
        let declaration = names.declaration(of: function.parameters[index + first].node),
        closedParameters[declaration] != nil, integerForm(of: declaration) != nil
      else { continue }
      found.insert(node)
    }
    return found
  }

  /// Notes at the head of a function that a parameter is an integer.
  mutating func noteParameter(_ node: NodeID, _ slot: Int32) {
    guard let declaration = names.declaration(of: node), closedParameters[declaration] != nil,
      let form = integerForm(of: declaration)
    else { return }
    integers[slot] = form
  }
}
