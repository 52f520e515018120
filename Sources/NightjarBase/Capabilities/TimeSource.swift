// Time as a capability: a machine that has none cannot tell how long anything took, and one that
// has a simulated one runs the same way each time.

/// A moment, counted from the start of 1970 in universal time.
package struct Timestamp: Equatable, Sendable {
  package var seconds: Int64
  /// Nanoseconds into the second, `0 ..< 1_000_000_000`.
  package var nanoseconds: Int32

  package init(seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }
}

/// Where time comes from.
package protocol TimeSource: AnyObject {
  /// Whether `now` tells the time of day; a coarse clock only measures.
  var tellsTimeOfDay: Bool { get }

  /// The time of day.
  func now() -> Timestamp

  /// Nanoseconds of a clock that never goes back; its zero means nothing.
  func monotonicNanoseconds() -> UInt64

  /// Nanoseconds of processor time that the program has used.
  func processorNanoseconds() -> UInt64
}

extension TimeSource {
  package var tellsTimeOfDay: Bool { true }
}
