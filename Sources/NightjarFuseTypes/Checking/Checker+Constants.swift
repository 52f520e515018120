// Constants: expressions that are computed while compiling.
//
// SOURCE: Fuse reference, section 5.2.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// A constant with its type.
struct ConstantValue: Sendable {
  var constant: FuseConstant
  var type: TypeID
}

extension Checker {
  // MARK: Declared constants

  /// The value of a declared constant; `nil` if it has none.
  mutating func constant(of id: DeclarationID) -> ConstantValue? {
    if let known = constantValues[id] { return known }
    let declaration = program.modules[Int(id.module)].names.declarations[Int(id.declaration)]
    guard declaration.kind == .const, !runningConstants.contains(id) else { return nil }
    // One that cannot be computed is not tried again.
    runningConstants.insert(id)
    let visit = visit(id.module)
    defer { leave(visit) }
    let outer = body
    body = Body()
    defer { body = outer }
    let value = readConstant(declaration.node)
    if let value { constantValues[id] = value }
    declare(id.declaration, value?.type ?? TypeStore.error)
    return value
  }

  /// Checks and folds the initializer of a constant.
  mutating func readConstant(_ node: NodeID) -> ConstantValue? {
    let annotation = tree.lhs(node)
    let initializer = tree.rhs(node)
    if !initializer.isPresent {
      // A constant of the target.
      return nil
    }
    var type = TypeStore.none
    let count = out.diagnostics.count
    if annotation.isPresent {
      type = resolveType(annotation)
      check(initializer, against: type, because: .annotation(annotation))
    } else {
      type = check(initializer, .any)
    }
    guard let found = fold(initializer) else {
      if noErrors(since: count) {
        report(.Fuse.notConstant(span: fullSpan(initializer)))
      }
      return nil
    }
    out.constants[initializer] = found.constant
    return ConstantValue(constant: found.constant, type: type)
  }

  /// A constant or static of a module or block, in its place.
  mutating func checkConstantOrStatic(_ node: NodeID) {
    guard let declaration = names.declaration(of: node) else { return }
    if tree[node].kind == .const {
      let id = DeclarationID(module: module, declaration: declaration)
      _ = constant(of: id)
      return
    }
    let type = resolveType(tree.lhs(node))
    if out.declarationTypes[Int(declaration)] == TypeStore.none { declare(declaration, type) }
    check(tree.rhs(node), against: type, isExact: true, because: .annotation(tree.lhs(node)))
  }

  /// A constant of an `impl`.
  mutating func memberConstant(_ module: Int32, _ node: NodeID) -> ConstantValue? {
    let key = MemberPlace(module: module, node: node)
    if let known = memberConstants[key] { return known }
    if runningMembers.contains(key) { return nil }
    runningMembers.insert(key)
    let visit = visit(module)
    defer { leave(visit) }
    let outer = body
    body = Body()
    body.selfType = outer.selfType
    defer { body = outer }
    let value = readConstant(node)
    if let value { memberConstants[key] = value }
    return value
  }

  /// The type of a static of an `impl`.
  mutating func staticType(_ module: Int32, _ node: NodeID) -> TypeID {
    let visit = visit(module)
    defer { leave(visit) }
    return resolveType(tree.lhs(node))
  }

  /// The values of the constants of an `impl`.
  mutating func readConstants(_ index: Int) {
    let implementation = implementations[index]
    enter(implementation.module)
    body = Body()
    body.selfType = implementation.type
    body.implementation = ImplementationID(Int32(truncatingIfNeeded: index))
    body.bounds = implementation.bounds
    for member in tree.nodes(tree.rhsList(implementation.node)) {
      if tree[member].kind == .const, let value = memberConstant(module, member) {
        implementations[index].constants[name(of: member)] = value.constant
      } else if tree[member].kind == .static {
        let type = resolveType(tree.lhs(member))
        if tree.rhs(member).isPresent { check(tree.rhs(member), against: type, isExact: true) }
      }
    }
    if let trait = implementation.trait {
      for (place, constant) in traits[Int(trait.id.rawValue)].constants.enumerated() {
        if implementations[index].constants[constant.name] != nil { continue }
        if let value = traitDefault(trait.id, place) {
          implementations[index].constants[constant.name] = value
        }
      }
    }
    close()
    body = Body()
  }

  /// The default of a constant of a trait.
  private mutating func traitDefault(_ trait: TraitID, _ place: Int) -> FuseConstant? {
    let declaration = traits[Int(trait.rawValue)]
    if let known = declaration.constants[place].defaultValue { return known }
    guard let node = declarationNode(declaration.declaration) else { return nil }
    let visit = visit(declaration.declaration.module)
    defer { leave(visit) }
    for member in tree.nodes(tree.rhsList(node))
    where tree[member].kind == .const && name(of: member) == declaration.constants[place].name {
      if !tree.rhs(member).isPresent { return nil }
      let value = memberConstant(module, member)?.constant
      traits[Int(trait.rawValue)].constants[place].defaultValue = value
      return value
    }
    return nil
  }

  // MARK: Folding

  /// The value of an expression of constants; `nil` if it is none.
  mutating func fold(_ node: NodeID) -> ConstantValue? {
    switch tree[node].kind {
    case .number: return number(tree.number(tree[node].mainToken))
    case .string: return string(tree.stringValue(tree[node].mainToken), node)
    case .trueLiteral: return boolean(true)
    case .falseLiteral: return boolean(false)
    case .parenthesized: return fold(tree.lhs(node))
    case .name, .path:
      if case .constant(let value)? = out.uses[node] {
        return ConstantValue(constant: value, type: primitive(of: value))
      }
      if case .variant(let id, let place)? = out.uses[node],
        let value = nominals[Int(id.rawValue)].variants[place].value
      {
        return ConstantValue(constant: value, type: type(of: id, []))
      }
      return nil
    case .unary: return foldUnary(node)
    case .binary: return foldBinary(node)
    case .interpolation: return foldText(node)
    case .ifExpression: return foldIf(node)
    case .cast:
      guard let value = fold(tree.lhs(node)) else { return nil }
      return ConstantValue(constant: value.constant, type: primitive(of: value.constant))
    case .block:
      guard tree[node].detail == 1, tree.statements(node).count == 1 else { return nil }
      return fold(tree.node(tree.statements(node), 0))
    default: return nil
    }
  }

  private func number(_ value: Double) -> ConstantValue {
    ConstantValue(constant: .number(value), type: TypeStore.number)
  }

  private func boolean(_ value: Bool) -> ConstantValue {
    ConstantValue(constant: .boolean(value), type: TypeStore.boolean)
  }

  private func string(_ bytes: [UInt8], _ node: NodeID) -> ConstantValue {
    ConstantValue(constant: .string(bytes), type: TypeStore.string)
  }

  private mutating func foldUnary(_ node: NodeID) -> ConstantValue? {
    guard let value = fold(tree.lhs(node)) else { return nil }
    switch (tree.unaryOperator(node), value.constant) {
    case (.not, .boolean(let value)): return boolean(!value)
    case (.not, _): return boolean(false)
    case (.negate, .number(let value)): return number(-value)
    case (.plus, .number(let value)): return number(value)
    case (.length, .string(let bytes)): return number(Double(bytes.count))
    case (.complement, .number(let value)):
      return ConstantFolding.bits(value).map { number(Double(~$0)) }
    default: return nil
    }
  }

  private mutating func foldBinary(_ node: NodeID) -> ConstantValue? {
    // A chain grows to the left and may be long.
    let range = unparenthesized(tree.rhs(node))
    if let operation = tree.binaryOperator(node),
      operation == .contains || operation == .notContains,
      tree[range].kind == .binary, tree.binaryOperator(range) == .range,
      case .number(let value)? = fold(tree.lhs(node))?.constant,
      case .number(let first)? = fold(tree.lhs(range))?.constant,
      case .number(let last)? = fold(tree.rhs(range))?.constant
    {
      return boolean((first <= value && value <= last) == (operation == .contains))
    }
    var chain = [node]
    var left = tree.lhs(node)
    while tree[left].kind == .binary, tree.binaryOperator(left) != .contains,
      tree.binaryOperator(left) != .notContains
    {
      chain.append(left)
      left = tree.lhs(left)
    }
    guard var value = fold(left)?.constant else { return nil }
    for part in chain.reversed() {
      guard let operation = tree.binaryOperator(part), let right = fold(tree.rhs(part))?.constant,
        let folded = ConstantFolding.fold(operation, value, right)
      else { return nil }
      value = folded
    }
    return ConstantValue(constant: value, type: primitive(of: value))
  }

  private mutating func foldText(_ node: NodeID) -> ConstantValue? {
    var bytes: [UInt8] = []
    for piece in tree.nodes(tree.lhsList(node)) {
      if tree[piece].kind == .interpolated {
        guard tree[piece].detail == 0, let value = fold(tree.lhs(piece))?.constant else {
          return nil
        }
        bytes += ConstantFolding.text(value)
      } else {
        bytes += tree.stringValue(tree[piece].mainToken)
      }
    }
    return ConstantValue(constant: .string(bytes), type: TypeStore.string)
  }

  private mutating func foldIf(_ node: NodeID) -> ConstantValue? {
    for clause in tree.nodes(tree.clauses(node)) {
      guard let condition = fold(tree.lhs(clause))?.constant else { return nil }
      if condition != .boolean(false) { return fold(tree.rhs(clause)) }
    }
    return tree.rhs(node).isPresent ? fold(tree.rhs(node)) : nil
  }

  /// Whether an expression is constant: folded, or made of constants anew each time.
  mutating func isConstant(_ node: NodeID) -> Bool {
    if fold(node) != nil { return true }
    switch tree[node].kind {
    case .nilLiteral, .function: return true
    case .parenthesized: return isConstant(tree.lhs(node))
    case .name, .path:
      switch out.uses[node] {
      case .some(.none), .some(.variant), .some(.constant), .some(.function): return true
      default: return false
      }
    case .array, .table, .tuple:
      return tree.nodes(tree.lhsList(node)).allSatisfy { isConstant($0) }
    case .structLiteral: return tree.nodes(tree.rhsList(node)).allSatisfy { isConstant($0) }
    case .namedItem, .spread: return tree.lhs(node).isPresent && isConstant(tree.lhs(node))
    case .keyedItem: return isConstant(tree.lhs(node)) && isConstant(tree.rhs(node))
    case .binary:
      return tree.binaryOperator(node) == .range && isConstant(tree.lhs(node))
        && isConstant(tree.rhs(node))
    case .call:
      switch out.calls[node]?.target {
      case .variant?, CallTarget.some?:
        return tree.nodes(tree.rhsList(node)).allSatisfy { isConstant($0) }
      default: return false
      }
    default: return false
    }
  }
}
