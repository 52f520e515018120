// The table of short strings: chains through `StringObject.link`, so that equal short strings are one
// object. The hash is keyed by the machine's secrets: a script cannot prepare collisions.
//
// It doubles by linear hashing, a few chains with each new string: half a million strings at once were
// a pause of 37 ms. The upper half of the buckets comes into use from its start as the chains of the lower
// half are split:
//
//   0                       splitCount            half              half + splitCount      bucketCount
//   ├── split, full hash ───┤── not split yet ────┤── split off ────┤── not in use yet ────┤
//
// INVARIANT: every live short string stands in the chain of its hash; dead ones are unlinked before
// their cells are used again (`sweepStrings`). Strings only move to later buckets, which a sweep under
// way has not seen yet.
//
// SOURCE: W. Litwin, "Linear hashing: a new tool for file and table addressing", VLDB 1980.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Chains of interned strings.
struct InternTable {
  private(set) var buckets: UnsafeMutablePointer<StringRef?>
  /// Room for buckets, a power of two.
  private(set) var bucketCount: Int
  /// How many chains of the lower half have been split; all of them unless the table is growing.
  private(set) var splitCount: Int
  var count = 0
  /// The buckets are the cradle's.
  private var isYoung = true

  static var bucketCountMin: Int { 256 }

  init(in cradle: Cradle) {
    bucketCount = Self.bucketCountMin
    splitCount = bucketCount / 2
    buckets = cradle.buckets
    buckets.initialize(repeating: nil, count: bucketCount)
  }

  /// - Returns: Whether the system gave the memory.
  private mutating func resize(from oldCount: Int, to bucketCount: Int) -> Bool {
    guard
      let storage = ListStorage.resize(
        isYoung ? nil : buckets,
        from: isYoung ? 0 : oldCount &* 8,
        to: bucketCount &* 8
      )
    else { return false }
    if isYoung { memcpy(storage, buckets, oldCount &* 8) }
    isYoung = false
    buckets = storage.assumingMemoryBound(to: StringRef?.self)
    return true
  }

  var byteCount: Int { bucketCount &* 8 }

  /// Buckets that may hold chains: `buckets[0 ..< usedCount]`.
  var usedCount: Int { bucketCount / 2 &+ splitCount }

  /// The head of the chain of a hash.
  @inline(__always) func bucket(of hash: UInt32) -> UnsafeMutablePointer<StringRef?> {
    let low = Int(hash) & (bucketCount &>> 1 &- 1)
    return buckets + (low < splitCount ? Int(hash) & (bucketCount &- 1) : low)
  }

  /// Makes room for one more string.
  @inline(__always)
  mutating func prepareForOne(in externalByteCount: inout Int) {
    if splitCount < bucketCount &>> 1 {
      split()
      split()
    } else if count >= bucketCount {
      grow(in: &externalByteCount)
    }
  }

  /// Makes room for twice the chains; they only get longer when the system has no memory for more.
  @inline(never)
  private mutating func grow(in externalByteCount: inout Int) {
    guard resize(from: bucketCount, to: bucketCount &* 2) else { return }
    externalByteCount &+= byteCount
    bucketCount &*= 2
    splitCount = 0
  }

  /// Splits the next chain; the lower half has an even number of them.
  @inline(never)
  private mutating func split() {
    let half = bucketCount &>> 1
    var next = buckets[splitCount]
    var stays: StringRef?
    var leaves: StringRef?
    while let string = next {
      next = string.nextInChain
      if Int(string.pointee.header.word) & half == 0 {
        string.pointee.link = UnsafeMutableRawPointer(stays)
        stays = string
      } else {
        string.pointee.link = UnsafeMutableRawPointer(leaves)
        leaves = string
      }
    }
    buckets[splitCount] = stays
    (buckets + (half &+ splitCount)).initialize(to: leaves)
    splitCount &+= 1
  }

  /// Gives room back after a full collection that left few strings.
  mutating func shrink(in externalByteCount: inout Int) {
    while splitCount < bucketCount &>> 1 { split() }
    let oldCount = bucketCount
    var target = bucketCount
    while target > Self.bucketCountMin && count &* 4 < target { target /= 2 }
    if target == bucketCount { return }
    // Chains that fall together are joined, from the top.
    while bucketCount > target {
      let half = bucketCount &>> 1
      for index in 0..<half { join(index, half &+ index) }
      externalByteCount &-= half &* 8
      bucketCount = half
    }
    splitCount = bucketCount / 2
    // Where the system refuses, too much is kept; not so for fewer bytes than a page.
    _ = resize(from: oldCount, to: bucketCount)
  }

  private func join(_ first: Int, _ second: Int) {
    guard var last = buckets[first] else {
      buckets[first] = buckets[second]
      return
    }
    while let next = last.nextInChain { last = next }
    last.pointee.link = UnsafeMutableRawPointer(buckets[second])
  }

  mutating func destroy() {
    if !isYoung { ListStorage.free(buckets, byteCount) }
  }
}

extension UnsafeMutablePointer where Pointee == StringObject {
  /// The next string of the chain; only for short strings.
  @inline(__always) var nextInChain: StringRef? {
    pointee.link?.assumingMemoryBound(to: StringObject.self)
  }
}
