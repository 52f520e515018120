// Raw reads of tables: no metamethods, no allocation.

extension UnsafeMutablePointer where Pointee == TableObject {
  @inline(__always) static func hash(bits: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }

  /// The node that holds a short string key (its value may be nil), or nil.
  @inline(__always) func node(shortString key: StringRef) -> UnsafeMutablePointer<Node>? {
    if pointee.nodeCapacity == 0 { return nil }
    var position = index[Int(key.pointee.header.word & indexMask)]
    let bits = UInt64(UInt(bitPattern: key))
    let nodes = pointee.nodes
    while position != Node.end {
      let node = nodes + Int(position)
      if node.pointee.keyBits == bits && node.pointee.keyTag == .string { return node }
      position = node.pointee.next
    }
    return nil
  }

  /// The node of a key that compares by its bits (not a long string).
  @inline(__always)
  func node(bits: UInt64, tag: Tag, hash: UInt32) -> UnsafeMutablePointer<Node>? {
    if pointee.nodeCapacity == 0 { return nil }
    var position = index[Int(hash & indexMask)]
    let nodes = pointee.nodes
    while position != Node.end {
      let node = nodes + Int(position)
      if node.pointee.keyBits == bits && node.pointee.keyTag == tag { return node }
      position = node.pointee.next
    }
    return nil
  }

  /// The node of a long string key, compared by content.
  @inline(never) func node(longString key: StringRef, hash: UInt32) -> UnsafeMutablePointer<Node>? {
    if pointee.nodeCapacity == 0 { return nil }
    var position = index[Int(hash & indexMask)]
    while position != Node.end {
      let node = pointee.nodes + Int(position)
      if node.pointee.keyTag == .string {
        let other = Value(bits: node.pointee.keyBits, tag: .string).string
        if other == key || (!other.isShort && other.equalsLong(key)) { return node }
      }
      position = node.pointee.next
    }
    return nil
  }

  /// The value at an integer key; nil when absent.
  @inline(__always) func get(integer key: Int64) -> Value {
    let offset = UInt64(bitPattern: key &- 1)
    if offset < UInt64(pointee.arrayCount) { return pointee.array[Int(truncatingIfNeeded: offset)] }
    if pointee.nodeCount == 0 { return .nil }
    return getHashed(integer: key)
  }

  @inline(never) func getHashed(integer key: Int64) -> Value {
    let bits = UInt64(bitPattern: key)
    return node(bits: bits, tag: .integer, hash: Self.hash(bits: bits))?.pointee.value ?? .nil
  }

  /// The value at a short string key; nil when absent.
  @inline(__always) func get(shortString key: StringRef) -> Value {
    node(shortString: key)?.pointee.value ?? .nil
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The node of any key in its normal form (integral floats as integers), or nil.
  func node(of table: TableRef, key: Value) -> UnsafeMutablePointer<Node>? {
    if key.isString {
      let string = key.string
      if string.isShort { return table.node(shortString: string) }
      return table.node(longString: string, hash: hash(of: string))
    }
    return table.node(bits: key.bits, tag: key.tag, hash: TableRef.hash(bits: key.bits))
  }

  /// Reads a table without metamethods.
  ///
  /// - Complexity: O(1) expected.
  func rawGet(_ table: TableRef, _ key: Value) -> Value {
    switch key.tag {
    case .integer: return table.get(integer: key.integer)
    case .nil: return .nil
    case .float:
      if let integer = Int64(exactly: key.float) { return table.get(integer: integer) }
      return node(of: table, key: key)?.pointee.value ?? .nil
    default: return node(of: table, key: key)?.pointee.value ?? .nil
    }
  }

  /// A border of the table (manual §3.4.7).
  ///
  /// - Complexity: O(1) unless the array part is empty and integer keys lie in the hash part.
  func border(of table: TableRef) -> Int64 {
    let count = Int64(table.pointee.arrayCount)
    if table.pointee.nodeCount == 0 { return count }
    // Keys that follow a full array part may wait in the hash part until the next rehash.
    if count < Int64(table.pointee.arrayCapacity) { return count }
    if table.getHashed(integer: count + 1).isNil { return count }
    // Doubling, then bisection, as integer keys of the hash part have no order.
    var low: Int64 = count + 1
    var high: Int64 = low * 2
    while !table.getHashed(integer: high).isNil {
      low = high
      if high > Int64.max / 2 {
        var probe: Int64 = 1
        while !table.getHashed(integer: probe).isNil { probe += 1 }
        return probe - 1
      }
      high *= 2
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if table.getHashed(integer: middle).isNil { high = middle } else { low = middle }
    }
    return low
  }
}
