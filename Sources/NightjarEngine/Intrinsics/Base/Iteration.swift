// `next`, `pairs` and `ipairs` (manual §6.1). The loop performs plain steps of both itself.

internal import NightjarBase

/// Traversal functions.
enum Iteration {
  static func next(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let table = try call.checkTable(1)
    guard var position = call.vm.position(after: call.argument(2), in: table) else {
      throw call.raise(try call.string(Array("invalid key to 'next'".utf8)))
    }
    guard let entry = call.vm.nextEntry(table, &position) else { return call.returns(.nil) }
    return call.returns(entry.key, entry.value)
  }

  /// Upvalue 0 is `next`.
  static func pairs(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == 1 {
      // What __pairs returned, adjusted to three values.
      var count = call.count
      let wanted = call.follows(.pairsTakesFourth) ? 4 : 3
      while count < wanted {
        call[2 + count] = .nil
        count += 1
      }
      return .results(wanted, from: 2)
    }
    let value = call.argument(1)
    if call.count > 0, call.rules.tablesHaveLength,
      let handler = call.vm.metamethod(of: value, .pairs)
    {
      call[2] = handler
      call[3] = value
      return .call(at: 2, 1, then: 1)
    }
    if call.follows(.tellsMissingFirst) { try call.checkAny(1) }
    if call.follows(.pairsWantsTable) { _ = try call.checkTable(1) }
    try call.checkAny(1)
    return call.returns(call.upvalue(0), value, .nil)
  }

  /// Upvalue 0 is the step function.
  static func ipairs(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == 1 {
      // What __ipairs returned, adjusted to three values.
      for slot in call.count..<max(call.count, 3) { call[2 + slot] = .nil }
      return .results(3, from: 2)
    }
    let value = call.argument(1)
    if call.follows(.ipairsAsksMetamethod), call.count > 0,
      let handler = call.vm.metamethod(of: value, .ipairs)
    {
      call[2] = handler
      call[3] = value
      return .call(at: 2, 1, then: 1)
    }
    if call.follows(.tellsMissingFirst) { try call.checkAny(1) }
    if call.follows(.ipairsWantsTable), !value.isTable {
      throw call.typeError(1, expected: "table")
    }
    try call.checkAny(1)
    return call.returns(call.slots[0].native.upvalues[0], value, Value(0))
  }

  static func ipairsStep(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == 0 {
      call[3] = Value(try call.checkInteger(2) &+ 1)
      if !call.rules.hasIntegers {
        // Before 5.3 metamethods are not asked.
        call[4] = call.vm.rawGet(try call.checkTable(1), call[3])
        return call[4].isNil ? call.returns(.nil) : .results(2, from: 3)
      }
      if let wait = call.index(call[1], call[3], into: 4, then: 1) { return wait }
    }
    if call[4].isNil { return call.returns(.nil) }
    return .results(2, from: 3)
  }
}
