// Turning a compiled function into a machine's own copy: code whose inline caches can be written,
// constants as values.
//
// INVARIANT: the image was verified, or made by our own compiler.

internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Links a function and its nested functions.
  ///
  /// - Throws: "not enough memory".
  func link(_ image: FunctionPrototype) throws(ScriptError) -> PrototypeRef {
    var strings: [[UInt8]: Value] = [:]
    return try link(image, &strings)
  }

  /// Equal long strings of a chunk become one object, as in the reference.
  private func link(
    _ image: FunctionPrototype,
    _ strings: inout [[UInt8]: Value]
  ) throws(ScriptError) -> PrototypeRef {
    // Everything is asked for at once, so that nothing is left behind when there is too little.
    let imageByteCount = image.ownByteCount
    let byteCount =
      image.code.count * 8 + image.constants.count * 16 + image.functions.count * 8
      + image.upvalues.count * 2 + imageByteCount
    guard pointee.heap.hasRoomOutside(for: byteCount), pointee.heap.hasRoomForCells,
      let code = external(image.code.count, UInt64.self),
      let constants = external(image.constants.count, Value.self),
      let functions = external(image.functions.count, PrototypeRef.self),
      let captures = external(image.upvalues.count, PrototypeObject.Capture.self)
    else { throw raiseMemory() }
    pointee.heap.countHostBytes(imageByteCount)
    let prototype = pointee.heap.allocate(MemoryLayout<PrototypeObject>.size)
      .assumingMemoryBound(to: PrototypeObject.self)
    for (position, word) in image.code.enumerated() { code[position] = word.bits }
    prototype.initialize(
      to: PrototypeObject(
        header: ObjectHeader(.prototype),
        code: code,
        constants: constants,
        functions: functions,
        captures: captures,
        hookedCode: nil,
        image: .passRetained(image),
        codeCount: UInt32(image.code.count),
        constantCount: 0,
        functionCount: 0,
        imageByteCount: UInt32(clamping: imageByteCount),
        captureCount: UInt8(image.upvalues.count),
        registerCount: image.registerCount,
        parameterCount: image.parameterCount,
        isVararg: image.isVararg,
        dialect: image.dialect,
        lastClosure: nil
      )
    )
    registerOwner(object: prototype)
    for (position, upvalue) in image.upvalues.enumerated() {
      captures[position] = PrototypeObject.Capture(
        isLocalOfParent: upvalue.isLocalOfParent,
        index: upvalue.index
      )
    }
    for (position, constant) in image.constants.enumerated() {
      constants[position] = try value(of: constant, &strings)
      prototype.pointee.constantCount += 1
      barrier(constants[position])
    }
    for (position, function) in image.functions.enumerated() {
      functions[position] = try link(function, &strings)
      prototype.pointee.functionCount += 1
      barrier(functions[position])
    }
    return prototype
  }

  private func external<Element>(
    _ count: Int,
    _ type: Element.Type
  ) -> UnsafeMutablePointer<Element>? {
    pointee.heap.allocateExternal(count * MemoryLayout<Element>.stride)?
      .assumingMemoryBound(to: Element.self)
  }

  private func value(
    of constant: Constant,
    _ strings: inout [[UInt8]: Value]
  ) throws(ScriptError) -> Value {
    switch constant {
    case .nil: return .nil
    case .boolean(let value): return Value(value)
    case .integer(let value): return Value(value)
    case .float(let value): return Value(value)
    case .string(let bytes):
      let isLong = bytes.count > StringObject.shortByteCountMax
      if isLong, let known = strings[bytes] { return known }
      let made = bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { string(bytes: $0, count: buffer.count) } ?? string("")
      }
      guard let made else { throw raiseMemory() }
      if isLong { strings[bytes] = Value(made) }
      return Value(made)
    }
  }

  /// The main closure of a chunk, its first upvalue set to `environment`.
  func makeMain(_ image: FunctionPrototype, environment: Value) throws(ScriptError) -> Value {
    pointee.heap.closeSharedBlock()
    let prototype = try link(image)
    let count = Int(prototype.pointee.captureCount)
    let closure = allocateClosure(prototype, upvalueCount: count)
    for position in 0..<count {
      closure.upvalues[position] = makeUpvalue(position == 0 ? environment : .nil)
    }
    return Value(closure)
  }
}
