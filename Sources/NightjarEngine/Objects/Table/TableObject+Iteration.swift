// Traversal in insertion order: array part first, then nodes. A position is a number from 0, so that
// loops over `pairs` need no key look-up while they go straight on.

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The next live entry at or after `position`, which is moved behind it; nil at the end.
  ///
  /// Passing over removed entries is charged. It stands in the loop, where sums of counts that fit 32 bits
  /// need no check.
  @inline(__always)
  func nextEntry(_ table: TableRef, _ position: inout Int) -> (key: Value, value: Value)? {
    let arrayCount = Int(table.pointee.arrayCount)
    let first = position
    while position < arrayCount {
      let value = table.pointee.array[position]
      position &+= 1
      if !value.isNil {
        chargePassing(position &- first)
        return (Value(Int64(position)), value)
      }
    }
    chargePassing(position &- first)
    let capacity = Int(table.pointee.arrayCapacity)
    if position < capacity { position = capacity }
    let firstOffset = position &- capacity
    var offset = firstOffset
    let nodeCount = Int(table.pointee.nodeCount)
    while offset < nodeCount {
      let node = table.pointee.nodes + offset
      offset &+= 1
      if !node.pointee.value.isNil {
        chargePassing(offset &- firstOffset)
        position = capacity &+ offset
        return (Value(bits: node.pointee.keyBits, tag: node.pointee.keyTag), node.pointee.value)
      }
    }
    chargePassing(offset &- firstOffset)
    position = capacity &+ offset
    return nil
  }

  @inline(__always) private func chargePassing(_ count: Int) {
    if count >= 8 { pointee.fuel &-= Int64(count &>> 3) }
  }

  /// The position behind a key, as `next` needs it; nil when the key is not in the table.
  func position(after key: Value, in table: TableRef) -> Int? {
    if key.isNil { return 0 }
    var key = key
    if key.isFloat, let integer = Int64(exactly: key.float) { key = Value(integer) }
    if key.isInteger {
      let offset = UInt64(bitPattern: key.integer &- 1)
      if offset < UInt64(table.pointee.arrayCapacity) { return Int(truncatingIfNeeded: offset) + 1 }
    }
    if let node = node(of: table, key: key) {
      return Int(table.pointee.arrayCapacity) + (node - table.pointee.nodes) + 1
    }
    guard key.isCollectable else { return nil }
    // The key's object may have died since (its node remembers the identity).
    pointee.fuel &-= Int64(table.pointee.nodeCount >> 3)
    for position in 0..<Int(table.pointee.nodeCount) {
      let node = table.pointee.nodes + position
      if node.pointee.keyTag == .deadKey && node.pointee.keyBits == key.bits {
        return Int(table.pointee.arrayCapacity) + position + 1
      }
    }
    return nil
  }
}
