// Values as the embedding API sees them, and the table operations it needs, without a heap object in
// sight.

internal import NightjarBase
package import NightjarBytecode

/// What a value is, with its payload where it has one outside the heap.
package enum HostValue {
  case `nil`
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string([UInt8])
  case table
  case function
  case coroutine
  /// A userdata and the host object behind it, if it has one.
  case object(AnyObject?)
}

extension Machine {
  /// Reads a value; a string's bytes are copied.
  package func read(_ value: Value) -> HostValue {
    switch value.tag {
    case .nil: .nil
    case .false: .boolean(false)
    case .true: .boolean(true)
    case .integer: .integer(value.integer)
    case .float: .number(value.float)
    case .string: .string(Array(value.string.buffer))
    case .table: .table
    case .closure, .native: .function
    case .fiber: .coroutine
    case .userdata: .object(vm.pointee.hostObjects[value.userdata.pointee.header.word])
    default: .object(nil)
    }
  }

  /// The host object behind a userdata.
  package func hostObject(_ value: Value) -> AnyObject? {
    value.tag == .userdata ? vm.pointee.hostObjects[value.userdata.pointee.header.word] : nil
  }

  /// The userdata of a host object: always the same one while a script can reach it.
  package func userdata(of object: AnyObject, metatable: Value) -> Value {
    let address = UInt(bitPattern: ObjectIdentifier(object))
    let key = Value(Int64(truncatingIfNeeded: address))
    let known = vm.rawGet(identities, key)
    if known.tag == .userdata { return known }
    let made = makeUserdata(object, metatable: metatable)
    // Without room for the note the object has two userdata, which costs equality only.
    try? vm.rawSet(identities, key, made)
    return made
  }

  /// Userdata by the address of their object.
  ///
  /// The values are weak; an address is not used again before its object's userdata was collected,
  /// as the userdata holds the object.
  private var identities: TableRef {
    let found = field(registry, "NIGHTJAR_IDENTITIES")
    if found.isTable { return found.table }
    let table = newTable()
    let metatable = newTable()
    setField(metatable, "__mode", string(Array("v".utf8)))
    vm.setMetatable(table.table, metatable.table)
    setField(registry, "NIGHTJAR_IDENTITIES", table)
    return table.table
  }

  /// The integer of a value that is one, or a float or string that stands for one.
  package func integer(of value: Value) -> Int64? {
    value.isInteger ? value.integer : value.isFloat ? vm.toInteger(value) : nil
  }

  /// The float of a number.
  package func number(of value: Value) -> Double? {
    value.isFloat ? value.float : value.isInteger ? Double(value.integer) : nil
  }

  /// How long a string is; nil for other values.
  package func byteCount(ofString value: Value) -> Int? {
    value.isString ? value.string.count : nil
  }

  /// Charges the script that runs for work done on its behalf.
  package func charge(_ fuel: Int64) { if isRunning { vm.pointee.fuel &-= fuel } }

  /// Calls `body` with the bytes of a string value; nil for others.
  package func withBytes<Result>(
    of value: Value,
    _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result? {
    value.isString ? body(value.string.buffer) : nil
  }

  /// A new string value.
  ///
  /// - Throws: when the string is too long or memory is out.
  package func makeString(_ bytes: UnsafeBufferPointer<UInt8>) throws(ScriptError) -> Value {
    guard let start = bytes.baseAddress, bytes.count > 0 else {
      return Value(vm.string("" as StaticString))
    }
    guard let made = vm.string(bytes: start, count: bytes.count) else { throw vm.raiseMemory() }
    return Value(made)
  }

  /// A new table with room for what will come.
  package func makeTable(arrayCount: Int, fieldCount: Int) throws(ScriptError) -> Value {
    Value(try vm.newTable(arrayCapacity: arrayCount, nodeCapacity: fieldCount))
  }

  /// An element of a table, without metamethods.
  package func rawGet(_ table: Value, _ key: Value) -> Value {
    table.isTable ? vm.rawGet(table.table, key) : .nil
  }

  /// Sets an element of a table, without metamethods.
  ///
  /// - Throws: for nil and NaN as keys, and when memory is out.
  package func rawSet(_ table: Value, _ key: Value, _ value: Value) throws(ScriptError) {
    guard table.isTable else { return }
    try vm.checkKey(key)
    try vm.rawSet(table.table, key, value)
  }

  /// The table's border, as `#` without metamethods finds it.
  package func border(of table: Value) -> Int {
    table.isTable ? Int(vm.border(of: table.table)) : 0
  }

  /// The entry at `position` or behind it, in insertion order; `position` moves past it.
  ///
  /// The position is 0 at first. The table must not be changed in between.
  ///
  /// - Returns: nil at the end.
  package func nextEntry(
    of table: Value,
    _ position: inout Int
  ) -> (key: Value, value: Value)? {
    table.isTable ? vm.nextEntry(table.table, &position) : nil
  }

  /// Whether indexing the value may run a metamethod.
  package func hasMetatable(_ value: Value) -> Bool { vm.metatable(of: value) != nil }

  package func metatable(of value: Value) -> Value {
    vm.metatable(of: value).map { Value($0) } ?? .nil
  }

  /// Sets the metatable of a table or userdata; nil takes it away.
  package func setMetatable(of value: Value, to metatable: Value) {
    let table = metatable.isTable ? metatable.table : nil
    if value.isTable {
      vm.setMetatable(value.table, table)
    } else if value.tag == .userdata {
      vm.setMetatable(value.userdata, table)
    }
  }

  package func rawEquals(_ left: Value, _ right: Value) -> Bool { vm.rawEquals(left, right) }

  /// The native of `object[key]`, of `object[key] = value` and of `tostring`, for the host to call.
  package var indexFunction: Value { vm.primitive(.index) }
  package var setIndexFunction: Value { vm.primitive(.setIndex) }
  package var lengthFunction: Value { vm.primitive(.length) }
  package var toStringFunction: Value { vm.primitive(.toString) }

  /// The table of global variables.
  package var globals: Value { Value(vm.pointee.globals) }

  /// The function of a compiled chunk with its table of globals; nil takes that of its dialect.
  package func makeFunction(
    _ image: FunctionPrototype,
    environment: Value? = nil
  ) throws(ScriptError) -> Value {
    let environment = environment ?? Value(vm.globals(of: image.dialect))
    if !isRunning && !vm.pointee.heap.hasRoomOutside(for: image.ownByteCount * 2) {
      let root = retain(environment)
      defer { release(root) }
      reclaimMemory()
    }
    return try vm.makeMain(image, environment: environment)
  }

  /// A new suspended coroutine.
  package func makeCoroutine(_ function: Value) throws(ScriptError) -> Value {
    Value(try vm.makeFiber(function))
  }

  /// "suspended", "running", "normal" or "dead".
  package func status(ofCoroutine value: Value) -> String {
    value.tag == .fiber ? CoroutineLibrary.name(value.fiber.pointee.status) : "dead"
  }

  /// Bytes of the heap in use.
  package var byteCount: Int { vm.pointee.heap.byteCount }

  /// Bytes of the process that the heap holds: the pages it touched and did not give back.
  package var heldByteCount: Int { vm.pointee.heap.heldByteCount }
}
