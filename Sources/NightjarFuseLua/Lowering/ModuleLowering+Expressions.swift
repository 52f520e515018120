// Expressions that are one expression of Lua.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// The value of an expression, in the form that is expected of it.
  ///
  /// Nobody has to know whether a number is an integer of Lua: it is none.
  mutating func value(_ node: NodeID) -> LuaRef { floated(rawValue(node)) }

  /// The value of an expression; a number may be an integer of Lua.
  mutating func rawValue(_ node: NodeID) -> LuaRef {
    if !checked.ownerMoves.isEmpty, let owner = checked.ownerMoves[node],
      checked.closedOwners[owner] != nil
    {
      let value = plainValue(node)
      return runtimeCall("moved", [value])
    }
    if !temporaries.isEmpty, let evidence = temporaries[node] {
      return temporary(plainValue(node), evidence)
    }
    guard let coercion = checked.coercions[node] else { return plainValue(node) }
    return coerced(node, coercion)
  }

  private mutating func coerced(_ node: NodeID, _ coercion: Coercion) -> LuaRef {
    switch coercion {
    case .drop:
      lower(node, to: .discard)
      return lua.add(.nil)
    case .box(let evidence):
      if tree[node].kind == .propagate, isErrorBox(node, evidence) { return plainValue(node) }
      let value = plainValue(node)
      let dictionary = dictionary(evidence)
      if mayBeNil(type(node)) {
        let kept = stable(value, "value")
        let box = runtimeCall("box", [kept, dictionary])
        return lua.binary(.and, kept, box)
      }
      return runtimeCall("box", [value, dictionary])
    case .wrap: return wrapped(node)
    case .collection(let make, let evidence): return collection(node, make, evidence)
    }
  }

  /// The value of an expression as it is.
  mutating func plainValue(_ node: NodeID) -> LuaRef {
    nesting += 1
    defer { nesting -= 1 }
    let raw = tree[node]
    switch raw.kind {
    case .nilLiteral, .missing: return lua.add(.nil)
    case .trueLiteral: return lua.add(.true)
    case .falseLiteral: return lua.add(.false)
    case .number: return lua.number(tree.number(raw.mainToken))
    case .string: return lua.string(tree.stringValue(raw.mainToken))
    case .interpolation: return interpolation(node)
    case .name, .path: return nameValue(node)
    case .selfValue: return selfValue(node)
    case .globalTable: return lua.raw("_G")
    case .parenthesized: return rawValue(tree.lhs(node))
    case .tuple: return tuple(node)
    case .array: return array(node)
    case .table: return table(node)
    case .structLiteral: return structLiteral(node)
    case .unary: return unary(node)
    case .binary: return binary(node)
    case .cast: return cast(node)
    case .try: return tryExpression(node)
    case .propagate: return propagate(node)
    case .member, .genericMember: return member(node)
    case .tupleMember:
      let object = value(tree.lhs(node))
      return lua.index(object, lua.integer(tree.tupleIndex(raw.mainToken)))
    case .index: return index(node)
    case .call: return call(node, wantsItems: false)
    case .function: return closure(node)
    case .ifExpression, .match, .doBlock: return byStatements(node)
    case .namedItem: return nameWithoutUse(node)
    case .await, .scopeBlock:
      unsupported(raw.kind == .await ? "await" : "scope", node)
      return lua.add(.nil)
    default: return lua.add(.nil)
    }
  }

  /// An `if`, `match` or block whose value goes through a local.
  private mutating func byStatements(_ node: NodeID) -> LuaRef {
    if bare(checked[node]) == TypeStore.unit || bare(checked[node]) == TypeStore.never {
      lower(node, to: .discard)
      return lua.add(.nil)
    }
    let slot = temp("value")
    lua.appendLocal([slot], [])
    let target = lua.name(slot)
    switch tree[node].kind {
    case .ifExpression: ifExpression(node, to: .assign(target))
    case .match: match(node, to: .assign(target))
    default: doBlock(node, to: .assign(target))
    }
    return target
  }

  // MARK: Constants and names

  mutating func constant(_ constant: FuseConstant) -> LuaRef {
    switch constant {
    case .boolean(let value): lua.add(value ? .true : .false)
    case .number(let value): lua.number(value)
    case .string(let bytes): lua.string(bytes)
    }
  }

  private mutating func selfValue(_ node: NodeID) -> LuaRef {
    if case .own(let declaration) = names.reference(of: node) { return variable(declaration) }
    return lua.raw("self")
  }

  mutating func nameValue(_ node: NodeID) -> LuaRef {
    if let use = checked.uses[node] { return used(node, use) }
    var place = node
    if tree[node].kind == .path, let last = tree.nodes(tree.segments(node)).last { place = last }
    switch names.reference(of: place) {
    case .own(let declaration): return declared(declaration)
    case .foreign(let id): return foreignVariable(id)
    default: return lua.raw(tree.name(of: tree[place].mainToken))
    }
  }

  /// A variable, parameter or import of this module.
  private mutating func declared(_ declaration: Int32) -> LuaRef {
    let known = names.declarations[Int(declaration)]
    switch known.kind {
    case .imported:
      if let value = known.target?.meanings.value { return foreignVariable(value) }
      return variable(declaration)
    case .global, .declaredVariable:
      return lua.field(lua.raw("_G"), tree.name(of: tree[known.node].mainToken))
    case .luaModule, .namespace:
      if isRuntimeModule(declaration) { return lua.raw("__rt") }
      return variable(declaration)
    case .function:
      if let id = checked.functions[known.node] { return functionValueReference(id, []) }
      return variable(declaration)
    case .static:
      let result = variable(declaration)
      touch(known.node, slotOf[Int(declaration)] > 0 ? slotOf[Int(declaration)] - 1 : nil)
      return result
    default: return variable(declaration)
    }
  }

  /// A variable of another module.
  private mutating func foreignVariable(_ id: DeclarationID) -> LuaRef {
    if id.module == module { return declared(id.declaration) }
    let owner = program.program.modules[Int(id.module)]
    let known = owner.names.declarations[Int(id.declaration)]
    if known.kind == .global || known.kind == .declaredVariable {
      return lua.field(lua.raw("_G"), owner.tree.name(of: owner.tree[known.node].mainToken))
    }
    if known.kind == .function, let found = program.modules[Int(id.module)].functions[known.node] {
      return functionValueReference(found, [])
    }
    return reference(.variable(id))
  }

  /// The name of a variable that is declared and not made here.
  private func declaredVariable(_ id: DeclarationID) -> String? {
    let owner = program.program.modules[Int(id.module)]
    let known = owner.names.declarations[Int(id.declaration)]
    guard known.kind == .declaredVariable else { return nil }
    return owner.tree.name(of: owner.tree[known.node].mainToken)
  }

  /// Whether an import is that of the runtime.
  func isRuntimeModule(_ declaration: Int32) -> Bool {
    guard isLibrary else { return false }
    return luaModuleNames[declaration] == "fuse.rt"
  }

  mutating func used(_ node: NodeID, _ use: Use) -> LuaRef {
    switch use {
    case .declaration(let id):
      if let name = declaredVariable(id), tree[node].kind == .member {
        // A variable of a declared Lua module, or a declared global.
        let object = value(tree.lhs(node))
        return lua.field(object, name)
      }
      return id.module == module ? declared(id.declaration) : foreignVariable(id)
    case .constant(let constant): return self.constant(constant)
    case .function(let id, let evidence): return functionValueReference(id, evidence)
    case .traitFunction(let id, let evidence, let hidden):
      return traitFunctionValue(id, evidence, hidden)
    case .traitConstant(let name, let evidence):
      let table = dictionary(evidence)
      return lua.field(table, shared.spelling(name))
    case .implementationStatic(let id, let member):
      return reference(.member(id, member))
    case .variant(let id, let index): return variantValue(id, index)
    case .enumFunction(let id, let function): return enumFunction(id, function)
    case .none: return lua.add(.nil)
    case .some: return identityFunction()
    case .field(let name):
      // A shorthand, or a path to a field: a variable of that name.
      if tree[node].kind == .member || tree[node].kind == .genericMember {
        if let slot = fieldLocal(node, name) { return lua.name(slot) }
        let object = value(tree.lhs(node))
        return lua.field(object, text: lua.text(shared.spelling(name)))
      }
      return nameWithoutUse(node)
    case .tupleItem(let index):
      let object = value(tree.lhs(node))
      return lua.index(object, lua.integer(index))
    case .dynamicField(let name):
      if tree[node].kind == .member || tree[node].kind == .genericMember {
        if isRuntimeObject(tree.lhs(node)) { return runtime(shared.spelling(name)) }
        let object = value(tree.lhs(node))
        return lua.field(object, text: lua.text(shared.spelling(name)))
      }
      return lua.field(lua.raw("_G"), shared.spelling(name))
    }
  }

  private mutating func nameWithoutUse(_ node: NodeID) -> LuaRef {
    switch names.reference(of: node) {
    case .own(let declaration): return declared(declaration)
    case .foreign(let id): return foreignVariable(id)
    default: return lua.raw(tree.name(of: tree[node].mainToken))
    }
  }

  func isRuntimeObject(_ node: NodeID) -> Bool {
    guard isLibrary, case .own(let declaration) = names.reference(of: node) else { return false }
    return isRuntimeModule(declaration)
  }

  private mutating func identityFunction() -> LuaRef {
    let slot = temp("value")
    lua.openBlock()
    lua.appendReturn([lua.name(slot)])
    return lua.function([slot], lua.closeBlock())
  }

  private mutating func member(_ node: NodeID) -> LuaRef {
    if let use = checked.uses[node] { return used(node, use) }
    let name = tree.name(of: tree.memberName(node))
    if isRuntimeObject(tree.lhs(node)) { return runtime(name) }
    let object = value(tree.lhs(node))
    return lua.field(object, name)
  }

  // MARK: Texts

  private mutating func interpolation(_ node: NodeID) -> LuaRef {
    var parts: [LuaRef] = []
    var literal: [UInt8] = []
    var marks: [Int] = []
    func flush(_ lowering: inout ModuleLowering) {
      if literal.isEmpty { return }
      parts.append(lowering.lua.string(literal))
      marks.append(lowering.lua.mark)
      literal = []
    }
    for piece in tree.nodes(tree.lhsList(node)) {
      if tree[piece].kind == .stringPiece {
        literal += tree.stringValue(tree[piece].mainToken)
        continue
      }
      let mark = lua.mark
      let inner = tree.lhs(piece)
      let isDebug = tree[piece].detail == 1
      if !isDebug, let known = constantText(inner) {
        literal += known
        continue
      }
      let text = text(of: inner, checked.texts[piece], isDebug: isDebug)
      flush(&self)
      if lua.mark > mark { keepBefore(mark, &parts, &marks) }
      parts.append(text)
      marks.append(lua.mark)
    }
    flush(&self)
    return concatenation(parts)
  }

  /// The display text of a constant.
  func constantText(_ node: NodeID) -> [UInt8]? {
    let inner = plainExpression(node)
    switch tree[inner].kind {
    case .string: return tree.stringValue(tree[inner].mainToken)
    default: break
    }
    guard case .constant(let constant)? = checked.uses[inner] else { return nil }
    if case .string(let bytes) = constant { return bytes }
    if case .boolean(let value) = constant { return Array((value ? "true" : "false").utf8) }
    return nil
  }

  /// Texts joined; Lua nests `..` to the right, so many are joined in groups.
  mutating func concatenation(_ parts: [LuaRef]) -> LuaRef {
    guard var result = parts.last else { return lua.string([UInt8]()) }
    if parts.count == 1, integerForm(result) != nil, lua[result].kind != .string {
      return runtimeCall("str", [result])
    }
    if parts.count > 100 {
      var groups: [LuaRef] = []
      var start = 0
      while start < parts.count {
        let end = min(start + 50, parts.count)
        let group = concatenation(Array(parts[start..<end]))
        groups.append(end - start > 1 ? lua.parenthesized(group) : group)
        start = end
      }
      return concatenation(groups)
    }
    for part in parts.dropLast().reversed() { result = lua.binary(.concatenate, part, result) }
    return result
  }

  /// The text of a value: as it is shown, or its debug text.
  mutating func text(of node: NodeID, _ evidence: Evidence?, isDebug: Bool) -> LuaRef {
    let value = isDebug ? self.value(node) : rawValue(node)
    return text(value, type(node), evidence, isDebug: isDebug)
  }

  mutating func text(
    _ value: LuaRef,
    _ type: TypeID,
    _ evidence: Evidence?,
    isDebug: Bool
  ) -> LuaRef {
    if !isDebug {
      if isText(type) { return value }
      switch typeKind(type) {
      case .number, .literal(.number):
        return isShownInteger(value) ? value : runtimeCall("str", [value])
      case .boolean, .literal(.boolean): return lua.call(lua.raw("tostring"), [value])
      default: break
      }
    }
    lua.bounds.forget()
    if evidence == nil, case .nominal(let id, _) = typeKind(type),
      shared.nominal(id).kind == .unionType, !shared.usesMetatable(of: id), !shared.isResult(id),
      !shared.isOptional(id)
    {
      // It has nothing that tells its name.
      discard(value)
      return lua.string("<\(shared.spelling(shared.nominal(id).name))>")
    }
    guard let evidence else {
      return runtimeCall(isDebug ? "debug" : "show", [value])
    }
    guard let trait = evidenceTrait(evidence) else { return runtimeCall("show", [value]) }
    let isDebugTrait = shared.spelling(shared.trait(trait).name) == "Debug"
    guard
      let method = shared.trait(trait).methods.first(where: {
        let name = shared.spelling(shared.function($0).name)
        return name == "tostring" || name == "debug"
      })
    else { return runtimeCall(isDebugTrait ? "debug" : "show", [value]) }
    return callTrait(method, evidence, receiver: value, hidden: [], arguments: [])
  }

  // MARK: Operators

  private mutating func unary(_ node: NodeID) -> LuaRef {
    let operand = tree.lhs(node)
    let op = tree.unaryOperator(node)
    if let operation = checked.operations[node] {
      switch operation {
      case .trait(let method, let evidence):
        let value = self.value(operand)
        return callTrait(method, evidence, receiver: value, hidden: [], arguments: [])
      case .inherent(let method):
        let value = self.value(operand)
        return direct(method, value, [], [])
      default: break
      }
    }
    let value = self.value(operand)
    switch op {
    case .not:
      return negated(value)
    case .negate:
      if lua[value].kind == .number { return lua.number(-lua.numbers[Int(lua[value].a)]) }
      return lua.unary(.negate, value)
    case .plus: return value
    case .length:
      if case .ustring = typeKind(type(operand)) { return ustringLength(value) }
      return lua.unary(.length, value)
    case .complement: return complement(value)
    }
  }

  private mutating func ustringLength(_ value: LuaRef) -> LuaRef {
    if target.has("utf8") == true, target != .luau {
      let length = lua.field(lua.raw("utf8"), "len")
      let made = lua.binary(.add, lua.call(length, [value]), lua.number(0))
      return made
    }
    return runtimeCall("ulen", [value])
  }

  /// The opposite of a condition.
  mutating func negated(_ value: LuaRef) -> LuaRef {
    let node = lua[value]
    if node.kind == .binary {
      if node.c == LuaOperator.equal.rawValue {
        return lua.binary(.notEqual, LuaRef(node.a), LuaRef(node.b))
      }
      if node.c == LuaOperator.notEqual.rawValue {
        return lua.binary(.equal, LuaRef(node.a), LuaRef(node.b))
      }
    }
    if node.kind == .true { return lua.add(.false) }
    if node.kind == .false { return lua.add(.true) }
    return lua.unary(.not, value)
  }
}
