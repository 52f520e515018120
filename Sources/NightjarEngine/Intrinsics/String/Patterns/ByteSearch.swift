// Searching for plain bytes. The C library's searches use vector instructions and never take more
// than linear time, whatever a script asks for.

internal import CNightjar

/// Plain searches.
enum ByteSearch {
  /// The offset of the first `byte`; `count` if there is none.
  @inline(__always)
  static func firstByte(_ byte: UInt8, in bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    nightjar_find_byte(bytes, count, byte)
  }

  /// The offset of the first occurrence of `needle`; -1 if there is none.
  static func first(
    _ needle: UnsafePointer<UInt8>,
    _ needleCount: Int,
    in bytes: UnsafePointer<UInt8>,
    _ count: Int
  ) -> Int {
    if needleCount == 0 { return 0 }
    if needleCount > count { return -1 }
    if needleCount == 1 {
      let offset = firstByte(needle[0], in: bytes, count)
      return offset == count ? -1 : offset
    }
    // A few candidates by their first byte: the linear search has a table to set up first.
    let last = count &- needleCount
    var place = 0
    var attemptsLeft = 4
    while attemptsLeft > 0 {
      let step = firstByte(needle[0], in: bytes + place, last &- place &+ 1)
      place &+= step
      if place > last { return -1 }
      var matched = 1
      while matched < needleCount && bytes[place &+ matched] == needle[matched] { matched &+= 1 }
      if matched == needleCount { return place }
      place &+= 1
      if place > last { return -1 }
      attemptsLeft &-= 1
    }
    let found = nightjar_find_bytes(bytes + place, count &- place, needle, needleCount)
    return found < 0 ? -1 : place &+ found
  }

  /// Whether a byte means more than itself where a pattern's item begins, or may make a pattern
  /// more than plain text: one of `^$*+?.([%-)`.
  @inline(__always) static func isMagic(_ byte: UInt8) -> Bool {
    // "$%()*+-.?" lie in the first 64 bytes, "[^" in the second.
    let low: UInt64 =
      1 << 36 | 1 << 37 | 1 << 40 | 1 << 41 | 1 << 42 | 1 << 43 | 1 << 45
      | 1 << 46 | 1 << 63
    let high: UInt64 = 1 << 27 | 1 << 30
    return byte < 128 && (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 != 0
  }

  /// Whether a pattern is plain text.
  ///
  /// A lone `)` counts as magic although the reference searches for it as text: matching raises the
  /// same error in both when any other magic byte stands beside it.
  static func isPlain(_ pattern: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var index = 0
    while index < count {
      if isMagic(pattern[index]) && pattern[index] != UInt8(ascii: ")") { return false }
      index &+= 1
    }
    return true
  }
}
