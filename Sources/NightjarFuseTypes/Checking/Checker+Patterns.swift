// Patterns: which types their variables have, and what they leave of the type that is matched.
//
// SOURCE: Fuse reference, section 5.9.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Checks a pattern against the type of what it is held against; `rest` is what earlier arms leave.
  mutating func pattern(_ node: NodeID, _ type: TypeID, _ rest: TypeID) {
    record(node, type)
    let subject = shared(head(type))
    switch tree[node].kind {
    case .binding:
      bind(node, types.kind(type) == .own ? type : rest)
    case .wildcard, .missing: break
    case .parenthesizedPattern: pattern(tree.lhs(node), type, rest)
    case .literalPattern: literalPattern(node, subject)
    case .rangePattern:
      rangeBound(tree.lhs(node))
      rangeBound(tree.rhs(node))
      if !shareValue(subject, TypeStore.number) { reportPattern(node, subject) }
    case .name: patternName(node, name(of: node), subject)
    case .path: patternPath(node, subject)
    case .variantPattern: variantPattern(node, subject)
    case .tablePattern: tablePattern(node, subject, type)
    case .tuplePattern: tuplePattern(node, subject)
    case .arrayPattern: arrayPattern(node, subject)
    case .castPattern:
      let target = resolveType(tree.rhs(node))
      checkCast(node, subject, target, isPattern: true)
      pattern(tree.lhs(node), target, target)
    case .andPattern:
      pattern(tree.lhs(node), type, rest)
      pattern(tree.rhs(node), type, narrowedBy(tree.lhs(node), rest))
    case .orPattern:
      pattern(tree.lhs(node), type, rest)
      pattern(tree.rhs(node), type, remainder(rest, after: tree.lhs(node)))
    default: break
    }
  }

  /// Gives a variable of a pattern its type; alternatives join theirs.
  private mutating func bind(_ node: NodeID, _ type: TypeID) {
    guard let declaration = names.declaration(of: node) else { return }
    let known = out.declarationTypes[Int(declaration)]
    let isAgain = known != TypeStore.none && names.declarations[Int(declaration)].node != node
    declare(declaration, isAgain ? join(known, type) : type)
  }

  private mutating func reportPattern(_ node: NodeID, _ type: TypeID) {
    let type = guessed(type)
    if types.shape(type).flags.contains(.hasError) || type == TypeStore.never { return }
    report(.Fuse.patternMismatch(describe(type), span: fullSpan(node)))
  }

  private mutating func rangeBound(_ node: NodeID) {
    check(node, .any)
    if let value = fold(node) { out.constants[node] = value.constant }
  }

  mutating func literalPattern(_ node: NodeID, _ type: TypeID) {
    guard let constant = patternConstant(node) else {
      // `nil` fits what may be absent.
      if !mayBeNil(type), types.kind(type) != .error { reportPattern(node, type) }
      return
    }
    if !shareValue(types.intern(.literal(constant)), type) { reportPattern(node, type) }
  }

  /// The value of a literal pattern; none for `nil`.
  func patternConstant(_ node: NodeID) -> FuseConstant? {
    let token = tree[node].mainToken
    switch tree[token].kind {
    case .trueKeyword: return .boolean(true)
    case .falseKeyword: return .boolean(false)
    case .number:
      let value = tree.number(token)
      return .number(tree[node].detail == 1 ? -value : value)
    case .string: return .string(tree.stringValue(token))
    default: return nil
    }
  }

  // MARK: Variants and constants

  private mutating func patternName(_ node: NodeID, _ name: NameID, _ type: TypeID) {
    if case .own(let index) = names.reference(of: node) {
      let id =
        names.declarations[Int(index)].target?.meanings.value
        ?? DeclarationID(module: module, declaration: index)
      if let value = constant(of: id) {
        out.uses[node] = .constant(value.constant)
        if !shareValue(value.type, type) { reportPattern(node, type) }
      }
      return
    }
    if let (nominal, place, _) = variant(name, in: type) {
      out.uses[node] = .variant(nominal, place)
      return
    }
    if spelling(name) == "None", isNilable(type) {
      out.uses[node] = Use.none
      return
    }
    reportNoVariant(node, name, type)
  }

  private mutating func isNilable(_ type: TypeID) -> Bool {
    hasNil(type) || types.kind(type) == .unknown || type == TypeStore.unsafe
      || types.kind(type) == .parameter
  }

  private mutating func reportNoVariant(_ node: NodeID, _ name: NameID, _ type: TypeID) {
    let type = guessed(type)
    if types.shape(type).flags.contains(.hasError) || type == TypeStore.never { return }
    var known: [String] = []
    for member in members(type) {
      if case .nominal(let id, _) = types[member] {
        known += nominals[Int(id.rawValue)].variants.map { spelling($0.name) }
      }
    }
    if hasNil(type) { known += ["Some", "None"] }
    report(
      .Fuse.noVariant(
        describe(type),
        spelling(name),
        nearest: Suggestion.nearest(to: spelling(name), among: known),
        span: span(node)
      )
    )
  }

  private mutating func patternPath(_ node: NodeID, _ type: TypeID) {
    switch meaning(ofPath: node) {
    case .error: return
    case .variant(let name): patternName(node, name, type)
    case .declaration(let id, _):
      guard let value = constant(of: id) else { return }
      out.uses[node] = .constant(value.constant)
      if !shareValue(value.type, type) { reportPattern(node, type) }
    case .typeMember(let owner, let name, let segment, _):
      if let (nominal, place, own) = variant(name, in: owner) {
        out.uses[node] = .variant(nominal, place)
        if !shareValue(own, type) { reportPattern(node, type) }
      } else if isOptional(owner), spelling(name) == "None" {
        out.uses[node] = Use.none
      } else if let (member, _) = inherentMember(owner, name, node),
        case .constant(let place) = member.kind,
        let value = memberConstant(member.module, place)
      {
        out.uses[node] = .constant(value.constant)
      } else {
        reportNoItem(owner, name, segment)
      }
    case .traitMember: return
    }
  }

  mutating func variantPattern(_ node: NodeID, _ type: TypeID) {
    let path = tree.lhs(node)
    let items = tree.nodes(tree.rhsList(node))
    var owner = type
    var name: NameID?
    if tree[path].kind == .name {
      name = self.name(of: path)
    } else if tree[path].kind == .path {
      switch meaning(ofPath: path) {
      case .variant(let found): name = found
      case .typeMember(let found, let member, _, _):
        name = member
        // The arguments are those of what is matched.
        if variant(member, in: type) == nil { owner = found }
      default: break
      }
    }
    guard let name else {
      return items.forEach { pattern(inner($0), TypeStore.error, TypeStore.error) }
    }
    if let (nominal, place, own) = variant(name, in: owner) {
      out.uses[path] = .variant(nominal, place)
      return payload(node, items, nominal, place, own)
    }
    if spelling(name) == "Some", isNilable(type) || types.kind(type) == .variable {
      out.uses[path] = .some
      let rest = withoutNil(type)
      guard items.count == 1 else {
        report(
          .Fuse.argumentCount(expected: "1", found: items.count, span: fullSpan(node))
        )
        return
      }
      pattern(inner(items[0]), rest, rest)
      return
    }
    if types.kind(type) != .error { reportNoVariant(path, name, type) }
    for item in items { pattern(inner(item), TypeStore.error, TypeStore.error) }
  }

  func inner(_ item: NodeID) -> NodeID {
    tree[item].kind == .namedItem ? tree.lhs(item) : item
  }

  private mutating func payload(
    _ node: NodeID,
    _ items: NodeItems,
    _ id: NominalID,
    _ place: Int,
    _ type: TypeID
  ) {
    guard case .nominal(_, let arguments) = types[type] else { return }
    let nominal = nominals[Int(id.rawValue)]
    let payload = nominal.variants[place].payload
    let substitution = Substitution(parameters: nominal.parameters, arguments: arguments)
    if items.count != payload.count {
      report(
        .Fuse.argumentCount(
          expected: "\(payload.count)",
          found: items.count,
          span: fullSpan(node)
        )
      )
    }
    for (index, item) in items.enumerated() {
      var target = index
      if tree[item].kind == .namedItem {
        let name = name(of: item)
        guard let found = payload.firstIndex(where: { $0.name == name }) else {
          report(
            .Fuse.unknownArgument(
              spelling(name),
              known: payload.compactMap { $0.name.map { spelling($0) } },
              span: span(item)
            )
          )
          pattern(inner(item), TypeStore.error, TypeStore.error)
          continue
        }
        target = found
      }
      let found =
        target < payload.count
        ? resolved(substitute(payload[target].type, substitution)) : TypeStore.error
      pattern(inner(item), found, shared(head(found)))
      if tree[item].kind == .namedItem { record(item, found) }
    }
  }

  // MARK: Structure

  private mutating func tablePattern(_ node: NodeID, _ type: TypeID, _ whole: TypeID) {
    var subject = type
    let path = tree.lhs(node)
    if path.isPresent {
      let named = structType(path, like: type)
      if types.kind(named) == .error {
        subject = named
      } else {
        if !shareValue(named, type) { reportPattern(node, type) }
        subject = named
      }
    }
    for item in tree.nodes(tree.rhsList(node)) {
      switch tree[item].kind {
      case .binding:
        let found = patternField(subject, name(of: item), item)
        record(item, found)
        bind(item, found)
      case .namedItem:
        let key =
          tree[tree[item].mainToken].kind == .string
          ? types.intern(
            name: String(decoding: tree.stringValue(tree[item].mainToken), as: UTF8.self)
          )
          : name(of: item)
        let found = patternField(subject, key, item)
        record(item, found)
        pattern(tree.lhs(item), found, shared(head(found)))
      case .keyedItem:
        check(tree.lhs(item), .any)
        var found = TypeStore.error
        if case .table(let table) = types[subject] {
          if let constant = fold(tree.lhs(item))?.constant,
            let field = table.fields.first(where: { $0.key == constant })
          {
            found = field.isOptional ? optional(field.type) : field.type
          } else if let index = table.index {
            found = optionalValue(index.value)
          } else {
            reportPattern(item, subject)
          }
        }
        pattern(tree.rhs(item), found, shared(head(found)))
      default: break
      }
    }
  }

  private mutating func patternField(_ type: TypeID, _ name: NameID, _ node: NodeID) -> TypeID {
    if types.kind(type) == .error || type == TypeStore.never { return TypeStore.error }
    if let found = field(type, name, node) { return found }
    if types.kind(type) == .nominal || types.kind(type) == .table {
      reportNoMember(type, name, tree[node].mainToken)
    } else {
      reportPattern(node, type)
    }
    return TypeStore.error
  }

  mutating func tuplePattern(_ node: NodeID, _ type: TypeID) {
    let items = tree.nodes(tree.lhsList(node))
    var parts: [FuseType.TupleItem]?
    for member in members(type) {
      if case .tuple(let found) = types[shared(member)], found.count == items.count {
        parts = found
      }
    }
    guard let parts else {
      reportPattern(node, type)
      for item in items { pattern(inner(item), TypeStore.error, TypeStore.error) }
      return
    }
    for (index, item) in items.enumerated() {
      var part = parts[index]
      if tree[item].kind == .namedItem {
        let name = name(of: item)
        if let found = parts.first(where: { $0.name == name }) { part = found }
      }
      pattern(inner(item), part.type, shared(head(part.type)))
      if tree[item].kind == .namedItem { record(item, part.type) }
    }
  }

  mutating func arrayPattern(_ node: NodeID, _ type: TypeID) {
    let items = tree.nodes(tree.lhsList(node))
    var element = TypeStore.error
    var array = TypeStore.error
    for member in members(type) {
      if case .array(let found) = types[shared(member)] {
        element = resolved(found)
        array = member
      }
    }
    if array == TypeStore.error { reportPattern(node, type) }
    for item in items {
      if tree[item].kind == .restPattern {
        record(item, array)
        bind(item, array)
      } else {
        pattern(item, element, shared(head(element)))
      }
    }
  }
}
