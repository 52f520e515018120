// Stacks of tasks. A task that runs needs room that natives may count on; one that has been parked for a
// while needs its live slots only. So parked fibers are packed into one cell of the heap, and what they
// ran on goes to a pool for the next ones.
//
//   running:  stack (80 slots, malloc) │ frames (6 records, malloc)
//   packed:   one raw cell │ live frames │ live slots │
//
// The base record of a task's fiber says the same in all of them, so it is left out of the cell: `frames`
// then points to where it would stand.
//
// The fibers parked last keep their stacks: two tasks that take turns never pay for packing.
//
// INVARIANT: storage in the pool holds nil values only.

internal import NightjarBase

/// Stacks of the usual size that nobody uses, and the fibers that were parked last.
struct StackPool {
  struct Storage {
    var stack: Slots
    var frames: FrameRef
  }

  var free = List<Storage>()
  /// Parked fibers that still have their stacks, oldest first: a ring.
  var warm = TaskRing()
  /// What dead fibers point to.
  let shared: Storage
  static var freeCountMax: Int { 64 }
  static var warmCountMax: Int { 64 }

  init() {
    let stack = Slots.allocate(capacity: 64)
    stack.initialize(repeating: .nil, count: 64)
    shared = Storage(stack: stack, frames: FrameRef.allocate(capacity: 2))
  }

  mutating func destroy() {
    free.destroy()
    warm.destroy()
    shared.stack.deallocate()
    shared.frames.deallocate()
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  private static var stackByteCount: Int { initialStackCapacity * 16 }
  private static var frameByteCount: Int { initialFrameCapacity * 40 }
  /// The largest fiber that is packed into a cell.
  private static var packedByteCountMax: Int { 4096 }

  /// Frees the pool's storage.
  func destroyStackPool() {
    guard let kernel = pointee.tasks else { return }
    while !kernel.pointee.stacks.free.isEmpty {
      let storage = kernel.pointee.stacks.free.removeLast()
      pointee.heap.freeExternal(storage.stack, byteCount: Self.stackByteCount)
      pointee.heap.freeExternal(storage.frames, byteCount: Self.frameByteCount)
    }
  }

  /// Bytes of the pool, which belong to no object.
  var stackPoolByteCount: Int {
    guard let kernel = pointee.tasks else { return 0 }
    return kernel.pointee.stacks.free.count * (Self.stackByteCount + Self.frameByteCount)
  }

  /// A stack and frame records of the usual size.
  private func takeStorage(_ kernel: KernelRef) -> StackPool.Storage? {
    if !kernel.pointee.stacks.free.isEmpty { return kernel.pointee.stacks.free.removeLast() }
    guard let stack = pointee.heap.allocateExternal(Self.stackByteCount) else { return nil }
    guard let frames = pointee.heap.allocateExternal(Self.frameByteCount) else {
      pointee.heap.freeExternal(stack, byteCount: Self.stackByteCount)
      return nil
    }
    let slots = stack.assumingMemoryBound(to: Value.self)
    slots.initialize(repeating: .nil, count: Self.initialStackCapacity)
    return StackPool.Storage(stack: slots, frames: frames.assumingMemoryBound(to: Frame.self))
  }

  /// Takes a dead fiber's storage, or frees it.
  func recycleStack(of fiber: FiberRef, _ kernel: KernelRef) {
    if fiber.pointee.isPacked {
      forgetStack(of: fiber)
      return
    }
    if let closes = fiber.pointee.pendingCloses {
      pointee.heap.freeExternal(closes, byteCount: fiber.pointee.pendingCloseCapacity * 8)
      fiber.pointee.pendingCloses = nil
      fiber.pointee.pendingCloseCapacity = 0
    }
    let isUsual =
      fiber.pointee.stackCapacity == Self.initialStackCapacity
      && fiber.pointee.frameCapacity == Self.initialFrameCapacity
    if isUsual && kernel.pointee.stacks.free.count < StackPool.freeCountMax {
      let stack = fiber.pointee.stack
      // Values are shorter than their slots: the loop writes what the collector reads.
      for index in 0..<Self.initialStackCapacity { stack[index] = .nil }
      kernel.pointee.stacks.free.append(
        StackPool.Storage(stack: stack, frames: fiber.pointee.frames)
      )
    } else {
      pointee.heap.freeExternal(
        fiber.pointee.stack,
        byteCount: fiber.pointee.stackCapacity * 16
      )
      pointee.heap.freeExternal(
        fiber.pointee.frames,
        byteCount: fiber.pointee.frameCapacity * 40
      )
    }
    forgetStack(of: fiber)
  }

  /// Leaves a dead fiber with storage that all dead fibers share.
  private func forgetStack(of fiber: FiberRef) {
    guard let kernel = pointee.tasks else { return }
    let shared = kernel.pointee.stacks.shared
    fiber.pointee.frames = shared.frames
    fiber.pointee.frameCapacity = 1
    fiber.pointee.stack = shared.stack
    fiber.pointee.stackCapacity = 2
    fiber.pointee.isPacked = true
    fiber.pointee.hasPackedBase = true
    fiber.pointee.frame = shared.frames
    fiber.pointee.top = shared.stack + 1
    shared.stack[0] = .nil
    shared.frames.initialize(to: baseRecord(shared.stack))
    shared.frames.pointee.info &= ~Frame.Flag.catches
  }

  /// Points a fiber to a cell of `frameCount` records, the base record only if `hasBase`, and slots.
  private func place(
    _ fiber: FiberRef,
    in cell: UnsafeMutableRawPointer,
    frameCount: Int,
    slotCount: Int,
    hasBase: Bool
  ) {
    let storedCount = hasBase ? frameCount : frameCount - 1
    let records = cell.assumingMemoryBound(to: Frame.self)
    fiber.pointee.frames = hasBase ? records : records.below
    fiber.pointee.frameCapacity = frameCount
    fiber.pointee.stack = (cell + storedCount * 40).assumingMemoryBound(to: Value.self)
    fiber.pointee.stackCapacity = slotCount
    fiber.pointee.isPacked = true
    fiber.pointee.hasPackedBase = hasBase
  }

  private func baseRecord(_ stack: Slots) -> Frame {
    Frame(
      pc: FiberObject.noCode,
      base: stack,
      function: UnsafeMutableRawPointer(
        pointee.primitives[Int(Primitive.fiberBase.rawValue)].unsafelyUnwrapped
      ),
      constants: stack,
      info: Frame.info(
        wanted: 0,
        mode: .finishFiber,
        flags: Frame.Flag.native | Frame.Flag.catches
      ),
      extra: 0
    )
  }

  /// A fiber for a task, packed until it runs: its function and arguments stand from slot 1 on.
  func makeTaskFiber(_ first: Slots, _ count: Int) -> FiberRef {
    let fiber = pointee.heap.allocate(MemoryLayout<FiberObject>.size)
      .assumingMemoryBound(to: FiberObject.self)
    let placeholder = Slots(bitPattern: 16).unsafelyUnwrapped
    let record = FrameRef(bitPattern: 16).unsafelyUnwrapped
    fiber.initialize(
      to: FiberObject(stack: placeholder, stackCapacity: 0, frames: record, frameCapacity: 0)
    )
    let slotCount = count + 2
    let cell = pointee.heap.allocateRaw(slotCount * 16)
    place(fiber, in: cell, frameCount: 1, slotCount: slotCount, hasBase: false)
    let stack = fiber.pointee.stack
    stack[0] = .nil
    for index in 0...count { stack[index + 1] = first[index] }
    fiber.pointee.frame = fiber.pointee.frames
    fiber.pointee.top = stack + slotCount
    return fiber
  }

  /// The most arguments that a task can be given.
  static var taskArgumentCountMax: Int { 200 }

  /// Gives a packed fiber a stack to run on.
  ///
  /// - Returns: false when there is no memory for one.
  func unpack(_ fiber: FiberRef, _ kernel: KernelRef) -> Bool {
    let slotCount = fiber.pointee.stackCapacity
    let frameCount = fiber.pointee.frameCapacity
    let isUsual =
      slotCount + Self.stackReserve <= Self.initialStackCapacity
      && frameCount < Self.initialFrameCapacity
    chargeKernel(Self.packingCost &+ slotCount &+ frameCount)
    let storage: StackPool.Storage
    var (stackCapacity, frameCapacity) = (Self.initialStackCapacity, Self.initialFrameCapacity)
    if isUsual {
      guard let taken = takeStorage(kernel) else { return false }
      storage = taken
    } else {
      stackCapacity = slotCount + Self.stackReserve + 24
      frameCapacity = frameCount + 6
      guard let stack = pointee.heap.allocateExternal(stackCapacity * 16) else { return false }
      guard let frames = pointee.heap.allocateExternal(frameCapacity * 40) else {
        pointee.heap.freeExternal(stack, byteCount: stackCapacity * 16)
        return false
      }
      let slots = stack.assumingMemoryBound(to: Value.self)
      slots.initialize(repeating: .nil, count: stackCapacity)
      storage = StackPool.Storage(stack: slots, frames: frames.assumingMemoryBound(to: Frame.self))
    }
    move(fiber, to: storage.stack, storage.frames, isBaseStored: fiber.pointee.hasPackedBase)
    if !fiber.pointee.hasPackedBase { storage.frames.initialize(to: baseRecord(storage.stack)) }
    fiber.pointee.stackCapacity = stackCapacity
    fiber.pointee.frameCapacity = frameCapacity
    fiber.pointee.isPacked = false
    registerOwner(object: fiber)
    return true
  }

  /// Copies a fiber's live frames and slots, and rewrites what points at them.
  private func move(
    _ fiber: FiberRef,
    to stack: Slots,
    _ frames: FrameRef,
    isBaseStored: Bool
  ) {
    let old = fiber.pointee.stack
    let oldFrames = fiber.pointee.frames
    let slotCount = fiber.pointee.top - old
    let frameCount = fiber.pointee.frame - oldFrames + 1
    for index in 0..<slotCount { stack[index] = old[index] }
    let first = isBaseStored ? 0 : 1
    if frameCount > first {
      (frames + first).update(from: oldFrames + first, count: frameCount - first)
    }
    func moved(_ slot: Slots) -> Slots {
      stack + ((Int(bitPattern: slot) &- Int(bitPattern: old)) / 16)
    }
    for index in first..<frameCount {
      frames[index].base = moved(frames[index].base)
      if frames[index].isNative { frames[index].constants = moved(frames[index].constants) }
    }
    var cell = fiber.pointee.openUpvalues
    while let upvalue = cell {
      upvalue.pointee.location = moved(upvalue.pointee.location)
      cell = upvalue.nextOpen
    }
    fiber.pointee.top = moved(fiber.pointee.top)
    fiber.pointee.stack = stack
    fiber.pointee.frames = frames
    fiber.pointee.frame = frames + (frameCount - 1)
  }

  /// Notes that a task was parked with its stack; one that was parked long ago is packed instead.
  func noteParked(_ task: TaskRef, _ kernel: KernelRef) {
    if let fiber = task.pointee.leaf, fiber.pointee.stackCapacity > Self.largeCapacityMin,
      (fiber.pointee.top - fiber.pointee.stack) * 4 < fiber.pointee.stackCapacity
    {
      kernel.pointee.largeTask = task
      return
    }
    if task.pointee.flags.contains(.isWarm) { return }
    task.pointee.flags.insert(.isWarm)
    kernel.pointee.stacks.warm.append(task)
    if kernel.pointee.stacks.warm.count > StackPool.warmCountMax { coolOldest(kernel) }
  }

  /// A parked stack of more slots than this is packed at once if most of it is free.
  private static var largeCapacityMin: Int { 512 }

  /// Packs the fiber of the task that was parked with a large stack.
  func coolLarge(_ kernel: KernelRef) {
    guard let task = kernel.pointee.largeTask else { return }
    kernel.pointee.largeTask = nil
    guard !task.hasEnded, task.pointee.state != .running, let fiber = task.pointee.leaf else {
      return
    }
    pack(fiber, kernel)
  }

  /// Packs the fiber of the task that was parked first, unless it has run since.
  ///
  /// Those that have ended go on the way, however many: what they failed with would stay as long as they do.
  private func coolOldest(_ kernel: KernelRef) {
    var chances = 4
    while chances > 0, kernel.pointee.stacks.warm.count > StackPool.warmCountMax {
      let task = kernel.pointee.stacks.warm.take()
      task.pointee.flags.remove(.isWarm)
      if task.hasEnded { continue }
      if task.pointee.flags.contains(.ranWarm) {
        task.pointee.flags.remove(.ranWarm)
        task.pointee.flags.insert(.isWarm)
        kernel.pointee.stacks.warm.append(task)
        chances -= 1
        continue
      }
      if task.pointee.state == .running { return }
      var fiber = task.pointee.leaf
      while let packed = fiber {
        pack(packed, kernel)
        fiber = packed.pointee.resumer
      }
      return
    }
  }

  /// Fuel of packing a fiber, or of giving one its stack again, beside what is moved.
  private static var packingCost: Int { 8 }

  /// Moves a fiber that does not run into one cell.
  private func pack(_ fiber: FiberRef, _ kernel: KernelRef) {
    if fiber.pointee.isPacked || fiber == pointee.fiber { return }
    let slotCount = fiber.pointee.top - fiber.pointee.stack
    let frameCount = fiber.pointee.frame - fiber.pointee.frames + 1
    let plain = baseRecord(fiber.pointee.stack)
    let hasBase = fiber.pointee.task == nil || fiber.pointee.frames.pointee.info != plain.info
    let storedCount = hasBase ? frameCount : frameCount - 1
    let byteCount = storedCount * 40 + slotCount * 16
    if byteCount > Self.packedByteCountMax || fiber.pointee.hookMask != 0 { return }
    chargeKernel(Self.packingCost &+ byteCount >> 4)
    let cell = pointee.heap.allocateRaw(byteCount)
    let storage = StackPool.Storage(stack: fiber.pointee.stack, frames: fiber.pointee.frames)
    let (stackCapacity, frameCapacity) = (
      fiber.pointee.stackCapacity, fiber.pointee.frameCapacity
    )
    let records = cell.assumingMemoryBound(to: Frame.self)
    move(
      fiber,
      to: (cell + storedCount * 40).assumingMemoryBound(to: Value.self),
      hasBase ? records : records.below,
      isBaseStored: hasBase
    )
    place(fiber, in: cell, frameCount: frameCount, slotCount: slotCount, hasBase: hasBase)
    let isUsual =
      stackCapacity == Self.initialStackCapacity && frameCapacity == Self.initialFrameCapacity
    if isUsual && kernel.pointee.stacks.free.count < StackPool.freeCountMax {
      for index in 0..<stackCapacity { storage.stack[index] = .nil }
      kernel.pointee.stacks.free.append(storage)
    } else {
      pointee.heap.freeExternal(storage.stack, byteCount: stackCapacity * 16)
      pointee.heap.freeExternal(storage.frames, byteCount: frameCapacity * 40)
    }
  }
}
