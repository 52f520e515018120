// What `%d`, `%x` and their relatives take for an integer where there are none.

internal import NightjarBase

extension StringLibrary {
  /// The argument of `%d`.
  @inline(__always)
  static func signedArgument(_ call: NativeCall, _ n: Int) throws(ScriptError) -> Int64 {
    if n <= call.count && call[n].isInteger { return call[n].integer }
    return try signedSlowly(call, n)
  }

  @inline(never)
  private static func signedSlowly(_ call: NativeCall, _ n: Int) throws(ScriptError) -> Int64 {
    if call.rules.hasIntegers || !call.follows(.formatChecksRange) {
      return try call.checkInteger(n)
    }
    let number = try call.checkNumber(n)
    guard let whole = Int64(exactly: number.rounded(.towardZero)) else {
      throw call.argumentError(n, "not a number in proper range")
    }
    return whole
  }

  /// The argument of `%x`, `%o` and `%u`, as the bits of an unsigned integer.
  @inline(__always)
  static func unsignedArgument(_ call: NativeCall, _ n: Int) throws(ScriptError) -> Int64 {
    if n <= call.count && call[n].isInteger, call[n].integer >= 0 { return call[n].integer }
    return try unsignedSlowly(call, n)
  }

  @inline(never)
  private static func unsignedSlowly(_ call: NativeCall, _ n: Int) throws(ScriptError) -> Int64 {
    if call.rules.hasIntegers { return try call.checkInteger(n) }
    let number = try call.checkNumber(n)
    let whole = UInt64(exactly: number.rounded(.towardZero))
    if let whole { return Int64(bitPattern: whole) }
    if call.follows(.formatChecksRange) {
      throw call.argumentError(n, "not a non-negative number in proper range")
    }
    // What is too great for any has no bits left, as the processor converts it.
    return number > 0 ? 0 : Int64(exactly: number.rounded(.towardZero)) ?? .min
  }
}
