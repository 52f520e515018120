// Raw writes of tables. Every write of a value goes through here or through the loop's copies of
// `setArray`; both tell the collector's barrier.

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Writes a table without metamethods.
  ///
  /// - Precondition: `key` is neither nil nor NaN.
  /// - Throws: when the table cannot grow ("not enough memory", "table overflow").
  /// - Complexity: O(1) amortised.
  func rawSet(_ table: TableRef, _ key: Value, _ value: Value) throws(ScriptError) {
    var key = key
    if key.isFloat, let integer = Int64(exactly: key.float) { key = Value(integer) }
    if key.isInteger {
      try rawSet(table, integer: key.integer, value)
    } else if let node = node(of: table, key: key), node.pointee.keyTag != .deadKey {
      if table.isReadOnly { throw raiseReadOnly() }
      store(table, node, value)
    } else if !value.isNil {
      try insert(table, key, value)
    }
  }

  /// Writes an integer key without metamethods.
  func rawSet(_ table: TableRef, integer key: Int64, _ value: Value) throws(ScriptError) {
    let offset = UInt64(bitPattern: key &- 1)
    if offset < UInt64(table.pointee.arrayCount) {
      storeArray(table, Int(truncatingIfNeeded: offset), value)
      return
    }
    if offset < UInt64(table.pointee.arrayCapacity) {
      if !value.isNil { extendArray(table, to: Int(truncatingIfNeeded: offset), value) }
      return
    }
    let bits = UInt64(bitPattern: key)
    if table.pointee.nodeCount > 0,
      let node = table.node(bits: bits, tag: .integer, factor: keyFactor)
    {
      if table.isReadOnly { throw raiseReadOnly() }
      store(table, node, value)
      // A revived key may be the one the array part waits for.
      if offset == UInt64(table.pointee.arrayCount), !value.isNil {
        node.pointee.value = .nil
        try append(table, value)
      }
      return
    }
    if value.isNil { return }
    if offset == UInt64(table.pointee.arrayCount) {
      try append(table, value)
    } else {
      try insert(table, Value(key), value)
    }
  }

  /// Writes a short string key without metamethods.
  func rawSet(_ table: TableRef, shortString key: StringRef, _ value: Value) throws(ScriptError) {
    if let node = table.node(shortString: key) {
      if table.isReadOnly { throw raiseReadOnly() }
      store(table, node, value)
    } else if !value.isNil {
      try insert(table, Value(key), value)
    }
  }

  /// Writes the value of an existing node.
  @inline(__always)
  func store(_ table: TableRef, _ node: UnsafeMutablePointer<Node>, _ value: Value) {
    if node.pointee.value.isNil { table.pointee.header.small = 0 }
    node.pointee.value = value
    barrier(value)
  }

  /// Writes inside the array part; a nil at its end moves the border down.
  @inline(__always)
  func storeArray(_ table: TableRef, _ offset: Int, _ value: Value) {
    table.pointee.array[offset] = value
    if value.isNil {
      if offset &+ 1 == Int(table.pointee.arrayCount) { shrinkBorder(table) }
    } else {
      barrier(value)
    }
  }

  @inline(never) func shrinkBorder(_ table: TableRef) {
    var count = Int(table.pointee.arrayCount) - 1
    while count > 0 && table.pointee.array[count - 1].isNil { count -= 1 }
    pointee.fuel &-= Int64((Int(table.pointee.arrayCount) &- count) &>> 3)
    table.pointee.arrayCount = UInt32(count)
  }

  /// Writes beyond the border but within the capacity; the gap becomes nil.
  @inline(never) func extendArray(_ table: TableRef, to offset: Int, _ value: Value) {
    var position = Int(table.pointee.arrayCount)
    pointee.fuel &-= Int64((offset &- position) &>> 3)
    while position < offset {
      table.pointee.array[position] = .nil
      position += 1
    }
    table.pointee.array[offset] = value
    table.pointee.arrayCount = UInt32(offset + 1)
    barrier(value)
    if table.pointee.nodeCount > 0 { migrate(table) }
  }

  /// Writes key arrayCount + 1.
  @inline(never) func append(_ table: TableRef, _ value: Value) throws(ScriptError) {
    if table.isReadOnly { throw raiseReadOnly() }
    if table.pointee.arrayCount == table.pointee.arrayCapacity {
      // A sparse array part (a queue whose head moved on) is laid out anew instead of growing.
      // The count may change then, so the key is taken first.
      let key = Value(Int64(table.pointee.arrayCount) + 1)
      if table.pointee.arrayCount >= 64, try !growDense(table, key) {
        try insertAfterRehash(table, key, value)
        return
      }
      if table.pointee.arrayCount == table.pointee.arrayCapacity {
        let capacity = Int(table.pointee.arrayCapacity)
        try resizeArray(table, to: capacity < 4 ? 4 : capacity * 2)
        if table.pointee.nodeCount > 0 {
          appendAfterGrowth(table, value)
          return
        }
      }
    }
    table.pointee.array[Int(table.pointee.arrayCount)] = value
    table.pointee.arrayCount += 1
    barrier(value)
    if table.pointee.nodeCount > 0 { migrate(table) }
  }

  /// Appends to an array part that has grown over integer keys of the hash part: they move first.
  private func appendAfterGrowth(_ table: TableRef, _ value: Value) {
    let offset = Int(table.pointee.arrayCount)
    for position in 0..<Int(table.pointee.nodeCount) {
      let node = table.pointee.nodes + position
      guard node.pointee.keyTag == .integer, !node.pointee.value.isNil else { continue }
      let target = node.pointee.keyBits &- 1
      guard target < UInt64(table.pointee.arrayCapacity) else { continue }
      let moved = node.pointee.value
      node.pointee.value = .nil
      place(table, Int(truncatingIfNeeded: target), moved)
    }
    place(table, offset, value)
    barrier(value)
    migrate(table)
  }

  /// Writes a value within the capacity; a gap before it becomes nil.
  private func place(_ table: TableRef, _ offset: Int, _ value: Value) {
    var count = Int(table.pointee.arrayCount)
    while count < offset {
      table.pointee.array[count] = .nil
      count += 1
    }
    table.pointee.array[offset] = value
    table.pointee.arrayCount = UInt32(Swift.max(count, offset + 1))
  }

  /// Moves keys that follow the array part out of the hash part.
  @inline(never) func migrate(_ table: TableRef) {
    while table.pointee.arrayCount < table.pointee.arrayCapacity {
      let bits = UInt64(table.pointee.arrayCount) + 1
      guard let node = table.node(bits: bits, tag: .integer, factor: keyFactor),
        !node.pointee.value.isNil
      else { return }
      table.pointee.array[Int(table.pointee.arrayCount)] = node.pointee.value
      table.pointee.arrayCount += 1
      node.pointee.value = .nil
    }
  }

  /// Adds a key that has no node.
  @inline(never) func insert(_ table: TableRef, _ key: Value, _ value: Value) throws(ScriptError) {
    if table.isReadOnly { throw raiseReadOnly() }
    if table.pointee.nodeCount == table.pointee.nodeCapacity {
      try rehash(table, for: key)
      try insertAfterRehash(table, key, value)
      return
    }
    addNode(table, key, value)
    barrier(key)
    barrier(value)
  }

  private func insertAfterRehash(_ table: TableRef, _ key: Value, _ value: Value)
    throws(ScriptError)
  {
    // The new array part may now cover the key.
    if key.isInteger {
      let offset = UInt64(bitPattern: key.integer &- 1)
      if offset < UInt64(table.pointee.arrayCapacity) {
        if offset < UInt64(table.pointee.arrayCount) {
          storeArray(table, Int(truncatingIfNeeded: offset), value)
        } else {
          extendArray(table, to: Int(truncatingIfNeeded: offset), value)
        }
        return
      }
    }
    addNode(table, key, value)
    barrier(key)
    barrier(value)
  }

  /// Links a new node at the end of the insertion order.
  ///
  /// - Precondition: nodeCount < nodeCapacity and no node has the key.
  func addNode(_ table: TableRef, _ key: Value, _ value: Value) {
    let position = table.pointee.nodeCount
    let bucket = bucket(of: key, in: table)
    (table.pointee.nodes + Int(position)).initialize(
      to: Node(value: value, keyTag: key.tag, next: bucket.pointee, keyBits: key.bits)
    )
    bucket.pointee = position
    table.pointee.nodeCount = position + 1
    table.pointee.header.small = 0
  }

  /// Where the chain of a key begins.
  func bucket(of key: Value, in table: TableRef) -> UnsafeMutablePointer<UInt32> {
    guard key.isString else { return table.bucket(bits: key.bits, factor: keyFactor) }
    let string = key.string
    return table.bucket(hash: string.isShort ? string.pointee.header.word : hash(of: string))
  }
}
