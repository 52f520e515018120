// Serial numbers of objects: what `tostring(t)` and `%p` show in place of an address, so that a run
// never depends on where memory lies. They are given out when first asked for, in order.
//
// The table is open addressing with linear probing; entries of dead objects are taken out while
// sweeping by moving later entries of the cluster back, so there are no tombstones.

/// Serial numbers by object.
struct SerialTable {
  struct Entry {
    var object: UInt
    var serial: UInt64
  }

  private(set) var entries: UnsafeMutablePointer<Entry>?
  private(set) var capacity = 0
  private(set) var count = 0
  private var next = SerialTable.first

  // Chosen to look like the addresses people are used to.
  private static var first: UInt64 { 0x55A0_0000_0040 }
  private static var step: UInt64 { 32 }

  private func home(of object: UInt) -> Int {
    Int(truncatingIfNeeded: (UInt64(object) &>> 4) &* 0x9E37_79B9_7F4A_7C15 &>> 20)
      & (capacity &- 1)
  }

  private func place(of object: UInt) -> Int {
    var index = home(of: object)
    while let entry = entries?[index], entry.object != 0, entry.object != object {
      index = (index &+ 1) & (capacity &- 1)
    }
    return index
  }

  /// Whether the next number needs a larger table.
  var isFull: Bool { count &* 2 >= capacity }

  /// The number of an object that has none yet; the object is entered.
  mutating func add(_ object: ObjectRef) -> UInt64 {
    if isFull { grow() }
    let key = UInt(bitPattern: object)
    let serial = next
    next &+= Self.step
    entries?[place(of: key)] = Entry(object: key, serial: serial)
    count &+= 1
    return serial
  }

  /// The number of an object that has one.
  func serial(of object: ObjectRef) -> UInt64 {
    entries?[place(of: UInt(bitPattern: object))].serial ?? 0
  }

  private mutating func grow() {
    let old = entries
    let oldCapacity = capacity
    capacity = Swift.max(32, capacity &* 2)
    guard let memory = ListStorage.zeroes(capacity &* MemoryLayout<Entry>.stride) else {
      preconditionFailure("the system has no memory left")
    }
    let new = memory.assumingMemoryBound(to: Entry.self)
    entries = new
    guard let old else { return }
    for index in 0..<oldCapacity where old[index].object != 0 {
      new[place(of: old[index].object)] = old[index]
    }
    ListStorage.free(old, oldCapacity &* MemoryLayout<Entry>.stride)
  }

  /// Takes out the entry at `index`.
  ///
  /// Another may stand there afterwards.
  mutating func remove(at index: Int) {
    guard let entries else { return }
    var hole = index
    var index = index
    while true {
      index = (index &+ 1) & (capacity &- 1)
      let entry = entries[index]
      if entry.object == 0 { break }
      // The entry may move back when its home does not lie behind the hole.
      let distance = (index &- home(of: entry.object)) & (capacity &- 1)
      if distance >= (index &- hole) & (capacity &- 1) {
        entries[hole] = entry
        hole = index
      }
    }
    entries[hole] = Entry(object: 0, serial: 0)
    count &-= 1
  }

  mutating func destroy() {
    ListStorage.free(entries, capacity &* MemoryLayout<Entry>.stride)
    entries = nil
    capacity = 0
    count = 0
  }
}

extension VM {
  /// Makes sure that there is room for a value's number: the table grows by a lot at once.
  ///
  /// - Throws: "not enough memory".
  func reserveSerial(for value: Value) throws(ScriptError) {
    guard value.isCollectable, pointee.heap.isLimited, pointee.heap.serials.isFull,
      !value.pointer.assumingMemoryBound(to: ObjectHeader.self).pointee.flags.contains(.hasSerial)
    else { return }
    let byteCount = pointee.heap.serials.capacity &* 2 &* MemoryLayout<SerialTable.Entry>.stride
    if !pointee.heap.hasRoomOutside(for: byteCount) { throw raiseMemory() }
  }

  /// The number that stands for an object's identity in texts; always the same for one object.
  func serial(of object: ObjectRef) -> UInt64 {
    if object.pointee.flags.contains(.hasSerial) {
      return pointee.heap.serials.serial(of: object)
    }
    object.pointee.flags.formUnion(.hasSerial)
    return pointee.heap.serials.add(object)
  }
}
