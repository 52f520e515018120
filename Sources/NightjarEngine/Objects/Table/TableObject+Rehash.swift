// Growing and laying out tables. The size of the array part is chosen as the reference
// implementation does: the largest power of two n such that more than n/2 of the keys 1…n are in use.

/// Counts of integer keys: `bins[b]` keys lie in (2^(b-1), 2^b].
private struct KeyCensus {
  var bins: InlineArray<33, Int> = InlineArray(repeating: 0)
  var total = 0

  mutating func count(_ key: Int64) {
    guard key >= 1, key <= 1 << 31 else { return }
    let bin = key == 1 ? 0 : 64 - (key - 1).leadingZeroBitCount
    bins[bin] += 1
    total += 1
  }

  /// The best array size and how many keys it will hold.
  func arraySize() -> (size: Int, held: Int) {
    var seen = 0
    var best = 0
    var held = 0
    var bin = 0
    var size = 1
    while bin <= 31 && total > size / 2 {
      seen += bins[bin]
      if seen > size / 2 {
        best = size
        held = seen
      }
      bin += 1
      size *= 2
    }
    return (best, held)
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Makes room for one more key in the hash part, moving integer keys to the array part where dense.
  func rehash(_ table: TableRef, for key: Value) throws(ScriptError) {
    pointee.fuel &-= Int64((table.pointee.arrayCount &+ table.pointee.nodeCount) &>> 3)
    var census = KeyCensus()
    let live = countKeys(of: table, into: &census)
    if key.isInteger { census.count(key.integer) }
    let (size, held) = census.arraySize()
    let arrayKeysNow = arrayKeyCount(table)
    let covered = key.isInteger && key.integer >= 1 && key.integer <= Int64(size)
    // Live keys of the whole table, less those the array part will hold.
    let hashed = live + arrayKeysNow - (held - (covered ? 1 : 0)) + (covered ? 0 : 1)
    try layOut(table, arrayCapacity: size, nodeCapacity: nodeCapacity(for: hashed, of: table))
  }

  /// Decides whether a full array part is dense enough to double; if not, lays the table out anew.
  ///
  /// - Returns: whether to go on and grow the array part.
  func growDense(_ table: TableRef, _ key: Value) throws(ScriptError) -> Bool {
    if arrayKeyCount(table) + 1 > Int(table.pointee.arrayCapacity) / 2 { return true }
    try rehash(table, for: key)
    return key.integer <= Int64(table.pointee.arrayCapacity)
      && key.integer == Int64(table.pointee.arrayCount) + 1
  }

  private func arrayKeyCount(_ table: TableRef) -> Int {
    var count = 0
    for position in 0..<Int(table.pointee.arrayCount) where !table.pointee.array[position].isNil {
      count += 1
    }
    return count
  }

  /// Counts integer keys of both parts into `census`; returns the live keys of the hash part.
  private func countKeys(of table: TableRef, into census: inout KeyCensus) -> Int {
    for position in 0..<Int(table.pointee.arrayCount) where !table.pointee.array[position].isNil {
      census.count(Int64(position) + 1)
    }
    var live = 0
    for position in 0..<Int(table.pointee.nodeCount) {
      let node = table.pointee.nodes + position
      if node.pointee.value.isNil { continue }
      live += 1
      if node.pointee.keyTag == .integer { census.count(Int64(bitPattern: node.pointee.keyBits)) }
    }
    return live
  }

  /// The capacity that holds `count` keys with room to grow: 0, 2, 4, 8 … 64, 96, 128, 192 and so on.
  private func nodeCapacity(for keyCount: Int, of table: TableRef) -> Int {
    if keyCount == 0 { return 0 }
    let current = Int(table.pointee.nodeCapacity)
    var count = keyCount
    if count <= current && count > current / 4 {
      // A table full of removed keys keeps its size if that leaves room to go on for a while.
      if count <= current * 3 / 4 { return current }
      count = current + 1
    }
    var capacity = 2
    while capacity < count {
      if capacity >= 64 && capacity * 3 / 2 >= count && capacity.nonzeroBitCount == 1 {
        return capacity * 3 / 2
      }
      capacity *= 2
    }
    return capacity
  }

  /// Moves a table to parts of the given capacities; every live key must fit.
  func layOut(_ table: TableRef, arrayCapacity: Int, nodeCapacity: Int) throws(ScriptError) {
    let oldNodes = table.pointee.nodes
    let oldNodeCount = Int(table.pointee.nodeCount)
    let oldNodeCapacity = Int(table.pointee.nodeCapacity)
    let oldIsExternal = table.pointee.header.flags.contains(.externalNodes)
    // Elements that leave a shrinking array part go to the hash part first in key order.
    let oldCount = Int(table.pointee.arrayCount)
    let kept = min(oldCount, arrayCapacity)
    try allocateNodes(table, capacity: nodeCapacity)
    if kept < oldCount {
      for position in kept..<oldCount where !table.pointee.array[position].isNil {
        addNode(table, Value(Int64(position) + 1), table.pointee.array[position])
      }
      var count = kept
      while count > 0 && table.pointee.array[count - 1].isNil { count -= 1 }
      table.pointee.arrayCount = UInt32(count)
    }
    do throws(ScriptError) {
      if arrayCapacity != Int(table.pointee.arrayCapacity) {
        try resizeArray(table, to: arrayCapacity)
      }
    } catch {
      // Put the old hash part back: nothing is lost when memory runs out.
      restoreNodes(table, oldNodes, oldNodeCount, oldNodeCapacity, oldIsExternal)
      throw error
    }
    for position in 0..<oldNodeCount {
      let node = oldNodes + position
      if node.pointee.value.isNil { continue }
      let key = Value(bits: node.pointee.keyBits, tag: node.pointee.keyTag)
      if key.isInteger, key.integer >= 1, key.integer <= Int64(arrayCapacity) {
        let offset = Int(key.integer - 1)
        if offset < Int(table.pointee.arrayCount) {
          table.pointee.array[offset] = node.pointee.value
        } else {
          // No migration here: the nodes are still being moved.
          for gap in Int(table.pointee.arrayCount)..<offset { table.pointee.array[gap] = .nil }
          table.pointee.array[offset] = node.pointee.value
          table.pointee.arrayCount = UInt32(offset + 1)
        }
      } else {
        addNode(table, key, node.pointee.value)
      }
    }
    releaseNodes(oldNodes, capacity: oldNodeCapacity, isExternal: oldIsExternal)
    storageChanged(of: table)
  }

  private func restoreNodes(
    _ table: TableRef,
    _ nodes: UnsafeMutablePointer<Node>,
    _ count: Int,
    _ capacity: Int,
    _ isExternal: Bool
  ) {
    releaseNodes(
      table.pointee.nodes,
      capacity: Int(table.pointee.nodeCapacity),
      isExternal: table.pointee.header.flags.contains(.externalNodes)
    )
    table.pointee.nodes = nodes
    table.pointee.nodeCount = UInt32(count)
    table.pointee.nodeCapacity = UInt32(capacity)
    table.pointee.header.extra = Self.indexBits(forCapacity: capacity)
    if isExternal {
      table.pointee.header.flags.insert(.externalNodes)
    } else {
      table.pointee.header.flags.remove(.externalNodes)
    }
  }

  static func indexBits(forCapacity capacity: Int) -> UInt8 {
    capacity <= 1 ? 0 : UInt8(64 - (capacity - 1).leadingZeroBitCount)
  }

  /// Bytes of a hash part: nodes and buckets.
  static func nodeByteCount(capacity: Int) -> Int {
    capacity == 0 ? 0 : capacity * 24 + (4 << Int(indexBits(forCapacity: capacity)))
  }

  private func allocateNodes(_ table: TableRef, capacity: Int) throws(ScriptError) {
    guard capacity < 1 << 30 else { throw raise("table overflow") }
    if capacity == 0 {
      table.pointee.nodeCount = 0
      table.pointee.nodes = Heap.emptyNodes
      table.pointee.nodeCapacity = 0
      table.pointee.header.extra = 0
      table.pointee.header.flags.remove(.externalNodes)
      return
    }
    let byteCount = Self.nodeByteCount(capacity: capacity)
    let storage: UnsafeMutableRawPointer
    if byteCount <= Heap.rawCellByteCountMax {
      storage = pointee.heap.allocateRaw(byteCount)
      table.pointee.header.flags.remove(.externalNodes)
    } else {
      guard let external = pointee.heap.allocateExternal(byteCount) else { throw raiseMemory() }
      pointee.heap.useLargePages(external, byteCount)
      storage = external
      table.pointee.header.flags.insert(.externalNodes)
      registerOwner(object: table)
    }
    // Not before: without room the table stays as it is.
    table.pointee.nodeCount = 0
    table.pointee.nodes = storage.assumingMemoryBound(to: Node.self)
    table.pointee.nodeCapacity = UInt32(capacity)
    table.pointee.header.extra = Self.indexBits(forCapacity: capacity)
    let buckets = table.index
    for bucket in 0..<(1 << Int(table.pointee.header.extra)) { buckets[bucket] = Node.end }
  }

  private func releaseNodes(
    _ nodes: UnsafeMutablePointer<Node>,
    capacity: Int,
    isExternal: Bool
  ) {
    guard isExternal, capacity > 0 else { return }
    pointee.heap.freeExternal(nodes, byteCount: Self.nodeByteCount(capacity: capacity))
  }

  /// Changes the capacity of the array part.
  ///
  /// - Precondition: `capacity >= arrayCount`.
  func resizeArray(_ table: TableRef, to capacity: Int) throws(ScriptError) {
    guard capacity <= 1 << 31 - 1 else { throw raise("table overflow") }
    let old = Int(table.pointee.arrayCapacity)
    let wasExternal = table.pointee.header.flags.contains(.externalArray)
    let byteCount = capacity * 16
    if byteCount <= Heap.rawCellByteCountMax {
      let storage =
        capacity == 0
        ? Heap.emptyArray : pointee.heap.allocateRaw(byteCount).assumingMemoryBound(to: Value.self)
      storage.update(from: table.pointee.array, count: Int(table.pointee.arrayCount))
      if wasExternal { pointee.heap.freeExternal(table.pointee.array, byteCount: old * 16) }
      table.pointee.array = storage
      table.pointee.header.flags.remove(.externalArray)
    } else {
      let storage: UnsafeMutableRawPointer?
      if wasExternal {
        storage = pointee.heap.resizeExternal(table.pointee.array, from: old * 16, to: byteCount)
      } else {
        storage = pointee.heap.allocateExternal(byteCount)
        if let storage {
          storage.assumingMemoryBound(to: Value.self)
            .update(from: table.pointee.array, count: Int(table.pointee.arrayCount))
        }
      }
      guard let storage else { throw raiseMemory() }
      table.pointee.array = storage.assumingMemoryBound(to: Value.self)
      table.pointee.header.flags.insert(.externalArray)
      registerOwner(object: table)
    }
    table.pointee.arrayCapacity = UInt32(capacity)
    storageChanged(of: table)
  }

  /// A new empty table that `debug.getlocal` does not show.
  func newHiddenTable(arrayCapacity: Int = 0) throws(ScriptError) -> Value {
    let table = try newTable(arrayCapacity: arrayCapacity)
    table.pointee.header.flags.insert(.hidden)
    return Value(table)
  }

  /// A new empty table with room for the given numbers of elements.
  func newTable(arrayCapacity: Int = 0, nodeCapacity: Int = 0) throws(ScriptError) -> TableRef {
    let table = newTable()
    if arrayCapacity > 0 { try resizeArray(table, to: arrayCapacity) }
    if nodeCapacity > 0 { try allocateNodes(table, capacity: nodeCapacity) }
    return table
  }

  /// A new empty table.
  @inline(__always) func newTable() -> TableRef {
    let table = pointee.heap.allocate(MemoryLayout<TableObject>.size)
      .assumingMemoryBound(to: TableObject.self)
    table.pointee.header = ObjectHeader(.table)
    table.pointee.array = Heap.emptyArray
    table.pointee.arrayCount = 0
    table.pointee.arrayCapacity = 0
    table.pointee.nodes = Heap.emptyNodes
    table.pointee.nodeCount = 0
    table.pointee.nodeCapacity = 0
    table.pointee.metatable = nil
    return table
  }
}
