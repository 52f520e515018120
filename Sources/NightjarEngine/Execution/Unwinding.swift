// From a raised error to its handler, as steps of the trampoline:
//
//   raised → (message handler runs on top of everything) → unwindToCatcher → close variables of the
//   frames that are given up, one call each → the catching native takes its step with `failedPhase`
//
// Closing methods may yield, fail (the new error replaces the old) or be anything else: the state
// of unwinding is the catching frame's flag, its slot 0 (the error) and the fiber's list of pending
// closes. An error nobody catches leaves a coroutine dead with its frames in place, for tracebacks
// and `coroutine.close`.
// SOURCE: manual §2.3, §3.3.8.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The phase in which a catching native is entered with the error in its slot 1.
  static var failedPhase: Int { 255 }
  /// Nested message handlers and protected calls until handlers are told "C stack overflow" and not the
  /// error they are called for; `DialectRules.handlerDepthMax` ends it.
  ///
  /// SOURCE: the references' limit of C calls, of which a program's own start takes two.
  static var toldHandlerDepth: Int { 198 }
  /// Handlers that may be nested however many protected calls there are.
  static var leastHandlerDepth: Int { 10 }

  /// Handles an error raised in the youngest frame.
  @inline(never) func raised() -> Action {
    guard let catcher = catcher(), let handler = messageHandler(of: catcher) else {
      return unwindToCatcher()
    }
    let fiber = pointee.fiber
    let dialect = catcherDialect(catcher)
    let depth = Int(fiber.pointee.handlerDepth)
    let endsAtOnce = depth > 0 && dialect.follows(.handlerErrorsEnd)
    let isCallable = handler.isFunction || !dialect.follows(.handlerMayBeAnything)
    let calls = Int(fiber.pointee.protectedDepth)
    let most = max(dialect.rules.handlerDepthMax - calls, Self.leastHandlerDepth)
    if depth >= most || endsAtOnce || !isCallable {
      _ = raiseErrorInErrorHandling()
      return unwindToCatcher()
    }
    if depth >= max(Self.toldHandlerDepth - calls, Self.leastHandlerDepth) {
      _ = raise("C stack overflow")
    }
    // The stack may overflow where the handler is to be called, which makes room for it.
    for _ in 0..<2 {
      let frameCount = pointee.frame - fiber.pointee.frames
      let action = callHandler(handler)
      guard case .raise = action, pointee.frame - fiber.pointee.frames == frameCount else {
        return action
      }
      fiber.pointee.handlerDepth -= 1
    }
    _ = raiseErrorInErrorHandling()
    return unwindToCatcher()
  }

  /// Calls a message handler with the error being raised.
  private func callHandler(_ handler: Value) -> Action {
    pointee.fiber.pointee.handlerDepth += 1
    var slot = max(liveTop(), pointee.top)
    do throws(ScriptError) { slot = try reserve(slot, 3) } catch { return .raise }
    slot[0] = handler
    slot[1] = pointee.errorValue
    pointee.top = slot + 2
    return call(slot, 1, info: Frame.info(wanted: 1, mode: .handler))
  }

  /// Makes the native frame on top one that stops errors.
  ///
  /// - Throws: "C stack overflow" when too many are active.
  func protect(_ flags: UInt32 = 0) throws(ScriptError) {
    let frame = pointee.frame
    let fiber = pointee.fiber
    if !frame.pointee.has(Frame.Flag.catches) {
      // Each message handler in another has half as much: with the whole depth for each a few lines ran
      // for half a minute.
      let depth = pointee.limits.protectedDepth >> Int(fiber.pointee.handlerDepth)
      if Int(fiber.pointee.protectedDepth) >= max(depth, Self.toldHandlerDepth) {
        throw raise("C stack overflow")
      }
      fiber.pointee.protectedDepth += 1
    }
    frame.pointee.info |= Frame.Flag.catches | flags
  }

  /// A frame is popped.
  @inline(__always) func noteUnprotected(_ info: UInt32) {
    if info & (Frame.Flag.catches | Frame.Flag.finalizer) == Frame.Flag.catches {
      pointee.fiber.pointee.protectedDepth -= 1
    }
  }

  /// The youngest frame of the running fiber that stops errors.
  private func catcher() -> FrameRef? {
    var frame = pointee.frame
    let first = pointee.fiber.pointee.frames
    let isCancelled = isCancellation(pointee.errorValue)
    while frame > first {
      if frame.pointee.has(Frame.Flag.catches), !isCancelled || stopsCancellation(frame) {
        return frame
      }
      frame = frame.below
    }
    // The base record catches while its fiber is being closed.
    return first.pointee.has(Frame.Flag.catches) ? first : nil
  }

  /// The dialect of the `xpcall` that a frame runs.
  private func catcherDialect(_ catcher: FrameRef) -> LuaDialect {
    guard catcher.pointee.isNative, catcher > pointee.fiber.pointee.frames else {
      return pointee.mainDialect
    }
    return catcher.pointee.function.assumingMemoryBound(to: NativeObject.self).dialect
  }

  /// The handler of an `xpcall` frame: it keeps it in its slot 1.
  private func messageHandler(of catcher: FrameRef) -> Value? {
    catcher.pointee.has(Frame.Flag.hasHandler) ? catcher.pointee.base[1] : nil
  }

  /// Gives up the frames above the catcher, or the fiber when there is none.
  func unwindToCatcher() -> Action {
    guard let catcher = catcher() else {
      return isCancellation(pointee.errorValue)
        ? closeFiber(error: pointee.errorValue) : failFiber()
    }
    let keepsCancellation =
      catcher.pointee.has(Frame.Flag.unwinding) && keepCancellation(catcher.pointee.base[0])
    let isBase = catcher == pointee.fiber.pointee.frames && pointee.fiber.pointee.resumer == nil
    if let kernel = pointee.tasks {
      if isBase || stopsCancellation(catcher) {
        if let action = dropIfOutOfMemory(kernel) { return action }
        if !isCancellation(pointee.errorValue) { noteFailure(at: catcher, leaving: kernel) }
      } else {
        if kernel.pointee.failure != nil { kernel.pointee.failure = nil }
        if pointee.heap.hasLoan {
          currentTask?.pointee.flags.subtract([.ranOut, .ranOutAgain])
          pointee.heap.endLoan()
        }
      }
    }
    if isBase && !isCancellation(pointee.errorValue) { reportFailure() }
    popFrames(above: catcher)
    catcher.pointee.info |= Frame.Flag.unwinding
    if !keepsCancellation { catcher.pointee.base[0] = pointee.errorValue }
    return continueUnwinding()
  }

  /// Whether an error that passes a frame is caught on the same fiber by somebody who does not show it.
  ///
  /// What is looked at is paid for.
  func isCaught(below catcher: FrameRef) -> Bool {
    let first = pointee.fiber.pointee.frames
    var frame = catcher
    defer { pointee.fuel &-= Int64((catcher - frame) >> 2) }
    while frame > first {
      frame = frame.below
      if frame > first && frame.pointee.has(Frame.Flag.catches) && !stopsCancellation(frame) {
        return !frame.pointee.has(Frame.Flag.hasHandler)
      }
    }
    return false
  }

  /// Pops frames without running them further, and keeps what they count for.
  func popFrames(above catcher: FrameRef) {
    var frame = pointee.frame
    while frame > catcher {
      switch frame.pointee.mode {
      case .discard:
        if frame.pointee.has(Frame.Flag.finalizer) {
          endFinalizing()
        } else {
          pointee.fiber.pointee.noYieldDepth -= 1
          pointee.fiber.pointee.isHookRunning = false
          pointee.fiber.pointee.hookState.isArmed = false
        }
      case .handler: pointee.fiber.pointee.handlerDepth -= 1
      default: break
      }
      if frame.pointee.isNative {
        noteUnprotected(frame.pointee.info)
      } else {
        pointee.fuel &-= Int64(instructionIndex(of: frame))
      }
      frame = frame.below
    }
    pointee.frame = catcher
  }

  /// Closes the next pending variable of the frames given up by the catcher on top; at the end
  /// the catcher takes its step.
  func continueUnwinding() -> Action {
    let frame = pointee.frame
    let level = frame.pointee.base + 1
    if let action = closeNext(
      from: level,
      error: frame.pointee.base[0],
      above: nil,
      info: Frame.info(wanted: 0, mode: .unwind)
    ) {
      return action
    }
    frame.pointee.info &= ~Frame.Flag.unwinding
    let error = frame.pointee.base[0]
    frame.pointee.base[1] = error
    pointee.top = frame.pointee.base + 2
    // Nothing keeps the error alive but whoever caught it.
    pointee.errorValue = .nil
    leaveOverflow()
    if frame == pointee.fiber.pointee.frames { return finishClosing(error) }
    return .step(count: 1, phase: Self.failedPhase)
  }

  /// Closes upvalues from `level` on and calls the closing method of the youngest pending variable there.
  ///
  /// The error is the one being unwound, nil in a normal exit. Slots are free from `above` on, or above
  /// the variable.
  ///
  /// - Returns: nil when none is pending any more.
  func closeNext(from level: Slots, error: Value, above: Slots?, info: UInt32) -> Action? {
    closeUpvalues(from: level)
    let fiber = pointee.fiber
    guard fiber.pointee.pendingCloseCount > 0, let pending = fiber.pointee.pendingCloses else {
      return nil
    }
    let offset = pending[fiber.pointee.pendingCloseCount - 1]
    let variable = fiber.pointee.stack + offset
    if variable < level { return nil }
    fiber.pointee.pendingCloseCount -= 1
    let value = variable.pointee
    var slot = above ?? variable + 1
    do throws(ScriptError) { slot = try reserve(slot, 4) } catch { return .raise }
    slot[0] = metamethod(of: value, .close) ?? .nil
    slot[1] = value
    slot[2] = error
    pointee.top = slot + 3
    if slot[0].isNil {
      _ = raise("attempt to call a nil value (metamethod 'close')")
      return .raise
    }
    let isPlain = error.isNil && !runningDialect.follows(.closingTellsErrors)
    return call(slot, isPlain ? 1 : 2, info: info)
  }

  /// Registers a variable to be closed.
  ///
  /// - Throws: when the value has no `__close` metamethod.
  func markToBeClosed(_ slot: Slots) throws(ScriptError) {
    if slot.pointee.isFalsy { return }
    let fiber = pointee.fiber
    if metamethod(of: slot.pointee, .close) == nil {
      let name = localName(of: pointee.frame, slot: slot) ?? "?"
      throw raise("variable '\(name)' got a non-closable value")
    }
    if fiber.pointee.pendingCloseCount == fiber.pointee.pendingCloseCapacity {
      let capacity = fiber.pointee.pendingCloseCapacity
      let grown = capacity == 0 ? 8 : capacity * 2
      let storage: UnsafeMutableRawPointer?
      if let old = fiber.pointee.pendingCloses {
        storage = pointee.heap.resizeExternal(old, from: capacity * 8, to: grown * 8)
      } else {
        storage = pointee.heap.allocateExternal(grown * 8)
      }
      guard let storage else { throw raiseMemory() }
      fiber.pointee.pendingCloses = storage.assumingMemoryBound(to: Int.self)
      fiber.pointee.pendingCloseCapacity = grown
    }
    guard let pending = fiber.pointee.pendingCloses else { return }
    pending[fiber.pointee.pendingCloseCount] = slot - fiber.pointee.stack
    fiber.pointee.pendingCloseCount += 1
  }
}
