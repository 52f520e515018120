// Owners with `Close`. The runtime keeps the open ones of a coroutine on a stack: `__rt.open` puts one
// on it, `__rt.moved` takes it away, `__rt.close` closes it if it is still there, and an error that
// `try` traps closes those above. So each owner is closed once, whatever path is taken, and on every
// target in the same order.
//
//   local lock = acquire("a")
//   __rt.open(lock, Lock_Close.close)
//   …
//   finish(__rt.moved(lock))            on one path
//   …
//   __rt.close(lock)                    before each exit

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// Begins to watch over the parameters that are to be closed.
  ///
  /// - Returns: How many were watched over before.
  mutating func openClosers(_ parameters: NodeItems) -> Int {
    let base = function.closers.count
    for parameter in parameters { openCloser(of: parameter) }
    return base
  }

  /// Watches over the owners that a pattern or parameter declares.
  mutating func openCloser(of pattern: NodeID) {
    if checked.closedOwners.isEmpty { return }
    for declaration in bindings(of: pattern) {
      guard let evidence = checked.closedOwners[declaration] else { continue }
      let slot = slot(of: declaration)
      function.closers.append(Closer(slot: slot, evidence: evidence))
      open(lua.name(slot), evidence)
    }
  }

  /// Puts an owner on the stack of open ones.
  mutating func open(_ owner: LuaRef, _ evidence: Evidence) {
    guard let trait = evidenceTrait(evidence),
      let method = shared.traitMethod(spelled: "close", of: trait)
    else { return }
    let close = traitFunctionValue(method, evidence, [])
    lua.appendCall(runtimeCall("open", [owner, close]))
  }

  /// Closes the owners of a block at its end.
  mutating func closeClosers(_ base: Int) {
    guard function.closers.count > base else { return }
    if !lua.endsInJump { leaveClosers(downTo: base) }
    function.closers.removeSubrange(base...)
  }

  /// Closes owners before a jump out of their blocks.
  mutating func leaveClosers(downTo base: Int) {
    var index = function.closers.count - 1
    while index >= base {
      let owner = lua.name(function.closers[index].slot)
      lua.appendCall(runtimeCall("close", [owner]))
      index -= 1
    }
  }
}
