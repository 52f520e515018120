// Table functions that only older dialects have. SOURCE: Lua 5.1 manual §5.5, §7.2.

/// `table` before 5.2 and 5.3.
enum OlderTable {
  static let definitions: [NativeDefinition] = [
    .leaf("getn") { NativeCall.enter($0, $1, $2, $3, getn) },
    .leaf("setn") { NativeCall.enter($0, $1, $2, $3, setn) },
    .leaf("maxn") { NativeCall.enter($0, $1, $2, $3, maxn) },
    .stateMachine("foreach") { NativeCall.enter($0, $1, $2, $3, foreach) },
    .stateMachine("foreachi") { NativeCall.enter($0, $1, $2, $3, foreachi) },
    .leaf("new") { NativeCall.enter($0, $1, $2, $3, create) },
    .leaf("create") { NativeCall.enter($0, $1, $2, $3, create) },
    .leaf("clear") { NativeCall.enter($0, $1, $2, $3, clear) },
  ]

  private static func getn(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(call.vm.border(of: try call.checkTable(1))))
  }

  private static func setn(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    _ = try call.checkTable(1)
    throw call.raise("'setn' is obsolete")
  }

  private static func maxn(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let table = try call.checkTable(1)
    var greatest = 0.0
    var position = 0
    while let (key, _) = call.vm.nextEntry(table, &position) {
      call.charge(1)
      if key.isInteger { greatest = max(greatest, Double(key.integer)) }
      if key.isFloat { greatest = max(greatest, key.float) }
    }
    return call.returns(Value(greatest))
  }

  // Slots: 1 table, 2 function, 3 position, then the call.
  private static func foreach(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == 0 {
      _ = try call.checkTable(1)
      try call.checkFunction(2)
      call[3] = Value(0)
    } else if call.count > 0, !call[4].isNil {
      return .results(1, from: 4)
    }
    var position = Int(call[3].integer)
    guard let (key, value) = call.vm.nextEntry(call[1].table, &position) else {
      return call.returns()
    }
    call[3] = Value(position)
    call[4] = call[2]
    call[5] = key
    call[6] = value
    return .call(at: 4, 2, then: 1)
  }

  private static func foreachi(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == 0 {
      _ = try call.checkTable(1)
      try call.checkFunction(2)
      call[3] = Value(0)
    } else if call.count > 0, !call[4].isNil {
      return .results(1, from: 4)
    }
    let index = call[3].integer + 1
    if index > call.vm.border(of: call[1].table) { return call.returns() }
    call[3] = Value(index)
    call[4] = call[2]
    call[5] = Value(index)
    call[6] = call.vm.rawGet(call[1].table, Value(index))
    return .call(at: 4, 2, then: 1)
  }

  /// `table.create` of 5.5 and `table.new` of LuaJIT: an empty table with room.
  private static func create(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let elements = try call.checkInteger(1)
    let fields = try call.optionalInteger(2, default: 0)
    let most: Int64 = 1 << 27
    if elements < 0 || elements > Int64(Int32.max) { throw call.argumentError(1, "out of range") }
    if fields < 0 || fields > Int64(Int32.max) { throw call.argumentError(2, "out of range") }
    if elements > most || fields > most { throw call.raise("table overflow") }
    call.charge(Int(elements + fields) >> 3)
    return call.returns(
      Value(try call.vm.newTable(arrayCapacity: Int(elements), nodeCapacity: Int(fields)))
    )
  }

  /// `table.clear`: takes everything out of a table, which keeps its room.
  private static func clear(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let table = try call.checkTable(1)
    var position = 0
    while let (key, _) = call.vm.nextEntry(table, &position) {
      call.charge(1)
      try call.vm.rawSet(table, key, .nil)
    }
    return call.returns()
  }
}
