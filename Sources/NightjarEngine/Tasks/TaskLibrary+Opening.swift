// Opening the task system of a machine, and what the runtime (floor 3) drives it by.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Makes the kernel.
  func openTasks(_ settings: TaskSettings) {
    if pointee.tasks != nil { return }
    let kernel = KernelRef.allocate(capacity: 1)
    kernel.initialize(to: TaskKernel())
    kernel.pointee.settings = settings
    kernel.pointee.order.isRandom = settings.isRandom
    kernel.pointee.order.random = Xoshiro256(settings.seed, 0)
    pointee.tasks = kernel
    let root = makeScope(parent: nil, owner: nil, kernel)
    root.pointee.grace = settings.grace
    root.pointee.flags.insert(.collects)
    kernel.pointee.root = root
    kernel.pointee.errors = newTable()
    kernel.pointee.cancellations = newTable()
    kernel.pointee.deferRunner = makeNative(
      NativeDefinition.stateMachine("deferred") {
        NativeCall.enter($0, $1, $2, $3, TaskNatives.runTaskDeferred)
      }.stoppingCancellation
    )
    kernel.pointee.deferFailedRunner = makeNative(
      NativeDefinition.stateMachine("deferred") {
        NativeCall.enter($0, $1, $2, $3, TaskNatives.runTaskDeferredFailed)
      }.stoppingCancellation
    )
  }

  /// Frees what the kernel has beside the heap.
  func closeTasks() {
    guard let kernel = pointee.tasks else { return }
    destroyStackPool()
    kernel.pointee.destroy()
    kernel.deinitialize(count: 1)
    kernel.deallocate()
    pointee.tasks = nil
  }

  /// Makes the metatable of a kind of objects.
  func setMethods(_ kind: UInt8, _ typeName: StaticString, _ methods: [NativeDefinition]) {
    guard let kernel = pointee.tasks else { return }
    let metatable = newTable()
    let table = newTable()
    for method in methods {
      try? rawSet(table, Value(string(method.name)), Value(makeNative(method)))
    }
    try? rawSet(metatable, Value(string("__index" as StaticString)), Value(table))
    try? rawSet(metatable, Value(string("__name" as StaticString)), Value(string(typeName)))
    try? rawSet(metatable, Value(string("__metatable" as StaticString)), Value(false))
    kernel.pointee.metatables[Int(kind)] = metatable
  }
}

/// What stands behind a task's handle of the host.
package struct TaskHandle {
  package let handle: Handle
  package let id: UInt32
}

/// Why tasks stopped running.
package enum TaskRunOutcome {
  /// No task can go on now.
  case idle
  /// The fuel given is used up.
  case outOfFuel
}

/// How a task stands.
package enum TaskOutcome {
  case running
  case finished([Value])
  case failed(Value)
  case cancelled(Value)
}

extension Machine {
  /// Whether the machine has a task system.
  package var hasTasks: Bool { vm.pointee.tasks != nil }

  /// Makes the task system and the parts of its library that the engine has; once.
  ///
  /// - Returns: the table of functions, which is the global `task`.
  package func openTasks(_ settings: TaskSettings) -> Value {
    if let library = vm.pointee.tasks?.pointee.library { return Value(library) }
    vm.openTasks(settings)
    vm.setMethods(KernelKind.task, "task", TaskNatives.taskMethods)
    vm.setMethods(KernelKind.scope, "scope", TaskNatives.scopeMethods)
    vm.setMethods(KernelKind.sender, "sender", TaskNatives.senderMethods)
    vm.setMethods(KernelKind.receiver, "receiver", TaskNatives.receiverMethods)
    vm.setMethods(KernelKind.gate, "gate", TaskNatives.gateMethods)
    vm.setMethods(KernelKind.operation, "operation", [])
    if let kernel = vm.pointee.tasks {
      kernel.pointee.root?.pointee.metatable = kernel.pointee.metatables[Int(KernelKind.scope)]
    }
    if let receivers = vm.pointee.tasks?.pointee.metatables[Int(KernelKind.receiver)] {
      // for value in receiver do
      let receive = NativeDefinition.leaf("recv") {
        NativeCall.enter($0, $1, $2, $3, TaskNatives.receive)
      }
      try? vm.rawSet(
        receivers,
        Value(vm.string("__call" as StaticString)),
        Value(vm.makeNative(receive))
      )
    }
    let table = vm.newTable()
    for definition in TaskNatives.functions {
      let native = vm.makeNative(definition)
      if definition.name.utf8Start == TaskNatives.nosuspendName.utf8Start {
        vm.pointee.tasks?.pointee.nosuspendNative = native
      }
      try? vm.rawSet(table, Value(vm.string(definition.name)), Value(native))
    }
    vm.pointee.tasks?.pointee.library = table
    try? vm.share(Value(vm.string("task" as StaticString)), Value(table))
    return Value(table)
  }

  /// The metatables of errors and of cancellations.
  package var taskErrorMetatables: (errors: Value, cancellations: Value) {
    guard let kernel = vm.pointee.tasks, let errors = kernel.pointee.errors,
      let cancellations = kernel.pointee.cancellations
    else { return (.nil, .nil) }
    return (Value(errors), Value(cancellations))
  }

  /// The metatables of tasks, scopes, senders, receivers and gates, in this order.
  package var taskMetatables: [Value] {
    guard let kernel = vm.pointee.tasks else { return [] }
    let kinds = [
      KernelKind.task, KernelKind.scope, KernelKind.sender, KernelKind.receiver, KernelKind.gate,
    ]
    return kinds.map { kind in kernel.pointee.metatables[Int(kind)].map { Value($0) } ?? .nil }
  }

  // MARK: Running

  /// Makes a task of the root scope.
  ///
  /// - Throws: "not enough memory"; an error for too many arguments.
  package func spawnRoot(
    _ function: Value,
    _ arguments: [Value],
    name: String
  ) throws(ScriptError) -> TaskHandle {
    guard let kernel = vm.pointee.tasks, let root = kernel.pointee.root else {
      throw vm.raise("the machine has no tasks")
    }
    guard root.pointee.state == .open else {
      throw vm.raise(value: vm.taskError(.scopeClosed, "the machine's tasks are being ended"))
    }
    if arguments.count > VM.taskArgumentCountMax { throw vm.raise("too many arguments") }
    let slots = Slots.allocate(capacity: arguments.count + 1)
    defer { slots.deallocate() }
    slots.initialize(to: function)
    for (index, argument) in arguments.enumerated() { (slots + index + 1).initialize(to: argument) }
    let current = kernel.pointee.current
    kernel.pointee.current = nil
    let task = vm.spawn(in: root, kernel, slots, arguments.count, site: 0)
    kernel.pointee.current = current
    if !name.isEmpty { vm.setExtra(of: task, "name", Value(vm.string(name))) }
    return TaskHandle(handle: retain(Value(task)), id: task.pointee.id)
  }

  /// Runs tasks until none can go on, or the fuel is used up.
  package func runTasks() -> TaskRunOutcome {
    guard let kernel = vm.pointee.tasks,
      vm.pointee.waitingFibers.count < Self.nestedRunMax, kernel.pointee.hostDepth < 0
    else { return .idle }
    let previous = vm.pointee.fiber
    previous.pointee.status = .normal
    vm.pointee.waitingFibers.append(previous)
    kernel.pointee.hostDepth = vm.pointee.waitingFibers.count
    vm.pointee.fuel &-= kernel.pointee.owedFuel
    kernel.pointee.owedFuel = 0
    vm.pointee.exit = nil
    if let task = kernel.pointee.current, let leaf = task.pointee.leaf {
      if task.pointee.flags.contains(.ranOut) { vm.pointee.heap.lend() }
      vm.switchFiber(to: leaf)
      leaf.pointee.status = .running
      vm.beginTurn(of: leaf, isClosing: false)
      kernel.pointee.turnFuel = vm.fuelLeft
      if task.pointee.flags.contains(.isInterrupted) {
        task.pointee.flags.remove(.isInterrupted)
        _ = vm.raiseCancelled(task)
        vm.drive(.raise)
      } else {
        vm.drive(vm.pointee.fuel < 0 ? vm.attend() : vm.proceed())
      }
    } else {
      vm.drive(vm.nextTask(kernel))
    }
    if vm.pointee.exit == nil { vm.loop() }
    let exit = vm.pointee.exit
    vm.pointee.exit = nil
    var outcome = TaskRunOutcome.idle
    if case .outOfFuel = exit, let task = kernel.pointee.current {
      outcome = .outOfFuel
      let fiber = vm.pointee.fiber
      task.pointee.leaf = fiber
      vm.barrier(fiber)
      vm.endTurn()
      let used = kernel.pointee.turnFuel &- vm.fuelLeft
      task.pointee.fuel &+= used
      kernel.pointee.fuelSinceCheckpoint &+= used
      vm.reviewStretch(task, used, kernel)
      fiber.pointee.status = .normal
    }
    vm.switchFiber(to: previous)
    previous.pointee.status = .running
    _ = vm.pointee.waitingFibers.removeLast()
    kernel.pointee.hostDepth = -1
    if let dead = kernel.pointee.deadFiber {
      kernel.pointee.deadFiber = nil
      vm.recycleStack(of: dead, kernel)
    }
    vm.coolLarge(kernel)
    vm.pointee.heap.endLoan()
    // A task may have ended for want of memory, and others with it: who comes next finds what there is.
    let hasEnded = kernel.pointee.ranOut && kernel.pointee.ready.isEmpty && outcome == .idle
    if (vm.pointee.heap.isFarOverLimit || vm.pointee.heap.wasRefused || hasEnded)
      && vm.pointee.waitingFibers.count == 0
    {
      vm.pointee.fuel &-= Int64(vm.pointee.heap.byteCount >> 4)
      vm.collectFully()
      if hasEnded { kernel.pointee.ranOut = false }
    }
    return outcome
  }

  /// How a task stands.
  package func outcome(of task: TaskHandle) -> TaskOutcome {
    guard let task = value(of: task.handle).task else { return .running }
    let result = task.result.pointee
    switch task.pointee.state {
    case .done:
      if task.pointee.flags.contains(.severalResults), result.isTable {
        let count =
          vm.toInteger(vm.rawGet(result.table, Value(vm.string("n" as StaticString)))) ?? 0
        return .finished((0..<Int(count)).map { vm.rawGet(result.table, Value($0 + 1)) })
      }
      return .finished([result])
    case .failed: return .failed(result)
    case .cancelled: return .cancelled(result)
    case .ready, .running, .parked: return .running
    }
  }

  /// Looks after the task that used up its fuel: one that passes no checkpoint although it is cancelled
  /// is interrupted where it stands, and one that may be preempted goes to the end of its queue.
  package func reviewCurrentTask() {
    guard let kernel = vm.pointee.tasks, let task = kernel.pointee.current,
      let scope = task.pointee.scope
    else { return }
    let end = VM.sum(scope.pointee.hard, kernel.pointee.settings.dropDelay)
    if scope.isEffective && kernel.pointee.now >= end
      && (task.pointee.stage >= 2 || kernel.pointee.nosuspendDepth > 0)
    {
      vm.drop(task, kernel)
      return
    }
    if scope.isEffective && kernel.pointee.nosuspendDepth == 0 {
      let isDue =
        task.pointee.stage == 0
        ? kernel.pointee.now >= scope.pointee.hard
          || kernel.pointee.fuelSinceCheckpoint >= kernel.pointee.settings.cancelFuel
            && vm.cleanup(of: task, within: vm.source(of: task)) == nil
        : kernel.pointee.now >= scope.pointee.hard && task.pointee.stage == 1
      if isDue {
        if task.pointee.stage == 0 {
          let place = task.pointee.leaf.flatMap { vm.currentPlace(of: $0, isBetween: true) } ?? "?"
          let text = "passed no checkpoint after it was cancelled, and was interrupted at \(place)"
          vm.tell(.late, task, "task \(vm.describe(task)) \(text)")
          vm.notePlace(task, "passed no checkpoint, and was interrupted at \(place)")
        }
        task.pointee.flags.insert(.isInterrupted)
        kernel.pointee.counters.interruptions &+= 1
        return
      }
    }
    if task.pointee.flags.contains(.isPreemptible) && kernel.pointee.nosuspendDepth == 0
      && !kernel.pointee.ready.isEmpty
    {
      task.pointee.flags.insert(.isPreempted)
      task.pointee.since = UInt64(clamping: kernel.pointee.fuelSinceCheckpoint)
      kernel.pointee.current = nil
      vm.makeReady(task, kernel)
    }
  }

  // MARK: Time

  /// Nanoseconds of the runtime's clock, as the tasks know it.
  package var taskTime: UInt64 {
    get { vm.pointee.tasks?.pointee.now ?? 0 }
    set { vm.pointee.tasks?.pointee.now = newValue }
  }

  /// When the next timer goes off.
  package var nextTaskTimer: UInt64? { vm.pointee.tasks?.pointee.timers.next }

  /// Lets the timers go off whose time has come, on the real clock with a look at how late they are.
  package func fireTaskTimers(isReal: Bool) {
    guard let kernel = vm.pointee.tasks else { return }
    if isReal { vm.reviewDrift(kernel) }
    while let target = kernel.pointee.timers.take(by: kernel.pointee.now) {
      kernel.pointee.counters.timers &+= 1
      kernel.pointee.note(.timer, 0)
      switch target {
      case .task(let task): vm.timerFired(task)
      case .scope(let scope): vm.timerFired(scope, kernel)
      }
    }
  }

  package var hasReadyTasks: Bool {
    guard let kernel = vm.pointee.tasks else { return false }
    return !kernel.pointee.ready.isEmpty || kernel.pointee.current != nil
  }

  /// Tasks that have not ended.
  package var liveTaskCount: Int { vm.pointee.tasks?.pointee.liveCount ?? 0 }
  package var taskTimerCount: Int { vm.pointee.tasks?.pointee.timers.count ?? 0 }
  package var taskCounters: TaskCounters { vm.pointee.tasks?.pointee.counters ?? TaskCounters() }
  /// A hash of everything that was decided so far.
  package var taskTrace: UInt64 { vm.pointee.tasks?.pointee.trace ?? 0 }

  // MARK: Cancelling

  /// Cancels everything.
  package func cancelRoot(reason: String, isDeadlock: Bool = false) {
    guard let kernel = vm.pointee.tasks, let root = kernel.pointee.root else { return }
    vm.cancel(root, isDeadlock ? .deadlock : .host, Value(vm.string(reason)), by: 0, kernel)
  }

  /// Cancels a task.
  package func cancel(_ task: TaskHandle, reason: String) {
    guard let kernel = vm.pointee.tasks, let task = value(of: task.handle).task else { return }
    vm.cancel(task, .host, Value(vm.string(reason)), by: 0, kernel)
  }

  // MARK: The host's part

  /// Tasks that have begun to wait for the host since it was last asked, with what they wait for.
  package func takeTaskRequests() -> [(task: TaskHandle, request: Value)] {
    guard let kernel = vm.pointee.tasks else { return [] }
    var taken: [(task: TaskHandle, request: Value)] = []
    let requests = kernel.pointee.requests
    for index in 0..<requests.count {
      let task = requests[index]
      guard let leaf = task.pointee.leaf else { continue }
      taken.append(
        (
          TaskHandle(handle: retain(Value(task)), id: task.pointee.id),
          leaf.pointee.frame.pointee.constants.pointee
        )
      )
    }
    kernel.pointee.requests.removeAll()
    return taken
  }

  /// The numbers of tasks whose requests the host is to cancel.
  package func takeTaskHostCancellations() -> [UInt32] {
    guard let kernel = vm.pointee.tasks else { return [] }
    let list = kernel.pointee.hostCancellations
    let taken = (0..<list.count).compactMap { index in
      let (task, wakes) = (list[index].task, list[index].wakes)
      return task.pointee.wakes == wakes ? task.pointee.id : nil
    }
    kernel.pointee.hostCancellations.removeAll()
    return taken
  }

  /// Whether a task still waits for the host.
  package func awaitsHost(_ task: TaskHandle) -> Bool {
    guard let task = value(of: task.handle).task else { return false }
    return task.pointee.state == .parked && task.pointee.wait == .host
  }

  /// Answers what a task waits for, if it still does.
  ///
  /// - Returns: false when nobody waits any more.
  package func answer(_ task: TaskHandle, succeeded: Bool, _ values: [Value]) -> Bool {
    guard let kernel = vm.pointee.tasks, let task = value(of: task.handle).task,
      task.pointee.state == .parked, task.pointee.wait == .host
    else {
      vm.pointee.tasks?.pointee.counters.orphanedAnswers &+= 1
      return false
    }
    kernel.pointee.note(.answer, task.pointee.id)
    let slots = Slots.allocate(capacity: values.count + 1)
    defer { slots.deallocate() }
    slots.initialize(to: Value(succeeded))
    for (index, value) in values.enumerated() { (slots + index + 1).initialize(to: value) }
    let table = vm.packed(slots, values.count + 1)
    vm.withdraw(task)
    vm.wake(task, WakeStatus.answers, table)
    return true
  }

  /// Tells a task that what it waits for was cancelled.
  package func answerCancelled(_ task: TaskHandle, inDoubt: Bool, operation: String) {
    guard let task = value(of: task.handle).task, task.pointee.state == .parked,
      task.pointee.wait == .host
    else { return }
    vm.withdraw(task)
    if inDoubt { vm.noteDoubt(task, Value(vm.string(operation))) }
    vm.wake(task, WakeStatus.raise, .nil)
  }
}
