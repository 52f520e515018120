// From the tree of Lua to its text. Everything goes into one buffer of bytes; for each line of it the
// line of Fuse it comes from is noted.

/// The text of a Lua file, and where its lines come from.
struct LuaText {
  var bytes: [UInt8] = []
  /// For each line of the text, from the first, the line of the Fuse text, or 0.
  var lines: [Int32] = []
}

/// Writes a tree.
struct LuaWriter {
  let tree: LuaTree
  /// Whether whole numbers are spelled `3.0`: the target has integers beside floats.
  let hasIntegers: Bool
  private(set) var text = LuaText()
  var indentation = 0
  private var isLineStart = true
  private var currentLine: Int32 = 0
  /// The greatest depth of blocks and functions.
  private(set) var depth = 0
  /// The slots that are fields of the module's table.
  private let tableSlots: Set<Int32>

  init(tree: LuaTree, hasIntegers: Bool, tableSlots: Set<Int32> = []) {
    self.tree = tree
    self.hasIntegers = hasIntegers
    self.tableSlots = tableSlots
    text.bytes.reserveCapacity(tree.nodes.count * 8)
  }

  // MARK: Bytes

  @inline(__always)
  mutating func put(_ byte: UInt8) { text.bytes.append(byte) }

  mutating func put(_ string: StaticString) {
    string.withUTF8Buffer { buffer in unsafe text.bytes.append(contentsOf: buffer) }
  }

  mutating func put(text index: Int32) { text.bytes.append(contentsOf: tree.text(at: index)) }

  mutating func put(slot: Int32) {
    if !tableSlots.isEmpty, tableSlots.contains(slot) {
      put("__module.")
    }
    put(text: tree.slots[Int(slot)])
  }

  mutating func newline() {
    put(10)
    text.lines.append(currentLine)
    isLineStart = true
  }

  private mutating func startLine(_ line: Int32) {
    if line != 0 { currentLine = line }
    indent()
    isLineStart = false
  }

  // MARK: Statements

  mutating func block(_ list: Int32) {
    for item in tree.items(list) { statement(LuaRef(item)) }
  }

  private mutating func indented(_ list: Int32) {
    indentation += 1
    depth = max(depth, indentation)
    block(list)
    indentation -= 1
  }

  private mutating func indent() {
    text.bytes.append(contentsOf: repeatElement(32, count: indentation * 2))
  }

  private mutating func end(_ word: StaticString) {
    indent()
    put(word)
  }

  mutating func statement(_ ref: LuaRef) {
    let node = tree[ref]
    if node.kind == .splice {
      for statement in tree.splices[Int(node.a)] { self.statement(statement) }
      return
    }
    let isInTable = !tableSlots.isEmpty && isInTable(node)
    // A field that is declared without a value is not there yet.
    if isInTable, node.kind == .local, node.b == 0 { return }
    startLine(node.line)
    switch node.kind {
    case .local:
      if !isInTable { put("local ") }
      slots(node.a)
      if node.b != 0 {
        put(" = ")
        expressions(node.b)
      }
    case .localFunction:
      put(isInTable ? "function " : "local function ")
      put(slot: node.a)
      functionTail(tree[LuaRef(node.b)])
    case .functionStatement:
      put("function ")
      expression(LuaRef(node.a))
      functionTail(tree[LuaRef(node.b)])
    case .assign:
      expressions(node.a)
      put(" = ")
      expressions(node.b)
    case .callStatement: expression(LuaRef(node.a))
    case .return:
      put("return")
      if node.a != 0 {
        put(32)
        expressions(node.a)
      }
    case .break: put("break")
    case .continue: put("continue")
    case .goto:
      put("goto ")
      put(text: node.a)
    case .label:
      put("::")
      put(text: node.a)
      put("::")
    case .comment:
      put("-- ")
      put(text: node.a)
    default: compound(node)
    }
    newline()
  }

  /// Whether a statement declares fields of the module's table.
  private func isInTable(_ node: LuaNode) -> Bool {
    switch node.kind {
    case .local: tree.items(node.a).contains { tableSlots.contains($0) }
    case .localFunction: tableSlots.contains(node.a)
    default: false
    }
  }

  private mutating func compound(_ node: LuaNode) {
    switch node.kind {
    case .if: conditional(node)
    case .while:
      put("while ")
      expression(LuaRef(node.a))
      put(" do")
      body(node.b)
    case .repeat:
      put("repeat")
      newline()
      indented(node.b)
      end("until ")
      expression(LuaRef(node.a))
    case .numericFor:
      put("for ")
      put(slot: node.a)
      put(" = ")
      expressions(node.b)
      put(" do")
      body(node.c)
    case .genericFor:
      put("for ")
      slots(node.a)
      put(" in ")
      expressions(node.b)
      put(" do")
      body(node.c)
    case .do:
      put("do")
      body(node.a)
    default: break
    }
  }

  private mutating func body(_ list: Int32) {
    newline()
    indented(list)
    end("end")
  }

  private mutating func conditional(_ node: LuaNode) {
    let clauses = tree.items(node.a)
    var index = clauses.startIndex
    while index < clauses.endIndex {
      if index > clauses.startIndex { end("elseif ") } else { put("if ") }
      expression(LuaRef(clauses[index]))
      put(" then")
      newline()
      indented(clauses[index + 1])
      index += 2
    }
    if node.b > 0 {
      end("else")
      newline()
      indented(node.b)
    }
    end("end")
  }

  // MARK: Expressions

  private mutating func slots(_ list: Int32) {
    var isFirst = true
    for slot in tree.items(list) {
      if !isFirst { put(", ") }
      isFirst = false
      put(slot: slot)
    }
  }

  private mutating func expressions(_ list: Int32) {
    var isFirst = true
    for item in tree.items(list) {
      if !isFirst { put(", ") }
      isFirst = false
      expression(LuaRef(item))
    }
  }

  mutating func expression(_ ref: LuaRef, binding: Int = 0) {
    let node = tree[ref]
    switch node.kind {
    case .nil, .none: put("nil")
    case .true: put("true")
    case .false: put("false")
    case .vararg: put("...")
    case .number:
      number(tree.numbers[Int(node.a)], isInteger: node.isInteger, binding: binding)
    case .string: string(tree.text(at: node.a))
    case .name: put(slot: node.a)
    case .raw: put(text: node.a)
    case .index:
      prefix(LuaRef(node.a))
      put(91)
      expression(LuaRef(node.b))
      put(93)
    case .field: field(node)
    case .call:
      prefix(LuaRef(node.a))
      arguments(node.b)
    case .method:
      prefix(LuaRef(node.a))
      put(58)
      put(text: node.b)
      arguments(node.c)
    case .function:
      put("function")
      functionTail(node)
    case .binary, .unary: operation(node, binding)
    case .table: table(node)
    case .named:
      put(text: node.a)
      put(" = ")
      expression(LuaRef(node.b))
    case .keyed:
      put(91)
      expression(LuaRef(node.a))
      put("] = ")
      expression(LuaRef(node.b))
    case .parenthesized:
      put(40)
      expression(LuaRef(node.a))
      put(41)
    default: put("nil")
    }
  }

  private mutating func field(_ node: LuaNode) {
    prefix(LuaRef(node.a))
    if tree.isName(node.b) {
      put(46)
      put(text: node.b)
    } else {
      put(91)
      string(tree.text(at: node.b))
      put(93)
    }
  }

  private mutating func arguments(_ list: Int32) {
    put(40)
    expressions(list)
    put(41)
  }

  /// What stands before `.`, `[`, `(` or `:`.
  private mutating func prefix(_ ref: LuaRef) {
    switch tree[ref].kind {
    case .name, .raw, .index, .field, .call, .method, .parenthesized: expression(ref)
    default:
      put(40)
      expression(ref)
      put(41)
    }
  }

  private mutating func operation(_ node: LuaNode, _ binding: Int) {
    guard let op = LuaOperator(rawValue: node.c) else { return }
    let (left, right) = op.binding
    if node.kind == .unary {
      let needsParentheses = right < binding
      if needsParentheses { put(40) }
      put(op.spelling)
      // Two minus signs would begin a comment.
      let inner = tree[LuaRef(node.a)]
      let isNegative = inner.kind == .unary && inner.c == LuaOperator.negate.rawValue
      let isNegativeNumber = inner.kind == .number && tree.numbers[Int(inner.a)] < 0
      if op == .negate, isNegative || isNegativeNumber {
        put(40)
        expression(LuaRef(node.a))
        put(41)
      } else {
        expression(LuaRef(node.a), binding: right)
      }
      if needsParentheses { put(41) }
      return
    }
    let needsParentheses = min(left, right) < binding
    if needsParentheses { put(40) }
    // The side on which the operator does not group needs parentheses around its like.
    let isRightAssociative = left > right
    expression(LuaRef(node.a), binding: isRightAssociative ? left + 1 : left)
    put(op.spelling)
    expression(LuaRef(node.b), binding: isRightAssociative ? right : right + 1)
    if needsParentheses { put(41) }
  }

  private mutating func table(_ node: LuaNode) {
    if node.a == 0 {
      put("{}")
      return
    }
    let isRecord =
      tree.items(node.a).contains {
        tree[LuaRef($0)].kind != .string
          && tree[LuaRef($0)].kind != .number
      } == true
      && tree.items(node.a).first.map { tree[LuaRef($0)].kind == .named } == true
    put(isRecord ? "{ " : "{")
    expressions(node.a)
    put(isRecord ? " }" : "}")
  }

  private mutating func functionTail(_ node: LuaNode) {
    put(40)
    slots(node.a)
    if node.c != 0 { put(node.a == 0 ? "..." : ", ...") }
    put(41)
    if node.b == 0 {
      put(" end")
      return
    }
    let line = currentLine
    newline()
    indented(node.b)
    end("end")
    currentLine = line
  }
}

extension LuaWriter {
  /// A line before all others.
  mutating func header(_ line: String) {
    for byte in line.utf8 { put(byte) }
    newline()
  }

  /// Statements in a block of their own, so that their locals count for themselves.
  mutating func section(_ list: Int32) {
    put("do")
    newline()
    indentation = 1
    block(list)
    indentation = 0
    put("end")
    newline()
  }
}
