// The debug library (manual §6.10): functions that look at values; levels and hooks have files of
// their own. Functions that take a level are given a frame, so that level 0 is themselves.

internal import NightjarBase
internal import NightjarBytecode

/// Functions of `debug`.
enum DebugLibrary {
  static let definitions: [NativeDefinition] = [
    .stateMachine("getinfo") { NativeCall.enter($0, $1, $2, $3, getInfo) },
    .stateMachine("getlocal") { NativeCall.enter($0, $1, $2, $3, getLocal) },
    .stateMachine("setlocal") { NativeCall.enter($0, $1, $2, $3, setLocal) },
    .stateMachine("traceback") { NativeCall.enter($0, $1, $2, $3, traceback) },
    .stateMachine("sethook") { NativeCall.enter($0, $1, $2, $3, setHook) },
    .stateMachine("gethook") { NativeCall.enter($0, $1, $2, $3, getHook) },
    .leaf("getmetatable") { NativeCall.enter($0, $1, $2, $3, getMetatable) },
    .leaf("setmetatable") { NativeCall.enter($0, $1, $2, $3, setMetatable) },
    .leaf("getregistry") { NativeCall.enter($0, $1, $2, $3, getRegistry) },
    .leaf("getupvalue") { NativeCall.enter($0, $1, $2, $3, getUpvalue) },
    .leaf("setupvalue") { NativeCall.enter($0, $1, $2, $3, setUpvalue) },
    .leaf("upvalueid") { NativeCall.enter($0, $1, $2, $3, upvalueID) },
    .leaf("setcstacklimit") { NativeCall.enter($0, $1, $2, $3, setStackLimit) },
    .leaf("upvaluejoin") { NativeCall.enter($0, $1, $2, $3, upvalueJoin) },
    .leaf("getuservalue") { NativeCall.enter($0, $1, $2, $3, getUserValue) },
    .leaf("setuservalue") { NativeCall.enter($0, $1, $2, $3, setUserValue) },
  ]

  /// What shows where a script is and gives no function or variable away.
  static let harmlessDefinitions: [NativeDefinition] = [
    .stateMachine("getinfo") { NativeCall.enter($0, $1, $2, $3, getHarmlessInfo) },
    .stateMachine("traceback") { NativeCall.enter($0, $1, $2, $3, traceback) },
  ]

  // MARK: Metatables and the registry

  static func getMetatable(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try call.checkAny(1)
    return call.returns(call.vm.metatable(of: call[1]).map { Value($0) } ?? .nil)
  }

  static func setMetatable(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let metatable = call.argument(2)
    guard call.count >= 2, metatable.isNil || metatable.isTable else {
      throw call.typeError(2, expectedAnyOf: "nil or table")
    }
    let table = metatable.isNil ? nil : metatable.table
    switch call.argument(1).tag {
    case .table: call.vm.setMetatable(call[1].table, table)
    case .userdata: call.vm.setMetatable(call[1].userdata, table)
    case .native: call.vm.setTypeMetatable(.closure, table)
    case .true: call.vm.setTypeMetatable(.false, table)
    case .float: call.vm.setTypeMetatable(.integer, table)
    default: call.vm.setTypeMetatable(call[1].tag, table)
    }
    return .results(1, from: 1)
  }

  static func getRegistry(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(call.vm.pointee.registry))
  }

  // MARK: Upvalues

  /// How many upvalues the library does not show: the environment, where functions have one.
  static func hiddenUpvalueCount(_ closure: ClosureRef) -> Int {
    closure.pointee.prototype.pointee.dialect.rules.hasFunctionEnvironments ? 1 : 0
  }

  /// The name of an upvalue, from 1; nil when the function has fewer.
  private static func upvalueName(
    _ vm: VM,
    _ function: Value,
    _ n: Int64
  ) -> String? {
    if function.tag == .native {
      return n >= 1 && n <= Int64(function.native.upvalueCount) ? "" : nil
    }
    let closure = function.closure
    let shift = hiddenUpvalueCount(closure)
    guard n >= 1, n <= Int64(closure.upvalueCount - shift) else { return nil }
    let image = vm.image(of: closure.pointee.prototype)
    return image.upvalueName(Int(n - 1) + shift).map { String(decoding: $0, as: UTF8.self) }
      ?? (vm.runningRules.hasAttributes ? "(no name)" : "(*no name)")
  }

  static func getUpvalue(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let n = try call.checkInteger(2)
    try call.checkFunction(1)
    let function = call[1]
    guard let name = upvalueName(call.vm, function, n) else { return call.returns() }
    let value =
      function.tag == .native
      ? function.native.upvalues[Int(n - 1)]
      : function.closure.upvalues[Int(n - 1) + hiddenUpvalueCount(function.closure)].pointee
        .location.pointee
    return call.returns(call.string(name), value)
  }

  static func setUpvalue(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try call.checkAny(3)
    let n = try call.checkInteger(2)
    try call.checkFunction(1)
    let function = call[1]
    // Natives trust the types of what they keep, so nobody else may write it.
    guard function.tag == .closure, let name = upvalueName(call.vm, function, n) else {
      return call.returns()
    }
    function.closure.upvalues[Int(n - 1) + hiddenUpvalueCount(function.closure)].pointee.location
      .pointee = call[3]
    call.vm.barrier(call[3])
    return call.returns(call.string(name))
  }

  static func upvalueID(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let n = try call.checkInteger(2)
    try call.checkFunction(1)
    let function = call[1]
    guard upvalueName(call.vm, function, n) != nil else {
      if call.follows(.upvalueidAnswersNil) { return call.returns(.nil) }
      if call.rules.hasFunctionEnvironments {
        if function.tag == .native { return call.returns(.nil) }
        throw call.argumentError(2, "index out of range")
      }
      throw call.argumentError(2, "invalid upvalue index")
    }
    let object: UnsafeMutableRawPointer =
      function.tag == .native
      ? UnsafeMutableRawPointer(function.native.upvalues + Int(n - 1))
      : UnsafeMutableRawPointer(
        function.closure.upvalues[Int(n - 1) + hiddenUpvalueCount(function.closure)]
      )
    return call.returns(Value(object: object, tag: .light))
  }

  static func upvalueJoin(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let first = try checkUpvalue(call, 1)
    let second = try checkUpvalue(call, 3)
    for n in [1, 3] where call[n].tag != .closure {
      throw call.argumentError(n, "Lua function expected")
    }
    let cell = call[3].closure.upvalues[second]
    call[1].closure.upvalues[first] = cell
    call.vm.barrier(cell)
    return call.returns()
  }

  private static func checkUpvalue(_ call: NativeCall, _ n: Int) throws(ScriptError) -> Int {
    let index = try call.checkInteger(n + 1)
    try call.checkFunction(n)
    let count =
      call[n].tag == .closure ? call[n].closure.upvalueCount : call[n].native.upvalueCount
    guard index >= 1, index <= Int64(count) else {
      throw call.argumentError(n + 1, "invalid upvalue index")
    }
    return Int(index - 1)
  }

  /// Has no effect, as no C stack bounds scripts (manual §6.10 keeps it for compatibility).
  ///
  /// - Returns: the limit there would be in the reference.
  static func setStackLimit(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    _ = try call.checkInteger(1)
    return call.returns(Value(200))
  }

  // MARK: User values

  static func getUserValue(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let n = try call.optionalInteger(2, default: 1)
    guard call.argument(1).tag == .userdata else { return call.returns(.nil) }
    let userdata = call[1].userdata
    guard n >= 1, n <= Int64(userdata.userValueCount) else { return call.returns(.nil) }
    return call.returns(userdata.userValues[Int(n - 1)], Value(true))
  }

  static func setUserValue(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let n = try call.optionalInteger(3, default: 1)
    guard call.argument(1).tag == .userdata else { throw call.typeError(1, expected: "userdata") }
    try call.checkAny(2)
    let userdata = call[1].userdata
    guard n >= 1, n <= Int64(userdata.userValueCount) else { return call.returns(.nil) }
    userdata.userValues[Int(n - 1)] = call[2]
    call.vm.barrier(call[2])
    return .results(1, from: 1)
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Opens the debug library.
  func openDebug() throws(ScriptError) {
    try newLibrary("debug", DebugLibrary.definitions + Environments.debugDefinitions)
    // Fibers keep their hooks themselves; programs may still look for the reference's table of them.
    let hooks = newTable()
    try rawSet(pointee.registry, Value(string("_HOOKKEY")), Value(hooks))
    let metatable = newTable()
    setMetatable(hooks, metatable)
    try rawSet(metatable, Value(string("__mode")), Value(string("k")))
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Opens a `debug` without reach into other functions' state.
  func openHarmlessDebug() throws(ScriptError) {
    try newLibrary("debug", DebugLibrary.harmlessDefinitions)
  }
}
