// What natives of other modules ask of the tasks: whether one runs, and that it may be parked here.

extension NativeCall {
  /// Whether a task runs that could be parked where it stands.
  package var isInTask: Bool { vm.currentTask != nil }

  /// What an operation does first that may park: a cancellation that is due is raised.
  ///
  /// - Throws: The cancellation, or an error where no task runs or nothing may be parked.
  package func checkpoint() throws(ScriptError) { _ = try vm.checkpoint(self) }

  /// Whether the task that runs can be parked here, and nothing that it is inside forbids it.
  package var mayPark: Bool {
    guard vm.currentTask != nil, let kernel = vm.pointee.tasks else { return false }
    return kernel.pointee.nosuspendDepth == 0
  }

  /// Whether an operation that was complete at once may give its result so; now and then it is the turn of others.
  package func takesTurnAtOnce() -> Bool {
    guard let kernel = vm.pointee.tasks else { return true }
    kernel.pointee.immediateCount &+= 1
    if kernel.pointee.immediateCount < kernel.pointee.settings.immediateMax
      || kernel.pointee.ready.isEmpty
    {
      return true
    }
    kernel.pointee.immediateCount = 0
    return false
  }

  /// Cancels all tasks, this one among them, because the program is to end.
  ///
  /// - Returns: what the native is to throw.
  package func endTasks(reason: String) -> ScriptError {
    guard let kernel = vm.pointee.tasks, let root = kernel.pointee.root, let task = vm.currentTask
    else { return raise("no task runs here") }
    vm.cancel(root, .host, Value(vm.string(reason)), by: task.pointee.id, kernel)
    return vm.raiseCancelled(task)
  }
}
