// Whole pages from the system: for storage that goes back when it is freed, and for giving back what lies in
// pages that nobody uses. `malloc` may keep what is freed for later, so it promises nothing about the process.

private import CNightjar

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Pages of memory.
///
/// Sizes are counted in pages of four kilobytes whatever the system has, so that limits mean the same on
/// every machine; where pages are larger, fewer can be given back.
enum Pages {
  static var byteCount: Int { 4096 }

  /// The pages that so many bytes take.
  @inline(__always)
  static func count(for byteCount: Int) -> Int { (byteCount &+ 4095) &>> 12 }

  /// New pages, all zero.
  ///
  /// - Parameters:
  ///   - byteCount: How much they have to hold.
  ///   - alignment: A power of two, or zero.
  /// - Returns: nil when the system refuses.
  static func map(_ byteCount: Int, alignment: Int = 0) -> UnsafeMutableRawPointer? {
    let byteCount = count(for: byteCount) &<< 12
    guard let memory = nightjar_map_pages(byteCount &+ alignment) else { return nil }
    if alignment == 0 { return memory }
    // More was mapped than is wanted: what lies before and behind goes back.
    let before = (0 &- Int(bitPattern: memory)) & (alignment &- 1)
    if before > 0 { nightjar_unmap_pages(memory, before) }
    nightjar_unmap_pages(memory + before + byteCount, alignment &- before)
    return memory + before
  }

  static func unmap(_ memory: UnsafeMutableRawPointer, _ byteCount: Int) {
    nightjar_unmap_pages(memory, count(for: byteCount) &<< 12)
  }

  /// Resizes what `map` gave, moving it if need be.
  ///
  /// - Returns: nil when the system refuses; the old pages are then as they were.
  static func resize(
    _ memory: UnsafeMutableRawPointer,
    from oldByteCount: Int,
    to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    let (old, new) = (count(for: oldByteCount), count(for: byteCount))
    if old == new { return memory }
    #if os(Linux)
    return nightjar_resize_pages(memory, old &<< 12, new &<< 12)
    #else
    guard let moved = map(byteCount) else { return nil }
    memcpy(moved, memory, min(old, new) &<< 12)
    unmap(memory, oldByteCount)
    return moved
    #endif
  }

  /// Gives back those pages behind `base` whose bits are set.
  static func giveBack(_ bits: UInt64, behind base: UnsafeMutableRawPointer) {
    var rest = bits
    while rest != 0 {
      let first = rest.trailingZeroBitCount
      let length = (~(rest &>> UInt64(first))).trailingZeroBitCount
      giveBack(base + first &<< 12, length &<< 12)
      if first &+ length >= 64 { return }
      rest &= ~0 &<< UInt64(first &+ length)
    }
  }

  /// Gives back so many bytes; they stay valid and are zero, or undefined, when used again.
  static func giveBack(_ memory: UnsafeMutableRawPointer, _ byteCount: Int) {
    #if os(Linux)
    _ = madvise(memory, byteCount, MADV_DONTNEED)
    #else
    let access = PROT_READ | PROT_WRITE
    _ = mmap(memory, byteCount, access, MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0)
    #endif
  }

  /// Asks that touching a page of `memory` bring in no other.
  static func keepSmall(_ memory: UnsafeMutableRawPointer, _ byteCount: Int) {
    #if os(Linux)
    _ = madvise(memory, byteCount, MADV_NOHUGEPAGE)
    #endif
  }

  /// Has pages that will be used soon brought in all at once, where the system can: each one by itself costs an
  /// interrupt.
  static func bringIn(_ memory: UnsafeMutableRawPointer, _ byteCount: Int) {
    #if os(Linux)
    // MADV_POPULATE_WRITE, since Linux 5.14.
    _ = madvise(memory, byteCount, 23)
    #endif
  }

  /// Has the C library give back what it can.
  static func trim() { nightjar_trim_memory() }
}

/// Growing storage of the heap's own lists and tables: from malloc as long as it is small, pages of its own
/// from then on, so that what a list has outgrown goes back at once.
enum ListStorage {
  private static var pagesByteCountMin: Int { 1 << 17 }

  /// Resizes storage, moving it if need be; from nothing when `oldByteCount` is 0.
  ///
  /// - Returns: nil when the system refuses; the old storage is then as it was.
  static func resize(
    _ old: UnsafeMutableRawPointer?,
    from oldByteCount: Int,
    to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    let hadPages = oldByteCount >= pagesByteCountMin
    let hasPages = byteCount >= pagesByteCountMin
    guard hadPages || hasPages else { return realloc(old, byteCount) }
    guard let old else { return Pages.map(byteCount) }
    if hadPages && hasPages { return Pages.resize(old, from: oldByteCount, to: byteCount) }
    guard let moved = hasPages ? Pages.map(byteCount) : malloc(byteCount) else { return nil }
    memcpy(moved, old, Swift.min(oldByteCount, byteCount))
    free(old, oldByteCount)
    return moved
  }

  /// New storage, all zero.
  static func zeroes(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    byteCount >= pagesByteCountMin ? Pages.map(byteCount) : calloc(byteCount, 1)
  }

  static func free(_ memory: UnsafeMutableRawPointer?, _ byteCount: Int) {
    guard let memory else { return }
    if byteCount >= pagesByteCountMin {
      Pages.unmap(memory, byteCount)
    } else {
      dispose(memory)
    }
  }

  private static func dispose(_ memory: UnsafeMutableRawPointer) {
    #if canImport(Glibc)
    Glibc.free(memory)
    #else
    Darwin.free(memory)
    #endif
  }
}
