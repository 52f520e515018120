// How the nodes of Lua are made: one function for each form.

extension LuaTree {
  mutating func number(_ value: Double, isInteger: Bool = false) -> LuaRef {
    numbers.append(value)
    let ref = add(.number, Int32(truncatingIfNeeded: numbers.count - 1))
    nodes[Int(ref.rawValue)].isInteger = isInteger
    return ref
  }

  mutating func integer(_ value: Int) -> LuaRef { number(Double(value), isInteger: true) }

  mutating func string(_ bytes: [UInt8]) -> LuaRef { add(.string, text(bytes)) }

  mutating func string(_ string: String) -> LuaRef { add(.string, text(string)) }

  mutating func name(_ slot: Int32) -> LuaRef { add(.name, slot) }

  mutating func raw(_ name: String) -> LuaRef { add(.raw, text(name)) }

  mutating func field(_ object: LuaRef, _ name: String) -> LuaRef {
    add(.field, object.rawValue, text(name))
  }

  mutating func field(_ object: LuaRef, text: Int32) -> LuaRef {
    add(.field, object.rawValue, text)
  }

  mutating func index(_ object: LuaRef, _ key: LuaRef) -> LuaRef {
    add(.index, object.rawValue, key.rawValue)
  }

  mutating func call(_ callee: LuaRef, _ arguments: [LuaRef]) -> LuaRef {
    add(.call, callee.rawValue, list(arguments))
  }

  mutating func method(_ receiver: LuaRef, _ name: Int32, _ arguments: [LuaRef]) -> LuaRef {
    add(.method, receiver.rawValue, name, list(arguments))
  }

  mutating func binary(_ op: LuaOperator, _ left: LuaRef, _ right: LuaRef) -> LuaRef {
    add(.binary, left.rawValue, right.rawValue, op.rawValue)
  }

  mutating func unary(_ op: LuaOperator, _ operand: LuaRef) -> LuaRef {
    add(.unary, operand.rawValue, 0, op.rawValue)
  }

  mutating func table(_ items: [LuaRef]) -> LuaRef { add(.table, list(items)) }

  mutating func named(_ name: Int32, _ value: LuaRef) -> LuaRef {
    add(.named, name, value.rawValue)
  }

  mutating func keyed(_ key: LuaRef, _ value: LuaRef) -> LuaRef {
    add(.keyed, key.rawValue, value.rawValue)
  }

  mutating func parenthesized(_ value: LuaRef) -> LuaRef {
    add(.parenthesized, value.rawValue)
  }

  mutating func function(_ parameters: [Int32], _ body: Int32, isVararg: Bool = false) -> LuaRef {
    add(.function, slotList(parameters), body, isVararg ? 1 : 0)
  }

  /// Whether an expression is a constant.
  func isLiteral(_ value: LuaRef) -> Bool {
    switch self[value].kind {
    case .nil, .true, .false, .number, .string, .function: true
    default: false
    }
  }

  mutating func and(_ conditions: [LuaRef]) -> LuaRef {
    guard var result = conditions.first else { return add(.true) }
    for condition in conditions.dropFirst() { result = binary(.and, result, condition) }
    return result
  }

  // MARK: Statements

  mutating func appendLocal(_ slots: [Int32], _ values: [LuaRef]) {
    append(add(.local, slotList(slots), list(values)))
  }

  mutating func appendAssign(_ target: LuaRef, _ value: LuaRef) {
    if self[target].kind == .name { forgetBounds(of: self[target].a) }
    append(add(.assign, list([target]), list([value])))
  }

  mutating func appendAssign(_ targets: [LuaRef], _ values: [LuaRef]) {
    for target in targets {
      // What is assigned with others is no single element.
      if self[target].kind == .name { forgetBounds(of: self[target].a) } else { bounds.forget() }
    }
    append(add(.assign, list(targets), list(values)))
  }

  mutating func appendReturn(_ values: [LuaRef]) { append(add(.return, list(values))) }

  mutating func appendCall(_ call: LuaRef) { append(add(.callStatement, call.rawValue)) }

  /// An `if` with one branch, or two.
  mutating func appendIf(_ condition: LuaRef, _ body: Int32, else other: Int32 = -1) {
    append(add(.if, slotList([condition.rawValue, body]), other))
  }

  mutating func appendIf(_ clauses: [(LuaRef, Int32)], else other: Int32) {
    var flat: [Int32] = []
    for (condition, body) in clauses {
      flat.append(condition.rawValue)
      flat.append(body)
    }
    append(add(.if, slotList(flat), other))
  }
}
