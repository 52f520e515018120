// Lengths, slices and single bytes of strings. Positions count from 1, negative ones from the end.

internal import NightjarBase

/// What the libraries do with relative positions (manual §6.4).
enum Position {
  /// The first byte of a range, at least 1.
  @inline(__always) static func start(_ position: Int64, _ count: Int) -> Int {
    if position > 0 { return Int(position) }
    if position == 0 { return 1 }
    return position < 0 &- Int64(count) ? 1 : count &+ Int(position) &+ 1
  }

  /// The last byte of a range, at most `count` and at least 0.
  @inline(__always) static func end(_ position: Int64, _ count: Int) -> Int {
    if position > Int64(count) { return count }
    if position >= 0 { return Int(position) }
    return position < 0 &- Int64(count) ? 0 : count &+ Int(position) &+ 1
  }
}

extension StringLibrary {
  @inline(__always)
  static func length(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(try call.checkString(1).count))
  }

  /// `string.sub`.
  @inline(__always)
  static func slice(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let string = try call.checkString(1)
    let count = string.count
    let start = Position.start(try call.checkInteger(2), count)
    let end = Position.end(try call.optionalInteger(3, default: -1), count)
    if start > end { return call.returns(try call.string(string.bytes, 0)) }
    let length = end &- start &+ 1
    if length == count { return call.returns(Value(string)) }
    call.charge(length &>> 3)
    return call.returns(try call.string(string.bytes + (start &- 1), length))
  }

  @inline(__always)
  static func byte(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let string = try call.checkString(1)
    let count = string.count
    let first = try call.optionalInteger(2, default: 1)
    let start = Position.start(first, count)
    if call.count < 3 {
      // One byte; position 0 and positions before the string name none.
      if first < 0 &- Int64(count) || first == 0 || start > count { return call.returns() }
      return call.returns(Value(Int64(string.bytes[start &- 1])))
    }
    let end = Position.end(try call.optionalInteger(3, default: first), count)
    if start > end { return call.returns() }
    return try bytes(&call, string, start, end)
  }

  @inline(never)
  private static func bytes(
    _ call: inout NativeCall,
    _ string: StringRef,
    _ start: Int,
    _ end: Int
  ) throws(ScriptError) -> NativeOutcome {
    let count = end - start + 1
    if count > call.vm.pointee.limits.stackSlotCount { throw call.raise("string slice too long") }
    call.charge(count)
    try call.reserve(count, after: 0)
    let bytes = string.bytes + (start - 1)
    for index in 0..<count { call[index] = Value(Int64(bytes[index])) }
    return .results(count)
  }

  static func char(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let count = call.count
    let arguments = call
    return call.returns(
      try call.gather { (text: inout TextBuffer) throws(ScriptError) -> Value in
        let bytes = try text.room(for: count)
        var index = 0
        while index < count {
          let code = try arguments.checkInteger(index &+ 1)
          guard UInt64(bitPattern: code) <= 255 else {
            let isInvalid = arguments.follows(.charSaysInvalid)
            throw arguments.argumentError(
              index + 1,
              isInvalid ? "invalid value" : "value out of range"
            )
          }
          bytes[index] = UInt8(truncatingIfNeeded: code)
          index &+= 1
        }
        text.commit(count)
        return Value(try text.string())
      }
    )
  }
}
