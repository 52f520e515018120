// Expressions, in the order in which they are evaluated. Chains that grow to the left can be long, so
// they are a loop: down to the first operand, then up again step by step.
//
//   a.b(c) + d       down: binary, call, member, `a`; up: member, call (its `c`), binary (its `d`)

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  /// Walks an expression.
  mutating func expression(_ start: NodeID, _ sink: Sink = .read) {
    let mark = spine.count
    var id = start
    var sink = sink
    while let (next, nextSink) = operand(id, sink) {
      spine.append(Step(node: id, sink: sink))
      id = next
      sink = nextSink
    }
    leaf(id, sink)
    while spine.count > mark, let step = spine.popLast() { finish(step) }
  }

  /// The operand of a step that is evaluated first, and what becomes of it.
  private mutating func operand(_ id: NodeID, _ sink: Sink) -> (NodeID, Sink)? {
    let node = tree[id]
    switch node.kind {
    case .binary:
      // The value of `a or b` is that of an operand.
      return (tree.lhs(id), isLogical(id) ? sink : .read)
    case .call: return (tree.lhs(id), .read)
    case .member, .genericMember:
      // The receiver of a method that takes its owner is moved; others are lent.
      if let call = spine.last?.node, tree[call].kind == .call, tree.lhs(call) == id {
        return (tree.lhs(id), receiverSink(call))
      }
      return (tree.lhs(id), .read)
    case .index, .tupleMember, .unary, .interpolated: return (tree.lhs(id), .read)
    case .parenthesized: return (tree.lhs(id), sink)
    case .cast: return (tree.lhs(id), isOwned(type(of: tree.rhs(id))) ? sink : .read)
    case .propagate, .await:
      return (tree.lhs(id), isOwned(type(of: tree.lhs(id))) ? .move : .read)
    default: return nil
    }
  }

  private func isLogical(_ id: NodeID) -> Bool {
    let sign = tree.binaryOperator(id)
    return sign == .or || sign == .and
  }

  /// Evaluates what is left of a step when its first operand has been.
  private mutating func finish(_ step: Step) {
    let id = step.node
    switch tree[id].kind {
    case .binary:
      if isLogical(id) {
        let before = state
        expression(tree.rhs(id), step.sink)
        state.join(before)
      } else {
        expression(tree.rhs(id))
      }
    case .index:
      expression(tree.rhs(id))
      checkPlace(id, step.sink)
    case .member, .genericMember, .tupleMember: checkPlace(id, step.sink)
    case .call:
      call(id)
      checkFresh(id, step.sink)
    case .propagate: closeOwners(from: functionFloor)
    default: break
    }
  }

  /// Walks an expression that does not begin with an operand.
  private mutating func leaf(_ id: NodeID, _ sink: Sink) {
    switch tree[id].kind {
    case .name, .selfValue: variable(id, sink)
    case .ifExpression: ifExpression(id, sink)
    case .match: match(id, sink)
    case .doBlock: doBlock(id, sink)
    case .scopeBlock: block(tree.rhs(id), sink)
    case .block: block(id, sink)
    case .function: closure(id)
    case .try: tryExpression(id, sink)
    case .interpolation:
      for part in tree.nodes(tree.lhsList(id)) where tree[part].kind == .interpolated {
        expression(tree.lhs(part))
      }
    case .tuple, .array, .table: items(id, tree.lhsList(id))
    case .structLiteral: structLiteral(id)
    case .spread: expression(tree.lhs(id), sink)
    case .path: pathValue(id)
    // Statements stand where expressions do.
    case .let, .static, .globalVariable, .assignment, .whileLoop, .forLoop, .repeatLoop, .break,
      .continue, .return, .yield:
      statement(id)
    default: break
    }
  }

  private mutating func doBlock(_ id: NodeID, _ sink: Sink) {
    if !tree.qualifiers(id).contains(.isAsync) { return block(tree.lhs(id), sink) }
    // A future runs some other time.
    let outer = (state, loops)
    loops = []
    block(tree.lhs(id), sink)
    (state, loops) = outer
  }

  private mutating func tryExpression(_ id: NodeID, _ sink: Sink) {
    let before = state
    expression(tree.lhs(id), isOwned(type(of: tree.lhs(id))) ? .move : sink == .own ? .read : sink)
    // Anything in it may have raised.
    state.join(before)
  }

  // MARK: Names

  private mutating func variable(_ id: NodeID, _ sink: Sink) {
    guard case .own(let index) = names.reference(of: id) else { return }
    switch names.declarations[Int(index)].kind {
    case .variable, .parameter, .selfParameter:
      if slotOf[Int(index)] != 0 { read(index, at: id) }
      checkCapture(index, at: id)
      if sink != .read { moveVariable(index, at: id, sink) }
    case .function: useFunction(index, at: id)
    default: if sink == .own { checkFresh(id, sink) }
    }
  }

  private mutating func pathValue(_ id: NodeID) {
    let segments = tree.segments(id)
    guard segments.count == 1 else { return }
    if case .own(let index) = names.reference(of: tree.node(segments, 0)),
      names.declarations[Int(index)].kind == .function
    {
      useFunction(index, at: id)
    }
  }

  // MARK: Collections

  /// Walks the items of a literal; owners move into it if its type has a place for them.
  private mutating func items(_ id: NodeID, _ list: NodeList) {
    if list.isEmpty { return }
    let takesOwners = isOwned(type(of: id))
    for item in tree.nodes(list) {
      switch tree[item].kind {
      case .namedItem: element(tree.lhs(item), takesOwners, of: id)
      case .keyedItem:
        expression(tree.lhs(item))
        element(tree.rhs(item), takesOwners, of: id)
      default: element(item, takesOwners, of: id)
      }
    }
  }

  private mutating func element(_ value: NodeID, _ takesOwners: Bool, of literal: NodeID) {
    if !isOwned(type(of: value)) { return expression(value) }
    if takesOwners { return expression(value, .move) }
    expression(value)
    let kind = tree[literal].kind
    checkKept(value, keeper: kind == .array ? "array" : kind == .tuple ? "tuple" : "table")
  }

  private mutating func structLiteral(_ id: NodeID) {
    var fields: [NominalType.Field] = []
    if case .nominal(let nominal, _) = program.types[unowned(type(of: id))] {
      fields = program.nominals[Int(nominal.rawValue)].fields
    }
    for item in tree.nodes(tree.rhsList(id)) {
      guard tree[item].kind == .namedItem else {
        expression(item)
        continue
      }
      let value = tree.lhs(item).isPresent ? tree.lhs(item) : item
      let name = tree.name(of: tree[item].mainToken)
      let field = fields.first { program.types.name($0.name) == name }
      give(value, to: field?.type ?? type(of: value), keeper: name)
    }
  }
}
