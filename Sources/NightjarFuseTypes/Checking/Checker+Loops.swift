// Loops: what a `for` goes over, and what is known inside and after.
//
// SOURCE: Fuse reference, section 5.10.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  mutating func whileLoop(_ node: NodeID) {
    let condition = tree.lhs(node)
    let mark = trail.count
    forgetAssigned(in: node)
    checkCondition(condition)
    let wasDead = body.isDead
    apply(condition, isTrue: true)
    let left = loop(tree.rhs(node))
    undoFacts(to: mark)
    let isEndless = tree[unparenthesized(condition)].kind == .trueLiteral
    body.isDead = wasDead || (isEndless && !left)
    forgetAssigned(in: node)
    if !left { apply(condition, isTrue: false) }
  }

  /// Checks the body of a loop; gives whether a `break` leaves it.
  private mutating func loop(_ block: NodeID) -> Bool {
    body.breaks.append(false)
    let type = self.block(block, .nothing)
    record(block, type)
    return body.breaks.popLast() ?? false
  }

  mutating func repeatLoop(_ node: NodeID) {
    let block = tree.lhs(node)
    let condition = tree.rhs(node)
    let mark = trail.count
    let wasDead = body.isDead
    forgetAssigned(in: node)
    body.breaks.append(false)
    // The condition sees the locals of the body.
    let list = tree.statements(block)
    prepare(list)
    let type = statements(list, hasValue: false, .nothing, block)
    record(block, type)
    if condition.isPresent { checkCondition(condition) }
    finish(list)
    undoFacts(to: mark)
    let left = body.breaks.popLast() ?? false
    body.isDead = wasDead || (!condition.isPresent && !left)
    forgetAssigned(in: node)
  }

  mutating func forLoop(_ node: NodeID) {
    let (target, sequence) = tree.forParts(node)
    if tree[node].detail == 1 {
      report(.Fuse.notAvailable("async for", target: targetName, span: span(node)))
    }
    let type = iterated(node, sequence)
    let mark = trail.count
    let wasDead = body.isDead
    forgetAssigned(in: node)
    pattern(target, type, shared(head(type)))
    _ = loop(tree.rhs(node))
    undoFacts(to: mark)
    body.isDead = wasDead
    forgetAssigned(in: node)
  }

  /// The type of the items of a sequence, and how a loop goes over it.
  private mutating func iterated(_ node: NodeID, _ sequence: NodeID) -> TypeID {
    let type = shared(head(check(sequence, .any)))
    switch types[type] {
    case .array(let element):
      out.iterations[node] = .array
      return resolved(element)
    case .nominal(let id, _) where id == known.rangeType:
      out.iterations[node] = .range
      return TypeStore.number
    case .nominal(let id, let arguments) where id == collection("List"):
      if let found = byIterator(node, type) { return found }
      out.iterations[node] = .list
      return arguments.first ?? TypeStore.error
    case .variable(let index) where index < 0: return TypeStore.error
    case .never: return TypeStore.error
    case .unsafe:
      needUnsafe("going over an `unsafe` value", at: sequence)
      report(.Fuse.notIterable("unsafe", hint: nil, span: fullSpan(sequence)))
      return TypeStore.error
    default: break
    }
    if let special = specialIteration(node, sequence) { return special }
    if let found = byIterator(node, type) { return found }
    reportNotIterable(type, sequence)
    return TypeStore.error
  }

  private mutating func byIterator(_ node: NodeID, _ type: TypeID) -> TypeID? {
    if let trait = known(trait: "Iterator"), let found = implementation(of: trait, for: type),
      let item = found.arguments.first
    {
      need(found.evidence)
      out.iterations[node] = .iterator(found.evidence)
      return resolved(item)
    }
    if let trait = known(trait: "IntoIterator"), let found = implementation(of: trait, for: type),
      let item = found.arguments.first
    {
      need(found.evidence)
      out.iterations[node] = .intoIterator(found.evidence)
      return resolved(item)
    }
    return nil
  }

  /// `array.enumerate()`, `Table::pairs(t)` and `Table::ipairs(t)` in the head of a loop.
  private mutating func specialIteration(_ node: NodeID, _ sequence: NodeID) -> TypeID? {
    let sequence = unparenthesized(sequence)
    guard tree[sequence].kind == .call, let call = out.calls[sequence] else { return nil }
    let result = call.result
    let plain = shared(head(result))
    guard case .dynamic(_, let arguments) = types[plain],
      let item = arguments.first
    else { return nil }
    if let receiver = call.receiver, case .traitFunction(let function, _) = call.target,
      spelling(functions[Int(function.rawValue)].name) == "enumerate",
      isArray(head(out.nodeTypes[Int(receiver.rawValue)]))
    {
      out.iterations[node] = .enumeratedArray(receiver)
      return resolved(item)
    }
    var called: FunctionID?
    switch call.target {
    case .function(let function), .foreign(let function): called = function
    default: break
    }
    guard let called, functions[Int(called.rawValue)].module == 0,
      case .expression(let table)? = call.arguments.first
    else { return nil }
    switch spelling(functions[Int(called.rawValue)].name) {
    case "pairs": out.iterations[node] = .pairs(table)
    case "ipairs": out.iterations[node] = .ipairs(table)
    default: return nil
    }
    return resolved(item)
  }

  private mutating func isArray(_ type: TypeID) -> Bool { types.kind(type) == .array }

  private mutating func reportNotIterable(_ type: TypeID, _ node: NodeID) {
    let type = guessed(type)
    if types.shape(type).flags.contains(.hasError) { return }
    var hint: String?
    switch types.kind(type) {
    case .table, .anyTable:
      hint = "`Table::pairs(…)` goes over all entries, `Table::ipairs(…)` over 1, 2, 3 …"
    case .number: hint = "A range goes over numbers: `1..n`."
    case .string, .ustring: hint = "`bytes()` gives the bytes of a text, `lines()` its lines."
    case .union where isOptional(type): hint = "The value may be `None`: test it first."
    default: break
    }
    report(.Fuse.notIterable(describe(type), hint: hint, span: fullSpan(node)))
  }
}
