// Coroutines (manual §6.2) over the engine's fibers.

internal import NightjarBase

/// The coroutine library.
enum CoroutineLibrary {
  static let definitions: [NativeDefinition] = [
    .leaf("create") { NativeCall.enter($0, $1, $2, $3, create) },
    .stateMachine("resume") { NativeCall.enter($0, $1, $2, $3, resume) },
    .stateMachine("yield") { NativeCall.enter($0, $1, $2, $3, yield) },
    .leaf("status") { NativeCall.enter($0, $1, $2, $3, status) },
    .leaf("wrap") { NativeCall.enter($0, $1, $2, $3, wrap) },
    .leaf("isyieldable") { NativeCall.enter($0, $1, $2, $3, isYieldable) },
    .leaf("running") { NativeCall.enter($0, $1, $2, $3, running) },
    .stateMachine("close") { NativeCall.enter($0, $1, $2, $3, close) },
  ]

  private static func fiber(_ call: NativeCall, _ n: Int) throws(ScriptError) -> FiberRef {
    guard call.phase > 0 || call.argument(n).tag == .fiber else {
      if call.follows(.coroutineIsExpected) { throw call.argumentError(n, "coroutine expected") }
      throw call.typeError(n, expectedAnyOf: "thread")
    }
    return call[n].fiber
  }

  /// Checks that the first argument can be a coroutine's body.
  private static func checkBody(_ call: NativeCall) throws(ScriptError) {
    guard call.follows(.createWantsLua) else { return try call.checkFunction(1) }
    if call.argument(1).tag != .closure { throw call.argumentError(1, "Lua function expected") }
  }

  static func create(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try checkBody(call)
    let fiber = try call.vm.makeFiber(call[1])
    if call.rules.hasFunctionEnvironments {
      call[2] = Value(fiber)
      try call.vm.inheritThreadGlobals(fiber, call.dialect)
    }
    return call.returns(Value(fiber))
  }

  /// Why a fiber cannot be resumed; nil when it can.
  ///
  /// The count is that of the values that the native still has when it hands on its arguments.
  private static func refusal(_ call: NativeCall, _ fiber: FiberRef, passedCount: Int) -> String? {
    let status = fiber.pointee.status
    switch status {
    case .suspended: return nil
    case .dead: return "cannot resume dead coroutine"
    case .running, .normal:
      if let text = call.vm.otherTask(in: fiber) { return text }
      guard call.rules.tablesHaveLength else { return "cannot resume \(name(status)) coroutine" }
      let isEmpty = status == .running ? passedCount == 0 : isResumingWrapped(fiber)
      return isEmpty && call.follows(.busySaysDead)
        ? "cannot resume dead coroutine" : "cannot resume non-suspended coroutine"
    }
  }

  /// Whether a fiber waits in a function that `wrap` made: such a one keeps no values meanwhile, by
  /// which the reference of some dialects takes the coroutine for a dead one.
  private static func isResumingWrapped(_ fiber: FiberRef) -> Bool {
    let frame = fiber.pointee.frame
    guard frame.pointee.isNative else { return false }
    let native = frame.pointee.function.assumingMemoryBound(to: NativeObject.self)
    return native.upvalueCount == 1 && native.upvalues[0].tag == .fiber
  }

  static func resume(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return .results(call.count, from: 1) }
    let fiber = try fiber(call, 1)
    if let message = refusal(call, fiber, passedCount: call.count) {
      return call.returns(Value(false), call.string(message))
    }
    return .resume(at: 1, call.count - 1, then: 1)
  }

  static func yield(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return .results(call.count, from: 1) }
    if let kernel = call.vm.pointee.tasks { try call.vm.checkYield(kernel) }
    return .yield(call.count, from: 1, then: 1)
  }

  static func status(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let fiber = try fiber(call, 1)
    return call.returns(call.string(name(fiber.pointee.status)))
  }

  static func name(_ status: FiberObject.Status) -> String {
    switch status {
    case .suspended: "suspended"
    case .running: "running"
    case .normal: "normal"
    case .dead: "dead"
    }
  }

  static func wrap(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try checkBody(call)
    let fiber = try call.vm.makeFiber(call[1])
    let step = NativeDefinition.stateMachine("wrap") {
      NativeCall.enter($0, $1, $2, $3, CoroutineLibrary.wrapped)
    }
    return call.returns(
      Value(
        call.vm.makeNative(
          step.keepingNumbers,
          upvalues: [Value(fiber)],
          dialect: call.dialect
        )
      )
    )
  }

  // The function `wrap` returns. Slots: arguments from 1; when resuming, they move up by one. Phases: 1
  // what the fiber sent; 2 it failed and is being closed; 3 a closing method of it was resumed.
  private static func wrapped(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    switch call.phase {
    case 0:
      let fiber = call.upvalue(0)
      if let message = refusal(call, fiber.fiber, passedCount: call.count) {
        throw call.raise(message)
      }
      try call.reserve(2, after: call.count)
      var n = call.count
      while n > 0 {
        call[n + 1] = call[n]
        n -= 1
      }
      call[1] = fiber
      return .resume(at: 1, call.count, then: 1)
    case 1:
      if !call[1].isFalsy { return .results(call.count - 1, from: 2) }
      // The fiber failed: its pending variables are closed, then the error goes on here. One that
      // only sent more than can be received is not closed.
      let fiber = call.upvalue(0)
      if fiber.fiber.pointee.status != .dead { throw raise(call[2], from: call) }
      call[3] = fiber
      return .resume(at: 3, -1, then: 2)
    case 3:
      // Somebody else may have resumed the fiber since its closing method yielded.
      let fiber = call.upvalue(0)
      if fiber.fiber.pointee.status != .suspended { throw raise(call[2], from: call) }
      call[3] = fiber
      return .resume(at: 3, call.count, then: 2)
    default:
      if let wait = try waitForClosing(call, call.upvalue(0).fiber, at: 3, then: 3) { return wait }
      throw raise(call[3].isFalsy ? call[4] : call[2], from: call)
    }
  }

  /// Raises a fiber's error in who called its function; a message gets the position, but for that of memory,
  /// of which there is none for a longer one.
  private static func raise(_ error: Value, from call: NativeCall) -> ScriptError {
    let vm = call.vm
    guard error.isString, !vm.isMemoryError(error), !vm.callerFrame(of: call).pointee.isNative
    else {
      return call.raise(error)
    }
    let position = vm.position(of: vm.callerFrame(of: call))
    do throws(ScriptError) {
      return call.raise(try call.string(Array(position.utf8) + call.copy(error.string)))
    } catch { return error }
  }

  static func isYieldable(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let takesThread = call.follows(.isyieldableTakesThread)
    let fiber = takesThread && call.count >= 1 ? try Self.fiber(call, 1) : call.vm.pointee.fiber
    return call.returns(
      Value(!call.vm.isMain(fiber) && fiber.pointee.noYieldDepth == 0)
    )
  }

  static func running(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let fiber = call.vm.pointee.fiber
    if !call.rules.tablesHaveLength {
      return call.returns(fiber == call.vm.pointee.mainFiber ? .nil : Value(fiber))
    }
    return call.returns(Value(fiber), Value(call.vm.isMain(fiber)))
  }

  /// A closing method that yields suspends whoever closes: what it yields goes on from here, and
  /// what comes back goes to it.
  ///
  /// Nil when the fiber in question, resumed in `slot`, is closed.
  private static func waitForClosing(
    _ call: NativeCall,
    _ fiber: FiberRef,
    at slot: Int,
    then phase: Int
  ) throws(ScriptError) -> NativeOutcome? {
    if call[slot].isFalsy || fiber.pointee.status != .suspended { return nil }
    if let kernel = call.vm.pointee.tasks { try call.vm.checkYield(kernel) }
    return .yield(call.count - 1, from: slot + 1, then: phase)
  }

  // Phases: 1 closed, or a closing method yielded; 2 that method is to be resumed.
  static func close(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let isOwn = call.phase == 0 && call.count == 0 && call.follows(.closesItself)
    if isOwn { call[1] = Value(call.vm.pointee.fiber) }
    let fiber = isOwn ? call[1].fiber : try fiber(call, 1)
    switch call.phase {
    case 1:
      if let wait = try waitForClosing(call, fiber, at: 2, then: 2) { return wait }
      return .results(call.count > 1 ? 2 : 1, from: 2)
    case 2 where fiber.pointee.status == .suspended:
      call[2] = call[1]
      return .resume(at: 2, call.count, then: 1)
    default:
      // Also when somebody else has resumed the fiber since its closing method yielded.
      break
    }
    switch fiber.pointee.status {
    case .suspended, .dead:
      call[2] = call[1]
      return .resume(at: 2, -1, then: 1)
    case .running, .normal:
      if call.follows(.closesItself), fiber.pointee.status == .running {
        if fiber == call.vm.pointee.mainFiber { throw call.raise("cannot close main coroutine") }
        // A coroutine of 5.5 may close itself; nothing comes back here.
        call[2] = call[1]
        return .resume(at: 2, -1, then: 1)
      }
      throw call.raise("cannot close a \(name(fiber.pointee.status)) coroutine")
    }
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  func openCoroutine() throws(ScriptError) {
    try newLibrary("coroutine", CoroutineLibrary.definitions)
  }
}
