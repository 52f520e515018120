// Making and destroying a machine's state.

internal import NightjarBase
internal import NightjarBytecode

extension MachineState {
  /// A machine with its main fiber, names and primitives; no libraries.
  static func make(
    limits: Limits,
    seed: UInt64,
    dialect: LuaDialect,
    compiler: (any ChunkCompiler)?,
    hash: SeededHash
  ) -> VM {
    guard let cradle = Cradle() else {
      preconditionFailure("the system has no memory for a machine")
    }
    let vm = cradle.state
    let names = cradle.names
    let interruption = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    interruption.initialize(to: 0)
    let noFrame = FrameRef(bitPattern: 8).unsafelyUnwrapped
    let noSlots = Slots(bitPattern: 8).unsafelyUnwrapped
    let noFiber = FiberRef(bitPattern: 8).unsafelyUnwrapped
    let noTable = TableRef(bitPattern: 8).unsafelyUnwrapped
    // SAFETY: the placeholders are replaced below before anything reads them; the collector does not
    // run before the first safepoint.
    vm.initialize(
      to: MachineState(
        fuel: .max / 4,
        frame: noFrame,
        top: noSlots,
        stackLimit: noSlots,
        frameLimit: noFrame,
        fiber: noFiber,
        names: names,
        heap: Heap(
          in: cradle,
          byteLimit: limits.heapByteCount,
          stringByteCountMax: limits.stringByteCount,
          hash: hash
        ),
        fuelSetAside: 0,
        interruption: interruption,
        errorValue: .nil,
        stepped: nil,
        steppedPrototype: nil,
        exit: nil,
        typeMetatables: InlineArray(repeating: nil),
        primitives: InlineArray(repeating: nil),
        mainFiber: noFiber,
        registry: noTable,
        globals: noTable,
        loaded: noTable,
        limits: limits,
        random: Xoshiro256(seed, 0),
        hostObjects: HostObjects(),
        compiler: compiler,
        mainDialect: dialect,
        opening: dialect,
        realms: InlineArray(repeating: Realm()),
        isMixed: false,
        openLibraries: nil,
        capabilities: Capabilities(),
        warnings: WarningState()
      )
    )
    for name in Metamethod.allCases { names[Int(name.rawValue)] = vm.string(name.key) }
    for primitive in Primitive.allCases {
      vm.pointee.primitives[Int(primitive.rawValue)] = vm.makeNative(primitive.definition)
    }
    // Room for what the libraries bring, so that nothing is laid out again and again.
    vm.pointee.registry = (try? vm.newTable(nodeCapacity: 10)) ?? vm.newTable()
    vm.pointee.globals = (try? vm.newTable(nodeCapacity: 40)) ?? vm.newTable()
    vm.pointee.loaded = (try? vm.newTable(nodeCapacity: 12)) ?? vm.newTable()
    vm.pointee.realms[Int(dialect.rawValue)] = Realm(
      globals: vm.pointee.globals,
      loaded: vm.pointee.loaded
    )
    // SAFETY: an empty heap has room for one fiber unless the limit is absurdly low; then the process
    // could not have made the machine either.
    guard let fiber = try? vm.makeFiber(.nil) else {
      preconditionFailure("a machine needs at least 64 KB of memory")
    }
    fiber.pointee.status = .running
    vm.pointee.mainFiber = fiber
    vm.pointee.fiber = fiber
    vm.pointee.frame = fiber.pointee.frames
    vm.pointee.top = fiber.pointee.stack + 1
    vm.updateStackLimit()
    return vm
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Frees everything a machine holds.
  func destroy() {
    closeTasks()
    pointee.heap.destroy()
    pointee.handles.destroy()
    pointee.runFibers.destroy()
    pointee.waitingFibers.destroy()
    pointee.idleFibers.destroy()
    pointee.interruption.deallocate()
    let cradle = Cradle(holding: self)
    deinitialize(count: 1)
    cradle.free()
  }

  /// A native function object of the library of a dialect, by default of the one being opened.
  func makeNative(
    _ definition: NativeDefinition,
    upvalues: [Value] = [],
    dialect: LuaDialect? = nil
  ) -> NativeRef {
    let dialect = dialect ?? pointee.opening
    let isWrapped = !dialect.hasIntegers && !definition.keepsNumbers
    let native = pointee.heap.allocate(
      NativeObject.upvaluesOffset + upvalues.count * 16 + (isWrapped ? 8 : 0)
    )
    .assumingMemoryBound(to: NativeObject.self)
    native.pointee.header = ObjectHeader(
      .native,
      flags: definition.flags,
      small: UInt8(upvalues.count),
      word: UInt32(dialect.rawValue)
    )
    native.pointee.entry = isWrapped ? NativeCall.floating : definition.entry
    if isWrapped { native.wrappedEntry.initialize(to: definition.entry) }
    for (position, value) in upvalues.enumerated() { native.upvalues[position] = value }
    return native
  }

  /// Makes a library: a table of natives with room for other fields, a global of that name and an entry of
  /// `package.loaded`.
  @discardableResult
  func newLibrary(
    _ name: String,
    _ definitions: [NativeDefinition],
    fieldCount: Int = 0
  ) throws(ScriptError) -> TableRef {
    // A bit for each function the dialect has.
    precondition(definitions.count <= 64, "no library has so many functions")
    var offered: UInt64 = 0
    for (index, definition) in definitions.enumerated()
    where LibraryTable.offers(definition.name, of: name, in: pointee.opening) {
      offered |= 1 << UInt64(index)
    }
    let table = try newTable(nodeCapacity: offered.nonzeroBitCount + fieldCount)
    for (index, definition) in definitions.enumerated() where offered >> UInt64(index) & 1 != 0 {
      try rawSet(table, Value(string(definition.name)), Value(makeNative(definition)))
    }
    try rawSet(pointee.globals, Value(string(name)), Value(table))
    try rawSet(pointee.loaded, Value(string(name)), Value(table))
    return table
  }
}
