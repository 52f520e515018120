// Storage outside the cells: large array and node parts, long strings, stacks, code. Every byte of it is
// counted. Without a limit it comes from malloc, so that large arrays can grow in place; with one, from
// storage of which the heap knows what the process holds (Storage.swift).

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension Heap {
  /// Storage of `byteCount` bytes with undefined contents.
  ///
  /// - Returns: `nil` when the machine's memory limit or the system refuses; the caller raises "not
  ///   enough memory". For 0 bytes an address that must not be read, which `freeExternal` accepts.
  mutating func allocateExternal(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    if byteCount == 0 { return UnsafeMutableRawPointer(bitPattern: 16) }
    guard hasRoom(for: byteCount),
      let memory = takeShared(byteCount)
        ?? (isLimited ? takeStorage(byteCount) : malloc(byteCount))
    else { return nil }
    externalByteCount &+= byteCount
    countAllocation(byteCount)
    return memory
  }

  /// Resizes storage, moving it if need be.
  ///
  /// - Returns: `nil` when it cannot grow; the old storage is then as it was.
  mutating func resizeExternal(
    _ memory: UnsafeMutableRawPointer,
    from oldByteCount: Int,
    to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    if oldByteCount == 0 { return allocateExternal(byteCount) }
    if byteCount == 0 {
      freeExternal(memory, byteCount: oldByteCount)
      return UnsafeMutableRawPointer(bitPattern: 16)
    }
    let growth = byteCount &- oldByteCount
    guard growth <= 0 || hasRoom(for: growth),
      let moved = resize(memory, from: oldByteCount, to: byteCount)
    else { return nil }
    externalByteCount &+= growth
    if growth > 0 { countAllocation(growth) }
    return moved
  }

  private mutating func resize(
    _ memory: UnsafeMutableRawPointer,
    from oldByteCount: Int,
    to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    if isPoisoned || isShared(memory) {
      return move(memory, from: oldByteCount, to: byteCount)
    }
    if isLimited { return resizeStorage(memory, from: oldByteCount, to: byteCount) }
    return realloc(memory, byteCount)
  }

  /// Asks the system to back storage with large pages if it is large: random accesses to ten megabytes
  /// spend half their time on address translation otherwise.
  func useLargePages(_ memory: UnsafeMutableRawPointer, _ byteCount: Int) {
    #if os(Linux)
    if byteCount < Heap.largePageUseMin { return }
    let pageMask = UInt(getpagesize()) &- 1
    let start = (UInt(bitPattern: memory) &+ pageMask) & ~pageMask
    let end = (UInt(bitPattern: memory) &+ UInt(byteCount)) & ~pageMask
    // It is only advice: refusal changes nothing.
    _ = madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end &- start), MADV_HUGEPAGE)
    #endif
  }

  /// As `realloc`, but never in place.
  private mutating func move(
    _ memory: UnsafeMutableRawPointer,
    from oldByteCount: Int,
    to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    guard let moved = isLimited ? takeStorage(byteCount) : malloc(byteCount) else { return nil }
    if isPoisoned { memset(moved, Int32(Heap.poison), byteCount) }
    memcpy(moved, memory, Swift.min(oldByteCount, byteCount))
    release(memory, oldByteCount)
    return moved
  }

  /// Frees storage of exactly `byteCount` bytes.
  mutating func freeExternal(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    if byteCount == 0 { return }
    release(memory, byteCount)
    externalByteCount &-= byteCount
  }

  private mutating func release(_ memory: UnsafeMutableRawPointer, _ byteCount: Int) {
    if isPoisoned { memset(memory, Int32(Heap.poison), byteCount) }
    if isShared(memory) {
      storageByteCount &-= byteCount
    } else if isLimited {
      freeStorage(memory, byteCount)
    } else {
      free(memory)
    }
  }

  /// Lowers the limit while the system refuses memory, and raises it when there is some again.
  ///
  /// The limit then lies at what is in use: the machine collects, and if that does not help raises "not
  /// enough memory".
  mutating func heedSystem() {
    if chunks.count <= MemoryReserve.useMin { return }
    if hasLoan { return }
    if MemoryReserve.isFull && byteLimit == grantedByteLimit { return }
    if MemoryReserve.fill() {
      byteLimit = grantedByteLimit
    } else if byteLimit == grantedByteLimit {
      countLists()
      byteLimit = Swift.min(byteLimit, byteCount)
      wasRefused = true
    }
  }

  /// Counts memory that an object of the host uses on the machine's behalf.
  mutating func countHostBytes(_ byteCount: Int) {
    externalByteCount &+= byteCount
    countAllocation(byteCount)
  }

  /// Whether the limit allows `byteCount` more bytes.
  ///
  /// The exact count, which asks every size class, is only needed close to the limit.
  func hasRoom(for byteCount: Int) -> Bool {
    if byteCount > byteLimit { return false }
    if runByteCount &+ externalByteCount <= byteLimit &- byteCount { return true }
    return self.byteCount <= byteLimit &- byteCount
  }

  /// Whether the heap is not far beyond its limit.
  ///
  /// Cells are handed out without asking, because the next safepoint looks at the limit. Where there
  /// may be no safepoint for long (an error that passes thousands of coroutines grows at each), what
  /// can be large asks.
  @inline(__always) var hasRoomForCells: Bool {
    let held = isLimited ? heldByteCount &- Self.heldByteCountMargin : 0
    let used = Swift.max(runByteCount &+ externalByteCount, held)
    if used &- Self.cellReserveByteCount <= byteLimit { return true }
    // The exact count: after much has been freed the other one is far above it.
    return Swift.max(byteCount, held) &- Self.cellReserveByteCount <= byteLimit
  }

  /// How far cells may go beyond the limit between two safepoints.
  private static var cellReserveByteCount: Int { 1 << 20 }
}

extension Heap {
  /// Counts the heap's own lists, and those of the task system, as far as they have grown since the last time;
  /// at safepoints, as they grow where nothing may fail.
  ///
  /// SAFETY: this reads the task system of the machine, which is no part of its heap.
  mutating func countLists() {
    let references =
      owners.capacity &+ finalizable.capacity &+ pending.capacity &+ blocks.capacity
      &+ marking.capacity
    let byteCount =
      references &* 8 &+ chunks.capacity &* MemoryLayout<Chunk>.stride
      &+ serials.capacity &* MemoryLayout<SerialTable.Entry>.stride
      &+ (machine.pointee.tasks?.pointee.listByteCount ?? 0)
    externalByteCount &+= byteCount &- listByteCount
    listByteCount = byteCount
  }
}
