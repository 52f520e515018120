// What must hold in each kind of object.

internal import NightjarBase

extension HeapCheck {
  /// ORDER: as `Marker.markRoots`.
  mutating func checkRoots() {
    reach(vm.pointee.mainFiber, .fiber, from: nil, as: "main fiber")
    reach(vm.pointee.fiber, .fiber, from: nil, as: "running fiber")
    reach(vm.pointee.registry, .table, from: nil, as: "registry")
    reach(vm.pointee.globals, .table, from: nil, as: "globals")
    reach(vm.pointee.loaded, .table, from: nil, as: "loaded")
    reach(vm.pointee.steppedPrototype, .prototype, from: nil, as: "stepped prototype")
    for index in 0..<Primitive.allCases.count {
      reach(vm.pointee.primitives[index], .native, from: nil, as: "primitive \(index)")
    }
    for index in 0..<12 {
      reach(vm.pointee.typeMetatables[index], .table, from: nil, as: "metatable of type \(index)")
    }
    for index in 0..<Metamethod.allCases.count {
      reach(vm.pointee.names[index], .string, from: nil, as: "name \(index)")
    }
    reach(vm.pointee.errorValue, from: nil, as: "error value")
    let heap = vm.pointee.heap
    for index in heap.pendingStart..<heap.pending.count {
      let object = heap.pending[index]
      reach(object, object.pointee.kind, from: nil, as: "object to be finalized")
    }
  }

  mutating func check(_ object: ObjectRef) {
    let memory = UnsafeMutableRawPointer(object)
    switch object.pointee.kind {
    case .string: check(string: memory.assumingMemoryBound(to: StringObject.self))
    case .table: check(table: memory.assumingMemoryBound(to: TableObject.self))
    case .closure: check(closure: memory.assumingMemoryBound(to: ClosureObject.self))
    case .native:
      let native = memory.assumingMemoryBound(to: NativeObject.self)
      for index in 0..<native.upvalueCount {
        reach(native.upvalues[index], from: object, as: "upvalue \(index)")
      }
    case .userdata: check(userdata: memory.assumingMemoryBound(to: UserdataObject.self))
    case .fiber: check(fiber: memory.assumingMemoryBound(to: FiberObject.self))
    case .prototype: check(prototype: memory.assumingMemoryBound(to: PrototypeObject.self))
    case .upvalue: check(upvalue: memory.assumingMemoryBound(to: UpvalueObject.self))
    case .stringBuffer:
      let buffer = memory.assumingMemoryBound(to: StringBufferObject.self)
      if buffer.pointee.used > buffer.pointee.capacity { report("string buffer: used > capacity") }
      own(object, buffer.pointee.capacity)
    default: report("an object of kind \(object.pointee.kind.raw)")
    }
  }

  /// Notes storage outside the blocks.
  mutating func own(_ object: ObjectRef, _ byteCount: Int) {
    ownedByteCount += byteCount
    if byteCount > 0 && !object.pointee.flags.contains(.ownsExternal) {
      report("\(name(object)): owns \(byteCount) bytes and is no owner")
    }
  }

  private mutating func check(string: StringRef) {
    let object = UnsafeMutableRawPointer(string).assumingMemoryBound(to: ObjectHeader.self)
    if string.isShort {
      if string.count > StringObject.shortByteCountMax { report("string: too long to be short") }
      let hash = UInt32(
        truncatingIfNeeded: vm.pointee.heap.hash.hash(string.bytes, count: string.count)
      )
      if hash != string.pointee.header.word { report("string: wrong hash") }
      var next = vm.pointee.heap.strings.bucket(of: hash).pointee
      while let other = next, other != string { next = other.nextInChain }
      if next == nil { report("string: a short string is not in the intern table") }
    } else if string.pointee.header.flags.contains(.sharedBytes) {
      let buffer = string.sharedBuffer
      // Marked late: `markBuffers`.
      let isEarly = isMarking || vm.pointee.heap.phase == .markBuffers
      reach(buffer, .stringBuffer, from: object, as: "buffer", isWeak: isEarly)
      if string.pointee.link != buffer.pointee.bytes || string.count > buffer.pointee.used {
        report("string: does not lie in its buffer")
      }
    } else if string.ownsBytes {
      own(object, string.count)
    }
  }

  private mutating func check(closure: ClosureRef) {
    let object = UnsafeMutableRawPointer(closure).assumingMemoryBound(to: ObjectHeader.self)
    reach(closure.pointee.prototype, .prototype, from: object, as: "prototype")
    for index in 0..<closure.upvalueCount {
      reach(closure.upvalues[index], .upvalue, from: object, as: "upvalue \(index)")
    }
  }

  private mutating func check(upvalue cell: UpvalueRef) {
    let object = UnsafeMutableRawPointer(cell).assumingMemoryBound(to: ObjectHeader.self)
    // An open one's variable is a register.
    reach(cell.pointee.location.pointee, from: object, as: "value", isWeak: cell.isOpen)
  }

  private mutating func check(userdata: UserdataRef) {
    let object = UnsafeMutableRawPointer(userdata).assumingMemoryBound(to: ObjectHeader.self)
    reach(userdata.pointee.metatable, .table, from: object, as: "metatable")
    if object.pointee.extra != 0 {
      check(kernelObject: object)
      return
    }
    for index in 0..<userdata.userValueCount {
      reach(userdata.userValues[index], from: object, as: "user value \(index)")
    }
  }

  private mutating func check(prototype: PrototypeRef) {
    let object = UnsafeMutableRawPointer(prototype).assumingMemoryBound(to: ObjectHeader.self)
    for index in 0..<Int(prototype.pointee.constantCount) {
      reach(prototype.pointee.constants[index], from: object, as: "constant \(index)")
    }
    for index in 0..<Int(prototype.pointee.functionCount) {
      reach(prototype.pointee.functions[index], .prototype, from: object, as: "function \(index)")
    }
    own(
      object,
      Int(prototype.pointee.codeCount) * (prototype.pointee.hookedCode == nil ? 8 : 16)
        + Int(prototype.pointee.constantCount) * 16 + Int(prototype.pointee.functionCount) * 8
        + Int(prototype.pointee.captureCount) * MemoryLayout<PrototypeObject.Capture>.stride
    )
  }

  private mutating func check(fiber: FiberRef) {
    let object = UnsafeMutableRawPointer(fiber).assumingMemoryBound(to: ObjectHeader.self)
    own(
      object,
      (fiber.pointee.isPacked
        ? 0 : fiber.pointee.stackCapacity * 16 + fiber.pointee.frameCapacity * 40)
        + fiber.pointee.pendingCloseCapacity * 8
        + (fiber.pointee.watch == nil ? 0 : MemoryLayout<FiberWatch>.stride)
    )
    let isRunning = fiber == vm.pointee.fiber
    let stack = fiber.pointee.stack
    let frame = isRunning ? vm.pointee.frame : fiber.pointee.frame
    let top = isRunning ? vm.liveTop() : fiber.pointee.top
    let depth = fiber.pointee.frames.distance(to: frame)
    if depth < 0 || depth >= max(fiber.pointee.frameCapacity, 1) {
      report("fiber: frame outside its records")
    }
    let live = stack.distance(to: top)
    if live < 0 || live > fiber.pointee.stackCapacity { report("fiber: top outside its stack") }
    for index in 0..<fiber.pointee.stackCapacity {
      reach(stack[index], from: object, as: "slot \(index)", isWeak: index >= live)
    }
    for index in stride(from: 1, through: depth, by: 1) {
      let record = fiber.pointee.frames[index]
      reach(
        record.function,
        record.isNative ? .native : .closure,
        from: object,
        as: "frame \(index)"
      )
      let base = stack.distance(to: record.base)
      if base < 0 || base > fiber.pointee.stackCapacity { report("fiber: frame outside the stack") }
    }
    reach(fiber.pointee.hook, from: object, as: "hook")
    reach(fiber.pointee.resumer, .fiber, from: object, as: "resumer")
    var cell = fiber.pointee.openUpvalues
    var bound = stack + fiber.pointee.stackCapacity
    while let open = cell {
      reach(open, .upvalue, from: object, as: "open upvalue")
      guard isTaken(UInt(bitPattern: open)) else { return }
      if open.pointee.location >= bound || open.pointee.location < stack {
        report("fiber: open upvalues are not in order")
      }
      bound = open.pointee.location
      cell = open.nextOpen
    }
  }
}
