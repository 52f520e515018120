// Cancellation, as docs/internals/tasks.md words it: it has a level (every checkpoint raises), a bound
// (grace, then the drop), and an owner (the outermost cancelling scope, which alone absorbs it).
//
// Whether a scope's tasks are cancelled is kept in the scope (`effective`), so that a checkpoint is one
// test. A request goes down the tree once: scopes behind shields are left out, parked tasks are woken.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  // MARK: Checkpoints

  /// What every operation that may park does first.
  ///
  /// - Returns: the task that runs.
  /// - Throws: the cancellation, if it is due; an error where nothing may park.
  @inline(__always)
  func checkpoint(_ call: NativeCall) throws(ScriptError) -> TaskRef {
    guard let task = currentTask else { throw raiseNoTask(call) }
    if TaskCounters.countsTurns { task.pointee.checkpoints &+= 1 }
    if let scope = task.pointee.scope, scope.isEffective { try raiseIfDue(task, scope) }
    return task
  }

  @inline(never)
  private func raiseIfDue(_ task: TaskRef, _ scope: ScopeRef) throws(ScriptError) {
    guard let kernel = pointee.tasks else { return }
    if isCleaning(task, scope, kernel) { return }
    throw raiseCancelled(task)
  }

  @inline(never)
  private func raiseNoTask(_ call: NativeCall) -> ScriptError {
    let isInside = pointee.tasks?.pointee.current != nil
    return raise(
      value: isInside
        ? taskError(
          .sandwich,
          "a function of the host called this script and waits for it: nothing can be parked here"
        )
        : taskError(.noTask, "no task runs here: run the program as a task")
    )
  }

  /// Raises the cancellation of the outermost scope that cancels a task.
  func raiseCancelled(_ task: TaskRef) -> ScriptError {
    guard let kernel = pointee.tasks, let scope = source(of: task) else {
      return raise(value: taskError(.cancelled, "Cancelled"))
    }
    task.pointee.stage = task.pointee.stage == 0 ? 1 : 2
    task.pointee.raises &+= 1
    kernel.pointee.counters.raises &+= 1
    kernel.pointee.fuelSinceCheckpoint = 0
    if scope.pointee.cancelled == nil { describeCancellation(scope) }
    guard let error = scope.pointee.cancelled else {
      return raise(value: taskError(.cancelled, "Cancelled"))
    }
    return raise(value: Value(error))
  }

  /// The outermost cancelling scope around a task, up to the nearest shield.
  func source(of task: TaskRef) -> ScopeRef? {
    var found: ScopeRef?
    var next = task.pointee.scope
    while let scope = next {
      if scope.pointee.state == .cancelling { found = scope }
      if scope.pointee.flags.contains(.shield) { break }
      next = scope.pointee.parent
    }
    return found
  }

  /// Whether an error is the cancellation of a scope.
  func cancels(_ scope: ScopeRef, _ error: Value) -> Bool {
    error.isTable && scope.pointee.cancelled == error.table
  }

  /// Makes the error of a scope's cancellation.
  func describeCancellation(_ scope: ScopeRef) {
    let text = cause(of: scope)
    let error = taskError(.cancelled, text, place: scopeExtra(scope, "waited"))
    guard error.isTable else { return }
    if scope.pointee.cause == .deadlock {
      let help = "each line above is a wait: add the set, send, close or unlock that would end one"
      setErrorField(error, "help", Value(string(help)))
    }
    setErrorField(error, "reason", scope.pointee.reason)
    setErrorField(error, "scope", scopeExtra(scope, "name"))
    setErrorField(error, "source", Value(Int(scope.pointee.source)))
    setErrorField(error, "history", scopeExtra(scope, "history"))
    scope.pointee.cancelled = error.table
    barrier(error)
  }

  /// A line that says why a task is being cancelled.
  private func whyCancelled(_ task: TaskRef) -> String {
    source(of: task).map { "\n  it was to end because \(cause(of: $0))" } ?? ""
  }

  /// Why a scope is being cancelled, in words.
  func cause(of scope: ScopeRef) -> String {
    let name = describe(scope)
    let who = scope.pointee.source > 0 ? " by #\(scope.pointee.source)" : ""
    let reason = scope.pointee.reason
    let said =
      reason.isString
      ? ": \(reason.string.description(upTo: 200))"
      : reason.isNumber ? ": \(numberToString(reason).description)" : ""
    switch scope.pointee.cause {
    case .none, .request: return "\(name) was cancelled\(who)\(said)"
    case .deadline:
      let owner = scope.pointee.owner.map { " by \(describe($0))" } ?? ""
      let place = place(ofSite: scope.pointee.site).map { "set at \($0)\(owner)" }
      let deadline = "deadline \(Self.seconds(scope.pointee.duration))"
      // A scope without a name is called by its place, which need not be told twice.
      if let place, scopeExtra(scope, "name").isNil { return "\(deadline) \(place) expired" }
      return "\(deadline) of \(name)\(place.map { " (\($0))" } ?? "") expired"
    case .siblingFailed: return "task #\(scope.pointee.source) of \(name) failed\(said)"
    case .bodyFailed: return "the body of \(name) failed\(said)"
    case .deadlock:
      return reason.isString
        ? reason.string.description(upTo: 4000)
        : "\(name) can never end: nothing in it can go on"
    case .host: return "\(name) was cancelled by the host\(said)"
    case .finished: return "what the daemon served is done"
    }
  }

  static func seconds(_ nanoseconds: UInt64) -> String {
    let value = Double(nanoseconds) / 1e9
    return value == value.rounded() ? "\(Int64(value))s" : "\(value)s"
  }

  // MARK: Requests

  /// Cancels a scope; the first reason wins, later ones are noted.
  func cancel(
    _ scope: ScopeRef,
    _ cause: ScopeObject.Cause,
    _ reason: Value,
    by source: UInt32,
    _ kernel: KernelRef
  ) {
    switch scope.pointee.state {
    case .closed: return
    case .cancelling:
      if cause == .request || cause == .host {
        appendScopeExtra(scope, "history", reason)
        if let error = scope.pointee.cancelled {
          setErrorField(Value(error), "history", scopeExtra(scope, "history"))
        }
      }
      return
    case .open: break
    }
    let now = kernel.pointee.now
    scope.pointee.state = .cancelling
    scope.pointee.cause = cause
    scope.pointee.reason = reason
    barrier(reason)
    scope.pointee.source = source
    scope.pointee.began = now
    let own = Self.sum(now, scope.pointee.grace)
    // Inside another cancellation it ends with that one at the latest.
    scope.pointee.hard = scope.isEffective ? Swift.min(scope.pointee.hard, own) : own
    scope.pointee.flags.insert([.effective, .ownsHard])
    kernel.pointee.counters.cancellations &+= 1
    kernel.pointee.note(.cancel, UInt32(truncatingIfNeeded: scope.pointee.liveCount))
    if cause == .deadline || cause == .request || cause == .host { noteWait(in: scope, kernel) }
    arm(scope, kernel)
    spread(from: scope, kernel)
  }

  /// Takes down what a scope that is about to be cancelled waits for: the task whose body it is, or its
  /// oldest child.
  private func noteWait(in scope: ScopeRef, _ kernel: KernelRef) {
    guard let owner = scope.pointee.owner, owner.pointee.scope != nil else { return }
    var task = owner
    if owner.pointee.wait == .scopeExit, owner.pointee.scope == scope {
      guard let child = scope.pointee.first else { return }
      task = child
    }
    guard task.pointee.state == .parked else { return }
    let waited = (kernel.pointee.now &- task.pointee.since) / 1_000_000 * 1_000_000
    let place = task.pointee.leaf.flatMap { currentPlace(of: $0) }.map { " at \($0)" } ?? ""
    let what = "\(subject(of: task))\(place)"
    let text = "task \(describe(task)) waited \(Self.seconds(waited)) in \(what)"
    let lines = scope.pointee.flags.contains(.implicit) ? [] : spawnLines(of: task, isFull: false)
    setScopeExtra(scope, "waited", Value(string(([text] + lines).joined(separator: "\n"))))
  }

  /// Says of a cancellation that nobody waited when it came where it stopped a task.
  func notePlace(_ task: TaskRef, _ text: String) {
    guard let scope = source(of: task), scopeExtra(scope, "waited").isNil else { return }
    let lines = scope.pointee.flags.contains(.implicit) ? [] : spawnLines(of: task, isFull: false)
    let all = ["task \(describe(task)) \(text)"] + lines
    setScopeExtra(scope, "waited", Value(string(all.joined(separator: "\n"))))
  }

  /// Cancels a single task, by a scope around it that is made for that.
  func cancel(
    _ task: TaskRef,
    _ cause: ScopeObject.Cause,
    _ reason: Value,
    by source: UInt32,
    _ kernel: KernelRef
  ) {
    guard !task.hasEnded, let home = task.home else { return }
    var outermost: ScopeRef?
    var next = task.pointee.scope
    while let scope = next, scope != home {
      outermost = scope
      next = scope.pointee.parent
    }
    if let outermost, outermost.pointee.flags.contains(.implicit) {
      cancel(outermost, cause, reason, by: source, kernel)
      return
    }
    let made = makeScope(parent: home, owner: task, kernel)
    made.pointee.flags.insert(.implicit)
    if home.isEffective { inheritEffect(made, from: home) }
    if let outermost {
      outermost.pointee.parent = made
    } else {
      task.pointee.scope = made
    }
    barrier(UnsafeMutableRawPointer(made))
    cancel(made, cause, reason, by: source, kernel)
  }

  static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (sum, overflows) = a.addingReportingOverflow(b)
    return overflows ? .max : sum
  }

  /// A new scope; whoever asked for it enters it.
  func makeScope(parent: ScopeRef?, owner: TaskRef?, _ kernel: KernelRef) -> ScopeRef {
    let scope = makeKernelObject(KernelKind.scope, byteCount: MemoryLayout<ScopeObject>.stride)
      .assumingMemoryBound(to: ScopeObject.self)
    let (header, metatable) = (scope.pointee.header, scope.pointee.metatable)
    scope.initialize(
      to: ScopeObject(
        header: header,
        metatable: metatable,
        parent: parent,
        owner: owner,
        grace: parent?.pointee.grace ?? kernel.pointee.settings.grace
      )
    )
    return scope
  }

  /// Takes on the effect of the scope around it.
  func inheritEffect(_ scope: ScopeRef, from parent: ScopeRef) {
    scope.pointee.flags.insert(.effective)
    scope.pointee.began = parent.pointee.began
    scope.pointee.hard = Swift.min(scope.pointee.hard, parent.pointee.hard)
  }

  // MARK: Spreading

  /// Tells everything inside a scope that became effective.
  private func spread(from scope: ScopeRef, _ kernel: KernelRef) {
    var work: [ScopeRef] = [scope]
    if let owner = scope.pointee.owner { spread(in: owner, below: scope, &work, kernel) }
    while let next = work.popLast() {
      var child = next.pointee.first
      while let task = child {
        child = task.pointee.next
        spread(in: task, below: next, &work, kernel)
      }
    }
  }

  /// Makes the scopes of a task effective that stand below a given one, from there inwards.
  private func spread(
    in task: TaskRef,
    below outer: ScopeRef,
    _ work: inout [ScopeRef],
    _ kernel: KernelRef
  ) {
    guard let innermost = task.pointee.scope else { return }
    if innermost != outer {
      var chain: [ScopeRef] = []
      var next: ScopeRef? = innermost
      while let scope = next, scope != outer {
        chain.append(scope)
        next = scope.pointee.parent
      }
      let cleanupCount = cleanup(of: task, within: source(of: task)) ?? 0
      for (index, scope) in chain.reversed().enumerated() {
        if scope.pointee.flags.contains(.shield) && scope.pointee.state != .cancelling { break }
        guard let parent = scope.pointee.parent, parent.isEffective else { break }
        if chain.count - index <= cleanupCount && scope.pointee.state == .open {
          // Cleanup has opened it, which goes on until the grace ends.
          scope.pointee.flags.formUnion([.shield, .cleanup])
          scope.pointee.shieldEnd = Swift.min(scope.pointee.shieldEnd, parent.pointee.hard)
          arm(scope, kernel)
          break
        }
        if scope.isEffective {
          if !scope.pointee.flags.contains(.shield) {
            scope.pointee.hard = Swift.min(scope.pointee.hard, parent.pointee.hard)
          }
        } else {
          inheritEffect(scope, from: parent)
        }
        work.append(scope)
      }
    }
    if innermost.isEffective { interrupt(task, innermost, kernel) }
  }

  /// Takes a parked task back from what it waits for, if its cancellation is due.
  private func interrupt(_ task: TaskRef, _ scope: ScopeRef, _ kernel: KernelRef) {
    guard task.pointee.state == .parked, task.pointee.wait != .scopeExit else { return }
    if isCleaning(task, scope, kernel) { return }
    if task.pointee.wait == .host && leavesToHost(task, scope, kernel) { return }
    withdraw(task)
    wake(task, WakeStatus.raise, .nil)
  }

  /// Asks the host to cancel what a task waits for; the host's verdict wakes the task.
  ///
  /// - Returns: false when the host was not told of the task yet, so that nothing has happened.
  private func leavesToHost(_ task: TaskRef, _ scope: ScopeRef, _ kernel: KernelRef) -> Bool {
    let requests = kernel.pointee.requests
    for index in 0..<requests.count where requests[index] == task { return false }
    if kernel.pointee.now >= scope.pointee.hard {
      withdraw(task)
      let error = taskError(
        .hostAbandoned,
        "the host did not answer task \(describe(task)) in the grace after a cancellation; "
          + "it still works on it\(whyCancelled(task))",
        of: task
      )
      wake(task, WakeStatus.raise, error)
    } else {
      kernel.pointee.hostCancellations.append(task)
    }
    return true
  }

  // MARK: Time

  /// Sets a scope's timer to what comes next in its life.
  func arm(_ scope: ScopeRef, _ kernel: KernelRef) {
    var next = UInt64.max
    if scope.pointee.state == .open { next = scope.pointee.deadline }
    if scope.pointee.flags.contains(.shield) { next = Swift.min(next, scope.pointee.shieldEnd) }
    if scope.isEffective && scope.pointee.flags.contains(.ownsHard) {
      let hard = scope.pointee.hard
      let end =
        scope.pointee.flags.contains(.isLast)
        ? Self.sum(hard, kernel.pointee.settings.dropDelay) : hard
      next = Swift.min(next, end)
    }
    if next == .max {
      kernel.pointee.timers.cancel(scope)
    } else {
      kernel.pointee.timers.set(scope, next)
    }
  }

  /// A scope's timer has gone off.
  func timerFired(_ scope: ScopeRef, _ kernel: KernelRef) {
    guard scope.pointee.state != .closed else { return }
    let now = kernel.pointee.now
    if scope.pointee.state == .open && now >= scope.pointee.deadline {
      cancel(scope, .deadline, .nil, by: 0, kernel)
    }
    if scope.pointee.flags.contains(.shield) && now >= scope.pointee.shieldEnd {
      lift(scope, kernel)
    }
    if scope.isEffective && scope.pointee.flags.contains(.ownsHard) && now >= scope.pointee.hard {
      if scope.pointee.flags.contains(.isLast) {
        if now >= Self.sum(scope.pointee.hard, kernel.pointee.settings.dropDelay) {
          scope.pointee.flags.remove(.ownsHard)
          drop(scope, kernel)
        }
      } else {
        scope.pointee.flags.insert(.isLast)
        spread(from: scope, kernel)
      }
    }
    if scope.pointee.state != .closed { arm(scope, kernel) }
  }

  /// A shield ends: cancellations from outside reach in.
  private func lift(_ scope: ScopeRef, _ kernel: KernelRef) {
    scope.pointee.flags.remove(.shield)
    guard let parent = scope.pointee.parent, parent.isEffective else { return }
    let wasEffective = scope.isEffective
    scope.pointee.flags.insert(.effective)
    scope.pointee.began = kernel.pointee.now
    if scope.pointee.flags.contains(.cleanup) {
      scope.pointee.hard = Swift.min(scope.pointee.hard, parent.pointee.hard)
    } else {
      let own = Self.sum(kernel.pointee.now, scope.pointee.grace)
      scope.pointee.hard = wasEffective ? Swift.min(scope.pointee.hard, own) : own
      scope.pointee.flags.insert(.ownsHard)
    }
    spread(from: scope, kernel)
  }

  // MARK: The drop

  /// Ends everything in a scope whose grace is over, without running another step of it.
  private func drop(_ scope: ScopeRef, _ kernel: KernelRef) {
    dropChildren(of: scope, kernel)
    if let owner = scope.pointee.owner, !owner.hasEnded { cut(owner, to: scope, kernel) }
  }

  private func dropChildren(of scope: ScopeRef, _ kernel: KernelRef) {
    // A list and not a recursion: a tree may be deeper than the thread's stack.
    var doomed: [TaskRef] = []
    var scopes: [ScopeRef] = [scope]
    while let next = scopes.popLast() {
      var child = next.pointee.first
      while let task = child {
        child = task.pointee.next
        var inner = task.pointee.scope
        var isShielded = false
        var own: [ScopeRef] = []
        while let one = inner, one != next {
          own.append(one)
          isShielded = isShielded || one.pointee.flags.contains(.shield)
          inner = one.pointee.parent
        }
        if isShielded && !kernel.pointee.endsHard { continue }
        doomed.append(task)
        scopes += own
      }
    }
    for task in doomed.reversed() where !task.hasEnded { dropLeavingQueue(task, kernel) }
    kernel.pointee.ready.removeEnded()
  }

  /// Ends a task where it stands.
  private func drop(_ task: TaskRef, _ kernel: KernelRef) {
    if task.pointee.state == .ready { kernel.pointee.ready.remove(task) }
    dropLeavingQueue(task, kernel)
  }

  /// Ends a task where it stands; if it is ready, its caller takes it out of the queue.
  private func dropLeavingQueue(_ task: TaskRef, _ kernel: KernelRef) {
    let wasHost = task.pointee.wait == .host
    if task.pointee.state == .parked { withdraw(task) }
    kernel.pointee.counters.dropped &+= 1
    task.pointee.flags.insert(.wasDropped)
    let place = task.pointee.leaf.flatMap { currentPlace(of: $0) }.map { " at \($0)" } ?? ""
    tell(.dropped, task, "task \(describe(task)) did not end in its grace and was dropped\(place)")
    let error =
      wasHost
      ? taskError(
        .hostAbandoned,
        "the host did not answer task \(describe(task)) in the grace after a cancellation"
          + whyCancelled(task),
        of: task
      )
      : taskError(
        .dropped,
        "task \(describe(task)) did not end in its grace and was dropped\(place)"
          + whyCancelled(task),
        of: task
      )
    discardFibers(of: task)
    let isCurrent = kernel.pointee.current == task
    if isCurrent { kernel.pointee.nosuspendDepth = 0 }
    end(task, .cancelled, error, kernel)
    if isCurrent { kernel.pointee.current = nil }
    if let dead = kernel.pointee.deadFiber, dead != pointee.fiber {
      kernel.pointee.deadFiber = nil
      recycleStack(of: dead, kernel)
    }
  }

  /// Forgets the frames of a task above a scope's boundary, which goes on as if its body had failed.
  private func cut(_ task: TaskRef, to scope: ScopeRef, _ kernel: KernelRef) {
    // At the boundary already: it waits for its children.
    if task.pointee.scope == scope && task.pointee.wait == .scopeExit { return }
    guard let fiber = scope.pointee.fiber else {
      drop(task, kernel)
      return
    }
    switch task.pointee.state {
    case .parked: withdraw(task)
    case .ready: kernel.pointee.ready.remove(task)
    default: break
    }
    kernel.pointee.counters.dropped &+= 1
    var next = task.pointee.leaf
    while let inner = next, inner != fiber {
      next = inner.pointee.resumer
      discard(inner)
    }
    var inner = task.pointee.scope
    while let one = inner, one != scope {
      close(one, kernel)
      inner = one.pointee.parent
    }
    task.pointee.scope = scope
    task.pointee.leaf = fiber
    cutFrames(of: fiber, above: Int(scope.pointee.frame))
    task.pointee.stage = 2
    if kernel.pointee.current == task { kernel.pointee.nosuspendDepth = 0 }
    kernel.pointee.current = kernel.pointee.current == task ? nil : kernel.pointee.current
    task.pointee.flags.insert(.isInterrupted)
    wake(task, WakeStatus.raise, .nil)
  }

  /// Forgets the frames of a fiber that does not run above a native one, which will find an error.
  private func cutFrames(of fiber: FiberRef, above index: Int) {
    guard let kernel = pointee.tasks else { return }
    if fiber.pointee.isPacked { _ = unpack(fiber, kernel) }
    let frame = fiber.pointee.frames + index
    let level = frame.pointee.base + 1
    while let open = fiber.pointee.openUpvalues, open.pointee.location >= level {
      fiber.pointee.openUpvalues = open.nextOpen
      open.pointee.storage = open.pointee.location.pointee
      barrier(open.pointee.storage)
      open.pointee.location = open.closedLocation
    }
    let offset = level - fiber.pointee.stack
    while fiber.pointee.pendingCloseCount > 0, let pending = fiber.pointee.pendingCloses,
      pending[fiber.pointee.pendingCloseCount - 1] >= offset
    {
      fiber.pointee.pendingCloseCount -= 1
    }
    var dropped = fiber.pointee.frame
    while dropped > frame {
      if dropped.pointee.isNative && dropped.pointee.has(Frame.Flag.catches) {
        fiber.pointee.protectedDepth -= 1
      }
      dropped = dropped.below
    }
    fiber.pointee.noYieldDepth = 0
    fiber.pointee.handlerDepth = 0
    fiber.pointee.fuelDeposit = 0
    fiber.pointee.frame = frame
    frame.pointee.constants = level
    fiber.pointee.top = level + 2
    fiber.pointee.status = .normal
    if fiber == pointee.fiber {
      pointee.frame = frame
      pointee.top = fiber.pointee.top
    }
  }

  /// A scope ends: nothing refers to it any more but those who kept it.
  func close(_ scope: ScopeRef, _ kernel: KernelRef) {
    scope.pointee.state = .closed
    kernel.pointee.timers.cancel(scope)
    if scope.pointee.liveCount > 0, let parent = scope.pointee.parent {
      handChildren(of: scope, to: parent)
    }
  }

  /// Gives the children of a scope that was cut off, which a shield protects, to the one around it: nobody
  /// is ever without a parent.
  private func handChildren(of scope: ScopeRef, to parent: ScopeRef) {
    while let child = scope.pointee.first {
      var outermost: ScopeRef?
      var next = child.pointee.scope
      while let inner = next, inner.pointee.owner == child {
        outermost = inner
        next = inner.pointee.parent
      }
      scope.remove(child)
      if let outermost {
        outermost.pointee.parent = parent
      } else {
        child.pointee.scope = parent
      }
      parent.append(child)
      if child.pointee.flags.contains(.daemon) { parent.pointee.daemonCount += 1 }
      barrier(UnsafeMutableRawPointer(parent))
      barrier(UnsafeMutableRawPointer(child))
    }
  }

  /// Ends a task that goes on without a checkpoint although its grace is over.
  func dropHog(_ task: TaskRef, _ kernel: KernelRef) { drop(task, kernel) }
}
