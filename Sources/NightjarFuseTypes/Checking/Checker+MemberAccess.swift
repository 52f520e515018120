// `a.b`: fields, and members of modules.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
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
      if tree[object].kind == .globalTable {
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

  mutating func reportMissingModuleMember(_ object: NodeID, _ name: NameID, _ node: NodeID) {
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
  mutating func globalMember(_ node: NodeID, _ name: NameID) -> TypeID {
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
}
