// Cancellation, as docs/internals/tasks.md words it: it has a level (every checkpoint raises), a bound
// (grace, then the drop), and an owner (the outermost cancelling scope, which alone absorbs it).
//
// A request goes down the tree once: scopes behind shields are left out, parked tasks are woken. What it looks at
// is paid for, by the task that asked or by the machine when a timer did.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Charges for work of the kernel: whoever runs pays, or the next quantum when nobody does.
  @inline(__always)
  func chargeKernel(_ units: Int) {
    guard let kernel = pointee.tasks else { return }
    if kernel.pointee.hostDepth >= 0 {
      pointee.fuel &-= Int64(truncatingIfNeeded: units)
    } else {
      kernel.pointee.owedFuel &+= Int64(truncatingIfNeeded: units)
    }
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
    // Inside another cancellation it ends with that one at the latest, and if that one ends no later anyway,
    // everybody inside knows all there is to know.
    let isTold = scope.isEffective && scope.pointee.hard <= own
    scope.pointee.hard = scope.isEffective ? Swift.min(scope.pointee.hard, own) : own
    scope.pointee.flags.insert([.effective, .ownsHard])
    kernel.pointee.counters.cancellations &+= 1
    kernel.pointee.note(.cancel, UInt32(truncatingIfNeeded: scope.pointee.liveCount))
    arm(scope, kernel)
    if isTold { return }
    if cause == .deadline || cause == .request || cause == .host { noteWait(in: scope, kernel) }
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
    chargeKernel(Self.noteCost)
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

  /// Fuel of taking down what a task waited for, and of telling one task or scope of a cancellation.
  private static var noteCost: Int { 150 }
  private static var tellCost: Int { 8 }

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

  // MARK: Spreading

  /// Tells everything inside a scope that became effective.
  func spread(from scope: ScopeRef, _ kernel: KernelRef) {
    var work: [ScopeRef] = [scope]
    if let owner = scope.pointee.owner { spread(in: owner, below: scope, &work, kernel) }
    spread(through: &work, kernel)
  }

  /// Tells a task that has come into an effective scope, and everything inside it.
  func spread(to task: TaskRef, in scope: ScopeRef, _ kernel: KernelRef) {
    var work: [ScopeRef] = []
    spread(in: task, below: scope, &work, kernel)
    spread(through: &work, kernel)
  }

  private func spread(through work: inout [ScopeRef], _ kernel: KernelRef) {
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
    chargeKernel(Self.tellCost)
    if innermost != outer {
      var chain: [ScopeRef] = []
      defer { chargeKernel(chain.count &* Self.tellCost) }
      var next: ScopeRef? = innermost
      while let scope = next, scope != outer {
        chain.append(scope)
        next = scope.pointee.parent
      }
      let cleanupCount = cleanup(of: task, within: source(of: task)) ?? 0
      for (index, scope) in chain.reversed().enumerated() {
        if scope.pointee.flags.contains(.shield) && scope.pointee.state != .cancelling { break }
        guard let parent = scope.pointee.parent, parent.isEffective else { break }
        if chain.count - index <= cleanupCount {
          // Cleanup has opened it, which goes on until the grace ends; what it cancelled itself does not, nor what
          // outlasted another grace before.
          if scope.pointee.state == .open && !scope.isEffective {
            scope.pointee.flags.formUnion([.shield, .cleanup])
            scope.pointee.shieldEnd = Swift.min(scope.pointee.shieldEnd, parent.pointee.hard)
          } else {
            scope.pointee.hard = Swift.min(scope.pointee.hard, parent.pointee.hard)
          }
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
  /// - Returns: false when the host was not told of the task yet and nothing was begun, so that nothing has happened.
  private func leavesToHost(_ task: TaskRef, _ scope: ScopeRef, _ kernel: KernelRef) -> Bool {
    let requests = kernel.pointee.requests
    defer { chargeKernel(requests.count >> 3) }
    if hasUnbegunRequest(of: task, kernel) { return false }
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
      kernel.pointee.hostCancellations.append(HostCancellation(task))
    }
    return true
  }
}
