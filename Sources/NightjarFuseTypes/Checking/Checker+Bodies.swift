// Bodies of functions: those of modules in order, those of blocks when the block has been read, those
// without a result type when somebody asks for it.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: Results

  /// The type of a function's result, found in its body if it is not given.
  mutating func result(of id: FunctionID, at node: NodeID) -> TypeID {
    let index = Int(id.rawValue)
    let known = functions[index].result
    if known != TypeStore.none { return known }
    if states[index].progress == .running {
      if !states[index].isRecursive {
        states[index].isRecursive = true
        report(
          .Fuse.needsResult(
            spelling(functions[index].name),
            span: span(node),
            declaration: functions[index].module == module ? nameSpan(functions[index].node) : nil
          )
        )
      }
      return TypeStore.error
    }
    if states[index].progress == .done { return TypeStore.error }
    checkBody(of: id)
    let found = functions[index].result
    return found == TypeStore.none ? TypeStore.error : found
  }

  // MARK: Named functions

  /// Checks the body of a function, wherever it is, unless that was done.
  mutating func checkBody(of id: FunctionID) {
    let index = Int(id.rawValue)
    if states[index].progress != .none { return }
    states[index].progress = .running
    defer { states[index].progress = .done }
    let function = functions[index]
    let visit = visit(function.module)
    var outer = Outer(self)
    putAside(&outer, isSame: visit.module == module)
    enterBody(states[index].facts)
    body = states[index].outer ?? Body()
    prepareBody(function, states[index])
    body.function = id
    runBody(index, function)
    leaveBody(outer)
    undoFacts(to: 0)
    outer.restore(&self)
    leave(visit)
  }

  /// What is put aside while another body is checked.
  struct Outer {
    let body: Body
    let module: Int32
    /// The facts of another module, or none if the body is in the same one.
    var narrowed: [TypeID] = []
    /// The facts that do not hold in the body.
    var facts: [NarrowedName] = []
    let trail: [NarrowedName]
    let guarded: Set<Int32>
    let variables: Int
    let openNodes: Int
    let openDeclarations: Int
    let openCalls: Int
    let bindings: Int
    let nesting: Int

    init(_ checker: Checker) {
      body = checker.body
      module = checker.module
      trail = checker.trail
      guarded = checker.guarded
      variables = checker.variables.count
      openNodes = checker.openNodes.count
      openDeclarations = checker.openDeclarations.count
      openCalls = checker.openCalls.count
      bindings = checker.bindings.count
      nesting = checker.nesting
    }

    func restore(_ checker: inout Checker) {
      checker.body = body
      if narrowed.isEmpty {
        for fact in facts { checker.narrowed[Int(fact.declaration)] = fact.type }
      } else {
        checker.narrowed = narrowed
      }
      checker.trail = trail
      checker.guarded = guarded
      checker.nesting = nesting
    }
  }

  /// Takes away the facts that hold where a body is asked for.
  mutating func putAside(_ outer: inout Outer, isSame: Bool) {
    if isSame, narrowed.count == names.declarations.count {
      for entry in trail where entry.declaration >= 0 {
        let place = Int(entry.declaration)
        if narrowed[place] == TypeStore.none { continue }
        outer.facts.append(NarrowedName(declaration: entry.declaration, type: narrowed[place]))
        narrowed[place] = TypeStore.none
      }
    } else {
      outer.narrowed = narrowed
      narrowed = [TypeID](repeating: TypeStore.none, count: names.declarations.count)
    }
  }

  private mutating func enterBody(_ facts: [NarrowedName]) {
    trail = []
    guarded = []
    nesting = 0
    for fact in facts {
      narrowed[Int(fact.declaration)] = fact.type
      trail.append(NarrowedName(declaration: fact.declaration, type: TypeStore.none))
    }
  }

  /// Ends a body: its variables are decided.
  private mutating func leaveBody(_ outer: Outer) {
    // Only what this body left open: the rest belongs to the bodies around.
    let nodes = Array(openNodes[min(outer.openNodes, openNodes.count)...])
    for node in nodes {
      out.nodeTypes[Int(node.rawValue)] = final(out.nodeTypes[Int(node.rawValue)])
    }
    openNodes.removeLast(nodes.count)
    let declarations = Array(
      openDeclarations[min(outer.openDeclarations, openDeclarations.count)...]
    )
    for declaration in declarations {
      out.declarationTypes[Int(declaration)] = final(out.declarationTypes[Int(declaration)])
    }
    openDeclarations.removeLast(declarations.count)
    let calls = Array(openCalls[min(outer.openCalls, openCalls.count)...])
    for node in calls {
      guard var call = out.calls[node] else { continue }
      call.result = final(call.result)
      out.calls[node] = call
    }
    openCalls.removeLast(calls.count)
    reportOpen(from: outer.variables)
    variables.removeLast(max(0, variables.count - outer.variables))
    bindings.removeLast(max(0, bindings.count - outer.bindings))
  }

  /// Reports type parameters that nothing has decided.
  mutating func reportOpen(from first: Int) {
    var seen: Set<NodeID> = []
    for variable in variables.dropFirst(first)
    where variable.isOpen && variable.solution == TypeStore.none
      && variable.lower == TypeStore.none
    {
      guard let parameter = variable.parameter, let info = parameters[parameter],
        defaultType(parameter) == TypeStore.none, seen.insert(variable.node).inserted,
        !isLibrary(module)
      else { continue }
      report(.Fuse.cannotInfer(spelling(info.name), span: fullSpan(variable.node)))
    }
  }

  private mutating func prepareBody(_ function: FunctionDeclaration, _ state: FunctionState) {
    body.function = nil
    body.isFunction = true
    body.isUnsafe = function.qualifiers.contains(.isUnsafe)
    body.isGenerator = function.qualifiers.contains(.isGenerator)
    body.isAsync = function.qualifiers.contains(.isAsync)
    body.isDead = false
    body.canRaise = false
    body.breaks = []
    body.infersResult = state.needsResult
    body.result = state.needsResult ? TypeStore.none : function.result
    var bounds = body.bounds
    for bound in state.scopeBounds where !bounds.contains(bound) { bounds.append(bound) }
    body.bounds = bounds
    for parameter in parameterIDs(tree.function(function.node).typeParameters) {
      if let same = sameParameter[parameter], let upper = parameters[parameter]?.upper,
        upper != TypeStore.none
      {
        body.uppers.append(UpperBound(parameter: same, type: upper))
      }
    }
    switch function.owner {
    case .implementation(let owner):
      body.implementation = owner
      body.selfType = implementations[Int(owner.rawValue)].type
    case .trait(let trait):
      body.trait = trait
      body.selfType = types.intern(.selfType(trait))
    default: break
    }
  }

  private mutating func runBody(_ index: Int, _ function: FunctionDeclaration) {
    let parts = tree.function(function.node)
    for parameter in tree.nodes(parts.parameters) where tree.rhs(parameter).isPresent {
      checkDefault(index, parameter)
    }
    guard parts.body.isPresent else { return }
    needList(of: function)
    if body.isAsync || body.isGenerator {
      let feature = body.isGenerator ? "gen fn" : "async fn"
      report(.Fuse.notAvailable(feature, target: targetName, span: nameSpan(function.node)))
      if states[index].needsResult { functions[index].result = TypeStore.error }
      return
    }
    if body.infersResult {
      var type = block(parts.body, .tail)
      record(parts.body, type)
      if parts.qualifiers.contains(.hasExpressionBody), body.isDead { type = TypeStore.never }
      if body.result != TypeStore.none { type = join(body.result, type) }
      let result = final(type)
      functions[index].result = states[index].isRecursive ? TypeStore.error : result
      return
    }
    let type: TypeID
    let hasResult = parts.result.isPresent
    if tree[parts.body].kind == .block, tree[parts.body].detail == 0, body.result != TypeStore.unit
    {
      // That the end is reached without a value is a question of flow.
      type = block(parts.body, .nothing)
    } else if tree[parts.body].kind == .block {
      type = block(parts.body, .hard(body.result))
    } else if hasResult, body.result != TypeStore.unit {
      type = check(
        parts.body,
        against: body.result,
        isExact: true,
        because: .result(parts.result)
      )
    } else {
      type = value(parts.body, .hard(body.result))
    }
    if tree[parts.body].kind == .block { record(parts.body, type) }
  }

  /// Checks the default of a parameter.
  private mutating func checkDefault(_ index: Int, _ parameter: NodeID) {
    let value = tree.rhs(parameter)
    guard let declaration = names.declaration(of: parameter) else { return }
    check(value, against: out.declarationTypes[Int(declaration)])
    if isConstant(value) {
      if let constant = fold(value) { out.constants[value] = constant.constant }
    } else {
      report(.Fuse.defaultNotConstant(span: fullSpan(value)))
    }
  }

  // MARK: Functions in blocks

  /// Notes what the functions of a block see around them.
  mutating func prepare(_ list: NodeList) {
    for place in list.indices {
      let node = tree.node(list, place)
      switch tree[node].kind {
      case .function:
        guard let id = out.functions[node] else { continue }
        hold(id)
      case .implementation, .traitDeclaration:
        for member in tree.nodes(tree.rhsList(node)) {
          if let id = out.functions[member] { hold(id) }
        }
      default: break
      }
    }
  }

  private mutating func hold(_ id: FunctionID) {
    let index = Int(id.rawValue)
    guard states[index].progress == .none, states[index].outer == nil else { return }
    if !body.isFunction, trail.isEmpty { return }
    states[index].outer = body
    var facts: [NarrowedName] = []
    for entry in trail where entry.declaration >= 0 {
      let flags = names.declarations[Int(entry.declaration)].flags
      if flags.contains(.isMutable), flags.contains(.isAssigned) { continue }
      facts.append(
        NarrowedName(
          declaration: entry.declaration,
          type: narrowed[Int(entry.declaration)]
        )
      )
    }
    states[index].facts = facts
  }

  /// Checks the functions of a block that nobody has asked for.
  mutating func finish(_ list: NodeList) {
    for place in list.indices {
      let node = tree.node(list, place)
      switch tree[node].kind {
      case .function: if let id = out.functions[node] { checkLocal(id) }
      case .implementation, .traitDeclaration:
        for member in tree.nodes(tree.rhsList(node)) {
          if let id = out.functions[member] { checkLocal(id) }
        }
      default: break
      }
    }
  }

  private mutating func checkLocal(_ id: FunctionID) {
    if !isLibrary(functions[Int(id.rawValue)].module) || body.isFunction { checkBody(of: id) }
  }

  /// A function in a block where it stands: nothing yet.
  mutating func declareInBlock(_ node: NodeID) {
    if tree[node].flags.contains(.isGlobal), let id = out.functions[node] {
      let declared = result(of: id, at: node)
      let type = functionType(functions[Int(id.rawValue)], declared, Substitution())
      globals[module, default: [:]][functions[Int(id.rawValue)].name] = type
    }
  }
}
