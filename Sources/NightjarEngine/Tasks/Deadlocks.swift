// Circles of tasks that wait for one another, found when the last of them is about to wait: from owner to
// owner, in time proportional to the length of the circle.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The error of a task that is about to wait for one that waits, in the end, for itself.
  func cycle(_ task: TaskRef, throughTask joined: TaskRef) -> Value? {
    if joined == task { return ownJoin(task) }
    return cycle(
      task,
      from: joined,
      first: "join of task \(describe(joined))",
      help:
        "join no task that waits for this one: return what it needs, or send it through a channel"
    )
  }

  func cycle(_ task: TaskRef, throughMutex gate: GateRef) -> Value? {
    guard gate.pointee.kind == .mutex, let owner = gate.pointee.owner else { return nil }
    if owner == task { return ownLock(task, gate) }
    return cycle(
      task,
      from: owner,
      first: "\(describe(gate)) held by \(describe(owner))",
      help: "lock in the same order everywhere, or let go of the first mutex before the second"
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

  private func cycle(
    _ task: TaskRef,
    from start: TaskRef,
    first: String,
    help: StaticString
  ) -> Value? {
    var next: TaskRef? = start
    var steps = 0
    while let waiting = next, steps < 10_000 {
      steps += 1
      if waiting == task { break }
      next = nil
      if waiting.pointee.state != .parked { return nil }
      switch waiting.pointee.wait {
      case .join:
        next = waiting.pointee.node.object?.assumingMemoryBound(to: TaskObject.self)
      case .acquire:
        next = waiting.pointee.node.object?.assumingMemoryBound(to: GateObject.self).pointee.owner
      case .scopeExit:
        // It waits for all its children, this task perhaps among them.
        guard let scope = waiting.pointee.scope, isInside(task, scope) else { return nil }
        next = task
      default: return nil
      }
    }
    guard next == task else {
      // A task that waits for one of those around it waits for itself.
      return isAround(start, task) ? deadlock(task, start, first, help) : nil
    }
    return deadlock(task, start, first, help)
  }

  /// Whether a task was spawned in a scope, or in one inside it.
  private func isInside(_ task: TaskRef, _ scope: ScopeRef) -> Bool {
    var next = task.pointee.scope
    while let one = next {
      if one == scope { return true }
      next = one.pointee.parent
    }
    return false
  }

  /// Whether a task is inside a scope that another one has opened.
  private func isAround(_ other: TaskRef, _ task: TaskRef) -> Bool {
    var next = task.pointee.scope
    while let one = next {
      if one.pointee.owner == other { return true }
      next = one.pointee.parent
    }
    return false
  }

  private func deadlock(
    _ task: TaskRef,
    _ start: TaskRef,
    _ first: String,
    _ help: StaticString
  ) -> Value {
    pointee.tasks?.pointee.counters.deadlocks &+= 1
    var text = "task \(describe(task)) would wait for itself: \(first)"
    var next: TaskRef? = start
    var steps = 0
    while let waiting = next, waiting != task, steps < 8 {
      steps += 1
      let place = waiting.pointee.leaf.flatMap { currentPlace(of: $0) } ?? "?"
      text += "\n  task \(describe(waiting)) waits at \(place) in \(subject(of: waiting))"
      switch waiting.pointee.wait {
      case .join: next = waiting.pointee.node.object?.assumingMemoryBound(to: TaskObject.self)
      case .acquire:
        next = waiting.pointee.node.object?.assumingMemoryBound(to: GateObject.self).pointee.owner
      default: next = nil
      }
    }
    return taskError(.deadlock, text, help: help)
  }

  /// What a parked task waits for, in words.
  func subject(of task: TaskRef) -> String {
    let object = task.pointee.node.object
    switch task.pointee.wait {
    case .none: return "nothing"
    case .sleep: return task.pointee.timer < 0 ? "sleep without end" : "sleep"
    case .join:
      let joined = object?.assumingMemoryBound(to: TaskObject.self)
      return "join of task \(joined.map { describe($0) } ?? "?")"
    case .send, .receive:
      guard let channel = object?.assumingMemoryBound(to: ChannelObject.self) else { return "?" }
      let what = task.pointee.wait == .send ? "send to" : "recv from"
      let (count, capacity) = (channel.pointee.count, channel.pointee.capacity)
      return "\(what) \(describe(channel)) (\(count)/\(capacity))"
    case .acquire, .event:
      guard let gate = object?.assumingMemoryBound(to: GateObject.self) else { return "?" }
      let owner = gate.pointee.owner.map { " held by task \(describe($0))" } ?? ""
      return "\(describe(gate))\(owner)"
    case .select:
      let count = object?.assumingMemoryBound(to: SelectionObject.self).pointee.count ?? 0
      return "one of \(count) operations"
    case .scopeExit:
      let scope = task.pointee.scope
      let count = scope?.pointee.liveCount ?? 0
      let children = count == 1 ? "the end of a child" : "the end of \(count) children"
      return "\(children) of \(scope.map { describe($0) } ?? "?")"
    case .host: return hostSubject(object)
    }
  }

  /// A channel's name in quotes, or its number.
  func describe(_ channel: ChannelRef) -> String {
    let name =
      channel.pointee.name.map { "\"\($0.description(upTo: VM.nameLengthMax))\"" }
      ?? "#\(channel.pointee.id)"
    return "channel \(name)"
  }

  /// What a gate is, and its name in quotes, or its number.
  func describe(_ gate: GateRef) -> String {
    let name =
      gate.pointee.name.map { "\"\($0.description(upTo: VM.nameLengthMax))\"" }
      ?? "#\(gate.pointee.id)"
    switch gate.pointee.kind {
    case .mutex: return "mutex \(name)"
    case .event: return "event \(name)"
    case .semaphore: return "semaphore \(name)"
    }
  }
}
