// Whether a task is cleaning up, so that a cancellation waits for it until the grace ends (rule 6).
//
// What a cancellation itself unwinds is known by the task's stage. But variables are closed on a normal exit,
// too, and for any other error; a cancellation that comes in the middle of that must not tear it. This is seen
// from the frames, and only when a cancellation is about: whoever is not cancelled pays nothing.

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Whether a task in an effective scope runs cleanup that goes on undisturbed.
  func isCleaning(_ task: TaskRef, _ scope: ScopeRef, _ kernel: KernelRef) -> Bool {
    if kernel.pointee.now >= scope.pointee.hard || task.pointee.stage > 1 { return false }
    return task.pointee.stage == 1 || cleanup(of: task, within: source(of: task)) != nil
  }

  /// How many of a task's innermost scopes were opened by cleanup that runs inside a scope, or inside the
  /// task if the scope is not its own; nil when none runs.
  func cleanup(of task: TaskRef, within outer: ScopeRef?) -> Int? {
    guard let kernel = pointee.tasks else { return nil }
    var found: Int?
    var passed = 0
    var scope = task.pointee.scope
    var walked: Int64 = 0
    defer { pointee.fuel &-= walked >> 3 }
    var next = task == currentTask ? pointee.fiber : task.pointee.leaf
    while let fiber = next {
      var frame = fiber == pointee.fiber ? pointee.frame : fiber.pointee.frame
      while frame > fiber.pointee.frames {
        let index = frame - fiber.pointee.frames
        while let own = scope, own.pointee.owner == task,
          own.pointee.fiber == fiber && Int(own.pointee.frame) == index
            || own.pointee.flags.contains(.implicit)
        {
          if own == outer && !own.pointee.flags.contains(.implicit) { return found }
          passed += 1
          scope = own.pointee.parent
        }
        if isCleanup(frame, kernel) { found = passed }
        walked &+= 1
        frame = frame.below
      }
      next = fiber == task.pointee.fiber ? nil : fiber.pointee.resumer
    }
    return found
  }

  /// Whether a frame is a closing method, or a cleanup that `task.finally` calls.
  private func isCleanup(_ frame: FrameRef, _ kernel: KernelRef) -> Bool {
    switch frame.pointee.mode {
    case .retry, .unwind: return true
    case .native:
      guard let finally = kernel.pointee.finallyNative else { return false }
      let caller = frame.below
      return caller.pointee.isNative
        && caller.pointee.function == UnsafeMutableRawPointer(finally) && caller.pointee.extra > 1
    default: return false
    }
  }
}
