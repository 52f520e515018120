// How tasks begin and end.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Fuel of beginning and ending a task, beside the call of its function.
  private static var lifeCost: Int { 24 }

  /// Makes a task that calls the function in `first` with the `count` values behind it.
  ///
  /// - Precondition: the scope is not closed; the count is at most `taskArgumentCountMax`.
  func spawn(
    in scope: ScopeRef,
    _ kernel: KernelRef,
    _ first: Slots,
    _ count: Int,
    site: UInt32
  ) -> TaskRef {
    chargeKernel(Self.lifeCost)
    let fiber = makeTaskFiber(first, count)
    let task = makeKernelObject(KernelKind.task, byteCount: MemoryLayout<TaskObject>.stride)
      .assumingMemoryBound(to: TaskObject.self)
    let header = task.pointee.header
    let metatable = task.pointee.metatable
    task.initialize(
      to: TaskObject(
        header: header,
        metatable: metatable,
        fiber: fiber,
        leaf: fiber,
        scope: scope,
        id: kernel.pointee.nextId,
        site: site
      )
    )
    kernel.pointee.nextId &+= 1
    task.priority = kernel.pointee.current.map { $0.basePriority } ?? 1
    fiber.pointee.task = task
    fiber.pointee.status = .normal
    if let extras = kernel.pointee.current?.pointee.extras { inheritLabels(task, extras) }
    scope.append(task)
    barrier(UnsafeMutableRawPointer(task))
    kernel.pointee.liveCount += 1
    kernel.pointee.counters.spawned &+= 1
    if kernel.pointee.liveCount > kernel.pointee.counters.peakLive {
      kernel.pointee.counters.peakLive = kernel.pointee.liveCount
    }
    kernel.pointee.note(.spawn, task.pointee.id)
    makeReady(task, kernel)
    return task
  }

  /// Gives a child what its parent is labelled with.
  private func inheritLabels(_ task: TaskRef, _ extras: TableRef) {
    let labels = rawGet(extras, Value(string("labels" as StaticString)))
    guard labels.isTable, let own = try? newTable(nodeCapacity: 1) else { return }
    try? rawSet(own, Value(string("labels" as StaticString)), labels)
    task.pointee.extras = own
  }

  /// A task's function has returned the `count` values at `from`.
  func finishTask(_ task: TaskRef, _ from: Slots, _ count: Int) -> Action {
    guard let kernel = pointee.tasks else { return .exit }
    let fiber = pointee.fiber
    if task.pointee.flags.contains(.hasDeferred), let runner = kernel.pointee.deferRunner {
      return callDeferred(runner, from, count)
    }
    fiber.pointee.status = .dead
    let result: Value
    if count == 1 {
      result = from.pointee
    } else if count == 0 {
      result = .nil
    } else {
      task.pointee.flags.insert(.severalResults)
      result = packed(from, count)
    }
    end(task, .done, result, kernel)
    return nextTask(kernel)
  }

  /// Calls the functions deferred by a task, with its results as arguments, which they come back as.
  private func callDeferred(_ runner: NativeRef, _ from: Slots, _ count: Int) -> Action {
    let fiber = pointee.fiber
    let offset = from - fiber.pointee.stack
    do throws(ScriptError) {
      _ = try reserve(fiber.pointee.stack + 1, count + 1 + NativeCall.freeSlotCount)
    } catch { return .raise }
    let source = fiber.pointee.stack + offset
    let slot = fiber.pointee.stack + 1
    if offset != 2 { (slot + 1).update(from: source, count: count) }
    slot.pointee = Value(runner)
    pointee.top = slot + (count + 1)
    return call(slot, count, info: Frame.info(wanted: -1, mode: .finishFiber))
  }

  /// A list of values with its length.
  func packed(_ from: Slots, _ count: Int) -> Value {
    guard let table = try? newTable(arrayCapacity: count, nodeCapacity: 1) else { return .nil }
    for index in 0..<count { try? rawSet(table, integer: Int64(index + 1), from[index]) }
    try? rawSet(table, Value(string("n" as StaticString)), Value(count))
    return Value(table)
  }

  /// An error has left a task's function; its variables are closed.
  func failTask(_ task: TaskRef, _ error: Value) -> Action {
    guard let kernel = pointee.tasks else { return .exit }
    return closeFailed(task, error, kernel) ?? nextTask(kernel)
  }

  /// Ends a task with an error; nil when it has ended, and not when functions that it deferred run first.
  func closeFailed(_ task: TaskRef, _ error: Value, _ kernel: KernelRef) -> Action? {
    let fiber = pointee.fiber
    if task.pointee.flags.contains(.hasDeferred), !task.pointee.flags.contains(.wasDropped),
      let runner = kernel.pointee.deferFailedRunner, !fiber.pointee.isPacked
    {
      fiber.pointee.frames.pointee.info |= Frame.Flag.catches
      fiber.pointee.status = .running
      let slot = fiber.pointee.stack + 2
      slot.pointee = error
      return callDeferred(runner, slot, 1)
    }
    fiber.pointee.status = .dead
    end(task, isCancellation(error) ? .cancelled : .failed, error, kernel)
    return nil
  }

  /// An error is on its way out of a task's frames: if it is one of memory, the cleanup is lent some, and if
  /// that was not enough, the task ends where it stands.
  func dropIfOutOfMemory(_ kernel: KernelRef) -> Action? {
    let error = pointee.errorValue
    guard let task = currentTask, isMemoryError(error) else { return nil }
    if !task.pointee.flags.contains(.ranOutAgain) {
      task.pointee.flags.insert(.ranOut)
      pointee.heap.lend()
      return nil
    }
    kernel.pointee.counters.dropped &+= 1
    kernel.pointee.nosuspendDepth = 0
    task.pointee.flags.insert(.wasDropped)
    task.pointee.leaf = pointee.fiber
    noteFailure(leaving: kernel)
    if let home = task.home, home.pointee.owner == nil {
      // The call is over: nobody is left who could wait for what it has started.
      endInside(task, error, kernel)
      forgetEnded(kernel)
    }
    discardFibers(of: task)
    end(task, .failed, error, kernel)
    return nextTask(kernel)
  }

  /// Ends a task: its scope, and those that wait for it, are told.
  func end(_ task: TaskRef, _ state: TaskObject.State, _ result: Value, _ kernel: KernelRef) {
    guard let home = task.home else { return }
    if task.pointee.stage > 0, let scope = source(of: task) {
      reviewCleanup(of: task, in: scope, kernel)
    }
    task.pointee.fuel &+= kernel.pointee.current == task ? kernel.pointee.turnFuel &- fuelLeft : 0
    kernel.pointee.deadFiber = task.pointee.fiber
    task.pointee.fiber?.pointee.task = nil
    var inner = task.pointee.scope
    var wasCancelledAlone = false
    while let scope = inner, scope != home {
      if cancels(scope, result) { wasCancelledAlone = true }
      close(scope, kernel)
      inner = scope.pointee.parent
      retire(scope)
    }
    task.pointee.scope = home
    barrier(UnsafeMutableRawPointer(home))
    task.pointee.fiber = nil
    task.pointee.leaf = nil
    task.pointee.state = state
    task.pointee.wait = .none
    task.pointee.stage = 0
    task.result.pointee = result
    barrier(result)
    // The next one was reached through this task, of which a cycle under way may have seen nothing yet.
    barrier(task.pointee.next)
    home.remove(task)
    kernel.pointee.liveCount -= 1
    kernel.pointee.counters.ended &+= 1
    kernel.pointee.note(.end, task.pointee.id)
    if task.pointee.heldCount > 0 { poisonMutexes(of: task, kernel) }
    // What it had is garbage from now on, of which whoever comes next needs the room.
    if task.pointee.flags.contains(.ranOut) { pointee.heap.wasRefused = true }
    while task.pointee.joiners.head != 0 {
      task.pointee.flags.insert(.wasJoined)
      commit(task.pointee.joiners.head, &task.pointee.joiners, Value(task))
    }
    if state != .done, task.pointee.extras != nil { handSuppressed(of: task, to: home) }
    if state == .failed {
      keepUnread(task, in: home)
      noteFailure(of: task, in: home, result)
    }
    if state == .cancelled && home.isEffective {
      let isOwn = cancels(home, result) || task.pointee.flags.contains(.wasDropped)
      if home.pointee.state == .cancelling && isOwn {
        home.pointee.flags.insert(.caught)
      } else if !wasCancelledAlone {
        home.pointee.flags.insert(.cutFromOutside)
      }
    }
    childEnded(home, kernel)
  }

  /// What failed while a task cleaned up is told beside what its scope fails with.
  private func handSuppressed(of task: TaskRef, to scope: ScopeRef) {
    let list = extra(of: task, "suppressed")
    guard list.isTable else { return }
    for index in 1...max(border(of: list.table), 1) {
      appendScopeExtra(scope, "suppressed", rawGet(list.table, Value(index)))
    }
  }

  /// Looks whether a scope's owner can go on.
  func childEnded(_ scope: ScopeRef, _ kernel: KernelRef) {
    guard scope.pointee.flags.contains(.bodyEnded) else { return }
    if scope.pointee.liveCount == 0 {
      if let owner = scope.pointee.owner, owner.pointee.state == .parked,
        owner.pointee.wait == .scopeExit, owner.pointee.scope == scope
      {
        wake(owner, WakeStatus.done, .nil)
      }
    } else if scope.pointee.liveCount == scope.pointee.daemonCount {
      cancelDaemons(of: scope, kernel)
    }
  }

  /// Ends the daemons of a scope whose other children are done.
  func cancelDaemons(of scope: ScopeRef, _ kernel: KernelRef) {
    if scope.pointee.flags.contains(.daemonsTold) { return }
    var told: Int64 = 0
    defer { pointee.fuel &-= told }
    var task = scope.pointee.first
    while let daemon = task {
      task = daemon.pointee.next
      if told & 255 == 255 { pointee.heap.countLists() }
      if told > 0 && pointee.heap.isOverLimit {
        // Each one takes some memory: the next are told when these have ended.
        pointee.heap.wasRefused = true
        requestAttention()
        return
      }
      cancel(daemon, .finished, .nil, by: 0, kernel)
      told += 1
    }
    scope.pointee.flags.insert(.daemonsTold)
  }

  /// Forgets all frames of a task that will not run again.
  func discardFibers(of task: TaskRef) {
    let base = task.pointee.fiber
    var next = task.pointee.leaf
    while let fiber = next {
      next = fiber == base ? nil : fiber.pointee.resumer
      discard(fiber)
    }
  }

  /// Forgets the frames of a fiber that does not run.
  func discard(_ fiber: FiberRef) {
    var cell = fiber.pointee.openUpvalues
    while let open = cell {
      cell = open.nextOpen
      open.pointee.storage = open.pointee.location.pointee
      barrier(open.pointee.storage)
      open.pointee.location = open.closedLocation
    }
    fiber.pointee.openUpvalues = nil
    fiber.pointee.pendingCloseCount = 0
    fiber.pointee.frame = fiber.pointee.frames
    fiber.pointee.top = fiber.pointee.stack + 1
    fiber.pointee.stack.pointee = .nil
    fiber.pointee.resumer = nil
    fiber.pointee.status = .dead
    fiber.pointee.fuelDeposit = 0
    fiber.pointee.protectedDepth = 0
    fiber.pointee.noYieldDepth = 0
    if fiber == pointee.fiber {
      pointee.frame = fiber.pointee.frame
      pointee.top = fiber.pointee.top
    }
  }

  /// Poisons the mutexes that a task leaves behind.
  private func poisonMutexes(of task: TaskRef, _ kernel: KernelRef) {
    var next = kernel.pointee.held
    while let gate = next {
      next = gate.pointee.nextHeld
      chargeKernel(1)
      guard gate.pointee.owner == task else { continue }
      barrier(next)
      kernel.pointee.removeHeld(gate)
      TaskNatives.noteReleased(gate, kernel)
      tellLostOwner(task, gate)
      gate.pointee.owner = nil
      gate.pointee.isPoisoned = true
      gate.pointee.lostOwner = task.pointee.id
      while gate.pointee.waiters.head != 0 {
        let link = gate.pointee.waiters.head
        let waiter = WaitQueue.task(link)
        let error = ownerDied(gate, task, toldTo: waiter)
        withdraw(waiter)
        wake(waiter, WakeStatus.raise, error)
      }
    }
  }

  func ownerDied(_ gate: GateRef, _ task: TaskRef?, toldTo waiter: TaskRef? = nil) -> Value {
    let owner = task.map { "task \(describe($0))" } ?? "task #\(gate.pointee.lostOwner)"
    return taskError(
      .ownerDied,
      "\(owner) held \(describe(gate)) and ended without letting go of it",
      of: waiter
    )
  }
}
