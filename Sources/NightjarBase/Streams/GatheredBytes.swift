// Memory for results that do not lie in one piece in a file's buffer. It is kept between reads, as
// a file with one long line tends to have more, unless it has become large.

/// A growing piece of raw memory.
///
/// INVARIANT: `storage` points to `capacity` bytes that the value's one owner frees with
/// `release()`; the first `count` of them are initialised.
struct GatheredBytes {
  /// The most bytes to keep for the next use.
  private static let keptCapacity = 1_048_576

  private var storage: UnsafeMutableRawPointer?
  private var capacity = 0
  private(set) var count = 0

  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: storage, count: count)
  }

  /// Forgets the bytes.
  mutating func clear() {
    count = 0
    if capacity > Self.keptCapacity { release() }
  }

  /// Frees the memory.
  mutating func release() {
    storage?.deallocate()
    storage = nil
    capacity = 0
    count = 0
  }

  mutating func append(_ source: UnsafeRawPointer, count addedCount: Int) {
    if addedCount > capacity - count { grow(to: count + addedCount) }
    (storage.map { $0 + count })?.copyMemory(from: source, byteCount: addedCount)
    count += addedCount
  }

  /// Room behind the bytes to read into, all there is but no more than `upper` bytes.
  mutating func room(atLeast lower: Int, atMost upper: Int) -> UnsafeMutableRawBufferPointer {
    if lower > capacity - count { grow(to: count + lower) }
    return UnsafeMutableRawBufferPointer(
      start: storage.map { $0 + count },
      count: min(upper, capacity - count)
    )
  }

  /// Takes bytes that were put into the room.
  mutating func commit(_ addedCount: Int) {
    precondition(addedCount >= 0 && addedCount <= capacity - count)
    count += addedCount
  }

  private mutating func grow(to neededCapacity: Int) {
    let newCapacity = max(neededCapacity, capacity * 2, 256)
    let newStorage = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 16)
    if let storage {
      newStorage.copyMemory(from: storage, byteCount: count)
      storage.deallocate()
    }
    storage = newStorage
    capacity = newCapacity
  }
}
