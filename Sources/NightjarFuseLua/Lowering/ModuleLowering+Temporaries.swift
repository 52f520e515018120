// Owners with `Close` that no variable holds: what a call gives and the statement only looks at, or
// drops. They are kept in a local and closed at the end of the statement.
//
//   peek(acquire("a"))       local owner = acquire("a")
//                            __rt.open(owner, Lock_Close.close)
//                            peek(owner)
//                            __rt.close(owner)

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// Finds the calls of the module that give an owner which nobody takes.
  mutating func noteTemporaries() {
    guard let close = shared.preludeTrait("Close"),
      program.implementations.contains(where: { $0.trait?.id == close })
    else { return }
    var found: [NodeID: Evidence] = [:]
    findTemporaries(tree.root, close, &found)
    temporaries = found
  }

  private func findTemporaries(
    _ node: NodeID,
    _ close: TraitID,
    _ found: inout [NodeID: Evidence]
  ) {
    switch tree[node].kind {
    case .block:
      let value = tree.value(ofBlock: node)
      for statement in tree.nodes(tree.statements(node)) {
        var isDropped = statement != value
        if case .drop? = checked.coercions[statement] { isDropped = true }
        if isDropped { note(plainExpression(statement), close, &found) }
      }
    case .let:
      let parts = tree.letParts(node)
      if tree[plain(tree.lhs(node))].kind == .wildcard, parts.value.isPresent {
        note(plainExpression(parts.value), close, &found)
      }
    case .assignment:
      if tree[tree.lhs(node)].kind == .wildcard {
        note(plainExpression(tree.rhs(node)), close, &found)
      }
    case .member, .tupleMember, .interpolated, .unary:
      note(plainExpression(tree.lhs(node)), close, &found)
    case .binary:
      note(plainExpression(tree.lhs(node)), close, &found)
      note(plainExpression(tree.rhs(node)), close, &found)
    case .call: noteArguments(node, close, &found)
    default: break
    }
    tree.forEachChild(of: node) { findTemporaries($0, close, &found) }
  }

  /// The arguments of a call that are only lent to it.
  private func noteArguments(
    _ node: NodeID,
    _ close: TraitID,
    _ found: inout [NodeID: Evidence]
  ) {
    guard let call = checked.calls[node] else { return }
    let id: FunctionID
    switch call.target {
    case .function(let function), .traitFunction(let function, _), .slot(let function):
      id = function
    default: return
    }
    let parameters = shared.function(id).parameters
    func isTaken(_ place: Int) -> Bool {
      guard place < parameters.count else { return true }
      if parameters[place].isOwned { return true }
      guard parameters[place].type.rawValue >= 0 else { return false }
      if case .own = program.types[parameters[place].type] { return true }
      return false
    }
    let first = shared.function(id).isMethod ? 1 : 0
    // A member of a call that is the receiver is no field: it is found here only.
    if let receiver = call.receiver {
      let object = plainExpression(receiver)
      found[object] = nil
      if !isTaken(0) { note(object, close, &found) }
    }
    for (index, argument) in call.arguments.enumerated() {
      if case .expression(let value) = argument, !isTaken(index + first) {
        note(plainExpression(value), close, &found)
      }
    }
  }

  private func note(_ node: NodeID, _ close: TraitID, _ found: inout [NodeID: Evidence]) {
    guard tree[node].kind == .call, checked[node].rawValue >= 0,
      case .own(let type) = program.types[checked[node]],
      let implementation = shared.findImplementation(of: close, [], for: type),
      shared.implementation(implementation).bounds.isEmpty
    else { return }
    found[node] = .implementation(implementation, [])
  }

  // MARK: Statements

  /// Keeps an owner that nobody takes until the end of the statement.
  mutating func temporary(_ value: LuaRef, _ evidence: Evidence) -> LuaRef {
    let kept = keep(value, "owner")
    function.closers.append(Closer(slot: lua[kept].a, evidence: evidence, isTemporary: true))
    open(kept, evidence)
    return kept
  }

  /// Closes the owners of the statement that ends here.
  mutating func closeTemporaries(_ base: Int) {
    guard function.closers.count > base, !temporaries.isEmpty else { return }
    let isLeft = lua.endsInJump
    for place in function.closers.indices.reversed() where place >= base {
      guard function.closers[place].isTemporary else { continue }
      if !isLeft { lua.appendCall(runtimeCall("close", [lua.name(function.closers[place].slot)])) }
      function.closers.remove(at: place)
    }
  }

  /// The value of a condition, whose owners are closed before it is looked at.
  mutating func condition(_ node: NodeID) -> LuaRef {
    let base = function.closers.count
    let value = self.value(node)
    if function.closers.count == base { return value }
    let kept = stable(value, "value")
    closeTemporaries(base)
    return kept
  }
}
