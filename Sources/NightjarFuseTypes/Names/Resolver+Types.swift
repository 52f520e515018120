// Types and paths.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Resolver {
  /// Resolves the names of a type.
  ///
  /// With `asValue` the type is needed while the program runs: in a cast, before an `impl`.
  mutating func type(_ id: NodeID, asValue: Bool = false) {
    let node = tree[id]
    switch node.kind {
    case .name: typeName(id, asValue: asValue)
    case .path: path(id, isType: true, asValue: asValue)
    case .arrayType, .optionalType, .parenthesizedType, .implType, .ownType, .namedType,
      .tableTypeField:
      type(tree.lhs(id), asValue: asValue)
    case .unionType, .intersectionType, .tupleType, .tableType:
      for part in tree.nodes(tree.lhsList(id)) { type(part, asValue: asValue) }
    case .tableTypeIndex:
      type(tree.lhs(id))
      type(tree.rhs(id))
    case .functionType:
      for parameter in tree.nodes(tree.lhsList(id)) { type(tree.lhs(parameter)) }
      type(tree.rhs(id))
    case .relaxedBound: break
    default: break
    }
  }

  /// Resolves types between commas, each perhaps with a name.
  mutating func typeItems(_ list: NodeList) {
    for id in tree.nodes(list) { type(id) }
  }

  /// Resolves the name of a type.
  private mutating func typeName(_ id: NodeID, asValue: Bool) {
    if tree[tree[id].mainToken].kind == .selfTypeKeyword { return selfType(id) }
    let symbol = tree.symbol(of: id)
    if let index = lookUp(symbol, .type) {
      names.setReference(.own(index), of: id)
      use(index, asValue: asValue, at: id)
    } else if let foreign = prelude(symbol, .type) {
      names.setReference(.foreign(foreign), of: id)
    } else {
      unknownName(spelling(symbol), .type, span(id))
    }
  }

  private mutating func selfType(_ id: NodeID) {
    names.setReference(.selfType, of: id)
    if !place.hasSelfType {
      report(.Fuse.unknownName("Self", nearest: nil, span: span(id)))
    }
  }

  /// Resolves what stands before the braces of a struct.
  mutating func typeOrPath(_ id: NodeID, asValue: Bool) {
    if tree[id].kind == .name { typeName(id, asValue: asValue) } else { type(id, asValue: asValue) }
  }

  // MARK: Paths

  /// Resolves a path: the first segment here, the second in the module it names; what belongs to a
  /// type is left to the checker.
  mutating func path(_ id: NodeID, isType: Bool, asValue: Bool) {
    let segments = tree.segments(id)
    for segment in tree.nodes(segments) {
      for argument in tree.nodes(tree.typeArguments(segment)) { type(argument) }
    }
    let first = tree.node(segments, 0)
    let isSingle = segments.count == 1
    if tree[tree[first].mainToken].kind == .selfTypeKeyword { return selfType(first) }
    let symbol = tree.symbol(of: first)
    if isSingle, !isType, let index = lookUp(symbol, .value) {
      names.setReference(.own(index), of: first)
      use(index, asValue: true, at: first)
    } else if let index = lookUp(symbol, .type) {
      names.setReference(.own(index), of: first)
      use(index, asValue: asValue, at: first)
    } else if let index = lookUp(symbol, .value), isModule(index) {
      names.setReference(.own(index), of: first)
      memberPath(id, index, isType: isType, asValue: asValue)
    } else if let foreign = prelude(symbol, isSingle && !isType ? .value : .type) {
      names.setReference(.foreign(foreign), of: first)
    } else if isSingle, !isType, isVariant(symbol) {
      names.setReference(.variant, of: first)
    } else {
      unknownName(spelling(symbol), isSingle && !isType ? .value : .type, span(first))
    }
  }

  private func isModule(_ index: Int32) -> Bool {
    let kind = names.declarations[Int(index)].kind
    return kind == .namespace || kind == .luaModule || kind == .imported
  }

  /// Resolves the second segment of a path in the module that the first one names.
  private mutating func memberPath(
    _ id: NodeID,
    _ namespace: Int32,
    isType: Bool,
    asValue: Bool
  ) {
    let segments = tree.segments(id)
    let declaration = names.declarations[Int(namespace)]
    guard segments.count > 1 else {
      use(namespace, asValue: false, at: id)
      report(.Fuse.namespaceAsValue(spelling(declaration.symbol), span: span(id)))
      return
    }
    let second = tree.node(segments, 1)
    let name = spelling(tree.symbol(of: second))
    let interface = declaration.target?.module ?? -1
    guard interface >= 0 else {
      use(namespace, asValue: true, at: id)
      return
    }
    let link = ModuleLink.interface(interface)
    let meanings = context.meanings(of: name, in: link)
    let wantsType = isType || segments.count > 2
    let found = wantsType ? meanings.type : meanings.value ?? meanings.type
    use(namespace, asValue: asValue, at: id)
    if let found {
      names.setReference(.foreign(found), of: second)
    } else {
      let nearest = Suggestion.nearest(to: name, among: context.names(in: link))
      let path = context.interfaces[Int(interface)].path
      report(.Fuse.missingItem(name, in: path, nearest: nearest, span: span(second)))
    }
  }
}
