// Functions: each is walked where it stands. A closure sees what is known there; a function with a name
// may run at any time, so what is known of variables outside it is forgotten in it.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  /// Walks a function with a name, or a method.
  mutating func namedFunction(_ id: NodeID) {
    let parts = tree.function(id)
    if !parts.body.isPresent { return }
    var result = TypeStore.unit
    if let known = checked.functions[id] {
      result = program.functions[Int(known.rawValue)].result
    }
    walk(id, parts, result: result, isNamed: true)
    if program.functions.indices.contains(Int(checked.functions[id]?.rawValue ?? -1)) {
      checkLent(id, parts)
    }
  }

  /// Walks a function that is a value.
  mutating func closure(_ id: NodeID) {
    let parts = tree.function(id)
    if !parts.body.isPresent { return }
    walk(id, parts, result: checked.closures[id]?.result ?? TypeStore.unit, isNamed: false)
  }

  private mutating func walk(
    _ id: NodeID,
    _ parts: FuseFunction,
    result: TypeID,
    isNamed: Bool
  ) {
    let outer = (state, functionFloor, namedFloor, functionNode, resultType, loops)
    let outerEnd = lastEnd
    functionFloor = slots.count
    if isNamed { namedFloor = slots.count }
    if !state.isReachable { state = FlowState() }
    functionNode = id
    resultType = result
    loops = []
    for parameter in tree.nodes(parts.parameters) where tree[parameter].kind == .parameter {
      if let index = names.declaration(of: parameter) { declare(index, isAssigned: true) }
    }
    if parts.body.isPresent { body(id, parts) }
    leaveBlock(to: functionFloor)
    (state, functionFloor, namedFloor, functionNode, resultType, loops) = outer
    lastEnd = outerEnd
  }

  private mutating func body(_ id: NodeID, _ parts: FuseFunction) {
    let isGenerator = parts.qualifiers.contains(.isGenerator)
    let hasValue = resultType != TypeStore.unit && !isGenerator
    let block = parts.body
    if tree[block].kind != .block {
      hasValue ? give(block, to: resultType, keeper: "result") : expression(block)
      return
    }
    let list = tree.statements(block)
    let value = tree.value(ofBlock: block)
    if value.isPresent, hasValue {
      let mark = slots.count
      statements(list, isResult: true)
      leaveBlock(to: mark)
      return
    }
    statements(list)
    if hasValue, !value.isPresent, state.isReachable, resultType != TypeStore.error {
      reportMissingResult(id, parts)
    }
  }

  /// Reports that the end of a function is reached without the value that it says, or that is wanted of it where it
  /// stands.
  private mutating func reportMissingResult(_ id: NodeID, _ parts: FuseFunction) {
    let end = tree[tree[id].lastToken].span
    if parts.result.isPresent {
      if resultType == TypeStore.never, tree[parts.result].kind != .neverType { return }
      report(
        .Fuse.missingResult(
          text(of: parts.result),
          span: end,
          result: tree.span(of: parts.result)
        )
      )
    } else if !parts.name.isPresent, !mayBeNothing(resultType) {
      let word = tree[tree[id].firstToken].span
      report(.Fuse.missingResult(program.describe(resultType), span: end, result: word))
    }
  }

  /// Whether a function of this result may end without a value, or nothing is known of it.
  private func mayBeNothing(_ type: TypeID) -> Bool {
    if type == TypeStore.error || type == TypeStore.never || type == TypeStore.unit { return true }
    return switch program.types[type] {
    case .variable: true
    case .union(let members): members.contains(TypeStore.unit)
    default: false
    }
  }
}
