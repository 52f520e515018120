// How long operations took, by powers of two: what is needed to say that one takes unusually long, in a few words
// of memory and a few instructions a time.

/// How long operations of a kind took.
package struct LatencyHistogram: Sendable {
  /// Bucket n counts what took less than 2ⁿ nanoseconds, and not less than half of that.
  private var counts: InlineArray<48, UInt32> = InlineArray(repeating: 0)
  package private(set) var count: UInt64 = 0

  /// No operation yet.
  package init() {}

  /// Counts an operation.
  package mutating func add(nanoseconds: UInt64) {
    let index = min(UInt64.bitWidth - nanoseconds.leadingZeroBitCount, 47)
    if counts[index] == .max { halve() }
    counts[index] += 1
    count += 1
  }

  /// Old times count for less, once there are very many.
  private mutating func halve() {
    for index in 0..<48 { counts[index] /= 2 }
  }

  /// What so many of a thousand took at most, to the next power of two; nil while there are fewer than 32.
  package func bound(perMille: UInt64) -> UInt64? {
    let total = (0..<48).reduce(UInt64(0)) { $0 + UInt64(counts[$1]) }
    guard total >= Self.countMin else { return nil }
    var seen: UInt64 = 0
    for index in 0..<48 {
      seen += UInt64(counts[index])
      if seen * 1000 >= total * perMille { return UInt64(1) << UInt64(index) }
    }
    return nil
  }

  /// Fewer say nothing.
  private static var countMin: UInt64 { 32 }
}
