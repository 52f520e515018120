// Loops over columns of arrays in arrays. Where a loop reads `rows[k][j]` at its counter `j`, for all `k`
// of a loop inside, it is made twice: once for rows that reach as far as it goes, without checks, and
// once for all others.
//
//   if __rt.covers(b, size, size) then
//     for j = 1, size do … for k = 1, size do … b[k][j] … end … end
//   else
//     for j = 1, size do … for k = 1, size do … b[k][j] or __rt.oob(b[k], j) … end … end
//   end

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// The rows that a loop reads at its counter.
struct RowReads {
  /// The array of rows.
  var rows: NodeID
  /// The counter of the loop inside.
  var counter: Int32
  /// The last row that it reads.
  var last: NodeID
}

extension ModuleLowering {
  /// Makes a loop twice if it reads columns.
  ///
  /// - Returns: Whether it did.
  mutating func columnLoop(
    _ loop: NodeID,
    _ counter: Int32,
    _ slot: Int32,
    _ last: LuaRef,
    _ make: (inout ModuleLowering, LuaRef) -> Void
  ) -> Bool {
    let body = tree.rhs(loop)
    guard shared.options.checksBounds, !isInColumnLoop, isRepeatable(body) else { return false }
    var found: [RowReads] = []
    findRowReads(body, loop, counter, [:], &found)
    if found.isEmpty { return false }
    let limit = stable(last, "last")
    var tests: [LuaRef] = []
    for read in found {
      let rows = plainValue(read.rows)
      tests.append(runtimeCall("covers", [rows, integral(rawValue(read.last)), limit]))
    }
    let line = lua.line
    isInColumnLoop = true
    lua.openBlock()
    let mark = lua.bounds.count
    for read in found {
      let row = self.slot(of: read.counter)
      let rows = plainValue(read.rows)
      addLimit(row, rows, 0)
      addLimit(slot, lua.index(rows, lua.name(row)), 0)
    }
    make(&self, limit)
    lua.bounds.forgetLimits(since: mark)
    let quick = lua.closeBlock()
    lua.openBlock()
    make(&self, limit)
    let careful = lua.closeBlock()
    isInColumnLoop = false
    lua.line = line
    lua.appendIf(lua.and(tests), quick, else: careful)
    return true
  }

  /// Whether statements may be made twice: they hold no items and no functions.
  private func isRepeatable(_ node: NodeID) -> Bool {
    switch tree[node].kind {
    case .function, .structDeclaration, .unionDeclaration, .enumDeclaration, .traitDeclaration,
      .implementation, .static, .const, .await, .yield, .doBlock:
      return false
    default: break
    }
    var isRepeatable = true
    tree.forEachChild(of: node) { child in
      if isRepeatable { isRepeatable = self.isRepeatable(child) }
    }
    return isRepeatable
  }

  /// Finds the reads in a part of the loop's body; `inner` has the last values of the counters inside.
  private func findRowReads(
    _ node: NodeID,
    _ loop: NodeID,
    _ counter: Int32,
    _ inner: [Int32: NodeID],
    _ found: inout [RowReads]
  ) {
    var inner = inner
    if tree[node].kind == .forLoop, let (variable, last) = rowCounter(node, loop) {
      inner[variable] = last
    }
    if tree[node].kind == .index, isRead(node, at: counter) {
      let row = plainExpression(tree.lhs(node))
      if tree[row].kind == .index, checked.coercions[row] == nil, isPlainIndex(row),
        case .array = typeKind(type(row)), case .array = typeKind(type(tree.lhs(row))),
        let variable = variable(tree.rhs(row)), let last = inner[variable],
        isSteady(tree.lhs(row)), isBefore(tree.lhs(row), loop),
        !found.contains(where: {
          $0.counter == variable && sameVariable($0.rows, tree.lhs(row))
        })
      {
        found.append(RowReads(rows: tree.lhs(row), counter: variable, last: last))
      }
    }
    tree.forEachChild(of: node) { findRowReads($0, loop, counter, inner, &found) }
  }

  /// The counter of a loop from 1 or more, and the variable that it goes up to.
  private func rowCounter(_ node: NodeID, _ loop: NodeID) -> (Int32, NodeID)? {
    guard case .range? = checked.iterations[node] else { return nil }
    let parts = tree.forParts(node)
    let range = plainExpression(parts.sequence)
    let pattern = plain(parts.pattern)
    guard tree[range].kind == .binary, tree.binaryOperator(range) == .range,
      tree[pattern].kind == .binding, let counter = names.declaration(of: pattern),
      !names.declarations[Int(counter)].flags.contains(.isAssigned)
    else { return nil }
    let first = plainExpression(tree.lhs(range))
    let last = plainExpression(tree.rhs(range))
    guard tree[first].kind == .number,
      (IntegerForm(tree.number(tree[first].mainToken))?.low ?? 0) >= 1,
      tree[last].kind == .number || isSteady(last) && isBefore(last, loop)
    else { return nil }
    return (counter, last)
  }

  private func isRead(_ node: NodeID, at counter: Int32) -> Bool {
    isPlainIndex(node) && variable(tree.rhs(node)) == counter
  }

  /// The variable that an expression is.
  private func variable(_ node: NodeID) -> Int32? {
    let node = plainExpression(node)
    guard tree[node].kind == .name, checked.uses[node] == nil, checked.coercions[node] == nil,
      case .own(let declaration) = names.reference(of: node)
    else { return nil }
    return declaration
  }

  private func sameVariable(_ a: NodeID, _ b: NodeID) -> Bool {
    guard let first = variable(a), let second = variable(b) else { return false }
    return first == second
  }

  /// Whether the variable that an expression begins with stands before a loop.
  private func isBefore(_ node: NodeID, _ loop: NodeID) -> Bool {
    let node = plainExpression(node)
    switch tree[node].kind {
    case .member: return isBefore(tree.lhs(node), loop)
    case .name, .selfValue:
      guard case .own(let declaration) = names.reference(of: node) else { return false }
      let place = names.declarations[Int(declaration)].node
      return tree[place].firstToken.rawValue < tree[loop].firstToken.rawValue
    default: return false
    }
  }
}
