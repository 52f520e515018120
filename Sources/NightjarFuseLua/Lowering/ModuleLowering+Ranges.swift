// Loops over ranges: numeric loops of Lua. Where a loop is seen to read the elements of an array one by
// one, the array's length is looked at once, before the loop:
//
//   local last = size
//   if row[last] == nil and #row < last then last = #row end
//   for k = 1, last do … row[k] … end
//   if last + 1 <= size then __rt.oob(row, last + 1) end

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
  private mutating func counter(_ pattern: NodeID, _ slot: Int32, _ first: LuaRef) -> Bool {
    guard let form = integerForm(first), let counted = counterForm(from: form) else { return false }
    lows[slot] = form.low
    if tree[pattern].kind == .wildcard { return integerized(first) }
    guard tree[pattern].kind == .binding, let declaration = names.declaration(of: pattern),
      integerForm(of: declaration) != nil
    else { return false }
    integers[slot] = counted
    return integerized(first)
  }

  private func counterForm(from form: IntegerForm) -> IntegerForm? { counted(from: form) }

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

  private mutating func bounds(
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

  // MARK: Elements

  /// Notes the arrays that a loop from 1 writes element by element.
  private mutating func noteRuns(_ body: NodeID, _ counter: Int32, _ slot: Int32) {
    guard !hasJump(body, .continue), tree[body].kind == .block else { return }
    for statement in tree.nodes(tree.statements(body)) {
      guard let array = writtenArray(statement, counter) else { continue }
      lua.bounds.runs.append(KnownBounds.Run(slot: slot, array: plainValue(array)))
    }
  }

  /// The array in `array[counter] = value`, if it is the same in each round.
  private func writtenArray(_ statement: NodeID, _ counter: Int32) -> NodeID? {
    guard tree[statement].kind == .assignment, tree.binaryOperator(statement) == nil else {
      return nil
    }
    let target = plainExpression(tree.lhs(statement))
    guard tree[target].kind == .index, isElement(target, counter) else { return nil }
    return tree.lhs(target)
  }

  /// Whether an expression is `array[counter]`, with an array that is the same in each round.
  private func isElement(_ index: NodeID, _ counter: Int32) -> Bool {
    let key = plainExpression(tree.rhs(index))
    guard isPlainIndex(index), tree[key].kind == .name,
      case .own(counter) = names.reference(of: key), checked.uses[key] == nil,
      case .array = typeKind(type(tree.lhs(index)))
    else { return false }
    return isSteady(tree.lhs(index))
  }

  /// Whether an expression is a variable that is never assigned, or a field of such.
  func isSteady(_ node: NodeID) -> Bool {
    let node = plainExpression(node)
    if checked.coercions[node] != nil { return false }
    switch tree[node].kind {
    case .name, .selfValue:
      guard checked.uses[node] == nil, case .own(let declaration) = names.reference(of: node),
        !isModuleField(declaration)
      else { return false }
      let known = names.declarations[Int(declaration)]
      switch known.kind {
      case .variable, .parameter, .selfParameter: break
      default: return false
      }
      return known.flags.isDisjoint(with: [.isAssigned, .isUninitialized])
        && substitutes[declaration] == nil
    case .member:
      guard case .field? = checked.uses[node] else { return false }
      return isSteady(tree.lhs(node))
    default: return false
    }
  }

  /// Looks before a loop from 1 at the lengths of arrays whose elements it reads first in each round.
  ///
  /// - Returns: The arrays, and the last index that was asked for.
  private mutating func lookedAt(
    _ body: NodeID,
    _ counter: Int32,
    _ slot: Int32,
    _ last: LuaRef,
    from start: Int
  ) -> ([LuaRef], LuaRef) {
    guard shared.options.checksBounds, tree[body].kind == .block, isSimple(body),
      !hasJump(body, .break), !hasJump(body, .continue),
      shared.isCalm(body, in: module, isStill: true)
    else { return ([], last) }
    var found: [NodeID] = []
    for statement in tree.nodes(tree.statements(body)) {
      if !reads(inStatement: statement, counter, &found) { break }
    }
    var arrays: [LuaRef] = []
    let place = lua.name(slot)
    for array in found {
      let array = plainValue(array)
      if isThere(array, place) || arrays.contains(where: { sameRead($0, array) }) { continue }
      arrays.append(array)
    }
    if arrays.isEmpty { return ([], last) }
    let limit = lua[last].kind == .number ? last : stable(last, "size")
    clampedSlot = temp("last")
    noteInteger(clampedSlot, limit)
    changingSlots.insert(clampedSlot)
    let clamped = lua.name(clampedSlot)
    lua.appendLocal([clampedSlot], [limit])
    for array in arrays {
      let length = lua.unary(.length, array)
      lua.openBlock()
      if start == 1 {
        lua.appendAssign(clamped, length)
      } else {
        let greater = lua.field(lua.raw("math"), "max")
        lua.appendAssign(clamped, lua.call(greater, [length, lua.integer(start - 1)]))
      }
      let list = lua.closeBlock()
      let isShort = lua.binary(
        .and,
        lua.binary(.equal, lua.index(array, clamped), lua.add(.nil)),
        lua.binary(.less, length, clamped)
      )
      lua.appendIf(isShort, list)
      addLimit(slot, array, 0)
    }
    return (arrays, limit)
  }

  /// Whether a body does nothing but compute: then it is worth to look at lengths before the loop.
  private func isSimple(_ node: NodeID) -> Bool {
    var isSimple = true
    tree.forEachChild(of: node) { child in
      switch tree[child].kind {
      case .function, .await, .yield: isSimple = false
      case .call where checked.calls[child].map(isPrint) ?? true: isSimple = false
      default: if isSimple { isSimple = self.isSimple(child) }
      }
    }
    return isSimple
  }

  private func isPrint(_ call: Call) -> Bool {
    guard case .function(let id) = call.target else { return false }
    return shared.nameIs(id, "print")
  }

  /// After the loop: the round that it did not reach would have read what is not there.
  private mutating func reportShort(_ arrays: [LuaRef], _ clamped: LuaRef, _ limit: LuaRef) {
    let next = lua.binary(.add, clamped, lua.integer(1))
    let name = arrays.count == 1 ? "oob" : "short"
    lua.openBlock()
    lua.appendCall(
      runtimeCall(name, arrays.count == 1 ? [arrays[0], next] : [next] + arrays)
    )
    let list = lua.closeBlock()
    lua.appendIf(lua.binary(.lessEqual, next, limit), list)
  }

  // MARK: First reads

  /// Finds the elements that a statement reads before it changes anything.
  ///
  /// - Returns: Whether what follows it may be looked at too.
  private func reads(inStatement node: NodeID, _ counter: Int32, _ found: inout [NodeID]) -> Bool {
    switch tree[node].kind {
    case .let:
      let value = tree.letParts(node).value
      guard tree[plain(tree.lhs(node))].kind == .binding, value.isPresent else { return false }
      return reads(in: value, counter, &found)
    case .assignment:
      let target = plainExpression(tree.lhs(node))
      if tree[target].kind == .name || writtenArray(node, counter) != nil {
        _ = reads(in: tree.rhs(node), counter, &found)
      }
      return false
    case .ifExpression:
      if let clause = tree.nodes(tree.clauses(node)).first(where: { _ in true }) {
        _ = reads(in: tree.lhs(clause), counter, &found)
      }
      return false
    case .return:
      if tree.lhs(node).isPresent { _ = reads(in: tree.lhs(node), counter, &found) }
      return false
    default: return reads(in: node, counter, &found)
    }
  }

  private func reads(in node: NodeID, _ counter: Int32, _ found: inout [NodeID]) -> Bool {
    if checked.coercions[node] != nil { return false }
    switch tree[node].kind {
    case .number, .string, .trueLiteral, .falseLiteral, .name, .selfValue: return true
    case .parenthesized: return reads(in: tree.lhs(node), counter, &found)
    case .member:
      guard case .field? = checked.uses[node] else { return false }
      return reads(in: tree.lhs(node), counter, &found)
    case .unary:
      guard isPlainOperator(node), tree.unaryOperator(node) != .complement else { return false }
      return reads(in: tree.lhs(node), counter, &found)
    case .binary:
      guard isPlainOperator(node), let op = tree.binaryOperator(node) else { return false }
      guard reads(in: tree.lhs(node), counter, &found) else { return false }
      switch op {
      case .add, .subtract, .multiply, .divide, .modulo, .floorDivide, .power, .equal, .notEqual,
        .less, .lessEqual, .greater, .greaterEqual:
        return reads(in: tree.rhs(node), counter, &found)
      default: return false
      }
    case .index:
      guard isPlainIndex(node), reads(in: tree.lhs(node), counter, &found),
        reads(in: tree.rhs(node), counter, &found), isElement(node, counter)
      else { return false }
      found.append(tree.lhs(node))
      return true
    default: return false
    }
  }

  // MARK: Filling

  /// `for i in a..b do array[i] = value end`: where all the elements are there, none is looked at.
  private mutating func fill(
    _ node: NodeID,
    _ slot: Int32,
    _ bounds: [LuaRef],
    before: (inout ModuleLowering) -> Void
  ) -> Bool {
    let body = tree.rhs(node)
    let variable = plain(tree.forParts(node).pattern)
    guard shared.options.checksBounds, tree[body].kind == .block,
      tree.statements(body).count == 1, let declaration = names.declaration(of: variable),
      !changingSlots.contains(slot), bounds.count == 2 || isWholeStep(bounds[2]),
      let statement = tree.nodes(tree.statements(body)).first(where: { _ in true }),
      let array = writtenArray(statement, declaration), isConstant(tree.rhs(statement)),
      !lua.bounds.runs.contains(where: { $0.slot == slot })
    else { return false }
    let line = lua.line
    var bounds = bounds
    let target = plainValue(array)
    if isFilled(target, bounds) {
      quickFill(body, slot, target, bounds, before: before)
      return true
    }
    bounds[0] = stable(bounds[0], "first")
    bounds[1] = stable(bounds[1], "last")
    let isFirstMissing = lua.binary(.equal, lua.index(target, bounds[0]), lua.add(.nil))
    let isLastMissing = lua.binary(.equal, lua.index(target, bounds[1]), lua.add(.nil))
    lua.openBlock()
    let (checked, _) = loopBody(body, before: before)
    lua.append(lua.add(.numericFor, slot, lua.list(bounds), checked))
    let careful = lua.closeBlock()
    lua.openBlock()
    lua.bounds.runs.append(KnownBounds.Run(slot: slot, array: target))
    let (plainBody, _) = loopBody(body, before: before)
    if !lua.bounds.runs.isEmpty { lua.bounds.runs.removeLast() }
    if hasIntegers, !isInteger(bounds[0]), !integerized(bounds[0]) {
      // The first element is there, so its index is a whole number.
      let whole = lua.field(lua.raw("math"), "tointeger")
      bounds[0] = lua.call(whole, [bounds[0]])
    }
    if bounds.count > 2 { integerized(bounds[2]) }
    lua.append(lua.add(.numericFor, slot, lua.list(bounds), plainBody))
    let quick = lua.closeBlock()
    lua.line = line
    lua.appendIf([(lua.binary(.or, isFirstMissing, isLastMissing), careful)], else: quick)
    return true
  }

  /// Whether an array is known to have all elements between bounds.
  private func isFilled(_ array: LuaRef, _ bounds: [LuaRef]) -> Bool {
    guard let low = wholeLow(bounds[0]), low >= 1 else { return false }
    if bounds.count > 2, (integerForm(bounds[2])?.low ?? 0) < 1 { return false }
    return upperLimits(of: bounds[1]).contains { $0.offset <= 0 && sameRead($0.array, array) }
  }

  /// What a number is at least that is whole, if perhaps too great for an integer.
  private func wholeLow(_ value: LuaRef) -> Int? {
    let node = lua[value]
    if let form = integerForm(value) { return form.low }
    switch node.kind {
    case .name: return lows[node.a]
    case .parenthesized: return wholeLow(LuaRef(node.a))
    case .binary:
      guard let left = wholeLow(LuaRef(node.a)), let right = wholeLow(LuaRef(node.b)), left >= 0,
        right >= 0
      else { return nil }
      switch LuaOperator(rawValue: node.c) {
      case .add?: return max(left, right)
      case .multiply?: return left > 0 && right > 0 ? max(left, right) : 0
      default: return nil
      }
    default: return nil
    }
  }

  /// A loop that fills elements which are there.
  private mutating func quickFill(
    _ body: NodeID,
    _ slot: Int32,
    _ array: LuaRef,
    _ bounds: [LuaRef],
    before: (inout ModuleLowering) -> Void
  ) {
    let line = lua.line
    var bounds = bounds
    if bounds.count > 2 { integerized(bounds[2]) }
    // A float that is not above an index is no greater than integers are.
    let isFloat = hasIntegers && !isInteger(bounds[0]) && !integerized(bounds[0])
    let first = isFloat ? stable(bounds[0], "first") : bounds[0]
    if isFloat {
      lua.openBlock()
      bounds[0] = lua.call(libraryFunction("math", "tointeger"), [first])
    }
    lua.bounds.runs.append(KnownBounds.Run(slot: slot, array: array))
    let (list, _) = loopBody(body, before: before)
    if !lua.bounds.runs.isEmpty { lua.bounds.runs.removeLast() }
    lua.line = line
    lua.append(lua.add(.numericFor, slot, lua.list(bounds), list))
    if isFloat {
      let loop = lua.closeBlock()
      lua.appendIf(lua.binary(.lessEqual, first, bounds[1]), loop)
    }
  }

  /// Whether a step is a whole number and not 0.
  private func isWholeStep(_ step: LuaRef) -> Bool {
    guard let form = integerForm(step) else { return false }
    return form.low > 0 || form.high < 0
  }

  /// Whether an expression is a literal or a variable.
  private func isConstant(_ node: NodeID) -> Bool {
    let node = plainExpression(node)
    if checked.coercions[node] != nil { return false }
    switch tree[node].kind {
    case .number, .string, .trueLiteral, .falseLiteral: return true
    case .name: return isSteady(node)
    default: return false
    }
  }
}
