// Fuel: instructions executed, exactly, plus declared costs of library work.
//
// Straight-line code is counted by program-counter differences, so an instruction costs nothing by
// itself: let F be the fuel used, C the charges so far and i the index of the next instruction in the
// running function; F = C + i + (the indices at which older frames wait). A taken jump by d moves i
// without executing, so it charges -d: forward jumps give back, backward jumps charge their length. A call
// changes nothing in the sum; a return drops the callee's index, so it charges index + 1, which
// the compiler put into the instruction. Unwinding and tail calls do the same.
// A fiber that stops pays for the indices of all its frames, and gets that back when it goes on.
//
// `fuel` counts down and is tested at backward jumps, calls of natives with frames and returns. The
// collector's debt and interruptions borrow the counter: `requestAttention` sets the rest aside and
// drives it negative, so that there is one compare for all. A host that wants interruptions seen soon
// sets all but an attention period aside from the start.

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Makes the loop call `attend()` at its next safepoint.
  @inline(never) func requestAttention() {
    if pointee.fuel >= 0 {
      pointee.fuelSetAside &+= pointee.fuel &+ 1
      pointee.fuel = -1
    }
    // Calls take the slow path, which looks up too: a recursion has no other safepoint.
    pointee.frameLimit = pointee.fiber.pointee.frames
  }

  /// The fuel that is left.
  var fuelLeft: Int64 { pointee.fuel &+ pointee.fuelSetAside }

  /// Keeps in the counter what may be used before the loop is to look up again, and sets the rest aside.
  func divideFuel(_ left: Int64) {
    let period = pointee.attentionPeriod
    let isDivided = period > 0 && left > period
    pointee.fuel = isDivided ? period : left
    pointee.fuelSetAside = isDivided ? left &- period : 0
  }

  /// Gives back what the indices of a fiber's frames were charged when it stopped; not to one that is
  /// only closed, as its frames are given up.
  @inline(__always) func beginTurn(of fiber: FiberRef, isClosing: Bool) {
    if !isClosing { pointee.fuel &+= fiber.pointee.fuelDeposit }
    fiber.pointee.fuelDeposit = 0
  }

  /// Charges the indices of the running fiber's frames before another one goes on: nobody may ever
  /// resume it, so neither what it executed may be free nor its forward jumps earn anything.
  ///
  /// The walk itself costs an eighth of an instruction for each frame.
  @inline(__always) func endTurn() {
    let base = pointee.fiber.pointee.frames
    var frame = pointee.frame
    var executed = 0
    var count = 0
    while frame > base {
      if !frame.pointee.isNative {
        executed &+= instructionIndex(of: frame) &+ 1
      }
      frame = frame.below
      count &+= 1
    }
    pointee.fiber.pointee.fuelDeposit = Int64(executed)
    pointee.fuel &-= Int64(executed &+ count >> 3)
  }

  /// Charges for a full collection that a script asked for.
  func chargeCollection() { pointee.fuel &-= Int64(pointee.heap.byteCount >> 6) }

  /// Looks after what drove `fuel` negative: at a safepoint, with all frames saved.
  ///
  /// - Parameter top: Nothing from here on is read by the instructions to come, as far as the frame on
  ///   top knows. Values left there would keep objects alive as long as a loop runs.
  /// - Returns: what is to be done next.
  @inline(never) func attend(keeping top: Slots? = nil) -> Action {
    let left = fuelLeft
    divideFuel(left)
    updateStackLimit()
    if pointee.interruption.pointee != 0 {
      pointee.interruption.pointee = 0
      _ = raise("interrupted!")
      return .raise
    }
    guard attendToMemory(keeping: top) else {
      // What waits for its finalizer goes first.
      if left >= 0 && mayFinalize { return runFinalizers() }
      _ = raiseMemory()
      return .raise
    }
    if left < 0 {
      if pointee.killMessage != nil { return abandon() }
      keepRegisters()
      pointee.exit = .outOfFuel
      return .exit
    }
    return mayFinalize ? runFinalizers() : proceed()
  }

  /// Whether objects wait to be finalized and their finalizers may run now.
  var mayFinalize: Bool {
    pointee.heap.hasPendingFinalizers && !pointee.isFinalizing
      && pointee.fiber.pointee.noYieldDepth == 0
  }

  /// - Returns: Whether the heap is within its limit.
  private func attendToMemory(keeping top: Slots?) -> Bool {
    pointee.attendedTop = top
    defer { pointee.attendedTop = nil }
    if pointee.heap.wantsCollection { collectorStep() }
    pointee.heap.heedSystem()
    if pointee.heap.byteLimit != .max { pointee.heap.countLists() }
    if pointee.heap.holdsTooMuch { pointee.heap.giveBackFreePages() }
    if pointee.isFinalizing && pointee.heap.hasRoomForFinalizers { return true }
    if pointee.heap.isOverLimit || pointee.heap.wasRefused {
      // What allocates without end next to the limit pays for the collections it causes.
      pointee.fuel &-= Int64(pointee.heap.byteCount >> 4)
      collectFully()
    }
    if pointee.wantsSmallerStack { shrinkStack() }
    return !pointee.heap.isOverLimit
  }
}
