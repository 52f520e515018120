// The mathematical library (manual §6.7). Every function here is a leaf that allocates nothing.

#if canImport(Glibc)
internal import NightjarBase
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// `math`.
enum MathLibrary {
  /// Its functions; see the other files of this folder.
  static var definitions: [NativeDefinition] {
    [
      .leaf("abs") { NativeCall.enter($0, $1, $2, $3, Self.absolute) },
      .leaf("acos") { NativeCall.enter($0, $1, $2, $3, Self.acosine) }.keepingNumbers,
      .leaf("asin") { NativeCall.enter($0, $1, $2, $3, Self.asine) }.keepingNumbers,
      .leaf("atan") { NativeCall.enter($0, $1, $2, $3, Self.atangent) }.keepingNumbers,
      .leaf("ceil") { NativeCall.enter($0, $1, $2, $3, Self.ceiling) },
      .leaf("cos") { NativeCall.enter($0, $1, $2, $3, Self.cosine) }.keepingNumbers,
      .leaf("deg") { NativeCall.enter($0, $1, $2, $3, Self.degrees) },
      .leaf("exp") { NativeCall.enter($0, $1, $2, $3, Self.exponential) }.keepingNumbers,
      .leaf("floor") { NativeCall.enter($0, $1, $2, $3, Self.floor) },
      .leaf("fmod") { NativeCall.enter($0, $1, $2, $3, Self.remainder) },
      .leaf("log") { NativeCall.enter($0, $1, $2, $3, Self.logarithm) },
      .leaf("max") { NativeCall.enter($0, $1, $2, $3, Self.maximum) },
      .leaf("min") { NativeCall.enter($0, $1, $2, $3, Self.minimum) },
      .leaf("modf") { NativeCall.enter($0, $1, $2, $3, Self.split) },
      .leaf("rad") { NativeCall.enter($0, $1, $2, $3, Self.radians) },
      .leaf("random") { NativeCall.enter($0, $1, $2, $3, Self.random) },
      .leaf("randomseed") { NativeCall.enter($0, $1, $2, $3, Self.seedRandom) },
      .leaf("sin") { NativeCall.enter($0, $1, $2, $3, Self.sine) }.keepingNumbers,
      .leaf("sqrt") { NativeCall.enter($0, $1, $2, $3, Self.squareRoot) }.keepingNumbers,
      .leaf("tan") { NativeCall.enter($0, $1, $2, $3, Self.tangent) }.keepingNumbers,
      .leaf("tointeger") { NativeCall.enter($0, $1, $2, $3, Self.toInteger) },
      .leaf("type") { NativeCall.enter($0, $1, $2, $3, Self.type) },
      .leaf("ult") { NativeCall.enter($0, $1, $2, $3, Self.unsignedLess) },
    ]
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Opens `math`.
  func openMath() throws(ScriptError) {
    let dialect = pointee.opening
    let library = try newLibrary(
      "math",
      MathLibrary.definitions + OlderMath.definitions,
      fieldCount: 4
    )
    if !dialect.hasIntegers {
      for definition in OlderMath.ofFloats {
        try rawSet(library, Value(string(definition.name)), Value(makeNative(definition)))
      }
    }
    if LibraryTable.offers("mod", of: "math", in: dialect) {
      // Another name of the same function.
      try rawSet(library, Value(string("mod")), rawGet(library, Value(string("fmod"))))
    }
    try rawSet(library, Value(string("pi")), Value(Double.pi))
    try rawSet(library, Value(string("huge")), Value(Double.infinity))
    if dialect.hasIntegers {
      try rawSet(library, Value(string("maxinteger")), Value(Int64.max))
      try rawSet(library, Value(string("mininteger")), Value(Int64.min))
    }
  }
}

// MARK: Functions of floats

extension MathLibrary {
  private static func sine(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(sin(try call.checkNumber(1))))
  }

  private static func cosine(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(cos(try call.checkNumber(1))))
  }

  private static func tangent(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(tan(try call.checkNumber(1))))
  }

  private static func asine(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(asin(try call.checkNumber(1))))
  }

  private static func acosine(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(acos(try call.checkNumber(1))))
  }

  private static func atangent(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let y = try call.checkNumber(1)
    let x = call.follows(.arcTangentTakesTwo) ? try call.optionalNumber(2, default: 1) : 1
    return call.returns(Value(atan2(y, x)))
  }

  private static func exponential(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(exp(try call.checkNumber(1))))
  }

  private static func squareRoot(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(try call.checkNumber(1).squareRoot()))
  }

  private static func degrees(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(try call.checkNumber(1) * (180 / Double.pi)))
  }

  private static func radians(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(try call.checkNumber(1) * (Double.pi / 180)))
  }

  private static func logarithm(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let x = try call.checkNumber(1)
    if call.argument(2).isNil || !call.follows(.logarithmHasBase) {
      return call.returns(Value(log(x)))
    }
    let base = try call.checkNumber(2)
    if base == 2 { return call.returns(Value(log2(x))) }
    if base == 10 { return call.returns(Value(log10(x))) }
    return call.returns(Value(log(x) / log(base)))
  }
}
