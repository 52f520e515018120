// The table library (manual §6.6). Tables without metatables are worked on directly, in one step;
// everything else goes through metamethods and is a state machine, in the files named "…+Slow".

internal import NightjarBase

/// `table`.
enum TableLibrary {
  /// Its functions.
  static var definitions: [NativeDefinition] {
    [
      .leaf("concat") { NativeCall.enter($0, $1, $2, $3, Self.concat) }.keepingNumbers,
      .leaf("insert") { NativeCall.enter($0, $1, $2, $3, Self.insert) }.keepingNumbers,
      .leaf("move") { NativeCall.enter($0, $1, $2, $3, Self.move) },
      .leaf("pack") { NativeCall.enter($0, $1, $2, $3, Self.pack) },
      .leaf("remove") { NativeCall.enter($0, $1, $2, $3, Self.remove) }.keepingNumbers,
      .leaf("sort") { NativeCall.enter($0, $1, $2, $3, Self.sort) }.keepingNumbers,
      .leaf("unpack") { NativeCall.enter($0, $1, $2, $3, Self.unpack) },
    ]
  }

  /// The table of an argument that has no metatable; nil for anything else.
  @inline(__always) static func plainTable(_ call: NativeCall, _ n: Int) -> TableRef? {
    let value = call.argument(n)
    guard value.isTable else { return nil }
    guard let metatable = value.table.pointee.metatable else { return value.table }
    return isRaw(call, metatable) ? value.table : nil
  }

  /// Whether the library works on tables with this metatable as if they had none: before 5.3 it asks no
  /// metamethods, but for 5.2's question after the length.
  @inline(never) private static func isRaw(_ call: NativeCall, _ metatable: TableRef) -> Bool {
    if call.follows(.tablesAreRaw) {
      return !call.rules.tablesHaveLength || call.vm.metamethod(in: metatable, .len) == nil
    }
    return false
  }

  /// Checks that an argument is a table or has the metamethods to stand in for one.
  static func checkTableLike(
    _ call: NativeCall,
    _ n: Int,
    _ events: Metamethod...
  ) throws(ScriptError) {
    let value = call.argument(n)
    if value.isTable { return }
    if !call.follows(.tablesAreRaw), let metatable = call.vm.metatable(of: value) {
      var hasAll = true
      for event in events where call.vm.metamethod(in: metatable, event) == nil { hasAll = false }
      if hasAll { return }
    }
    throw call.typeError(n, expected: "table")
  }

  /// What `#` answered, as an integer.
  static func length(_ call: NativeCall, _ value: Value) throws(ScriptError) -> Int64 {
    guard let length = call.vm.toInteger(value) else {
      let isRaw = call.follows(.tablesAreRaw)
      throw call.raise("object length is not \(isRaw ? "a number" : "an integer")")
    }
    return length
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Opens `table`.
  func openTable() throws(ScriptError) {
    let library = try newLibrary("table", TableLibrary.definitions + OlderTable.definitions)
    if pointee.opening.follows(.loadSharesName) {
      let unpack = Value(string("unpack"))
      try rawSet(pointee.globals, unpack, rawGet(library, unpack))
    }
  }

  /// Moves elements within the array part; the ranges may overlap.
  ///
  /// - Precondition: both ranges lie below the array part's count.
  func moveArray(_ table: TableRef, from source: Int, to target: Int, count: Int) {
    (table.pointee.array + target).update(from: table.pointee.array + source, count: count)
    // The collector may have seen the one place already and not yet the other.
    if pointee.heap.isMarking {
      for offset in 0..<count { barrier(table.pointee.array[target + offset]) }
    }
  }
}

// MARK: insert, remove

extension TableLibrary {
  static func insert(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard call.phase == 0, let table = plainTable(call, 1) else { return try insertSlowly(&call) }
    let vm = call.vm
    if call.count == 2 {
      let count = table.pointee.arrayCount
      if count > 0 && count < table.pointee.arrayCapacity && table.pointee.nodeCount == 0
        && !call[2].isNil
      {
        table.pointee.array[Int(count)] = call[2]
        table.pointee.arrayCount = count &+ 1
        vm.barrier(call[2])
        return call.returns()
      }
      try vm.rawSet(table, integer: vm.border(of: table) &+ 1, call[2])
      return call.returns()
    }
    if call.count != 3 { throw call.raise("wrong number of arguments to 'insert'") }
    let end = vm.border(of: table) &+ 1
    let position = try call.checkInteger(2)
    if !call.rules.tablesHaveLength && (position < 1 || position > end) {
      try vm.rawSet(table, integer: position, call[3])
      return call.returns()
    }
    if position < 1 || position > end { throw call.argumentError(2, "position out of bounds") }
    if end - position > 1 && Int64(table.pointee.arrayCount) == end - 1 {
      let offset = Int(position) - 1
      let count = Int(end) - 1
      call.charge((count - offset) >> 1)
      try vm.rawSet(table, integer: end, table.pointee.array[count - 1])
      vm.moveArray(table, from: offset, to: offset + 1, count: count - 1 - offset)
    } else {
      if end - position > 100_000 { return try insertSlowly(&call) }
      var key = end
      while key > position {
        try vm.rawSet(table, integer: key, vm.get(table, integer: key - 1))
        key -= 1
      }
      call.charge(Int(end - position))
    }
    try vm.rawSet(table, integer: position, call[3])
    return call.returns()
  }

  static func remove(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard call.phase == 0, let table = plainTable(call, 1) else { return try removeSlowly(&call) }
    let vm = call.vm
    let size = vm.border(of: table)
    var position = try call.optionalInteger(2, default: size)
    if !call.rules.tablesHaveLength && !(1...Swift.max(size, 1)).contains(position)
      || (size == 0 && !call.rules.tablesHaveLength)
    {
      return call.returns()
    }
    if position != size && (position < 1 || position > size + 1) {
      throw call.argumentError(call.rules.hasAttributes ? 2 : 1, "position out of bounds")
    }
    let count = Int(table.pointee.arrayCount)
    if position == size && count == Int(size) && count > 0 {
      let last = table.pointee.array[count &- 1]
      vm.storeArray(table, count &- 1, .nil)
      return call.returns(last)
    }
    let removed = vm.get(table, integer: position)
    if count == Int(size) && position >= 1 && position < size {
      let offset = Int(position) - 1
      call.charge((count - offset) >> 1)
      vm.moveArray(table, from: offset + 1, to: offset, count: count - 1 - offset)
      vm.storeArray(table, count - 1, .nil)
      return call.returns(removed)
    }
    if size - position > 100_000 { return try removeSlowly(&call) }
    while position < size {
      try vm.rawSet(table, integer: position, vm.get(table, integer: position + 1))
      call.charge(1)
      position += 1
    }
    try vm.rawSet(table, integer: position, .nil)
    return call.returns(removed)
  }
}
