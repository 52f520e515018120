// Sweeping, in order: interned strings are unlinked, serials of the dead dropped, owners released, and
// only then blocks opened for allocation. Each pass is a cursor, so that it can stop anywhere.

/// Where a sweep stands.
struct SweepingState {
  /// The next bucket, entry, owner or block to be looked at.
  var index = 0
  /// Where the next entry that stays is put (owners, blocks).
  var keptCount = 0
  /// Blocks there were when the sweep began; younger ones are not swept.
  var blockCount = 0
  /// The table `dropDeadKeys` stands in.
  var deadKeyTable: TableRef?
}

extension Heap {
  /// Makes the other bitmap, emptied, the one that collects marks.
  mutating func flipBitmaps() {
    markOffset = markOffset == Block.firstBitmap ? Block.secondBitmap : Block.firstBitmap
    for index in 0..<blocks.count { blocks[index].clearBitmap(markOffset) }
    sharedBlock.clearBitmap(markOffset)
  }

  mutating func beginSweepingStrings() { beginSweeping(.sweepStrings) }

  mutating func beginSweeping(_ phase: Phase) {
    self.phase = phase
    sweeping.index = 0
    sweeping.keptCount = 0
  }

  /// From here on the marks tell which cells are free.
  mutating func beginSweepingBlocks() {
    dropRuns()
    allocatesBlack = false
    sweepOffset = markOffset
    beginSweeping(.sweepBlocks)
    sweeping.blockCount = blocks.count
  }

  var sweepingBlocksIsDone: Bool { sweeping.index >= sweeping.blockCount }

  /// Looks at the next blocks: empty ones go back, others offer their free cells.
  ///
  /// - Returns: whether there was one.
  mutating func sweepBlocks(count: Int) -> Bool {
    if sweepingBlocksIsDone { return false }
    let end = Swift.min(sweeping.index &+ count, sweeping.blockCount)
    while sweeping.index < end {
      let block = blocks[sweeping.index]
      sweeping.index &+= 1
      let live = block.bitCount(markOffset) &* block.pointee.cellByteCount
      runByteCount &-= block.pointee.usedByteCount &- live
      block.pointee.usedByteCount = live
      if live == 0 {
        freeUp(block)
        continue
      }
      blocks[sweeping.keptCount] = block
      sweeping.keptCount &+= 1
      block.pointee.next = nil
      let capacity = block.pointee.cellsEnd &- Block.cellsOffset
      if live < capacity { offer(block) }
    }
    if sweepingBlocksIsDone { closeGap() }
    return true
  }

  /// Moves the blocks made during the sweep behind those that stayed.
  private mutating func closeGap() {
    for index in sweeping.blockCount..<blocks.count {
      blocks[sweeping.keptCount] = blocks[index]
      sweeping.keptCount &+= 1
    }
    blocks.count = sweeping.keptCount
    sweeping.index = 0
    sweeping.blockCount = 0
  }

  /// Puts a block with free cells at the end of its class's list.
  private mutating func offer(_ block: BlockRef) {
    if isPoisoned { poison(block) }
    let sizeClass = classes + block.pointee.classIndex
    if let last = sizeClass.pointee.lastBlock {
      last.pointee.next = block
    } else {
      sizeClass.pointee.firstBlock = block
    }
    sizeClass.pointee.lastBlock = block
  }

  private func poison(_ block: BlockRef) {
    var offset = Block.cellsOffset
    while offset < block.pointee.cellsEnd {
      if !block.isSet(markOffset, at: offset) {
        (block.base + offset).initializeMemory(
          as: UInt8.self,
          repeating: Heap.poison,
          count: block.pointee.cellByteCount
        )
      }
      offset &+= block.pointee.cellByteCount
    }
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Unlinks dead interned strings.
  func sweepStringsStep(_ work: inout Int) -> Bool {
    while pointee.heap.sweeping.index < pointee.heap.strings.usedCount {
      if work <= 0 { return false }
      let bucket = pointee.heap.strings.buckets + pointee.heap.sweeping.index
      pointee.heap.sweeping.index &+= 1
      work &-= Work.slot
      var previous: StringRef?
      var next = bucket.pointee
      while let string = next {
        next = string.nextInChain
        work &-= Work.string
        if pointee.heap.isMarked(string) {
          previous = string
          continue
        }
        if let previous {
          previous.pointee.link = UnsafeMutableRawPointer(next)
        } else {
          bucket.pointee = next
        }
        pointee.heap.strings.count &-= 1
      }
    }
    return true
  }

  /// Drops the serial numbers of dead objects.
  func sweepSerialsStep(_ work: inout Int) -> Bool {
    while pointee.heap.sweeping.index < pointee.heap.serials.capacity {
      if work <= 0 { return false }
      work &-= Work.slot
      let index = pointee.heap.sweeping.index
      if let entry = pointee.heap.serials.entries?[index],
        let object = UnsafeMutableRawPointer(bitPattern: entry.object),
        !pointee.heap.isMarked(object)
      {
        pointee.heap.serials.remove(at: index)
      } else {
        pointee.heap.sweeping.index = index &+ 1
      }
    }
    return true
  }

  /// Releases what dead objects own outside the blocks.
  func sweepOwnersStep(_ work: inout Int) -> Bool {
    while pointee.heap.sweeping.index < pointee.heap.owners.count {
      if work <= 0 { return false }
      work &-= Work.owner
      let object = pointee.heap.owners[pointee.heap.sweeping.index]
      pointee.heap.sweeping.index &+= 1
      if pointee.heap.isMarked(object) {
        pointee.heap.owners[pointee.heap.sweeping.keptCount] = object
        pointee.heap.sweeping.keptCount &+= 1
      } else {
        releaseExternal(of: object)
      }
    }
    pointee.heap.owners.count = pointee.heap.sweeping.keptCount
    return true
  }
}
