// Values of tables with weak keys: each is kept by its key alone (manual §2.5.4). Keys are often kept by
// nothing but values of the same tables, so one look is not enough. A chain of them, entered back to
// front, would need as many looks as it has links: when the first look has marked something, values
// that still wait for their keys are noted by key, and marked when the key is.

extension Marker {
  /// Marks values of ephemerons whose keys are marked until nothing changes.
  ///
  /// - Complexity: O(*n*) in the entries of the tables and what they keep.
  mutating func convergeEphemerons() {
    var waiting = WaitingValues()
    var position = 0
    if !markEphemerons(from: &position, noting: false, &waiting) { return }
    drainAll()
    position = 0
    while markEphemerons(from: &position, noting: true, &waiting) { drainAll(&waiting) }
  }

  /// Looks through the weak tables from `position` on; marking may find more of them later.
  ///
  /// - Parameters:
  ///   - position: The first table; becomes the number of all.
  ///   - isNoting: Whether `waiting` takes the values whose keys are not marked.
  ///   - waiting: Those values.
  /// - Returns: Whether something was marked.
  private mutating func markEphemerons(
    from position: inout Int,
    noting isNoting: Bool,
    _ waiting: inout WaitingValues
  ) -> Bool {
    var hasMarked = false
    while position < vm.pointee.heap.marking.weakTables.count {
      let table = vm.pointee.heap.marking.weakTables[position]
      position &+= 1
      guard vm.weakMode(of: table) == .ephemeron else { continue }
      for index in 0..<Int(table.pointee.nodeCount) {
        let node = table.pointee.nodes + index
        let value = node.pointee.value
        guard value.isCollectable, !isMarked(value.pointer) else { continue }
        if keepsValue(node.pointee.keyBits, node.pointee.keyTag) {
          mark(bits: value.bits, tag: value.tag)
          hasMarked = true
        } else if isNoting {
          waiting.add(value, for: node.pointee.keyBits)
        }
      }
    }
    return hasMarked
  }

  /// Visits grey objects until there are none, and marks the values that waited for them.
  private mutating func drainAll(_ waiting: inout WaitingValues) {
    while true {
      if !stack.isEmpty {
        let object = stack.removeLast()
        _ = visit(object)
        var next = waiting.take(for: UInt64(UInt(bitPattern: object)))
        while let number = next {
          mark(bits: waiting.entries[number].value.bits, tag: waiting.entries[number].value.tag)
          next = waiting.entries[number].next
        }
      } else if !vm.pointee.heap.marking.slices.isEmpty {
        _ = visitSlice()
      } else {
        return
      }
    }
  }
}

/// Values that wait for their keys to be marked, in one list for each key.
private struct WaitingValues {
  var entries: [(value: Value, next: Int?)] = []
  private var first: [UInt64: Int] = [:]

  mutating func add(_ value: Value, for key: UInt64) {
    entries.append((value, first[key]))
    first[key] = entries.count - 1
  }

  mutating func take(for key: UInt64) -> Int? { first.removeValue(forKey: key) }
}
