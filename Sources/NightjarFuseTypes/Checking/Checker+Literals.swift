// Arrays, tables, tuples and struct literals.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: Arrays

  mutating func arrayValue(_ node: NodeID, _ want: Want) -> TypeID {
    let expected = want.type == TypeStore.none ? want.type : shared(head(want.type))
    if let made = collectionValue(node, expected) { return made }
    var wanted = TypeStore.none
    if expected != TypeStore.none {
      for member in members(expected) {
        if case .array(let element) = types[shared(member)] { wanted = element }
      }
    }
    var joined = TypeStore.none
    for item in tree.nodes(tree.lhsList(node)) {
      let type = arrayItem(item, wanted)
      joined = joined == TypeStore.none ? type : join(joined, type)
    }
    if wanted != TypeStore.none, isClosed(wanted) { return types.array(of: wanted) }
    if joined == TypeStore.none {
      return types.array(
        of: wanted == TypeStore.none ? freshVariable(isOpen: true, at: node) : wanted
      )
    }
    if mayBeNil(joined), types.kind(joined) != .variable, joined != TypeStore.unsafe {
      checkNonNil(joined, "Array", at: node)
      return TypeStore.error
    }
    return types.array(of: shared(joined) == joined ? joined : joined)
  }

  /// Checks an item of an array; gives the type of the element.
  private mutating func arrayItem(_ item: NodeID, _ wanted: TypeID) -> TypeID {
    guard tree[item].kind == .spread else {
      if wanted != TypeStore.none, isClosed(wanted) {
        return check(item, against: wanted, isExact: true)
      }
      return check(item, .soft(wanted))
    }
    let value = tree.lhs(item)
    let hint = wanted == TypeStore.none ? wanted : types.array(of: wanted)
    let type = shared(head(check(value, .soft(hint))))
    record(item, type)
    if case .array(let element) = types[type] {
      if wanted != TypeStore.none, isClosed(wanted), !isSubtype(element, wanted) {
        reportMismatch(value, type, types.array(of: wanted), nil)
      }
      return resolved(element)
    }
    if types.kind(type) != .error, types.kind(type) != .never {
      report(.Fuse.cannotSpread(describe(guessed(type)), span: fullSpan(item)))
    }
    return TypeStore.error
  }

  /// A literal where a collection is expected.
  private mutating func collectionValue(_ node: NodeID, _ expected: TypeID) -> TypeID? {
    guard expected != TypeStore.none else { return nil }
    for member in members(expected) {
      guard case .nominal(let id, let arguments) = types[shared(member)], let item = arguments.first
      else { continue }
      let nominal = nominals[Int(id.rawValue)]
      let owner = nominal.declaration.module
      guard program.modules[Int(owner)].path == "@fuse:collections" else { continue }
      let name = spelling(nominal.name)
      let type = self.type(of: id, arguments)
      let isTable = tree[node].kind == .table
      switch name {
      case "List", "Deque", "Set", "HashSet":
        if isTable, name == "List" || name == "Deque" { continue }
        for part in tree.nodes(tree.lhsList(node)) {
          if tree[part].kind == .namedItem || tree[part].kind == .keyedItem { return nil }
          if isClosed(item) {
            _ = arrayItem(part, item)
          } else {
            let found = arrayItem(part, TypeStore.none)
            _ = canAssign(part, found, to: item)
          }
        }
      case "Map", "HashMap":
        guard isTable, arguments.count == 2 else { continue }
        if !mapEntries(node, arguments[0], arguments[1]) { return nil }
      default: continue
      }
      noteCollection(node, id, type, name == "List" ? "of" : "from", arguments)
      return type
    }
    return nil
  }

  private mutating func mapEntries(_ node: NodeID, _ key: TypeID, _ value: TypeID) -> Bool {
    for part in tree.nodes(tree.lhsList(node)) {
      switch tree[part].kind {
      case .namedItem:
        if !isSubtype(TypeStore.string, key) {
          reportMismatch(part, TypeStore.string, key, nil)
        }
        check(tree.lhs(part), against: value, isExact: true)
      case .keyedItem:
        check(tree.lhs(part), against: key)
        check(tree.rhs(part), against: value, isExact: true)
      default: return false
      }
    }
    return true
  }

  /// Notes what makes the `List` of a rest parameter whose arguments may be nil.
  mutating func needList(of function: FunctionDeclaration) {
    guard let rest = function.parameters.last, rest.isRest else { return }
    let type = restType(rest.type)
    guard types.kind(type) == .nominal, let text = types.known(name: "of"),
      let (member, _) = inherentMember(type, text, rest.node), case .function(let id) = member.kind
    else { return }
    need(id)
  }

  private mutating func noteCollection(
    _ node: NodeID,
    _ id: NominalID,
    _ type: TypeID,
    _ name: String,
    _ arguments: [TypeID]
  ) {
    guard let text = types.known(name: name),
      let (member, substitution) = inherentMember(type, text, node),
      case .function(let function) = member.kind
    else { return }
    let found = evidence(for: functions[Int(function.rawValue)].bounds, resolved(substitution))
    for one in found ?? [] { need(one) }
    need(function)
    out.coercions[node] = .collection(function, found ?? [])
  }

  // MARK: Tables

  mutating func tableValue(_ node: NodeID, _ want: Want) -> TypeID {
    let expected = want.type == TypeStore.none ? want.type : shared(head(want.type))
    if let made = collectionValue(node, expected) { return made }
    var wanted: FuseType.TableType?
    if expected != TypeStore.none {
      for member in members(expected) {
        if case .table(let table) = types[shared(member)] { wanted = table }
      }
    }
    let outerSelf = body.tableSelf
    if let wanted { body.tableSelf = types.intern(.table(wanted)) }
    defer { body.tableSelf = outerSelf }
    var table = FuseType.TableType(fields: [], index: nil)
    var position = 1
    for item in tree.nodes(tree.lhsList(node)) {
      tableItem(item, wanted, &table, &position)
    }
    return types.intern(.table(table))
  }

  private mutating func tableItem(
    _ item: NodeID,
    _ wanted: FuseType.TableType?,
    _ table: inout FuseType.TableType,
    _ position: inout Int
  ) {
    switch tree[item].kind {
    case .namedItem:
      add(.string(keyBytes(tree[item].mainToken)), tree.lhs(item), wanted, &table, at: item)
    case .keyedItem:
      let key = tree.lhs(item)
      let keyType = check(key, .soft(wanted?.index?.key ?? TypeStore.none))
      if let constant = fold(key)?.constant {
        return add(constant, tree.rhs(item), wanted, &table, at: item)
      }
      let value = check(tree.rhs(item), .soft(wanted?.index?.value ?? TypeStore.none))
      let merged = FuseType.TableType.Index(
        key: table.index.map { join($0.key, keyType) } ?? keyType,
        value: table.index.map { join($0.value, value) } ?? value
      )
      table.index = merged
    case .spread: spreadTable(item, &table)
    default:
      add(.number(Double(position)), item, wanted, &table, at: item)
      position += 1
    }
  }

  private mutating func add(
    _ key: FuseConstant,
    _ value: NodeID,
    _ wanted: FuseType.TableType?,
    _ table: inout FuseType.TableType,
    at item: NodeID
  ) {
    let field = wanted?.fields.first { $0.key == key }
    let expected = field?.type ?? wanted?.index?.value ?? TypeStore.none
    var type: TypeID
    if expected != TypeStore.none, isClosed(expected) {
      let found = check(
        value,
        against: field?.isOptional == true ? optionalValue(expected) : expected,
        isExact: true
      )
      type = types.kind(found) == .error || found == TypeStore.never ? found : expected
    } else {
      type = check(value, .soft(expected))
    }
    if tree[item].kind == .namedItem || tree[item].kind == .keyedItem { record(item, type) }
    if type == TypeStore.unit { type = TypeStore.nil }
    if let place = table.fields.firstIndex(where: { $0.key == key }) {
      table.fields[place].type = type
    } else {
      table.fields.append(.init(key: key, isOptional: false, type: type))
    }
  }

  private mutating func spreadTable(_ item: NodeID, _ table: inout FuseType.TableType) {
    let type = shared(head(check(tree.lhs(item), .any)))
    record(item, type)
    switch types[type] {
    case .table(let other):
      for field in other.fields {
        table.fields.removeAll { $0.key == field.key }
        table.fields.append(field)
      }
      if let index = other.index { table.index = index }
    case .nominal(let id, let arguments) where nominals[Int(id.rawValue)].kind == .structType:
      let nominal = nominals[Int(id.rawValue)]
      let substitution = Substitution(parameters: nominal.parameters, arguments: arguments)
      for field in nominal.fields where field.isPublic || isInside(type) {
        let key = FuseConstant.string(Array(spelling(field.name).utf8))
        table.fields.removeAll { $0.key == key }
        table.fields.append(
          .init(key: key, isOptional: false, type: substitute(field.type, substitution))
        )
      }
    case .never: return
    case .variable(let index) where index < 0: return
    default: report(.Fuse.cannotSpread(describe(guessed(type)), span: fullSpan(item)))
    }
  }

  // MARK: Tuples

  mutating func tupleValue(_ node: NodeID, _ want: Want) -> TypeID {
    let list = tree.nodes(tree.lhsList(node))
    if list.isEmpty { return TypeStore.unit }
    var wanted: [FuseType.TupleItem]?
    if want.type != TypeStore.none {
      for member in members(shared(head(want.type))) {
        if case .tuple(let items) = types[shared(member)], items.count == list.count {
          wanted = items
        }
      }
    }
    var items: [FuseType.TupleItem] = []
    for (place, item) in list.enumerated() {
      if tree[item].kind == .spread {
        spreadTuple(item, &items)
        wanted = nil
        continue
      }
      let isNamed = tree[item].kind == .namedItem
      let value = isNamed ? tree.lhs(item) : item
      var type: TypeID
      if let expected = wanted?[place].type, isClosed(expected) {
        let found = check(value, against: expected, isExact: false)
        type = types.kind(found) == .error ? found : found == TypeStore.never ? found : expected
      } else {
        type = check(value, .soft(wanted?[place].type ?? TypeStore.none))
      }
      if isNamed { record(item, type) }
      if type == TypeStore.never { type = TypeStore.never }
      items.append(.init(name: isNamed ? name(of: item) : wanted?[place].name, type: type))
    }
    return types.intern(.tuple(items))
  }

  private mutating func spreadTuple(_ item: NodeID, _ items: inout [FuseType.TupleItem]) {
    let type = shared(head(check(tree.lhs(item), .any)))
    record(item, type)
    if case .tuple(let others) = types[type] {
      items += others
    } else if types.kind(type) != .error, type != TypeStore.never {
      report(.Fuse.cannotSpread(describe(guessed(type)), span: fullSpan(item)))
    }
  }

  // MARK: Structs

  /// The struct that stands before braces; its arguments may be taken from an expected type.
  mutating func structType(_ path: NodeID, like expected: TypeID) -> TypeID {
    var reference = path
    if tree[path].kind == .path {
      let segments = tree.segments(path)
      reference = tree.node(segments, 0)
      if segments.count > 1, names.reference(of: tree.node(segments, 1)) != .none {
        reference = tree.node(segments, 1)
      }
    }
    var type = TypeStore.error
    if names.reference(of: reference) != .selfType, let id = typeDeclaration(reference),
      case .nominal(let nominal) = meanings[Int(id.module)][Int(id.declaration)],
      !nominals[Int(nominal.rawValue)].parameters.isEmpty,
      tree[path].kind == .name || tree.typeArguments(reference).isEmpty
    {
      if expected != TypeStore.none {
        for member in members(expected) {
          if case .nominal(let other, _) = types[shared(member)], other == nominal {
            return shared(member)
          }
        }
      }
      let arguments = nominals[Int(nominal.rawValue)].parameters.map {
        freshVariable(for: $0, at: path)
      }
      type = self.type(of: nominal, arguments)
    } else {
      type = resolveType(path)
    }
    return type
  }

  mutating func structValue(_ node: NodeID, _ want: Want) -> TypeID {
    let path = tree.lhs(node)
    // A generic struct follows its fields first; what is expected is a hint.
    let type = structType(path, like: TypeStore.none)
    record(path, type)
    guard case .nominal(let id, let arguments) = types[type],
      nominals[Int(id.rawValue)].kind == .structType
    else {
      if types.kind(type) != .error {
        report(.Fuse.notAStruct(describe(type), span: fullSpan(path)))
      }
      for item in tree.nodes(tree.rhsList(node)) {
        if tree.lhs(item).isPresent { check(tree.lhs(item), .any) }
      }
      return TypeStore.error
    }
    if !isClosed(type), want.type != TypeStore.none { hint(type, want.type) }
    let nominal = nominals[Int(id.rawValue)]
    let substitution = Substitution(
      parameters: nominal.parameters,
      arguments: arguments,
      selfType: type
    )
    if nominal.declaration.module != module, !isLibrary(module),
      nominal.fields.contains(where: { !$0.isPublic })
    {
      report(.Fuse.privateFields(describe(type), span: fullSpan(path)))
    }
    fillFields(node, nominal, substitution, type)
    settleHints(substitution)
    openVariables(in: type)
    let result = resolved(type)
    record(path, result)
    checkStructBounds(node, nominal, result)
    return result
  }

  private mutating func checkStructBounds(_ node: NodeID, _ nominal: NominalType, _ type: TypeID) {
    guard !nominal.parameters.isEmpty, isClosed(type),
      case .nominal(_, let arguments) = types[type]
    else { return }
    checkBounds(
      LaterBound(
        module: module,
        node: tree.lhs(node),
        parameters: nominal.parameters,
        bounds: [],
        arguments: arguments,
        scope: body.bounds
      )
    )
  }

  private mutating func fillFields(
    _ node: NodeID,
    _ nominal: NominalType,
    _ substitution: Substitution,
    _ type: TypeID
  ) {
    var given: Set<NameID> = []
    var hasBase = false
    for item in tree.nodes(tree.rhsList(node)) {
      if tree[item].kind == .spread {
        hasBase = true
        let found = check(tree.lhs(item), .soft(type))
        record(item, found)
        coerce(tree.lhs(item), found, to: type)
        continue
      }
      guard tree[item].kind == .namedItem else {
        check(item, .any)
        continue
      }
      let name = name(of: item)
      let value = tree.lhs(item).isPresent ? tree.lhs(item) : item
      guard let field = nominal.fields.first(where: { $0.name == name }) else {
        report(
          .Fuse.noField(
            describe(guessed(type)),
            spelling(name),
            nearest: Suggestion.nearest(
              to: spelling(name),
              among: nominal.fields.map { spelling($0.name) }
            ),
            span: span(item)
          )
        )
        if value != item { check(value, .any) }
        continue
      }
      if !given.insert(name).inserted {
        report(.Fuse.fieldTwice(spelling(name), span: span(item)))
      }
      fieldValue(item, value, substitute(field.type, substitution), name)
    }
    if hasBase { return }
    let missing = nominal.fields.filter { !given.contains($0.name) && $0.defaultValue == nil }
    if missing.isEmpty { return }
    report(
      .Fuse.missingFields(
        missing.map { "`\(spelling($0.name))`" },
        of: describe(guessed(type)),
        span: fullSpan(tree.lhs(node))
      )
    )
  }

  /// Checks the value of a field; a bare name is its own value.
  private mutating func fieldValue(
    _ item: NodeID,
    _ value: NodeID,
    _ type: TypeID,
    _ name: NameID
  ) {
    let found: TypeID
    let expected = guessed(type)
    if value == item {
      found = nameValue(item, .soft(expected))
      record(item, found)
    } else if isClosed(type) {
      check(value, against: type, isExact: true, because: .text("the field `\(spelling(name))`"))
      return
    } else {
      found = check(value, .soft(expected))
    }
    if types.kind(found) == .error { return }
    let mark = bindings.count
    if case .variable(let index) = types[type], index >= 0 {
      let hint = resolved(variables[Int(index)].hint)
      if hint != TypeStore.none, variables[Int(index)].solution == TypeStore.none, isClosed(hint),
        canAssign(value, found, to: hint)
      {
        solve(type, hint)
        return
      }
      undo(to: mark)
    }
    coerce(value, found, to: type, isExact: true, because: .text("the field `\(spelling(name))`"))
  }
}
