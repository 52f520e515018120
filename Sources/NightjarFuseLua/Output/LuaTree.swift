// The Lua of one file while it is made: nodes, and a stack of blocks that are still open.
//
//   pending   | module's statements | function's | loop's …        the innermost block is last
//   bases     0                     ^            ^                 where each open block begins
//
// INVARIANT: a place in a block is counted from the block's base, so it stays right when a statement
// is added to a block around it.

/// The nodes of one Lua file.
struct LuaTree {
  var nodes: [LuaNode] = [LuaNode(kind: .none)]
  /// Lists; list 0 is empty.
  var extra: [Int32] = [0]
  var numbers: [Double] = []
  private var table = TextTable()
  /// Names that may change until the text is written: for each its text.
  var slots: [Int32] = []
  /// Lists that grow while other parts are made.
  var splices: [[LuaRef]] = []
  /// The statements of the open blocks.
  private(set) var pending: [LuaRef] = []
  private var bases: [Int] = []
  /// What is known of the elements of arrays, where the next statement will be.
  var bounds = KnownBounds()
  private var boundsAtStart: [(elements: [KnownBounds.Element], count: Int)] = []
  /// The line of the statements being made.
  var line: Int32 = 0

  /// A place of a text.
  mutating func text(_ bytes: some Collection<UInt8>) -> Int32 { table.number(of: bytes) }

  mutating func text(_ string: String) -> Int32 { table.number(of: string.utf8) }

  /// A place of a text with a number behind it.
  mutating func text(_ base: String, _ number: Int32) -> Int32 {
    var bytes = Array(base.utf8)
    bytes.append(UInt8(ascii: "_"))
    bytes.append(contentsOf: number.description.utf8)
    return table.number(of: bytes)
  }

  /// A spelling, or the content of a string.
  func text(at place: Int32) -> ArraySlice<UInt8> { table[place] }

  /// Whether a text can stand after a point.
  func isName(_ text: Int32) -> Bool {
    !LuaWords.isKeyword(text) && LuaWords.hasNameForm(table[text])
  }

  /// A new name.
  mutating func slot(_ text: Int32) -> Int32 {
    slots.append(text)
    return Int32(truncatingIfNeeded: slots.count - 1)
  }

  @inline(__always)
  mutating func add(
    _ kind: LuaKind,
    _ a: Int32 = 0,
    _ b: Int32 = 0,
    _ c: Int32 = 0
  ) -> LuaRef {
    let ref = LuaRef(Int32(truncatingIfNeeded: nodes.count))
    nodes.append(LuaNode(kind: kind, a: a, b: b, c: c, line: line))
    return ref
  }

  subscript(_ ref: LuaRef) -> LuaNode { nodes[Int(ref.rawValue)] }

  // MARK: Lists

  mutating func list(_ items: [LuaRef]) -> Int32 {
    if items.isEmpty { return 0 }
    let place = Int32(truncatingIfNeeded: extra.count)
    extra.append(Int32(truncatingIfNeeded: items.count))
    for item in items { extra.append(item.rawValue) }
    return place
  }

  mutating func slotList(_ items: [Int32]) -> Int32 {
    if items.isEmpty { return 0 }
    let place = Int32(truncatingIfNeeded: extra.count)
    extra.append(Int32(truncatingIfNeeded: items.count))
    extra.append(contentsOf: items)
    return place
  }

  func items(_ list: Int32) -> ArraySlice<Int32> {
    let start = Int(list)
    return extra[(start + 1)..<(start + 1 + Int(extra[start]))]
  }

  // MARK: Blocks

  /// Forgets what is known of a variable that gets another value.
  mutating func forgetBounds(of slot: Int32) {
    if bounds.isEmpty { return }
    let known = bounds
    bounds.elements = known.elements.filter { !mentions($0.array, slot) && !mentions($0.key, slot) }
    bounds.limits = known.limits.filter { $0.slot != slot && !mentions($0.array, slot) }
    bounds.runs = known.runs.filter { $0.slot != slot && !mentions($0.array, slot) }
  }

  private func mentions(_ value: LuaRef, _ slot: Int32) -> Bool {
    let node = self[value]
    switch node.kind {
    case .name: return node.a == slot
    case .field, .unary, .parenthesized: return mentions(LuaRef(node.a), slot)
    case .index, .binary: return mentions(LuaRef(node.a), slot) || mentions(LuaRef(node.b), slot)
    default: return false
    }
  }

  /// How many elements were known where the innermost block began.
  var elementsAtStart: Int {
    guard let start = boundsAtStart.last else { return 0 }
    return start.elements.filter { known in bounds.elements.contains { $0.number == known.number } }
      .count
  }

  var openBlockCount: Int { bases.count }

  mutating func openBlock() {
    bases.append(pending.count)
    boundsAtStart.append((bounds.elements, bounds.count))
  }

  /// Ends the innermost block and gives the list of its statements.
  mutating func closeBlock() -> Int32 {
    let base = popBase()
    if base == pending.count { return 0 }
    let place = Int32(truncatingIfNeeded: extra.count)
    extra.append(Int32(truncatingIfNeeded: pending.count - base))
    for index in base..<pending.count { extra.append(pending[index].rawValue) }
    pending.removeSubrange(base...)
    return place
  }

  fileprivate mutating func popBase() -> Int {
    let start = boundsAtStart.removeLast()
    bounds.leave(start.elements)
    bounds.forgetLimits(since: start.count)
    return bases.removeLast()
  }

  fileprivate mutating func truncatePending(to count: Int) { pending.removeSubrange(count...) }

  /// How many statements the innermost block has.
  var mark: Int { pending.count - (bases.last ?? 0) }

  mutating func append(_ statement: LuaRef) { pending.append(statement) }

  /// Puts a statement before those added since a mark.
  mutating func insert(_ statement: LuaRef, at mark: Int) {
    pending.insert(statement, at: (bases.last ?? 0) + mark)
  }

  /// Puts a statement into an open block around, before the statement that is being made in it.
  mutating func insert(_ statement: LuaRef, inBlock depth: Int) {
    guard depth + 1 < bases.count else {
      append(statement)
      return
    }
    pending.insert(statement, at: bases[depth + 1])
    for index in (depth + 1)..<bases.count { bases[index] += 1 }
  }

  /// Whether the last statement of the innermost block leaves it.
  var endsInJump: Bool {
    guard let base = bases.last, pending.count > base, let last = pending.last else { return false }
    switch self[last].kind {
    case .return, .break, .goto, .continue: return true
    default: return false
    }
  }
}

extension LuaTree {
  /// Ends the innermost block and gives its statements, to be put elsewhere.
  mutating func takeBlock() -> [LuaRef] {
    let base = popBase()
    let statements = Array(pending[base...])
    truncatePending(to: base)
    return statements
  }
}
