// Making fibers, switching between them, and ending them. Switching moves the machine's view (frame, top,
// limits) from one fiber object to another; nothing else happens.
//
//   a new fiber:  stack │ – │ function │        frames │ base record │
//   waiting:      the frame on top is a native whose next step takes what is sent to its `constants` slot

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Why the main fiber cannot yield.
  private static func yieldRefusal(in dialect: LuaDialect) -> String {
    guard dialect.follows(.yieldMeetsBoundary) else {
      return "attempt to yield from outside a coroutine"
    }
    let boundary = dialect.rules.gotoWord == .absent ? "metamethod/C-call" : "C-call"
    return "attempt to yield across \(boundary) boundary"
  }

  static var initialStackCapacity: Int { 80 }
  static var initialFrameCapacity: Int { 6 }
  /// The fuel that making a fiber takes, and later giving it back.
  private static var fiberCost: Int64 { 32 }

  /// How many fibers may be closing one another, as in the reference.
  private static var nestedCloseMax: Int { 195 }

  /// A new suspended fiber that will run `function`.
  func makeFiber(_ function: Value, stackCapacity: Int = initialStackCapacity) throws(ScriptError)
    -> FiberRef
  {
    pointee.fuel &-= Self.fiberCost
    let frameCapacity = Self.initialFrameCapacity
    guard let stackStorage = pointee.heap.allocateExternal(stackCapacity * 16) else {
      throw raiseMemory()
    }
    guard let frameStorage = pointee.heap.allocateExternal(frameCapacity * 40) else {
      pointee.heap.freeExternal(stackStorage, byteCount: stackCapacity * 16)
      throw raiseMemory()
    }
    let stack = stackStorage.assumingMemoryBound(to: Value.self)
    stack.initialize(repeating: .nil, count: stackCapacity)
    stack[1] = function
    let frames = frameStorage.assumingMemoryBound(to: Frame.self)
    frames.initialize(
      to: Frame(
        pc: FiberObject.noCode,
        base: stack,
        function: baseFunction,
        constants: stack,
        info: Frame.info(wanted: 0, mode: .finishFiber, flags: Frame.Flag.native),
        extra: 0
      )
    )
    let fiber = pointee.heap.allocate(MemoryLayout<FiberObject>.size)
      .assumingMemoryBound(to: FiberObject.self)
    fiber.initialize(
      to: FiberObject(
        stack: stack,
        stackCapacity: stackCapacity,
        frames: frames,
        frameCapacity: frameCapacity
      )
    )
    fiber.pointee.top = stack + 2
    registerOwner(object: fiber)
    return fiber
  }

  /// What stands as the function of every fiber's base record.
  private var baseFunction: UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(pointee.primitives[Int(Primitive.fiberBase.rawValue)].unsafelyUnwrapped)
  }

  /// Saves the machine's view into the running fiber and takes that of another.
  func switchFiber(to fiber: FiberRef) {
    let old = pointee.fiber
    old.pointee.frame = pointee.frame
    old.pointee.top = pointee.top
    pointee.fiber = fiber
    pointee.frame = fiber.pointee.frame
    pointee.top = fiber.pointee.top
    updateStackLimit()
    fiberWillRun(fiber)
  }

  /// Resumes the fiber in `slot` with the `count` values behind it; count -1 closes it instead.
  ///
  /// The native frame on top waits; its next step finds true and the values, or false and the
  /// error.
  ///
  /// - Precondition: the fiber is suspended, or dead when it is to be closed.
  func resume(_ slot: Slots, _ count: Int) -> Action {
    let target = slot.pointee.fiber
    let resumer = pointee.fiber
    pointee.frame.pointee.constants = slot
    pointee.top = slot + (max(count, 0) + 1)
    let isClosing = count < 0
    if target == resumer {
      // It closes itself.
      pointee.errorValue = .nil
      return closeFiber(error: .nil)
    }
    if resumer.pointee.depth > pointee.limits.fiberDepth
      || resumer.pointee.closingDepth > Self.nestedCloseMax
    {
      return refuse("C stack overflow")
    }
    let isFresh = target.pointee.frame == target.pointee.frames
    let arguments =
      isFresh ? target.pointee.stack + 2 : target.pointee.frame.pointee.constants
    guard mayHold(count + NativeCall.freeSlotCount, from: arguments, of: target) else {
      return refuse("too many arguments to resume")
    }
    target.pointee.depth = resumer.pointee.depth + 1
    target.pointee.closingDepth = resumer.pointee.closingDepth + (isClosing ? 1 : 0)
    resumer.pointee.status = .normal
    target.pointee.resumer = resumer
    let wasDead = target.pointee.status == .dead
    target.pointee.status = .running
    switchFiber(to: target)
    beginTurn(of: target, isClosing: isClosing)
    if isClosing {
      if !wasDead { pointee.errorValue = .nil }
      return closeFiber(error: wasDead ? target.pointee.stack[0] : .nil)
    }
    let frame = target.pointee.frame
    var destination = arguments
    do throws(ScriptError) {
      destination = try reserve(destination, count + NativeCall.freeSlotCount)
    } catch { return .raise }
    let source = resumer.pointee.frame.pointee.constants + 1
    pointee.fuel &-= Int64(count >> 3)
    destination.update(from: source, count: count)
    pointee.top = destination + count
    if isFresh {
      return call(
        target.pointee.stack + 1,
        count,
        info: Frame.info(wanted: -1, mode: .finishFiber)
      )
    }
    if count == 0 { destination.pointee = .nil }
    return .step(count: count, phase: Int(frame.pointee.extra))
  }

  /// Suspends the running fiber with `count` values.
  func yield(_ slot: Slots, _ count: Int, phase: Int) -> Action {
    let fiber = pointee.fiber
    if fiber.pointee.noYieldDepth > 0 || pointee.killMessage != nil {
      _ = raise(value: Value(string("attempt to yield across a C-call boundary")))
      return .raise
    }
    let resumer = fiber.pointee.resumer
    if resumer == nil && !fiber.pointee.yieldsToHost {
      _ = raise(value: Value(string(Self.yieldRefusal(in: runningDialect))))
      return .raise
    }
    let frame = pointee.frame
    frame.pointee.extra = Int32(truncatingIfNeeded: phase)
    frame.pointee.constants = slot
    pointee.top = slot + count
    fiber.pointee.status = .suspended
    guard let resumer else {
      fiber.pointee.yieldsToHost = false
      pointee.exit = .yielded(count: count)
      return .exit
    }
    fiber.pointee.resumer = nil
    return handOver(to: resumer, from: slot, count: count, succeeded: true)
  }

  /// Parks the running fiber until the host answers what stands in `slot`.
  func park(_ slot: Slots, _ count: Int, phase: Int) -> Action {
    if pointee.fiber.pointee.noYieldDepth > 0 || pointee.killMessage != nil {
      _ = raise(value: Value(string("attempt to yield across a C-call boundary")))
      return .raise
    }
    pointee.frame.pointee.extra = Int32(truncatingIfNeeded: phase)
    pointee.frame.pointee.constants = slot
    pointee.top = slot + count
    if let task = currentTask { return parkForHost(task) }
    pointee.exit = .awaiting
    return .exit
  }

  /// The running fiber's function has returned.
  func finishFiber(from: Slots, count: Int) -> Action {
    let fiber = pointee.fiber
    fiber.pointee.status = .dead
    guard let resumer = fiber.pointee.resumer else {
      if let task = fiber.pointee.task { return finishTask(task, from, count) }
      (fiber.pointee.stack + 1).update(from: from, count: count)
      pointee.top = fiber.pointee.stack + (count + 1)
      pointee.exit = .finished(count: count)
      return .exit
    }
    fiber.pointee.resumer = nil
    fiber.pointee.stack[0] = .nil
    return handOver(to: resumer, from: from, count: count, succeeded: true)
  }

  /// An error reached the base of the running fiber.
  func failFiber() -> Action {
    let fiber = pointee.fiber
    fiber.pointee.status = .dead
    // Kept for `coroutine.close`.
    fiber.pointee.stack[0] = pointee.errorValue
    pointee.top = max(liveTop(), pointee.top)
    guard let resumer = fiber.pointee.resumer else {
      pointee.exit = .failed
      return .exit
    }
    fiber.pointee.resumer = nil
    pointee.errorValue = .nil
    return handOver(to: resumer, from: fiber.pointee.stack, count: 1, succeeded: false)
  }

  /// Unwinds the whole of the running fiber, for `coroutine.close`.
  func closeFiber(error: Value) -> Action {
    let base = pointee.fiber.pointee.frames
    popFrames(above: base)
    base.pointee.base[0] = error
    pointee.fiber.pointee.protectedDepth = 0
    base.pointee.info |= Frame.Flag.unwinding | Frame.Flag.catches
    return continueUnwinding()
  }

  /// All variables of a fiber that is being closed are closed.
  func finishClosing(_ error: Value) -> Action {
    let fiber = pointee.fiber
    if fiber.pointee.frames.pointee.has(Frame.Flag.killed) { return fiberWasKilled() }
    fiber.pointee.status = .dead
    fiber.pointee.frames.pointee.info &= ~Frame.Flag.catches
    fiber.pointee.stack[0] = .nil
    guard let resumer = fiber.pointee.resumer else {
      if let task = fiber.pointee.task { return failTask(task, error) }
      pointee.errorValue = error
      pointee.exit = .failed
      return .exit
    }
    fiber.pointee.resumer = nil
    if isCancellation(error) { return passOn(error, to: resumer) }
    // A slot and not a local variable: values are copied by their stride, and a variable is shorter.
    let slot = fiber.pointee.stack + 1
    slot.pointee = error
    pointee.top = slot
    let succeeded = error.isNil
    return handOver(
      to: resumer,
      from: slot,
      count: succeeded ? 0 : 1,
      succeeded: succeeded
    )
  }

  /// Switches to a waiting resumer and sends it a flag and values.
  private func handOver(to resumer: FiberRef, from: Slots, count: Int, succeeded: Bool) -> Action {
    endTurn()
    switchFiber(to: resumer)
    resumer.pointee.status = .running
    let frame = pointee.frame
    var destination = frame.pointee.constants
    guard mayHold(count + 1 + NativeCall.freeSlotCount, from: destination, of: resumer) else {
      return refuse("too many results to resume")
    }
    do throws(ScriptError) {
      destination = try reserve(destination, count + 1 + NativeCall.freeSlotCount)
    } catch { return .raise }
    destination[0] = Value(succeeded)
    pointee.fuel &-= Int64(count >> 3)
    (destination + 1).update(from: from, count: count)
    pointee.top = destination + (count + 1)
    return .step(count: count + 1, phase: Int(frame.pointee.extra))
  }

  /// Whether a fiber's limit lets `count` slots from one of its slots on be used.
  private func mayHold(_ count: Int, from slot: Slots, of fiber: FiberRef) -> Bool {
    slot - fiber.pointee.stack + count <= pointee.limits.stackSlotCount
  }

  /// Tells the native frame on top that the fiber it resumed failed, without a switch.
  private func refuse(_ message: String) -> Action {
    let frame = pointee.frame
    frame.pointee.constants[0] = Value(false)
    frame.pointee.constants[1] = Value(string(message))
    pointee.top = frame.pointee.constants + 2
    return .step(count: 2, phase: Int(frame.pointee.extra))
  }
}
