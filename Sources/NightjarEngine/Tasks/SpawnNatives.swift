// Children of scopes: making them, cancelling them, sections that must not suspend, and what tasks defer.

internal import NightjarBase

extension TaskNatives {
  private static func checkScope(_ call: NativeCall) throws(ScriptError) -> ScopeRef {
    guard let scope = call.argument(1).scope else { throw call.typeError(1, expected: "scope") }
    return scope
  }

  static func spawn(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try make(&call, isDaemon: false)
  }

  static func daemon(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try make(&call, isDaemon: true)
  }

  private static func make(
    _ call: inout NativeCall,
    isDaemon: Bool
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let scope = try checkScope(call)
    guard let kernel = vm.pointee.tasks else { return call.returns(.nil) }
    // A checkpoint in every scope: whoever is cancelled begins nothing new, unless it cleans up.
    if vm.currentTask != nil { _ = try vm.checkpoint(call) }
    if scope.pointee.state == .closed
      || scope.pointee.flags.contains(.bodyEnded)
        && scope.pointee.liveCount == 0
    {
      throw vm.raise(
        value: vm.taskError(
          .scopeClosed,
          "\(vm.ended(scope)): nothing can be spawned in it"
        )
      )
    }
    if kernel.pointee.nosuspendDepth > 0 {
      throw vm.raise(
        value: vm.taskError(.wouldSuspend, "nothing can be spawned inside task.nosuspend")
      )
    }
    // A scope waits for its children, which a finalizer cannot.
    if let task = vm.currentTask, let error = vm.refusal(toPark: task) {
      throw vm.raise(value: error)
    }
    try checkLimits(vm, scope, kernel)
    var options: TableRef?
    if call.argument(2).isTable, vm.metamethod(of: call[2], .call) == nil {
      options = call[2].table
      call[2] = vm.rawGet(call[2].table, Value(vm.string("fn" as StaticString)))
    }
    if !call.argument(2).isFunction && vm.metamethod(of: call.argument(2), .call) == nil {
      throw call.typeError(2, expected: "function")
    }
    if call.count - 2 > VM.taskArgumentCountMax {
      throw call.argumentError(2, "a task takes at most \(VM.taskArgumentCountMax) arguments")
    }
    let task = vm.spawn(
      in: scope,
      kernel,
      call.slots + 2,
      options == nil ? call.count - 2 : 0,
      site: vm.spawnSite(call)
    )
    if isDaemon {
      task.pointee.flags.insert(.daemon)
      scope.pointee.daemonCount += 1
    }
    call.slots[0] = Value(task)
    if let options { try set(options, of: task, call, kernel) }
    return .results(1)
  }

  private static func checkLimits(
    _ vm: VM,
    _ scope: ScopeRef,
    _ kernel: KernelRef
  ) throws(ScriptError) {
    if kernel.pointee.liveCount >= kernel.pointee.settings.taskCountMax {
      let most = kernel.pointee.settings.taskCountMax
      throw vm.raise(
        value: vm.taskError(
          .taskLimit,
          "the machine has \(most) tasks, as many as its host allows",
          help:
            "let a few run at a time with task.map(list, n, f); how many there may be is up to the host"
        )
      )
    }
    if scope.pointee.liveCount >= scope.pointee.taskCountMax {
      throw vm.raise(
        value: vm.taskError(
          .taskLimit,
          "\(vm.describe(scope)) has \(scope.pointee.taskCountMax) tasks, as many as it may (max_tasks)"
        )
      )
    }
    if !vm.pointee.heap.hasRoomForCells { throw vm.raiseMemory() }
  }

  private static func set(
    _ options: TableRef,
    of task: TaskRef,
    _ call: NativeCall,
    _ kernel: KernelRef
  ) throws(ScriptError) {
    let vm = call.vm
    func field(_ name: StaticString) -> Value { vm.rawGet(options, Value(vm.string(name))) }
    let name = field("name")
    if name.isString { vm.setExtra(of: task, "name", name) }
    let priority = field("prio")
    if priority.isString {
      let level: Int
      switch priority.string.description(upTo: 40) {
      case "high": level = 0
      case "normal": level = 1
      case "low": level = 2
      case "idle": level = 3
      case let other:
        throw vm.refuse(
          "prio is \"high\", \"normal\", \"low\" or \"idle\", not \"\(other)\"",
          "choose one of these, or leave it out: a task has the priority of its parent"
        )
      }
      call.charge(kernel.pointee.ready.remove(task))
      task.priority = level
      kernel.pointee.ready.append(task)
      task.home?.pointee.flags.insert(.hasOtherPriorities)
    }
    if !field("preemptible").isFalsy { task.pointee.flags.insert(.isPreemptible) }
  }

  static func cancelScope(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let scope = try checkScope(call)
    guard let kernel = call.vm.pointee.tasks else { return .results(0) }
    if scope.pointee.state == .closed {
      throw call.vm.raise(
        value: call.vm.taskError(
          .scopeClosed,
          "\(call.vm.ended(scope)): there is nothing in it to be cancelled",
          help: "cancel while its body or a child runs; s:status() says whether it has ended"
        )
      )
    }
    let source = kernel.pointee.current?.pointee.id ?? 0
    call.vm.cancel(scope, .request, call.argument(2), by: source, kernel)
    return .results(0)
  }

  static func scopeStatus(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let scope = try checkScope(call)
    let name: StaticString
    switch scope.pointee.state {
    case .open: name = "open"
    case .cancelling: name = "cancelling"
    case .closed: name = "closed"
    }
    return call.returns(Value(call.vm.string(name)), Value(Int(scope.pointee.liveCount)))
  }

  // MARK: Sections that must not suspend

  static func nosuspend(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    guard let kernel = vm.pointee.tasks else {
      throw vm.raise(value: vm.taskError(.noTask, "no task runs here"))
    }
    switch call.phase {
    case 0:
      try call.checkFunction(1)
      try vm.protect()
      kernel.pointee.nosuspendDepth += 1
      return .call(at: 1, call.count - 1, then: 1)
    case NativeCall.failedPhase:
      kernel.pointee.nosuspendDepth = max(kernel.pointee.nosuspendDepth - 1, 0)
      vm.unprotect()
      throw vm.raise(value: call[1])
    default:
      kernel.pointee.nosuspendDepth = max(kernel.pointee.nosuspendDepth - 1, 0)
      return .results(call.count, from: 1)
    }
  }

  // MARK: Functions deferred by a task

  /// Calls what a task deferred; its arguments, the task's results, come back.
  static func runTaskDeferred(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try deferred(&call, failed: false)
  }

  /// The same for a task that failed: its argument is the error, which is raised again.
  static func runTaskDeferredFailed(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try deferred(&call, failed: true)
  }

  private static func deferred(
    _ call: inout NativeCall,
    failed: Bool
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    guard let kernel = vm.pointee.tasks, let task = kernel.pointee.current else {
      return .results(0)
    }
    if call.phase == 0 {
      try vm.protect()
      vm.setExtra(of: task, "result_count", Value(call.count))
      // What comes first may be overwritten by an error on its way.
      vm.setExtra(of: task, "result", vm.packed(call.slots + 1, call.count))
    } else if call.phase == NativeCall.failedPhase, !vm.isCancellation(call[1]) {
      vm.appendExtra(task, "suppressed", call[1])
    }
    if task.pointee.stage == 0 { task.pointee.stage = 1 }
    let list = vm.extra(of: task, "deferred")
    if list.isTable {
      let count = vm.border(of: list.table)
      if count > 0 {
        call[1] = vm.rawGet(list.table, Value(count))
        try vm.rawSet(list.table, integer: count, .nil)
        return .call(at: 1, 0, then: 1)
      }
    }
    task.pointee.flags.remove(.hasDeferred)
    let count = Int(vm.toInteger(vm.extra(of: task, "result_count")) ?? 0)
    let results = vm.extra(of: task, "result")
    vm.unprotect()
    try call.reserve(count + 1, after: 0)
    for index in 0..<count where results.isTable {
      call[1 + index] = vm.rawGet(results.table, Value(index + 1))
    }
    if failed { throw vm.raise(value: call[1]) }
    let suppressed = vm.extra(of: task, "suppressed")
    if suppressed.isTable {
      // Nothing else failed: the first error of cleanup is the task's, and the others stand beside it.
      let first = vm.rawGet(suppressed.table, Value(1))
      let count = vm.border(of: suppressed.table)
      let others = count > 1 ? vm.newTable() : nil
      if let others {
        for index in 2...count {
          try vm.rawSet(others, integer: index - 1, vm.rawGet(suppressed.table, Value(index)))
        }
      }
      vm.setExtra(of: task, "suppressed", others.map { Value($0) } ?? .nil)
      throw vm.raise(value: first)
    }
    return .results(count, from: 1)
  }
}
