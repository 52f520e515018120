// `bit32` of 5.2 (and 5.3 with its compatibility switch). SOURCE: Lua 5.2 manual §6.7.

internal import NightjarBase

/// `bit32`.
enum Bit32Library {
  static let definitions: [NativeDefinition] = [
    .leaf("band") { NativeCall.enter($0, $1, $2, $3, and) },
    .leaf("bor") { NativeCall.enter($0, $1, $2, $3, or) },
    .leaf("bxor") { NativeCall.enter($0, $1, $2, $3, exclusiveOr) },
    .leaf("btest") { NativeCall.enter($0, $1, $2, $3, test) },
    .leaf("bnot") { NativeCall.enter($0, $1, $2, $3, not) },
    .leaf("lshift") { NativeCall.enter($0, $1, $2, $3, shiftLeft) },
    .leaf("rshift") { NativeCall.enter($0, $1, $2, $3, shiftRight) },
    .leaf("arshift") { NativeCall.enter($0, $1, $2, $3, shiftArithmetically) },
    .leaf("lrotate") { NativeCall.enter($0, $1, $2, $3, rotateLeft) },
    .leaf("rrotate") { NativeCall.enter($0, $1, $2, $3, rotateRight) },
    .leaf("extract") { NativeCall.enter($0, $1, $2, $3, extract) },
    .leaf("replace") { NativeCall.enter($0, $1, $2, $3, replace) },
  ]

  /// An argument modulo 2^32.
  static func word(_ call: NativeCall, _ n: Int) throws(ScriptError) -> UInt32 {
    if call.rules.hasIntegers { return UInt32(truncatingIfNeeded: try call.checkInteger(n)) }
    let number = try call.checkNumber(n).rounded(.toNearestOrEven)
    guard number.isFinite else { return 0 }
    let reduced = number - (number / 0x1p32).rounded(.down) * 0x1p32
    return UInt32(exactly: reduced) ?? 0
  }

  private static func returns(_ call: NativeCall, _ word: UInt32) -> NativeOutcome {
    call.returns(Value(Int64(word)))
  }

  private static func intersection(_ call: NativeCall) throws(ScriptError) -> UInt32 {
    var result = UInt32.max
    if call.count > 0 { for n in 1...call.count { result &= try word(call, n) } }
    return result
  }

  private static func and(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    returns(call, try intersection(call))
  }

  private static func test(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(try intersection(call) != 0))
  }

  private static func or(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var result: UInt32 = 0
    if call.count > 0 { for n in 1...call.count { result |= try word(call, n) } }
    return returns(call, result)
  }

  private static func exclusiveOr(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var result: UInt32 = 0
    if call.count > 0 { for n in 1...call.count { result ^= try word(call, n) } }
    return returns(call, result)
  }

  private static func not(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    returns(call, ~(try word(call, 1)))
  }

  private static func shiftLeft(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try word(call, 1)
    return returns(call, value << (try call.checkInteger(2)))
  }

  private static func shiftRight(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try word(call, 1)
    return returns(call, value >> (try call.checkInteger(2)))
  }

  private static func shiftArithmetically(
    _ call: inout NativeCall
  ) throws(ScriptError) -> NativeOutcome {
    let value = try word(call, 1)
    let count = try call.checkInteger(2)
    if count < 0 { return returns(call, value >> count) }
    return returns(call, UInt32(bitPattern: Int32(bitPattern: value) >> count))
  }

  private static func rotateLeft(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try word(call, 1)
    return returns(call, rotated(value, left: try call.checkInteger(2)))
  }

  private static func rotateRight(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try word(call, 1)
    return returns(call, rotated(value, left: 0 &- (try call.checkInteger(2))))
  }

  static func rotated(_ value: UInt32, left count: Int64) -> UInt32 {
    let places = UInt32(truncatingIfNeeded: count & 31)
    return value << places | value >> ((32 - places) & 31)
  }

  /// The field that arguments `n` and `n + 1` describe.
  private static func field(
    _ call: NativeCall,
    _ n: Int
  ) throws(ScriptError) -> (offset: Int64, mask: UInt32) {
    let offset = try call.checkInteger(n)
    let width = try call.optionalInteger(n + 1, default: 1)
    if offset < 0 { throw call.argumentError(n, "field cannot be negative") }
    if width <= 0 { throw call.argumentError(n + 1, "width must be positive") }
    if offset > 32 || width > 32 || offset + width > 32 {
      throw call.raise("trying to access non-existent bits")
    }
    return (offset, ~(UInt32.max << width))
  }

  private static func extract(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try word(call, 1)
    let (offset, mask) = try field(call, 2)
    return returns(call, value >> offset & mask)
  }

  private static func replace(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try word(call, 1)
    let new = try word(call, 2)
    let (offset, mask) = try field(call, 3)
    return returns(call, value & ~(mask << offset) | (new & mask) << offset)
  }
}
