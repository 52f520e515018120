// `a.b`, `a.b(…)`, `a.1` and `a[k]`.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: Fields

  /// Checks `a.b` as a value.
  mutating func member(_ node: NodeID, _ want: Want) -> TypeID {
    let object = tree.lhs(node)
    let token = tree.memberName(node)
    let name = name(of: token)
    if let type = moduleMember(node, object, name, want) { return type }
    let type = shared(head(check(object, .any)))
    switch types.kind(type) {
    case .error, .never: return TypeStore.error
    case .unsafe:
      if tree[object].kind == .globalTable || isGlobalTable(object) {
        return globalMember(node, name)
      }
      needUnsafe("reading a field of an `unsafe` value", at: node)
      out.uses[node] = .dynamicField(name)
      return TypeStore.unsafe
    default: break
    }
    if let found = field(type, name, node) { return found }
    if let match = traitMethodExists(type, name, node) {
      report(
        .Fuse.methodAsValue(match, type: describe(guessed(type)), span: tree[token].span)
      )
      return TypeStore.error
    }
    reportNoMember(type, name, token)
    return TypeStore.error
  }

  private mutating func traitMethodExists(_ type: TypeID, _ name: NameID, _ node: NodeID) -> String?
  {
    if inherentMember(type, name, node) != nil || traitMethod(type, name, node) != nil {
      return spelling(name)
    }
    return nil
  }

  private func isGlobalTable(_ node: NodeID) -> Bool { false }

  /// A declared member of a module of the target: `codec.encode`.
  private mutating func moduleMember(
    _ node: NodeID,
    _ object: NodeID,
    _ name: NameID,
    _ want: Want
  ) -> TypeID? {
    guard let id = declaredMember(object, name) else { return nil }
    switch id {
    case .missing:
      reportMissingModuleMember(object, name, node)
      return TypeStore.error
    case .found(let declaration):
      record(object, TypeStore.error)
      return foreignValue(declaration, [], node, want)
    }
  }

  private mutating func reportMissingModuleMember(_ object: NodeID, _ name: NameID, _ node: NodeID)
  {
    record(object, TypeStore.error)
    report(
      .Fuse.noMember(
        tree.name(of: tree[object].mainToken),
        spelling(name),
        nearest: nil,
        span: tree[tree.memberName(node)].span
      )
    )
  }

  /// What a module of the target has under a name.
  enum DeclaredMember {
    case missing
    case found(DeclarationID)
  }

  /// The member of a declared module of the target that `m.name` means; `nil` if `m` is none.
  mutating func declaredMember(_ object: NodeID, _ name: NameID) -> DeclaredMember? {
    guard tree[object].kind == .name, case .own(let index) = names.reference(of: object) else {
      return nil
    }
    let declaration = names.declarations[Int(index)]
    guard declaration.kind == .luaModule, let target = declaration.target, target.module >= 0,
      target.meanings.value == nil
    else { return nil }
    guard let found = interfaces[Int(target.module)]?[spelling(name)] else { return .missing }
    return .found(found)
  }

  /// A field of `global`.
  private mutating func globalMember(_ node: NodeID, _ name: NameID) -> TypeID {
    out.uses[node] = .dynamicField(name)
    if let type = globals[module]?[name] { return type }
    if let declaration = declaredGlobals[name] {
      if case .function(let function) = meanings[Int(declaration.module)][
        Int(declaration.declaration)
      ] {
        let function = functions[Int(function.rawValue)]
        return functionType(function, function.result, Substitution())
      }
      if declaration.module == module { return variableType(declaration.declaration) }
      return results[Int(declaration.module)].declarationTypes[Int(declaration.declaration)]
    }
    return TypeStore.unsafe
  }

  /// The type of a field of a type; `nil` if it has none.
  mutating func field(_ type: TypeID, _ name: NameID, _ node: NodeID, isStore: Bool = false)
    -> TypeID?
  {
    switch types[type] {
    case .nominal(let id, let arguments):
      let nominal = Int(id.rawValue)
      guard let place = nominals[nominal].fields.firstIndex(where: { $0.name == name }) else {
        return nil
      }
      let field = nominals[nominal].fields[place]
      if !field.isPublic, !isInside(type), !isLibrary(module) {
        report(
          .Fuse.privateField(spelling(name), of: describe(type), span: memberSpan(node))
        )
        return TypeStore.error
      }
      out.uses[node] = .field(name)
      if arguments.isEmpty { return field.type }
      let substitution = Substitution(
        parameters: nominals[nominal].parameters,
        arguments: arguments,
        selfType: type
      )
      return resolved(substitute(field.type, substitution))
    case .table(let table):
      let key = FuseConstant.string(Array(spelling(name).utf8))
      if let field = table.fields.first(where: { $0.key == key }) {
        out.uses[node] = .field(name)
        return field.isOptional && !isStore ? optional(field.type) : field.type
      }
      if let index = table.index, isSubtype(TypeStore.string, index.key) {
        out.uses[node] = .field(name)
        return isStore ? index.value : optionalValue(index.value)
      }
      return nil
    case .tuple(let items):
      guard let place = items.firstIndex(where: { $0.name == name }) else { return nil }
      out.uses[node] = .tupleItem(place + 1)
      return items[place].type
    case .parameter(let id):
      let upper = upper(of: id)
      return upper == TypeStore.none ? nil : field(upper, name, node)
    case .intersection(let parts):
      for part in parts {
        if let found = field(part, name, node) { return found }
      }
      return nil
    case .union(let all):
      if hasNil(type) { return nil }
      var found: [TypeID] = []
      for part in all {
        guard let one = field(shared(part), name, node) else { return nil }
        found.append(one)
      }
      return union(found)
    default: return nil
    }
  }

  /// The type of a value that may be absent.
  mutating func optionalValue(_ type: TypeID) -> TypeID {
    type == TypeStore.unsafe ? type : optional(type)
  }

  func memberSpan(_ node: NodeID) -> Span {
    let kind = tree[node].kind
    return kind == .member || kind == .genericMember
      ? tree[tree.memberName(node)].span : span(node)
  }

  mutating func reportNoMember(_ type: TypeID, _ name: NameID, _ token: TokenID) {
    let type = guessed(type)
    if types.shape(type).flags.contains(.hasError) { return }
    // Nothing said what it is: if something is wrong already, that may be why.
    if types.kind(type) == .variable, out.diagnostics.contains(where: { $0.severity == .error }) {
      return
    }
    let text = spelling(name)
    if isOptional(type) {
      let rest = withoutNil(type)
      if memberNames(of: rest).contains(text) {
        report(
          .Fuse.noMember(
            describe(type),
            text,
            nearest: nil,
            span: tree[token].span,
            hint: "`\(describe(rest))` has it, but the value may be `None`: test it first."
          )
        )
        return
      }
    }
    let known = memberNames(of: type)
    report(
      .Fuse.noMember(
        describe(type),
        text,
        nearest: Suggestion.nearest(to: text, among: known),
        span: tree[token].span
      )
    )
  }

  // MARK: Methods

  /// Checks `a.b(…)`.
  mutating func callMember(_ node: NodeID, _ callee: NodeID, _ want: Want) -> TypeID {
    let object = tree.lhs(callee)
    let token = tree.memberName(callee)
    let name = name(of: token)
    if let member = declaredMember(object, name) {
      return callDeclared(node, callee, object, name, member, want)
    }
    var type = shared(head(check(object, .any)))
    // What is known to be `None` here has the methods of the optional that it is.
    if type == TypeStore.nil, let whole = declaredType(unparenthesized(object)) { type = whole }
    switch types.kind(type) {
    case .error, .never:
      record(callee, TypeStore.error)
      checkArguments(node)
      return types.kind(type) == .never ? TypeStore.never : TypeStore.error
    case .unsafe:
      if tree[object].kind == .globalTable { return callGlobal(node, callee, name, want) }
      out.uses[callee] = .dynamicField(name)
      record(callee, TypeStore.unsafe)
      return callUnsafe(node, callee)
    default: break
    }
    let typeArguments = tree.nodes(tree.typeArguments(callee)).map { resolveType($0) }
    if let called = callMethod(node, callee, object, type, name, token, typeArguments, want) {
      return called
    }
    if let found = field(type, name, callee) {
      record(callee, found)
      let plain = shared(head(found))
      if case .function(let function) = types[plain], function.parameters.first?.isSelf ?? false {
        return callFunctionType(node, callee, plain, want, .tableMethod, receiver: object)
      }
      return callValue(node, callee, found, want)
    }
    reportNoMember(type, name, token)
    record(callee, TypeStore.error)
    checkArguments(node)
    return TypeStore.error
  }

  /// The type that a variable was declared with.
  private mutating func declaredType(_ object: NodeID) -> TypeID? {
    guard tree[object].kind == .name, case .own(let index) = names.reference(of: object) else {
      return nil
    }
    let type = shared(head(out.declarationTypes[Int(index)]))
    return isOptional(type) ? type : nil
  }

  private mutating func callDeclared(
    _ node: NodeID,
    _ callee: NodeID,
    _ object: NodeID,
    _ name: NameID,
    _ member: DeclaredMember,
    _ want: Want
  ) -> TypeID {
    record(object, TypeStore.error)
    guard case .found(let id) = member else {
      reportMissingModuleMember(object, name, callee)
      record(callee, TypeStore.error)
      checkArguments(node)
      return TypeStore.error
    }
    let arguments = tree.nodes(tree.typeArguments(callee)).map { resolveType($0) }
    if case .function(let function) = meanings[Int(id.module)][Int(id.declaration)] {
      return callFunction(
        Callee(node: node, callee: callee, function: function, target: .foreign(function)),
        arguments,
        want
      )
    }
    let type = foreignValue(id, [], callee, .any)
    record(callee, type)
    return callValue(node, callee, type, want)
  }

  private mutating func callGlobal(
    _ node: NodeID,
    _ callee: NodeID,
    _ name: NameID,
    _ want: Want
  ) -> TypeID {
    if let declaration = declaredGlobals[name],
      case .function(let function) = meanings[Int(declaration.module)][Int(declaration.declaration)]
    {
      out.uses[callee] = .dynamicField(name)
      return callFunction(
        Callee(node: node, callee: callee, function: function, target: .foreign(function)),
        [],
        want
      )
    }
    let type = globalMember(callee, name)
    record(callee, type)
    return callValue(node, callee, type, want)
  }

  /// Calls a method of the type, if it has one of the name.
  private mutating func callMethod(
    _ node: NodeID,
    _ callee: NodeID,
    _ object: NodeID,
    _ type: TypeID,
    _ name: NameID,
    _ token: TokenID,
    _ typeArguments: [TypeID],
    _ want: Want
  ) -> TypeID? {
    if let (id, function) = enumFunction(type, name), function == .name {
      return callEnum(node, callee, id, function, object)
    }
    if let (member, substitution) = inherentMember(type, name, callee) {
      checkVisible(member, name, type, at: NodeID(callee.rawValue))
      guard case .function(let function) = member.kind else {
        reportWrongForm(name, "a constant", token)
        checkArguments(node)
        return TypeStore.error
      }
      if !functions[Int(function.rawValue)].isMethod {
        reportWrongForm(name, "an associated function", token)
        checkArguments(node)
        return TypeStore.error
      }
      let target: CallTarget =
        isDeclaredFunction(function)
        ? .foreign(function) : .function(function)
      return callFunction(
        Callee(
          node: node,
          callee: callee,
          function: function,
          target: target,
          substitution: substitution,
          receiver: object
        ),
        typeArguments,
        want
      )
    }
    guard let match = traitMethod(type, name, callee) else { return nil }
    if !functions[Int(match.function.rawValue)].isMethod {
      reportWrongForm(name, "an associated function", token)
      checkArguments(node)
      return TypeStore.error
    }
    return callFunction(
      Callee(
        node: node,
        callee: callee,
        function: match.function,
        target: target(match.function, match.evidence),
        substitution: match.substitution,
        evidence: match.evidence,
        receiver: object
      ),
      typeArguments,
      want
    )
  }

  private mutating func reportWrongForm(_ name: NameID, _ actual: String, _ token: TokenID) {
    report(
      .Fuse.wrongForm(
        spelling(name),
        actual: actual,
        used: "a method",
        hint: "Write `Type::\(spelling(name))`.",
        span: tree[token].span
      )
    )
  }

  // MARK: Items and elements

  /// Checks `t.1`.
  mutating func tupleMember(_ node: NodeID) -> TypeID {
    let type = shared(head(check(tree.lhs(node), .any)))
    let place = tree.tupleIndex(tree[node].mainToken)
    if case .tuple(let items) = types[type] {
      if place >= 1, place <= items.count { return items[place - 1].type }
      report(.Fuse.noTupleItem("\(place)", of: describe(type), span: span(node)))
      return TypeStore.error
    }
    if type == TypeStore.unsafe {
      needUnsafe("reading an item of an `unsafe` value", at: node)
      return TypeStore.unsafe
    }
    if types.kind(type) != .error, types.kind(type) != .never {
      report(.Fuse.noTupleItem("\(place)", of: describe(guessed(type)), span: span(node)))
    }
    return TypeStore.error
  }

  /// Checks `a[k]` as a value.
  mutating func index(_ node: NodeID) -> TypeID { element(node, isStore: false) }

  /// The type of an element that is read or stored.
  mutating func element(_ node: NodeID, isStore: Bool) -> TypeID {
    let object = tree.lhs(node)
    let key = tree.rhs(node)
    let type = shared(head(check(object, .any)))
    switch types[type] {
    case .array(let element):
      out.operations[node] = .array
      let found = check(key, .soft(TypeStore.number))
      if !isSubtype(found, TypeStore.number) { reportKey(type, found, key) }
      return resolved(element)
    case .tuple(let items): return tupleIndex(node, items, type, key)
    case .table(let table): return tableElement(node, table, type, key, isStore)
    case .unsafe:
      check(key, .any)
      if tree[object].kind != .globalTable {
        needUnsafe("indexing an `unsafe` value", at: node)
      }
      out.operations[node] = .unsafe
      return TypeStore.unsafe
    case .never:
      check(key, .any)
      return TypeStore.error
    case .variable(let index) where index < 0:
      check(key, .any)
      return TypeStore.error
    default: return indexByTrait(node, type, key, isStore)
    }
  }

  private mutating func reportKey(_ type: TypeID, _ key: TypeID, _ node: NodeID) {
    if types.shape(key).flags.contains(.hasError) { return }
    report(
      .Fuse.badKey(describe(guessed(type)), describe(guessed(key)), span: fullSpan(node))
    )
  }

  private mutating func tupleIndex(
    _ node: NodeID,
    _ items: [FuseType.TupleItem],
    _ type: TypeID,
    _ key: NodeID
  ) -> TypeID {
    check(key, .any)
    guard case .number(let value)? = fold(key)?.constant else {
      reportKey(type, out.nodeTypes[Int(key.rawValue)], key)
      return TypeStore.error
    }
    guard value >= 1, value <= Double(items.count), value == value.rounded() else {
      report(
        .Fuse.noTupleItem(describe(.number(value)), of: describe(type), span: fullSpan(key))
      )
      return TypeStore.error
    }
    out.operations[node] = .tuple(Int(value))
    return items[Int(value) - 1].type
  }

  private mutating func tableElement(
    _ node: NodeID,
    _ table: FuseType.TableType,
    _ type: TypeID,
    _ key: NodeID,
    _ isStore: Bool
  ) -> TypeID {
    out.operations[node] = .table
    let found = check(key, .soft(table.index?.key ?? TypeStore.none))
    if let constant = fold(key)?.constant,
      let field = table.fields.first(where: { $0.key == constant })
    {
      return field.isOptional && !isStore ? optional(field.type) : field.type
    }
    if let index = table.index {
      if !canAssign(key, found, to: index.key) { reportKey(type, found, key) }
      return isStore ? index.value : optionalValue(resolved(index.value))
    }
    if let constant = fold(key)?.constant {
      report(
        .Fuse.noMember(describe(type), shown(constant), nearest: nil, span: fullSpan(key))
      )
    } else {
      reportKey(type, found, key)
    }
    return TypeStore.error
  }

  private func shown(_ constant: FuseConstant) -> String {
    if case .string(let bytes) = constant { return String(decoding: bytes, as: UTF8.self) }
    return describe(constant)
  }

  /// Indexing by `Index` or `IndexMut`.
  private mutating func indexByTrait(
    _ node: NodeID,
    _ type: TypeID,
    _ key: NodeID,
    _ isStore: Bool
  ) -> TypeID {
    let name = isStore ? "IndexMut" : "Index"
    let method = isStore ? "set_at" : "at"
    if let trait = known(trait: name), let found = implementation(of: trait, for: type),
      found.arguments.count == 2, let text = types.known(name: method),
      let function = self.method(text, of: trait)
    {
      check(key, against: found.arguments[0])
      need(found.evidence)
      out.operations[node] = .trait(function, found.evidence)
      return found.arguments[1]
    }
    let found = check(key, .any)
    if types.kind(type) != .error { reportKey(type, found, key) }
    return TypeStore.error
  }
}
