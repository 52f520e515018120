// Patterns: the names they bind, each once, and the same in all alternatives.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Resolver {
  /// A name that a pattern binds.
  private typealias Bound = (symbol: UInt32, declaration: Int32)

  /// Resolves a pattern, and binds its names after it.
  mutating func bindPattern(_ id: NodeID, flags: Declaration.Flags = []) {
    var bound: [Bound] = []
    let count = names.diagnostics.count
    pattern(id, flags, &bound, shared: [])
    // Of a pattern in error nobody can say what is unused.
    if names.diagnostics.count > count { markUsed(in: id) }
    for name in bound { bind(name.declaration, in: .value) }
  }

  /// Notes that all that a pattern declares is used.
  private mutating func markUsed(in id: NodeID) {
    if let index = names.declaration(of: id) {
      names.declarations[Int(index)].flags.insert(.isUsed)
    }
    var children: [NodeID] = []
    tree.forEachChild(of: id) { children.append($0) }
    for child in children where child.isPresent { markUsed(in: child) }
  }

  /// Resolves a pattern and collects what it binds.
  ///
  /// Names of an earlier alternative are `shared`: they are the same variables here.
  private mutating func pattern(
    _ id: NodeID,
    _ flags: Declaration.Flags,
    _ bound: inout [Bound],
    shared: [Bound]
  ) {
    switch tree[id].kind {
    case .binding: bindName(id, tree.symbol(of: id), flags, &bound, shared)
    case .restPattern:
      let name = TokenID(tree[id].lhs)
      if name.isPresent { bindName(id, tree.symbol(of: name), flags, &bound, shared) }
    case .name: patternName(id)
    case .path: path(id, isType: false, asValue: true)
    case .parenthesizedPattern: pattern(tree.lhs(id), flags, &bound, shared: shared)
    case .castPattern:
      pattern(tree.lhs(id), flags, &bound, shared: shared)
      type(tree.rhs(id), asValue: true)
    case .rangePattern:
      expression(tree.lhs(id))
      expression(tree.rhs(id))
    case .variantPattern:
      pattern(tree.lhs(id), flags, &bound, shared: shared)
      patterns(tree.rhsList(id), flags, &bound, shared)
    case .tablePattern:
      if tree.lhs(id).isPresent { typeOrPath(tree.lhs(id), asValue: true) }
      patterns(tree.rhsList(id), flags, &bound, shared)
    case .tuplePattern, .arrayPattern: patterns(tree.lhsList(id), flags, &bound, shared)
    case .namedItem: pattern(tree.lhs(id), flags, &bound, shared: shared)
    case .keyedItem:
      expression(tree.lhs(id))
      pattern(tree.rhs(id), flags, &bound, shared: shared)
    case .andPattern:
      for part in chain(id, .andPattern) { pattern(part, flags, &bound, shared: shared) }
    case .orPattern: alternatives(id, flags, &bound, shared)
    default: break
    }
  }

  private mutating func patterns(
    _ list: NodeList,
    _ flags: Declaration.Flags,
    _ bound: inout [Bound],
    _ shared: [Bound]
  ) {
    for id in tree.nodes(list) { pattern(id, flags, &bound, shared: shared) }
  }

  /// The operands of a chain that grows to the left, in order.
  private func chain(_ id: NodeID, _ kind: FuseNodeKind) -> [NodeID] {
    var parts: [NodeID] = []
    var left = id
    while tree[left].kind == kind {
      parts.append(tree.rhs(left))
      left = tree.lhs(left)
    }
    parts.append(left)
    return parts.reversed()
  }

  private mutating func bindName(
    _ id: NodeID,
    _ symbol: UInt32,
    _ flags: Declaration.Flags,
    _ bound: inout [Bound],
    _ shared: [Bound]
  ) {
    if let other = bound.first(where: { $0.symbol == symbol }) {
      let first = span(ofDeclaration: other.declaration)
      report(.Fuse.boundTwice(spelling(symbol), span: span(id), first: first))
      return
    }
    if let same = shared.first(where: { $0.symbol == symbol }) {
      names.declared[Int(id.rawValue)] = same.declaration + 1
      bound.append(same)
      return
    }
    var flags = flags
    if tree.isMutable(id) { flags.insert(.isMutable) }
    let index = declare(.variable, id, symbol, flags: flags)
    // A variable at module level was declared before its statement was looked at.
    names.declarations[Int(index)].flags.formUnion(flags)
    bound.append((symbol, index))
  }

  /// Resolves alternatives, which bind the same names.
  private mutating func alternatives(
    _ id: NodeID,
    _ flags: Declaration.Flags,
    _ bound: inout [Bound],
    _ shared: [Bound]
  ) {
    let parts = chain(id, .orPattern)
    var first: [Bound] = []
    for (place, part) in parts.enumerated() {
      var own: [Bound] = []
      pattern(part, flags, &own, shared: place == 0 ? shared : first)
      if place == 0 {
        first = own
        continue
      }
      let ownSymbols = Set(own.map(\.symbol))
      let firstSymbols = Set(first.map(\.symbol))
      if let different = ownSymbols.symmetricDifference(firstSymbols).min() {
        let range = tree.span(of: part)
        report(.Fuse.differentBindings(spelling(different), span: range))
        first += own.filter { !firstSymbols.contains($0.symbol) }
      }
    }
    for name in first {
      if let other = bound.first(where: { $0.symbol == name.symbol }) {
        report(
          .Fuse.boundTwice(
            spelling(name.symbol),
            span: span(ofDeclaration: name.declaration),
            first: span(ofDeclaration: other.declaration)
          )
        )
      } else {
        bound.append(name)
      }
    }
  }

  /// Resolves a name that is a constant in scope, or else a variant of what is matched.
  private mutating func patternName(_ id: NodeID) {
    let symbol = tree.symbol(of: id)
    if let index = lookUp(symbol, .value) {
      switch names.declarations[Int(index)].kind {
      case .const, .static, .imported:
        names.setReference(.own(index), of: id)
        use(index, asValue: true, at: id)
        return
      default: break
      }
    }
    names.setReference(.variant, of: id)
  }
}
