// What must hold in a table: see the invariants at the head of TableObject.swift.

extension HeapCheck {
  mutating func check(table: TableRef) {
    let object = UnsafeMutableRawPointer(table).assumingMemoryBound(to: ObjectHeader.self)
    reach(table.pointee.metatable, .table, from: object, as: "metatable")
    let arrayCount = Int(table.pointee.arrayCount)
    let nodeCount = Int(table.pointee.nodeCount)
    guard arrayCount <= table.pointee.arrayCapacity, nodeCount <= table.pointee.nodeCapacity else {
      report("table: more elements than room")
      return
    }
    checkParts(of: table, object)
    if arrayCount > 0 && table.pointee.array[arrayCount - 1].isNil {
      report("table: the array part ends in nil")
    }
    // A mode changed while marking is looked at again in the finish.
    let mode = vm.weakMode(of: table)
    let isWeakValue = mode != .strong
    let isWeakKey = mode == .ephemeron || mode == .weakBoth
    for index in 0..<arrayCount {
      reach(
        table.pointee.array[index],
        from: object,
        as: "element \(index + 1)",
        isWeak: isWeakValue
      )
    }
    for index in 0..<nodeCount {
      let node = table.pointee.nodes[index]
      let key = Value(bits: node.keyBits, tag: node.keyTag)
      checkKey(key, node.value, index, of: table)
      if node.value.isNil { continue }
      reach(key, from: object, as: "key of node \(index)", isWeak: isWeakKey)
      reach(node.value, from: object, as: "value of node \(index)", isWeak: isWeakValue)
    }
    checkChains(of: table)
    checkAbsences(of: table)
  }

  private mutating func checkParts(of table: TableRef, _ object: ObjectRef) {
    let flags = table.pointee.header.flags
    var external = 0
    if flags.contains(.externalArray) {
      external += Int(table.pointee.arrayCapacity) * 16
    } else if table.pointee.arrayCapacity > 0 {
      reachRaw(table.pointee.array, from: object, as: "array")
    }
    if flags.contains(.externalNodes) {
      external += table.nodesByteCount
    } else if table.pointee.nodeCapacity > 0 {
      reachRaw(table.pointee.nodes, from: object, as: "nodes")
    }
    own(object, external)
    let bits = VM.indexBits(forCapacity: Int(table.pointee.nodeCapacity))
    if table.pointee.nodeCapacity > 0 && table.pointee.header.extra != bits {
      report("table: \(table.pointee.header.extra) index bits")
    }
  }

  private mutating func checkKey(_ key: Value, _ value: Value, _ index: Int, of table: TableRef) {
    if key.isNil || key.isFloat && (key.float.isNaN || Int64(exactly: key.float) != nil) {
      report("table: node \(index) has a key that no table may have")
    }
    if value.isNil { return }
    if key.tag == .deadKey { report("table: node \(index) has a dead key and a value") }
    guard key.isInteger else { return }
    if key.integer >= 1 && key.integer <= Int64(table.pointee.arrayCapacity) {
      report("table: key \(key.integer) belongs to the array part")
    }
  }

  /// Every node stands once in the chain of its bucket, and no two have one key.
  private mutating func checkChains(of table: TableRef) {
    guard table.pointee.nodeCapacity > 0 else { return }
    let nodeCount = Int(table.pointee.nodeCount)
    var seen = [Bool](repeating: false, count: nodeCount)
    for bucket in 0..<table.bucketCount {
      var keys: [(UInt64, UInt8)] = []
      var position = table.index[bucket]
      while position != Node.end {
        guard position < table.pointee.nodeCount, !seen[Int(position)] else {
          report("table: the chain of bucket \(bucket) is broken")
          return
        }
        seen[Int(position)] = true
        let node = table.pointee.nodes[Int(position)]
        let key = Value(bits: node.keyBits, tag: node.keyTag)
        if node.keyTag != .deadKey {
          if !node.value.isNil, isReadable(key),
            vm.bucket(of: key, in: table) != table.index + bucket
          {
            report("table: node \(position) stands in the wrong bucket")
          }
          if keys.contains(where: { $0 == (node.keyBits, node.keyTag.raw) }) {
            report("table: two nodes have one key")
          }
          keys.append((node.keyBits, node.keyTag.raw))
        }
        position = node.next
      }
    }
    if seen.contains(false) { report("table: a node stands in no chain") }
  }

  private func isReadable(_ key: Value) -> Bool {
    !key.isString || isTaken(UInt(truncatingIfNeeded: key.bits))
  }

  /// What a metatable remembers not to have.
  private mutating func checkAbsences(of table: TableRef) {
    for event in Metamethod.allCases where event.rawValue < 8 {
      if table.pointee.header.small & (1 << event.rawValue) != 0,
        !table.get(shortString: vm.pointee.names[Int(event.rawValue)]).isNil
      {
        report("table: remembers not to have \(event.key), but has it")
      }
    }
  }
}
