// Raw reads of tables: no metamethods, no allocation.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == TableObject {
  /// The node that holds a short string key (its value may be nil), or nil.
  @inline(__always) func node(shortString key: StringRef) -> UnsafeMutablePointer<Node>? {
    if pointee.nodeCapacity == 0 { return nil }
    var position = bucket(hash: key.pointee.header.word).pointee
    let bits = UInt64(UInt(bitPattern: key))
    let nodes = pointee.nodes
    while position != Node.end {
      let node = nodes + Int(position)
      if node.pointee.keyBits == bits && node.pointee.keyTag == .string { return node }
      position = node.pointee.next
    }
    return nil
  }

  /// The bucket of a key that compares by its bits and is no string: the top bits of a product, in which
  /// keys at equal distances spread evenly.
  ///
  /// SOURCE: M. Dietzfelbinger et al., "A Reliable Randomized Algorithm for the Closest-Pair Problem"
  /// (1997): for a random odd factor, keys that were chosen without knowing it rarely collide.
  @inline(__always) func bucket(bits: UInt64, factor: UInt64) -> UnsafeMutablePointer<UInt32> {
    // A shift by 64 in two.
    let top = (bits &* factor) &>> (63 &- UInt64(pointee.header.extra))
    return index + Int(truncatingIfNeeded: top &>> 1)
  }

  /// The node of a key that compares by its bits and is no string.
  @inline(__always)
  func node(bits: UInt64, tag: Tag, factor: UInt64) -> UnsafeMutablePointer<Node>? {
    if pointee.nodeCapacity == 0 { return nil }
    var position = bucket(bits: bits, factor: factor).pointee
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
    var position = bucket(hash: hash).pointee
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

  /// The value at a short string key; nil when absent.
  @inline(__always) func get(shortString key: StringRef) -> Value {
    node(shortString: key)?.pointee.value ?? .nil
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// What keys are multiplied by to find their buckets; scripts cannot know it.
  @inline(__always) var keyFactor: UInt64 { pointee.heap.hash.factor }

  /// The value at an integer key; nil when absent.
  @inline(__always) func get(_ table: TableRef, integer key: Int64) -> Value {
    let offset = UInt64(bitPattern: key &- 1)
    if offset < UInt64(table.pointee.arrayCount) {
      return table.pointee.array[Int(truncatingIfNeeded: offset)]
    }
    if table.pointee.nodeCount == 0 { return .nil }
    return getHashed(table, integer: key)
  }

  @inline(never) func getHashed(_ table: TableRef, integer key: Int64) -> Value {
    let bits = UInt64(bitPattern: key)
    return table.node(bits: bits, tag: .integer, factor: keyFactor)?.pointee.value ?? .nil
  }

  /// The node of any key in its normal form (integral floats as integers), or nil.
  func node(of table: TableRef, key: Value) -> UnsafeMutablePointer<Node>? {
    if key.isString {
      let string = key.string
      if string.isShort { return table.node(shortString: string) }
      pointee.fuel &-= Int64(string.count &>> 3)
      return table.node(longString: string, hash: hash(of: string))
    }
    return table.node(bits: key.bits, tag: key.tag, factor: keyFactor)
  }

  /// Reads a table without metamethods.
  ///
  /// - Complexity: O(1) expected.
  func rawGet(_ table: TableRef, _ key: Value) -> Value {
    switch key.tag {
    case .integer: return get(table, integer: key.integer)
    case .nil: return .nil
    case .float:
      if let integer = Int64(exactly: key.float) { return get(table, integer: integer) }
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
    if getHashed(table, integer: count + 1).isNil { return count }
    // Doubling, then bisection, as integer keys of the hash part have no order.
    var low: Int64 = count + 1
    var high: Int64 = low * 2
    while !getHashed(table, integer: high).isNil {
      low = high
      if high > Int64.max / 2 {
        var probe: Int64 = 1
        while !getHashed(table, integer: probe).isNil { probe += 1 }
        return probe - 1
      }
      high *= 2
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if getHashed(table, integer: middle).isNil { high = middle } else { low = middle }
    }
    return low
  }
}
