// Where blocks come from: chunks of sixteen, aligned, from malloc. Blocks of the newest chunk are
// handed out one by one, so that memory nobody needs stays untouched and is not resident. A chunk goes
// back when all its blocks are empty and there are more empty blocks than the next cycles are likely
// to need.
//
// A young heap has few objects of many sizes, and a block of its own for each size would make it resident
// in a page for each. So all classes begin in one block, in runs of a few cells, until what they share is
// used up or the machine gets its first code; it is shorter than others and lies in the cradle. Nobody frees what
// lies there, as it is the libraries, which live as long as the machine. Its marks tell who lives, as
// everywhere, but the sweep does not come to it.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Sixteen blocks from the system.
///
/// INVARIANT: `base` is block-aligned and owned by the heap's chunk list.
struct Chunk {
  var base: UnsafeMutableRawPointer
  var freeBlockCount: Int

  static var blockCount: Int { 16 }

  /// Memory for a chunk, or nil when the system refuses.
  static func allocate() -> UnsafeMutableRawPointer? {
    var memory: UnsafeMutableRawPointer?
    let byteCount = Block.byteCount &* blockCount
    return posix_memalign(&memory, Block.byteCount, byteCount) == 0 ? memory : nil
  }
}

extension Heap {
  /// An empty block for a class, taken from the free list or from the system.
  mutating func makeBlock(forClass index: Int) -> BlockRef {
    let block = takeBlock(forClass: index, cellByteCount: classes[index].cellByteCount)
    block.clearBitmap(Block.firstBitmap)
    block.clearBitmap(Block.secondBitmap)
    blocks.append(block)
    return block
  }

  /// An empty block with undefined bitmaps that stands in no list.
  mutating func takeBlock(forClass index: Int, cellByteCount: Int) -> BlockRef {
    let block: BlockRef
    let chunkIndex: Int
    var touched: UInt64 = 0
    if let empty = freeBlock {
      block = empty
      chunkIndex = empty.pointee.chunkIndex
      touched = empty.pointee.touchedPages
      freeBlock = empty.pointee.next
      freeBlockCount &-= 1
    } else {
      if freshBlockCount == 0 { makeChunk() }
      chunkIndex = freshChunkIndex
      let place = Chunk.blockCount &- freshBlockCount
      block = (chunks[chunkIndex].base + place &* Block.byteCount)
        .assumingMemoryBound(to: BlockHeader.self)
      freshBlockCount &-= 1
      heldPageCount &+= 1
    }
    (chunks.base + chunkIndex).pointee.freeBlockCount &-= 1
    let cellCount = (Block.byteCount &- Block.cellsOffset) / cellByteCount
    block.initialize(
      to: BlockHeader(
        cellByteCount: cellByteCount,
        cellsEnd: Block.cellsOffset &+ cellCount &* cellByteCount,
        usedByteCount: 0,
        next: nil,
        chunkIndex: chunkIndex,
        classIndex: index,
        touchedPages: touched | 1
      )
    )
    return block
  }

  /// A run of the shared block for a class that has no block yet; nil when it is to have one.
  ///
  /// Under stress there is none, as nothing that lies there is found again by its successors.
  mutating func sharedRun(inClass index: Int) -> (block: BlockRef, run: Range<Int>)? {
    guard !isSharedBlockClosed, phase == .idle, !isStressed, index != SizeClasses.sharedString,
      classes[index].block == nil, classes[index].firstBlock == nil
    else { return nil }
    let cell = classes[index].cellByteCount
    let byteCount = cell &* Swift.max(Heap.sharedRunByteCount / cell, 1)
    let end = sharedEnd &+ byteCount
    guard end <= sharedBlock.pointee.cellsEnd else { return nil }
    defer { sharedEnd = end }
    return (sharedBlock, sharedEnd..<end)
  }

  /// Ends the use of the shared block, before the first object that may die.
  mutating func closeSharedBlock() {
    if isSharedBlockClosed { return }
    isSharedBlockClosed = true
    for index in 0..<SizeClasses.count {
      let sizeClass = classes + index
      let cursor = sizeClass.pointee.cursor
      let spare = Int(bitPattern: sizeClass.pointee.limit &- cursor)
      guard spare > 0, let pointer = UnsafeMutableRawPointer(bitPattern: cursor),
        Block.containing(pointer) == sharedBlock
      else { continue }
      sharedBlock.pointee.usedByteCount &-= spare
      runByteCount &-= spare
      sizeClass.pointee.cursor = 0
      sizeClass.pointee.limit = 0
    }
  }

  /// The pages of what else lies in the cradle are not counted, as little as what the host keeps of a machine.
  static func makeSharedBlock(in cradle: Cradle) -> BlockRef {
    let block = cradle.block
    block.initialize(
      to: BlockHeader(
        cellByteCount: 16,
        cellsEnd: Cradle.cellsEnd,
        usedByteCount: 0,
        next: nil,
        chunkIndex: -1,
        classIndex: SizeClasses.count,
        touchedPages: 1
      )
    )
    block.clearBitmap(Block.firstBitmap)
    block.clearBitmap(Block.secondBitmap)
    return block
  }

  /// Puts an empty block on the free list; it no longer stands in `blocks`.
  mutating func freeUp(_ block: BlockRef) {
    if isPoisoned {
      (block.base + Block.cellsOffset).initializeMemory(
        as: UInt8.self,
        repeating: Heap.poison,
        count: Block.byteCount &- Block.cellsOffset
      )
    }
    block.pointee.next = freeBlock
    freeBlock = block
    freeBlockCount &+= 1
    (chunks.base + block.pointee.chunkIndex).pointee.freeBlockCount &+= 1
  }

  // Cells never fail: limits are looked at where the loop can raise an error. When the system refuses,
  // the reserve lasts until then (`heedSystem`).
  private mutating func makeChunk() {
    if chunks.count >= MemoryReserve.useMin { _ = MemoryReserve.fill() }
    let memory = SpareChunks.places.take() ?? Chunk.allocate() ?? takeReserve()
    if isLimited { Pages.keepSmall(memory, Block.byteCount &* Chunk.blockCount) }
    var chunkIndex = chunks.count
    for index in 0..<chunks.count where chunks[index].freeBlockCount < 0 {
      chunkIndex = index
      break
    }
    let chunk = Chunk(base: memory, freeBlockCount: Chunk.blockCount)
    if chunkIndex == chunks.count { chunks.append(chunk) } else { chunks[chunkIndex] = chunk }
    freshChunkIndex = chunkIndex
    freshBlockCount = Chunk.blockCount
  }

  private mutating func takeReserve() -> UnsafeMutableRawPointer {
    machine.requestAttention()
    guard let memory = MemoryReserve.take() else {
      preconditionFailure("the system has no memory left, nor has the reserve")
    }
    return memory
  }

  /// Returns chunks without a used block, but for as many empty blocks as `keeping`.
  ///
  /// The one that is still being handed out stays.
  ///
  /// A returned chunk leaves a place in `chunks` with a negative count, which the next one takes.
  mutating func releaseChunks(keeping: Int) {
    var keep = freeBlockCount
    var released = false
    for index in 0..<chunks.count
    where chunks[index].freeBlockCount == Chunk.blockCount
      && keep &- Chunk.blockCount >= keeping
      && (index != freshChunkIndex || freshBlockCount == 0)
    {
      (chunks.base + index).pointee.freeBlockCount = -1
      keep &-= Chunk.blockCount
      released = true
    }
    guard released else { return }
    var kept: BlockRef?
    var last: BlockRef?
    var next = freeBlock
    while let block = next {
      next = block.pointee.next
      if chunks[block.pointee.chunkIndex].freeBlockCount < 0 {
        heldPageCount &-= block.pointee.touchedPages.nonzeroBitCount
        continue
      }
      block.pointee.next = nil
      if let last { last.pointee.next = block } else { kept = block }
      last = block
    }
    freeBlock = kept
    freeBlockCount = keep
    for index in 0..<chunks.count where chunks[index].freeBlockCount == -1 {
      if isLimited { Pages.giveBack(chunks[index].base, Block.byteCount &* Chunk.blockCount) }
      free(chunks[index].base)
      (chunks.base + index).pointee.freeBlockCount = -2
    }
  }

  /// Ends the heap: frees what objects own and all blocks but that of the cradle.
  ///
  /// The machine must not be used again.
  mutating func destroy() {
    // A sweep that was under way has released those between its two cursors, or moved them down.
    let swept = phase == .sweepOwners ? sweeping.keptCount..<sweeping.index : 0..<0
    for index in 0..<owners.count where !swept.contains(index) {
      machine.releaseExternal(of: owners[index])
    }
    for index in 0..<chunks.count where chunks[index].freeBlockCount >= 0 {
      if !SpareChunks.places.keep(chunks[index].base) { free(chunks[index].base) }
    }
    destroyStorage()
    if let scratch { free(scratch) }
    strings.destroy()
    serials.destroy()
    marking.destroy()
    blocks.destroy()
    chunks.destroy()
    owners.destroy()
    finalizable.destroy()
    pending.destroy()
  }
}
