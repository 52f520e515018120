// Cutting waits short, for tests: the deadline of a `task.timeout` goes off at a wait that is chosen by its number.
// With each number in turn a program is cancelled at every checkpoint at which it waits.

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Counts a wait, if it is inside a `task.timeout` of the task.
  @inline(never)
  func countCut(_ task: TaskRef, _ kernel: KernelRef) {
    guard task.pointee.state == .parked, task.pointee.wait != .scopeExit else { return }
    var next = task.pointee.scope
    while let scope = next, scope.pointee.owner == task {
      if scope.pointee.flags.contains(.answersTimeout) && scope.pointee.state == .open {
        kernel.pointee.waitsUntilCut -= 1
        if kernel.pointee.waitsUntilCut == 0 { kernel.pointee.cutScope = scope }
        return
      }
      next = scope.pointee.parent
    }
  }
}

extension Machine {
  /// Has the deadline of a `task.timeout` go off at the so-manieth wait inside one, from now on; 0 for never.
  package func cutWait(_ number: Int) {
    vm.pointee.tasks?.pointee.waitsUntilCut = number
    vm.pointee.tasks?.pointee.cutScope = nil
  }

  /// Whether the wait that was to be cut short is still to come.
  package var hasWaitToCut: Bool { (vm.pointee.tasks?.pointee.waitsUntilCut ?? 0) > 0 }

  /// Cuts the wait short whose turn it was: after the host has been told of it.
  package func cutDueWait() {
    guard let kernel = vm.pointee.tasks, let scope = kernel.pointee.cutScope else { return }
    kernel.pointee.cutScope = nil
    vm.cancel(scope, .deadline, .nil, by: 0, kernel)
  }
}
