// What `object.field` and `object.field = value` do for objects of the host: methods, properties and a
// fallback, looked up in tables of the machine, so that no Swift dictionary stands on the way.
//
//   __index     upvalues: methods by name │ getters by name │ fallback or nil
//   __newindex  upvalues: setters by name │ methods and getters, for messages │ type's name │ fallback or nil

private enum HostTypes {
  static let index = NativeDefinition.stateMachine("index") {
    NativeCall.enter($0, $1, $2, $3, HostTypes.get)
  }
  static let newIndex = NativeDefinition.stateMachine("newindex") {
    NativeCall.enter($0, $1, $2, $3, HostTypes.set)
  }

  static func get(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let object = call.argument(1)
    let key = call.argument(2)
    let method = call.rawGet(call.upvalue(0), key)
    if !method.isNil { return call.returns(method) }
    let getter = call.rawGet(call.upvalue(1), key)
    let fallback = call.upvalue(2)
    guard getter.isFunction || fallback.isFunction else { return call.returns(.nil) }
    call[3] = getter.isFunction ? getter : fallback
    call[4] = object
    call[5] = key
    return .tailCall(at: 3, getter.isFunction ? 1 : 2)
  }

  static func set(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let object = call.argument(1)
    let key = call.argument(2)
    let value = call.argument(3)
    let setter = call.rawGet(call.upvalue(0), key)
    let fallback = call.upvalue(3)
    if setter.isFunction {
      call[4] = setter
      call[5] = object
      call[6] = value
      return .tailCall(at: 4, 2)
    }
    if fallback.isFunction {
      call[4] = fallback
      call[5] = object
      call[6] = key
      call[7] = value
      return .tailCall(at: 4, 3)
    }
    let type = String(decoding: call.bytes(of: call.upvalue(2)), as: UTF8.self)
    let name =
      key.isString
      ? "'\(String(decoding: key.string.buffer.prefix(200), as: UTF8.self))'" : "of this kind"
    let isKnown = !call.rawGet(call.upvalue(1), key).isNil
    throw call.raise(
      isKnown ? "field \(name) of \(type) is read-only" : "\(type) has no field \(name)"
    )
  }
}

extension Machine {
  /// The `__index` of a host type.
  package func makeHostIndex(methods: Value, getters: Value, fallback: Value) -> Value {
    Value(vm.makeNative(HostTypes.index, upvalues: [methods, getters, fallback]))
  }

  /// The `__newindex` of a host type.
  package func makeHostNewIndex(
    setters: Value,
    known: Value,
    typeName: Value,
    fallback: Value
  ) -> Value {
    Value(vm.makeNative(HostTypes.newIndex, upvalues: [setters, known, typeName, fallback]))
  }
}
