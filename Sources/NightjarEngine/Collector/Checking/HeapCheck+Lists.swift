// The heap's books: lists of objects with a special part, interned strings, blocks, bytes.

extension HeapCheck {
  mutating func checkLists() {
    checkOwners()
    checkFinalizable()
    checkStrings()
    checkBytes()
    checkChunks()
    checkPages()
  }

  private mutating func checkOwners() {
    let heap = vm.pointee.heap
    var seen: Set<UInt> = []
    for index in 0..<heap.owners.count {
      // What the sweep has moved down stands in its old place too.
      if heap.phase == .sweepOwners && index >= heap.sweeping.keptCount
        && index < heap.sweeping.index
      {
        continue
      }
      let object = heap.owners[index]
      guard seen.insert(UInt(bitPattern: object)).inserted else {
        report("\(name(object)) stands twice among the owners")
        continue
      }
      guard isTaken(UInt(bitPattern: object)) else {
        report("an owner is a free cell")
        continue
      }
      if !object.pointee.flags.contains(.ownsExternal) {
        report("\(name(object)) stands among the owners without the flag")
      }
    }
  }

  private mutating func checkFinalizable() {
    let heap = vm.pointee.heap
    for index in 0..<heap.finalizable.count {
      let object = heap.finalizable[index]
      if !isTaken(UInt(bitPattern: object)) {
        report("an object with a finalizer is a free cell")
      } else if !object.pointee.flags.contains(.hasFinalizer) {
        report("\(name(object)) stands among those with finalizers without the flag")
      }
    }
    for index in 0..<heap.serials.capacity {
      if let entry = heap.serials.entries?[index], entry.object != 0,
        heap.phase == .idle || heap.phase == .mark, !isTaken(entry.object)
      {
        report("a serial number belongs to a free cell")
      }
    }
  }

  private mutating func checkStrings() {
    let strings = vm.pointee.heap.strings
    var count = 0
    for bucket in 0..<strings.usedCount {
      var next = strings.buckets[bucket]
      while let string = next {
        count += 1
        guard isTaken(UInt(bitPattern: string)), string.pointee.header.kind == .string,
          string.isShort
        else {
          report("the intern table refers to something else than a short string")
          break
        }
        if strings.bucket(of: string.pointee.header.word) != strings.buckets + bucket {
          report("a string stands in the wrong chain of the intern table")
        }
        if count > strings.count { break }
        next = string.nextInChain
      }
    }
    if count != strings.count { report("the intern table holds \(count), not \(strings.count)") }
  }

  private mutating func checkBytes() {
    let heap = vm.pointee.heap
    var used = 0
    for base in blocks.keys {
      guard let block = BlockRef(bitPattern: base) else { continue }
      used += block.pointee.usedByteCount
      let capacity = block.pointee.cellsEnd - Block.cellsOffset
      if block.pointee.usedByteCount < 0 || block.pointee.usedByteCount > capacity {
        report("a block of \(capacity) bytes has \(block.pointee.usedByteCount) in use")
      }
    }
    if used != heap.runByteCount {
      report("blocks have \(used) bytes in use, the heap counts \(heap.runByteCount)")
    }
    // Dead owners hold theirs until they are swept.
    let known = ownedByteCount + vm.stackPoolByteCount + heap.strings.byteCount
    if known > heap.externalByteCount {
      report("objects own \(known) bytes, the heap counts \(heap.externalByteCount)")
    }
  }

  private mutating func checkChunks() {
    let heap = vm.pointee.heap
    var free = 0
    var byChunk = [heap.freshChunkIndex: heap.freshBlockCount]
    var next = heap.freeBlock
    while let block = next {
      free += 1
      if free > heap.freeBlockCount { break }
      byChunk[block.pointee.chunkIndex, default: 0] += 1
      if blocks[UInt(bitPattern: block)] != nil { report("a block is empty and in use") }
      next = block.pointee.next
    }
    if free != heap.freeBlockCount {
      report("\(free) blocks are empty, the heap counts \(heap.freeBlockCount)")
    }
    for index in 0..<heap.chunks.count where heap.chunks[index].freeBlockCount >= 0 {
      if byChunk[index, default: 0] != heap.chunks[index].freeBlockCount {
        report("chunk \(index) counts \(heap.chunks[index].freeBlockCount) empty blocks")
      }
    }
  }
  private mutating func checkPages() {
    let heap = vm.pointee.heap
    var held = heap.mappedPageCount + heap.sharedBlock.pointee.touchedPages.nonzeroBitCount
    // What the sweep has moved down stands in its old place too.
    let moved =
      heap.phase == .sweepBlocks
      ? heap.sweeping.keptCount..<max(heap.sweeping.index, heap.sweeping.keptCount) : 0..<0
    for index in 0..<heap.blocks.count where !moved.contains(index) {
      held += heap.blocks[index].pointee.touchedPages.nonzeroBitCount
    }
    var next = heap.freeBlock
    while let block = next {
      held += block.pointee.touchedPages.nonzeroBitCount
      next = block.pointee.next
    }
    for pool in [heap.smallStorage, heap.largeStorage] {
      for index in 0..<pool.entries.count {
        held += StoragePool.touchedPageCount(of: pool.entries[index].base)
        if let problem = pool.problem(at: index) { report(problem) }
      }
    }
    if held != heap.heldPageCount {
      report("the heap holds \(held) pages and counts \(heap.heldPageCount)")
    }
  }
}
