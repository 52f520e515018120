// The hot functions of `task`: what they wait for is in the heap, and they are leaves that get a frame only
// when they wait.

internal import NightjarBase

/// Functions of the task library that the kernel has itself.
enum TaskNatives {
  static let nosuspendName: StaticString = "nosuspend"

  static let functions: [NativeDefinition] = [
    .leaf("yield") { NativeCall.enter($0, $1, $2, $3, yield) },
    .leaf("checkpoint") { NativeCall.enter($0, $1, $2, $3, checkpoint) },
    .leaf("sleep") { NativeCall.enter($0, $1, $2, $3, sleep) },
    .leaf("now") { NativeCall.enter($0, $1, $2, $3, now) },
    .leaf("current") { NativeCall.enter($0, $1, $2, $3, current) },
    .leaf("select") { NativeCall.enter($0, $1, $2, $3, select) },
    .leaf("after") { NativeCall.enter($0, $1, $2, $3, after) },
    .leaf("channel") { NativeCall.enter($0, $1, $2, $3, channel) },
    .leaf("semaphore") { NativeCall.enter($0, $1, $2, $3, semaphore) },
    .leaf("mutex") { NativeCall.enter($0, $1, $2, $3, mutex) },
    .leaf("event") { NativeCall.enter($0, $1, $2, $3, event) },
    .leaf("label") { NativeCall.enter($0, $1, $2, $3, label) },
    .leaf("defer") { NativeCall.enter($0, $1, $2, $3, deferCall) },
    NativeDefinition.stateMachine("scope") { NativeCall.enter($0, $1, $2, $3, scope) }
      .stoppingCancellation,
    NativeDefinition.stateMachine("timeout") { NativeCall.enter($0, $1, $2, $3, timeout) }
      .stoppingCancellation,
    NativeDefinition.stateMachine("within") { NativeCall.enter($0, $1, $2, $3, within) }
      .stoppingCancellation,
    NativeDefinition.stateMachine("shield") { NativeCall.enter($0, $1, $2, $3, shield) }
      .stoppingCancellation,
    NativeDefinition.stateMachine(nosuspendName) { NativeCall.enter($0, $1, $2, $3, nosuspend) }
      .stoppingCancellation,
  ]

  static let taskMethods: [NativeDefinition] = [
    .leaf("join") { NativeCall.enter($0, $1, $2, $3, join) },
    .leaf("cancel") { NativeCall.enter($0, $1, $2, $3, cancelTask) },
    .leaf("status") { NativeCall.enter($0, $1, $2, $3, status) },
    .leaf("id") { NativeCall.enter($0, $1, $2, $3, id) },
    .leaf("name") { NativeCall.enter($0, $1, $2, $3, name) },
    .leaf("join_op") { NativeCall.enter($0, $1, $2, $3, joinOperation) },
  ]

  static let scopeMethods: [NativeDefinition] = [
    .leaf("spawn") { NativeCall.enter($0, $1, $2, $3, spawn) },
    .leaf("daemon") { NativeCall.enter($0, $1, $2, $3, daemon) },
    .leaf("cancel") { NativeCall.enter($0, $1, $2, $3, cancelScope) },
    .leaf("status") { NativeCall.enter($0, $1, $2, $3, scopeStatus) },
  ]

  static let senderMethods: [NativeDefinition] = [
    .leaf("send") { NativeCall.enter($0, $1, $2, $3, send) },
    .leaf("try_send") { NativeCall.enter($0, $1, $2, $3, trySend) },
    .leaf("close") { NativeCall.enter($0, $1, $2, $3, close) },
    .leaf("send_op") { NativeCall.enter($0, $1, $2, $3, sendOperation) },
    .leaf("len") { NativeCall.enter($0, $1, $2, $3, length) },
  ]

  static let receiverMethods: [NativeDefinition] = [
    .leaf("recv") { NativeCall.enter($0, $1, $2, $3, receive) },
    .leaf("try_recv") { NativeCall.enter($0, $1, $2, $3, tryReceive) },
    .leaf("close") { NativeCall.enter($0, $1, $2, $3, close) },
    .leaf("recv_op") { NativeCall.enter($0, $1, $2, $3, receiveOperation) },
    .leaf("len") { NativeCall.enter($0, $1, $2, $3, length) },
  ]

  static let gateMethods: [NativeDefinition] = [
    .leaf("acquire") { NativeCall.enter($0, $1, $2, $3, acquire) },
    NativeDefinition.stateMachine("with") { NativeCall.enter($0, $1, $2, $3, with) }
      .stoppingCancellation,
    .leaf("try_acquire") { NativeCall.enter($0, $1, $2, $3, tryAcquire) },
    .leaf("release") { NativeCall.enter($0, $1, $2, $3, release) },
    .leaf("lock") { NativeCall.enter($0, $1, $2, $3, acquire) },
    .leaf("try_lock") { NativeCall.enter($0, $1, $2, $3, tryAcquire) },
    .leaf("unlock") { NativeCall.enter($0, $1, $2, $3, release) },
    .leaf("acquire_op") { NativeCall.enter($0, $1, $2, $3, acquireOperation) },
    .leaf("lock_op") { NativeCall.enter($0, $1, $2, $3, acquireOperation) },
    .leaf("wait") { NativeCall.enter($0, $1, $2, $3, wait) },
    .leaf("wait_op") { NativeCall.enter($0, $1, $2, $3, waitOperation) },
    .leaf("set") { NativeCall.enter($0, $1, $2, $3, set) },
    .leaf("clear") { NativeCall.enter($0, $1, $2, $3, clear) },
    .leaf("is_set") { NativeCall.enter($0, $1, $2, $3, isSet) },
    .leaf("stats") { NativeCall.enter($0, $1, $2, $3, gateStats) },
  ]

  // MARK: Turns

  /// Raises why the running task cannot be parked here, if it cannot.
  @inline(__always)
  static func checkParking(_ call: NativeCall, _ task: TaskRef) throws(ScriptError) {
    let vm = call.vm
    if vm.pointee.fiber.pointee.noYieldDepth != 0 || vm.pointee.killMessage != nil
      || vm.pointee.tasks.unsafelyUnwrapped.pointee.nosuspendDepth != 0,
      let error = vm.refusal(toPark: task)
    {
      throw vm.raise(value: error)
    }
  }

  /// Lets the task wait in slots `index` and `index + 1`, which are cleared.
  @inline(__always)
  static func parked(_ call: NativeCall, at index: Int, then phase: Int) -> NativeOutcome {
    call.slots[index] = .nil
    call.slots[index + 1] = .nil
    return .wait(at: index, then: phase)
  }

  /// Gives results of an operation that was complete at once; now and then others get a turn first.
  @inline(__always)
  static func immediate(
    _ call: NativeCall,
    _ task: TaskRef,
    _ value: Value
  ) -> NativeOutcome {
    if isTurnDue(call.vm) { return takeTurns(call, task, value) }
    call.slots[0] = value
    return .results(1)
  }

  /// Counts an operation that was complete at once.
  ///
  /// - Returns: whether it is time that others get a turn, and they can.
  @inline(__always)
  static func isTurnDue(_ vm: VM) -> Bool {
    let kernel = vm.pointee.tasks.unsafelyUnwrapped
    kernel.pointee.immediateCount &+= 1
    return kernel.pointee.immediateCount >= kernel.pointee.settings.immediateMax
      && !kernel.pointee.ready.isEmpty && canGiveTurn(vm, kernel)
  }

  @inline(never)
  private static func canGiveTurn(_ vm: VM, _ kernel: KernelRef) -> Bool {
    kernel.pointee.nosuspendDepth == 0 && vm.pointee.fiber.pointee.noYieldDepth == 0
      && vm.pointee.killMessage == nil
  }

  /// Puts the running task behind those that are ready; its native answers `wait`.
  static func giveTurn(_ vm: VM, _ task: TaskRef) {
    let kernel = vm.pointee.tasks.unsafelyUnwrapped
    kernel.pointee.immediateCount = 0
    vm.makeReady(task, kernel)
  }

  @inline(never)
  private static func takeTurns(
    _ call: NativeCall,
    _ task: TaskRef,
    _ value: Value
  ) -> NativeOutcome {
    let first = call.count + 1
    call.slots[first] = Value(WakeStatus.done)
    call.slots[first + 1] = value
    giveTurn(call.vm, task)
    return .wait(at: first, then: 2)
  }

  /// What a native that was woken in slots `index` answers in phase 2: the value behind the status.
  @inline(__always)
  static func woken(_ call: NativeCall) -> NativeOutcome {
    call.slots[0] = call.vm.pointee.frame.pointee.constants[1]
    return .results(1)
  }

  static func yield(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return .results(0) }
    let task = try call.vm.checkpoint(call)
    try checkParking(call, task)
    let kernel = call.vm.pointee.tasks.unsafelyUnwrapped
    kernel.pointee.immediateCount = 0
    if kernel.pointee.ready.isEmpty { return .results(0) }
    call.vm.makeReady(task, kernel)
    return parked(call, at: 1, then: 1)
  }

  static func checkpoint(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return .results(0) }
    let task = try call.vm.checkpoint(call)
    let kernel = call.vm.pointee.tasks.unsafelyUnwrapped
    kernel.pointee.fuelSinceCheckpoint = 0
    return immediate(call, task, .nil)
  }

  /// Seconds as nanoseconds; all that is too long is for ever.
  static func duration(_ call: NativeCall, _ n: Int) throws(ScriptError) -> UInt64 {
    guard let nanoseconds = nanoseconds(try call.checkNumber(n)) else {
      throw call.argumentError(n, "a number of seconds expected, got NaN")
    }
    return nanoseconds
  }

  /// Seconds as nanoseconds; nil for what is no number.
  static func nanoseconds(_ seconds: Double) -> UInt64? {
    if seconds.isNaN { return nil }
    if seconds <= 0 { return 0 }
    return seconds >= 1e10 ? .max : UInt64((seconds * 1e9).rounded())
  }

  static func sleep(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return .results(0) }
    let nanoseconds = try duration(call, 1)
    let task = try call.vm.checkpoint(call)
    try checkParking(call, task)
    let kernel = call.vm.pointee.tasks.unsafelyUnwrapped
    if nanoseconds == 0 {
      call.vm.makeReady(task, kernel)
    } else {
      call.vm.park(task, .sleep, nil)
      let end = VM.sum(kernel.pointee.now, nanoseconds)
      if end != .max { kernel.pointee.timers.set(task, end) }
    }
    return parked(call, at: 1, then: 1)
  }

  static func now(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard let kernel = call.vm.pointee.tasks else { return call.returns(Value(0.0)) }
    return call.returns(Value(Double(kernel.pointee.now) / 1e9))
  }

  static func current(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard let task = call.vm.pointee.tasks?.pointee.current else { return call.returns(.nil) }
    return call.returns(Value(task))
  }

  // MARK: Joining

  static func task(_ call: NativeCall, _ n: Int) throws(ScriptError) -> TaskRef {
    guard let task = call.argument(n).task else { throw call.typeError(n, expected: "task") }
    return task
  }

  /// A handle is of use as long as the scope that its task was a child of.
  ///
  /// - Throws: `ScopeClosed` when that has ended.
  @inline(__always)
  static func checkHome(_ call: NativeCall, of task: TaskRef) throws(ScriptError) {
    if task.isOver { throw raiseOver(call.vm, task) }
  }

  @inline(never)
  private static func raiseOver(_ vm: VM, _ task: TaskRef) -> ScriptError {
    let scope = task.pointee.scope.map { vm.ended($0) } ?? "its scope has ended"
    return vm.raise(
      value: vm.taskError(
        .scopeClosed,
        "\(scope): task \(vm.describe(task)) can neither be joined nor cancelled any more",
        help:
          "join before the scope ends; what is wanted behind it its body returns: task.scope(function(s) … return h:join() end)"
      )
    )
  }

  // Slots: 1 the task; 2 status, 3 value.
  static func join(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase == 0 {
      let joined = try task(call, 1)
      let task = try vm.checkpoint(call)
      if !joined.hasEnded {
        try checkParking(call, task)
        if let error = vm.cycle(task, throughTask: joined) { throw vm.raise(value: error) }
        vm.park(task, .join, UnsafeMutableRawPointer(joined))
        joined.pointee.joiners.append(task.link)
        vm.lendPriority(of: task, to: joined)
        return parked(call, at: 2, then: 1)
      }
      try checkHome(call, of: joined)
      joined.pointee.flags.insert(.wasJoined)
      if isTurnDue(vm) {
        giveTurn(vm, task)
        return parked(call, at: 2, then: 1)
      }
    }
    return try result(call, call.slots[1].task.unsafelyUnwrapped)
  }

  /// The results of a task that has ended, or its error.
  static func result(_ call: NativeCall, _ task: TaskRef) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let value = task.result.pointee
    switch task.pointee.state {
    case .done:
      guard task.pointee.flags.contains(.severalResults), value.isTable else {
        call.slots[0] = value
        return .results(1)
      }
      let count = vm.toInteger(vm.rawGet(value.table, Value(vm.string("n" as StaticString)))) ?? 0
      var window = call
      try window.reserve(Int(count) + 1, after: 0)
      for index in 0..<Int(count) {
        window.slots[index] = vm.rawGet(value.table, Value(index + 1))
      }
      return .results(Int(count))
    case .cancelled:
      guard vm.isCancellation(value) else { throw vm.raise(value: value) }
      let reason = vm.rawGet(value.table, Value(vm.string("message" as StaticString)))
      let said = reason.isString ? reason.string.description(upTo: 2000) : ""
      // Who was cancelled is said already where it was this task alone.
      let own = "the task was cancelled"
      let text =
        said.hasPrefix(own) ? String(said.dropFirst(own.count)) : said.isEmpty ? "" : ": \(said)"
      let error = vm.taskError(.taskCancelled, "task \(vm.describe(task)) was cancelled\(text)")
      vm.prependPlace(error, vm.rawGet(value.table, Value(vm.string("place" as StaticString))))
      vm.setErrorField(
        error,
        "reason",
        vm.rawGet(value.table, Value(vm.string("reason" as StaticString)))
      )
      vm.setErrorField(error, "task", Value(task))
      throw vm.raise(value: error)
    default:
      if let joiner = vm.currentTask { vm.noteRethrow(value, by: joiner) }
      throw vm.raise(value: value)
    }
  }

  static func status(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let task = try task(call, 1)
    let name: StaticString
    switch task.pointee.state {
    case .ready: name = task.pointee.runs == 0 ? "new" : "ready"
    case .running: name = "running"
    case .parked: name = "parked"
    case .done: name = "done"
    case .failed: name = "failed"
    case .cancelled: name = "cancelled"
    }
    return call.returns(Value(call.vm.string(name)))
  }

  static func id(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(Int(try task(call, 1).pointee.id)))
  }

  static func name(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(call.vm.extra(of: try task(call, 1), "name"))
  }

  static func cancelTask(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let task = try task(call, 1)
    try checkHome(call, of: task)
    guard let kernel = call.vm.pointee.tasks else { return .results(0) }
    let source = kernel.pointee.current?.pointee.id ?? 0
    call.vm.cancel(task, .request, call.argument(2), by: source, kernel)
    return .results(0)
  }

  /// `task.label(key, value)` or `task.label(key)`.
  static func label(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    guard let task = vm.pointee.tasks?.pointee.current else { return call.returns(.nil) }
    try call.checkAny(1)
    let key = call[1]
    let known = vm.extra(of: task, "labels")
    if call.count == 1 { return call.returns(known.isTable ? vm.rawGet(known.table, key) : .nil) }
    try vm.checkKey(key)
    // Sets of labels are never changed: children share them.
    let table = vm.newTable()
    if known.isTable {
      var position = 0
      while let entry = vm.nextEntry(known.table, &position) {
        try vm.rawSet(table, entry.key, entry.value)
        call.charge(8)
      }
    }
    try vm.rawSet(table, key, call.argument(2))
    vm.setExtra(of: task, "labels", Value(table))
    return .results(0)
  }

  /// Has a function called when the scope that the task is in, or the task itself, ends.
  static func deferCall(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    try call.checkFunction(1)
    guard let task = vm.currentTask else {
      throw vm.raise(value: vm.taskError(.noTask, "no task runs here"))
    }
    if let scope = task.pointee.scope, scope.pointee.owner == task,
      !scope.pointee.flags.contains(.implicit)
    {
      vm.appendScopeExtra(scope, "deferred", call[1])
    } else {
      vm.appendExtra(task, "deferred", call[1])
      task.pointee.flags.insert(.hasDeferred)
    }
    return .results(0)
  }
}
