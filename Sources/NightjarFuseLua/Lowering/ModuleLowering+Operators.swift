// Operators with two operands, indexing, and assignments. SOURCE: Fuse reference, section 5.6.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  mutating func binary(_ node: NodeID) -> LuaRef {
    guard let op = tree.binaryOperator(node) else { return lua.add(.nil) }
    let left = tree.lhs(node)
    let right = tree.rhs(node)
    switch op {
    case .and, .or: return logical(op == .and ? .and : .or, left, right)
    case .contains, .notContains:
      let test = containment(node, left, right)
      return op == .contains ? test : negated(test)
    case .range: return range(left, right)
    default: break
    }
    guard let operation = checked.operations[node] else {
      let (first, second) = operands(left, right, isRaw: true)
      return primitive(op, first, second, left: left, right: right)
    }
    switch operation {
    case .concatenate: return concatenated(node)
    case .identity, .structural, .primitive, .array, .table, .tuple, .unsafe, .rangeTest:
      return comparison(node, op, operation)
    case .trait(let method, let evidence):
      let (first, second) = operands(left, right)
      let result = callTrait(
        method,
        evidence,
        receiver: first,
        hidden: [],
        arguments: [second]
      )
      return ordered(op, result, method)
    case .traitRight(let method, let evidence):
      let (first, second) = operands(left, right)
      return callTrait(method, evidence, receiver: second, hidden: [], arguments: [first])
    case .inherent(let method):
      let (first, second) = operands(left, right)
      return direct(method, first, [], [second])
    }
  }

  /// The result of `eq` or `compare` as that of the operator.
  private mutating func ordered(
    _ op: FuseBinaryOperator,
    _ result: LuaRef,
    _ method: FunctionID
  ) -> LuaRef {
    switch op {
    case .notEqual: return lua.unary(.not, result)
    case .less: return lua.binary(.less, result, lua.integer(0))
    case .lessEqual: return lua.binary(.lessEqual, result, lua.integer(0))
    case .greater: return lua.binary(.greater, result, lua.integer(0))
    case .greaterEqual: return lua.binary(.greaterEqual, result, lua.integer(0))
    default: return result
    }
  }

  private mutating func comparison(
    _ node: NodeID,
    _ op: FuseBinaryOperator,
    _ operation: Operation
  ) -> LuaRef {
    let isRaw = isPlainComparison(operation)
    let (first, second) = operands(tree.lhs(node), tree.rhs(node), isRaw: isRaw)
    if case .structural(let evidence) = operation, !isRaw {
      guard let trait = evidenceTrait(evidence),
        let method = shared.trait(trait).methods.first(where: {
          let name = shared.spelling(shared.function($0).name)
          return name == "eq" || name == "same" || name == "compare"
        })
      else { return lua.binary(op == .notEqual ? .notEqual : .equal, first, second) }
      if let expanded = expandedEquality(op, first, second, evidence) { return expanded }
      let test = callTrait(method, evidence, receiver: first, hidden: [], arguments: [second])
      return ordered(op, test, method)
    }
    if case .identity = operation,
      seesBoxes(type(tree.lhs(node)))
        || seesBoxes(type(tree.rhs(node)))
    {
      let test = runtimeCall("equal_identity", [first, second])
      return op == .notEqual ? lua.unary(.not, test) : test
    }
    return primitive(op, first, second, left: tree.lhs(node), right: tree.rhs(node))
  }

  /// Whether Lua's own operators compare the operands.
  func isPlainComparison(_ operation: Operation) -> Bool {
    switch operation {
    case .primitive: return true
    case .structural(.structural(_, let type, _)): return isPrimitive(type)
    default: return false
    }
  }

  /// Whether values of a type may be boxes.
  func seesBoxes(_ type: TypeID) -> Bool {
    switch typeKind(type) {
    case .dynamic, .unknown, .unsafe: true
    case .union(let members): members.contains { seesBoxes($0) }
    default: false
    }
  }

  /// `==` of tuples item by item, if the items compare by Lua's own `==`.
  private mutating func expandedEquality(
    _ op: FuseBinaryOperator,
    _ first: LuaRef,
    _ second: LuaRef,
    _ evidence: Evidence
  ) -> LuaRef? {
    guard op == .equal, case .structural(_, let type, let parts) = evidence,
      case .tuple(let items) = typeKind(type), items.count == parts.count, !items.isEmpty,
      items.allSatisfy({ isPrimitive($0.type) })
    else { return nil }
    let left = lua[first].kind == .table ? first : stable(first, "left")
    let right = lua[second].kind == .table ? second : stable(second, "right")
    guard lua[left].kind != .table, lua[right].kind != .table else { return nil }
    var tests: [LuaRef] = []
    for index in items.indices {
      let a = lua.index(left, lua.integer(index + 1))
      let b = lua.index(right, lua.integer(index + 1))
      tests.append(lua.binary(.equal, a, b))
    }
    return lua.and(tests)
  }

  /// Whether Lua's own `==` compares values of a type as Fuse does.
  func isPrimitive(_ type: TypeID) -> Bool {
    switch typeKind(type) {
    case .number, .string, .ustring, .boolean, .literal, .nil: return true
    case .nominal(let id, _): return shared.nominal(id).kind == .enumType
    case .union(let members): return members.allSatisfy { isPrimitive($0) }
    default: return false
    }
  }

  private mutating func logical(_ op: LuaOperator, _ left: NodeID, _ right: NodeID) -> LuaRef {
    let first = value(left)
    lua.openBlock()
    let isChain = op == .and && isAndChain(left)
    if isChain { lua.bounds.elements += impliedByLast(lua.bounds.epoch) }
    let limitMark = lua.bounds.count
    if op == .and { noteLimits(where: first) }
    let second = condition(right)
    lua.bounds.forgetLimits(since: limitMark)
    let implied = lua.bounds
    let before = lua.elementsAtStart
    let statements = lua.takeBlock()
    if op == .and {
      impliedBounds = (Array(implied.elements.dropFirst(before)), implied.epoch)
    }
    if statements.isEmpty { return lua.binary(op, first, second) }
    // The right side has statements, which run only if it is needed.
    let slot = temp("value")
    lua.appendLocal([slot], [first])
    let name = lua.name(slot)
    lua.openBlock()
    for statement in statements { lua.append(statement) }
    lua.appendAssign(name, second)
    let body = lua.closeBlock()
    lua.appendIf(op == .and ? name : lua.unary(.not, name), body)
    return name
  }

  /// An operator on numbers, strings and booleans.
  mutating func primitive(
    _ op: FuseBinaryOperator,
    _ first: LuaRef,
    _ second: LuaRef,
    left: NodeID,
    right: NodeID
  ) -> LuaRef {
    switch op {
    case .add: return arithmetic(.add, first, second)
    case .subtract: return arithmetic(.subtract, first, second)
    case .multiply: return negativeZero(op, first, second) ?? arithmetic(.multiply, first, second)
    case .divide: return negativeZero(op, first, second) ?? lua.binary(.divide, first, second)
    case .power: return lua.binary(.power, first, second)
    case .floorDivide: return floorDivided(first, second)
    case .modulo:
      let made = lua.binary(.modulo, first, divisor(second))
      // Of floats it is a call of C's `fmod`.
      if hasIntegers, isInteger(first) { integerized(made) }
      return made
    case .equal: return lua.binary(.equal, integral(first), integral(second))
    case .notEqual: return lua.binary(.notEqual, integral(first), integral(second))
    case .less: return lua.binary(.less, integral(first), integral(second))
    case .lessEqual: return lua.binary(.lessEqual, integral(first), integral(second))
    case .greater: return lua.binary(.greater, integral(first), integral(second))
    case .greaterEqual: return lua.binary(.greaterEqual, integral(first), integral(second))
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight:
      return bitOperation(op, first, second)
    default: return first
    }
  }

  mutating func floorDivided(_ first: LuaRef, _ second: LuaRef) -> LuaRef {
    if target.has("floor_div") == true {
      return lua.binary(.floorDivide, first, divisor(second))
    }
    let floor = lua.field(lua.raw("math"), "floor")
    return lua.call(floor, [lua.binary(.divide, first, second)])
  }

  /// A sum, difference or product, in integers only where it is sure to be exact.
  private mutating func arithmetic(_ op: LuaOperator, _ first: LuaRef, _ second: LuaRef) -> LuaRef {
    let made = lua.binary(op, first, second)
    if integerForm(made) != nil || integerForm(first) == nil || integerForm(second) == nil {
      return made
    }
    // One float is enough.
    if isInteger(second) { return lua.binary(op, floated(first), second) }
    return lua.binary(op, first, floated(second))
  }

  /// A product or quotient of literals that is the zero below zero, which the compiler of 5.1 takes for
  /// the other.
  private mutating func negativeZero(
    _ op: FuseBinaryOperator,
    _ first: LuaRef,
    _ second: LuaRef
  ) -> LuaRef? {
    guard lua[first].kind == .number, lua[second].kind == .number else { return nil }
    let left = lua.numbers[Int(lua[first].a)]
    let right = lua.numbers[Int(lua[second].a)]
    let result = op == .multiply ? left * right : left / right
    return result == 0 && result.sign == .minus ? lua.number(result) : nil
  }

  /// A divisor that is no integer 0, by which Lua does not divide.
  private mutating func divisor(_ value: LuaRef) -> LuaRef {
    guard hasIntegers else { return value }
    let node = lua[value]
    if node.kind == .number { return value }
    if let form = integerForm(value), form.low > 0 { return value }
    // A sum with 0 would make the zero below zero the other one.
    return lua.binary(.multiply, value, lua.number(1))
  }

  /// A literal where it does not show whether it is an integer.
  mutating func integral(_ value: LuaRef) -> LuaRef {
    if lua[value].kind == .number {
      lua.nodes[Int(value.rawValue)].isInteger = true
    } else {
      integerized(value)
    }
    return value
  }

  // MARK: Texts

  /// A chain of `+` that makes a string: `1 + 2 + "a"` is `"3a"`, so only the parts behind the first
  /// string are texts.
  private mutating func concatenated(_ node: NodeID) -> LuaRef {
    var chain: [NodeID] = []
    var place = node
    while tree[place].kind == .binary, case .concatenate? = checked.operations[place] {
      chain.append(tree.rhs(place))
      place = tree.lhs(place)
    }
    chain.append(place)
    chain.reverse()
    var parts: [LuaRef] = []
    var marks: [Int] = []
    for part in chain {
      let mark = lua.mark
      var text = concatenand(part)
      if lua.mark > mark { keepBefore(mark, &parts, &marks) }
      if lua[text].kind == .string, let last = parts.last, lua[last].kind == .string {
        let joined = Array(lua.text(at: lua[last].a)) + lua.text(at: lua[text].a)
        text = lua.string(joined)
        parts.removeLast()
      }
      parts.append(text)
    }
    return concatenation(parts)
  }

  private mutating func concatenand(_ node: NodeID) -> LuaRef {
    let value = rawValue(node)
    if lua[value].kind == .number, let text = Self.display(lua.numbers[Int(lua[value].a)]) {
      return lua.string(text)
    }
    if !isNumber(type(node)) || isShownInteger(value) { return value }
    return runtimeCall("str", [value])
  }

  /// Whether Lua itself writes a number as Fuse does: an integer, on targets that have them.
  mutating func isShownInteger(_ value: LuaRef) -> Bool {
    guard lua[value].kind != .number, let form = integerForm(value), form.isShown else {
      return false
    }
    return integerized(value)
  }

  /// The display text of a whole number, if that is sure.
  static func display(_ value: Double) -> String? {
    guard value == value.rounded(.towardZero), abs(value) < 1e14 else { return nil }
    return String(Int64(value))
  }

  // MARK: Ranges

  private mutating func range(_ left: NodeID, _ right: NodeID) -> LuaRef {
    let bounds = values([left, right])
    guard let id = preludeNominal("Range") else {
      return lua.table([
        lua.named(lua.text("first"), bounds[0]), lua.named(lua.text("last"), bounds[1]),
      ])
    }
    let table = lua.table([
      lua.named(lua.text("first"), bounds[0]), lua.named(lua.text("last"), bounds[1]),
    ])
    let metatable = reference(.container(id))
    return lua.call(lua.raw("setmetatable"), [table, metatable])
  }

  func preludeNominal(_ name: String) -> NominalID? {
    program.nominals.indices.first {
      program.nominals[$0].declaration.module == 0
        && shared.spelling(program.nominals[$0].name) == name
    }.map { NominalID(Int32(truncatingIfNeeded: $0)) }
  }

  private mutating func containment(
    _ node: NodeID,
    _ left: NodeID,
    _ right: NodeID
  ) -> LuaRef {
    let inner = plainExpression(right)
    if case .trait(let method, let evidence)? = checked.operations[node] {
      // Computed from left to right: the item, then what may contain it.
      let (item, whole) = operands(left, right)
      return callTrait(method, evidence, receiver: whole, hidden: [], arguments: [item])
    }
    if case .inherent(let method)? = checked.operations[node] {
      let (item, whole) = operands(left, right)
      return direct(method, whole, [], [item])
    }
    if tree[inner].kind == .binary, tree.binaryOperator(inner) == .range {
      let all = values([left, tree.lhs(inner), tree.rhs(inner)])
      let item = stable(all[0], "value")
      let low = lua.binary(.lessEqual, integral(all[1]), item)
      let high = lua.binary(.lessEqual, item, integral(all[2]))
      return lua.binary(.and, low, high)
    }
    let both = operands(left, right)
    let item = stable(both.0, "value")
    let range = stable(both.1, "range")
    let low = lua.binary(.lessEqual, lua.field(range, "first"), item)
    let high = lua.binary(.lessEqual, item, lua.field(range, "last"))
    return lua.binary(.and, low, high)
  }

  // MARK: Index

  mutating func index(_ node: NodeID) -> LuaRef {
    let isRaw = isPlainIndex(node)
    let (object, key) = operands(tree.lhs(node), tree.rhs(node), isRaw: isRaw)
    let operation = checked.operations[node]
    switch operation {
    case .tuple(let place)?: return lua.index(object, lua.integer(place))
    case .trait(let method, let evidence)?:
      return callTrait(method, evidence, receiver: object, hidden: [], arguments: [key])
    case .inherent(let method)?: return direct(method, object, [], [key])
    case .array?: return arrayRead(object, key, mayBeFalsy: elementMayBeFalsy(node))
    default: break
    }
    if operation == nil, case .array = typeKind(type(tree.lhs(node))) {
      return arrayRead(object, key, mayBeFalsy: elementMayBeFalsy(node))
    }
    return lua.index(object, keyed(key))
  }

  /// A key: whole numbers in it need no float form.
  mutating func keyed(_ key: LuaRef) -> LuaRef {
    let node = lua[key]
    if node.kind == .number { return integral(key) }
    if integerized(key) { return key }
    if node.kind == .binary,
      node.c == LuaOperator.add.rawValue || node.c == LuaOperator.subtract.rawValue
    {
      _ = integral(LuaRef(node.a))
      _ = integral(LuaRef(node.b))
    }
    return key
  }

  private func elementMayBeFalsy(_ node: NodeID) -> Bool {
    if case .array(let element) = typeKind(type(tree.lhs(node))) { return mayBeFalsy(element) }
    return mayBeFalsy(type(node))
  }

  /// Whether an expression may be computed twice in a row: it calls nothing and is short.
  func isReadable(_ value: LuaRef) -> Bool {
    let node = lua[value]
    switch node.kind {
    case .name, .raw, .number, .string: return true
    case .field: return isReadable(LuaRef(node.a))
    case .index: return isReadable(LuaRef(node.a)) && isReadable(LuaRef(node.b))
    case .unary: return isReadable(LuaRef(node.a))
    case .binary:
      return node.c != LuaOperator.or.rawValue && isReadable(LuaRef(node.a))
        && isReadable(LuaRef(node.b))
    default: return false
    }
  }
}
