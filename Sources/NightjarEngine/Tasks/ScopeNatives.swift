// Scopes as functions: `task.scope`, `timeout`, `within`, `shield`. Each is one native frame, the boundary
// that stops errors and cancellations, waits for the children and says how it all went.
//
//   slots:   1 scope │ 2 function → its results …           (the error, when it failed)
//   phases:  1 the body returned · 2 the children are gone · 3 a deferred function returned
//            255 something failed: the body, or a deferred function

internal import NightjarBase

extension TaskNatives {
  /// What a boundary answers with.
  private enum Boundary {
    case scope
    case timeout
    case within
    case shield
  }

  static func scope(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return try goOn(&call, .scope) }
    let hasOptions = call.argument(1).isTable && call.count >= 2
    try call.checkFunction(hasOptions ? 2 : 1)
    let options = hasOptions ? call[1].table : nil
    let function = call[hasOptions ? 2 : 1]
    let task = try call.vm.checkpoint(call)
    let scope = open(call, task)
    if let options { try set(options, of: scope, call) }
    call[1] = Value(scope)
    call[2] = function
    call[3] = Value(scope)
    try enter(call, task, scope)
    return .call(at: 2, 1, then: 1)
  }

  static func timeout(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return try goOn(&call, .timeout) }
    return try timed(&call, flags: .answersTimeout)
  }

  static func within(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return try goOn(&call, .within) }
    return try timed(&call, flags: [])
  }

  private static func timed(
    _ call: inout NativeCall,
    flags: ScopeObject.Flags
  ) throws(ScriptError) -> NativeOutcome {
    let nanoseconds = try duration(call, 1)
    try call.checkFunction(2)
    let task = try call.vm.checkpoint(call)
    let scope = open(call, task)
    scope.pointee.flags.formUnion(flags)
    setDeadline(call.vm, scope, nanoseconds)
    call[1] = Value(scope)
    try enter(call, task, scope)
    return .call(at: 2, call.count - 2, then: 1)
  }

  static func shield(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return try goOn(&call, .shield) }
    let vm = call.vm
    guard call.argument(1).isNumber else {
      throw vm.refuse(
        "task.shield needs a bound in seconds: a shield without end could hold up every cancellation",
        "write task.shield(5, f): f has five seconds in which nothing cancels it"
      )
    }
    let nanoseconds = try duration(call, 1)
    try call.checkFunction(2)
    let task = try vm.checkpoint(call)
    let kernel = vm.pointee.tasks.unsafelyUnwrapped
    let scope = open(call, task)
    var end = VM.sum(
      kernel.pointee.now,
      min(nanoseconds, kernel.pointee.settings.shieldMax)
    )
    // The nearest one has the minimum of those around it.
    var outer = scope.pointee.parent
    while let one = outer {
      call.charge(1)
      if one.pointee.flags.contains(.shield) {
        end = min(end, one.pointee.shieldEnd)
        break
      }
      outer = one.pointee.parent
    }
    scope.pointee.flags.insert(.shield)
    scope.pointee.flags.remove(.effective)
    scope.pointee.shieldEnd = min(scope.pointee.shieldEnd, end)
    call[1] = Value(scope)
    try enter(call, task, scope)
    return .call(at: 2, call.count - 2, then: 1)
  }

  // MARK: Opening

  /// A new scope inside the one that a task is in.
  private static func open(_ call: NativeCall, _ task: TaskRef) -> ScopeRef {
    let vm = call.vm
    let kernel = vm.pointee.tasks.unsafelyUnwrapped
    let parent = task.pointee.scope
    let scope = vm.makeScope(parent: parent, owner: task, kernel)
    scope.pointee.site = vm.spawnSite(call)
    scope.pointee.outerStage = task.pointee.stage
    guard let parent, parent.isEffective else { return scope }
    if vm.isCleaning(task, parent, kernel) {
      // Cleanup goes on undisturbed until the grace ends, and so does what it opens.
      scope.pointee.flags.formUnion([.shield, .cleanup])
      scope.pointee.shieldEnd = parent.pointee.hard
    } else {
      vm.inheritEffect(scope, from: parent)
    }
    return scope
  }

  private static func setDeadline(_ vm: VM, _ scope: ScopeRef, _ nanoseconds: UInt64) {
    guard let kernel = vm.pointee.tasks else { return }
    scope.pointee.duration = nanoseconds
    scope.pointee.deadline = VM.sum(kernel.pointee.now, nanoseconds)
  }

  private static func set(
    _ options: TableRef,
    of scope: ScopeRef,
    _ call: NativeCall
  ) throws(ScriptError) {
    let vm = call.vm
    call.charge(16)
    func field(_ name: StaticString) -> Value { vm.rawGet(options, Value(vm.string(name))) }
    let name = field("name")
    if name.isString { vm.setScopeExtra(scope, "name", name) }
    if let seconds = vm.toNumber(field("deadline")) {
      guard let deadline = nanoseconds(seconds) else {
        throw vm.refuse("deadline is a number of seconds, not NaN", "look where 0 was divided by 0")
      }
      setDeadline(vm, scope, deadline)
    }
    if let seconds = vm.toNumber(field("grace")) {
      guard let own = nanoseconds(seconds) else {
        throw vm.refuse("grace is a number of seconds, not NaN", "look where 0 was divided by 0")
      }
      scope.pointee.grace = min(scope.pointee.grace, own)
    }
    if let most = vm.toInteger(field("max_tasks")) {
      scope.pointee.taskCountMax = Int32(clamping: max(most, 0))
    }
    let onError = field("on_error")
    if onError.isString {
      switch onError.string.description(upTo: 40) {
      case "cancel": break
      case "collect": scope.pointee.flags.insert(.collects)
      case let other:
        throw vm.refuse(
          "on_error is \"cancel\" or \"collect\", not \"\(other)\"",
          "leave it out and the first failure cancels the others; with \"collect\" each goes on to its end"
        )
      }
    }
  }

  /// Makes a scope the innermost of the task, and the native on top its boundary.
  private static func enter(
    _ call: NativeCall,
    _ task: TaskRef,
    _ scope: ScopeRef
  ) throws(ScriptError) {
    let vm = call.vm
    let kernel = vm.pointee.tasks.unsafelyUnwrapped
    try vm.protect()
    task.pointee.scope = scope
    vm.barrier(UnsafeMutableRawPointer(scope))
    task.pointee.stage = 0
    scope.pointee.fiber = vm.pointee.fiber
    scope.pointee.frame = Int32(vm.pointee.frame - vm.pointee.fiber.pointee.frames)
    if scope.pointee.deadline <= kernel.pointee.now {
      // The body runs to its first checkpoint.
      vm.cancel(scope, .deadline, .nil, by: 0, kernel)
    } else {
      vm.arm(scope, kernel)
    }
  }

  // MARK: Leaving

  private static func goOn(
    _ call: inout NativeCall,
    _ boundary: Boundary
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    guard let kernel = vm.pointee.tasks, let task = kernel.pointee.current else {
      throw vm.raise(value: call[1])
    }
    switch call.phase {
    case NativeCall.failedPhase:
      guard let scope = task.pointee.scope else { throw vm.raise(value: call[1]) }
      let error = call[1]
      call[1] = Value(scope)
      return try failed(&call, boundary, error, scope, task, kernel)
    case 1:
      let scope = call[1].scope.unsafelyUnwrapped
      scope.pointee.resultCount = Int32(call.count)
      scope.pointee.flags.insert(.bodyEnded)
      return try waitForChildren(&call, boundary, scope, task, kernel)
    case 2:
      return try runDeferred(&call, boundary, call[1].scope.unsafelyUnwrapped, task)
    default:
      return try runDeferred(&call, boundary, call[1].scope.unsafelyUnwrapped, task)
    }
  }

  /// The body failed, or a function that was to run after it.
  private static func failed(
    _ call: inout NativeCall,
    _ boundary: Boundary,
    _ error: Value,
    _ scope: ScopeRef,
    _ task: TaskRef,
    _ kernel: KernelRef
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let isCancelled = vm.isCancellation(error)
    let isCleanup = scope.pointee.flags.contains(.bodyEnded)
    if isCleanup {
      // What cleans up never hides why it had to.
      if !isCancelled {
        let isFirst = scope.pointee.failures == nil && scope.pointee.resultCount >= 0
        if isFirst {
          vm.appendFailure(scope, error, of: nil)
        } else {
          vm.appendScopeExtra(scope, "suppressed", error)
        }
      }
      return try runDeferred(&call, boundary, scope, task)
    }
    scope.pointee.flags.insert(.bodyEnded)
    scope.pointee.resultCount = -1
    call[2] = error
    if isCancelled {
      if vm.cancels(scope, error) { scope.pointee.flags.insert(.caught) }
    } else {
      // An error that the body has from a child by joining it is listed as the child's.
      if !vm.listsFailure(scope, error) { vm.appendFailure(scope, error, of: nil) }
      vm.cancel(scope, .bodyFailed, error.isString ? error : .nil, by: task.pointee.id, kernel)
    }
    // Cleaning up is not disturbed until the grace ends.
    if scope.isEffective && task.pointee.stage == 0 { task.pointee.stage = 1 }
    return try waitForChildren(&call, boundary, scope, task, kernel)
  }

  private static func waitForChildren(
    _ call: inout NativeCall,
    _ boundary: Boundary,
    _ scope: ScopeRef,
    _ task: TaskRef,
    _ kernel: KernelRef
  ) throws(ScriptError) -> NativeOutcome {
    if scope.pointee.liveCount == 0 { return try runDeferred(&call, boundary, scope, task) }
    if scope.pointee.liveCount == scope.pointee.daemonCount {
      call.vm.cancelDaemons(of: scope, kernel)
    }
    let end = 2 + max(Int(scope.pointee.resultCount), 1)
    try call.reserve(4, after: end)
    if scope.pointee.state == .open, let error = call.vm.cycle(task, atEndOf: scope) {
      // A child waits for what the task holds: it is cancelled, and the scope fails.
      call.vm.appendFailure(scope, error, of: nil)
      call.vm.cancel(scope, .bodyFailed, .nil, by: task.pointee.id, kernel)
    }
    call.vm.park(task, .scopeExit, UnsafeMutableRawPointer(scope))
    if scope.pointee.flags.contains(.hasOtherPriorities) {
      call.vm.lendPriority(of: task, toChildrenOf: scope)
    }
    return parked(call, at: end, then: 2)
  }

  /// Calls what was deferred, youngest first, then leaves.
  private static func runDeferred(
    _ call: inout NativeCall,
    _ boundary: Boundary,
    _ scope: ScopeRef,
    _ task: TaskRef
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if scope.pointee.extras != nil {
      // A cancellation that comes now waits for the cleanup, too.
      if task.pointee.stage == 0 { task.pointee.stage = 1 }
      let list = vm.scopeExtra(scope, "deferred")
      if list.isTable {
        let count = vm.border(of: list.table)
        if count > 0 {
          let end = 2 + max(Int(scope.pointee.resultCount), 1)
          try call.reserve(4, after: end)
          call[end] = vm.rawGet(list.table, Value(count))
          try vm.rawSet(list.table, integer: count, .nil)
          return .call(at: end, 0, then: 3)
        }
      }
    }
    return try leave(&call, boundary, scope, task)
  }

  private static func leave(
    _ call: inout NativeCall,
    _ boundary: Boundary,
    _ scope: ScopeRef,
    _ task: TaskRef
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let kernel = vm.pointee.tasks.unsafelyUnwrapped
    defer { vm.retire(scope) }
    let wasCancelling = scope.pointee.state == .cancelling
    if wasCancelling { vm.reviewCleanup(of: task, in: scope, kernel) }
    if scope.pointee.extras != nil { vm.tellUnread(in: scope) }
    task.pointee.scope = scope.pointee.parent
    if let parent = scope.pointee.parent { vm.barrier(UnsafeMutableRawPointer(parent)) }
    task.pointee.stage = scope.pointee.outerStage
    vm.close(scope, kernel)
    vm.unprotect()
    if let error = vm.combinedFailure(of: scope) { throw vm.raise(value: error) }
    let isCut = wasCancelling && scope.pointee.flags.contains(.caught)
    if scope.pointee.resultCount < 0 {
      let error = call[2]
      guard isCut && vm.cancels(scope, error) else {
        if task.pointee.scope?.isEffective == true && task.pointee.stage == 0 {
          task.pointee.stage = 1
        }
        throw vm.raise(value: error)
      }
      return try absorbed(&call, boundary, scope)
    }
    if isCut && scope.pointee.cause == .deadline { return try absorbed(&call, boundary, scope) }
    if scope.pointee.flags.contains(.cutFromOutside), task.pointee.stage == 0,
      task.pointee.scope?.isEffective == true
    {
      // What the children did not finish, the scope did not either.
      throw vm.raiseCancelled(task)
    }
    let count = Int(scope.pointee.resultCount)
    if boundary == .timeout {
      call[1] = Value(true)
      return .results(count + 1, from: 1)
    }
    return .results(count, from: 2)
  }

  /// A cancellation ends here, at its own scope.
  private static func absorbed(
    _ call: inout NativeCall,
    _ boundary: Boundary,
    _ scope: ScopeRef
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    switch scope.pointee.cause {
    case .deadline:
      let text = vm.cause(of: scope)
      let error = vm.taskError(.timeout, text, place: vm.scopeExtra(scope, "waited"))
      vm.setErrorField(error, "scope", vm.scopeExtra(scope, "name"))
      vm.carryDoubt(of: scope, to: error)
      vm.setErrorField(error, "suppressed", vm.scopeExtra(scope, "suppressed"))
      if boundary == .timeout { return call.returns(Value(false), error) }
      throw vm.raise(value: error)
    case .deadlock: throw vm.raise(value: vm.taskError(.deadlock, vm.cause(of: scope)))
    default: return call.returns(.nil, scope.pointee.reason)
    }
  }
}
