// Mathematical functions that only some dialects have, and those that differ where there are no
// integers. SOURCE: Lua 5.1 manual §5.6.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// `math` before 5.4.
enum OlderMath {
  static let definitions: [NativeDefinition] = [
    .leaf("atan2") { NativeCall.enter($0, $1, $2, $3, atan2) },
    .leaf("cosh") { NativeCall.enter($0, $1, $2, $3, cosh) },
    .leaf("sinh") { NativeCall.enter($0, $1, $2, $3, sinh) },
    .leaf("tanh") { NativeCall.enter($0, $1, $2, $3, tanh) },
    .leaf("pow") { NativeCall.enter($0, $1, $2, $3, pow) },
    .leaf("log10") { NativeCall.enter($0, $1, $2, $3, log10) },
    .leaf("ldexp") { NativeCall.enter($0, $1, $2, $3, ldexp) },
    .leaf("frexp") { NativeCall.enter($0, $1, $2, $3, frexp) },
  ]

  /// What takes the place of functions that answer integers elsewhere.
  static let ofFloats: [NativeDefinition] = [
    .leaf("floor") { NativeCall.enter($0, $1, $2, $3, floor) }.keepingNumbers,
    .leaf("ceil") { NativeCall.enter($0, $1, $2, $3, ceiling) }.keepingNumbers,
    .leaf("fmod") { NativeCall.enter($0, $1, $2, $3, remainder) }.keepingNumbers,
  ]

  private static func atan2(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let y = try call.checkNumber(1)
    #if canImport(Glibc)
    return call.returns(Value(Glibc.atan2(y, try call.checkNumber(2))))
    #else
    return call.returns(Value(Darwin.atan2(y, try call.checkNumber(2))))
    #endif
  }

  private static func cosh(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let x = try call.checkNumber(1)
    return call.returns(Value((exp(x) + exp(-x)) / 2))
  }

  private static func sinh(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let x = try call.checkNumber(1)
    return call.returns(Value(expm1(x) / 2 - expm1(-x) / 2))
  }

  private static func tanh(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let x = try call.checkNumber(1)
    if x.magnitude > 20 { return call.returns(Value(x > 0 ? 1.0 : -1.0)) }
    let twice = expm1(2 * x)
    return call.returns(Value(twice / (twice + 2)))
  }

  private static func pow(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let x = Value(try call.checkNumber(1))
    let y = Value(try call.checkNumber(2))
    return call.returns(try call.vm.plainArithmetic(.pow, x, y) ?? .nil)
  }

  private static func log10(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let x = try call.checkNumber(1)
    #if canImport(Glibc)
    return call.returns(Value(Glibc.log10(x)))
    #else
    return call.returns(Value(Darwin.log10(x)))
    #endif
  }

  private static func ldexp(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let x = try call.checkNumber(1)
    let exponent = try call.checkInteger(2)
    return call.returns(Value(scalbn(x, Int32(clamping: exponent))))
  }

  private static func frexp(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let x = try call.checkNumber(1)
    if x == 0 || !x.isFinite { return call.returns(Value(x), Value(0)) }
    let exponent = Int(x.exponent) + 1
    return call.returns(Value(scalbn(x, Int32(clamping: -exponent))), Value(exponent))
  }

  private static func floor(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(try call.checkNumber(1).rounded(.down)))
  }

  private static func ceiling(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(try call.checkNumber(1).rounded(.up)))
  }

  private static func remainder(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let x = try call.checkNumber(1)
    return call.returns(Value(fmod(x, try call.checkNumber(2))))
  }
}
