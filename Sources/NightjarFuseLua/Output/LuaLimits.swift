// Whether a file fits Lua: a function has at most 200 locals at a time, and 60 upvalues before 5.2
// (255 after). Names at module level are moved into one table when they are too many; what still does
// not fit is reported.

/// Counts the locals and upvalues of all functions of a file.
struct LuaLimits {
  /// What is too much in a function.
  struct Excess {
    var line: Int32
    var limit: String
  }

  /// A function that is walked.
  private struct Frame {
    var active = 0
    /// Few, so that looking through them is faster than a set.
    var upvalues: [Int32] = []
    var line: Int32
  }

  private let tree: LuaTree
  private let upvalueLimit: Int
  private let tableSlots: Set<Int32>
  private var frames = [Frame(line: 1)]
  /// For each slot the function that declares it, plus 1.
  private var owners: [Int32]
  private(set) var excesses: [Excess] = []
  private var line: Int32 = 1

  /// The most locals that are used; the compiler of Lua needs some for loops.
  private static let localLimit = 190

  init(tree: LuaTree, upvalueLimit: Int, tableSlots: Set<Int32>) {
    self.tree = tree
    self.upvalueLimit = upvalueLimit
    self.tableSlots = tableSlots
    owners = [Int32](repeating: 0, count: tree.slots.count)
  }

  mutating func block(_ list: Int32) {
    let active = frames[frames.count - 1].active
    for item in tree.items(list) { statement(LuaRef(item)) }
    frames[frames.count - 1].active = active
  }

  private mutating func declare(_ slot: Int32) {
    if tableSlots.contains(slot) { return }
    owners[Int(slot)] = Int32(truncatingIfNeeded: frames.count)
    let last = frames.count - 1
    frames[last].active += 1
    if frames[last].active == Self.localLimit + 1 {
      excesses.append(Excess(line: line, limit: "200 locals"))
    }
  }

  private mutating func use(_ slot: Int32) {
    var place = tableSlots.contains(slot) ? frames.count : Int(owners[Int(slot)])
    guard place > 0 else { return }
    while place < frames.count {
      let count = frames[place].upvalues.count
      if count <= upvalueLimit, !frames[place].upvalues.contains(slot) {
        frames[place].upvalues.append(slot)
        if count == upvalueLimit {
          excesses.append(Excess(line: frames[place].line, limit: "\(upvalueLimit) upvalues"))
        }
      }
      place += 1
    }
  }

  private mutating func statement(_ ref: LuaRef) {
    let node = tree[ref]
    if node.line != 0 { line = node.line }
    switch node.kind {
    case .splice: for statement in tree.splices[Int(node.a)] { self.statement(statement) }
    case .local:
      expressions(node.b)
      for slot in tree.items(node.a) { declare(slot) }
    case .localFunction:
      declare(node.a)
      expression(LuaRef(node.b))
    case .functionStatement:
      expression(LuaRef(node.a))
      expression(LuaRef(node.b))
    case .assign:
      expressions(node.a)
      expressions(node.b)
    case .callStatement: expression(LuaRef(node.a))
    case .return: expressions(node.a)
    case .if:
      for (index, item) in tree.items(node.a).enumerated() {
        if index % 2 == 0 { expression(LuaRef(item)) } else { block(item) }
      }
      if node.b > 0 { block(node.b) }
    case .while, .repeat:
      expression(LuaRef(node.a))
      block(node.b)
    case .numericFor:
      expressions(node.b)
      loop([node.a], node.c)
    case .genericFor:
      expressions(node.b)
      loop(Array(tree.items(node.a)), node.c)
    case .do: block(node.a)
    default: break
    }
  }

  private mutating func loop(_ slots: [Int32], _ body: Int32) {
    let active = frames[frames.count - 1].active
    frames[frames.count - 1].active += 3
    for slot in slots { declare(slot) }
    block(body)
    frames[frames.count - 1].active = active
  }

  private mutating func expressions(_ list: Int32) {
    for item in tree.items(list) { expression(LuaRef(item)) }
  }

  private mutating func expression(_ ref: LuaRef) {
    let node = tree[ref]
    switch node.kind {
    case .name: use(node.a)
    case .index, .keyed, .binary:
      expression(LuaRef(node.a))
      expression(LuaRef(node.b))
    case .field, .unary, .parenthesized: expression(LuaRef(node.a))
    case .call:
      expression(LuaRef(node.a))
      expressions(node.b)
    case .method:
      expression(LuaRef(node.a))
      expressions(node.c)
    case .named: expression(LuaRef(node.b))
    case .table: expressions(node.a)
    case .function:
      frames.append(Frame(line: node.line == 0 ? line : node.line))
      for slot in tree.items(node.a) { declare(slot) }
      block(node.b)
      frames.removeLast()
    default: break
    }
  }
}

extension LuaTree {
  /// The slots of all locals of the outermost block: those that may become fields of one table.
  func outermostSlots(_ list: Int32) -> [Int32] {
    var found: [Int32] = []
    func add(_ ref: LuaRef) {
      let node = self[ref]
      switch node.kind {
      case .local: found += items(node.a)
      case .localFunction: found.append(node.a)
      case .splice: for statement in splices[Int(node.a)] { add(statement) }
      default: break
      }
    }
    for item in items(list) { add(LuaRef(item)) }
    return found
  }
}
