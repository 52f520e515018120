// Size classes: every cell size that blocks are cut into, and where allocation stands in each.
//
//   class   1 … 32    16, 32, 48 … 512 bytes
//   class  33 … 48    four to each doubling: 640, 768, 896, 1024, 1280 … 8192
//   class  49         32 bytes, kept for strings with shared bytes (see Concatenation.swift)

/// The measures of size classes.
enum SizeClasses {
  static var count: Int { 50 }
  static var sharedString: Int { 49 }

  /// The class whose cells hold `byteCount` bytes, 1...8192.
  @inline(__always)
  static func index(of byteCount: Int) -> Int {
    if byteCount <= 512 { return (byteCount &+ 15) &>> 4 }
    let last = byteCount &- 1
    let exponent = 63 &- last.leadingZeroBitCount
    return 33 &+ (exponent &- 9) &* 4 &+ ((last &>> (exponent &- 2)) & 3)
  }

  /// The cell size of a class.
  static func byteCount(of index: Int) -> Int {
    if index == sharedString { return 32 }
    if index <= 32 { return index &* 16 }
    let step = index &- 33
    let octave = 512 &<< (step &>> 2)
    return octave &+ (octave &>> 2) &* ((step & 3) &+ 1)
  }
}

/// Where allocation stands in one class: a run of free cells, the block it was found in, and the
/// blocks that come next.
struct SizeClass {
  /// The next free cell; equal to `limit` when the run is used up.
  var cursor: UInt = 0
  var limit: UInt = 0
  /// The block being filled and where in it the search for free cells goes on.
  var block: BlockRef?
  var searchOffset: Int {
    get { Int(searchOffset32) }
    set { searchOffset32 = UInt32(truncatingIfNeeded: newValue) }
  }
  var cellByteCount: Int {
    get { Int(cellByteCount32) }
    set { cellByteCount32 = UInt32(truncatingIfNeeded: newValue) }
  }
  private var searchOffset32: UInt32 = 0
  private var cellByteCount32: UInt32 = 0
  /// Blocks with free cells, oldest first.
  var firstBlock: BlockRef?
  var lastBlock: BlockRef?
}
