// `module` and `package.seeall` (Lua 5.1 manual §5.3): a module is a table that becomes the environment of
// the chunk that calls `module`.
//
// `module` is a state machine: its arguments stay where they are; behind them stand the module's table
// and the number of the option to be called next.

internal import NightjarBase

/// Functions of modules before 5.3.
package enum OlderModules {
  /// Functions of `_G`.
  package static let definitions: [NativeDefinition] = [
    .stateMachine("module") { NativeCall.enter($0, $1, $2, $3, module) }.keepingNumbers
  ]

  /// Functions of `package`.
  package static let packageDefinitions: [NativeDefinition] = [
    .leaf("seeall") { NativeCall.enter($0, $1, $2, $3, seeAll) }.keepingNumbers
  ]

  private static func module(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var count = call.count
    if call.phase == 0 {
      let name = try call.checkString(1)
      try call.reserve(6, after: count)
      call[0] = Value(count)
      let table = try find(call, name.description)
      call[count + 1] = table
      try initialize(call, table, name.description)
      guard setEnvironment(ofCallerOf: call, table) else {
        throw call.raise("'module' not called from a Lua function")
      }
      call[count + 2] = Value(1)
    } else {
      count = Int(call[0].integer)
    }
    let table = call[count + 1]
    let option = Int(call[count + 2].integer) + 1
    if option > count { return call.returns() }
    call[count + 2] = Value(option)
    call[count + 3] = call[option]
    call[count + 4] = table
    return .call(at: count + 3, 1, then: 1)
  }

  /// The module's table: the loaded one, else the global of that name, made if need be.
  private static func find(_ call: NativeCall, _ name: String) throws(ScriptError) -> Value {
    let vm = call.vm
    let loaded = vm.loaded(of: call.dialect)
    let key = Value(vm.string(name))
    let known = vm.rawGet(loaded, key)
    if known.isTable { return known }
    var table = vm.globals(of: call.dialect)
    for part in name.split(separator: ".", omittingEmptySubsequences: false) {
      let field = Value(vm.string(String(part)))
      let next = vm.rawGet(table, field)
      if next.isTable {
        table = next.table
      } else if next.isNil {
        let made = vm.newTable()
        try vm.rawSet(table, field, Value(made))
        table = made
      } else {
        throw call.raise("name conflict for module '\(name)'")
      }
    }
    if call.loaded.isTable {
      let own = Value(table)
      // The table of modules may lead to another realm's.
      let shared = loaded.pointee.metatable.map { vm.rawGet($0, Value(vm.string("__newindex"))) }
      try vm.rawSet(shared?.isTable == true ? shared.map(\.table) ?? loaded : loaded, key, own)
    }
    return Value(table)
  }

  /// Sets `_M`, `_NAME` and `_PACKAGE` of a new module.
  private static func initialize(
    _ call: NativeCall,
    _ table: Value,
    _ name: String
  ) throws(ScriptError) {
    let vm = call.vm
    guard vm.rawGet(table.table, Value(vm.string("_NAME"))).isNil else { return }
    let package = name.lastIndex(of: ".").map { String(name[...$0]) } ?? ""
    try vm.rawSet(table.table, Value(vm.string("_M")), table)
    try vm.rawSet(table.table, Value(vm.string("_NAME")), Value(vm.string(name)))
    try vm.rawSet(table.table, Value(vm.string("_PACKAGE")), Value(vm.string(package)))
  }

  /// Makes a table the environment of the Lua function that called; where functions have none of
  /// their own, of all that share its `_ENV`.
  private static func setEnvironment(ofCallerOf call: NativeCall, _ table: Value) -> Bool {
    let vm = call.vm
    let frame = vm.callerFrame(of: call)
    guard !frame.pointee.isNative else { return false }
    let function = vm.function(of: frame)
    if vm.setEnvironment(of: function, table) { return true }
    guard function.closure.upvalueCount > 0 else { return false }
    function.closure.upvalues[0].pointee.location.pointee = table
    vm.barrier(table)
    return true
  }

  private static func seeAll(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let table = try call.checkTable(1)
    let metatable = table.pointee.metatable ?? call.vm.newTable()
    call.vm.setMetatable(table, metatable)
    try call.vm.rawSet(metatable, Value(call.vm.string("__index")), call.globals)
    return call.returns()
  }
}
