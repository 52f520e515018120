// Allocation of cells. The fast path takes the next cell of the class's run; the slow path finds the
// next run of free cells: in the block being filled, in the next block known to have some, in an
// empty block, in new memory from the system.

extension Heap {
  /// A cell of at least `byteCount` bytes with undefined contents, for an object.
  ///
  /// While marking, the new object is white: it is found through the slots and objects it is stored
  /// in, and what it holds when it is found need no barrier. It must be valid at the next safepoint.
  ///
  /// - Precondition: `byteCount` is in 1...`cellByteCountMax`.
  @inline(__always)
  mutating func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    allocate(inClass: SizeClasses.index(of: byteCount))
  }

  /// A cell without a header that an object owns: a table's array or nodes.
  ///
  /// While marking, the cell is black at once, because its owner may have been visited already.
  @inline(__always)
  mutating func allocateRaw(_ byteCount: Int) -> UnsafeMutableRawPointer {
    let cell = allocate(byteCount)
    if isMarking { markRaw(cell) }
    return cell
  }

  @inline(__always)
  mutating func allocate(inClass index: Int) -> UnsafeMutableRawPointer {
    let sizeClass = classes + index
    let cell = sizeClass.pointee.cursor
    if cell != sizeClass.pointee.limit {
      sizeClass.pointee.cursor = cell &+ UInt(bitPattern: sizeClass.pointee.cellByteCount)
      return UnsafeMutableRawPointer(bitPattern: cell).unsafelyUnwrapped
    }
    return allocateSlow(inClass: index)
  }

  /// Keeps a raw cell alive in this cycle; called for its owner.
  @inline(__always)
  func markRaw(_ cell: UnsafeMutableRawPointer) {
    let block = Block.containing(cell)
    block.setBit(markOffset, at: Int(bitPattern: UInt(bitPattern: cell) & 0xFFFF))
  }

  /// Whether the cell at `pointer` has been marked in this cycle.
  @inline(__always)
  func isMarked(_ pointer: UnsafeMutableRawPointer) -> Bool {
    Block.containing(pointer).isSet(
      markOffset,
      at: Int(bitPattern: UInt(bitPattern: pointer) & 0xFFFF)
    )
  }

  @inline(never)
  private mutating func allocateSlow(inClass index: Int) -> UnsafeMutableRawPointer {
    let sizeClass = classes + index
    let cellByteCount = sizeClass.pointee.cellByteCount
    let run: Range<Int>
    let block: BlockRef
    if let shared = sharedRun(inClass: index) {
      run = shared.run
      block = shared.block
    } else {
      // One cell a run under stress, so that every allocation comes here.
      run = nextRun(inClass: index, byteCountMax: isStressed ? 0 : Heap.runByteCountMax)
      block = sizeClass.pointee.block.unsafelyUnwrapped
    }
    block.pointee.usedByteCount &+= run.count
    touch(run, of: block)
    if allocatesBlack { setBits(markOffset, of: run, in: block) }
    let cell = block.base + run.lowerBound
    sizeClass.pointee.cursor = UInt(bitPattern: cell) &+ UInt(bitPattern: cellByteCount)
    sizeClass.pointee.limit = UInt(bitPattern: block.base) &+ UInt(bitPattern: run.upperBound)
    runByteCount &+= run.count
    countAllocation(run.count)
    return cell
  }

  /// Counts the pages of a run that was handed out.
  @inline(__always)
  mutating func touch(_ run: Range<Int>, of block: BlockRef) {
    let fresh = Block.pages(run) & ~block.pointee.touchedPages
    if fresh == 0 { return }
    block.pointee.touchedPages |= fresh
    heldPageCount &+= fresh.nonzeroBitCount
    if holdsTooMuch { machine.requestAttention() }
  }

  /// Adds to the debt and the peak after `runByteCount` or `externalByteCount` grew.
  @inline(__always)
  mutating func countAllocation(_ byteCount: Int) {
    peakByteCount = Swift.max(peakByteCount, runByteCount &+ externalByteCount)
    debt &+= byteCount
    if debt >= 0 || isStressed { askForAttention() }
  }

  /// Brings the loop to a safepoint unless collecting is switched off.
  ///
  /// SAFETY: `requestAttention` touches the fuel counters of the machine and nothing in its heap.
  @inline(never)
  private func askForAttention() {
    if pacing.isStopped && runByteCount &+ externalByteCount <= byteLimit && !holdsTooMuch {
      return
    }
    machine.requestAttention()
  }

  /// Finds free cells: afterwards they lie in the class's `block`, behind which the search goes on.
  ///
  /// The run ends after `byteCountMax` bytes if it is longer, but has at least one cell.
  private mutating func nextRun(inClass index: Int, byteCountMax: Int) -> Range<Int> {
    let sizeClass = classes + index
    while true {
      if let block = sizeClass.pointee.block {
        if let run = block.nextFreeRun(
          sweepOffset,
          from: sizeClass.pointee.searchOffset,
          byteCountMax: byteCountMax
        ) {
          sizeClass.pointee.searchOffset = run.upperBound
          return run
        }
        sizeClass.pointee.block = nil
      }
      if let block = sizeClass.pointee.firstBlock {
        sizeClass.pointee.firstBlock = block.pointee.next
        if block.pointee.next == nil { sizeClass.pointee.lastBlock = nil }
        block.pointee.next = nil
        sizeClass.pointee.block = block
      } else if phase == .sweepBlocks && sweepBlocks(count: 16) {
        continue
      } else {
        sizeClass.pointee.block = makeBlock(forClass: index)
      }
      sizeClass.pointee.searchOffset = Block.cellsOffset
    }
  }

  /// Sets or clears the bits of a run of cells.
  func setBits(_ offset: Int, of run: Range<Int>, in block: BlockRef) {
    var cell = run.lowerBound
    while cell < run.upperBound {
      block.setBit(offset, at: cell)
      cell &+= block.pointee.cellByteCount
    }
  }

  /// Gives up what is left of every class's run; the sweep will find the cells again.
  ///
  /// Their mark bits, set while allocation was black, are taken back.
  mutating func dropRuns() {
    for index in 0..<SizeClasses.count {
      let sizeClass = classes + index
      var cell = sizeClass.pointee.cursor
      let limit = sizeClass.pointee.limit
      let spare = Int(bitPattern: limit &- cell)
      if spare > 0, let pointer = UnsafeMutableRawPointer(bitPattern: cell) {
        let block = Block.containing(pointer)
        block.pointee.usedByteCount &-= spare
        runByteCount &-= spare
        while cell < limit {
          block.clearBit(markOffset, at: Int(bitPattern: cell & 0xFFFF))
          cell &+= UInt(bitPattern: sizeClass.pointee.cellByteCount)
        }
      }
      sizeClass.pointee.cursor = 0
      sizeClass.pointee.limit = 0
      sizeClass.pointee.block = nil
      sizeClass.pointee.firstBlock = nil
      sizeClass.pointee.lastBlock = nil
    }
  }

  /// Marks what is left of every class's run, so that cells taken from it are black.
  func blackenRuns() {
    for index in 0..<SizeClasses.count {
      let cursor = classes[index].cursor
      guard cursor != classes[index].limit,
        let pointer = UnsafeMutableRawPointer(bitPattern: cursor)
      else { continue }
      let start = Int(bitPattern: cursor & 0xFFFF)
      let run = start..<(start &+ Int(bitPattern: classes[index].limit &- cursor))
      setBits(markOffset, of: run, in: Block.containing(pointer))
    }
  }
}
