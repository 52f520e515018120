// Functions of the prelude that are made in place: texts by static type, and what has a form of its
// own in Lua.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// A call of a function that the compiler makes itself.
  mutating func intrinsic(_ node: NodeID, _ call: Call) -> LuaRef? {
    switch call.target {
    case .function(let id), .foreign(let id):
      guard shared.function(id).module == 0 || shared.isLibrary[Int(shared.function(id).module)]
      else { return nil }
      switch shared.function(id).owner {
      case .declaredModule: return preludeFunction(node, call, id)
      case .declaredType(let type):
        if shared.nameIs(id, "new"), shared.isPrelude(type, "Tuple") { return newTuple(call) }
        return nil
      case .implementation(let owner):
        return method(call, id, owner)
      default: return nil
      }
    default: return nil
    }
  }

  private mutating func newTuple(_ call: Call) -> LuaRef {
    var nodes: [NodeID] = []
    for argument in call.arguments {
      switch argument {
      case .expression(let node): nodes.append(node)
      case .rest(let items): nodes += items
      default: break
      }
    }
    var items = values(nodes)
    if let last = items.last { items[items.count - 1] = single(last) }
    return lua.table(items)
  }

  private mutating func preludeFunction(_ node: NodeID, _ call: Call, _ id: FunctionID) -> LuaRef? {
    guard shared.function(id).module == 0 else { return nil }
    switch shared.spelling(shared.function(id).name) {
    case "print": return printCall(call)
    case "tostring":
      guard case .expression(let argument)? = call.arguments.first else { return nil }
      if isNumber(type(argument)) {
        let number = rawValue(argument)
        if isShownInteger(number) { return lua.call(lua.raw("tostring"), [number]) }
        return runtimeCall("str", [number])
      }
      return text(of: argument, checked.texts[argument], isDebug: false)
    case "typeof":
      guard case .expression(let argument)? = call.arguments.first else { return nil }
      var value = self.value(argument)
      if seesBoxes(type(argument)) { value = runtimeCall("unbox", [value]) }
      return lua.call(lua.raw("type"), [single(value)])
    case "identical":
      let arguments = argumentValues(call)
      return runtimeCall("equal_identity", arguments)
    case "panic":
      guard case .expression(let argument)? = call.arguments.first else {
        return runtimeCall("panic", [lua.string("explicit panic")])
      }
      return runtimeCall("panic", [panicValue(argument)])
    default: return nil
    }
  }

  /// What is panicked with: a text is no error in a box.
  private mutating func panicValue(_ node: NodeID) -> LuaRef {
    if isText(type(node)) { return plainValue(node) }
    return value(node)
  }

  private mutating func argumentValues(_ call: Call) -> [LuaRef] {
    var nodes: [NodeID] = []
    for argument in call.arguments {
      if case .expression(let node) = argument { nodes.append(node) }
    }
    var results = values(nodes)
    if let last = results.last { results[results.count - 1] = single(last) }
    return results
  }

  private mutating func printCall(_ call: Call) -> LuaRef? {
    var nodes: [NodeID] = []
    for argument in call.arguments {
      switch argument {
      case .expression(let node): nodes.append(node)
      case .rest(let items): nodes += items
      default: break
      }
    }
    if nodes.contains(where: { tree[$0].kind == .spread }) { return spreadPrint(nodes) }
    var texts: [LuaRef] = []
    var marks: [Int] = []
    for node in nodes {
      let mark = lua.mark
      let text: LuaRef
      let inner = plainExpression(node)
      if case .constant(.number(let value))? = checked.uses[inner], let known = Self.display(value)
      {
        text = lua.string(known)
      } else if bare(checked[node]) == TypeStore.unit {
        lower(node, to: .discard)
        text = lua.string("()")
      } else {
        text = self.text(of: node, checked.texts[node], isDebug: false)
      }
      if lua.mark > mark { keepBefore(mark, &texts, &marks) }
      texts.append(text)
      marks.append(lua.mark)
    }
    return lua.call(lua.raw("print"), texts)
  }

  private mutating func spreadPrint(_ nodes: [NodeID]) -> LuaRef {
    var pieces: [LuaRef] = []
    for node in nodes {
      if tree[node].kind == .spread {
        pieces.append(value(tree.lhs(node)))
      } else {
        pieces.append(lua.table([text(of: node, checked.texts[node], isDebug: false)]))
      }
    }
    let joined = runtimeCall("join_arrays", pieces)
    return runtimeCall("print", [runtimeCall("unpack", [joined])])
  }

  // MARK: Methods

  /// Makes a call that Lua has a statement for: `a.push(x)` is `a[#a + 1] = x`.
  mutating func statementIntrinsic(_ node: NodeID) -> Bool {
    if let call = checked.calls[node], isLibrary, case .foreign(let id) = call.target,
      shared.nameIs(id, "drop_field"), call.arguments.count == 2,
      case .expression(let table) = call.arguments[0], case .expression(let key) = call.arguments[1]
    {
      let (object, place) = operands(table, key, isRaw: true)
      lua.appendAssign(lua.index(object, keyed(place)), lua.add(.nil))
      return true
    }
    guard let call = checked.calls[node], let receiver = call.receiver,
      case .function(let id) = call.target,
      case .implementation(let owner) = shared.function(id).owner,
      shared.implementation(owner).module == 0,
      shared.shortName(shared.implementation(owner).type) == "Array"
    else { return false }
    if shared.nameIs(id, "pop"), call.arguments.isEmpty, temporaries[node] == nil {
      let array = stable(value(receiver), "array")
      lua.appendAssign(lua.index(array, lua.unary(.length, array)), lua.add(.nil))
      lua.bounds.shrink()
      return true
    }
    guard call.arguments.count == 1, case .expression(let argument) = call.arguments[0],
      shared.nameIs(id, "push")
    else { return false }
    let (object, value) = operands(receiver, argument)
    let array = stable(object, "array")
    let place = lua.binary(.add, lua.unary(.length, array), lua.integer(1))
    lua.appendAssign(lua.index(array, place), value)
    return true
  }

  /// Methods of arrays and optional values that Lua has a form for.
  private mutating func method(
    _ call: Call,
    _ id: FunctionID,
    _ owner: ImplementationID
  ) -> LuaRef? {
    guard let receiver = call.receiver else { return nil }
    let name = shared.spelling(shared.function(id).name)
    if shared.implementation(owner).module != 0 {
      if shared.shortName(shared.implementation(owner).type) == "string" {
        return padded(name, receiver, call)
      }
      return mapMethod(name, receiver, call)
    }
    switch shared.shortName(shared.implementation(owner).type) {
    case "Array": return arrayMethod(name, receiver, call)
    case "Optional": return optionalMethod(name, receiver, call)
    default: return nil
    }
  }

  /// `a.pop()`: the last element, which is taken away.
  private mutating func popped(_ receiver: NodeID) -> LuaRef {
    let array = stable(value(receiver), "array")
    let last = keep(lua.unary(.length, array), "count")
    let element = lua.index(array, last)
    let item = keep(element, "item")
    lua.appendAssign(element, lua.add(.nil))
    return item
  }

  private mutating func arrayMethod(_ name: String, _ receiver: NodeID, _ call: Call) -> LuaRef? {
    switch (name, call.arguments.count) {
    case ("len", 0): return lua.unary(.length, value(receiver))
    case ("is_empty", 0):
      return lua.binary(.equal, lua.unary(.length, value(receiver)), lua.integer(0))
    case ("join", 1):
      guard case .array(let element) = typeKind(type(receiver)), isText(element) else { return nil }
      let separator: LuaRef
      let texts: LuaRef
      switch call.arguments[0] {
      case .expression(let node): (texts, separator) = operands(receiver, node)
      case .defaultValue(let value):
        (texts, separator) = (self.value(receiver), defaultValue(value))
      default: return nil
      }
      return quiet(lua.call(libraryFunction("table", "concat"), [texts, separator]))
    case ("pop", 0): return popped(receiver)
    case ("get", 1):
      guard case .expression(let index) = call.arguments[0] else { return nil }
      let (object, key) = operands(receiver, index, isRaw: true)
      return lua.index(object, keyed(key))
    default: return nil
    }
  }

  /// `text.pad_end(8)`: with one byte to fill by, and a width that is a whole number.
  private mutating func padded(_ name: String, _ receiver: NodeID, _ call: Call) -> LuaRef? {
    guard name == "pad_end" || name == "pad_start", call.arguments.count == 2, !isLibrary,
      case .expression(let width) = call.arguments[0], integerForm(at: width) != nil,
      let fill = byteOfFill(call.arguments[1])
    else { return nil }
    var (text, count) = operands(receiver, width, isRaw: true)
    text = stable(text, "text")
    _ = integral(count)
    count = lua.binary(.subtract, count, lua.unary(.length, text))
    let filling = quiet(lua.call(libraryFunction("string", "rep"), [lua.string([fill]), count]))
    return name == "pad_end"
      ? lua.binary(.concatenate, text, filling) : lua.binary(.concatenate, filling, text)
  }

  /// The byte that an argument is a text of.
  private func byteOfFill(_ argument: Call.Argument) -> UInt8? {
    switch argument {
    case .expression(let node):
      let node = plainExpression(node)
      guard tree[node].kind == .string, checked.coercions[node] == nil else { return nil }
      let bytes = tree.stringValue(tree[node].mainToken)
      return bytes.count == 1 ? bytes[0] : nil
    case .defaultValue(.constant(.string(let bytes))): return bytes.count == 1 ? bytes[0] : nil
    default: return nil
    }
  }

  /// The name of a method of a map, if the argument before all others is a key that is its own and is
  /// no part of what the method keeps beside the table.
  func mapMethodName(_ call: Call) -> String? {
    guard let receiver = call.receiver, case .function(let method) = call.target,
      case .nominal(let id, let arguments) = typeKind(type(receiver)), arguments.count == 2,
      shared.isLibrary[Int(shared.nominal(id).declaration.module)], !isLibrary,
      isPrimitive(arguments[0]), !mayBeNil(arguments[0]), !call.arguments.isEmpty
    else { return nil }
    let name = shared.spelling(shared.function(method).name)
    switch (shared.spelling(shared.nominal(id).name), name) {
    case ("Map", "get"), ("Map", "contains"): return name
    case ("HashMap", "get"), ("HashMap", "contains"), ("HashMap", "set"), ("HashMap", "remove"):
      return name
    default: return nil
    }
  }

  /// Looking into a map whose keys are their own: the table in it is looked into.
  private mutating func mapMethod(_ name: String, _ receiver: NodeID, _ call: Call) -> LuaRef? {
    guard name == "get" || name == "contains", mapMethodName(call) != nil,
      call.arguments.count == 1, case .expression(let key) = call.arguments[0]
    else { return nil }
    let (object, place) = operands(receiver, key, isRaw: true)
    let read = lua.index(lua.field(object, "entries"), keyed(place))
    return name == "get" ? read : lua.binary(.notEqual, read, lua.add(.nil))
  }

  private mutating func optionalMethod(
    _ name: String,
    _ receiver: NodeID,
    _ call: Call
  ) -> LuaRef? {
    switch (name, call.arguments.count) {
    case ("is_some", 0): return lua.binary(.notEqual, value(receiver), lua.add(.nil))
    case ("is_none", 0): return lua.binary(.equal, value(receiver), lua.add(.nil))
    case ("unwrap_or", 1):
      guard case .expression(let fallback) = call.arguments[0] else { return nil }
      let (object, other) = operands(receiver, fallback)
      // It is computed whether or not it is needed.
      if !isReadable(other), lua[other].kind != .table || lua[other].a != 0, !lua.isLiteral(other) {
        let first = stable(object, "value")
        let second = keep(other, "fallback")
        lua.openBlock()
        lua.appendAssign(second, first)
        let body = lua.closeBlock()
        lua.appendIf(lua.binary(.notEqual, first, lua.add(.nil)), body)
        return second
      }
      if !mayBeFalsyInside(type(receiver)) { return lua.binary(.or, object, other) }
      let slot = temp("value")
      lua.appendLocal([slot], [object])
      let kept = lua.name(slot)
      lua.openBlock()
      lua.appendAssign(kept, other)
      let body = lua.closeBlock()
      lua.appendIf(lua.binary(.equal, kept, lua.add(.nil)), body)
      return kept
    default: return nil
    }
  }

  /// Whether a value inside an optional may be `false`.
  private func mayBeFalsyInside(_ type: TypeID) -> Bool {
    switch typeKind(type) {
    case .union(let members): members.contains { $0 != TypeStore.nil && mayBeFalsy($0) }
    default: true
    }
  }
}
