// Owners with `Close`: they are closed when their block is left, in reverse order of declaration. On
// 5.4 a to-be-closed variable sees to it; elsewhere a call stands before each exit.

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
      function.closers.append(
        Closer(slot: slot(of: declaration), evidence: evidence, isMoved: false)
      )
    }
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
      let closer = function.closers[index]
      index -= 1
      guard let trait = evidenceTrait(closer.evidence),
        let method = shared.trait(trait).methods.first
      else { continue }
      let owner = lua.name(closer.slot)
      let call = callTrait(
        method,
        closer.evidence,
        receiver: owner,
        hidden: [],
        arguments: []
      )
      discard(call)
    }
  }
}
