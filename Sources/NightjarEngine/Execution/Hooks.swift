// Debug hooks (manual §6.10, sethook) at no cost to code that is not watched: a watched function runs
// from a copy of its code in which every opcode is `trap`. The trap decides which hooks are due, has
// them called one by one as interludes (each time the trap is executed again), then lets the
// instruction it stands for be executed as a debugger steps over a breakpoint: the word shows its
// instruction until the next trap hides it again (`stepped`). A loop that jumps to itself would never
// meet another trap, so the trap performs such loops itself.
//
// While a fiber has a hook its frame limit is zero, so that every call takes the slow path, which
// enters functions through their watched code.

internal import NightjarBase
internal import NightjarBytecode

/// The events of a hook mask.
enum HookMask {
  static var call: UInt8 { 1 }
  static var `return`: UInt8 { 2 }
  static var line: UInt8 { 4 }
  static var count: UInt8 { 8 }
  static var callOrReturn: UInt8 { 3 }
}

/// What a fiber knows of its hook beside the function and mask.
struct HookState {
  /// Events still due before the instruction at hand.
  var due: UInt8 = 0
  /// The events of the instruction at hand have been worked out.
  var isArmed = false
  /// A function was entered and its first instruction has not been seen yet.
  var isEntering = false
  var isTailCall = false
  /// Returns still due of calls that ended in a tail call.
  var lostReturns = 0
  /// The instruction seen last, for line events.
  var lastIndex: Int32 = -1
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Sets or clears the hook of a fiber; frames in progress change over.
  func setHook(_ fiber: FiberRef, _ function: Value, mask: UInt8, count: Int32) {
    hideStepped()
    guard let watch = fiber.pointee.watch ?? makeWatch(fiber) else { return }
    watch.pointee.hook = function
    watch.pointee.count = count
    watch.pointee.countdown = count
    barrier(function)
    fiber.pointee.hookMask = mask
    fiber.pointee.hookState.isArmed = false
    if mask != 0 {
      var frame = fiber == pointee.fiber ? pointee.frame : fiber.pointee.frame
      while frame > fiber.pointee.frames {
        if !frame.pointee.isNative { useHookedCode(frame, isEntering: false) }
        frame = frame.below
      }
    }
    if fiber == pointee.fiber { updateStackLimit() }
  }

  /// Room for what is known of a fiber's hook; nil when there is no memory for it.
  private func makeWatch(_ fiber: FiberRef) -> UnsafeMutablePointer<FiberWatch>? {
    guard let storage = pointee.heap.allocateExternal(MemoryLayout<FiberWatch>.stride) else {
      return nil
    }
    let watch = storage.assumingMemoryBound(to: FiberWatch.self)
    watch.initialize(to: FiberWatch())
    fiber.pointee.watch = watch
    registerOwner(object: fiber)
    return watch
  }

  /// Makes a Lua frame run from the watched copy of its code.
  func useHookedCode(_ frame: FrameRef, isEntering: Bool = true) {
    let prototype = prototype(of: frame)
    let count = Int(prototype.pointee.codeCount)
    if prototype.pointee.hookedCode == nil {
      guard let storage = pointee.heap.allocateExternal(count * 8) else { return }
      let code = storage.assumingMemoryBound(to: UInt64.self)
      for index in 0..<count {
        code[index] = prototype.pointee.code[index] & ~0xFF | UInt64(Opcode.trap.rawValue)
      }
      prototype.pointee.hookedCode = code
    }
    guard let hooked = prototype.pointee.hookedCode else { return }
    let index = frame.pointee.pc - prototype.pointee.code
    if index >= 0 && index <= count { frame.pointee.pc = hooked + index }
    if isEntering {
      pointee.fiber.pointee.hookState.isEntering = true
      pointee.fiber.pointee.hookState.isTailCall =
        frame.pointee.has(Frame.Flag.tailCalled)
        && prototype.pointee.dialect.rules.hooksTellTailCalls
      pointee.fiber.pointee.hookState.isArmed = false
    }
  }

  /// Executes a trap; the loop then starts over from the frames.
  @inline(never) func trapped(_ frame: FrameRef) {
    hideStepped()
    guard let word = dueInstruction(frame) else { return }
    let index = instructionIndex(of: frame)
    let base = frame.pointee.base
    if word.d == -1 && word.opcode == .jumpBack {
      frame.pointee.pc -= 1
      pointee.fuel -= 1
      if pointee.fuel < 0 { drive(attend(keeping: kept(by: word, base))) }
      return
    }
    if word.d == -1 && word.opcode == .forLoop {
      if stepFor(base + Int(word.a)) {
        frame.pointee.pc -= 1
        pointee.fuel -= 1
        if pointee.fuel < 0 { drive(attend(keeping: base + (Int(word.a) + 4))) }
      }
      return
    }
    guard let hooked = prototype(of: frame).pointee.hookedCode else { return }
    pointee.stepped = hooked + index
    pointee.steppedPrototype = prototype(of: frame)
    hooked[index] = word.bits
    frame.pointee.pc -= 1
  }

  /// Puts the trap back over the instruction that was let through last.
  private func hideStepped() {
    guard let word = pointee.stepped else { return }
    word.pointee = word.pointee & ~0xFF | UInt64(Opcode.trap.rawValue)
    pointee.stepped = nil
    pointee.steppedPrototype = nil
  }

  /// One step of a numeric loop; false when it ends.
  private func stepFor(_ r: Slots) -> Bool {
    if r.pointee.tag == .integer {
      let count = r[1].bits
      if count == 0 { return false }
      r[1] = Value(Int64(bitPattern: count &- 1))
      r[0] = Value(r[0].integer &+ r[2].integer)
    } else {
      let value = r[0].float + r[2].float
      guard r[2].float > 0 ? value <= r[1].float : r[1].float <= value else { return false }
      r[0] = Value(value)
    }
    r[3] = r[0]
    return true
  }

  /// The instruction a trap stands for, when no hook is due before it; nil when frames changed.
  private func dueInstruction(_ frame: FrameRef) -> Word? {
    let prototype = prototype(of: frame)
    let index = instructionIndex(of: frame)
    let word = Word(bits: prototype.pointee.code[index])
    let fiber = pointee.fiber
    if fiber.pointee.hookMask == 0 {
      // Not watched any more: back to the plain code, where this instruction is fetched again.
      frame.pointee.pc = prototype.pointee.code + index
      return nil
    }
    // What lays out the arguments is seen by nobody.
    let isPreparation = word.opcode == .varargPrepare || word.opcode == .varargTable
    if fiber.pointee.isHookRunning || isPreparation { return word }
    if !fiber.pointee.hookState.isArmed { arm(frame, word, index) }
    if let event = nextEvent() {
      let line = event == "line" ? currentLine(of: frame, index: index) : nil
      drive(callHook(event, line: line))
      return nil
    }
    fiber.pointee.hookState.isArmed = false
    return leaveTrap(frame, word)
  }

  /// Works out which events an instruction causes.
  private func arm(_ frame: FrameRef, _ word: Word, _ index: Int) {
    let fiber = pointee.fiber
    let mask = fiber.pointee.hookMask
    var state = fiber.pointee.hookState
    state.due = 0
    if state.isEntering && mask & HookMask.call != 0 { state.due |= HookMask.call }
    if mask & HookMask.count != 0 {
      fiber.pointee.hookCountdown -= 1
      if fiber.pointee.hookCountdown <= 0 {
        fiber.pointee.hookCountdown = fiber.pointee.hookCount
        state.due |= HookMask.count
      }
    }
    if mask & HookMask.line != 0 {
      let lines = image(of: prototype(of: frame)).lines
      let last = Int(state.lastIndex)
      if state.isEntering || index <= last || last < 0 || beginsOlderLoop(frame, after: last)
        || (index < lines.count && last < lines.count && lines[index] != lines[last])
      {
        state.due |= HookMask.line
      }
      state.lastIndex = Int32(index)
    }
    switch word.opcode {
    case .returnMany, .returnNone, .returnOne:
      // A return that still has variables to close is executed once for each of them.
      if mask & HookMask.return != 0 && !(word.c == 1 && hasPendingClose(frame)) {
        state.due |= HookMask.return
        let countsLost = prototype(of: frame).pointee.dialect.rules.countsLostCalls
        state.lostReturns = countsLost ? lostCallCount(of: frame) : 0
      }
    default: break
    }
    state.isEntering = false
    state.isArmed = true
    fiber.pointee.hookState = state
  }

  /// Whether the instruction seen last prepared a numeric loop of a dialect that enters its loops by a
  /// jump back.
  private func beginsOlderLoop(_ frame: FrameRef, after index: Int) -> Bool {
    let prototype = prototype(of: frame)
    guard !prototype.pointee.dialect.rules.hasAttributes, index < Int(prototype.pointee.codeCount)
    else { return false }
    let word = Word(bits: prototype.pointee.code[index])
    return word.opcode == .forPrepare
  }

  /// Whether a frame has variables that wait to be closed.
  private func hasPendingClose(_ frame: FrameRef) -> Bool {
    let fiber = pointee.fiber
    guard fiber.pointee.pendingCloseCount > 0, let pending = fiber.pointee.pendingCloses else {
      return false
    }
    return fiber.pointee.stack + pending[fiber.pointee.pendingCloseCount - 1] >= frame.pointee.base
  }

  /// The next event that is due, in the reference's order.
  private func nextEvent() -> String? {
    let fiber = pointee.fiber
    let events: [(UInt8, String)] = [
      (HookMask.call, fiber.pointee.hookState.isTailCall ? "tail call" : "call"),
      (HookMask.count, "count"), (HookMask.line, "line"), (HookMask.return, "return"),
    ]
    for (bit, name) in events where fiber.pointee.hookState.due & bit != 0 {
      fiber.pointee.hookState.due &= ~bit
      return name
    }
    guard fiber.pointee.hookState.lostReturns > 0 else { return nil }
    fiber.pointee.hookState.lostReturns -= 1
    return "tail return"
  }

  /// A frame was popped: line events go on from the call in the frame now on top.
  @inline(never) func noteReturn() {
    let fiber = pointee.fiber
    guard !fiber.pointee.isHookRunning, pointee.frame > fiber.pointee.frames,
      !pointee.frame.pointee.isNative
    else { return }
    fiber.pointee.hookState.lastIndex = Int32(instructionIndex(of: pointee.frame))
  }

  /// The instruction goes on; calls of natives go through frames, so that they can be seen.
  private func leaveTrap(_ frame: FrameRef, _ word: Word) -> Word? {
    switch word.opcode {
    case .returnMany, .returnNone, .returnOne:
      let below = frame.below
      if !below.pointee.isNative {
        pointee.fiber.pointee.hookState.lastIndex = Int32(instructionIndex(of: below))
      }
      return word
    case .call:
      let slot = frame.pointee.base + Int(word.a)
      guard slot.pointee.tag == .native else { return word }
      let count = word.b == 0 ? pointee.top - (slot + 1) : Int(word.b) - 1
      drive(call(slot, count, info: UInt32(word.c)))
      return nil
    default: return word
    }
  }

  private func currentLine(of frame: FrameRef, index: Int) -> Int? {
    let lines = image(of: prototype(of: frame)).lines
    return index < lines.count ? Int(lines[index]) : nil
  }

  /// Calls the hook on top of everything.
  func callHook(_ event: String, line: Int?) -> Action {
    let slot: Slots
    do throws(ScriptError) { slot = try interlude() } catch { return .raise }
    slot[0] = pointee.fiber.pointee.hook
    slot[1] = Value(string(event))
    slot[2] = line.map { runningDialect.hasIntegers ? Value($0) : Value(Double($0)) } ?? .nil
    pointee.top = slot + 3
    pointee.fiber.pointee.isHookRunning = true
    pointee.fiber.pointee.noYieldDepth += 1
    return call(slot, 2, info: Frame.info(wanted: 0, mode: .discard))
  }

  /// A native was given its frame while calls are watched.
  func callHooked(_ native: NativeRef, _ slot: Slots, _ count: Int) -> Action {
    if pointee.fiber.pointee.isHookRunning || pointee.fiber.pointee.hookMask & HookMask.call == 0 {
      return .step(count: count, phase: 0)
    }
    return callHook("call", line: nil)
  }

  /// A native is about to return the `count` values at `from`.
  ///
  /// They stand above its function slot meanwhile, as that has no index for `debug.getlocal`.
  func callReturnHook(_ from: Slots, _ count: Int) -> Action {
    var results = from
    if from == pointee.frame.pointee.base {
      do throws(ScriptError) { results = try reserve(from, count + 2) + 1 } catch { return .raise }
      var position = count
      while position > 0 {
        position -= 1
        results[position] = results.lowered(by: 1)[position]
      }
    }
    pointee.frame.pointee.constants = results
    pointee.top = results + count
    return callHook("return", line: nil)
  }

  /// Room for a call that leaves everything as it was: `top` is kept in the slot below.
  func interlude() throws(ScriptError) -> Slots {
    let slot = try reserve(Swift.max(liveTop(), pointee.top), NativeCall.freeSlotCount)
    slot.pointee = Value(pointee.top - pointee.fiber.pointee.stack)
    return slot + 1
  }

  /// The end of an interlude.
  func leaveInterlude(_ slot: Slots, wasFinalizer: Bool) {
    let fiber = pointee.fiber
    pointee.top = fiber.pointee.stack + Int(slot.lowered(by: 1).pointee.integer)
    if wasFinalizer {
      endFinalizing()
      return
    }
    fiber.pointee.noYieldDepth -= 1
    fiber.pointee.isHookRunning = false
    // The trap whose event this was is executed again.
    if !pointee.frame.pointee.isNative { pointee.frame.pointee.pc -= 1 }
  }
}
