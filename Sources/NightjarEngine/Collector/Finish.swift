// The atomic finish of marking: the last look at what changed without the barrier's knowledge, then
// weak tables and finalizers, in the order the manual asks for (§2.5.3, §2.5.4).
//
//   roots, fibers that ran → ephemerons to a fixed point → weak values of the dead go → dead objects
//   with finalizers come back → ephemerons again → weak keys of the dead go

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Ends marking: everything unmarked now is dead.
  func finishMarking() {
    var marker = Marker(self)
    marker.markRoots()
    marker.rescanFibers()
    marker.drainAll()
    marker.markOpenUpvalues()
    marker.drainAll()
    marker.convergeEphemerons()
    clearWeakValues(from: 0)
    let clearedCount = pointee.heap.marking.weakTables.count
    resurrect(&marker)
    marker.drainAll()
    marker.convergeEphemerons()
    marker.put(back: self)
    clearWeakValues(from: clearedCount)
    clearWeakKeys()
    forgetDeadSites()
    pointee.heap.marking.weakTables.removeAll()
    pointee.heap.marking.ranFibers.removeAll()
    pointee.heap.marking.openUpvalues.removeAll()
    pointee.heap.isMarking = false
    pointee.heap.allocatesBlack = true
    pointee.heap.isResurrecting = true
    pointee.heap.blackenRuns()
    pointee.heap.phase = .markBuffers
  }

  /// Marks dead objects that have finalizers and queues them, youngest registration first.
  ///
  /// Those that the queue has no memory for wait for another cycle.
  private func resurrect(_ marker: inout Marker) {
    let list = pointee.heap.finalizable
    let first = pointee.heap.pending.count
    var kept = 0
    var hasRoom = true
    for index in 0..<list.count {
      let object = list[index]
      if hasRoom && !marker.isMarked(object) {
        hasRoom = pointee.heap.pending.appendIfPossible(object)
        if hasRoom { continue }
      }
      list[kept] = object
      kept &+= 1
    }
    pointee.heap.finalizable.count = kept
    pointee.heap.pending.reverse(from: first)
    for index in first..<pointee.heap.pending.count {
      let object = pointee.heap.pending[index]
      object.pointee.flags.remove(.hasFinalizer)
      marker.mark(object: object)
    }
    for index in 0..<kept { marker.mark(object: list[index]) }
  }

  /// Forgets code that has made tasks and is dead now.
  private func forgetDeadSites() {
    guard let kernel = pointee.tasks else { return }
    kernel.pointee.sites.removeAll { !pointee.heap.isMarked($0) }
  }

  /// Removes entries of weak tables whose values are dead.
  private func clearWeakValues(from first: Int) {
    let tables = pointee.heap.marking.weakTables
    for position in first..<tables.count {
      let table = tables[position]
      let mode = weakMode(of: table)
      guard mode == .weakValues || mode == .weakBoth else { continue }
      var arrayCount = Int(table.pointee.arrayCount)
      for index in 0..<arrayCount where isDead(table.pointee.array[index]) {
        table.pointee.array[index] = .nil
      }
      while arrayCount > 0 && table.pointee.array[arrayCount &- 1].isNil { arrayCount &-= 1 }
      table.pointee.arrayCount = UInt32(arrayCount)
      for index in 0..<Int(table.pointee.nodeCount) {
        let node = table.pointee.nodes + index
        if isDead(node.pointee.value) { node.pointee.value = .nil }
        forgetDeadKey(node)
      }
    }
  }

  /// Removes entries of weak tables whose keys are dead.
  private func clearWeakKeys() {
    let tables = pointee.heap.marking.weakTables
    for position in 0..<tables.count {
      let table = tables[position]
      let mode = weakMode(of: table)
      guard mode == .ephemeron || mode == .weakBoth || mode == .weakKeys else { continue }
      for index in 0..<Int(table.pointee.nodeCount) {
        let node = table.pointee.nodes + index
        if node.pointee.keyTag.raw >= Tag.string.raw && node.pointee.keyTag != .deadKey,
          isDead(Value(bits: node.pointee.keyBits, tag: node.pointee.keyTag))
        {
          node.pointee.value = .nil
        }
        forgetDeadKey(node)
      }
    }
  }

  /// Whether a value is an object that is not marked; strings count as values and are kept.
  private func isDead(_ value: Value) -> Bool {
    guard value.isCollectable else { return false }
    if pointee.heap.isMarked(value.pointer) { return false }
    if value.tag == .string {
      pointee.heap.markRaw(value.pointer)
      return false
    }
    return true
  }

  /// Turns the dead key of a node without value into a mere identity.
  private func forgetDeadKey(_ node: UnsafeMutablePointer<Node>) {
    if node.pointee.value.isNil && node.pointee.keyTag.raw >= Tag.string.raw
      && node.pointee.keyTag != .deadKey
      && !pointee.heap.isMarked(
        Value(bits: node.pointee.keyBits, tag: node.pointee.keyTag).pointer
      )
    {
      node.pointee.keyTag = .deadKey
    }
  }

  // MARK: After the finish

  /// Keeps the buffers of live strings that share one.
  func markBuffersStep(_ work: inout Int) -> Bool {
    for index in 0..<pointee.heap.blocks.count {
      let block = pointee.heap.blocks[index]
      guard block.pointee.classIndex == SizeClasses.sharedString else { continue }
      var offset = Block.cellsOffset
      while offset < block.pointee.cellsEnd {
        if block.isSet(pointee.heap.markOffset, at: offset) && !isSpare(block.base + offset) {
          let string = (block.base + offset).assumingMemoryBound(to: StringObject.self)
          pointee.heap.markRaw(string.sharedBuffer)
        }
        offset &+= 32
      }
      work &-= Work.block
    }
    return true
  }

  /// Whether a cell of the shared strings' class belongs to the run not handed out yet.
  private func isSpare(_ cell: UnsafeMutableRawPointer) -> Bool {
    let sizeClass = pointee.heap.classes[SizeClasses.sharedString]
    let address = UInt(bitPattern: cell)
    return address >= sizeClass.cursor && address < sizeClass.limit
  }

  /// Goes through the tables in which removed keys had unmarked objects when they were visited.
  func dropDeadKeysStep(_ work: inout Int) -> Bool {
    while !pointee.heap.marking.deadKeyTables.isEmpty {
      if work <= 0 { return false }
      let table = pointee.heap.marking.deadKeyTables.removeLast()
      for index in 0..<Int(table.pointee.nodeCount) { forgetDeadKey(table.pointee.nodes + index) }
      work &-= Int(table.pointee.nodeCount) &* Work.node
    }
    return true
  }
}

extension Marker {
  mutating func drainAll() {
    var work = Int.max
    drain(&work)
  }

  /// Visits the fibers that ran since they were visited.
  mutating func rescanFibers() {
    let fibers = vm.pointee.heap.marking.ranFibers
    for index in 0..<fibers.count { _ = visit(fiber: fibers[index], isFinal: true) }
    _ = visit(fiber: vm.pointee.fiber, isFinal: true)
  }

  /// Marks what reached cells hold now, for those whose fibers turn out to be dead.
  mutating func markOpenUpvalues() {
    let cells = vm.pointee.heap.marking.openUpvalues
    for index in 0..<cells.count { mark(cells[index].pointee.location) }
  }
}
