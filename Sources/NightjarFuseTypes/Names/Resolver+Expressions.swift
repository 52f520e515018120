// Expressions. Chains that grow to the left (`a.b().c`, `1 + 1 + 1`) are loops, as they may be long;
// everything else is as deep as the parser allows.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Resolver {
  /// Resolves the names of an expression.
  mutating func expression(_ start: NodeID) {
    var id = start
    while id.isPresent {
      switch tree[id].kind {
      case .name: return valueName(id)
      case .binary, .index:
        expression(tree.rhs(id))
        id = tree.lhs(id)
      case .call:
        items(tree.rhsList(id))
        id = tree.lhs(id)
      case .member:
        if isDotOnNamespace(id) { return }
        id = tree.lhs(id)
      case .genericMember:
        for argument in tree.nodes(tree.typeArguments(id)) { type(argument) }
        if isDotOnNamespace(id) { return }
        id = tree.lhs(id)
      case .cast:
        type(tree.rhs(id), asValue: true)
        id = tree.lhs(id)
      case .propagate:
        checkPropagation(id)
        id = tree.lhs(id)
      case .await:
        if !place.isAsync { report(.Fuse.outsideAsync(span: span(id))) }
        id = tree.lhs(id)
      case .parenthesized, .unary, .tupleMember, .spread, .spliceExpression:
        id = tree.lhs(id)
      default: return otherExpression(id)
      }
    }
  }

  private mutating func otherExpression(_ id: NodeID) {
    switch tree[id].kind {
    case .path: path(id, isType: false, asValue: true)
    case .selfValue: selfValue(id)
    case .interpolation:
      for part in tree.nodes(tree.lhsList(id)) where tree[part].kind == .interpolated {
        expression(tree.lhs(part))
      }
    case .tuple, .array, .table: items(tree.lhsList(id))
    case .structLiteral:
      typeOrPath(tree.lhs(id), asValue: true)
      items(tree.rhsList(id))
    case .function: function(id)
    case .ifExpression: ifExpression(id)
    case .match: match(id)
    case .try: tryExpression(id)
    case .doBlock:
      let outer = place
      if tree.qualifiers(id).contains(.isAsync) { place.isAsync = true }
      block(tree.lhs(id))
      place = outer
    case .scopeBlock: scopeBlock(id)
    case .block: block(id)
    case .macroCall: macroCall(id)
    case .namedItem, .keyedItem: listItem(id)
    default: break
    }
  }

  /// Resolves arguments, elements and fields.
  mutating func items(_ list: NodeList) {
    for id in tree.nodes(list) { listItem(id) }
  }

  private mutating func listItem(_ id: NodeID) {
    switch tree[id].kind {
    case .namedItem:
      // `S { name }` means `S { name: name }`.
      if tree.lhs(id).isPresent { expression(tree.lhs(id)) } else { valueName(id) }
    case .keyedItem:
      expression(tree.lhs(id))
      expression(tree.rhs(id))
    default: expression(id)
    }
  }

  // MARK: Names

  /// Resolves a name that stands for a value.
  private mutating func valueName(_ id: NodeID) {
    let symbol = tree.symbol(of: id)
    if let index = lookUp(symbol, .value) {
      names.setReference(.own(index), of: id)
      if names.declarations[Int(index)].kind == .namespace {
        use(index, asValue: false, at: id)
        report(.Fuse.namespaceAsValue(spelling(symbol), span: span(id)))
      } else {
        use(index, asValue: true, at: id)
      }
    } else if let foreign = prelude(symbol, .value) {
      names.setReference(.foreign(foreign), of: id)
    } else if isVariant(symbol) {
      names.setReference(.variant, of: id)
    } else {
      unknownValue(symbol, id)
    }
  }

  /// Whether a name may be a variant of the type that is expected.
  func isVariant(_ symbol: UInt32) -> Bool {
    guard let first = tree.name(ofSymbol: symbol).first else { return false }
    return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first)
      && context.variants.contains(spelling(symbol))
  }

  private mutating func unknownValue(_ symbol: UInt32, _ id: NodeID) {
    let name = spelling(symbol)
    let isGlobal =
      context.globals[name] != nil
      || names.declarations.contains { $0.kind == .global && $0.symbol == symbol }
    if isGlobal {
      report(.Fuse.bareGlobal(name, span: span(id)))
    } else {
      unknownName(name, .value, span(id))
    }
  }

  /// Reports a name that stands for nothing.
  mutating func unknownName(_ name: String, _ space: NameSpace, _ span: Span) {
    if isQuiet || tree.lostNames.contains(name) { return }
    if space == .value, !visibleNames(.value).contains(name), visibleNames(.type).contains(name) {
      let hint = "`\(name)` is a type; a value of it is `\(name) { … }`, or comes from a function."
      report(.Fuse.unknownName(name, nearest: nil, span: span, hint: hint))
      markUsed(name, .type)
      return
    }
    let nearest = Suggestion.nearest(to: name, among: visibleNames(space))
    // What was probably meant is not unused.
    if let nearest { markUsed(nearest, space) }
    report(.Fuse.unknownName(name, nearest: nearest, span: span))
  }

  private mutating func selfValue(_ id: NodeID) {
    guard let index = lookUp(UInt32(FuseTokenKind.selfKeyword.rawValue), .value) else {
      report(.Fuse.unknownName("self", nearest: nil, span: span(id)))
      return
    }
    names.setReference(.own(index), of: id)
    use(index, asValue: true, at: id)
  }

  /// Reports `namespace.item` and `Type.item`.
  private mutating func isDotOnNamespace(_ id: NodeID) -> Bool {
    let object = tree.lhs(id)
    if tree[object].kind != .name { return false }
    let symbol = tree.symbol(of: object)
    let isNamespace: Bool
    if let index = lookUp(symbol, .value) {
      isNamespace = names.declarations[Int(index)].kind == .namespace
      if isNamespace { use(index, asValue: true, at: object) }
    } else if prelude(symbol, .value) != nil || isVariant(symbol) {
      isNamespace = false
    } else if let index = lookUp(symbol, .type) {
      isNamespace = true
      use(index, asValue: true, at: object)
    } else {
      isNamespace = prelude(symbol, .type) != nil
    }
    if isNamespace {
      let member = tree.name(of: tree.memberName(id))
      report(.Fuse.dotOnNamespace(member, dot: span(id)))
    }
    return isNamespace
  }

  // MARK: Effects

  private mutating func checkPropagation(_ id: NodeID) {
    if place.isTry {
      report(.Fuse.leavesTry("?", span: span(id)))
    } else if !place.isFunction {
      report(.Fuse.outsideFunction("?", span: span(id)))
    }
  }

  /// Resolves `try e`; out of `try do … end` nothing may jump.
  private mutating func tryExpression(_ id: NodeID) {
    let operand = tree.lhs(id)
    let outer = place
    if tree[operand].kind == .doBlock {
      place.isTry = true
      place.loopsAroundTry = outer.loops + outer.loopsAroundTry
      place.loops = 0
    }
    expression(operand)
    place = outer
  }

  // MARK: Constructs with blocks

  private mutating func ifExpression(_ id: NodeID) {
    for clause in tree.nodes(tree.clauses(id)) {
      expression(tree.lhs(clause))
      block(tree.rhs(clause))
    }
    if tree.rhs(id).isPresent { block(tree.rhs(id)) }
  }

  private mutating func match(_ id: NodeID) {
    expression(tree.lhs(id))
    for arm in tree.nodes(tree.rhsList(id)) {
      switch tree[arm].kind {
      case .arm:
        let parts = tree.arm(arm)
        let mark = openScope()
        bindPattern(parts.pattern)
        expression(parts.guardCondition)
        block(parts.body)
        closeScope(mark)
      case .elseArm: block(tree.lhs(arm))
      default: break
      }
    }
  }

  private mutating func scopeBlock(_ id: NodeID) {
    let mark = openScope()
    let symbol = tree.symbol(of: TokenID(tree[id].lhs))
    bind(declare(.variable, id, symbol), in: .value)
    block(tree.rhs(id))
    closeScope(mark)
  }

  /// Looks at the arguments of a macro, which mean what the macro makes of them.
  private mutating func macroCall(_ id: NodeID) {
    let outer = isQuiet
    isQuiet = true
    items(tree.rhsList(id))
    isQuiet = outer
  }
}
