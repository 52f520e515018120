// Operations of the language for natives, metamethods included. Each tries the plain case at once; where a
// metamethod must run it answers an outcome for the native to return, and the result will be in the
// named slot when the native is entered again:
//
//   case 0, 1:   // phase 1 comes back here with the element in slot 5
//     if phase == 0, let wait = call.index(call[1], key, into: 5, then: 1) { return wait }
//     let element = call[5]
//
// Slots from `into` to `into + 3` are scratch during the operation.

extension NativeCall {
  /// `object[key]` into slot `into`; nil when done at once.
  package func index(_ object: Value, _ key: Value, into: Int, then phase: Int) -> NativeOutcome? {
    if object.isTable {
      let value = vm.rawGet(object.table, key)
      if !value.isNil || object.table.pointee.metatable == nil {
        slots[into] = value
        return nil
      }
    }
    return operate(.index, object, key, into: into, then: phase)
  }

  /// `object[key] = value`; nil when done at once.
  package func setIndex(
    _ object: Value,
    _ key: Value,
    _ value: Value,
    into: Int,
    then phase: Int
  ) throws(ScriptError) -> NativeOutcome? {
    if object.isTable, !key.isNil, !(key.isFloat && key.float.isNaN) {
      let table = object.table
      if table.pointee.metatable == nil || !vm.rawGet(table, key).isNil {
        try vm.rawSet(table, key, value)
        return nil
      }
    }
    slots[into + 3] = value
    slots[into] = vm.primitive(.setIndex)
    slots[into + 1] = object
    slots[into + 2] = key
    return .call(at: into, 3, then: phase)
  }

  /// `#object` into slot `into`; nil when done at once.
  package func length(_ object: Value, into: Int, then phase: Int) -> NativeOutcome? {
    if object.isString {
      slots[into] = Value(object.string.count)
      return nil
    }
    if object.isTable, object.table.pointee.metatable == nil {
      slots[into] = Value(vm.border(of: object.table))
      return nil
    }
    return operate(.length, object, .nil, into: into, then: phase)
  }

  /// `left < right` as a boolean into slot `into`; nil when done at once.
  package func lessThan(_ left: Value, _ right: Value, into: Int, then phase: Int) -> NativeOutcome?
  {
    if let answer = vm.plainLessThan(left, right) {
      slots[into] = Value(answer)
      return nil
    }
    return operate(.lessThan, left, right, into: into, then: phase)
  }

  /// `left == right` as a boolean into slot `into`; nil when done at once.
  package func equals(_ left: Value, _ right: Value, into: Int, then phase: Int) -> NativeOutcome? {
    if let answer = vm.plainEquals(left, right) {
      slots[into] = Value(answer)
      return nil
    }
    return operate(.equals, left, right, into: into, then: phase)
  }

  /// `tostring(value)` into slot `into`; nil when done at once.
  package func toString(_ value: Value, into: Int, then phase: Int) -> NativeOutcome? {
    if value.isString {
      slots[into] = value
      return nil
    }
    if value.isNumber {
      slots[into] = Value(numberToString(value))
      return nil
    }
    return operate(.toString, value, .nil, into: into, then: phase)
  }

  /// Calls a two-operand primitive.
  private func operate(
    _ primitive: Primitive,
    _ left: Value,
    _ right: Value,
    into: Int,
    then phase: Int
  ) -> NativeOutcome {
    slots[into] = vm.primitive(primitive)
    slots[into + 1] = left
    slots[into + 2] = right
    return .call(at: into, 2, then: phase)
  }
}
