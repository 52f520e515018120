// Where a numeric loop is seen to read the elements of an array one by one, the array's length is looked at once,
// before the loop:
//
//   local last = size
//   if row[last] == nil and #row < last then last = #row end
//   for k = 1, last do … row[k] … end
//   if last + 1 <= size then __rt.oob(row, last + 1) end

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// Notes the arrays that a loop from 1 writes element by element.
  mutating func noteRuns(_ body: NodeID, _ counter: Int32, _ slot: Int32) {
    guard !hasJump(body, .continue), tree[body].kind == .block else { return }
    for statement in tree.nodes(tree.statements(body)) {
      guard let array = writtenArray(statement, counter) else { continue }
      lua.bounds.runs.append(KnownBounds.Run(slot: slot, array: plainValue(array)))
    }
  }

  /// The array in `array[counter] = value`, if it is the same in each round.
  func writtenArray(_ statement: NodeID, _ counter: Int32) -> NodeID? {
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
  mutating func lookedAt(
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
  mutating func reportShort(_ arrays: [LuaRef], _ clamped: LuaRef, _ limit: LuaRef) {
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
}
