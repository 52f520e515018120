// Blocks and statements: when names begin to mean something, and what words leave.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Resolver {
  /// Resolves the names of the module.
  mutating func resolve(in context: ProgramContext) {
    self.context = context
    // Collecting bound the items; now the imports stand before them.
    bindImports()
    statements(tree.statements(tree.root))
    closeScope(ScopeMark(hidden: 0, scoped: 0))
    var order = InitializationOrder(self)
    order.report(to: &names)
  }

  // MARK: Blocks

  /// Declares the items of a block, which are visible in all of it.
  ///
  /// Of those declared before, what stands at `start` or behind it belongs to the block.
  mutating func hoist(_ list: NodeList, from start: Int32? = nil) {
    blockStart = start ?? Int32(truncatingIfNeeded: names.declarations.count)
    for statement in tree.nodes(list) {
      if tree[statement].flags.contains(.isGlobal) { continue }
      if tree[statement].kind == .externBlock {
        for function in tree.nodes(tree.rhsList(statement)) { hoistItem(function) }
      } else {
        hoistItem(statement)
      }
    }
  }

  private mutating func hoistItem(_ id: NodeID) {
    guard let (kind, space, symbol) = item(id) else { return }
    bindItem(declare(kind, id, symbol, flags: mutability(id, kind)), [space])
  }

  func mutability(_ id: NodeID, _ kind: DeclarationKind) -> Declaration.Flags {
    kind == .static && tree.isMutable(id) ? .isMutable : []
  }

  /// Whether a declaration stands in the block whose items are being declared.
  func isRival(_ index: Int32) -> Bool { index >= blockStart }

  /// Resolves a block in a scope of its own.
  mutating func block(_ id: NodeID) {
    guard tree[id].kind == .block else {
      expression(id)
      return
    }
    let mark = openScope()
    let list = tree.statements(id)
    hoist(list)
    statements(list)
    closeScope(mark)
  }

  mutating func statements(_ list: NodeList) {
    for statement in tree.nodes(list) { self.statement(statement) }
  }

  /// Resolves a block that is run again and again.
  private mutating func loopBlock(_ id: NodeID) {
    place.loops += 1
    block(id)
    place.loops -= 1
  }

  // MARK: Statements

  mutating func statement(_ id: NodeID) {
    let node = tree[id]
    switch node.kind {
    case .let: letStatement(id)
    case .const, .static, .globalVariable:
      type(tree.lhs(id))
      expression(tree.rhs(id))
    case .assignment: assignment(id)
    case .whileLoop:
      expression(tree.lhs(id))
      loopBlock(tree.rhs(id))
    case .forLoop: forLoop(id)
    case .repeatLoop: repeatLoop(id)
    case .break, .continue: leaveLoop(node.kind == .break ? "break" : "continue", id)
    case .return: returnStatement(id)
    case .yield:
      if !place.isGenerator { report(.Fuse.outsideGenerator(span: span(id))) }
      expression(tree.lhs(id))
    case .importDeclaration: bindMisplaced(id)
    case .exportNames, .exportAll: break
    default:
      if !declaration(id) { expression(id) }
    }
  }

  private mutating func letStatement(_ id: NodeID) {
    let (type, value) = tree.letParts(id)
    self.type(type)
    expression(value)
    let flags: Declaration.Flags = value.isPresent ? [] : .isUninitialized
    bindPattern(tree.lhs(id), flags: flags)
  }

  private mutating func forLoop(_ id: NodeID) {
    let (pattern, sequence) = tree.forParts(id)
    if tree[id].detail == 1, !place.isAsync {
      report(.Fuse.outsideAsync(span: tree[tree[id].firstToken].span))
    }
    expression(sequence)
    let mark = openScope()
    bindPattern(pattern)
    loopBlock(tree.rhs(id))
    closeScope(mark)
  }

  private mutating func repeatLoop(_ id: NodeID) {
    // The condition sees the locals of the body.
    let mark = openScope()
    let list = tree.statements(tree.lhs(id))
    place.loops += 1
    hoist(list)
    statements(list)
    place.loops -= 1
    expression(tree.rhs(id))
    closeScope(mark)
  }

  private mutating func leaveLoop(_ keyword: String, _ id: NodeID) {
    if place.loops > 0 { return }
    if place.isTry, place.loopsAroundTry > 0 {
      report(.Fuse.leavesTry(keyword, span: span(id)))
    } else {
      report(.Fuse.outsideLoop(keyword, span: span(id)))
    }
  }

  private mutating func returnStatement(_ id: NodeID) {
    let value = tree.lhs(id)
    if place.isTry {
      report(.Fuse.leavesTry("return", span: span(id)))
    } else if !place.isFunction {
      report(.Fuse.outsideFunction("return", span: span(id)))
    } else if place.isGenerator, value.isPresent {
      report(.Fuse.generatorResult(span: span(id)))
    }
    expression(value)
  }

  // MARK: Assignments

  private mutating func assignment(_ id: NodeID) {
    let isCompound = tree.binaryOperator(id) != nil
    var fresh: [Int32] = []
    target(tree.lhs(id), isCompound: isCompound, &fresh)
    expression(tree.rhs(id))
    for index in fresh { bind(index, in: .value) }
  }

  private mutating func target(_ id: NodeID, isCompound: Bool, _ fresh: inout [Int32]) {
    switch tree[id].kind {
    case .name: assignedName(id, isCompound: isCompound)
    case .targetTuple:
      for item in tree.nodes(tree.lhsList(id)) { target(item, isCompound: false, &fresh) }
    case .targetLet:
      type(tree.lhs(id))
      let flags: Declaration.Flags = tree.isMutable(id) ? .isMutable : []
      fresh.append(declare(.variable, id, tree.symbol(of: id), flags: flags))
    case .wildcard: break
    default: expression(id)
    }
  }

  private mutating func assignedName(_ id: NodeID, isCompound: Bool) {
    let symbol = tree.symbol(of: id)
    guard let index = lookUp(symbol, .value) else {
      expression(id)
      return
    }
    names.setReference(.own(index), of: id)
    let known = names.declarations[Int(index)]
    if isCompound || known.function != function { use(index, asValue: true, at: id) }
    names.declarations[Int(index)].flags.insert(.isAssigned)
    if known.function != function {
      names.declarations[Int(index)].flags.insert(.isAssignedInside)
    }
    // A variable without a value gets it by assignment; whether once is a question of flow.
    if known.flags.contains(.isMutable) || known.flags.contains(.isUninitialized) { return }
    switch known.kind {
    case .global, .declaredVariable: return
    default: break
    }
    let canBeMutable = known.kind == .variable || known.kind == .parameter
    report(
      .Fuse.assignToImmutable(
        spelling(symbol),
        span: span(id),
        declaration: span(ofDeclaration: index),
        canBeMutable: canBeMutable
      )
    )
  }
}
