// The drop: who has not ended when the grace is over ends where it stands, without another step (rule 7, stage 3).

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Ends everything in a scope whose grace is over, without running another step of it.
  func drop(_ scope: ScopeRef, _ kernel: KernelRef) {
    dropChildren(of: scope, kernel)
    if let owner = scope.pointee.owner, !owner.hasEnded { cut(owner, to: scope, kernel) }
  }

  private func dropChildren(of scope: ScopeRef, _ kernel: KernelRef) {
    // A list and not a recursion: a tree may be deeper than the thread's stack.
    var doomed: [TaskRef] = []
    var scopes: [ScopeRef] = [scope]
    while let next = scopes.popLast() {
      var child = next.pointee.first
      while let task = child {
        child = task.pointee.next
        chargeKernel(4)
        var inner = task.pointee.scope
        var isShielded = false
        var own: [ScopeRef] = []
        while let one = inner, one != next {
          own.append(one)
          isShielded = isShielded || one.pointee.flags.contains(.shield)
          inner = one.pointee.parent
        }
        if isShielded && !kernel.pointee.endsHard { continue }
        doomed.append(task)
        scopes += own
      }
    }
    for task in doomed.reversed() where !task.hasEnded { dropLeavingQueue(task, kernel) }
    kernel.pointee.ready.removeEnded()
  }

  /// Ends a task where it stands.
  func drop(_ task: TaskRef, _ kernel: KernelRef) {
    if task.pointee.state == .ready { chargeKernel(kernel.pointee.ready.remove(task) >> 3) }
    dropLeavingQueue(task, kernel)
  }

  /// Ends a task where it stands; if it is ready, its caller takes it out of the queue.
  private func dropLeavingQueue(_ task: TaskRef, _ kernel: KernelRef) {
    let wasHost = task.pointee.wait == .host
    if task.pointee.state == .parked { withdraw(task) }
    kernel.pointee.counters.dropped &+= 1
    task.pointee.flags.insert(.wasDropped)
    let place = task.pointee.leaf.flatMap { currentPlace(of: $0) }.map { " at \($0)" } ?? ""
    tell(.dropped, task, "task \(describe(task)) did not end in its grace and was dropped\(place)")
    let error =
      wasHost
      ? taskError(
        .hostAbandoned,
        "the host did not answer task \(describe(task)) in the grace after a cancellation"
          + whyCancelled(task),
        of: task
      )
      : taskError(
        .dropped,
        "task \(describe(task)) did not end in its grace and was dropped\(place)"
          + whyCancelled(task),
        of: task
      )
    discardFibers(of: task)
    let isCurrent = kernel.pointee.current == task
    if isCurrent { kernel.pointee.nosuspendDepth = 0 }
    end(task, .cancelled, error, kernel)
    if isCurrent { kernel.pointee.current = nil }
    if let dead = kernel.pointee.deadFiber, dead != pointee.fiber {
      kernel.pointee.deadFiber = nil
      recycleStack(of: dead, kernel)
    }
  }

  /// Takes a task out of the queue that it stands in.
  private func takeBack(_ task: TaskRef, _ kernel: KernelRef) {
    switch task.pointee.state {
    case .parked: withdraw(task)
    case .ready: chargeKernel(kernel.pointee.ready.remove(task) >> 3)
    default: break
    }
  }

  /// Forgets the frames of a task above a scope's boundary, which goes on as if its body had failed.
  private func cut(_ task: TaskRef, to scope: ScopeRef, _ kernel: KernelRef) {
    // At the boundary already: it waits for its children.
    if task.pointee.scope == scope && task.pointee.wait == .scopeExit { return }
    guard let fiber = scope.pointee.fiber else {
      drop(task, kernel)
      return
    }
    takeBack(task, kernel)
    kernel.pointee.counters.dropped &+= 1
    var next = task.pointee.leaf
    while let inner = next, inner != fiber {
      next = inner.pointee.resumer
      discard(inner)
    }
    var inner = task.pointee.scope
    while let one = inner, one != scope {
      close(one, kernel)
      inner = one.pointee.parent
      retire(one)
    }
    task.pointee.scope = scope
    task.pointee.leaf = fiber
    cutFrames(of: fiber, above: Int(scope.pointee.frame))
    task.pointee.stage = 2
    if kernel.pointee.current == task { kernel.pointee.nosuspendDepth = 0 }
    kernel.pointee.current = kernel.pointee.current == task ? nil : kernel.pointee.current
    // Whatever was to happen to what is gone now.
    task.pointee.flags.subtract([.isInterrupted, .isPreempted])
    wake(task, WakeStatus.raise, .nil)
  }

  /// Forgets the frames of a fiber that does not run above a native one, which will find an error.
  private func cutFrames(of fiber: FiberRef, above index: Int) {
    guard let kernel = pointee.tasks else { return }
    if fiber.pointee.isPacked { _ = unpack(fiber, kernel) }
    let frame = fiber.pointee.frames + index
    let level = frame.pointee.base + 1
    while let open = fiber.pointee.openUpvalues, open.pointee.location >= level {
      fiber.pointee.openUpvalues = open.nextOpen
      open.pointee.storage = open.pointee.location.pointee
      barrier(open.pointee.storage)
      open.pointee.location = open.closedLocation
    }
    let offset = level - fiber.pointee.stack
    while fiber.pointee.pendingCloseCount > 0, let pending = fiber.pointee.pendingCloses,
      pending[fiber.pointee.pendingCloseCount - 1] >= offset
    {
      fiber.pointee.pendingCloseCount -= 1
    }
    var dropped = fiber.pointee.frame
    while dropped > frame {
      if dropped.pointee.isNative && dropped.pointee.has(Frame.Flag.catches) {
        fiber.pointee.protectedDepth -= 1
      }
      dropped = dropped.below
    }
    fiber.pointee.noYieldDepth = 0
    fiber.pointee.handlerDepth = 0
    fiber.pointee.fuelDeposit = 0
    fiber.pointee.frame = frame
    frame.pointee.constants = level
    fiber.pointee.top = level + 2
    fiber.pointee.status = .normal
    if fiber == pointee.fiber {
      pointee.frame = frame
      pointee.top = fiber.pointee.top
    }
  }

}
