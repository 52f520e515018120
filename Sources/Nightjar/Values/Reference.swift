// What every handle is made of: a machine's core and the number under which the engine keeps the value.

import NightjarEngine

/// Keeps one object of a script alive.
final class Reference: Equatable {
  let core: Core
  private let handle: Handle

  /// - Precondition: the core's machine is alive.
  init(_ slot: Slot, in core: Core) {
    self.core = core
    handle = core.engine.retain(slot)
  }

  deinit {
    if core.isAlive { core.engine.release(handle) }
  }

  /// The value; nil of the script when the machine is gone.
  var slot: Slot { core.isAlive ? core.engine.value(of: handle) : .nil }

  static func == (left: Reference, right: Reference) -> Bool {
    left.core === right.core && left.core.engine.rawEquals(left.slot, right.slot)
  }
}
