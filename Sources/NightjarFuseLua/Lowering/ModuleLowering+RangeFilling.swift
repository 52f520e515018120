// Loops that fill arrays.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// `for i in a..b do array[i] = value end`: where all the elements are there, none is looked at.
  mutating func fill(
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
