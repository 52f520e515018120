// Table constructors. Positional items gather in registers and are stored 50 at a time.

internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  private static var batchSize: Int { 50 }

  /// Compiles a table constructor.
  mutating func table(_ n: NodeID, into target: Register, at token: TokenID) {
    let items = tree.tableItems(n)
    let opener = previous(tree[n].mainToken)
    if items.isEmpty {
      emit(.newTable, a: target, at: opener)
      return
    }
    let object = function.freeRegister
    reserve(1, at: tree[n].mainToken)
    let creation = emit(.newTable, a: object, at: opener)
    var pending = 0
    var stored = 0
    var fields = 0
    for i in items.indices {
      let item = tree.node(items, i)
      let node = tree[item]
      if node.kind == .namedItem || node.kind == .keyedItem {
        fields += 1
        storeItem(item, of: object)
        continue
      }
      pending += 1
      if i + 1 == items.count, node.kind.isMultiValued {
        evaluateMultiple(item, results: 0)
        storeBatch(stored, count: 0, of: object, at: tree[n].lastToken)
        pending -= 1
        break
      }
      let isLast = i + 1 == items.count
      _ = evaluateToNext(item, at: isLast ? tree[n].lastToken : next(node.lastToken))
      if pending == Generator.batchSize, !isLast {
        storeBatch(stored, count: pending, of: object, at: next(node.lastToken))
        stored += pending
        pending = 0
      }
    }
    if pending > 0, function.freeRegister > object + 1 {
      storeBatch(stored, count: pending, of: object, at: tree[n].lastToken)
    }
    setSizes(of: creation, elements: stored + pending, fields: fields)
    function.freeRegister = object
    load(.register(object), into: target, at: token)
  }

  /// Compiles `k = v` or `[k] = v`.
  private mutating func storeItem(_ item: NodeID, of object: Register) {
    let mark = function.freeRegister
    let node = tree[item]
    let value: NodeID
    let place: Place
    if node.kind == .namedItem {
      value = tree.lhs(item)
      let key = Operand.string(symbol(node.mainToken))
      place = element(of: object, key: key, at: next(node.mainToken))
    } else {
      value = tree.rhs(item)
      let keyNode = tree.lhs(item)
      let last = tree[keyNode].lastToken
      let key = operand(keyNode, at: last)
      place = element(of: object, key: key, at: next(next(last)))
    }
    store(value, to: place, at: node.lastToken)
    function.freeRegister = mark
  }

  /// Stores the elements gathered after the table's register; `count` 0 stores all open results.
  private mutating func storeBatch(
    _ stored: Int,
    count: Int,
    of object: Register,
    at token: TokenID
  ) {
    emit(.setList, a: object, b: count, d: stored, at: token)
    function.freeRegister = object + 1
  }

  private mutating func setSizes(of creation: ProgramCounter, elements: Int, fields: Int) {
    let exponent = fields <= 1 ? fields : Int.bitWidth - (fields - 1).leadingZeroBitCount + 1
    function.code[creation] = Word(
      .newTable,
      a: function.code[creation].a,
      b: UInt8(truncatingIfNeeded: exponent),
      d: Int32(clamping: elements)
    )
  }
}
