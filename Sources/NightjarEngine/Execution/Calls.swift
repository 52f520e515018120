// Calling values: Lua functions get a frame and are executed by the loop, leaf natives run at once, other
// natives get a frame and are stepped by the trampoline, anything else is asked for `__call`.
// SOURCE: manual §2.4 (__call), §3.4.10.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Calls the value in `slot` with the `count` arguments behind it.
  ///
  /// `info` is the wanted results, mode and flags of the new frame (`Frame.info`).
  @inline(never)
  func call(_ slot: Slots, _ count: Int, info: UInt32) -> Action {
    switch slot.pointee.tag {
    case .closure: return enter(slot, count, info: info)
    case .native: return callNative(slot, count, info: info)
    default:
      let given = count
      var count = count
      let found: Slots
      do throws(ScriptError) { found = try findCallee(slot, &count) } catch { return .raise }
      let info = info | callChain(count - given)
      return found.pointee.tag == .closure
        ? enter(found, count, info: info) : callNative(found, count, info: info)
    }
  }

  /// The part of a frame's `info` that says how many `__call` metamethods led to it.
  private func callChain(_ count: Int) -> UInt32 {
    Swift.min(UInt32(count) << Frame.callChainShift, Frame.callChainMask)
  }

  /// Puts `__call` metamethods before the value in `slot`, which becomes an argument, until a function
  /// stands there.
  ///
  /// - Returns: where `slot` is now.
  private func findCallee(_ slot: Slots, _ count: inout Int) throws(ScriptError) -> Slots {
    var slot = slot
    for _ in 0..<runningRules.callChainLengthMax {
      if slot.pointee.isFunction { return slot }
      guard let handler = metamethod(of: slot.pointee, .call) else { throw raiseCallError(slot) }
      slot = try reserve(slot, count + 3)
      (slot + 1).update(from: slot, count: count + 1)
      slot.pointee = handler
      count += 1
      pointee.fuel &-= Int64(count >> 3)
    }
    if slot.pointee.isFunction { return slot }
    throw raise("'__call' chain too long; possible loop")
  }

  /// Pushes the frame of a Lua function.
  ///
  /// `lostCount` is the calls whose place it takes; it stands where the function stood.
  private func enter(
    _ slot: Slots,
    _ count: Int,
    info: UInt32,
    lostCount: Int = 0
  ) -> Action {
    let closure = slot.pointee.closure
    let prototype = closure.pointee.prototype
    var slot = slot
    do throws(ScriptError) {
      slot = try reserve(slot, Swift.max(count, Int(prototype.pointee.registerCount)) + 1)
      try reserveFrame()
    } catch { return .raise }
    if lostCount > 0 { slot.pointee = Value(lostCount) }
    let base = slot + 1
    var position = count
    while position < Int(prototype.pointee.parameterCount) {
      base[position] = .nil
      position += 1
    }
    let frame = pointee.frame.above
    frame.initialize(
      to: Frame(
        pc: prototype.pointee.code,
        base: base,
        function: UnsafeMutableRawPointer(closure),
        constants: prototype.pointee.constants,
        info: info,
        extra: Int32(truncatingIfNeeded: count)
      )
    )
    pointee.frame = frame
    if pointee.fiber.pointee.hookMask != 0 && !pointee.fiber.pointee.isHookRunning {
      useHookedCode(frame)
    }
    return pointee.fuel < 0 ? attend(keeping: base + position) : .lua
  }

  /// Runs a native, at once if it is a leaf.
  private func callNative(_ slot: Slots, _ count: Int, info: UInt32) -> Action {
    let native = slot.pointee.native
    var slot = slot
    do throws(ScriptError) {
      slot = try reserve(slot, count + NativeCall.freeSlotCount)
    } catch { return .raise }
    pointee.top = slot + (count + 1)
    if native.needsFrame || pointee.fiber.pointee.hookMask != 0 {
      do throws(ScriptError) { try pushNative(slot, info: info) } catch { return .raise }
      if pointee.fiber.pointee.hookMask & HookMask.callOrReturn != 0 {
        return callHooked(native, slot, count)
      }
      return .step(count: count, phase: 0)
    }
    let offset = slot - pointee.fiber.pointee.stack
    let raw = native.pointee.entry(self, slot, count, 0)
    slot = pointee.fiber.pointee.stack + offset
    if NativeOutcome.kind(raw) == NativeOutcome.Kind.results {
      let from = slot + NativeOutcome.index(raw)
      return deliver(from: from, count: NativeOutcome.count(raw), to: slot, info: info)
    }
    // It needs a frame after all: to be seen in tracebacks, or to wait.
    do throws(ScriptError) { try pushNative(slot, function: native, info: info) } catch {
      return .raise
    }
    return follow(raw)
  }

  /// Pushes the frame of the native in `slot`.
  func pushNative(_ slot: Slots, info: UInt32) throws(ScriptError) {
    try pushNative(slot, function: slot.pointee.native, info: info)
  }

  /// Pushes the frame of a native whose window begins at `slot`.
  func pushNative(_ slot: Slots, function: NativeRef, info: UInt32) throws(ScriptError) {
    try reserveFrame()
    let frame = pointee.frame.above
    frame.initialize(
      to: Frame(
        pc: pointee.frame.pointee.pc,
        base: slot,
        function: UnsafeMutableRawPointer(function),
        constants: pointee.top,
        info: info | Frame.Flag.native,
        extra: 0
      )
    )
    pointee.frame = frame
  }

  /// Calls the value in `slot` in place of the native frame on top.
  func tailCall(_ slot: Slots, _ count: Int) -> Action {
    let frame = pointee.frame
    let destination = frame.pointee.base
    let info = frame.pointee.info & 0xFF_FFFF & ~Frame.callChainMask
    pointee.frame = frame.below
    if slot != destination { destination.update(from: slot, count: count + 1) }
    pointee.top = destination + (count + 1)
    return call(destination, count, info: info)
  }

  /// `return f(…)` of a Lua function: the callee takes the frame's place.
  ///
  /// - Precondition: variables to be closed are closed.
  @inline(never) func tailCallLua(_ slot: Slots, _ count: Int) -> Action {
    let frame = pointee.frame
    var info = frame.pointee.info & 0xFF_FFFF & ~Frame.callChainMask
    var source = slot
    var count = count
    if !source.pointee.isFunction {
      let given = count
      do throws(ScriptError) { source = try findCallee(source, &count) } catch { return .raise }
      info |= callChain(count - given)
    }
    if source.pointee.tag == .native {
      // The Lua frame stays below a native, as messages name the native by the calling instruction.
      return call(source, count, info: Frame.info(wanted: -1, mode: .finish))
    }
    let destination = functionSlot(of: frame)
    let lostCount = lostCallCount(of: frame) + 1
    pointee.frame = frame.below
    pointee.fuel &-= Int64(count >> 3)
    destination.update(from: source, count: count + 1)
    pointee.top = destination + (count + 1)
    let action = enter(
      destination,
      count,
      info: info | Frame.Flag.tailCalled,
      lostCount: lostCount
    )
    return pointee.fuel < 0 ? attendAfter(action) : action
  }

  private func attendAfter(_ action: Action) -> Action {
    if case .lua = action { return attend() }
    return action
  }
}
