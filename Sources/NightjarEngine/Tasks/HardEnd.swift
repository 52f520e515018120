// The hard end of a task: a limit of the machine has ended the call that it belongs to, and its grace is used
// up. Nothing inside it takes another step, shields and cleanup included, so that its memory comes back and
// the machine is as good as before.
//
// Unlike the drop of a cancelled scope it leaves nobody behind, and makes nothing for each task: where a limit
// of memory is the cause there is no room for that. A call that was refused memory even for its cleanup ends so too.

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Ends a task with everything that was started inside it, the youngest first.
  func endHard(_ root: TaskRef, _ kernel: KernelRef) {
    if root.hasEnded { return }
    let error = hardEnd(of: root)
    endInside(root, error, kernel)
    endWhereItStands(root, error, kernel)
    forgetEnded(kernel)
  }

  /// Ends what is left in a scope of a call that ends now.
  func endChildrenHard(of scope: ScopeRef, _ kernel: KernelRef) {
    guard let first = scope.pointee.first else { return }
    // Whoever ends the scope's owner has its fiber there.
    let dead = kernel.pointee.deadFiber
    kernel.pointee.deadFiber = nil
    scope.pointee.flags.remove(.bodyEnded)
    let error = hardEnd(of: first)
    while let child = scope.pointee.first {
      endInside(child, error, kernel)
      endWhereItStands(child, error, kernel)
    }
    forgetEnded(kernel)
    kernel.pointee.deadFiber = dead
  }

  /// Takes those that have ended out of the queues which would keep them.
  func forgetEnded(_ kernel: KernelRef) {
    kernel.pointee.ready.removeEnded()
    kernel.pointee.stacks.warm.removeEnded()
  }

  private func hardEnd(of task: TaskRef) -> Value {
    taskError(.dropped, "a limit of the machine ended task \(describe(task))", of: task)
  }

  /// Ends everything that was started inside a task, the youngest first, with one error for all of them, and
  /// closes the scopes that it opened.
  func endInside(_ root: TaskRef, _ error: Value, _ kernel: KernelRef) {
    var task = root
    while true {
      if let scope = task.pointee.scope, scope.pointee.owner == task {
        // Its owner ends as well: nobody waits for the children, and daemons need not be told.
        scope.pointee.flags.remove(.bodyEnded)
        if let child = scope.pointee.first {
          task = child
          continue
        }
        close(scope, kernel)
        task.pointee.scope = scope.pointee.parent
        barrier(scope.pointee.parent)
        retire(scope)
        continue
      }
      guard task != root, let parent = task.pointee.scope?.pointee.owner else { return }
      endWhereItStands(task, error, kernel)
      task = parent
    }
  }

  private func endWhereItStands(_ task: TaskRef, _ error: Value, _ kernel: KernelRef) {
    if task.pointee.state == .parked {
      let isHostTold = task.pointee.wait == .host && !hasRequest(of: task, kernel)
      withdraw(task)
      if isHostTold { kernel.pointee.hostCancellations.append(HostCancellation(task)) }
    }
    kernel.pointee.counters.dropped &+= 1
    task.pointee.flags.insert(.wasDropped)
    task.pointee.extras = nil
    discardFibers(of: task)
    if kernel.pointee.current == task {
      kernel.pointee.current = nil
      kernel.pointee.nosuspendDepth = 0
    }
    end(task, .cancelled, error, kernel)
    if let dead = kernel.pointee.deadFiber, dead != pointee.fiber {
      kernel.pointee.deadFiber = nil
      recycleStack(of: dead, kernel)
    }
  }

  /// Whether a task waits for the host, which was not told of it yet.
  private func hasRequest(of task: TaskRef, _ kernel: KernelRef) -> Bool {
    let requests = kernel.pointee.requests
    for index in 0..<requests.count where requests[index] == task { return true }
    return false
  }
}

extension Machine {
  /// Whether what a limit of the machine has ended has its grace now, beyond which no shield holds.
  package var endsHard: Bool {
    get { vm.pointee.tasks?.pointee.endsHard == true }
    set { vm.pointee.tasks?.pointee.endsHard = newValue }
  }

  /// Ends a task, and everything inside it, that a limit of the machine has ended and that did not clean up.
  package func endHard(_ task: TaskHandle) {
    guard let kernel = vm.pointee.tasks, kernel.pointee.hostDepth < 0,
      let task = value(of: task.handle).task
    else { return }
    vm.endHard(task, kernel)
    kernel.pointee.ranOut = false
    let isFull =
      vm.pointee.heap.isLimited && vm.pointee.heap.byteCount > vm.pointee.heap.byteLimit / 2
    if isFull && vm.pointee.waitingFibers.count == 0 { vm.collectFully() }
  }
}
