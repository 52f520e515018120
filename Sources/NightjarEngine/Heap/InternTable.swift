// The table of short strings: chains through `StringObject.link`, so that equal short strings are one
// object. The hash is keyed by the machine's secrets: a script cannot prepare collisions.
//
// INVARIANT: every live short string stands in the chain of its hash; dead ones are unlinked before
// their cells are used again (`sweepStrings`).

/// Chains of interned strings.
struct InternTable {
  private(set) var buckets: UnsafeMutablePointer<StringRef?>
  private(set) var bucketCount: Int
  var count = 0

  private static var bucketCountMin: Int { 256 }

  init() {
    bucketCount = Self.bucketCountMin
    buckets = .allocate(capacity: bucketCount)
    buckets.initialize(repeating: nil, count: bucketCount)
  }

  var byteCount: Int { bucketCount &* 8 }

  /// The head of the chain of a hash.
  @inline(__always) func bucket(of hash: UInt32) -> UnsafeMutablePointer<StringRef?> {
    buckets + (Int(hash) & (bucketCount &- 1))
  }

  /// Changes the number of buckets, a power of two.
  mutating func resize(to newCount: Int, in externalByteCount: inout Int) {
    externalByteCount &+= (newCount &- bucketCount) &* 8
    let new = UnsafeMutablePointer<StringRef?>.allocate(capacity: newCount)
    new.initialize(repeating: nil, count: newCount)
    for index in 0..<bucketCount {
      var next = buckets[index]
      while let string = next {
        next = string.nextInChain
        let place = new + (Int(string.pointee.header.word) & (newCount &- 1))
        string.pointee.link = UnsafeMutableRawPointer(place.pointee)
        place.pointee = string
      }
    }
    buckets.deallocate()
    buckets = new
    bucketCount = newCount
  }

  /// Gives room back after a collection that left few strings.
  mutating func shrink(in externalByteCount: inout Int) {
    var target = bucketCount
    while target > Self.bucketCountMin && count &* 4 < target { target /= 2 }
    if target < bucketCount { resize(to: target, in: &externalByteCount) }
  }

  mutating func destroy() { buckets.deallocate() }
}

extension UnsafeMutablePointer where Pointee == StringObject {
  /// The next string of the chain; only for short strings.
  @inline(__always) var nextInChain: StringRef? {
    pointee.link?.assumingMemoryBound(to: StringObject.self)
  }
}
