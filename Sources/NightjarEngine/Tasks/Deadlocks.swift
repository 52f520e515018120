// Circles of tasks that wait for one another, found when the last of them is about to wait: from owner to
// owner, in time proportional to the length of the circle.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// More tasks than this are not looked at: then it is found when nothing goes on.
  private static var circleMax: Int { 10_000 }

  /// The error of a task that is about to wait for one that waits, in the end, for itself.
  func cycle(_ task: TaskRef, throughTask joined: TaskRef) -> Value? {
    if joined == task { return ownJoin(task) }
    // Whoever is around a task began before it, and ends after it.
    let isAncestor = joined.pointee.id < task.pointee.id && isAround(joined, task)
    guard let others = isAncestor ? [joined] : circle(task, from: joined) else { return nil }
    return deadlock(
      task,
      others,
      "join of task \(describe(joined))",
      "join no task that waits for this one: return what it needs, or send it through a channel"
    )
  }

  func cycle(_ task: TaskRef, throughMutex gate: GateRef) -> Value? {
    guard gate.pointee.kind == .mutex, let owner = gate.pointee.owner else { return nil }
    if owner == task { return ownLock(task, gate) }
    guard let others = circle(task, from: owner) else { return nil }
    return deadlock(
      task,
      others,
      "\(describe(gate)) held by \(describe(owner))",
      "lock in the same order everywhere, or let go of the first mutex before the second"
    )
  }

  private func ownJoin(_ task: TaskRef) -> Value {
    pointee.tasks?.pointee.counters.deadlocks &+= 1
    return taskError(
      .deadlock,
      "task \(describe(task)) would wait for its own end",
      help: "leave the join to whoever spawned the task: it ends when its function returns"
    )
  }

  private func ownLock(_ task: TaskRef, _ gate: GateRef) -> Value {
    pointee.tasks?.pointee.counters.deadlocks &+= 1
    return taskError(
      .deadlock,
      "task \(describe(task)) would wait for itself: it holds \(describe(gate)) already",
      help: "lock once, outside: what is called inside relies on it, or unlock before"
    )
  }

  /// The error of a task whose scope cannot end: one of the children waits for a mutex that the task holds.
  func cycle(_ task: TaskRef, atEndOf scope: ScopeRef) -> Value? {
    guard task.pointee.heldCount > 0, let path = waiters(of: task, until: { isInside($0, scope) })
    else { return nil }
    return deadlock(
      task,
      path,
      "the end of all children of \(describe(scope))",
      "let go of the mutex inside the scope, before its end: m:with(f) does"
    )
  }

  /// Those through whom a task would wait for itself if it waited for `start`; nil when it would not.
  private func circle(_ task: TaskRef, from start: TaskRef) -> [TaskRef]? {
    var others: [TaskRef] = []
    var next: TaskRef? = start
    while let waiting = next, others.count < Self.circleMax {
      if waiting == task { return others }
      guard waiting.pointee.state == .parked else { return nil }
      others.append(waiting)
      let object = waiting.pointee.node.object
      switch waiting.pointee.wait {
      case .join: next = object?.assumingMemoryBound(to: TaskObject.self)
      case .acquire: next = object?.assumingMemoryBound(to: GateObject.self).pointee.owner
      case .scopeExit:
        // It waits for all its children: this task is one of them, or one of them waits for this task.
        if let scope = waiting.pointee.scope, isInside(task, scope) { return others }
        return waiters(of: task, until: { $0 == waiting }).map { others + $0.dropFirst() }
      default: return nil
      }
    }
    return nil
  }

  /// Looks backwards from a task, to those that wait for it and those that wait for them.
  ///
  /// - Returns: whoever was looked for, then those through whom it waits for the task; nil if there is nobody.
  private func waiters(of task: TaskRef, until isFound: (TaskRef) -> Bool) -> [TaskRef]? {
    var waitsFor: [TaskRef: TaskRef] = [:]
    var work = [task]
    defer { chargeKernel(waitsFor.count &* 4) }
    while let awaited = work.popLast(), waitsFor.count < Self.circleMax {
      for waiter in directWaiters(of: awaited) where waiter != task && waitsFor[waiter] == nil {
        waitsFor[waiter] = awaited
        work.append(waiter)
        guard isFound(waiter) else { continue }
        var path = [waiter]
        while let next = waitsFor[path[path.count - 1]], next != task { path.append(next) }
        return path
      }
    }
    return nil
  }

  /// Those that wait for a task's end, or for a mutex that it holds, and for nothing else.
  func directWaiters(of task: TaskRef) -> [TaskRef] {
    var found = task.pointee.joiners.tasks
    if task.pointee.heldCount > 0 {
      var gate = pointee.tasks?.pointee.held
      while let held = gate {
        if held.pointee.owner == task { found += held.pointee.waiters.tasks }
        gate = held.pointee.nextHeld
      }
    }
    if let home = task.home, let owner = home.pointee.owner, owner.pointee.wait == .scopeExit,
      owner.pointee.scope == home
    {
      found.append(owner)
    }
    return found
  }

  /// Whether a task was spawned in a scope, or in one inside it.
  private func isInside(_ task: TaskRef, _ scope: ScopeRef) -> Bool {
    looksOut(from: task) { $0 == scope }
  }

  /// Whether a task is inside a scope that another one has opened.
  private func isAround(_ other: TaskRef, _ task: TaskRef) -> Bool {
    looksOut(from: task) { $0.pointee.owner == other }
  }

  /// Whether one of the scopes around a task is the one that is looked for.
  private func looksOut(from task: TaskRef, _ isFound: (ScopeRef) -> Bool) -> Bool {
    var steps = 0
    defer { chargeKernel(steps >> 2) }
    var next = task.pointee.scope
    while let scope = next {
      if isFound(scope) { return true }
      steps &+= 1
      next = scope.pointee.parent
    }
    return false
  }

  private func deadlock(
    _ task: TaskRef,
    _ others: [TaskRef],
    _ first: String,
    _ help: StaticString
  ) -> Value {
    pointee.tasks?.pointee.counters.deadlocks &+= 1
    var text = "task \(describe(task)) would wait for itself: \(first)"
    for waiting in others.prefix(8) where waiting != task && waiting.pointee.state == .parked {
      let place = waiting.pointee.leaf.flatMap { currentPlace(of: $0) } ?? "?"
      text += "\n  task \(describe(waiting)) waits at \(place) in \(subject(of: waiting))"
    }
    return taskError(.deadlock, text, help: help)
  }
}
