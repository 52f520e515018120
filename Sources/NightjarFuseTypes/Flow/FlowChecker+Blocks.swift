// Blocks and statements, in the order in which they run.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  /// Walks a block, or the expression that stands for one; its value goes to `sink`.
  mutating func block(_ id: NodeID, _ sink: Sink) {
    guard tree[id].kind == .block else {
      expression(id, sink)
      return
    }
    let mark = slots.count
    let list = tree.statements(id)
    statements(list, valueSink: tree[id].detail != 0 ? sink : nil)
    leaveBlock(to: mark)
  }

  /// Walks statements; the value of the last goes to `valueSink`, if it is the value of the block, or
  /// is the result of the function.
  mutating func statements(_ list: NodeList, valueSink: Sink? = nil, isResult: Bool = false) {
    // Code that is not reached is told once for each run of it, at its beginning.
    var isTold = !state.isReachable
    for place in 0..<list.count {
      let id = tree.node(list, place)
      if !state.isReachable, !isTold, isCode(id) {
        isTold = true
        reportUnreachable(id)
      }
      let isLast = place == list.count - 1
      if let valueSink, isLast {
        expression(id, valueSink)
      } else if isResult, isLast, state.isReachable || place == 0 {
        give(id, to: resultType, keeper: "result")
      } else {
        statement(id)
      }
    }
  }

  /// Whether a statement does something: declarations do nothing by themselves.
  private func isCode(_ id: NodeID) -> Bool {
    switch tree[id].kind {
    case .function: !tree.function(id).name.isPresent
    case .structDeclaration, .enumDeclaration, .unionDeclaration, .traitDeclaration,
      .implementation, .typeDeclaration, .const, .importDeclaration, .exportNames, .exportAll,
      .declareModule, .declareGlobal, .externBlock, .macroDeclaration, .missing:
      false
    default: true
    }
  }

  private mutating func reportUnreachable(_ id: NodeID) {
    let node = tree[id]
    // The first line of it is enough.
    var last = node.firstToken
    let line = tree[last].line
    while last < node.lastToken, tree[TokenID(last.rawValue + 1)].line == line {
      last = TokenID(last.rawValue + 1)
    }
    let span = Span(start: tree[node.firstToken].start, end: tree[last].end)
    report(.Fuse.unreachable(span: span, cause: lastEnd.isPresent ? endSpan(lastEnd) : nil))
  }

  /// What to show of a node that ends the way: all of a call, the first word of others.
  private func endSpan(_ id: NodeID) -> Span {
    tree[id].kind == .call ? tree.span(of: id) : tree[tree[id].firstToken].span
  }

  /// Ends the way at a node.
  mutating func end(at id: NodeID) {
    if state.isReachable { lastEnd = id }
    state.end()
  }

  mutating func statement(_ id: NodeID) {
    let node = tree[id]
    switch node.kind {
    case .let: letStatement(id)
    case .static, .globalVariable: initialize(tree.rhs(id), as: type(of: tree.lhs(id)), id)
    case .const: break
    case .assignment: assignment(id)
    case .whileLoop: whileLoop(id)
    case .forLoop: forLoop(id)
    case .repeatLoop: repeatLoop(id)
    case .break, .continue: leaveLoop(id, isBreak: node.kind == .break)
    case .return:
      if tree.lhs(id).isPresent { give(tree.lhs(id), to: resultType, keeper: "result") }
      closeOwners(from: functionFloor)
      end(at: id)
    case .yield: if tree.lhs(id).isPresent { expression(tree.lhs(id), .move) }
    case .structDeclaration, .enumDeclaration, .unionDeclaration, .typeDeclaration,
      .importDeclaration, .exportNames, .exportAll, .declareModule, .declareGlobal, .externBlock,
      .macroDeclaration, .missing:
      break
    case .traitDeclaration, .implementation:
      for member in tree.nodes(tree.rhsList(id)) {
        if tree[member].kind == .function { namedFunction(member) }
        if tree[member].kind == .static { expression(tree.rhs(member), .move) }
      }
    case .function where tree.function(id).name.isPresent: namedFunction(id)
    default: expression(id)
    }
  }

  // MARK: Variables

  private mutating func letStatement(_ id: NodeID) {
    let pattern = tree.lhs(id)
    let (annotation, value) = tree.letParts(id)
    if value.isPresent {
      let type = self.type(of: annotation.isPresent ? annotation : value)
      let keeper = tree[pattern].kind == .binding ? name(ofBinding: pattern) : "pattern"
      give(value, to: type, keeper: keeper)
      checkIrrefutable(pattern, isLoop: false)
      if tree[pattern].kind == .binding, tree.isMutable(pattern) { checkAlias(pattern, value) }
    }
    declare(pattern, isAssigned: value.isPresent)
  }

  private mutating func initialize(_ value: NodeID, as type: TypeID, _ id: NodeID) {
    if !value.isPresent { return }
    give(value, to: type == TypeStore.never ? self.type(of: value) : type, keeper: text(id))
  }

  private func text(_ id: NodeID) -> String { tree.name(of: tree[id].mainToken) }

  /// The name that a `binding` has.
  func name(ofBinding id: NodeID) -> String { tree.name(of: tree[id].mainToken) }
}
