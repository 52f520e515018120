// Clocks that tell less than the real one, or nothing real at all.

/// A clock that measures in coarse steps and does not tell the time of day: enough to see that something
/// took long, too little to time a cache.
package final class CoarseClock: TimeSource {
  private let base: any TimeSource
  private let start: UInt64
  private let stepNanoseconds: UInt64

  package init(_ base: any TimeSource, stepNanoseconds: UInt64 = 10_000_000) {
    self.base = base
    self.stepNanoseconds = max(stepNanoseconds, 1)
    start = base.monotonicNanoseconds()
  }

  package var tellsTimeOfDay: Bool { false }

  package func now() -> Timestamp { Timestamp(seconds: 0) }

  package func monotonicNanoseconds() -> UInt64 {
    (base.monotonicNanoseconds() &- start) / stepNanoseconds * stepNanoseconds
  }

  package func processorNanoseconds() -> UInt64 { monotonicNanoseconds() }
}

/// A clock that stands where the host has put it.
package final class FixedClock: TimeSource {
  private let moment: Timestamp

  package init(_ moment: Timestamp) { self.moment = moment }

  package func now() -> Timestamp { moment }
  package func monotonicNanoseconds() -> UInt64 { 0 }
  package func processorNanoseconds() -> UInt64 { 0 }
}
