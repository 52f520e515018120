// The generator behind `math.random`, number for number the reference interpreter's: a script that
// seeds it sees the same sequence here and there. Machines use it for their own seeded needs too.
//
// SOURCE: D. Blackman and S. Vigna, "Scrambled Linear Pseudorandom Number Generators" (2018),
// xoshiro256**; Lua 5.4 manual §6.7 (math.random, math.randomseed).

/// The xoshiro256** generator: 256 bits of state, 64 bits a number.
@frozen
@usableFromInline
package struct Xoshiro256: Equatable, Sendable, RandomNumberGenerator {
  // INVARIANT: not all four words are zero.
  @usableFromInline var words: (UInt64, UInt64, UInt64, UInt64)

  /// The generator that `math.randomseed(low, high)` leaves behind.
  @inlinable
  package init(_ low: UInt64, _ high: UInt64) {
    words = (low, 0xFF, high, 0)
    // Nearby seeds begin with nearby states; sixteen steps drive them apart.
    for _ in 0..<16 { _ = next() }
  }

  /// The next 64 random bits.
  @inlinable
  package mutating func next() -> UInt64 {
    let scrambled = Self.rotate(words.1 &* 5, by: 7) &* 9
    let shifted = words.1 &<< 17
    words.2 ^= words.0
    words.3 ^= words.1
    words.1 ^= words.2
    words.0 ^= words.3
    words.2 ^= shifted
    words.3 = Self.rotate(words.3, by: 45)
    return scrambled
  }

  /// The next float in [0, 1), made of the top 53 bits.
  @inlinable
  package mutating func nextFloat() -> Double {
    Self.float(from: next())
  }

  /// The next integer in `low ... high`, every one equally likely.
  ///
  /// - Precondition: `low ≤ high`.
  @inlinable
  package mutating func nextInteger(from low: Int64, through high: Int64) -> Int64 {
    let span = UInt64(bitPattern: high &- low)
    return Int64(bitPattern: project(next(), through: span)) &+ low
  }

  /// The float in [0, 1) that the top 53 of some random bits make.
  @inlinable @inline(__always)
  package static func float(from bits: UInt64) -> Double {
    // At most 2^53 and so exact as a signed number, which converts in one instruction.
    Double(Int64(truncatingIfNeeded: bits &>> 11)) * 0x1p-53
  }

  /// Turns random bits into an integer in `0 ... limit`, drawing more bits where that is needed to
  /// stay fair.
  @inlinable
  package mutating func project(_ bits: UInt64, through limit: UInt64) -> UInt64 {
    if limit & (limit &+ 1) == 0 { return bits & limit }
    // The smallest mask that covers the limit: at least every second draw lies inside.
    let mask = UInt64.max &>> UInt64(truncatingIfNeeded: limit.leadingZeroBitCount)
    var candidate = bits & mask
    while candidate > limit { candidate = next() & mask }
    return candidate
  }

  @inlinable @inline(__always)
  static func rotate(_ word: UInt64, by count: UInt64) -> UInt64 {
    word &<< count | word &>> (64 &- count)
  }

  @usableFromInline
  package static func == (left: Xoshiro256, right: Xoshiro256) -> Bool {
    left.words == right.words
  }
}
