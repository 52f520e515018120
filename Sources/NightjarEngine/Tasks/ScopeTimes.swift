// The moments in a scope's life: its deadline, the end of its shield, the end of its grace, and the drop.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
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

  static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (sum, overflows) = a.addingReportingOverflow(b)
    return overflows ? .max : sum
  }
}
