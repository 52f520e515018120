// From one task to the next, as steps of the trampoline: no Swift frame is left behind, and nothing is
// allocated. A native that waits has put its task where it will be woken from, answers `wait`, and the
// machine goes on with the next task that is ready.
//
//   native ──wait──► parkTask ──► nextTask ──► run ──► step of the native that waited there
//                                     └ nothing ready ──► exit: idle
//
// A woken native finds a status in its slot and a value in the one behind it.

internal import NightjarBase

/// What a woken native finds in its first slot.
enum WakeStatus {
  /// It took its turn again.
  static var turn: Int64 { 0 }
  /// The operation is done; for a selection it is the number of the one that is.
  static var done: Int64 { 1 }
  /// The channel was closed.
  static var closed: Int64 { 2 }
  /// The mutex is poisoned.
  static var ownerDied: Int64 { 3 }
  /// The value behind it is to be raised, or a cancellation if it is nil.
  static var raise: Int64 { -1 }
  /// The table behind it holds the host's answer.
  static var answers: Int64 { -2 }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The task that runs, if it could be parked where it stands.
  @inline(__always) var currentTask: TaskRef? {
    guard let kernel = pointee.tasks, kernel.pointee.hostDepth == pointee.waitingFibers.count else {
      return nil
    }
    return kernel.pointee.current
  }

  /// Leaves the task on top, which is parked or ready again; its native goes on with `phase`.
  func parkTask(_ slot: Slots, phase: Int) -> Action {
    guard let kernel = pointee.tasks, let task = kernel.pointee.current else {
      _ = raise("no task to be parked")
      return .raise
    }
    let frame = pointee.frame
    frame.pointee.extra = Int32(truncatingIfNeeded: phase)
    frame.pointee.constants = slot
    pointee.top = slot + 2
    return leaveTask(task, kernel)
  }

  /// Parks the task on top until the host has answered what stands where its frame keeps its values.
  func parkForHost(_ task: TaskRef) -> Action {
    guard let kernel = pointee.tasks else { return .exit }
    if let error = refusal(toPark: task) {
      pointee.errorValue = error
      return .raise
    }
    let slot = pointee.frame.pointee.constants
    (slot + 1).pointee = .nil
    pointee.top = slot + 2
    let request = slot.pointee
    park(task, .host, request.tag == .userdata ? UnsafeMutableRawPointer(request.userdata) : nil)
    kernel.pointee.requests.append(task)
    return leaveTask(task, kernel)
  }

  private func leaveTask(_ task: TaskRef, _ kernel: KernelRef) -> Action {
    let fiber = pointee.fiber
    fiber.pointee.status = .normal
    task.pointee.leaf = fiber
    barrier(fiber)
    endTurn()
    if TaskCounters.countsTurns { task.pointee.fuel &+= kernel.pointee.turnFuel &- fuelLeft }
    // The view is saved now, as whoever wakes the task writes to its slots.
    fiber.pointee.frame = pointee.frame
    fiber.pointee.top = pointee.top
    noteParked(task, kernel)
    if kernel.pointee.waitsUntilCut > 0 { countCut(task, kernel) }
    return nextTask(kernel)
  }

  /// Goes on with the next task that is ready.
  ///
  /// A loop: where memory is out, or all are cancelled, hundreds of thousands may end one after the other without
  /// an instruction between them.
  func nextTask(_ kernel: KernelRef) -> Action {
    while true {
      kernel.pointee.current = nil
      if pointee.fuel < 0 && pointee.heap.isFarOverLimit {
        // Nobody runs here, so nobody can be told: `runTasks` makes room.
        pointee.exit = .idle
        return .exit
      }
      guard let task = kernel.pointee.ready.take(&kernel.pointee.order) else {
        pointee.exit = .idle
        return .exit
      }
      if let action = run(task, kernel) { return action }
    }
  }

  /// Nil when the task is not there any more, or ended at once.
  private func run(_ task: TaskRef, _ kernel: KernelRef) -> Action? {
    guard let fiber = task.pointee.leaf else { return nil }
    kernel.pointee.current = task
    kernel.pointee.note(.run, task.pointee.id)
    kernel.pointee.fuelSinceCheckpoint = 0
    task.pointee.state = .running
    if TaskCounters.countsTurns {
      kernel.pointee.counters.switches &+= 1
      task.pointee.runs &+= 1
    }
    task.pointee.flags.insert(.ranWarm)
    let hadLoan = pointee.heap.hasLoan
    if hadLoan || task.pointee.flags.contains(.ranOut) { passLoan(to: task) }
    let hasRoom = unpackChain(fiber, kernel)
    if fiber != pointee.fiber {
      switchFiber(to: fiber)
    } else {
      updateStackLimit()
      fiberWillRun(fiber)
    }
    if let dead = kernel.pointee.deadFiber { releaseDead(dead, kernel) }
    if kernel.pointee.largeTask != nil { coolLarge(kernel) }
    fiber.pointee.status = .running
    beginTurn(of: fiber, isClosing: false)
    if TaskCounters.countsTurns { kernel.pointee.turnFuel = fuelLeft }
    // What the task before has left behind is collected first.
    if hadLoan { requestAttention() }
    guard hasRoom else { return raiseMemoryInPacked(fiber, kernel) }
    if task.pointee.flags.contains(.isPreempted) {
      task.pointee.flags.remove(.isPreempted)
      // It has passed no checkpoint: what it has used before counts on.
      kernel.pointee.fuelSinceCheckpoint = Int64(clamping: task.pointee.since)
      return pointee.fuel < 0 ? attend() : proceed()
    }
    if fiber.pointee.frame == fiber.pointee.frames {
      let slot = fiber.pointee.stack + 1
      return .begin(slot: slot, count: pointee.top - slot - 1)
    }
    let frame = pointee.frame
    let slots = frame.pointee.constants
    let status = slots.pointee.integer
    if status < 0 { return status == WakeStatus.raise ? raiseWoken(task, slots) : unfold(slots) }
    return .step(count: 2, phase: Int(frame.pointee.extra))
  }

  /// Only a task that ran out of memory may go beyond the limit.
  @inline(never)
  private func passLoan(to task: TaskRef) {
    pointee.heap.wasRefused = pointee.heap.wasRefused || pointee.heap.hasLoan
    pointee.heap.endLoan()
    if task.pointee.flags.contains(.ranOut) { pointee.heap.lend() }
  }

  /// Gives the fibers of a resume chain their stacks.
  @inline(__always)
  private func unpackChain(_ leaf: FiberRef, _ kernel: KernelRef) -> Bool {
    if !leaf.pointee.isPacked && leaf.pointee.resumer == nil { return true }
    var fiber: FiberRef? = leaf
    while let current = fiber {
      if current.pointee.isPacked && !unpack(current, kernel) { return false }
      fiber = current.pointee.resumer
    }
    return true
  }

  /// There is no memory for a stack: the task fails where it stands, which takes none.
  private func raiseMemoryInPacked(_ fiber: FiberRef, _ kernel: KernelRef) -> Action? {
    _ = raiseMemory()
    guard let task = fiber.pointee.task ?? kernel.pointee.current else { return .exit }
    pointee.fuel &-= Self.memoryFailureCost
    discardFibers(of: task)
    return closeFailed(task, pointee.errorValue, kernel)
  }

  /// The fuel of ending a task for want of memory.
  private static var memoryFailureCost: Int64 { 64 }

  private func releaseDead(_ fiber: FiberRef, _ kernel: KernelRef) {
    kernel.pointee.deadFiber = nil
    if fiber != pointee.fiber { recycleStack(of: fiber, kernel) }
  }

  private func raiseWoken(_ task: TaskRef, _ slots: Slots) -> Action {
    let error = (slots + 1).pointee
    if error.isNil {
      _ = raiseCancelled(task)
    } else {
      pointee.errorValue = error
    }
    return .raise
  }

  /// Lays the host's answer out for the native that asked.
  private func unfold(_ slots: Slots) -> Action {
    let answer = (slots + 1).pointee
    guard answer.isTable else { return .step(count: 2, phase: Int(pointee.frame.pointee.extra)) }
    let table = answer.table
    let length = rawGet(table, Value(string("n" as StaticString)))
    let count = length.isInteger ? Int(length.integer) : 0
    do throws(ScriptError) {
      let first = try reserve(slots, count + NativeCall.freeSlotCount)
      for index in 0..<count { first[index] = rawGet(table, Value(index + 1)) }
      pointee.top = first + count
    } catch { return .raise }
    return .step(count: count, phase: Int(pointee.frame.pointee.extra))
  }

  /// A coroutine was unwound by a cancellation, which goes on in whoever resumed it.
  func passOn(_ error: Value, to resumer: FiberRef) -> Action {
    endTurn()
    switchFiber(to: resumer)
    resumer.pointee.status = .running
    pointee.errorValue = error
    return .raise
  }

  // MARK: Waiting and waking

  /// Why a task cannot be parked here; nil when it can.
  func refusal(toPark task: TaskRef) -> Value? {
    guard let kernel = pointee.tasks else { return nil }
    if kernel.pointee.nosuspendDepth > 0 {
      return taskError(.wouldSuspend, "nothing may suspend inside task.nosuspend")
    }
    if pointee.fiber.pointee.noYieldDepth > 0 || pointee.killMessage != nil {
      return taskError(
        .sandwich,
        "a finalizer or hook cannot suspend: it runs between two instructions of another function"
      )
    }
    return nil
  }

  /// Enters a task as waiting.
  @inline(__always)
  func park(_ task: TaskRef, _ kind: WaitKind, _ object: UnsafeMutableRawPointer?) {
    task.pointee.state = .parked
    task.pointee.wait = kind
    task.pointee.node.object = object
    barrier(object)
    if TaskCounters.countsTurns, let kernel = pointee.tasks {
      task.pointee.since = kernel.pointee.now
      kernel.pointee.counters.parks &+= 1
    }
  }

  /// Wakes a parked task that has left its queue.
  @inline(__always)
  func wake(_ task: TaskRef, _ status: Int64, _ value: Value) {
    guard let kernel = pointee.tasks, let leaf = task.pointee.leaf else { return }
    let slots = leaf.pointee.frame.pointee.constants
    slots.pointee = Value(status)
    (slots + 1).pointee = value
    fiberWillRun(leaf)
    task.pointee.wait = .none
    task.pointee.node.object = nil
    if task.pointee.timer >= 0 { kernel.pointee.timers.cancel(task) }
    if TaskCounters.countsTurns {
      task.pointee.wakes &+= 1
      kernel.pointee.counters.wakes &+= 1
    }
    makeReady(task, kernel)
  }

  @inline(__always)
  func makeReady(_ task: TaskRef, _ kernel: KernelRef) {
    task.pointee.state = .ready
    kernel.pointee.ready.append(task)
  }

  /// Takes a parked task back from what it waits for.
  func withdraw(_ task: TaskRef) {
    guard let kernel = pointee.tasks else { return }
    if task.pointee.timer >= 0 { kernel.pointee.timers.cancel(task) }
    let object = task.pointee.node.object
    let link = task.link
    let kind = task.pointee.wait
    switch kind {
    case .none, .sleep, .scopeExit: break
    case .host: forgetRequest(task, kernel)
    case .join:
      object?.assumingMemoryBound(to: TaskObject.self).pointee.joiners.remove(link)
    case .send:
      object?.assumingMemoryBound(to: ChannelObject.self).pointee.senders.remove(link)
    case .receive:
      object?.assumingMemoryBound(to: ChannelObject.self).pointee.receivers.remove(link)
    case .acquire, .event:
      object?.assumingMemoryBound(to: GateObject.self).pointee.waiters.remove(link)
    case .select:
      if let object { withdrawArms(object.assumingMemoryBound(to: SelectionObject.self)) }
    }
    task.pointee.wait = .none
    task.pointee.node.object = nil
    settleOwner(of: object, kind)
  }

  private func forgetRequest(_ task: TaskRef, _ kernel: KernelRef) {
    let list = kernel.pointee.requests
    for index in 0..<list.count where list[index] == task {
      list[index] = list[list.count - 1]
      _ = kernel.pointee.requests.removeLast()
      return
    }
  }

  /// Takes all arms of a selection out of their queues.
  func withdrawArms(_ selection: SelectionRef) {
    for index in 0..<selection.pointee.count {
      let arm = selection.arms + index
      guard arm.pointee.node.next != 0, let object = arm.pointee.node.object else { continue }
      let link = UInt(bitPattern: arm) | 1
      switch arm.pointee.kind {
      case .send: object.assumingMemoryBound(to: ChannelObject.self).pointee.senders.remove(link)
      case .receive:
        object.assumingMemoryBound(to: ChannelObject.self).pointee.receivers.remove(link)
      case .acquire, .event:
        object.assumingMemoryBound(to: GateObject.self).pointee.waiters.remove(link)
      case .join: object.assumingMemoryBound(to: TaskObject.self).pointee.joiners.remove(link)
      case .after: break
      }
    }
  }

  /// Wakes whoever waits at a link, which is taken out of `queue`.
  @inline(__always)
  func commit(_ link: UInt, _ queue: inout WaitQueue, _ value: Value) {
    let task = WaitQueue.task(link)
    if WaitQueue.isArm(link) {
      let index = WaitQueue.arm(link).pointee.index
      queue.remove(link)
      if let object = task.pointee.node.object {
        withdrawArms(object.assumingMemoryBound(to: SelectionObject.self))
      }
      wake(task, Int64(index), value)
    } else {
      queue.remove(link)
      wake(task, WakeStatus.done, value)
    }
  }
}
