// Randomness as a capability. Seeds of hash functions and of `math.random` come from here, so a
// host that passes a fixed one gets the same run again.

/// A source of unpredictable numbers.
package protocol EntropySource: AnyObject {
  /// The next 64 random bits.
  func next() -> UInt64
}
