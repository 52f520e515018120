// Closures of the host as natives. The closure stands behind a userdata in the native's upvalue, so
// that it lives as long as scripts can reach the function and no Swift reference is in VM memory.

/// One step of a host function; see `NativeCall`.
package typealias HostFunctionBody = (inout NativeCall) throws(ScriptError) -> NativeOutcome

/// A closure of the host behind a userdata.
private final class HostFunction {
  let body: HostFunctionBody

  init(_ body: @escaping HostFunctionBody) { self.body = body }

  static let definition = NativeDefinition.stateMachine("?") {
    NativeCall.enter($0, $1, $2, $3, HostFunction.step)
  }

  static func step(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    // SAFETY: `makeHostFunction` is the only maker of natives with this entry, and scripts can neither
    // reach nor replace a native's upvalue.
    let object = call.hostObject(call.upvalue(0)).unsafelyUnwrapped
    return try unsafeDowncast(object, to: HostFunction.self).body(&call)
  }
}

extension Machine {
  /// A function value that runs a closure of the host.
  package func makeHostFunction(_ body: @escaping HostFunctionBody) -> Value {
    let object = makeUserdata(HostFunction(body), metatable: .nil)
    return Value(vm.makeNative(HostFunction.definition, upvalues: [object]))
  }
}
