// Small functions of the library made where they are called: those that are one expression of their
// parameters, operators and functions of the runtime, such as `math::floor(x)`, which is `x // 1`.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// A function that is one expression.
struct Template {
  var module: Int32
  var body: NodeID
  /// The declarations of the parameters, `self` first.
  var parameters: [Int32]
  /// How often each parameter is used.
  var uses: [Int]
  /// Whether the parameters are used in their order, each once.
  var isInOrder: Bool
}

extension SharedLowering {
  /// The function of the library as an expression, if it is a small one.
  func template(of id: FunctionID) -> Template? {
    if let known = templates[id] { return known }
    let found = makeTemplate(id)
    templates[id] = .some(found)
    return found
  }

  private func makeTemplate(_ id: FunctionID) -> Template? {
    let function = function(id)
    guard isLibrary[Int(function.module)], function.bounds.isEmpty,
      !function.parameters.contains(where: { $0.isRest || $0.isOwned })
    else { return nil }
    switch function.owner {
    case .block: break
    case .implementation(let owner): if implementation(owner).trait != nil { return nil }
    default: return nil
    }
    let module = program.program.modules[Int(function.module)]
    let parts = module.tree.function(function.node)
    guard parts.qualifiers.contains(.hasExpressionBody), workerCount(id) == nil else { return nil }
    let parameters = function.parameters.compactMap { module.names.declaration(of: $0.node) }
    guard parameters.count == function.parameters.count,
      !parameters.contains(where: {
        module.names.declarations[Int($0)].flags.contains(.isAssigned)
      })
    else { return nil }
    var order: [Int] = []
    var size = 0
    guard isTemplate(parts.body, function.module, parameters, &order, &size), size <= 12 else {
      return nil
    }
    return Template(
      module: function.module,
      body: parts.body,
      parameters: parameters,
      uses: parameters.indices.map { place in order.filter { $0 == place }.count },
      isInOrder: order == Array(parameters.indices)
    )
  }

  /// Whether an expression can be made anywhere; notes the parameters in the order of their uses.
  private func isTemplate(
    _ node: NodeID,
    _ index: Int32,
    _ parameters: [Int32],
    _ order: inout [Int],
    _ size: inout Int
  ) -> Bool {
    let module = program.program.modules[Int(index)]
    let tree = module.tree
    let checked = program.modules[Int(index)]
    size += 1
    if checked.coercions[node] != nil { return false }
    switch tree[node].kind {
    case .number, .string, .trueLiteral, .falseLiteral: return true
    case .name, .selfValue:
      guard checked.uses[node] == nil,
        case .own(let declaration) = module.names.reference(of: node),
        let place = parameters.firstIndex(of: declaration)
      else { return false }
      order.append(place)
      return true
    case .parenthesized: return isTemplate(tree.lhs(node), index, parameters, &order, &size)
    case .unary:
      guard checked.operations[node] == nil, tree.unaryOperator(node) == .negate else {
        return false
      }
      return isTemplate(tree.lhs(node), index, parameters, &order, &size)
    case .binary:
      switch checked.operations[node] {
      case nil, .primitive?: break
      default: return false
      }
      guard let op = tree.binaryOperator(node) else { return false }
      switch op {
      case .and, .or, .contains, .notContains, .range, .bitAnd, .bitOr, .bitXor, .shiftLeft,
        .shiftRight:
        return false
      default: break
      }
      return isTemplate(tree.lhs(node), index, parameters, &order, &size)
        && isTemplate(tree.rhs(node), index, parameters, &order, &size)
    case .call:
      guard let call = checked.calls[node], call.evidence.isEmpty, call.evaluationOrder.isEmpty,
        case .foreign(let id) = call.target, isLibrary[Int(function(id).module)],
        tupleCount(function(id).result) == nil
      else { return false }
      for argument in call.arguments {
        guard case .expression(let value) = argument,
          isTemplate(value, index, parameters, &order, &size)
        else { return false }
      }
      return true
    default: return false
    }
  }
}

extension ModuleLowering {
  /// A call of a small function of the library, made in place.
  mutating func expanded(_ id: FunctionID, _ arguments: [LuaRef]) -> LuaRef? {
    guard let template = shared.template(of: id), template.parameters.count == arguments.count
    else { return nil }
    let values = arguments
    for place in values.indices {
      if lua.isLiteral(values[place]) { continue }
      if template.uses[place] == 1, template.isInOrder || !mayCall(values[place]) { continue }
      if lua[values[place]].kind == .name, isStable(values[place]) { continue }
      return nil
    }
    return expanded(template.body, template, values)
  }

  private mutating func expanded(
    _ node: NodeID,
    _ template: Template,
    _ values: [LuaRef]
  ) -> LuaRef {
    let module = program.program.modules[Int(template.module)]
    let tree = module.tree
    let checked = program.modules[Int(template.module)]
    let raw = tree[node]
    switch raw.kind {
    case .trueLiteral: return lua.add(.true)
    case .falseLiteral: return lua.add(.false)
    case .number: return lua.number(tree.number(raw.mainToken))
    case .string: return lua.string(tree.stringValue(raw.mainToken))
    case .parenthesized: return expanded(tree.lhs(node), template, values)
    case .name, .selfValue:
      guard case .own(let declaration) = module.names.reference(of: node),
        let place = template.parameters.firstIndex(of: declaration)
      else { return lua.add(.nil) }
      let value = values[place]
      // A literal may be spelled in two ways at two places.
      if lua[value].kind == .number { return lua.number(lua.numbers[Int(lua[value].a)]) }
      return value
    case .unary:
      let value = expanded(tree.lhs(node), template, values)
      if lua[value].kind == .number { return lua.number(-lua.numbers[Int(lua[value].a)]) }
      return lua.unary(.negate, value)
    case .binary:
      let first = expanded(tree.lhs(node), template, values)
      let second = expanded(tree.rhs(node), template, values)
      guard let op = tree.binaryOperator(node) else { return first }
      return primitive(op, first, second, left: node, right: node)
    case .call:
      guard let call = checked.calls[node], case .foreign(let id) = call.target else {
        return lua.add(.nil)
      }
      var arguments: [LuaRef] = []
      for argument in call.arguments {
        if case .expression(let value) = argument {
          arguments.append(expanded(value, template, values))
        }
      }
      return runtimeFunction(shared.spelling(shared.function(id).name), arguments)
    default: return lua.add(.nil)
    }
  }

  /// A call of the runtime, or of the function of Lua that it is on all targets.
  mutating func runtimeFunction(_ name: String, _ arguments: [LuaRef]) -> LuaRef {
    let made: LuaRef
    switch name {
    case "sqrt", "exp", "sin", "cos", "tan", "asin", "acos":
      made = lua.call(libraryFunction("math", name), arguments)
    case "lower", "upper", "reverse": made = lua.call(libraryFunction("string", name), arguments)
    case "byte": return byteCall(arguments)
    case "sub": made = subCall(arguments)
    default: made = runtimeCall(name, arguments)
    }
    if Self.quietFunctions.contains(name) { quietCalls.insert(made) }
    return made
  }

  /// Functions that change nothing.
  private static let quietFunctions: Set<String> = [
    "sqrt", "exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "fmod", "lower", "upper",
    "reverse", "byte", "sub", "char", "rep", "find_text", "item",
  ]

  /// `string.byte` itself, if the place is a whole number.
  private mutating func byteCall(_ arguments: [LuaRef]) -> LuaRef {
    guard arguments.count == 2, integerForm(arguments[1]) != nil || isIndexLiteral(arguments[1])
    else { return quiet(runtimeCall("byte", arguments)) }
    _ = integral(arguments[1])
    let made = quiet(lua.call(libraryFunction("string", "byte"), arguments))
    bytes.insert(made)
    return many(made)
  }

  private mutating func subCall(_ arguments: [LuaRef]) -> LuaRef {
    guard arguments.count == 3,
      arguments[1...].allSatisfy({ integerForm($0) != nil || isIndexLiteral($0) })
    else { return runtimeCall("sub", arguments.map { floated($0) }) }
    for argument in arguments[1...] { _ = integral(argument) }
    return lua.call(libraryFunction("string", "sub"), arguments)
  }

  private func isIndexLiteral(_ value: LuaRef) -> Bool {
    lua[value].kind == .number && IntegerForm(lua.numbers[Int(lua[value].a)]) != nil
  }

  mutating func quiet(_ call: LuaRef) -> LuaRef {
    quietCalls.insert(call)
    return call
  }
}
