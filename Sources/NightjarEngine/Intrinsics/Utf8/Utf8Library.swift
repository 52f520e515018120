// The UTF-8 library (manual §6.5): leaves over bytes.

internal import NightjarBase

/// `utf8`.
enum Utf8Library {
  /// Its functions; `codes` is added when the library is opened, with its iterators as upvalues.
  static var definitions: [NativeDefinition] {
    [
      .leaf("char") { NativeCall.enter($0, $1, $2, $3, Self.char) },
      .leaf("codepoint") { NativeCall.enter($0, $1, $2, $3, Self.codepoint) },
      .leaf("len") { NativeCall.enter($0, $1, $2, $3, Self.length) },
      .leaf("offset") { NativeCall.enter($0, $1, $2, $3, Self.offset) },
    ]
  }

  static var codesDefinition: NativeDefinition {
    .leaf("codes") { NativeCall.enter($0, $1, $2, $3, Self.codes) }
  }
  static var strictIterator: NativeDefinition {
    .leaf("for iterator") { NativeCall.enter($0, $1, $2, $3, Self.nextStrict) }
  }
  static var laxIterator: NativeDefinition {
    .leaf("for iterator") { NativeCall.enter($0, $1, $2, $3, Self.nextLax) }
  }

  fileprivate static var invalidMessage: String { "invalid UTF-8 code" }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Opens `utf8`.
  func openUtf8() throws(ScriptError) {
    let library = try newLibrary("utf8", Utf8Library.definitions, fieldCount: 1)
    let iterators = [
      Value(makeNative(Utf8Library.strictIterator)), Value(makeNative(Utf8Library.laxIterator)),
    ]
    let codes = makeNative(Utf8Library.codesDefinition, upvalues: iterators)
    try rawSet(library, Value(string("codes")), Value(codes))
    // One sequence: "[\0-\x7F\xC2-\xFD][\x80-\xBF]*".
    let pattern: InlineArray<14, UInt8> = [
      0x5B, 0x00, 0x2D, 0x7F, 0xC2, 0x2D, 0xFD, 0x5D, 0x5B, 0x80, 0x2D, 0xBF, 0x5D, 0x2A,
    ]
    let text = pattern.span.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { string(bytes: $0, count: buffer.count) }
    }
    guard let text else { throw raiseMemory() }
    try rawSet(library, Value(string("charpattern")), Value(text))
  }
}

extension Utf8Library {
  /// A position as the library reads it: negative ones count from the end.
  private static func position(_ position: Int64, _ count: Int) -> Int64 {
    if position >= 0 { return position }
    return position < -Int64(count) ? 0 : Int64(count) + position + 1
  }

  /// How messages say that a position is none of the string's; 5.3 has other words.
  private static func outside(_ call: NativeCall) -> String {
    call.follows(.codePointsAreUnicode) ? "out of range" : "out of bounds"
  }

  /// 5.3 knows no code points beyond Unicode's.
  private static func codeMax(_ call: NativeCall) -> UInt32 {
    call.follows(.codePointsAreUnicode) ? 0x10_FFFF : Utf8Sequence.codeMax
  }

  private static func beyond(_ call: NativeCall) -> String {
    call.follows(.rangeSaysString) ? "out of string" : "out of bounds"
  }

  private static func char(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let arguments = call
    return call.returns(
      try call.gather { (text: inout TextBuffer) throws(ScriptError) -> Value in
        var n = 1
        while n <= arguments.count {
          let code = try arguments.checkInteger(n)
          guard let code = UInt32(exactly: code), code <= codeMax(call) else {
            throw arguments.argumentError(n, "value out of range")
          }
          text.commit(Utf8Sequence.write(code, to: try text.room(for: 6)))
          n &+= 1
        }
        return Value(try text.string())
      }
    )
  }

  private static func codepoint(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let string = try call.checkString(1)
    let count = string.count
    let start = position(try call.optionalInteger(2, default: 1), count)
    let end = position(try call.optionalInteger(3, default: start), count)
    let takesSurrogates = call.follows(.surrogatesAreCodes)
    let isStrict = call.argument(4).isFalsy || takesSurrogates
    if start < 1 { throw call.argumentError(2, outside(call)) }
    if end > Int64(count) { throw call.argumentError(3, outside(call)) }
    if start > end { return call.returns() }
    let most = Int(end - start) + 1
    if most > call.vm.pointee.limits.stackSlotCount { throw call.raise("string slice too long") }
    call.charge(most)
    try call.reserve(most, after: 4)
    let bytes = UnsafePointer(string.bytes)
    var offset = Int(start) - 1
    var resultCount = 0
    while offset < Int(end) {
      guard
        let sequence = Utf8Sequence(
          bytes,
          count,
          at: offset,
          isStrict: isStrict,
          takesSurrogates: takesSurrogates
        )
      else {
        throw call.raise(invalidMessage)
      }
      call[4 + resultCount] = Value(Int64(sequence.code))
      resultCount += 1
      offset += sequence.byteCount
    }
    return .results(resultCount, from: 4)
  }

  private static func length(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let string = try call.checkString(1)
    let count = string.count
    let start = position(try call.optionalInteger(2, default: 1), count)
    let end = position(try call.optionalInteger(3, default: -1), count)
    let takesSurrogates = call.follows(.surrogatesAreCodes)
    let isStrict = call.argument(4).isFalsy || takesSurrogates
    if start < 1 || start > Int64(count) + 1 {
      throw call.argumentError(2, "initial position \(beyond(call))")
    }
    if end > Int64(count) { throw call.argumentError(3, "final position \(beyond(call))") }
    call.charge(count >> 3)
    let bytes = UnsafePointer(string.bytes)
    var offset = Int(start) - 1
    var characterCount = 0
    while offset < Int(end) {
      guard
        let sequence = Utf8Sequence(
          bytes,
          count,
          at: offset,
          isStrict: isStrict,
          takesSurrogates: takesSurrogates
        )
      else {
        return call.returns(.nil, Value(offset + 1))
      }
      offset &+= sequence.byteCount
      characterCount &+= 1
    }
    return call.returns(Value(characterCount))
  }

  private static func offset(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let string = try call.checkString(1)
    let count = string.count
    var n = try call.checkInteger(2)
    let first = n >= 0 ? 1 : Int64(count) + 1
    let start = position(try call.optionalInteger(3, default: first), count)
    if start < 1 || start > Int64(count) + 1 {
      throw call.argumentError(3, "position \(outside(call))")
    }
    call.charge(count >> 3)
    let bytes = string.bytes
    func isContinuation(_ offset: Int) -> Bool {
      offset < count && Utf8Sequence.isContinuation(bytes[offset])
    }
    var offset = Int(start) - 1
    let arguments = call
    /// Where the character is: in 5.5 its first and its last byte.
    func place() throws(ScriptError) -> NativeOutcome {
      if !arguments.follows(.offsetTellsEnd) { return arguments.returns(Value(offset + 1)) }
      var last = offset
      if offset < count && bytes[offset] & 0x80 != 0 {
        if isContinuation(offset) {
          throw arguments.raise("initial position is a continuation byte")
        }
        while isContinuation(last + 1) { last += 1 }
      }
      return arguments.returns(Value(offset + 1), Value(last + 1))
    }
    if n == 0 {
      while offset > 0 && isContinuation(offset) { offset -= 1 }
      return try place()
    }
    if isContinuation(offset) { throw call.raise("initial position is a continuation byte") }
    if n < 0 {
      while n < 0 && offset > 0 {
        repeat { offset -= 1 } while offset > 0 && isContinuation(offset)
        n += 1
      }
    } else {
      n -= 1
      while n > 0 && offset < count {
        repeat { offset += 1 } while isContinuation(offset)
        n -= 1
      }
    }
    return n == 0 ? try place() : call.returns(.nil)
  }

  // MARK: Iteration

  private static func codes(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let string = try call.checkString(1)
    if string.count > 0 && Utf8Sequence.isContinuation(string.bytes[0]) {
      throw call.argumentError(1, invalidMessage)
    }
    let iterator = call[0].native.upvalues[call.argument(2).isFalsy ? 0 : 1]
    return call.returns(iterator, Value(string), Value(0))
  }

  private static func nextStrict(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try next(call, isStrict: true)
  }

  private static func nextLax(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try next(call, isStrict: false)
  }

  @inline(__always)
  private static func next(
    _ call: NativeCall,
    isStrict: Bool
  ) throws(ScriptError) -> NativeOutcome {
    let string = try call.checkString(1)
    let count = string.count
    let bytes = UnsafePointer(string.bytes)
    // The control value is the position of the last character: its offset is one less.
    let last = call.vm.toInteger(call.argument(2)) ?? 0
    guard last >= 0, last < Int64(count) else { return call.returns() }
    var offset = Int(last)
    while offset < count && Utf8Sequence.isContinuation(bytes[offset]) { offset &+= 1 }
    if offset >= count { return call.returns() }
    let takesSurrogates = call.follows(.surrogatesAreCodes)
    guard
      let sequence = Utf8Sequence(
        bytes,
        count,
        at: offset,
        isStrict: isStrict,
        takesSurrogates: takesSurrogates
      )
    else {
      throw call.raise(invalidMessage)
    }
    let following = offset &+ sequence.byteCount
    if following < count && Utf8Sequence.isContinuation(bytes[following]) {
      throw call.raise(invalidMessage)
    }
    return call.returns(Value(offset &+ 1), Value(Int64(sequence.code)))
  }
}
