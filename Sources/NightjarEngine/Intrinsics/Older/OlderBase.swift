// Basic functions that only older dialects have: `loadstring`, `newproxy`, `gcinfo`.
// SOURCE: Lua 5.1 manual §5.1, §7.

internal import NightjarBase

/// Functions of `_G` before 5.3.
enum OlderBase {
  static let definitions: [NativeDefinition] =
    [
      .stateMachine("loadstring") { NativeCall.enter($0, $1, $2, $3, loadString) },
      .leaf("newproxy") { NativeCall.enter($0, $1, $2, $3, newProxy) },
      .leaf("gcinfo") { NativeCall.enter($0, $1, $2, $3, gcInfo) },
      .leaf("unpack") { NativeCall.enter($0, $1, $2, $3, TableLibrary.unpack) },
    ] + Environments.definitions

  private static func loadString(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    _ = try call.checkString(1)
    // Neither mode nor environment.
    return try Loading.loadText(&call)
  }

  /// A userdata with a metatable of its own, with that of another proxy, or with none.
  private static func newProxy(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let model = call.argument(1)
    let metatable: TableRef?
    switch model.tag {
    case .nil, .false: metatable = nil
    case .true: metatable = vm.newTable()
    case .userdata where model.userdata.pointee.metatable != nil:
      metatable = model.userdata.pointee.metatable
    default: throw call.argumentError(1, "boolean or proxy expected")
    }
    if let metatable { call[2] = Value(metatable) }
    let userdata = vm.makeUserdata(userValueCount: 0)
    vm.setMetatable(userdata, metatable)
    if metatable != nil {
      // Its finalizer may be set later.
      vm.registerFinalizable(
        UnsafeMutableRawPointer(userdata).assumingMemoryBound(to: ObjectHeader.self)
      )
    }
    return call.returns(Value(userdata))
  }

  private static func gcInfo(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(call.vm.pointee.heap.byteCount / 1024))
  }
}
