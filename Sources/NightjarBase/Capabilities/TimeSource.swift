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
  /// The time of day.
  func now() -> Timestamp

  /// Nanoseconds of a clock that never goes back; its zero means nothing.
  func monotonicNanoseconds() -> UInt64

  /// Nanoseconds of processor time that the program has used.
  func processorNanoseconds() -> UInt64
}
