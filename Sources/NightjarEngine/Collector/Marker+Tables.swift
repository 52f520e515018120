// Visits to tables: whole when they are small, in slices when they are large.
//
// A slice is an index into the array and one into the nodes, so growing or moving either does not
// matter; values stored meanwhile are shaded by the barrier. Only when elements change places (a
// rehash) must the visit begin again: `storageChanged`.

/// Which references of a table do not keep objects alive, from `__mode` of its metatable.
enum WeakMode: UInt8 {
  case strong
  case weakValues
  /// Weak keys: a value is kept by its key alone.
  case ephemeron
  case weakBoth
  /// Weak keys whose values are kept in any case.
  case weakKeys
}

extension VM {
  /// A table's weakness.
  func weakMode(of table: TableRef) -> WeakMode {
    guard let metatable = table.pointee.metatable,
      let mode = metamethod(in: metatable, .mode), mode.isString
    else { return .strong }
    var hasKeys = false
    var hasValues = false
    for byte in mode.string.buffer {
      if byte == UInt8(ascii: "k") { hasKeys = true }
      if byte == UInt8(ascii: "v") { hasValues = true }
    }
    if hasKeys {
      if hasValues { return .weakBoth }
      return table.pointee.header.flags.contains(.keepsValues) ? .weakKeys : .ephemeron
    }
    return hasValues ? .weakValues : .strong
  }
}

extension Marker {
  @inline(__always)
  mutating func visit(table: TableRef) -> Int {
    var mode = WeakMode.strong
    if let metatable = table.pointee.metatable {
      mark(object: metatable)
      mode = vm.weakMode(of: table)
      if mode != .strong { vm.pointee.heap.marking.weakTables.append(table) }
    }
    markParts(of: table)
    let arrayCount = Int(table.pointee.arrayCount)
    let nodeCount = Int(table.pointee.nodeCount)
    if arrayCount &+ nodeCount > MarkingState.Slice.length {
      vm.pointee.heap.marking.slices.append(
        MarkingState.Slice(
          table: table,
          mode: mode,
          hasDeadKeys: false,
          arrayIndex: 0,
          nodeIndex: 0
        )
      )
      return Work.object
    }
    markArray(of: table, 0..<arrayCount, mode: mode)
    if markNodes(of: table, 0..<nodeCount, mode: mode) {
      vm.pointee.heap.marking.deadKeyTables.append(table)
    }
    return Work.object &+ arrayCount &* Work.slot &+ nodeCount &* Work.node
  }

  /// Keeps the raw cells of a table.
  @inline(__always)
  func markParts(of table: TableRef) {
    let flags = table.pointee.header.flags
    if table.pointee.arrayCapacity > 0 && !flags.contains(.externalArray) {
      _ = setBit(table.pointee.array)
    }
    if table.pointee.nodeCapacity > 0 && !flags.contains(.externalNodes) {
      _ = setBit(table.pointee.nodes)
    }
  }

  /// Visits the next elements of the youngest slice.
  mutating func visitSlice() -> Int {
    let index = vm.pointee.heap.marking.slices.count &- 1
    let slice = vm.pointee.heap.marking.slices.base + index
    let table = slice.pointee.table
    let arrayCount = Int(table.pointee.arrayCount)
    let nodeCount = Int(table.pointee.nodeCount)
    let first = slice.pointee.arrayIndex
    if first < arrayCount {
      let end = Swift.min(first &+ MarkingState.Slice.length, arrayCount)
      slice.pointee.arrayIndex = end
      markArray(of: table, first..<end, mode: slice.pointee.mode)
      return (end &- first) &* Work.slot
    }
    let firstNode = slice.pointee.nodeIndex
    if firstNode < nodeCount {
      let end = Swift.min(firstNode &+ MarkingState.Slice.length, nodeCount)
      slice.pointee.nodeIndex = end
      if markNodes(of: table, firstNode..<end, mode: slice.pointee.mode) {
        slice.pointee.hasDeadKeys = true
      }
      return (end &- firstNode) &* Work.node
    }
    if slice.pointee.hasDeadKeys { vm.pointee.heap.marking.deadKeyTables.append(table) }
    _ = vm.pointee.heap.marking.slices.removeLast()
    return Work.object
  }

  @inline(__always)
  mutating func markArray(of table: TableRef, _ range: Range<Int>, mode: WeakMode) {
    if mode == .weakValues || mode == .weakBoth { return }
    mark(table.pointee.array + range.lowerBound, count: range.count)
  }

  /// Visits nodes; true when some hold no value and a white key.
  @inline(__always)
  mutating func markNodes(of table: TableRef, _ range: Range<Int>, mode: WeakMode) -> Bool {
    var node = table.pointee.nodes + range.lowerBound
    var hasDeadKeys = false
    for _ in 0..<range.count {
      let keyTag = node.pointee.keyTag
      let keyBits = node.pointee.keyBits
      if node.pointee.value.isNil {
        if keyTag.raw >= Tag.string.raw && keyTag != .deadKey
          && !isMarked(Value(bits: keyBits, tag: keyTag).pointer)
        {
          hasDeadKeys = true
        }
      } else {
        switch mode {
        case .strong:
          mark(bits: keyBits, tag: keyTag)
          mark(bits: node.pointee.value.bits, tag: node.pointee.value.tag)
        case .weakValues: mark(bits: keyBits, tag: keyTag)
        case .ephemeron:
          if keepsValue(keyBits, keyTag) {
            mark(bits: node.pointee.value.bits, tag: node.pointee.value.tag)
          }
        case .weakBoth: break
        case .weakKeys: mark(bits: node.pointee.value.bits, tag: node.pointee.value.tag)
        }
      }
      node += 1
    }
    return hasDeadKeys
  }

  /// Whether a key of a table with weak keys keeps its value: it is no object, a string (strings are
  /// values and are kept), or marked.
  @inline(__always)
  func keepsValue(_ keyBits: UInt64, _ keyTag: Tag) -> Bool {
    if keyTag.raw < Tag.string.raw { return true }
    let key = Value(bits: keyBits, tag: keyTag).pointer
    if keyTag == .string {
      _ = setBit(key)
      return true
    }
    return isMarked(key)
  }
}
