// Storage outside the blocks: large array and node parts, long strings, stacks, code. It comes from
// malloc, so that large arrays can grow in place; every byte of it is counted.

private import CNightjar

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
    guard hasRoom(for: byteCount) else { return nil }
    noteTaken(byteCount)
    guard let memory = malloc(byteCount) else { return nil }
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
      let moved = isPoisoned
        ? move(memory, from: oldByteCount, to: byteCount) : realloc(memory, byteCount)
    else { return nil }
    externalByteCount &+= growth
    if growth > 0 { countAllocation(growth) }
    if moved == memory { noteFreed(-growth) } else { noteFreed(oldByteCount) }
    return moved
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

  /// As `realloc`, but never in place, and poisoning the old storage.
  private func move(
    _ memory: UnsafeMutableRawPointer,
    from oldByteCount: Int,
    to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    guard let moved = malloc(byteCount) else { return nil }
    memset(moved, Int32(Heap.poison), byteCount)
    memcpy(moved, memory, Swift.min(oldByteCount, byteCount))
    memset(memory, Int32(Heap.poison), oldByteCount)
    free(memory)
    return moved
  }

  /// Frees storage of exactly `byteCount` bytes.
  mutating func freeExternal(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    if byteCount == 0 { return }
    if isPoisoned { memset(memory, Int32(Heap.poison), byteCount) }
    free(memory)
    externalByteCount &-= byteCount
    noteFreed(byteCount)
  }

  // MARK: What the system sees

  // A limit is a promise about the process: what `free` keeps for later counts there. So a limited heap
  // estimates how much that may be, and has it given back before it is in the way.

  /// Memory was freed and may not have gone back to the system.
  mutating func noteFreed(_ byteCount: Int) {
    if byteLimit != .max && byteCount > 0 { retainedByteCount &+= byteCount }
  }

  /// Memory is about to be taken; what was freed before may serve.
  mutating func noteTaken(_ byteCount: Int) {
    if byteLimit == .max { return }
    let used = runByteCount &+ externalByteCount &+ byteCount
    if used &+ retainedByteCount > byteLimit &+ Self.retainedByteCountMax {
      nightjar_trim_memory()
      retainedByteCount = 0
    } else {
      retainedByteCount = Swift.max(0, retainedByteCount &- byteCount)
    }
  }

  private static var retainedByteCountMax: Int { 1 << 18 }

  /// Lowers the limit while the system refuses memory, and raises it when there is some again.
  ///
  /// The limit then lies at what is in use: the machine collects, and if that does not help raises "not
  /// enough memory".
  mutating func heedSystem() {
    if chunks.count <= MemoryReserve.useMin { return }
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
    runByteCount &+ externalByteCount &- Self.cellReserveByteCount <= byteLimit
  }

  /// How far cells may go beyond the limit between two safepoints.
  private static var cellReserveByteCount: Int { 1 << 20 }
}

extension Heap {
  /// Counts the heap's own lists as far as they have grown since the last time; at safepoints, as they
  /// grow where nothing may fail.
  mutating func countLists() {
    let references =
      owners.capacity &+ finalizable.capacity &+ pending.capacity &+ blocks.capacity
      &+ marking.capacity
    let byteCount =
      references &* 8 &+ chunks.capacity &* MemoryLayout<Chunk>.stride
      &+ serials.capacity &* MemoryLayout<SerialTable.Entry>.stride
    externalByteCount &+= byteCount &- listByteCount
    listByteCount = byteCount
  }
}
