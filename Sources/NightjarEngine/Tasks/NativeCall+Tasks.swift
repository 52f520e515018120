// What natives of other modules ask of the tasks: whether one runs, and that it may be parked here.

extension NativeCall {
  /// Whether a task runs that could be parked where it stands.
  package var isInTask: Bool { vm.currentTask != nil }

  /// What an operation does first that may park: a cancellation that is due is raised.
  ///
  /// - Throws: The cancellation, or an error where no task runs or nothing may be parked.
  package func checkpoint() throws(ScriptError) { _ = try vm.checkpoint(self) }

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
