// Functions of `math` that know integers from floats: rounding, remainders, comparison, subtypes.

internal import NightjarBase

extension MathLibrary {
  static func absolute(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = call.argument(1)
    if value.isInteger {
      let integer = value.integer
      // The smallest integer wraps to itself, as arithmetic does.
      return call.returns(Value(integer < 0 ? 0 &- integer : integer))
    }
    return call.returns(Value(try call.checkNumber(1).magnitude))
  }

  static func floor(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = call.argument(1)
    if value.isInteger { return call.returns(value) }
    return call.returns(integral(try call.checkNumber(1).rounded(.down)))
  }

  static func ceiling(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = call.argument(1)
    if value.isInteger { return call.returns(value) }
    return call.returns(integral(try call.checkNumber(1).rounded(.up)))
  }

  /// A float without a fraction as an integer, if it fits.
  @inline(__always) private static func integral(_ value: Double) -> Value {
    // The bounds are exact: -2^63 ≤ value < 2^63; not-a-number fails both.
    if value >= -0x1p63 && value < 0x1p63 { return Value(Int64(value)) }
    return Value(value)
  }

  static func remainder(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let left = call.argument(1)
    let right = call.argument(2)
    if left.isInteger && right.isInteger {
      switch right.integer {
      case 0: throw call.argumentError(2, "zero")
      case -1: return call.returns(Value(Int64(0)))
      default: return call.returns(Value(left.integer % right.integer))
      }
    }
    // The reference looks at the second argument first.
    let divisor = try call.checkNumber(2)
    return call.returns(
      Value(try call.checkNumber(1).truncatingRemainder(dividingBy: divisor))
    )
  }

  /// `math.modf`.
  static func split(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = call.argument(1)
    if value.isInteger { return call.returns(value, Value(0.0)) }
    let number = try call.checkNumber(1)
    let whole = number.rounded(.towardZero)
    return call.returns(integral(whole), Value(whole == number ? 0.0 : number - whole))
  }

  static func maximum(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try extreme(call, isMaximum: true)
  }

  static func minimum(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try extreme(call, isMaximum: false)
  }

  @inline(__always)
  private static func extreme(
    _ call: NativeCall,
    isMaximum: Bool
  ) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return extremeByComparison(call, isMaximum: isMaximum) }
    if call.follows(.maximumWantsNumbers) {
      for n in 1...Swift.max(call.count, 1) { _ = try call.checkNumber(n) }
      // Strings that read as numbers become some.
      for n in 1...call.count where call[n].isString { call[n] = Value(try call.checkNumber(n)) }
    }
    if call.count == 0 { throw call.argumentError(1, "value expected") }
    var best = call[1]
    guard best.isNumber else { return extremeByComparison(call, isMaximum: isMaximum) }
    var position = 2
    while position <= call.count {
      let next = call[position]
      guard next.isNumber else { return extremeByComparison(call, isMaximum: isMaximum) }
      if isMaximum ? next.isGreater(than: best) : best.isGreater(than: next) { best = next }
      position &+= 1
    }
    return call.returns(best)
  }

  /// Finds an extreme among any values, by the order the language gives them.
  ///
  /// The first argument moves behind the others and slot 1 holds the state: how many arguments there
  /// are, in which slot the best stands and which comes next.
  private static func extremeByComparison(
    _ call: NativeCall,
    isMaximum: Bool
  ) -> NativeOutcome {
    var count = call.count
    var best = count + 1
    var next = 2
    if call.phase == 0 {
      call[best] = call[1]
    } else {
      let state = Int(call[1].integer)
      count = state >> 40
      best = state >> 20 & 0xF_FFFF
      next = state & 0xF_FFFF
      if !call[count + 2].isFalsy { best = next }
      next += 1
    }
    while next <= count {
      call[1] = Value(count << 40 | best << 20 | next)
      let left = call[isMaximum ? best : next]
      let right = call[isMaximum ? next : best]
      if let wait = call.lessThan(left, right, into: count + 2, then: 1) { return wait }
      if !call[count + 2].isFalsy { best = next }
      next += 1
    }
    return call.returns(call[best])
  }

  static func unsignedLess(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let left = UInt64(bitPattern: try call.checkInteger(1))
    let right = UInt64(bitPattern: try call.checkInteger(2))
    return call.returns(Value(left < right))
  }

  static func toInteger(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = call.argument(1)
    if value.isInteger { return call.returns(value) }
    if let integer = call.vm.toInteger(value) { return call.returns(Value(integer)) }
    try call.checkAny(1)
    return call.returns(.nil)
  }

  static func type(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = call.argument(1)
    if value.isInteger { return call.returns(call.string("integer")) }
    if value.isFloat { return call.returns(call.string("float")) }
    try call.checkAny(1)
    return call.returns(.nil)
  }
}

extension Value {
  /// Whether one number is greater than another, exactly even between integers and floats.
  @inline(__always) fileprivate func isGreater(than other: Value) -> Bool {
    if isInteger && other.isInteger { return integer > other.integer }
    if isFloat && other.isFloat { return float > other.float }
    return isGreaterMixed(than: other)
  }

  @inline(never) private func isGreaterMixed(than other: Value) -> Bool {
    if isInteger { return Value.compare(integer, isGreaterThan: other.float) }
    // A float is greater when the integer is neither greater nor equal.
    let exact = Int64(exactly: float)
    if let exact { return exact > other.integer }
    if float.isNaN { return false }
    return !Value.compare(other.integer, isGreaterThan: float)
  }

  private static func compare(_ integer: Int64, isGreaterThan float: Double) -> Bool {
    if float.isNaN || float >= 0x1p63 { return false }
    if float < -0x1p63 { return true }
    // integer > float exactly when integer > floor(float).
    return integer > Int64(float.rounded(.down))
  }
}
