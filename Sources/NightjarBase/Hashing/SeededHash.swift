// The hash of the keys of tables and of the strings in a machine's string table. It is keyed, so that a
// script that does not know the key cannot prepare values that collide, and cheap enough for every
// short string made.
//
// The step is the folded multiplication: two 64-bit words to a 128-bit product, its halves combined
// by exclusive or. Every input word is combined with a secret first.
//
//     count   words folded
//     0...3   first, middle and last byte in one word
//     4...8   first and last four bytes
//     9...16  first and last eight bytes
//     17...   blocks of sixteen bytes in a chain, then the last sixteen bytes
//
// Where two loads overlap, bytes count twice; the count, folded in at the end, keeps strings of
// different lengths apart.
//
// SOURCE: the multiply-and-fold construction is that of W. Yi's wyhash and V. Makarov's mum-hash.

/// A family of hash functions over byte strings; the secrets choose the member.
///
/// The value never shows in a script: tables iterate in order of insertion.
@frozen
@usableFromInline
package struct SeededHash: Equatable, Sendable {
  @usableFromInline let first: UInt64
  @usableFromInline let second: UInt64
  @usableFromInline let third: UInt64
  @usableFromInline let fourth: UInt64

  /// The function that a seed chooses; equal seeds give equal functions.
  package init(seed: UInt64, _ moreSeed: UInt64 = 0) {
    var random = Xoshiro256(seed, moreSeed)
    first = random.next() | 1
    second = random.next() | 1
    third = random.next() | 1
    fourth = random.next() | 1
  }

  /// A function that nobody can foresee.
  ///
  /// No seed that a host hands out to scripts may choose it: the state of a generator can be told from
  /// a few of its numbers.
  package static func unforeseeable() -> SeededHash {
    var random = SystemRandomNumberGenerator()
    return SeededHash(seed: random.next(), random.next())
  }

  /// Hashes `count` bytes.
  ///
  /// SAFETY: every load is inside `bytes ..< bytes + count`: each case reads offsets that its
  /// lower bound on the count covers.
  ///
  /// - Precondition: `count ≥ 0` and `bytes` points to that many bytes.
  /// - Complexity: O(*n*); no allocation, no calls.
  @inlinable
  package func hash(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 {
    let head: UInt64
    let tail: UInt64
    var chain = third
    if count > 16 {
      var offset = 0
      // The last block, whole or not, is the tail's, so that sixteen bytes or fewer remain.
      while count &- offset > 16 {
        chain = Self.fold(
          Self.word(bytes, offset) ^ first,
          Self.word(bytes, offset &+ 8) ^ chain
        )
        offset &+= 16
      }
      head = Self.word(bytes, count &- 16)
      tail = Self.word(bytes, count &- 8)
    } else if count > 8 {
      head = Self.word(bytes, 0)
      tail = Self.word(bytes, count &- 8)
    } else if count > 3 {
      head = Self.halfWord(bytes, 0)
      tail = Self.halfWord(bytes, count &- 4)
    } else if count > 0 {
      head =
        Self.byte(bytes, 0) &<< 16 | Self.byte(bytes, count &>> 1) &<< 8
        | Self.byte(bytes, count &- 1)
      tail = 0
    } else {
      head = 0
      tail = 0
    }
    let mixed = Self.fold(head ^ second, tail ^ chain)
    return Self.fold(mixed ^ fourth, UInt64(truncatingIfNeeded: count) ^ first)
  }

  /// A random odd number, for multiplicative hashing of words.
  @inlinable @inline(__always)
  package var factor: UInt64 { second }

  @inlinable @inline(__always)
  static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  @inlinable @inline(__always)
  static func word(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inlinable @inline(__always)
  static func halfWord(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
  }

  @inlinable @inline(__always)
  static func byte(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(bytes.load(fromByteOffset: offset, as: UInt8.self))
  }
}
