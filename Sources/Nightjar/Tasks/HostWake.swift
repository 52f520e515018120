// How the threads of the host tell a machine's tasks that something has come: a thread that waits is woken, and so
// are asynchronous functions that await, and the runtime that has the machine.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import NightjarSystem
import Synchronization

/// Wakes whoever carries the tasks of a machine on.
final class HostWake: Sendable {
  private struct Listeners {
    var lastNumber = 0
    var signals: [Int: AsyncSignal] = [:]
    var runtime: (@Sendable () -> Void)?
  }

  private let signal = Signal()
  private let listeners = Mutex(Listeners())
  private let executorBox = Mutex<HostExecutor?>(nil)

  init() {}

  /// Where closures run between two steps of the tasks.
  var executor: HostExecutor {
    executorBox.withLock { executor in
      if let executor { return executor }
      let made = HostExecutor { [weak self] in self?.ring() }
      executor = made
      return made
    }
  }

  /// Wakes all who wait; from any thread.
  func ring() {
    signal.raise()
    let (signals, runtime) = listeners.withLock { (Array($0.signals.values), $0.runtime) }
    for signal in signals { signal.raise() }
    runtime?()
  }

  /// Wakes a signal, too, until it is removed.
  func add(_ signal: AsyncSignal) -> Int {
    listeners.withLock { listeners in
      listeners.lastNumber += 1
      listeners.signals[listeners.lastNumber] = signal
      return listeners.lastNumber
    }
  }

  func remove(_ number: Int) { listeners.withLock { $0.signals[number] = nil } }

  /// Wakes a runtime, too.
  func wakes(_ runtime: @escaping @Sendable () -> Void) {
    listeners.withLock { $0.runtime = runtime }
  }

  /// How often a thread that waits looks whether its machine was killed.
  private static let sliceNanoseconds: UInt64 = 20_000_000

  /// Lets the thread wait until somebody rings.
  ///
  /// - Returns: false when the call of the script is to end.
  func wait(_ nanoseconds: UInt64?, _ core: Core) -> Bool {
    let start = SystemTime().monotonicNanoseconds()
    while true {
      let limit = core.meter.nanosecondsLeft
      if limit == 0 { return false }
      let passed = SystemTime().monotonicNanoseconds() &- start
      if let nanoseconds, passed >= nanoseconds { return true }
      let left = nanoseconds.map { $0 - passed } ?? .max
      if signal.wait(nanoseconds: min(left, limit, Self.sliceNanoseconds)) { return true }
    }
  }

  /// Lets the thread wait until somebody rings, at most so long.
  func wait(nanoseconds: UInt64?) -> Bool { signal.wait(nanoseconds: nanoseconds) }
}

/// A virtual clock that does not pass over what the real host is doing: as long as a task waits for that, time
/// goes on as the real one does.
final class HostAwareClock: TaskClock {
  var isVirtual: Bool { true }
  private let virtual: VirtualClock
  private unowned let calls: HostCalls
  private let wake: HostWake

  init(_ virtual: VirtualClock, _ calls: HostCalls, _ wake: HostWake) {
    self.virtual = virtual
    self.calls = calls
    self.wake = wake
  }

  func now() -> UInt64 { virtual.now() }
  func noteFuel(_ fuel: Int64) { virtual.noteFuel(fuel) }

  func wait(until moment: UInt64?) -> Bool {
    if calls.externalCount > 0 {
      let now = virtual.now()
      let left = moment.map { $0 > now ? $0 - now : 0 }
      if wake.wait(nanoseconds: left) { return true }
    }
    return virtual.wait(until: moment)
  }
}
