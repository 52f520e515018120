// The clocks that tasks go by: the real one, and one that stands still until nothing else is to be done.

package import NightjarBase

/// Where a scheduler's time comes from.
package protocol TaskClock: AnyObject {
  /// Whether waiting takes no time.
  var isVirtual: Bool { get }

  /// Nanoseconds since the scheduler began.
  func now() -> UInt64

  /// A task has used so much fuel without a pause: time that a virtual clock must let pass.
  func noteFuel(_ fuel: Int64)

  /// Nothing can go on before a moment, or before something arrives from outside if that is nil.
  ///
  /// - Returns: false when the wait was given up, because the program is to end.
  func wait(until moment: UInt64?) -> Bool
}

/// A clock that jumps to the next timer when every task waits.
package final class VirtualClock: TaskClock {
  /// Fuel that stands for a nanosecond's fifth: 200 instructions are a microsecond.
  private static let nanosecondsPerUnit: UInt64 = 5

  /// What may be used between two jumps before time passes: programs that compute a little see none.
  private static let freeFuel: Int64 = 1_000_000

  private var time: UInt64
  /// The moment behind which waits are given up.
  package var limit = UInt64.max
  private var usedFuel: Int64 = 0
  /// What was used since the clock has jumped last.
  package var fuelSinceWait: Int64 { usedFuel }

  package var isVirtual: Bool { true }

  package init(startingAt time: UInt64 = 0) { self.time = time }

  package func now() -> UInt64 { time }

  package func noteFuel(_ fuel: Int64) {
    usedFuel += max(fuel, 0)
    if usedFuel > Self.freeFuel {
      let passed = UInt64(max(fuel, 0)).saturatingProduct(Self.nanosecondsPerUnit)
      time = time.saturatingSum(passed)
    }
  }

  package func wait(until moment: UInt64?) -> Bool {
    guard let moment, moment <= limit else { return false }
    time = max(time, moment)
    usedFuel = 0
    return true
  }

  /// Lets time pass, as a test or a frame of a game does.
  package func advance(by nanoseconds: UInt64) { time = time.saturatingSum(nanoseconds) }
}

/// The time of a machine under simulation, for its other libraries.
package final class VirtualTime: TimeSource {
  private let clock: any TaskClock
  private let start: Timestamp

  package init(_ clock: any TaskClock, startingAt start: Timestamp) {
    self.clock = clock
    self.start = start
  }

  package func now() -> Timestamp {
    let elapsed = clock.now().saturatingSum(UInt64(start.nanoseconds))
    return Timestamp(
      seconds: start.seconds + Int64(elapsed / 1_000_000_000),
      nanoseconds: Int32(elapsed % 1_000_000_000)
    )
  }

  package func monotonicNanoseconds() -> UInt64 { clock.now() }
  package func processorNanoseconds() -> UInt64 { clock.now() }
}

/// The real time, with something that can wait for it.
package final class RealClock: TaskClock {
  private let source: any TimeSource
  private let start: UInt64
  /// Waits so many nanoseconds, or until something arrives if that is nil; false when it was given up.
  private let idle: (UInt64?) -> Bool
  package var isVirtual: Bool { false }

  package init(_ source: any TimeSource, idle: @escaping (UInt64?) -> Bool) {
    self.source = source
    self.idle = idle
    start = source.monotonicNanoseconds()
  }

  package func now() -> UInt64 { source.monotonicNanoseconds() &- start }

  package func noteFuel(_ fuel: Int64) {}

  package func wait(until moment: UInt64?) -> Bool {
    guard let moment else { return idle(nil) }
    let now = now()
    return now >= moment ? true : idle(moment - now)
  }
}

extension TaskClock {
  package var isVirtual: Bool { false }
}
