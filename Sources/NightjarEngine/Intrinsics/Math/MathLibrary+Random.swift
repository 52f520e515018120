// `math.random`, number for number as the reference: the generator is the machine's own
// (NightjarBase/Randomness), so that runs with equal seeds are equal.

internal import NightjarBase

extension MathLibrary {
  static func random(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    // Bits are drawn before the arguments are looked at.
    let bits = call.vm.pointee.random.next()
    var low: Int64 = 1
    let high: Int64
    switch call.count {
    case 0: return call.returns(Value(Xoshiro256.float(from: bits)))
    case 1:
      high = try call.checkInteger(1)
      if high == 0, call.rules.hasAttributes { return call.returns(Value(Int64(bitPattern: bits))) }
    case 2:
      low = try call.checkInteger(1)
      high = try call.checkInteger(2)
    default: throw call.raise("wrong number of arguments")
    }
    if low > high {
      if call.follows(.randomTakesAnything) { return call.returns(Value(low)) }
      let blamed = call.follows(.randomBlamesUpper) ? call.count : 1
      throw call.argumentError(blamed, "interval is empty")
    }
    if !call.rules.hasAttributes, low < 0, high > Int64.max &+ low {
      throw call.argumentError(1, "interval too large")
    }
    let span = UInt64(bitPattern: high &- low)
    let offset = call.vm.pointee.random.project(bits, through: span)
    return call.returns(Value(Int64(bitPattern: offset &+ UInt64(bitPattern: low))))
  }

  static func seedRandom(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var low: Int64
    var high: Int64 = 0
    if call.count == 0 {
      // The machine's own randomness stands in for the clock: a script finds no time of day here.
      low = Int64(bitPattern: call.vm.pointee.random.next())
      high = Int64(bitPattern: call.vm.pointee.random.next())
    } else {
      let value = call.argument(1)
      if value.isInteger {
        low = value.integer
      } else {
        let number = try call.checkNumber(1)
        low = Int64(exactly: number) ?? Int64(bitPattern: number.bitPattern)
      }
      high = try call.optionalInteger(2, default: 0)
    }
    call.vm.pointee.random = Xoshiro256(UInt64(bitPattern: low), UInt64(bitPattern: high))
    return call.rules.hasAttributes ? call.returns(Value(low), Value(high)) : call.returns()
  }
}
