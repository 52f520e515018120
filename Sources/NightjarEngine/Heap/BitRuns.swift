// Runs of bits in a bitmap: how storage finds room for several granules in a row.

extension UnsafeMutablePointer where Pointee == UInt64 {
  /// The first clear bit in a range of bits, or its end.
  @inline(__always)
  func firstClear(in range: Range<Int>) -> Int { firstSet(in: range, flipping: ~0) }

  /// The first set bit in a range of bits, or its end.
  @inline(__always)
  func firstSet(in range: Range<Int>) -> Int { firstSet(in: range, flipping: 0) }

  @inline(__always)
  private func firstSet(in range: Range<Int>, flipping mask: UInt64) -> Int {
    var index = range.lowerBound
    while index < range.upperBound {
      let word = (self[index &>> 6] ^ mask) &>> UInt64(index & 63)
      if word != 0 { return Swift.min(index &+ word.trailingZeroBitCount, range.upperBound) }
      index = (index | 63) &+ 1
    }
    return range.upperBound
  }

  /// How many bits are clear right before `end`, as far as they are looked at.
  func clearCount(before end: Int, max: Int) -> Int {
    var index = end
    while index > 0 && end &- index < max {
      let last = index &- 1
      let word = self[last &>> 6] &<< UInt64(63 &- last & 63)
      if word != 0 { return Swift.min(end &- index &+ word.leadingZeroBitCount, max) }
      index = last & ~63
    }
    return Swift.min(end &- index, max)
  }

  /// The first run of `count` clear bits in a range of bits.
  func firstClearRun(of count: Int, in range: Range<Int>) -> Int? {
    var start = firstClear(in: range)
    while start &+ count <= range.upperBound {
      let end = firstSet(in: start..<(start &+ count))
      if end == start &+ count { return start }
      start = firstClear(in: end..<range.upperBound)
    }
    return nil
  }

  @inline(__always)
  func setBits(in range: Range<Int>) { change(range) { $0 | $1 } }

  @inline(__always)
  func clearBits(in range: Range<Int>) { change(range) { $0 & ~$1 } }

  @inline(__always)
  private func change(_ range: Range<Int>, _ body: (UInt64, UInt64) -> UInt64) {
    var index = range.lowerBound
    while index < range.upperBound {
      let end = Swift.min((index | 63) &+ 1, range.upperBound)
      let mask = (~0 &>> UInt64(64 &- (end &- index))) &<< UInt64(index & 63)
      self[index &>> 6] = body(self[index &>> 6], mask)
      index = end
    }
  }
}
