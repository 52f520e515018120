// Sums of times. A program may ask for any number of seconds; a clock that would pass its last moment stands there.

extension UInt64 {
  /// The sum of a moment and a time, or the last moment there is.
  @inlinable package func saturatingSum(_ time: UInt64) -> UInt64 {
    let (sum, overflows) = addingReportingOverflow(time)
    return overflows ? .max : sum
  }

  /// A time so many times, or the longest there is.
  @inlinable package func saturatingProduct(_ count: UInt64) -> UInt64 {
    let (product, overflows) = multipliedReportingOverflow(by: count)
    return overflows ? .max : product
  }
}
