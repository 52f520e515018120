// Functions with `#[inline]`, made where they are called. Arguments that are more than a name or a
// literal become locals, in the order in which they are computed; variables of the body get names that
// nothing else has. A closure that is given to such a function is made where the function calls it.
//
// INVARIANT: a body is made elsewhere only if every name in it means the same there.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// Whether a function asks to be made where it is called.
  private func asksForInlining(_ node: NodeID) -> Bool {
    guard tree[node].flags.contains(.hasAttributes) else { return false }
    return tree.nodes(tree.attributes(of: node)).contains {
      tree.name(of: tree[$0].mainToken) == "inline" && tree.rhsList($0).count == 0
    }
  }

  /// Whether calls of a function are replaced by its body.
  mutating func isInlined(_ id: FunctionID) -> Bool {
    let function = shared.function(id)
    guard function.module == module, function.node.isPresent, asksForInlining(function.node) else {
      return false
    }
    if inlinedFunctions.contains(id) { return false }
    switch function.owner {
    case .block: break
    case .implementation(let owner): if shared.implementation(owner).trait != nil { return false }
    default: return false
    }
    if let known = inlinable[function.node] { return known }
    let result = shared.workerCount(id) == nil && canMove(function.node)
    inlinable[function.node] = result
    return result
  }

  /// Whether a function's body may stand elsewhere; that of a closure stays in its function.
  private func canMove(_ node: NodeID, isClosure: Bool = false) -> Bool {
    let parts = tree.function(node)
    guard parts.body.isPresent, parts.qualifiers.isDisjoint(with: [.isAsync, .isGenerator]),
      !leavesEarly(parts.body)
    else { return false }
    for parameter in tree.nodes(parts.parameters) {
      if tree.parameterForm(parameter).contains(.isRest) { return false }
    }
    let inner = declarations(inside: node)
    if inner.contains(where: { checked.closedOwners[$0] != nil }) { return false }
    return isClosure || hasPlainNames(parts.body, Set(inner))
  }

  /// Whether a body has a `return`, `?` or `await`: these leave the function around.
  private func leavesEarly(_ node: NodeID) -> Bool {
    switch tree[node].kind {
    case .return, .propagate, .await, .yield, .scopeBlock: return true
    case .function: return false
    default: break
    }
    var found = false
    tree.forEachChild(of: node) { child in
      if !found, leavesEarly(child) { found = true }
    }
    return found
  }

  /// Whether the names from outside that a body uses are declared once in the module.
  private func hasPlainNames(_ node: NodeID, _ inner: Set<Int32>) -> Bool {
    switch tree[node].kind {
    case .name, .segment, .namedItem, .selfValue:
      if case .own(let declaration) = names.reference(of: node), !inner.contains(declaration) {
        let symbol = names.declarations[Int(declaration)].symbol
        if declarationCounts[Int(symbol)] > 1 { return false }
      }
    default: break
    }
    var isPlain = true
    tree.forEachChild(of: node) { child in
      if isPlain, !hasPlainNames(child, inner) { isPlain = false }
    }
    return isPlain
  }

  /// The declarations of a function and of the functions in it.
  private func declarations(inside node: NodeID) -> [Int32] {
    guard let scope = names.functions.firstIndex(where: { $0.node == node }) else { return [] }
    var scopes: Set<Int32> = [Int32(truncatingIfNeeded: scope)]
    for (index, function) in names.functions.enumerated() where scopes.contains(function.parent) {
      scopes.insert(Int32(truncatingIfNeeded: index))
    }
    return names.declarations.indices.filter { scopes.contains(names.declarations[$0].function) }
      .map { Int32(truncatingIfNeeded: $0) }
  }

  // MARK: Calls

  /// The closures among the arguments of a call that are made where the function calls them.
  mutating func movedClosures(_ call: Call) -> [NodeID: Int32] {
    guard case .function(let id) = call.target, isInlined(id) else { return [:] }
    let function = shared.function(id)
    let first = function.isMethod ? 1 : 0
    var found: [NodeID: Int32] = [:]
    for (index, argument) in call.arguments.enumerated() {
      guard case .expression(let node) = argument, tree[node].kind == .function,
        checked.coercions[node] == nil, index + first < function.parameters.count,
        let declaration = names.declaration(of: function.parameters[index + first].node),
        isOnlyCalled(declaration, tree.function(function.node).body),
        canMove(node, isClosure: true)
      else { continue }
      found[node] = declaration
    }
    return found
  }

  /// Whether a parameter is used as the callee of calls only.
  private func isOnlyCalled(_ declaration: Int32, _ node: NodeID) -> Bool {
    if tree[node].kind == .function { return !mentions(declaration, node) }
    var isOnly = true
    tree.forEachChild(of: node) { child in
      guard isOnly else { return }
      if tree[child].kind == .name, case .own(declaration) = names.reference(of: child) {
        isOnly = tree[node].kind == .call && tree.lhs(node) == child
      } else if !isOnlyCalled(declaration, child) {
        isOnly = false
      }
    }
    return isOnly
  }

  private func mentions(_ declaration: Int32, _ node: NodeID) -> Bool {
    if tree[node].kind == .name, case .own(declaration) = names.reference(of: node) { return true }
    var found = false
    tree.forEachChild(of: node) { child in
      if !found, mentions(declaration, child) { found = true }
    }
    return found
  }

  /// A call of a function with `#[inline]`, made in place.
  mutating func inlined(
    _ id: FunctionID,
    _ values: [LuaRef],
    _ hidden: [LuaRef],
    _ closures: [NodeID: Int32]
  ) -> LuaRef? {
    let function = shared.function(id)
    guard isInlined(id), values.count <= function.parameters.count,
      hidden.count == function.bounds.count
    else { return nil }
    // What was left out at the end is `None`.
    let missing = function.parameters.count - values.count
    let values = values + (0..<missing).map { _ in lua.add(.nil) }
    let count = dictionaries.count
    for (bound, value) in zip(function.bounds, hidden) {
      dictionaries.append((bound.parameter, bound.trait, stable(value, "dictionary")))
    }
    inlinedFunctions.append(id)
    for (node, declaration) in closures { closureArguments[declaration] = node }
    let parameters = function.parameters.map(\.node)
    let result = moved(function.node, parameters, values, bare(function.result))
    for declaration in closures.values { closureArguments[declaration] = nil }
    inlinedFunctions.removeLast()
    dictionaries.removeSubrange(count...)
    return result
  }

  /// A call of a closure that was given to a function with `#[inline]`.
  mutating func inlinedClosure(_ node: NodeID) -> LuaRef? {
    guard let call = checked.calls[node], case .value = call.target,
      case .own(let declaration) = names.reference(of: tree.lhs(node)),
      let closure = closureArguments[declaration]
    else { return nil }
    var nodes: [NodeID] = []
    for argument in call.arguments {
      guard case .expression(let value) = argument else { return nil }
      nodes.append(value)
    }
    let parameters = tree.nodes(tree.function(closure).parameters).map { $0 }
    // It may take fewer arguments than it is given.
    let values = self.values(nodes)
    for value in values.dropFirst(parameters.count) { discard(value) }
    guard values.count >= parameters.count else { return nil }
    let result = checked.closures[closure].map { bare($0.result) } ?? TypeStore.unit
    return moved(closure, parameters, Array(values.prefix(parameters.count)), result)
  }

  /// The body of a function, with values for its parameters.
  private mutating func moved(
    _ node: NodeID,
    _ parameters: [NodeID],
    _ values: [LuaRef],
    _ result: TypeID
  ) -> LuaRef {
    let inner = declarations(inside: node)
    let outerSubstitutes = substitutes
    let outerSlots = inner.map { slotOf[Int($0)] }
    for declaration in inner { rename(declaration) }
    let hasBlock = !tree.function(node).qualifiers.contains(.hasExpressionBody)
    for (parameter, value) in zip(parameters, values) { give(value, to: parameter) }
    let body = tree.function(node).body
    let made: LuaRef
    if hasBlock {
      made = movedBlock(body, result)
    } else if result == TypeStore.unit {
      lower(body, to: .discard)
      made = lua.add(.nil)
    } else {
      made = value(body)
    }
    for (declaration, slot) in zip(inner, outerSlots) { slotOf[Int(declaration)] = slot }
    substitutes = outerSubstitutes
    return made
  }

  private mutating func movedBlock(_ body: NodeID, _ result: TypeID) -> LuaRef {
    if result == TypeStore.unit || result == TypeStore.never {
      let list = blockList(body, to: .discard)
      if list != 0 { lua.append(lua.add(.do, list)) }
      return lua.add(.nil)
    }
    let slot = temp("result")
    lua.appendLocal([slot], [])
    let target = lua.name(slot)
    let list = blockList(body, to: .assign(target))
    if list != 0 { lua.append(lua.add(.do, list)) }
    return target
  }

  /// Gives a variable of a moved body a name that nothing else has.
  private mutating func rename(_ declaration: Int32) {
    let known = names.declarations[Int(declaration)]
    switch known.kind {
    case .variable, .parameter, .selfParameter, .function: break
    default: return
    }
    let name = String(decoding: tree.name(ofSymbol: known.symbol), as: UTF8.self)
    let slot = uniqueSlot(name == "self" ? "object" : name)
    slotOf[Int(declaration)] = slot + 1
    if known.flags.contains(.isAssigned) || known.flags.contains(.isUninitialized) {
      changingSlots.insert(slot)
      if known.flags.contains(.isCaptured) { capturedSlots.insert(slot) }
    }
  }

  /// Makes a value that of a parameter.
  private mutating func give(_ value: LuaRef, to parameter: NodeID) {
    guard let declaration = names.declaration(of: parameter) else {
      discard(value)
      return
    }
    if closureArguments[declaration] != nil { return }
    let isAssigned = names.declarations[Int(declaration)].flags.contains(.isAssigned)
    let isName = lua[value].kind == .name || lua[value].kind == .raw
    let isLiteral = lua.isLiteral(value) && lua[value].kind != .function
    if !isAssigned, isLiteral || isName && isStable(value) {
      substitutes[declaration] = value
      return
    }
    lua.appendLocal([slotOf[Int(declaration)] - 1], [value])
  }
}
