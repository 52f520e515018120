// Whether every task is where it says, and nowhere else: each ready one in one ring, each parked one in the queue of
// what it waits for or among the timers, each list as long as it is counted. It takes time in proportion to the
// number of tasks, and the tests ask for it after each step.

private struct TaskAudit {
  let vm: VM
  let kernel: KernelRef
  private(set) var problems: [String] = []
  private var tasks: [TaskRef] = []
  private var ready: Set<TaskRef> = []
  /// Links in the queues that were walked, and the objects whose queues they are.
  private var queued: Set<UInt> = []
  private var walked: Set<UnsafeMutableRawPointer> = []

  init(_ vm: VM, _ kernel: KernelRef) {
    self.vm = vm
    self.kernel = kernel
  }

  mutating func run(from root: ScopeRef) {
    var found: [TaskRef] = []
    vm.eachTask(in: root) { found.append($0) }
    tasks = found
    if tasks.count != kernel.pointee.liveCount {
      problems.append(
        "\(kernel.pointee.liveCount) tasks are counted, \(tasks.count) are in the tree"
      )
    }
    checkRings()
    checkTimers()
    for task in tasks { check(task) }
    checkScopes(root)
    checkMutexes()
  }

  private mutating func report(_ task: TaskRef, _ text: String) {
    problems.append("task #\(task.pointee.id) \(text)")
  }

  private mutating func checkRings() {
    for level in 0..<4 {
      for index in 0..<kernel.pointee.ready.rings[level].count {
        let task = kernel.pointee.ready.rings[level].task(at: index)
        if !ready.insert(task).inserted { report(task, "is ready twice") }
        if task.priority != level { report(task, "stands in the ring of another priority") }
      }
    }
    if kernel.pointee.ready.isEmpty != ready.isEmpty {
      problems.append("the mask of the rings is wrong")
    }
  }

  private mutating func checkTimers() {
    let entries = kernel.pointee.timers.entries
    for index in 0..<entries.count {
      let entry = entries[index]
      if index > 0 && entries[(index - 1) / 2].deadline > entry.deadline {
        problems.append("timer \(index) comes before the one above it")
      }
      if entry.target & 1 == 0, let task = TaskRef(bitPattern: entry.target) {
        if Int(task.pointee.timer) != index { report(task, "does not know its timer") }
        if task.pointee.state != .parked { report(task, "has a timer although it does not wait") }
      } else if let scope = ScopeRef(bitPattern: entry.target & ~1) {
        if Int(scope.pointee.timer) != index { problems.append("a scope does not know its timer") }
        if scope.pointee.state == .closed { problems.append("a closed scope has a timer") }
      }
    }
  }

  private mutating func check(_ task: TaskRef) {
    let isReady = ready.contains(task)
    if (task.pointee.state == .ready) != isReady {
      report(task, "is \(task.pointee.state), in a ring: \(isReady)")
    }
    if (task.pointee.state == .parked) != (task.pointee.wait != .none) {
      report(task, "is \(task.pointee.state) with \(task.pointee.wait)")
    }
    if task.pointee.state == .running && kernel.pointee.current != task {
      report(task, "runs, and is not the one that does")
    }
    guard task.pointee.state == .parked else { return }
    let object = task.pointee.node.object
    switch task.pointee.wait {
    case .none, .host: break
    case .sleep: if object != nil { report(task, "sleeps for an object") }
    case .scopeExit:
      guard let scope = task.pointee.scope else { return report(task, "waits for no scope") }
      if scope.pointee.owner != task || scope.pointee.liveCount == 0 {
        report(task, "waits for a scope that has ended")
      }
    case .join, .send, .receive, .acquire, .event:
      expect(task, task.link, object, task.pointee.wait)
    case .select:
      guard let object else { return report(task, "selects nothing") }
      let selection = object.assumingMemoryBound(to: SelectionObject.self)
      for index in 0..<selection.pointee.count {
        let arm = selection.arms + index
        let kind = Self.wait(of: arm.pointee.kind)
        if let kind { expect(task, UInt(bitPattern: arm) | 1, arm.pointee.node.object, kind) }
      }
    }
  }

  private static func wait(of kind: OperationKind) -> WaitKind? {
    switch kind {
    case .send: .send
    case .receive: .receive
    case .acquire: .acquire
    case .event: .event
    case .join: .join
    case .after: nil
    }
  }

  /// Looks for a task's node in the queue of an object, which is walked once.
  private mutating func expect(
    _ task: TaskRef,
    _ link: UInt,
    _ object: UnsafeMutableRawPointer?,
    _ kind: WaitKind
  ) {
    guard let object else { return report(task, "waits for no object") }
    if walked.insert(object).inserted {
      switch kind {
      case .join: walk(object.assumingMemoryBound(to: TaskObject.self).pointee.joiners, object)
      case .send, .receive:
        let channel = object.assumingMemoryBound(to: ChannelObject.self)
        walk(channel.pointee.senders, object)
        walk(channel.pointee.receivers, object)
        let isFull = channel.pointee.count == channel.pointee.capacity
        if channel.pointee.receivers.head != 0 && channel.pointee.count > 0
          || channel.pointee.senders.head != 0 && !isFull
        {
          problems.append("somebody waits for a channel that is ready")
        }
      default: walk(object.assumingMemoryBound(to: GateObject.self).pointee.waiters, object)
      }
    }
    if !queued.contains(link) { report(task, "is not in the queue of what it waits for") }
  }

  private mutating func walk(_ queue: WaitQueue, _ object: UnsafeMutableRawPointer) {
    var link = queue.head
    while link != 0 {
      if !queued.insert(link).inserted { problems.append("a node stands in two queues") }
      let node = WaitQueue.node(link)
      if node.pointee.object != object {
        problems.append("a node stands in another object's queue")
      }
      if WaitQueue.task(link).pointee.state != .parked {
        report(WaitQueue.task(link), "stands in a queue although it does not wait")
      }
      link = node.pointee.next
      if link == queue.head { break }
    }
  }

  private mutating func checkScopes(_ root: ScopeRef) {
    var scopes = [root]
    for task in tasks {
      var next = task.pointee.scope
      while let scope = next, scope.pointee.owner == task {
        scopes.append(scope)
        next = scope.pointee.parent
      }
    }
    for scope in scopes {
      var (count, daemons): (Int32, Int32) = (0, 0)
      var next = scope.pointee.first
      while let child = next {
        count += 1
        if child.pointee.flags.contains(.daemon) { daemons += 1 }
        if child.home != scope { report(child, "is listed by a scope that is not its home") }
        next = child.pointee.next
      }
      if count != scope.pointee.liveCount || daemons != scope.pointee.daemonCount {
        problems.append("\(vm.describe(scope)) miscounts its children")
      }
      if scope.pointee.state == .closed { problems.append("a task is in a closed scope") }
      guard let parent = scope.pointee.parent else { continue }
      if parent.isEffective && !scope.isEffective && !scope.pointee.flags.contains(.shield) {
        problems.append("\(vm.describe(scope)) was not told of a cancellation")
      }
    }
  }

  private mutating func checkMutexes() {
    var held: [TaskRef: Int] = [:]
    var next = kernel.pointee.held
    while let gate = next {
      if let owner = gate.pointee.owner { held[owner, default: 0] += 1 }
      if gate.pointee.owner?.hasEnded != false { problems.append("a mutex is held by nobody") }
      next = gate.pointee.nextHeld
    }
    for task in tasks where Int(task.pointee.heldCount) != held[task] ?? 0 {
      report(task, "miscounts the mutexes that it holds")
    }
  }
}

extension Machine {
  /// What is wrong with the tasks and their queues: nothing, ever.
  package func auditTasks() -> [String] {
    guard let kernel = vm.pointee.tasks, let root = kernel.pointee.root else { return [] }
    var audit = TaskAudit(vm, kernel)
    audit.run(from: root)
    return audit.problems
  }
}
