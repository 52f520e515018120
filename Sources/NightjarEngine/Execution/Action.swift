// The trampoline between script frames: whatever happens out of the loop's line (natives, metamethods,
// errors, fiber switches) answers what is to be done next, and `drive` does it until a Lua frame is
// on top. So no Swift frame ever stands between two script frames.

/// What to do next.
enum Action {
  /// The youngest frame is a Lua frame: execute it.
  case lua
  /// Leave the loop: `exit` says why.
  case exit
  /// The youngest frame is native: let it take a step, with `count` values delivered.
  case step(count: Int, phase: Int)
  /// The youngest frame is a fiber's first: let it call the function at `slot` with the `count` values behind it.
  ///
  /// An action and no call, as many tasks may begin one after the other without an instruction between them.
  case begin(slot: Slots, count: Int)
  /// The youngest frame returns the `count` values at `from`.
  case returned(from: Slots, count: Int)
  /// An error was raised in the youngest frame; its value is in `errorValue`.
  case raise
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Acts until a Lua frame is on top or the loop is to be left.
  @inline(never) func drive(_ first: Action) {
    var action = first
    while true {
      switch action {
      case .lua, .exit: return
      case .step(let count, let phase): action = step(count: count, phase: phase)
      case .begin(let slot, let count):
        action = call(slot, count, info: Frame.info(wanted: -1, mode: .finishFiber))
      case .returned(let from, let count): action = returned(from: from, count: count)
      case .raise: action = raised()
      }
    }
  }

  /// Goes on with the youngest frame, whatever it is.
  func proceed() -> Action {
    let frame = pointee.frame
    guard frame.pointee.isNative else { return .lua }
    if frame.pointee.has(Frame.Flag.returning) {
      return .returned(from: frame.pointee.constants, count: Int(frame.pointee.extra))
    }
    // Not begun yet: its arguments end where the frame was told.
    if frame.pointee.extra == 0 {
      return .step(count: frame.pointee.constants - frame.pointee.base - 1, phase: 0)
    }
    return .step(count: 0, phase: Int(frame.pointee.extra))
  }

  /// Lets the native frame on top take one step.
  private func step(count: Int, phase: Int) -> Action {
    let frame = pointee.frame
    let native = frame.pointee.function.assumingMemoryBound(to: NativeObject.self)
    let raw = native.pointee.entry(self, frame.pointee.base, count, phase)
    return follow(raw)
  }

  /// Does what the native frame on top answered.
  func follow(_ raw: Int) -> Action {
    let frame = pointee.frame
    let slot = frame.pointee.base + NativeOutcome.index(raw)
    let count = NativeOutcome.count(raw)
    switch NativeOutcome.kind(raw) {
    case NativeOutcome.Kind.results:
      return .returned(from: slot, count: count)
    case NativeOutcome.Kind.call:
      frame.pointee.extra = Int32(truncatingIfNeeded: NativeOutcome.phase(raw))
      return call(slot, count, info: Frame.info(wanted: -1, mode: .native))
    case NativeOutcome.Kind.tailCall:
      return tailCall(slot, count)
    case NativeOutcome.Kind.yield:
      return yield(slot, count, phase: NativeOutcome.phase(raw))
    case NativeOutcome.Kind.resume:
      frame.pointee.extra = Int32(truncatingIfNeeded: NativeOutcome.phase(raw))
      return resume(slot, count)
    case NativeOutcome.Kind.wait:
      return parkTask(slot, phase: NativeOutcome.phase(raw))
    case NativeOutcome.Kind.host:
      return park(slot, count, phase: NativeOutcome.phase(raw))
    case NativeOutcome.Kind.again:
      frame.pointee.extra = Int32(truncatingIfNeeded: NativeOutcome.phase(raw))
      pointee.top = max(pointee.top, frame.pointee.base + NativeCall.freeSlotCount)
      return pointee.fuel < 0 ? attend() : proceed()
    default:
      return .raise
    }
  }

  /// Pops the frame on top and delivers what it returns.
  func returned(from: Slots, count: Int) -> Action {
    let frame = pointee.frame
    if pointee.fiber.pointee.hookMask & HookMask.return != 0, frame.pointee.isNative,
      !frame.pointee.has(Frame.Flag.returning), !pointee.fiber.pointee.isHookRunning
    {
      frame.pointee.info |= Frame.Flag.returning
      frame.pointee.extra = Int32(truncatingIfNeeded: count)
      return callReturnHook(from, count)
    }
    let info = frame.pointee.info
    let destination = functionSlot(of: frame)
    if frame.pointee.isNative { noteUnprotected(info) }
    pointee.frame = frame.below
    if pointee.fiber.pointee.hookMask != 0 { noteReturn() }
    return deliver(from: from, count: count, to: destination, info: info)
  }

  /// Gives results to the frame on top as `info` of the finished call says.
  func deliver(from: Slots, count: Int, to destination: Slots, info: UInt32) -> Action {
    let mode = unsafeBitCast(UInt8(truncatingIfNeeded: info >> 16), to: Frame.Mode.self)
    switch mode {
    case .call:
      let wanted = Int(info & Frame.wantedMask) - 1
      move(from: from, count: count, to: destination, wanted: wanted)
      if wanted < 0 { pointee.top = destination + count }
      return pointee.fuel < 0 ? attend(keeping: wanted < 0 ? nil : destination + wanted) : .lua
    case .finish:
      return finishInstruction(
        from: from,
        count: count,
        calleeSlot: destination,
        isNegated: info & Frame.wantedMask == 3
      )
    case .retry:
      pointee.top = destination
      pointee.frame.pointee.pc -= 1
      return .lua
    case .native:
      if count == 0 {
        destination.pointee = .nil
      } else if destination != from {
        pointee.fuel &-= Int64(count &>> 3)
        destination.update(from: from, count: count)
      }
      pointee.top = destination + count
      return .step(count: count, phase: Int(pointee.frame.pointee.extra))
    case .unwind:
      return continueUnwinding()
    case .finishFiber:
      return finishFiber(from: from, count: count)
    case .discard:
      leaveInterlude(destination, wasFinalizer: info & Frame.Flag.finalizer != 0)
      return proceed()
    case .handler:
      pointee.errorValue = count > 0 ? from.pointee : .nil
      pointee.fiber.pointee.handlerDepth -= 1
      return unwindToCatcher()
    }
  }

  /// Copies results; -1 wants all, missing ones are nil.
  ///
  /// Ranges may overlap downwards.
  @inline(__always)
  func move(from: Slots, count: Int, to destination: Slots, wanted: Int) {
    let copied = wanted < 0 ? count : min(count, wanted)
    pointee.fuel &-= Int64(copied &>> 3)
    var position = 0
    while position < copied {
      destination[position] = from[position]
      position &+= 1
    }
    while position < wanted {
      destination[position] = .nil
      position &+= 1
    }
  }

  /// The slot of the function a frame runs, where its results go.
  @inline(__always) func functionSlot(of frame: FrameRef) -> Slots {
    if frame.pointee.isNative { return frame.pointee.base }
    let slot = frame.pointee.base.lowered(by: 1)
    if frame.pointee.has(Frame.Flag.vararg) {
      let closure = frame.pointee.function.assumingMemoryBound(to: ClosureObject.self)
      let parameters = Int(closure.pointee.prototype.pointee.parameterCount)
      return slot.lowered(by: Int(frame.pointee.extra) + parameters + 1)
    }
    return slot
  }
}
