// Changed copies of whole strings: repetition, case, reversal. Sizes are checked and charged before
// the first byte is written.

internal import NightjarBase

extension StringLibrary {
  /// `string.rep`.
  static func repetition(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let string = try call.checkString(1)
    let times = try call.checkInteger(2)
    let takesSeparator = !call.argument(3).isNil && call.follows(.repeatsWithSeparator)
    let separator = takesSeparator ? try call.checkString(3) : nil
    let separatorCount = separator?.count ?? 0
    if times <= 0 { return call.returns(try call.string(string.bytes, 0)) }
    let unit = string.count + separatorCount
    if unit == 0 { return call.returns(Value(string)) }
    let limit = Int64(call.vm.pointee.limits.stringByteCount)
    // The first test keeps the product from overflowing.
    if times > limit || Int64(unit) * times > limit {
      throw call.raise("resulting string too large")
    }
    if times == 1 { return call.returns(Value(string)) }
    let total = unit * Int(times) - separatorCount
    return call.returns(
      try call.string(byteCount: total) { target in
        if unit == 1 && separatorCount == 0 {
          target.update(repeating: string.bytes[0], count: total)
          return
        }
        target.update(from: string.bytes, count: string.count)
        if let separator {
          (target + string.count).update(from: separator.bytes, count: separatorCount)
        }
        // What is written doubles: few large copies in place of many small ones.
        var written = unit
        while written < total {
          let next = Swift.min(written, total - written)
          (target + written).update(from: target, count: next)
          written += next
        }
      }
    )
  }

  static func reverse(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let string = try call.checkString(1)
    let count = string.count
    let source = string.bytes
    return call.returns(
      try call.string(byteCount: count) { target in
        var index = 0
        while index < count {
          target[count &- 1 &- index] = source[index]
          index &+= 1
        }
      }
    )
  }

  static func lower(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try changingCase(call, from: UInt8(ascii: "A"))
  }

  static func upper(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try changingCase(call, from: UInt8(ascii: "a"))
  }

  /// Flips the case bit of the 26 letters from `first` on.
  @inline(__always)
  private static func changingCase(
    _ call: NativeCall,
    from first: UInt8
  ) throws(ScriptError) -> NativeOutcome {
    let string = try call.checkString(1)
    let count = string.count
    let source = string.bytes
    return call.returns(
      try call.string(byteCount: count) { target in
        var index = 0
        while index < count {
          let byte = source[index]
          target[index] = byte ^ (byte &- first < 26 ? 0x20 : 0)
          index &+= 1
        }
      }
    )
  }
}
