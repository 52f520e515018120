// Natives the engine calls on behalf of other natives: one operation of the language each, which
// tail-calls the metamethod when there is one.

internal import NightjarBase

/// The operations behind `NativeCall+Operations`.
enum Primitive: UInt8, CaseIterable {
  case index, setIndex, length, lessThan, equals, toString, fiberBase, finalizers

  var definition: NativeDefinition {
    switch self {
    case .index:
      .stateMachine("index") { NativeCall.enter($0, $1, $2, $3, Primitives.index) }
    case .setIndex:
      .stateMachine("setindex") { NativeCall.enter($0, $1, $2, $3, Primitives.setIndex) }
    case .length:
      .stateMachine("length") { NativeCall.enter($0, $1, $2, $3, Primitives.length) }
    case .lessThan:
      .stateMachine("lessthan") { NativeCall.enter($0, $1, $2, $3, Primitives.lessThan) }
    case .equals:
      .stateMachine("equals") { NativeCall.enter($0, $1, $2, $3, Primitives.equals) }
    case .toString:
      .stateMachine("tostring") { NativeCall.enter($0, $1, $2, $3, Primitives.toString) }
    case .fiberBase:
      .stateMachine("?") { NativeCall.enter($0, $1, $2, $3, Primitives.fiberBase) }
    case .finalizers:
      .stateMachine("__gc") { NativeCall.enter($0, $1, $2, $3, Primitives.finalizers) }
    }
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The native of a primitive as a value.
  func primitive(_ primitive: Primitive) -> Value {
    Value(pointee.primitives[Int(primitive.rawValue)].unsafelyUnwrapped)
  }
}

private enum Primitives {
  static func index(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let key = call[2]
    var object = call[1]
    for _ in 0..<vm.pointee.limits.metamethodChainLength {
      let handler: Value
      if object.isTable {
        let value = vm.rawGet(object.table, key)
        if !value.isNil { return call.returns(value) }
        guard let found = vm.metamethod(of: object, .index) else { return call.returns(.nil) }
        handler = found
      } else {
        guard let found = vm.metamethod(of: object, .index) else {
          throw call.raise("attempt to index a \(vm.typeName(of: object)) value")
        }
        handler = found
      }
      if handler.isFunction {
        call[3] = handler
        call[4] = object
        call[5] = key
        return .tailCall(at: 3, 2)
      }
      object = handler
    }
    throw call.raise(call.vm.loopMessage("__index", "gettable"))
  }

  static func setIndex(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let key = call[2]
    let value = call[3]
    var object = call[1]
    for _ in 0..<vm.pointee.limits.metamethodChainLength {
      let handler: Value
      if object.isTable {
        let table = object.table
        guard let found = vm.metamethod(of: object, .newindex), vm.rawGet(table, key).isNil else {
          try vm.checkKey(key)
          try vm.rawSet(table, key, value)
          return call.returns()
        }
        handler = found
      } else {
        guard let found = vm.metamethod(of: object, .newindex) else {
          throw call.raise("attempt to index a \(vm.typeName(of: object)) value")
        }
        handler = found
      }
      if handler.isFunction {
        call[4] = handler
        call[5] = object
        call[6] = key
        call[7] = value
        return .tailCall(at: 4, 3)
      }
      object = handler
    }
    throw call.raise(call.vm.loopMessage("__newindex", "settable"))
  }

  static func length(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let value = call[1]
    if value.isString { return call.returns(Value(value.string.count)) }
    if let handler = vm.metamethod(of: value, .len) {
      call[2] = handler
      call[3] = value
      return .tailCall(at: 2, 1)
    }
    if value.isTable { return call.returns(Value(vm.border(of: value.table))) }
    throw call.raise("attempt to get length of a \(vm.typeName(of: value)) value")
  }

  static func lessThan(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try compare(&call, .lt)
  }

  private static func compare(
    _ call: inout NativeCall,
    _ event: Metamethod
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase == 1 { return call.returns(Value(!call[3].isFalsy)) }
    if let answer = vm.plainLessThan(call[1], call[2]) { return call.returns(Value(answer)) }
    guard let handler = vm.orderHandler(event, call[1], call[2]) else {
      throw vm.raiseOrderError(call[1], call[2], atCallerOf: call)
    }
    let left = call[1]
    let right = call[2]
    call[3] = handler
    call[4] = left
    call[5] = right
    return .call(at: 3, 2, then: 1)
  }

  static func equals(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase == 1 { return call.returns(Value(!call[3].isFalsy)) }
    guard let handler = vm.equalityHandler(call[1], call[2]) else {
      return call.returns(Value(vm.rawEquals(call[1], call[2])))
    }
    let left = call[1]
    let right = call[2]
    call[3] = handler
    call[4] = left
    call[5] = right
    return .call(at: 3, 2, then: 1)
  }

  /// `tostring`; also the library function of that name.
  static func toString(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try BaseLibrary.toString(&call)
  }

  /// Never entered: the base record of a fiber only marks its end.
  static func fiberBase(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    .results(0)
  }

  /// Calls pending finalizers one after the other; their errors become warnings (manual §2.5.3).
  static func finalizers(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase == NativeCall.failedPhase {
      vm.warnFinalizer(call[1])
      if !vm.pointee.mainDialect.rules.hasAttributes {
        // Before 5.4 the error reaches whoever collects.
        try vm.rawSet(vm.pointee.registry, Value(vm.string("_GCERROR")), call[1])
        return .results(0)
      }
      vm.pointee.frame.pointee.info |= Frame.Flag.catches
    }
    while let object = vm.takePendingFinalizer() {
      guard let finalizer = vm.metamethod(of: object, .gc), finalizer.isFunction else { continue }
      call[2] = finalizer
      call[3] = object
      return .call(at: 2, 1, then: 1)
    }
    return .results(0)
  }
}

extension NativeCall {
  /// Makes the native on top stop errors of what it calls: they arrive in slot 1, in `failedPhase`.
  ///
  /// To be asked for again after each of them.
  package func catchErrors() throws(ScriptError) { try vm.protect() }

  /// The phase in which a catching native is entered after an error, which stands in slot 1.
  package static var failedPhase: Int { 255 }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Begins to run pending finalizers on top of the running fiber, which may not yield meanwhile.
  func runFinalizers() -> Action {
    let slot: Slots
    do throws(ScriptError) { slot = try interlude() } catch { return .raise }
    slot.pointee = primitive(.finalizers)
    pointee.top = slot + 1
    do throws(ScriptError) {
      try pushNative(
        slot,
        info: Frame.info(
          wanted: 0,
          mode: .discard,
          flags: Frame.Flag.catches | Frame.Flag.finalizer
        )
      )
    } catch { return .raise }
    beginFinalizing()
    return .step(count: 0, phase: 0)
  }

  /// Finalizers run on the running fiber until `endFinalizing`: it may not yield, and as hooks would
  /// see functions that nobody called, nothing is watched.
  func beginFinalizing() {
    pointee.isFinalizing = true
    pointee.fiber.pointee.noYieldDepth += 1
    pointee.finalizersInterruptHook = pointee.fiber.pointee.isHookRunning
    pointee.fiber.pointee.isHookRunning = true
  }

  func endFinalizing() {
    pointee.isFinalizing = false
    pointee.fiber.pointee.noYieldDepth -= 1
    pointee.fiber.pointee.isHookRunning = pointee.finalizersInterruptHook
  }

  /// A warning about an error in a finalizer.
  func warnFinalizer(_ error: Value) {
    let text =
      error.isString ? error.string.description : "error object is not a string"
    warn(Array("error in __gc (\(text))".utf8))
  }

  /// Sends a warning off, if they are on.
  func warn(_ message: [UInt8]) {
    if pointee.warnings.isOn { pointee.warnings.sink?(message) }
  }

  func raiseOrderError(_ x: Value, _ y: Value, atCallerOf call: NativeCall) -> ScriptError {
    let left = typeName(of: x)
    let right = typeName(of: y)
    return call.raise(
      left == right
        ? "attempt to compare two \(left) values" : "attempt to compare \(left) with \(right)"
    )
  }
}
