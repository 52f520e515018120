// Lent priority: who waits for a task's end, for a mutex that it holds, or for the children of a scope, lends them
// its own priority if that is higher, and they lend it on to those they wait for. So a task of low priority never
// keeps one of high priority waiting behind everybody in between.
//
// It is given back when the task lets go of the mutex, or when nobody who waits for it has a higher one any more.

extension UnsafeMutablePointer where Pointee == TaskObject {
  /// Whether somebody lent the task a higher priority.
  @inline(__always) var isLent: Bool { pointee.ownPriority != 255 }

  /// The priority that the task has by itself.
  @inline(__always) var basePriority: Int { isLent ? Int(pointee.ownPriority) : priority }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Lends the priority of a task that has begun to wait to the one it waits for.
  @inline(__always)
  func lendPriority(of task: TaskRef, to first: TaskRef) {
    if first.priority > task.priority { lend(task.priority, to: [first]) }
  }

  /// Lends the priority of a task that waits for the end of a scope to the children.
  func lendPriority(of task: TaskRef, toChildrenOf scope: ScopeRef) {
    lend(task.priority, to: children(of: scope))
  }

  /// Lends the highest priority of those that wait for a mutex to whoever was handed it.
  func lendPriority(ofWaitersFor gate: GateRef, to owner: TaskRef) {
    let waiters = gate.pointee.waiters.tasks
    chargeKernel(waiters.count >> 2)
    if waiters.isEmpty { gate.pointee.isMixed = false }
    guard let level = waiters.lazy.map({ $0.priority }).min(), level < owner.priority else {
      return
    }
    lend(level, to: [owner])
  }

  private func children(of scope: ScopeRef) -> [TaskRef] {
    var found: [TaskRef] = []
    var next = scope.pointee.first
    while let child = next {
      if !child.pointee.flags.contains(.daemon) { found.append(child) }
      next = child.pointee.next
    }
    return found
  }

  private func lend(_ level: Int, to first: [TaskRef]) {
    var work = first
    while let task = work.popLast() {
      chargeKernel(2)
      guard task.priority > level, !task.hasEnded else { continue }
      if !task.isLent { task.pointee.ownPriority = UInt8(truncatingIfNeeded: task.priority) }
      setPriority(of: task, level)
      guard task.pointee.state == .parked else { continue }
      let object = task.pointee.node.object
      switch task.pointee.wait {
      case .join:
        if let object { work.append(object.assumingMemoryBound(to: TaskObject.self)) }
      case .acquire:
        if let owner = object?.assumingMemoryBound(to: GateObject.self).pointee.owner {
          work.append(owner)
        }
      case .scopeExit: if let scope = task.pointee.scope { work += children(of: scope) }
      default: break
      }
    }
  }

  /// Gives a task another place among those that are ready, if it is one of them.
  func setPriority(of task: TaskRef, _ level: Int) {
    guard let kernel = pointee.tasks, task.pointee.state == .ready else {
      task.priority = level
      return
    }
    chargeKernel(kernel.pointee.ready.remove(task) >> 3)
    task.priority = level
    kernel.pointee.ready.append(task)
  }

  /// Gives back what was lent to a task, as far as nobody who still waits for it has lent it.
  func settlePriority(of task: TaskRef, _ kernel: KernelRef) {
    guard task.isLent else { return }
    var level = task.basePriority
    for waiter in directWaiters(of: task) { level = Swift.min(level, waiter.priority) }
    if level == task.basePriority { task.pointee.ownPriority = 255 }
    if level != task.priority { setPriority(of: task, level) }
  }

  /// Somebody no longer waits for an object: whoever held it up has less reason to hurry.
  @inline(__always)
  func settleOwner(of object: UnsafeMutableRawPointer?, _ kind: WaitKind) {
    guard kind == .acquire || kind == .join, let object, let kernel = pointee.tasks else { return }
    let owner =
      kind == .join
      ? object.assumingMemoryBound(to: TaskObject.self)
      : object.assumingMemoryBound(to: GateObject.self).pointee.owner
    if let owner, owner.isLent { settlePriority(of: owner, kernel) }
  }
}
