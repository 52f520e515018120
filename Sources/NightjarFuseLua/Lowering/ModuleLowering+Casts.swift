// Casts, `try`, `?` and closing.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  mutating func cast(_ node: NodeID) -> LuaRef {
    let source = tree.lhs(node)
    let isOptional = tree[node].detail == 1
    let from = type(source)
    let to = self.type(tree.rhs(node))
    let value = self.value(source)
    let test = lua[value].kind == .none ? nil : casts(from, to)
    guard test == true, shared.options.checksCasts || isOptional else {
      if seesBoxes(from), !isDynamic(to), !seesBoxes(to), !isLiteralSource(source) {
        return runtimeCall("unbox", [value])
      }
      return value
    }
    var subject = stable(value, "value")
    if seesBoxes(from), !isDynamic(to) {
      subject = keep(runtimeCall("unbox", [subject]), "value")
    }
    guard let check = typeTest(subject, to, of: from) else { return subject }
    if isOptional {
      if !mayBeFalsy(to) { return whole(check, subject) }
      let slot = temp("value")
      lua.appendLocal([slot], [])
      lua.openBlock()
      lua.appendAssign(lua.name(slot), subject)
      let body = lua.closeBlock()
      lua.appendIf(check, body)
      return lua.name(slot)
    }
    lua.openBlock()
    lua.appendCall(runtimeCall("cast_failed", [subject, lua.string(describe(to))]))
    let body = lua.closeBlock()
    lua.appendIf(lua.unary(.not, check), body)
    return subject
  }

  /// `check and subject or nil`.
  private mutating func whole(_ check: LuaRef, _ subject: LuaRef) -> LuaRef {
    let chosen = lua.binary(.and, check, subject)
    return lua.binary(.or, chosen, lua.add(.nil))
  }

  private func isLiteralSource(_ node: NodeID) -> Bool {
    switch tree[plainExpression(node)].kind {
    case .string, .number, .trueLiteral, .falseLiteral, .interpolation: true
    default: false
    }
  }

  /// Whether a cast from one type to another checks anything.
  private func casts(_ from: TypeID, _ to: TypeID) -> Bool {
    if from == to { return false }
    switch typeKind(from) {
    case .union, .unknown, .unsafe, .dynamic, .anyTable, .table, .boolean, .parameter: break
    case .number, .string, .ustring: return narrows(to)
    case .literal, .tuple, .array, .function, .never, .nil: return false
    case .nominal(let id, _):
      if shared.nominal(id).kind == .enumType { return false }
      return shared.isOptional(id)
    default: break
    }
    if isDynamic(to), !isDynamic(from), !seesBoxes(from) { return false }
    return to != TypeStore.unknown && to != TypeStore.unsafe
  }

  /// Whether only some numbers or strings are of a type.
  private func narrows(_ to: TypeID) -> Bool {
    switch typeKind(to) {
    case .literal: return true
    case .ustring: return true
    case .nominal(let id, _): return shared.nominal(id).kind == .enumType
    case .union(let members):
      return members.allSatisfy { $0 == TypeStore.nil || narrows($0) }
    default: return false
    }
  }

  /// A name of a type for a message.
  func describe(_ type: TypeID) -> String {
    switch typeKind(type) {
    case .number: return "number"
    case .string: return "string"
    case .ustring: return "ustring"
    case .boolean: return "boolean"
    case .nil: return "nil"
    case .array(let element): return describe(element) + "[]"
    case .tuple(let items):
      return "(" + items.map { describe($0.type) }.joined(separator: ", ") + ")"
    case .nominal(let id, let arguments):
      let name = shared.spelling(shared.nominal(id).name)
      if arguments.isEmpty { return name }
      return name + "<" + arguments.map { describe($0) }.joined(separator: ", ") + ">"
    case .dynamic(let id, _): return "impl " + shared.spelling(shared.trait(id).name)
    case .function: return "function"
    case .union(let members):
      let isOptional = members.contains(TypeStore.nil)
      let others = members.filter { $0 != TypeStore.nil }.map { describe($0) }
      let text = others.joined(separator: " | ")
      return isOptional ? (others.count > 1 ? "(\(text))?" : text + "?") : text
    case .literal(.string(let bytes)): return "\"" + String(decoding: bytes, as: UTF8.self) + "\""
    case .literal(.number(let value)): return Self.display(value) ?? value.description
    case .literal(.boolean(let value)): return value ? "true" : "false"
    case .unknown: return "unknown"
    default: return "table"
    }
  }

  /// The shallow check that a value is of a type; `nil` if nothing is to be checked.
  mutating func typeTest(_ value: LuaRef, _ to: TypeID, of from: TypeID) -> LuaRef? {
    switch typeKind(to) {
    case .number: return typeIs(value, "number")
    case .string: return typeIs(value, "string")
    case .ustring:
      let text = typeIs(value, "string")
      return lua.binary(.and, text, runtimeCall("is_utf8", [value]))
    case .boolean: return typeIs(value, "boolean")
    case .nil: return lua.binary(.equal, value, lua.add(.nil))
    case .unknown:
      return mayBeNil(from) ? lua.binary(.notEqual, value, lua.add(.nil)) : nil
    case .literal(let constant):
      let literal = integral(self.constant(constant))
      return lua.binary(.equal, value, literal)
    case .array, .anyTable: return typeIs(value, "table")
    case .tuple(let items): return items.isEmpty ? nil : typeIs(value, "table")
    case .table(let table):
      var test = typeIs(value, "table")
      for field in table.fields where !field.isOptional {
        let key = keyed(constant(field.key))
        let read =
          lua[key].kind == .string
          ? lua.field(value, text: lua[key].a) : lua.index(value, key)
        test = lua.binary(.and, test, lua.binary(.notEqual, read, lua.add(.nil)))
      }
      return test
    case .function: return typeIs(value, "function")
    case .nominal(let id, let arguments): return nominalTest(value, id, arguments, from)
    case .dynamic(let id, _): return slotTest(value, id)
    case .union(let members):
      var tests: [LuaRef] = []
      for member in members {
        guard let test = typeTest(value, member, of: from) else { return nil }
        tests.append(test)
      }
      guard var result = tests.first else { return nil }
      for test in tests.dropFirst() { result = lua.binary(.or, result, test) }
      return result
    case .intersection(let members):
      let tests = members.compactMap { typeTest(value, $0, of: from) }
      return tests.isEmpty ? nil : lua.and(tests)
    case .own(let inner): return typeTest(value, inner, of: from)
    default: return nil
    }
  }

  private mutating func typeIs(_ value: LuaRef, _ name: String) -> LuaRef {
    let type = lua.call(lua.raw("type"), [value])
    return lua.binary(.equal, type, lua.string(name))
  }

  mutating func nominalTest(
    _ value: LuaRef,
    _ id: NominalID,
    _ arguments: [TypeID],
    _ from: TypeID
  ) -> LuaRef? {
    let nominal = shared.nominal(id)
    if nominal.kind == .enumType {
      var test: LuaRef?
      for variant in nominal.variants {
        guard let constant = variant.value else { continue }
        let literal = integral(self.constant(constant))
        let next = lua.binary(.equal, value, literal)
        test = test.map { lua.binary(.or, $0, next) } ?? next
      }
      return test
    }
    if shared.isOptional(id) { return nil }
    if shared.isResult(id) {
      let table = typeIs(value, "table")
      let tag = lua.field(value, "tag")
      let ok = lua.binary(.equal, tag, lua.string("Ok"))
      let err = lua.binary(.equal, tag, lua.string("Err"))
      return lua.binary(.and, table, lua.binary(.or, ok, err))
    }
    if nominal.isDeclared || nominal.isPlainTable || nominal.kind == .opaque {
      return nominal.kind == .structType ? typeIs(value, "table") : nil
    }
    let metatable = lua.call(lua.raw("getmetatable"), [value])
    let container = reference(.container(id))
    return lua.binary(.equal, metatable, container)
  }

  /// Whether a value answers to a trait: by a method in its slots.
  private mutating func slotTest(_ value: LuaRef, _ id: TraitID) -> LuaRef? {
    let trait = shared.trait(id)
    guard let method = trait.methods.first(where: { shared.function($0).isMethod }) else {
      return nil
    }
    let name =
      shared.spelling(trait.name) + "_" + shared.spelling(shared.function(method).name)
    return runtimeCall("has_slot", [value, lua.string(name)])
  }

  // MARK: try and ?

  mutating func tryExpression(_ node: NodeID) -> LuaRef {
    let operand = plainExpression(tree.lhs(node))
    if tree[operand].kind == .call, checked.coercions[operand] == nil,
      let call = checked.calls[operand], isPlainTry(operand, call)
    {
      lua.openBlock()
      let made = self.call(operand, wantsItems: false)
      let statements = lua.takeBlock()
      let raw = lua[made]
      if statements.isEmpty, raw.kind == .call, !manyUnits(operand),
        lua.items(raw.b).allSatisfy({ isHarmless(LuaRef($0)) }), isHarmless(LuaRef(raw.a))
      {
        let arguments = lua.items(raw.b).map { LuaRef($0) }
        return runtimeCall("try", [LuaRef(raw.a)] + arguments)
      }
    }
    let outer = function
    let isUnit = bare(checked[tree.lhs(node)]) == TypeStore.unit
    function = FunctionState(result: isUnit ? .unit : .single)
    lua.openBlock()
    lower(tree.lhs(node), to: .result)
    let body = lua.closeBlock()
    function = outer
    return runtimeCall("try", [lua.function([], body)])
  }

  private func manyUnits(_ node: NodeID) -> Bool { givesMultiple(node) }

  private func isPlainTry(_ node: NodeID, _ call: Call) -> Bool {
    switch call.target {
    case .function, .foreign, .value, .unsafeValue: return true
    default: return false
    }
  }

  /// Whether computing an expression raises nothing.
  private func isHarmless(_ value: LuaRef) -> Bool {
    let node = lua[value]
    switch node.kind {
    case .name, .raw, .nil, .true, .false, .number, .string, .function: return true
    case .field:
      let object = lua[LuaRef(node.a)]
      return object.kind == .name || object.kind == .raw
    default: return false
    }
  }

  /// `e?`: the value inside, or out of the function with what is wrong.
  mutating func propagate(_ node: NodeID) -> LuaRef {
    let operand = tree.lhs(node)
    let type = self.type(operand)
    let result = stable(value(operand), "result")
    if let id = shared.nominal(of: type), shared.isResult(id) {
      let tag = lua.field(result, "tag")
      let test = lua.binary(.equal, tag, lua.string("Err"))
      lua.openBlock()
      leaveClosers(downTo: 0)
      lua.appendReturn([propagated(node, result)])
      let body = lua.closeBlock()
      lua.appendIf(test, body)
      return lua.index(result, lua.integer(1))
    }
    lua.openBlock()
    leaveClosers(downTo: 0)
    lua.appendReturn([lua.add(.nil)])
    let body = lua.closeBlock()
    lua.appendIf(lua.binary(.equal, result, lua.add(.nil)), body)
    return result
  }

  /// Whether a box at `e?` is for the error that is returned, not for the value.
  func isErrorBox(_ node: NodeID, _ evidence: Evidence) -> Bool {
    guard case .nominal(let id, let arguments) = typeKind(type(tree.lhs(node))),
      shared.isResult(id), arguments.count == 2
    else { return false }
    if case .implementation(let found, _) = evidence {
      let name = shared.shortName(shared.implementation(found).type)
      if name != shared.shortName(arguments[1]) { return false }
      if name != shared.shortName(arguments[0]) { return true }
    }
    guard let trait = evidenceTrait(evidence) else { return false }
    return shared.spelling(shared.trait(trait).name) == "Error"
  }

  /// The `Err` that is returned: as it is, or with its error in a box.
  private mutating func propagated(_ node: NodeID, _ result: LuaRef) -> LuaRef {
    guard case .box(let evidence)? = checked.coercions[node], isErrorBox(node, evidence) else {
      return result
    }
    let error = lua.index(result, lua.integer(1))
    let box = runtimeCall("box", [error, dictionary(evidence)])
    return lua.table([lua.named(lua.text("tag"), lua.string("Err")), box])
  }
}
