// Functions: hidden parameters, rest parameters, and what `return` gives.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// A named function as a function of Lua; in a default body `selfDictionary` is the parameter that
  /// is the dictionary of `Self`.
  mutating func functionValue(_ id: FunctionID, selfDictionary: Int32?) -> LuaRef {
    let function = shared.function(id)
    var hidden = function.bounds
    if case .implementation(let owner) = function.owner {
      let implementation = shared.implementation(owner)
      // The dictionary of the `impl` holds its own.
      if implementation.trait != nil {
        hidden.removeFirst(min(hidden.count, implementation.bounds.count))
      }
    }
    let style: ResultStyle
    if let count = shared.workerCount(id) {
      style = .multiple(count)
    } else {
      style = bare(function.result) == TypeStore.unit ? .unit : .single
    }
    var fills: [(DefaultValue, NodeID)] = []
    if function.isExported, case .block = function.owner {
      for parameter in function.parameters {
        if let value = parameter.defaultValue, !mayBeNil(parameter.type) {
          fills.append((value, parameter.node))
        }
      }
    }
    return functionValue(
      function.node,
      hidden: hidden,
      style: style,
      selfDictionary: selfDictionary,
      isItem: true,
      fills: fills
    )
  }

  /// Whether a type has `nil`.
  func mayBeNil(_ type: TypeID) -> Bool {
    switch typeKind(type) {
    case .nil, .unsafe: true
    case .tuple(let items): items.isEmpty
    case .union(let members): members.contains { mayBeNil($0) }
    case .nominal(let id, _): shared.isOptional(id)
    case .parameter: true
    default: false
    }
  }

  /// A function that is a value.
  mutating func closure(_ node: NodeID) -> LuaRef {
    let result = checked.closures[node].map { bare($0.result) }
    let style: ResultStyle = result == TypeStore.unit ? .unit : .single
    return functionValue(
      node,
      hidden: [],
      style: style,
      selfDictionary: nil,
      isItem: false,
      fills: []
    )
  }

  private mutating func functionValue(
    _ node: NodeID,
    hidden: [TypeBound],
    style: ResultStyle,
    selfDictionary: Int32?,
    isItem: Bool,
    fills: [(DefaultValue, NodeID)]
  ) -> LuaRef {
    let parts = tree.function(node)
    let outer = function
    let dictionaryCount = dictionaries.count
    let line = lua.line
    function = FunctionState(result: style, isItem: isItem)
    lua.openBlock()
    // It may run at any time.
    let outerBounds = lua.bounds
    lua.bounds = KnownBounds()
    let outerFields = fieldLocals
    fieldLocals = []
    var parameters: [Int32] = []
    if let selfDictionary { parameters.append(selfDictionary) }
    let nodes = tree.nodes(parts.parameters)
    var isVararg = false
    var next = 0
    if let first = nodes.first, tree.parameterForm(first).contains(.isSelf) {
      parameters.append(parameterSlot(first))
      next = 1
    }
    for bound in hidden { parameters.append(dictionaryParameter(bound)) }
    for parameter in nodes.dropFirst(next) {
      let slot = parameterSlot(parameter)
      if tree.parameterForm(parameter).contains(.isRest) {
        isVararg = true
        restParameter(slot, parameter)
      } else {
        parameters.append(slot)
        noteParameter(parameter, slot)
      }
    }
    for (value, parameter) in fills { fill(parameterSlot(parameter), value) }
    body(parts, parameters: nodes)
    lua.bounds = outerBounds
    fieldLocals = outerFields
    let list = lua.closeBlock()
    dictionaries.removeSubrange(dictionaryCount...)
    function = outer
    lua.line = line
    return lua.function(parameters, list, isVararg: isVararg)
  }

  private mutating func body(_ parts: FuseFunction, parameters: NodeItems) {
    let base = openClosers(parameters)
    if parts.qualifiers.contains(.hasExpressionBody) {
      note(parts.body)
      lower(parts.body, to: .result)
    } else if parts.body.isPresent {
      block(parts.body, to: .result)
    }
    closeClosers(base)
  }

  mutating func parameterSlot(_ node: NodeID) -> Int32 {
    guard let declaration = names.declaration(of: node) else { return uniqueSlot("unused") }
    if tree.parameterForm(node).contains(.isSelf), slotOf[Int(declaration)] == 0 {
      slotOf[Int(declaration)] = lua.slot(lua.text("self")) + 1
    }
    return slot(of: declaration)
  }

  /// `local tags = { ... }`, or a `List` where items may be `nil`.
  private mutating func restParameter(_ slot: Int32, _ node: NodeID) {
    let vararg = lua.add(.vararg)
    let declared = names.declaration(of: node).map { checked.declarationTypes[Int($0)] }
    if let declared, let id = shared.nominal(of: declared) {
      let count = runtimeCall("count", [lua.add(.vararg)])
      let items = lua.named(lua.text("items"), lua.table([vararg]))
      let size = lua.named(lua.text("count"), count)
      let container = reference(.container(id))
      let list = lua.call(lua.raw("setmetatable"), [lua.table([items, size]), container])
      lua.appendLocal([slot], [list])
      return
    }
    lua.appendLocal([slot], [lua.table([vararg])])
  }

  /// `if port == nil then port = 443 end`.
  private mutating func fill(_ slot: Int32, _ value: DefaultValue) {
    let name = lua.name(slot)
    let test = lua.binary(.equal, name, lua.add(.nil))
    lua.openBlock()
    let filled = defaultValue(value)
    lua.appendAssign(name, filled)
    let body = lua.closeBlock()
    lua.appendIf(test, body)
  }

  /// The value of a parameter or field that was left out.
  mutating func defaultValue(_ value: DefaultValue) -> LuaRef {
    switch value {
    case .constant(let constant): return self.constant(constant)
    case .none: return lua.add(.nil)
    case .expression(let other, let node):
      if other == module { return self.value(node) }
      return foreignDefault(other, node)
    }
  }

  /// A default that stands in another module: a literal of constants.
  private mutating func foreignDefault(_ other: Int32, _ node: NodeID) -> LuaRef {
    let tree = program.program.modules[Int(other)].tree
    let checked = program.modules[Int(other)]
    if let constant = checked.constants[node] { return self.constant(constant) }
    if case .constant(let constant)? = checked.uses[node] { return self.constant(constant) }
    switch tree[node].kind {
    case .number: return lua.number(tree.number(tree[node].mainToken))
    case .string: return lua.string(tree.stringValue(tree[node].mainToken))
    case .trueLiteral: return lua.add(.true)
    case .falseLiteral: return lua.add(.false)
    case .parenthesized: return foreignDefault(other, tree.lhs(node))
    case .unary:
      let operand = foreignDefault(other, tree.lhs(node))
      return tree.unaryOperator(node) == .not
        ? lua.unary(.not, operand) : lua.unary(.negate, operand)
    case .array, .tuple:
      var items: [LuaRef] = []
      for item in tree.nodes(tree.lhsList(node)) {
        let value = tree[item].kind == .namedItem ? tree.lhs(item) : item
        items.append(foreignDefault(other, value))
      }
      return lua.table(items)
    case .table:
      var items: [LuaRef] = []
      for item in tree.nodes(tree.lhsList(node)) {
        switch tree[item].kind {
        case .namedItem:
          let value = foreignDefault(other, tree.lhs(item))
          items.append(tableItem(key: key(of: item, in: tree), value))
        case .keyedItem:
          let key = foreignDefault(other, tree.lhs(item))
          let value = foreignDefault(other, tree.rhs(item))
          items.append(lua.keyed(key, value))
        default: items.append(foreignDefault(other, item))
        }
      }
      return lua.table(items)
    default: return lua.add(.nil)
    }
  }

  /// The key that a `namedItem` writes: a name or a string.
  func key(of item: NodeID, in tree: FuseTree) -> [UInt8] {
    let token = tree[item].mainToken
    if tree[token].kind == .string { return tree.stringValue(token) }
    return Array(tree.name(ofSymbol: tree.symbol(of: token)))
  }

  mutating func tableItem(key: [UInt8], _ value: LuaRef) -> LuaRef {
    let text = lua.text(key)
    if lua.isName(text) { return lua.named(text, value) }
    return lua.keyed(lua.string(key), value)
  }
}
