// How scopes begin and end: made inside another one, and closed with nobody left without a parent.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
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

  /// A scope ends: nothing refers to it any more but those who kept it.
  func close(_ scope: ScopeRef, _ kernel: KernelRef) {
    scope.pointee.state = .closed
    kernel.pointee.timers.cancel(scope)
    if scope.pointee.liveCount > 0, let parent = scope.pointee.parent {
      if kernel.pointee.endsHard && parent.pointee.owner == nil {
        endChildrenHard(of: scope, kernel)
      } else {
        handChildren(of: scope, to: parent, kernel)
      }
    }
  }

  /// Forgets what a closed scope referred to: handles of what ran in it may be kept, and with them the scope.
  ///
  /// Its name stays, where its reason was.
  func retire(_ scope: ScopeRef) {
    scope.pointee.reason = scopeExtra(scope, "name")
    barrier(scope.pointee.reason)
    scope.pointee.extras = nil
    scope.pointee.parent = nil
    scope.pointee.owner = nil
    scope.pointee.fiber = nil
    scope.pointee.cancelled = nil
    scope.pointee.failures = nil
    scope.pointee.flags.insert(.retired)
  }

  /// Gives the children of a scope that was cut off, which a shield protects, to the one around it: nobody
  /// is ever without a parent.
  private func handChildren(of scope: ScopeRef, to parent: ScopeRef, _ kernel: KernelRef) {
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
      // With the shield goes what it held off.
      if parent.isEffective { spread(to: child, in: parent, kernel) }
    }
  }
}
