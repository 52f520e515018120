// Environments of functions (Lua 5.1 manual §2.9, §5.1). Where functions have environments, each closure
// holds its own in upvalue 0. New closures share the cell of the function that makes them, and
// `setfenv` gives a closure another cell: so nobody else's environment changes.

internal import NightjarBase

/// `getfenv`, `setfenv` and their namesakes in `debug`.
enum Environments {
  static let definitions: [NativeDefinition] = [
    .stateMachine("getfenv") { NativeCall.enter($0, $1, $2, $3, get) }.keepingNumbers,
    .stateMachine("setfenv") { NativeCall.enter($0, $1, $2, $3, set) }.keepingNumbers,
  ]

  static let debugDefinitions: [NativeDefinition] = [
    .leaf("getfenv") { NativeCall.enter($0, $1, $2, $3, getOfObject) }.keepingNumbers,
    .leaf("setfenv") { NativeCall.enter($0, $1, $2, $3, setOfObject) }.keepingNumbers,
  ]

  /// The function an argument means: itself, or the one at a level.
  ///
  /// Nil for level 0, the thread.
  private static func function(
    _ call: NativeCall,
    default level: Int64?
  ) throws(ScriptError) -> Value? {
    if call.argument(1).isFunction { return call[1] }
    let wanted: Int64
    if let level {
      wanted = try call.optionalInteger(1, default: level)
    } else {
      wanted = try call.checkInteger(1)
    }
    if wanted < 0 { throw call.argumentError(1, "level must be non-negative") }
    if wanted == 0 { return nil }
    let vm = call.vm
    guard let found = vm.level(Int(clamping: wanted), of: vm.pointee.fiber, call.rules) else {
      throw call.argumentError(1, "invalid level")
    }
    guard let frame = found.frame else {
      throw call.raise("no function environment for tail call at level \(wanted)")
    }
    return vm.function(of: frame)
  }

  private static func get(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard let function = try function(call, default: 1) else {
      return call.returns(Value(call.vm.threadGlobals(of: call.dialect)))
    }
    return call.returns(call.vm.environment(of: function, seenBy: call.dialect))
  }

  private static func set(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard call.argument(2).isTable else { throw call.typeError(2, expected: "table") }
    guard let function = try function(call, default: nil) else {
      try call.vm.setThreadGlobals(of: call.dialect, Value(call.vm.pointee.fiber), call[2])
      return call.returns()
    }
    guard call.vm.setEnvironment(of: function, call[2]) else {
      throw call.raise("'setfenv' cannot change environment of given object")
    }
    return call.returns(function)
  }

  private static func getOfObject(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let object = call.argument(1)
    if object.isFunction {
      return call.returns(call.vm.environment(of: object, seenBy: call.dialect))
    }
    if object.tag == .fiber {
      return call.returns(Value(call.vm.threadGlobals(of: call.dialect, in: object.fiber)))
    }
    return call.returns(object.tag == .userdata ? call.globals : .nil)
  }

  private static func setOfObject(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard call.argument(2).isTable else { throw call.typeError(2, expected: "table") }
    if call[1].tag == .fiber {
      try call.vm.setThreadGlobals(of: call.dialect, call[1], call[2])
    } else if !call.vm.setEnvironment(of: call[1], call[2]) {
      throw call.raise("'setfenv' cannot change environment of given object")
    }
    return .results(1, from: 1)
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The globals that texts loaded from now on in a fiber, the running one if nil, are given.
  func threadGlobals(of dialect: LuaDialect, in fiber: FiberRef? = nil) -> TableRef {
    let globals = globals(of: dialect)
    guard let own = pointee.realms[Int(dialect.rawValue)].threadGlobals else { return globals }
    let found = rawGet(own, Value(fiber ?? pointee.fiber))
    return found.isTable ? found.table : globals
  }

  /// Gives a fiber other globals for texts loaded from now on; coroutines it makes have them too.
  func setThreadGlobals(
    of dialect: LuaDialect,
    _ fiber: Value,
    _ globals: Value
  ) throws(ScriptError) {
    let number = Int(dialect.rawValue)
    if pointee.realms[number].threadGlobals == nil {
      let table = newTable()
      pointee.realms[number].threadGlobals = table
      let metatable = newTable()
      setMetatable(table, metatable)
      try rawSet(metatable, Value(string("__mode")), Value(string("k")))
    }
    guard let table = pointee.realms[number].threadGlobals else { return }
    try rawSet(table, fiber, globals)
  }

  /// A coroutine begins with the globals of the fiber that makes it.
  func inheritThreadGlobals(_ fiber: FiberRef, _ dialect: LuaDialect) throws(ScriptError) {
    guard let own = pointee.realms[Int(dialect.rawValue)].threadGlobals else { return }
    let found = rawGet(own, Value(pointee.fiber))
    if found.isTable { try rawSet(own, Value(fiber), found) }
  }

  /// Whether a function has an environment of its own.
  private func hasEnvironment(_ function: Value) -> Bool {
    function.tag == .closure && function.closure.upvalueCount > 0
      && function.closure.pointee.prototype.pointee.dialect.rules.hasFunctionEnvironments
  }

  /// The environment of a function; natives and functions of other dialects have the globals.
  func environment(of function: Value, seenBy dialect: LuaDialect) -> Value {
    if hasEnvironment(function) { return function.closure.upvalues[0].pointee.location.pointee }
    let owner =
      function.tag == .closure
      ? function.closure.pointee.prototype.pointee.dialect : function.native.dialect
    return Value(globals(of: owner))
  }

  /// Gives a function another environment; false when it has none of its own.
  func setEnvironment(of function: Value, _ environment: Value) -> Bool {
    guard hasEnvironment(function) else { return false }
    let cell = makeUpvalue(environment)
    function.closure.upvalues[0] = cell
    barrier(cell)
    return true
  }
}
