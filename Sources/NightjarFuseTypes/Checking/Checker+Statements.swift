// Statements.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  mutating func statement(_ node: NodeID) {
    switch tree[node].kind {
    case .let: letStatement(node)
    case .assignment: assignment(node)
    case .whileLoop: whileLoop(node)
    case .forLoop: forLoop(node)
    case .repeatLoop: repeatLoop(node)
    case .break:
      if let last = body.breaks.indices.last { body.breaks[last] = true }
      body.isDead = true
    case .continue: body.isDead = true
    case .return: returnStatement(node)
    case .yield: yieldStatement(node)
    case .const, .static: checkConstantOrStatic(node)
    case .globalVariable: globalVariable(node)
    case .function:
      if tree.function(node).name.isPresent {
        declareInBlock(node)
      } else {
        discarded(node)
      }
    case .typeDeclaration: readAlias(node)
    case .structDeclaration, .enumDeclaration, .unionDeclaration, .traitDeclaration,
      .implementation, .importDeclaration, .exportNames,
      .exportAll, .declareModule, .declareGlobal, .externBlock:
      break
    case .missing: break
    case .macroDeclaration:
      report(.Fuse.notAvailable("macro", target: targetName, span: span(node)))
    default: discarded(node)
    }
  }

  /// Checks an expression whose value is dropped.
  private mutating func discarded(_ node: NodeID) {
    // Code that nothing reaches is told as such.
    let isDead = body.isDead
    let type = check(node, .nothing)
    if isDead { return }
    switch types.kind(type) {
    case .never, .error: return
    default: break
    }
    switch tree[node].kind {
    case .ifExpression, .match, .doBlock, .scopeBlock, .block, .propagate: return
    case .call:
      let plain = shared(head(type))
      if case .nominal(let id, _) = types[plain], id == known.resultType || isMustUse(id) {
        report(.Fuse.mustUse(describe(plain), span: fullSpan(node)))
      } else if let call = out.calls[node], isMustUse(call.target) {
        report(.Fuse.mustUse(describe(plain), span: fullSpan(node)))
      }
      return
    case .try:
      report(.Fuse.mustUse(describe(type), span: fullSpan(node)))
      return
    default: break
    }
    report(.Fuse.notUsed(span: fullSpan(node)))
  }

  // MARK: Variables

  private mutating func letStatement(_ node: NodeID) {
    let (annotation, value) = tree.letParts(node)
    let target = tree.lhs(node)
    var type = TypeStore.none
    if annotation.isPresent { type = resolveType(annotation) }
    if value.isPresent {
      if annotation.isPresent {
        let isExact = tree[target].kind == .binding && tree.isMutable(target)
        check(value, against: type, isExact: isExact, because: .annotation(annotation))
        if isExact, types.kind(type) != .error {}
      } else {
        type = widenedLiteral(check(value, .any), value)
      }
    } else if !annotation.isPresent {
      type = TypeStore.error
      report(.Fuse.needsAnnotation(span: fullSpan(target)))
    }
    let isDead = body.isDead
    pattern(target, type, shared(head(type)))
    body.isDead = isDead
  }

  /// The type a variable gets from its initializer.
  private mutating func widenedLiteral(_ type: TypeID, _ node: NodeID) -> TypeID {
    if type == TypeStore.nil, tree[unparenthesized(node)].kind != .call {
      // `let x = None` says nothing of the value.
      return TypeStore.nil
    }
    return type
  }

  private mutating func globalVariable(_ node: NodeID) {
    let annotation = tree.lhs(node)
    let value = tree.rhs(node)
    var type = TypeStore.none
    if annotation.isPresent { type = resolveType(annotation) }
    if value.isPresent {
      let found =
        annotation.isPresent
        ? check(value, against: type, because: .annotation(annotation)) : check(value, .any)
      if !annotation.isPresent { type = found }
    }
    if let declaration = names.declaration(of: node) { declare(declaration, type) }
    globals[module, default: [:]][name(of: node)] = final(type)
  }

  // MARK: Assignments

  private mutating func assignment(_ node: NodeID) {
    let target = tree.lhs(node)
    let value = tree.rhs(node)
    guard let operation = tree.binaryOperator(node) else {
      if tree[target].kind == .targetTuple { return assignTuple(target, value) }
      let type = targetType(target)
      if type == TypeStore.none {
        check(value, .any)
      } else {
        check(value, against: type, isExact: true)
      }
      forget(target)
      return
    }
    let type = targetType(target, isRead: true)
    let current = currentType(target, type)
    let b = shared(head(check(value, .any)))
    let a = shared(head(current))
    var result =
      a == TypeStore.number && b == TypeStore.number
      ? TypeStore.number : operate(node, operation, a, b, target, value)
    if result == TypeStore.error { return forget(target) }
    result = resolved(result)
    if !isSubtype(result, type), types.kind(type) != .error {
      reportMismatch(node, result, type, nil)
    }
    forget(target)
  }

  /// The type of a place as it is now.
  private mutating func currentType(_ target: NodeID, _ type: TypeID) -> TypeID {
    if tree[target].kind == .name, case .own(let index) = names.reference(of: target) {
      return variableType(index)
    }
    return type
  }

  /// The type that may be stored in a place; none if anything may.
  private mutating func targetType(_ target: NodeID, isRead: Bool = false) -> TypeID {
    let type: TypeID
    switch tree[target].kind {
    case .wildcard: return TypeStore.none
    case .name:
      if case .own(let index) = names.reference(of: target) {
        let kind = names.declarations[Int(index)].kind
        if kind == .imported || kind == .function || kind == .const {
          type = check(target, .any)
        } else {
          let declared = out.declarationTypes[Int(index)]
          type = declared == TypeStore.none ? variableType(index) : resolved(declared)
        }
      } else {
        type = check(target, .any)
      }
    case .index: type = element(target, isStore: true)
    case .member: type = storedField(target)
    case .targetLet:
      let annotation = tree.lhs(target)
      type = annotation.isPresent ? resolveType(annotation) : TypeStore.none
    case .parenthesized: return targetType(tree.lhs(target), isRead: isRead)
    default: type = check(target, .any)
    }
    record(target, type == TypeStore.none ? TypeStore.error : type)
    return type
  }

  private mutating func storedField(_ target: NodeID) -> TypeID {
    let object = tree.lhs(target)
    let token = tree.memberName(target)
    let name = name(of: token)
    if declaredMember(object, name) != nil { return check(target, .any) }
    let type = shared(head(check(object, .any)))
    if type == TypeStore.unsafe || types.kind(type) == .error {
      if tree[object].kind == .globalTable {
        out.uses[target] = .dynamicField(name)
        return globals[module]?[name] ?? TypeStore.unsafe
      }
      if type == TypeStore.unsafe {
        needUnsafe("writing a field of an `unsafe` value", at: target)
        out.uses[target] = .dynamicField(name)
      }
      return type
    }
    if let found = field(type, name, target, isStore: true) { return found }
    reportNoMember(type, name, token)
    return TypeStore.error
  }

  private mutating func assignTuple(_ target: NodeID, _ value: NodeID) {
    let targets = tree.nodes(tree.lhsList(target))
    let wanted = targets.map { targetType($0) }
    let values = unparenthesized(value)
    // Both sides written out: each value against its place.
    if tree[values].kind == .tuple {
      let items = tree.nodes(tree.lhsList(values))
      if items.count == targets.count,
        !items.contains(where: { tree[$0].kind == .spread })
      {
        var parts: [FuseType.TupleItem] = []
        for (place, item) in items.enumerated() {
          let inner = tree[item].kind == .namedItem ? tree.lhs(item) : item
          let type =
            wanted[place] == TypeStore.none
            ? check(inner, .any) : check(inner, against: wanted[place], isExact: true)
          parts.append(.init(name: nil, type: type))
          bindTarget(targets[place], wanted[place], type)
        }
        record(values, types.intern(.tuple(parts)))
        if values != value { record(value, types.intern(.tuple(parts))) }
        for target in targets { forget(target) }
        return
      }
    }
    let type = shared(head(check(value, .any)))
    guard case .tuple(let items) = types[type], items.count == targets.count else {
      if types.kind(type) != .error, types.kind(type) != .never {
        report(.Fuse.patternMismatch(describe(guessed(type)), span: fullSpan(target)))
      }
      for target in targets { bindTarget(target, TypeStore.error, TypeStore.error) }
      return
    }
    for (place, target) in targets.enumerated() {
      if wanted[place] != TypeStore.none,
        !canAssign(value, items[place].type, to: wanted[place], isExact: true)
      {
        reportMismatch(target, items[place].type, wanted[place], nil)
      }
      bindTarget(target, wanted[place], items[place].type)
      forget(target)
    }
  }

  private mutating func bindTarget(_ target: NodeID, _ wanted: TypeID, _ found: TypeID) {
    guard tree[target].kind == .targetLet, let declaration = names.declaration(of: target) else {
      return
    }
    let type = wanted == TypeStore.none ? found : wanted
    declare(declaration, type)
    record(target, type)
  }

  // MARK: Leaving

  private mutating func returnStatement(_ node: NodeID) {
    let value = tree.lhs(node)
    defer { body.isDead = true }
    guard body.isFunction else {
      if value.isPresent { check(value, .any) }
      return
    }
    if body.infersResult {
      let type = value.isPresent ? check(value, .any) : TypeStore.unit
      body.result = body.result == TypeStore.none ? type : join(body.result, type)
      return
    }
    if !value.isPresent {
      if body.result != TypeStore.unit, !isSubtype(TypeStore.unit, body.result) {
        coerce(node, TypeStore.unit, to: body.result)
      }
      return
    }
    _ = self.value(value, .hard(body.result))
  }

  private mutating func yieldStatement(_ node: NodeID) {
    if tree.lhs(node).isPresent { check(tree.lhs(node), .any) }
  }
}
