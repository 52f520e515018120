// Loops over ranges: numeric loops of Lua.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// `(first..last).step(by)` or `(first..last).rev()`, written in place.
struct SteppedRange {
  var first: NodeID
  var last: NodeID
  /// The step; none for `rev`.
  var by: NodeID?
  var isReversed: Bool { by == nil }
}

extension ModuleLowering {
  mutating func rangeLoop(_ node: NodeID, _ pattern: NodeID, _ sequence: NodeID) {
    let source = plainExpression(sequence)
    let variable = plain(pattern)
    let (slot, before) = loopVariable(variable)
    guard tree[source].kind == .binary, tree.binaryOperator(source) == .range else {
      let range = stable(value(source), "range")
      let bounds = [lua.field(range, "first"), lua.field(range, "last")]
      let line = lua.line
      let (body, _) = loopBody(tree.rhs(node), before: before)
      lua.line = line
      lua.append(lua.add(.numericFor, slot, lua.list(bounds), body))
      return
    }
    var (first, last) = operands(tree.lhs(source), tree.rhs(source), isRaw: true)
    let isWhole = counter(variable, slot, first)
    if !isWhole { first = floated(first) }
    last = integral(last)
    let body = tree.rhs(node)
    let isCalm = enterLoop(body)
    if isCalm, lows[slot] != nil, !changingSlots.contains(slot),
      let declaration = names.declaration(of: variable), let start = integerForm(first)?.low,
      start >= 1,
      columnLoop(
        node,
        declaration,
        slot,
        last,
        {
          $0.countedLoop(node, slot, [first, $1], isCalm: true, before: before)
        }
      )
    {
      return
    }
    countedLoop(node, slot, [first, last], isCalm: isCalm, before: before)
  }

  /// A loop between two bounds.
  private mutating func countedLoop(
    _ node: NodeID,
    _ slot: Int32,
    _ bounds: [LuaRef],
    isCalm: Bool,
    before: (inout ModuleLowering) -> Void
  ) {
    let line = lua.line
    let body = tree.rhs(node)
    let variable = plain(tree.forParts(node).pattern)
    let first = bounds[0]
    let last = bounds[1]
    let limitMark = lua.bounds.count
    let runCount = lua.bounds.runs.count
    var firstReads: [LuaRef] = []
    var limit = last
    if isCalm, lows[slot] != nil, !changingSlots.contains(slot),
      let declaration = names.declaration(of: variable)
    {
      noteLimit(slot, last)
      if let start = integerForm(first), start.low == start.high, start.low >= 1 {
        if start.low == 1 { noteRuns(body, declaration, slot) }
        (firstReads, limit) = lookedAt(body, declaration, slot, last, from: start.low)
      }
    }
    if firstReads.isEmpty, isCalm, fill(node, slot, [first, limit], before: before) { return }
    let (list, _) = loopBody(body, before: before)
    let written = lua.bounds.runs.dropFirst(runCount).filter { $0.slot == slot }.map(\.array)
    lua.bounds.forgetLimits(since: limitMark)
    lua.bounds.runs.removeSubrange(min(runCount, lua.bounds.runs.count)...)
    lua.line = line
    let bound = firstReads.isEmpty ? last : lua.name(clampedSlot)
    lua.append(lua.add(.numericFor, slot, lua.list([first, bound]), list))
    if !firstReads.isEmpty { reportShort(firstReads, lua.name(clampedSlot), limit) }
    guard lua[limit].kind == .name, !changingSlots.contains(lua[limit].a), !hasJump(body, .break)
    else { return }
    for array in written { addLimit(lua[limit].a, array, 0) }
  }

  /// Sees to the form of a loop's variable.
  ///
  /// - Returns: Whether it is an integer.
  mutating func counter(_ pattern: NodeID, _ slot: Int32, _ first: LuaRef) -> Bool {
    guard let form = integerForm(first), let counted = counted(from: form) else { return false }
    lows[slot] = form.low
    if tree[pattern].kind == .wildcard { return integerized(first) }
    guard tree[pattern].kind == .binding, let declaration = names.declaration(of: pattern),
      integerForm(of: declaration) != nil
    else { return false }
    integers[slot] = counted
    return integerized(first)
  }

  /// Notes what a loop may change, before anything of it is made.
  ///
  /// - Returns: Whether its body leaves arrays as they are.
  @discardableResult
  mutating func enterLoop(_ body: NodeID) -> Bool {
    let isCalm = shared.isCalm(body, in: module)
    if !isCalm { lua.bounds.forget() }
    if !lua.bounds.isEmpty { forgetAssigned(body) }
    return isCalm
  }

  /// Forgets what is known of the variables that a loop's body assigns.
  private mutating func forgetAssigned(_ node: NodeID) {
    if tree[node].kind == .assignment {
      let target = plainExpression(tree.lhs(node))
      forgetTargets(target)
    }
    var children: [NodeID] = []
    tree.forEachChild(of: node) { children.append($0) }
    for child in children { forgetAssigned(child) }
  }

  private mutating func forgetTargets(_ target: NodeID) {
    switch tree[target].kind {
    case .name:
      if case .own(let declaration) = names.reference(of: target), slotOf[Int(declaration)] != 0 {
        lua.forgetBounds(of: slotOf[Int(declaration)] - 1)
      }
    case .targetTuple, .tuple:
      for item in tree.nodes(tree.lhsList(target)) { forgetTargets(plainExpression(item)) }
    default: break
    }
  }

  // MARK: Steps

  /// A range with steps that is written in place.
  func steppedRange(_ sequence: NodeID) -> SteppedRange? {
    let sequence = plainExpression(sequence)
    guard tree[sequence].kind == .call, let call = checked.calls[sequence],
      let receiver = call.receiver, case .function(let id) = call.target,
      case .implementation(let owner) = shared.function(id).owner,
      shared.implementation(owner).module == 0,
      shared.shortName(shared.implementation(owner).type) == "Range"
    else { return nil }
    let range = plainExpression(receiver)
    guard tree[range].kind == .binary, tree.binaryOperator(range) == .range else { return nil }
    let first = tree.lhs(range)
    let last = tree.rhs(range)
    switch shared.spelling(shared.function(id).name) {
    case "rev": return SteppedRange(first: first, last: last, by: nil)
    case "step":
      guard case .expression(let by)? = call.arguments.first else { return nil }
      return SteppedRange(first: first, last: last, by: by)
    default: return nil
    }
  }

  /// Whether a sequence is made on the spot by `step` or `rev` of a range.
  func isMadeOfSteps(_ sequence: NodeID) -> Bool {
    guard tree[plainExpression(sequence)].kind == .call, let steps = preludeNominal("Steps") else {
      return false
    }
    return shared.nominal(of: type(sequence)) == steps
  }

  /// Nobody else sees these steps, so a loop of Lua walks between their bounds.
  mutating func stepsLoop(_ node: NodeID, _ pattern: NodeID, _ sequence: NodeID) {
    let line = lua.line
    let variable = plain(pattern)
    let (slot, before) = loopVariable(variable)
    let bounds: [LuaRef]
    if let steps = steppedRange(sequence) {
      bounds = self.bounds(of: steps, variable, slot)
    } else {
      let steps = keep(value(sequence), "steps")
      bounds = [lua.field(steps, "at"), lua.field(steps, "last"), lua.field(steps, "by")]
    }
    let isCalm = enterLoop(tree.rhs(node))
    if isCalm, fill(node, slot, bounds, before: before) { return }
    let limitMark = lua.bounds.count
    if isCalm, lows[slot] != nil, bounds.count > 2, (integerForm(bounds[2])?.low ?? 0) > 0 {
      noteLimit(slot, bounds[1])
    }
    let (body, _) = loopBody(tree.rhs(node), before: before)
    lua.bounds.forgetLimits(since: limitMark)
    lua.line = line
    lua.append(lua.add(.numericFor, slot, lua.list(bounds), body))
  }

  private mutating func boundValues(_ steps: SteppedRange) -> [LuaRef] {
    let nodes = [steps.first, steps.last] + (steps.by.map { [$0] } ?? [])
    return values(nodes, rawWhere: Set(nodes))
  }

  mutating func bounds(
    of steps: SteppedRange,
    _ variable: NodeID,
    _ slot: Int32
  ) -> [LuaRef] {
    var parts = boundValues(steps)
    let forms = parts.map { integerForm($0) }
    let isWhole = forms.allSatisfy { $0 != nil }
    var isInteger = isWhole && tree[variable].kind == .wildcard
    if isWhole, let declaration = names.declaration(of: variable),
      let form = integerForm(of: declaration)
    {
      integers[slot] = form
      isInteger = true
    }
    if isWhole { lows[slot] = forms[0]?.low }
    for index in parts.indices {
      // A step may be an integer beside a float.
      if isInteger {
        integerized(parts[index])
      } else if index == 0 || index == 1 && steps.isReversed || forms[index] == nil {
        parts[index] = floated(parts[index])
      }
    }
    if steps.isReversed {
      let back = lua.number(-1, isInteger: isInteger)
      if isWhole { return [parts[1], parts[0], back] }
      let first = stable(parts[0], "first")
      let distance = floorDivided(lua.binary(.subtract, parts[1], first), lua.number(1))
      return [lua.binary(.add, first, distance), first, back]
    }
    if let step = forms[2], step.low > 0 { return parts }
    for index in parts.indices { parts[index] = stable(parts[index], "step") }
    lua.openBlock()
    lua.appendCall(runtimeCall("panic", [lua.string("a step must be greater than 0")]))
    let body = lua.closeBlock()
    let isPositive = lua.binary(.greater, parts[2], lua.integer(0))
    lua.appendIf(lua.unary(.not, lua.parenthesized(isPositive)), body)
    return parts
  }
}
