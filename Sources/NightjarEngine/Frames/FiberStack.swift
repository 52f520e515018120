// Room on a fiber's stack and in its frame records. Both move when they grow; every pointer into
// them is rewritten here, and callers go on with the one they are given back.
//
//   stack:  │ live … │ free, valid Values … │ reserve for natives │
//           ↑ stack                          ↑ stackLimit          ↑ stack + stackCapacity

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Slots kept free behind `stackLimit`, so that natives and metamethod calls need no check.
  static var stackReserve: Int { NativeCall.freeSlotCount + 8 }
  /// What an overflowing fiber may still use to handle the overflow.
  static var overflowSlotCount: Int { 4096 }
  static var overflowFrameCount: Int { 256 }

  /// Makes sure that `count` slots from `slot` on can be used.
  ///
  /// - Returns: where `slot` is now.
  /// - Throws: "stack overflow" beyond the limit.
  @inline(__always)
  func reserve(_ slot: Slots, _ count: Int) throws(ScriptError) -> Slots {
    if UInt(bitPattern: slot + count) <= UInt(bitPattern: pointee.stackLimit) { return slot }
    return try growStack(slot, count)
  }

  @inline(never)
  private func growStack(_ slot: Slots, _ count: Int) throws(ScriptError) -> Slots {
    let fiber = pointee.fiber
    let used = slot - fiber.pointee.stack
    let needed = used + count + Self.stackReserve
    let capacity = fiber.pointee.stackCapacity
    if needed <= capacity { return slot }
    let limit = pointee.limits.stackSlotCount
    if capacity > limit + Self.stackReserve && needed > capacity {
      throw raiseErrorInErrorHandling()
    }
    if used + count > limit {
      // The first overflow gets extra room, so that handlers can run.
      try resizeStack(to: limit + Self.overflowSlotCount + Self.stackReserve)
      throw raise("stack overflow")
    }
    try resizeStack(to: min(max(needed, capacity * 2), limit + Self.stackReserve))
    return pointee.fiber.pointee.stack + used
  }

  /// Gives an overflowed fiber its ordinary limits back, when what overflowed has been unwound.
  func leaveOverflow() {
    let fiber = pointee.fiber
    let limit = pointee.limits.stackSlotCount
    if fiber.pointee.stackCapacity > limit + Self.stackReserve,
      pointee.top - fiber.pointee.stack < limit - Self.overflowSlotCount
    {
      try? resizeStack(to: limit + Self.stackReserve)
    }
    let depth = pointee.limits.callDepth
    if fiber.pointee.frameCapacity > depth, pointee.frame - fiber.pointee.frames < depth - 256 {
      try? resizeFrames(to: depth)
    }
  }

  /// Asks for the running fiber's stack to be shrunk at the next safepoint, where nobody points into it,
  /// if it is large and hardly used, as a recursion leaves it behind.
  func considerStack(top: Int, frameCount: Int) {
    let fiber = pointee.fiber
    if fiber.pointee.stackCapacity > 4096 && top < fiber.pointee.stackCapacity / 8
      || fiber.pointee.frameCapacity > 1024 && frameCount < fiber.pointee.frameCapacity / 8
    {
      pointee.wantsSmallerStack = true
      requestAttention()
    }
  }

  /// Gives back most of the running fiber's stack and frame records.
  func shrinkStack() {
    pointee.wantsSmallerStack = false
    let fiber = pointee.fiber
    let top = Swift.max(liveTop(), pointee.top) - fiber.pointee.stack
    let needed = Swift.max(2 * (top + Self.stackReserve), 1024)
    if needed < fiber.pointee.stackCapacity / 2 { try? resizeStack(to: needed) }
    let frameCount = Swift.max(2 * (pointee.frame - fiber.pointee.frames + 1), 256)
    if frameCount < fiber.pointee.frameCapacity / 2 { try? resizeFrames(to: frameCount) }
  }

  private func resizeStack(to capacity: Int) throws(ScriptError) {
    let fiber = pointee.fiber
    let old = fiber.pointee.stack
    let oldCapacity = fiber.pointee.stackCapacity
    guard
      let storage = pointee.heap.resizeExternal(
        old,
        from: oldCapacity * 16,
        to: capacity * 16
      )
    else { throw raiseMemory() }
    let stack = storage.assumingMemoryBound(to: Value.self)
    if capacity > oldCapacity {
      (stack + oldCapacity).initialize(repeating: .nil, count: capacity - oldCapacity)
    }
    fiber.pointee.stack = stack
    fiber.pointee.stackCapacity = capacity
    func moved(_ slot: Slots) -> Slots {
      stack + ((Int(bitPattern: slot) &- Int(bitPattern: old)) / 16)
    }
    pointee.top = moved(pointee.top)
    var frame = fiber.pointee.frames
    while frame <= pointee.frame {
      frame.pointee.base = moved(frame.pointee.base)
      if frame.pointee.isNative { frame.pointee.constants = moved(frame.pointee.constants) }
      frame = frame.above
    }
    var cell = fiber.pointee.openUpvalues
    while let upvalue = cell {
      upvalue.pointee.location = moved(upvalue.pointee.location)
      cell = upvalue.nextOpen
    }
    updateStackLimit()
  }

  /// Sets `stackLimit` from the running fiber.
  func updateStackLimit() {
    let fiber = pointee.fiber
    pointee.stackLimit =
      fiber.pointee.stack + (fiber.pointee.stackCapacity - Self.stackReserve)
    pointee.frameLimit = fiber.pointee.frames + fiber.pointee.frameCapacity
    if fiber.pointee.hookMask != 0 || pointee.fuel < 0 {
      pointee.frameLimit = fiber.pointee.frames
    }
  }

  /// Makes sure that a frame record can be pushed.
  @inline(__always) func reserveFrame() throws(ScriptError) {
    if UInt(bitPattern: pointee.frame.above) >= UInt(bitPattern: pointee.frameLimit) {
      try growFrames()
    }
  }

  @inline(never) private func growFrames() throws(ScriptError) {
    let fiber = pointee.fiber
    let used = pointee.frame - fiber.pointee.frames + 1
    let capacity = fiber.pointee.frameCapacity
    if used < capacity { return }
    let limit = pointee.limits.callDepth
    if used > limit { throw raiseErrorInErrorHandling() }
    if used == limit {
      try resizeFrames(to: limit + Self.overflowFrameCount)
      throw raise("stack overflow")
    }
    try resizeFrames(to: min(capacity * 2, limit))
  }

  private func resizeFrames(to capacity: Int) throws(ScriptError) {
    let fiber = pointee.fiber
    let used = pointee.frame - fiber.pointee.frames
    guard
      let storage = pointee.heap.resizeExternal(
        fiber.pointee.frames,
        from: fiber.pointee.frameCapacity * 40,
        to: capacity * 40
      )
    else { throw raiseMemory() }
    fiber.pointee.frames = storage.assumingMemoryBound(to: Frame.self)
    fiber.pointee.frameCapacity = capacity
    pointee.frame = fiber.pointee.frames + used
    updateStackLimit()
  }
}
