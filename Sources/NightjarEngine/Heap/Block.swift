// Blocks: 64 KB of equal cells with their mark bits beside them.
//
//   base (64 KB aligned)
//   ┌────────┬───────────┬───────────┬──────┬──────┬───┬──────┬───────┐
//   │ header │ bitmap 0  │ bitmap 1  │ cell │ cell │ … │ cell │ spare │
//   └────────┴───────────┴───────────┴──────┴──────┴───┴──────┴───────┘
//   0        64          576         1088                             65536
//
// A bitmap has one bit for each 16 bytes of the block; only the bit of a cell's first 16 bytes is
// used. The two bitmaps take turns: while one collects the marks of the current cycle, the other
// still tells which cells the cycle before found dead, so that allocation can go on filling them.
//
// INVARIANT: every heap object and every raw cell lies in a block at `cellsOffset + n * cellByteCount`
// (in the shared block, at some multiple of 16), so the block, and in it the mark bit, of any object
// follow from its address alone.

/// What stands at the front of a block.
struct BlockHeader {
  var cellByteCount: Int
  /// One past the last cell, as an offset from the block's base.
  var cellsEnd: Int
  /// Bytes of the cells handed out and not known to be dead.
  var usedByteCount: Int
  /// The next block of a list: of a size class's blocks with free cells, or of empty blocks.
  var next: BlockRef?
  var chunkIndex: Int
  var classIndex: Int
  /// A bit for each page that was touched and not given back.
  var touchedPages: UInt64
  var reserved: Int = 0
}

/// A block.
///
/// INVARIANT: 64 KB aligned, alive until its heap is destroyed or its chunk released.
typealias BlockRef = UnsafeMutablePointer<BlockHeader>

/// The measures of blocks.
enum Block {
  static var byteCount: Int { 65536 }
  static var cellsOffset: Int { 1088 }
  static var bitmapByteCount: Int { 512 }
  static var bitmapWordCount: Int { 64 }
  /// Offsets of the two bitmaps.
  static var firstBitmap: Int { 64 }
  static var secondBitmap: Int { 576 }

  /// Bits for the pages that a run of bytes lies in.
  @inline(__always)
  static func pages(_ run: Range<Int>) -> UInt64 {
    (2 &<< UInt64((run.upperBound &- 1) &>> 12)) &- (1 &<< UInt64(run.lowerBound &>> 12))
  }

  /// The block an address lies in.
  @inline(__always)
  static func containing(_ pointer: UnsafeMutableRawPointer) -> BlockRef {
    BlockRef(bitPattern: UInt(bitPattern: pointer) & ~0xFFFF).unsafelyUnwrapped
  }
}

extension UnsafeMutablePointer where Pointee == BlockHeader {
  @inline(__always) var base: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self) }

  /// The bitmap at `offset` as words.
  @inline(__always)
  func bitmap(_ offset: Int) -> UnsafeMutablePointer<UInt64> {
    (base + offset).assumingMemoryBound(to: UInt64.self)
  }

  /// Empties one bitmap.
  @inline(__always)
  func clearBitmap(_ offset: Int) {
    bitmap(offset).update(repeating: 0, count: Block.bitmapWordCount)
  }

  /// How many bits of a bitmap are set.
  func bitCount(_ offset: Int) -> Int {
    let words = bitmap(offset)
    var count = 0
    for index in 0..<Block.bitmapWordCount { count &+= words[index].nonzeroBitCount }
    return count
  }

  @inline(__always)
  func isSet(_ offset: Int, at cellOffset: Int) -> Bool {
    bitmap(offset)[cellOffset &>> 10] & (1 &<< UInt64((cellOffset &>> 4) & 63)) != 0
  }

  @inline(__always)
  func setBit(_ offset: Int, at cellOffset: Int) {
    bitmap(offset)[cellOffset &>> 10] |= 1 &<< UInt64((cellOffset &>> 4) & 63)
  }

  @inline(__always)
  func clearBit(_ offset: Int, at cellOffset: Int) {
    bitmap(offset)[cellOffset &>> 10] &= ~(1 &<< UInt64((cellOffset &>> 4) & 63))
  }

  /// Bits for the pages in which no cell begins or goes on whose bit is set; not the first page.
  func emptyPages(_ offset: Int) -> UInt64 {
    let words = bitmap(offset)
    var pages: UInt64 = 0
    var taken = Block.cellsOffset
    for page in 0..<(Block.byteCount &>> 12) {
      var last = -1
      for word in (page &* 4)..<(page &* 4 &+ 4) where words[word] != 0 {
        last = word &* 64 &+ 63 &- words[word].leadingZeroBitCount
      }
      if last >= 0 {
        taken = last &* 16 &+ pointee.cellByteCount
      } else if taken <= page &<< 12 {
        pages |= 1 &<< UInt64(page)
      }
    }
    return pages & ~1
  }

  /// The next run of cells that are not set, at or after the cell at `start`; nil when there is none.
  ///
  /// Words without a bit are passed 64 cells' worth at a time, so emptier blocks are cheaper.
  ///
  /// It ends after `byteCountMax` bytes if it is longer, but has at least one cell.
  func nextFreeRun(_ offset: Int, from start: Int, byteCountMax: Int) -> Range<Int>? {
    let cell = pointee.cellByteCount
    var first = start
    while first < pointee.cellsEnd && isSet(offset, at: first) { first &+= cell }
    guard first < pointee.cellsEnd else { return nil }
    let end = Swift.min(
      pointee.cellsEnd,
      first &+ Swift.max(byteCountMax &- byteCountMax % cell, cell)
    )
    let words = bitmap(offset)
    var granule = first &>> 4
    while granule &<< 4 < end {
      let word = words[granule &>> 6] &>> UInt64(granule & 63)
      if word != 0 {
        // Only first granules of cells carry bits, so the next set bit begins a live cell.
        return first..<Swift.min((granule &+ word.trailingZeroBitCount) &<< 4, end)
      }
      granule = (granule | 63) &+ 1
    }
    return first..<end
  }
}
