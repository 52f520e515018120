// `load` (manual §6.1): text through the machine's compiler, binary chunks through its decoder. A reader
// function is called piece by piece, so it may yield; the pieces gather in a table in slot 6.

internal import NightjarBase
internal import NightjarBytecode

/// Functions that load code.
enum Loading {
  // Slots: 1 chunk or reader, 2 name, 3 mode, 4 environment, 5 whether there is one, 6 pieces,
  // 7 their size, 8 the call.

  static func load(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    switch call.phase {
    case 0: return try begin(&call)
    case NativeCall.failedPhase:
      return call.returns(.nil, call[1])
    default:
      if call[8].isNumber { call[8] = Value(call.numberToString(call[8])) }
      let piece = call[8]
      let pieces = call[6].table
      let byteCount = Int(call[7].integer)
      if piece.isNil || piece.isString && piece.string.count == 0 {
        if byteCount > call.vm.chunkByteCountMax { throw call.raiseMemory() }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        for n in 0..<Int(pieces.pointee.arrayCount) {
          bytes += pieces.pointee.array[n].string.buffer
        }
        return try finish(&call, bytes)
      }
      guard piece.isString else {
        return call.returns(.nil, call.string("reader function must return a string"))
      }
      try call.vm.rawSet(pieces, integer: Int64(pieces.pointee.arrayCount) + 1, piece)
      call[7] = Value(byteCount + piece.string.count)
      if call[7].integer > max(Int64(call.vm.chunkByteCountMax), lineCountMax) {
        return try refuseEndless(call)
      }
    }
    call[8] = call[1]
    return .call(at: 8, 0, then: 1)
  }

  /// Lines that the reference can count.
  private static let lineCountMax = Int64(Int32.max)

  /// Pieces that are too much for a chunk, even if a reader gives the same one without end.
  private static func refuseEndless(_ call: NativeCall) throws(ScriptError) -> NativeOutcome {
    let pieces = call[6].table
    var lineCount: Int64 = 1
    for n in 0..<Int(pieces.pointee.arrayCount) {
      let text = pieces.pointee.array[n].string
      call.charge(text.count >> 3)
      for byte in text.buffer where byte == UInt8(ascii: "\n") { lineCount += 1 }
    }
    if lineCount < lineCountMax { throw call.raiseMemory() }
    let name = ChunkName.display(Array(call[2].string.buffer))
    let message = Array(":\(lineCountMax): chunk has too many lines".utf8)
    return call.returns(.nil, try call.string(name + message))
  }

  /// The first step: arguments are checked and put in place.
  private static func begin(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    // In 5.1 a chunk is a function's pieces, and there is neither mode nor environment.
    let takesMore = call.follows(.loadTakesMore)
    if !takesMore { try call.checkFunction(1) }
    return try loadText(&call, takesMore: takesMore)
  }

  /// `load`, of text or a reader; mode and environment may follow the name if it takes more.
  static func loadText(
    _ call: inout NativeCall,
    takesMore: Bool = false
  ) throws(ScriptError) -> NativeOutcome {
    var hasEnvironment = takesMore && call.count >= 4
    if call.follows(.loadIgnoresNil), call.argument(4).isNil { hasEnvironment = false }
    let chunk = call.argument(1)
    let mode = takesMore ? try optionalString(call, 3) : .nil
    if mode.isString, call.follows(.loadRefusesBuffers),
      mode.string.buffer.contains(UInt8(ascii: "B"))
    {
      throw call.argumentError(3, "invalid mode")
    }
    let name = try optionalString(call, 2)
    call[5] = Value(hasEnvironment)
    if !hasEnvironment { call[4] = .nil }
    call[3] = mode
    if chunk.isString {
      call[2] = name.isNil ? chunk : name
      // A text that will not be compiled is not copied for that.
      if let refusal = call.vm.refusal(ofChunk: chunk.string.count) {
        return call.returns(.nil, try call.string(refusal.message))
      }
      return try finish(&call, Array(chunk.string.buffer))
    }
    if chunk.isNumber {
      let text = try call.checkString(1)
      call[2] = name.isNil ? call[1] : name
      return try finish(&call, Array(text.buffer))
    }
    try call.checkFunction(1)
    call[2] = name.isNil ? call.string("=(load)") : name
    call[6] = try call.vm.newHiddenTable()
    try call.vm.protect()
    call[7] = Value(0)
    call[8] = call[1]
    return .call(at: 8, 0, then: 1)
  }

  private static func optionalString(_ call: NativeCall, _ n: Int) throws(ScriptError) -> Value {
    if call.argument(n).isNil { return .nil }
    _ = try call.checkString(n)
    return call[n]
  }

  /// A text without its first line, but for its end, if that begins with `#`.
  private static func withoutHashLine(_ source: [UInt8]) -> [UInt8] {
    guard source.first == UInt8(ascii: "#") else { return source }
    return Array(source[(source.firstIndex { $0 == 10 || $0 == 13 } ?? source.count)...])
  }

  private static func finish(
    _ call: inout NativeCall,
    _ source: [UInt8]
  ) throws(ScriptError) -> NativeOutcome {
    let mode = call[3].isString ? Array(call[3].string.buffer.prefix(16)) : nil
    let name = try call.copy(call[2].string)
    let source = call.follows(.loadSkipsHashLine) ? withoutHashLine(source) : source
    switch call.vm.compile(source, chunkName: name, mode: mode, dialect: call.dialect) {
    case .failure(let failure):
      return call.returns(.nil, try call.string(failure.message))
    case .success(let image):
      let environment =
        call[5].isFalsy
        ? call.ownEnvironment ?? Value(call.vm.threadGlobals(of: image.dialect)) : call[4]
      return call.returns(try call.vm.makeMain(image, environment: environment))
    }
  }
}
