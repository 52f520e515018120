// Turning a compiled function into a machine's own copy: code whose inline caches can be written,
// constants as values.
//
// INVARIANT: the image was verified, or made by our own compiler.

internal import NightjarBase
internal import NightjarBytecode

/// The long strings of a chunk, which are one object where they are equal.
///
/// A table of its own: for the keys of a dictionary the runtime would look through all conformances of the
/// program, and three quarters of a megabyte of them would be resident with every chunk that has a long string.
private struct LongStrings {
  private struct Entry {
    let string: StringRef
    let hash: UInt64
  }

  private var entries: [Entry] = []
  /// By hash the number of an entry, from 1, in the first place that was free; a power of two of places, of which
  /// half are free at least.
  private var places: [UInt32] = []

  func find(_ bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> StringRef? {
    if places.isEmpty { return nil }
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let entry = entries[Int(places[place]) - 1]
      if entry.hash == hash, entry.string.buffer.elementsEqual(bytes) {
        return entry.string
      }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  mutating func add(_ string: StringRef, _ hash: UInt64) {
    entries.append(Entry(string: string, hash: hash))
    if entries.count * 2 <= places.count { return put(entries.count) }
    places = Array(repeating: 0, count: max(16, places.count * 2))
    for number in 1...entries.count { put(number) }
  }

  private mutating func put(_ number: Int) {
    var place = Int(truncatingIfNeeded: entries[number - 1].hash) & (places.count - 1)
    while places[place] != 0 { place = (place + 1) & (places.count - 1) }
    places[place] = UInt32(number)
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Links a function and its nested functions.
  ///
  /// - Throws: "not enough memory".
  func link(_ image: FunctionPrototype) throws(ScriptError) -> PrototypeRef {
    var strings = LongStrings()
    return try link(image, &strings)
  }

  /// Equal long strings of a chunk become one object, as in the reference.
  private func link(
    _ image: FunctionPrototype,
    _ strings: inout LongStrings
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
    _ strings: inout LongStrings
  ) throws(ScriptError) -> Value {
    switch constant {
    case .nil: return .nil
    case .boolean(let value): return Value(value)
    case .integer(let value): return Value(value)
    case .float(let value): return Value(value)
    case .string(let bytes):
      let made = bytes.withUnsafeBufferPointer { buffer -> StringRef? in
        guard let start = buffer.baseAddress else { return string("" as StaticString) }
        guard buffer.count > StringObject.shortByteCountMax else {
          return string(bytes: start, count: buffer.count)
        }
        let hash = pointee.heap.hash.hash(start, count: buffer.count)
        if let known = strings.find(buffer, hash) { return known }
        let made = string(bytes: start, count: buffer.count)
        if let made { strings.add(made, hash) }
        return made
      }
      guard let made else { throw raiseMemory() }
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
