// What the process holds for a heap with a limit.
//
// A limit is a promise about the process. The bytes in use stay within it, but a page with one living object
// is a page of the process all the same. So a limited heap counts the pages that it touched and did not
// give back as well, exactly, and may hold as many as its limit and a margin allow. When there are more, it
// gives back those in which nothing lives; when that is not enough, it collects, and then memory is out.
// What is counted follows from what the script does, so that every run ends alike.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension Heap {
  /// Bytes of the process, as far as the heap knows: its pages, and what is counted but lies elsewhere.
  var heldByteCount: Int {
    heldPageCount &* Pages.byteCount &+ externalByteCount &- storageByteCount
  }

  /// The most bytes that may be held.
  private var heldByteLimit: Int {
    if !isLimited { return .max }
    let loan = hasLoan ? Self.cleanupLoan : 0
    return Swift.min(grantedByteLimit, .max / 2) &+ Self.heldByteCountMargin &+ loan
  }

  var holdsTooMuch: Bool { isLimited && heldByteCount > heldByteLimit }

  /// Whether so many more pages may be held, after giving back those in which nothing lives if need be.
  private mutating func makeRoom(forPages count: Int) -> Bool {
    let byteCount = count &* Pages.byteCount
    if heldByteCount &+ byteCount <= heldByteLimit { return true }
    giveBackFreePages()
    return heldByteCount &+ byteCount <= heldByteLimit
  }

  /// Whether there is room for so many bytes outside the heap's pages.
  mutating func hasRoomOutside(for byteCount: Int) -> Bool {
    hasRoom(for: byteCount) && roomOutside() >= byteCount
  }

  /// The bytes that are left for memory outside the heap's pages.
  mutating func roomOutside() -> Int {
    if byteLimit == .max { return .max }
    let room = Swift.max(byteLimit &- byteCount, 0)
    if heldByteLimit &- heldByteCount < room { giveBackFreePages() }
    return Swift.max(Swift.min(room, heldByteLimit &- heldByteCount), 0)
  }

  // MARK: Storage

  /// - Parameters:
  ///   - byteCount: Its size, not 0.
  ///   - isForced: Room is made by what follows.
  /// - Returns: nil when too much would be held, or when the system refuses.
  mutating func takeStorage(_ byteCount: Int, isForced: Bool = false) -> UnsafeMutableRawPointer? {
    let memory: UnsafeMutableRawPointer?
    if byteCount <= smallStorage.byteCountMax {
      memory = takeSmall(byteCount, isForced)
    } else if byteCount <= largeStorage.byteCountMax {
      memory = takeLarge(byteCount, isForced)
    } else {
      let count = Pages.count(for: byteCount)
      guard isForced || makeRoom(forPages: count) else { return nil }
      memory = Pages.map(byteCount, alignment: byteCount >= Self.largePageUseMin ? 2 << 20 : 0)
      if memory != nil {
        heldPageCount &+= count
        mappedPageCount &+= count
      }
    }
    if memory != nil { storageByteCount &+= byteCount }
    return memory
  }

  private mutating func takeSmall(_ byteCount: Int, _ isForced: Bool) -> UnsafeMutableRawPointer? {
    while true {
      if let place = smallStorage.place(for: byteCount) {
        let fresh = smallStorage.freshPageCount(place.run, in: place.base)
        if !isForced && heldByteCount &+ fresh &* Pages.byteCount > heldByteLimit {
          guard makeRoom(forPages: fresh) else { return nil }
          // The place may be gone with its block.
          continue
        }
        let taken = smallStorage.take(place.run, in: place.base)
        heldPageCount &+= taken.freshPageCount
        return taken.memory
      }
      let pageCount = Pages.count(for: Block.cellsOffset &+ byteCount)
      guard isForced || makeRoom(forPages: pageCount) else { return nil }
      let block = takeBlock(forClass: SizeClasses.count, cellByteCount: 16)
      smallStorage.add(block.base, for: byteCount, touched: block.pointee.touchedPages)
    }
  }

  private mutating func takeLarge(_ byteCount: Int, _ isForced: Bool) -> UnsafeMutableRawPointer? {
    while true {
      if let place = largeStorage.place(for: byteCount) {
        let fresh = largeStorage.freshPageCount(place.run, in: place.base)
        if !isForced && heldByteCount &+ fresh &* Pages.byteCount > heldByteLimit {
          guard makeRoom(forPages: fresh) else { return nil }
          continue
        }
        let taken = largeStorage.take(place.run, in: place.base)
        heldPageCount &+= taken.freshPageCount
        return taken.memory
      }
      let spanByteCount = largeStorage.spanByteCount
      guard isForced || makeRoom(forPages: Pages.count(for: byteCount) &+ 1),
        let base = Pages.map(spanByteCount, alignment: spanByteCount)
      else { return nil }
      Pages.keepSmall(base, spanByteCount)
      largeStorage.add(base, for: byteCount, touched: 1)
      heldPageCount &+= 1
    }
  }

  mutating func freeStorage(_ memory: UnsafeMutableRawPointer, _ byteCount: Int) {
    storageByteCount &-= byteCount
    if byteCount <= smallStorage.byteCountMax {
      smallStorage.free(memory, byteCount: byteCount)
    } else if byteCount <= largeStorage.byteCountMax {
      largeStorage.free(memory, byteCount: byteCount)
    } else {
      Pages.unmap(memory, byteCount)
      heldPageCount &-= Pages.count(for: byteCount)
      mappedPageCount &-= Pages.count(for: byteCount)
    }
  }

  mutating func resizeStorage(
    _ memory: UnsafeMutableRawPointer,
    from oldByteCount: Int,
    to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    let largest = largeStorage.byteCountMax
    if oldByteCount > largest && byteCount > largest {
      return resizePages(memory, from: oldByteCount, to: byteCount)
    }
    let smallest = smallStorage.byteCountMax
    if (oldByteCount <= smallest) == (byteCount <= smallest)
      && (oldByteCount <= largest) == (byteCount <= largest)
      && (byteCount <= smallest
        ? Self.resize(
          memory,
          from: oldByteCount,
          to: byteCount,
          in: &smallStorage,
          &heldPageCount,
          roomForPages: pageRoom
        )
        : Self.resize(
          memory,
          from: oldByteCount,
          to: byteCount,
          in: &largeStorage,
          &heldPageCount,
          roomForPages: pageRoom
        ))
    {
      storageByteCount &+= byteCount &- oldByteCount
      return memory
    }
    guard let moved = takeStorage(byteCount, isForced: byteCount <= oldByteCount) else {
      return nil
    }
    memcpy(moved, memory, Swift.min(oldByteCount, byteCount))
    freeStorage(memory, oldByteCount)
    return moved
  }

  /// How many more pages may be held without giving any back.
  private var pageRoom: Int { Swift.max(heldByteLimit &- heldByteCount, 0) &>> 12 }

  /// Resizes storage in its place in a pool, if that is possible.
  private static func resize(
    _ memory: UnsafeMutableRawPointer,
    from oldByteCount: Int,
    to byteCount: Int,
    in pool: inout StoragePool,
    _ heldPageCount: inout Int,
    roomForPages room: Int
  ) -> Bool {
    if byteCount <= oldByteCount {
      pool.shrink(memory, from: oldByteCount, to: byteCount)
      return true
    }
    guard let (base, run) = pool.extent(of: memory, from: oldByteCount, to: byteCount),
      pool.freshPageCount(run, in: base) <= room
    else { return false }
    heldPageCount &+= pool.take(run, in: base).freshPageCount
    return true
  }

  private mutating func resizePages(
    _ memory: UnsafeMutableRawPointer,
    from oldByteCount: Int,
    to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    let growth = Pages.count(for: byteCount) &- Pages.count(for: oldByteCount)
    guard growth <= 0 || makeRoom(forPages: growth),
      let moved = Pages.resize(memory, from: oldByteCount, to: byteCount)
    else { return nil }
    heldPageCount &+= growth
    mappedPageCount &+= growth
    storageByteCount &+= byteCount &- oldByteCount
    return moved
  }

  // MARK: The young heap

  /// Storage in the block that the libraries share; nil when there is no room or time for that any more.
  mutating func takeShared(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    guard !isSharedBlockClosed, byteCount <= Self.sharedStorageByteCountMax, !isStressed
    else { return nil }
    let rounded = (byteCount &+ 15) & ~15
    let start: Int
    if rounded <= sharedTail &- Cradle.cellsEnd {
      sharedTail &-= rounded
      start = sharedTail
    } else {
      guard sharedEnd &+ rounded <= Cradle.cellsEnd else { return nil }
      start = sharedEnd
      sharedEnd &+= rounded
    }
    touch(start..<(start &+ rounded), of: sharedBlock)
    storageByteCount &+= byteCount
    return sharedBlock.base + start
  }

  /// Whether storage lies there; it stays when it is freed.
  @inline(__always)
  func isShared(_ memory: UnsafeMutableRawPointer) -> Bool {
    UInt(bitPattern: memory) &- UInt(bitPattern: sharedBlock) < UInt(Cradle.byteCount)
  }

  private static var sharedStorageByteCountMax: Int { 4096 }

  // MARK: Giving back

  /// Gives back pages of blocks and regions in which nothing lies; at any time.
  ///
  /// It looks at everything, so whoever lives next to the limit pays for it in fuel.
  mutating func giveBackFreePages() {
    chargeForPages()
    giveBackSpans()
    releaseChunks(keeping: 0)
    var next = freeBlock
    while let block = next {
      next = block.pointee.next
      giveBack(block.pointee.touchedPages & ~1, of: block)
    }
  }

  /// SAFETY: this touches the fuel counter of the machine and nothing in its heap.
  private func chargeForPages() { machine.pointee.fuel &-= Int64(heldPageCount) }

  private mutating func giveBack(_ pages: UInt64, of block: BlockRef) {
    if pages == 0 { return }
    Pages.giveBack(pages, behind: block.base)
    block.pointee.touchedPages &= ~pages
    heldPageCount &-= pages.nonzeroBitCount
  }

  private mutating func giveBackSpans() {
    for index in stride(from: smallStorage.entries.count &- 1, through: 0, by: -1) {
      let base = smallStorage.entries[index].base
      if smallStorage.isEmpty(at: index) {
        let block = smallStorage.remove(at: index).assumingMemoryBound(to: BlockHeader.self)
        block.pointee.touchedPages = StoragePool.header(of: base).pointee.touched[0]
        freeUp(block)
      } else {
        heldPageCount &-= smallStorage.giveBackPages(of: base)
      }
    }
    for index in stride(from: largeStorage.entries.count &- 1, through: 0, by: -1) {
      let base = largeStorage.entries[index].base
      if largeStorage.isEmpty(at: index) {
        heldPageCount &-= StoragePool.touchedPageCount(of: base)
        Pages.unmap(largeStorage.remove(at: index), largeStorage.spanByteCount)
      } else {
        heldPageCount &-= largeStorage.giveBackPages(of: base)
      }
    }
  }

  /// Gives back what a full collection that has just ended has left empty, if that is worthwhile.
  ///
  /// Pages between living cells can be told then only, as the marks do not tell what was allocated since.
  mutating func giveBackAfterCollection() {
    let spare = heldByteCount &- byteCount
    guard isLimited, holdsTooMuch || spare > Self.heldByteCountMargin / 2 &+ grantedByteLimit / 64
    else { return }
    giveBackFreePages()
    for index in 0..<blocks.count {
      let block = blocks[index]
      giveBack(block.emptyPages(sweepOffset) & block.pointee.touchedPages, of: block)
    }
  }

  mutating func destroyStorage() {
    for index in 0..<largeStorage.entries.count {
      Pages.unmap(largeStorage.entries[index].base, largeStorage.spanByteCount)
    }
    smallStorage.destroy()
    largeStorage.destroy()
  }
}
