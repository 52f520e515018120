// What libraries outside the engine need beside arguments and results: tables, the registry, host
// objects and capabilities, without seeing a heap object.

package import NightjarBase
package import NightjarBytecode

extension NativeCall {
  /// What the machine may use of the world.
  package var capabilities: Capabilities { vm.pointee.capabilities }

  // MARK: Tables

  /// A new empty table.
  package func newTable() -> Value { Value(vm.newTable()) }

  /// A field of a table without metamethods; nil for what is no table.
  package func field(_ table: Value, _ name: String) -> Value {
    table.isTable ? vm.rawGet(table.table, Value(vm.string(name))) : .nil
  }

  /// Sets a field of a table without metamethods.
  package func setField(_ table: Value, _ name: String, _ value: Value) throws(ScriptError) {
    guard table.isTable else { return }
    try vm.rawSet(table.table, Value(vm.string(name)), value)
  }

  /// An element of a table without metamethods.
  package func rawGet(_ table: Value, _ key: Value) -> Value {
    table.isTable ? vm.rawGet(table.table, key) : .nil
  }

  /// Sets an element of a table without metamethods.
  ///
  /// The key is neither nil nor NaN.
  package func rawSet(_ table: Value, _ key: Value, _ value: Value) throws(ScriptError) {
    guard table.isTable else { return }
    try vm.rawSet(table.table, key, value)
  }

  /// The entry of a table at a position, which begins at 0 and is moved on; nil behind the last one.
  package func nextEntry(
    of table: Value,
    _ position: inout Int
  ) -> (key: Value, value: Value)? {
    table.isTable ? vm.nextEntry(table.table, &position) : nil
  }

  /// The table of values libraries keep.
  package var registry: Value { Value(vm.pointee.registry) }
  /// The table of global variables.
  package var globals: Value { Value(vm.globals(of: dialect)) }
  /// `package.loaded`.
  package var loaded: Value { Value(vm.loaded(of: dialect)) }

  /// The registry's name for what each dialect has of its own.
  package func registryKey(_ name: String) -> String {
    dialect == vm.pointee.mainDialect ? name : "\(name) \(dialect.name)"
  }

  // MARK: Strings

  /// The bytes of a string value; valid until the next step.
  package func withBytes<Result>(
    of value: Value,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    value.isString
      ? body(UnsafeRawBufferPointer(value.string.buffer))
      : body(UnsafeRawBufferPointer(start: nil, count: 0))
  }

  /// The bytes of a string value; empty for others.
  package func bytes(of value: Value) -> [UInt8] {
    value.isString ? Array(value.string.buffer) : []
  }

  /// A new string of bytes that belong to somebody else.
  package func string(copying bytes: UnsafeRawBufferPointer) throws(ScriptError) -> Value {
    guard let start = bytes.baseAddress, bytes.count > 0 else {
      return Value(vm.string("" as StaticString))
    }
    guard let made = vm.string(bytes: start.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    else { throw vm.raiseMemory() }
    return Value(made)
  }

  /// A number as the native's dialect writes it.
  package func text(ofNumber value: Value) -> [UInt8] { Array(numberToString(value).buffer) }

  /// Whether two values are the same.
  package func isSame(_ first: Value, _ second: Value) -> Bool { first.isIdentical(to: second) }

  /// Whether two values are the same function.
  package func isNative(_ first: Value, _ second: Value) -> Bool {
    first.isFunction && first.isIdentical(to: second)
  }

  /// The name of an argument's type for messages.
  package func typeName(ofArgument n: Int) -> String { vm.argumentTypeName(self, n) }

  /// The name of a value's type for messages.
  package func typeName(of value: Value) -> String { vm.typeName(of: value) }

  /// The integer a value holds or converts to.
  package func integer(_ value: Value) -> Int64? { vm.toInteger(value) }

  /// The float of a number.
  package func number(_ value: Value) -> Double? { value.isNumber ? vm.toNumber(value) : nil }

  /// A number, or a string that reads as one.
  package func number(reading value: Value) -> Double? { vm.toNumber(value) }

  // MARK: Host objects

  /// A userdata that stands for a host object.
  package func makeUserdata(_ object: AnyObject, metatable: Value) -> Value {
    vm.makeUserdata(of: object, metatable: metatable)
  }

  /// A userdata for a host object that uses memory of its own, which counts as the machine's until the
  /// userdata is collected.
  ///
  /// - Throws: "not enough memory".
  package func makeUserdata(
    _ object: AnyObject,
    metatable: Value,
    byteCount: Int
  ) throws(ScriptError) -> Value {
    guard vm.pointee.heap.hasRoomOutside(for: byteCount) else { throw vm.raiseMemory() }
    let userdata = vm.makeUserdata(userValueCount: 0)
    userdata.pointee.header.word = vm.pointee.hostObjects.add(object, byteCount: byteCount)
    vm.registerOwner(object: userdata)
    vm.pointee.heap.countHostBytes(byteCount)
    if metatable.isTable { vm.setMetatable(userdata, metatable.table) }
    return Value(userdata)
  }

  // MARK: Memory

  /// Whether the machine's memory is limited.
  package var hasMemoryLimit: Bool { vm.pointee.heap.byteLimit != .max }

  /// The longest text that a library may gather outside the heap before it becomes a string: a quarter
  /// of what the limit leaves, as growing and copying need that much more for a moment.
  package var byteRoom: Int {
    let byteCountMax = vm.pointee.heap.stringByteCountMax
    if vm.pointee.heap.byteLimit == .max { return byteCountMax }
    return Swift.min(byteCountMax, vm.pointee.heap.roomOutside() / 4)
  }

  /// The longest source text that may be compiled now.
  package var chunkByteCountMax: Int { vm.chunkByteCountMax }

  /// "not enough memory".
  package func raiseMemory() -> ScriptError { vm.raiseMemory() }

  /// The host object of a value; nil when it is none.
  package func hostObject(_ value: Value) -> AnyObject? {
    guard value.tag == .userdata else { return nil }
    return vm.pointee.hostObjects[value.userdata.pointee.header.word]
  }

  /// The text that stands for a value's address.
  package func addressText(of value: Value) -> String { vm.addressText(of: value) }

  // MARK: Code

  /// Compiles a chunk; a failure's message is what `load` would return beside nil.
  ///
  /// The environment is the value of the chunk's first upvalue; nil takes the globals. The dialect
  /// declared is the one that the text itself names; nil takes the native's own.
  package func compile(
    _ source: [UInt8],
    chunkName: [UInt8],
    mode: [UInt8]?,
    environment: Value?,
    declared: LuaDialect? = nil
  ) throws(ScriptError) -> Result<Value, CompileFailure> {
    charge(source.count + chunkName.count >> 3)
    switch vm.compile(source, chunkName: chunkName, mode: mode, dialect: declared ?? dialect) {
    case .failure(let failure): return .failure(failure)
    case .success(let image):
      return .success(
        try vm.makeMain(
          image,
          environment: environment ?? Value(vm.threadGlobals(of: image.dialect))
        )
      )
    }
  }

  /// A native function value.
  package func makeNative(_ definition: NativeDefinition, upvalues: [Value] = []) -> Value {
    Value(vm.makeNative(definition, upvalues: upvalues, dialect: dialect))
  }

  /// An upvalue of the native that is running.
  package func upvalue(_ n: Int) -> Value {
    let frame = vm.pointee.frame
    if frame.pointee.isNative && frame.pointee.base == slots {
      return frame.pointee.function.assumingMemoryBound(to: NativeObject.self).upvalues[n]
    }
    return slots[0].native.upvalues[n]
  }

  /// The globals that a loader was given for the code it loads; nil takes those of the machine.
  package var ownEnvironment: Value? {
    let frame = vm.pointee.frame
    let native =
      frame.pointee.isNative && frame.pointee.base == slots
      ? frame.pointee.function.assumingMemoryBound(to: NativeObject.self) : slots[0].native
    return native.upvalueCount > 0 ? native.upvalues[0] : nil
  }

  /// Replaces an upvalue of the native that is running.
  package func setUpvalue(_ n: Int, _ value: Value) {
    let frame = vm.pointee.frame
    let native =
      frame.pointee.isNative && frame.pointee.base == slots
      ? frame.pointee.function.assumingMemoryBound(to: NativeObject.self) : slots[0].native
    native.upvalues[n] = value
    vm.barrier(value)
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// A userdata that stands for a host object.
  func makeUserdata(of object: AnyObject, metatable: Value) -> Value {
    let userdata = makeUserdata(userValueCount: 0)
    userdata.pointee.header.word = pointee.hostObjects.add(object)
    registerOwner(object: userdata)
    if metatable.isTable { setMetatable(userdata, metatable.table) }
    return Value(userdata)
  }

  /// A userdata without a host object.
  func makeUserdata(userValueCount: Int) -> UserdataRef {
    let userdata = pointee.heap.allocate(UserdataObject.userValuesOffset + userValueCount * 16)
      .assumingMemoryBound(to: UserdataObject.self)
    userdata.pointee.header = ObjectHeader(.userdata, small: UInt8(userValueCount))
    userdata.pointee.metatable = nil
    for n in 0..<userValueCount { userdata.userValues[n] = .nil }
    return userdata
  }

  func setMetatable(_ userdata: UserdataRef, _ metatable: TableRef?) {
    userdata.pointee.metatable = metatable
    guard let metatable else { return }
    barrier(metatable)
    if metamethod(in: metatable, .gc) != nil {
      registerFinalizable(
        UnsafeMutableRawPointer(userdata).assumingMemoryBound(to: ObjectHeader.self)
      )
    }
  }
}

extension Machine {
  /// What the libraries may use of the world.
  package var capabilities: Capabilities {
    get { vm.pointee.capabilities }
    set { vm.pointee.capabilities = newValue }
  }

  /// Opens the libraries the engine has itself.
  package func openIntrinsics() {
    vm.openIntrinsics()
  }

  /// The registry's name for what each dialect has of its own, while one is being opened.
  package func registryKey(_ name: String) -> String {
    vm.pointee.opening == vm.pointee.mainDialect ? name : "\(name) \(vm.pointee.opening.name)"
  }

  /// Makes a library table of natives with room for other fields, as a global and in `package.loaded`.
  package func openLibrary(
    _ name: String,
    _ definitions: [NativeDefinition],
    fieldCount: Int = 0
  ) -> Value {
    (try? vm.newLibrary(name, definitions, fieldCount: fieldCount)).map { Value($0) } ?? .nil
  }

  /// Adds global functions.
  package func addGlobals(_ definitions: [NativeDefinition]) {
    for definition in definitions
    where LibraryTable.offers(definition.name, of: "_G", in: vm.pointee.opening) {
      let name = Value(vm.string(definition.name))
      try? vm.rawSet(vm.pointee.globals, name, Value(vm.makeNative(definition)))
    }
  }

  /// Adds natives to a table.
  package func addFields(_ table: Value, _ definitions: [NativeDefinition]) {
    guard table.isTable else { return }
    for definition in definitions {
      let name = Value(vm.string(definition.name))
      try? vm.rawSet(table.table, name, Value(vm.makeNative(definition)))
    }
  }

  /// Sets a field of a table.
  package func setField(_ table: Value, _ name: String, _ value: Value) {
    guard table.isTable else { return }
    try? vm.rawSet(table.table, Value(vm.string(name)), value)
  }

  /// A field of a table.
  package func field(_ table: Value, _ name: String) -> Value {
    table.isTable ? vm.rawGet(table.table, Value(vm.string(name))) : .nil
  }

  /// A new table.
  package func newTable() -> Value { Value(vm.newTable()) }
  /// A new table with room for so many fields.
  package func newTable(fieldCount: Int) -> Value {
    Value((try? vm.newTable(nodeCapacity: fieldCount)) ?? vm.newTable())
  }
  /// A new value that is like no other, as `newproxy` makes it.
  package func newProxy() -> Value { Value(vm.makeUserdata(userValueCount: 0)) }
  /// The registry.
  package var registry: Value { Value(vm.pointee.registry) }
  /// `package.loaded`.
  package var loaded: Value { Value(vm.pointee.loaded) }
  /// A native function value.
  package func makeNative(_ definition: NativeDefinition, upvalues: [Value] = []) -> Value {
    Value(vm.makeNative(definition, upvalues: upvalues))
  }

  /// `load`; its upvalue, if it has one, is the table of globals of what it loads.
  package var loadDefinition: NativeDefinition {
    .stateMachine("load") { NativeCall.enter($0, $1, $2, $3, Loading.load) }
  }

  /// Whether the `debug` that is opened reaches into the state of other functions; the other one tells about
  /// functions and gives none away.
  package var hasWholeDebug: Bool {
    get { vm.pointee.hasWholeDebug }
    set { vm.pointee.hasWholeDebug = newValue }
  }

  /// A userdata that stands for a host object.
  package func makeUserdata(_ object: AnyObject, metatable: Value) -> Value {
    vm.makeUserdata(of: object, metatable: metatable)
  }
}
