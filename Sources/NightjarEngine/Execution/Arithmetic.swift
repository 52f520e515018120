// Arithmetic beyond the loop's fast paths: mixed numbers, conversions, metamethods, errors.
// SOURCE: manual §3.4.1–§3.4.3, §2.4.

internal import NightjarBase
internal import NightjarBytecode

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension UnsafeMutablePointer where Pointee == MachineState {
  // MARK: Conversions

  /// A value as a float: numbers and strings that spell one.
  func toNumber(_ value: Value) -> Double? {
    switch value.tag {
    case .float: return value.float
    case .integer: return Double(value.integer)
    case .string:
      chargeParsing(value.string)
      switch Numeral.parse(value.string.buffer) {
      case .integer(let integer): return Double(integer)
      case .float(let float): return float
      case nil: return nil
      }
    default: return nil
    }
  }

  /// A string as the number it spells.
  func parseNumber(_ string: StringRef) -> Value? {
    chargeParsing(string)
    switch Numeral.parse(string.buffer) {
    case .integer(let integer): return Value(integer)
    case .float(let float): return Value(float)
    case nil: return nil
    }
  }

  /// Charges for reading a numeral.
  func chargeParsing(_ string: StringRef) { pointee.fuel &-= Int64(string.count &>> 2) }

  /// A value as an integer: integers, floats with an integral value, strings that spell such.
  func toInteger(_ value: Value) -> Int64? {
    switch value.tag {
    case .integer: return value.integer
    case .float: return Int64(exactly: value.float)
    case .string: return parseNumber(value.string).flatMap { toInteger($0) }
    default: return nil
    }
  }

  // MARK: Operations

  /// The result of an arithmetic event on two numbers; nil when it has none without metamethods.
  ///
  /// - Throws: division of an integer by zero.
  func plainArithmetic(_ event: Metamethod, _ x: Value, _ y: Value) throws(ScriptError) -> Value? {
    if event.rawValue >= Metamethod.band.rawValue && event.rawValue <= Metamethod.bnot.rawValue {
      guard x.isNumber, y.isNumber, let left = toInteger(x), let right = toInteger(y) else {
        return nil
      }
      switch event {
      case .band: return Value(left & right)
      case .bor: return Value(left | right)
      case .bxor: return Value(left ^ right)
      case .shl: return Value(shiftLeft(left, right))
      case .shr: return Value(shiftRight(left, right))
      default: return Value(~left)
      }
    }
    if x.isInteger && y.isInteger && event != .div && event != .pow {
      return try integerArithmetic(event, x.integer, y.integer)
    }
    guard x.isNumber, y.isNumber else { return nil }
    let left = x.isFloat ? x.float : Double(x.integer)
    let right = y.isFloat ? y.float : Double(y.integer)
    switch event {
    case .add: return Value(left + right)
    case .sub: return Value(left - right)
    case .mul: return Value(left * right)
    case .div: return Value(left / right)
    case .mod: return Value(Self.floatModulo(left, right))
    case .pow: return Value(right == 2 ? left * left : pow(left, right))
    case .idiv: return Value((left / right).rounded(.down))
    default: return Value(-left)
    }
  }

  /// The same in the dialects whose operations convert strings themselves.
  @inline(never)
  private func convertingArithmetic(
    _ event: Metamethod,
    _ x: Value,
    _ y: Value,
    _ dialect: LuaDialect
  ) throws(ScriptError) -> Value? {
    guard let left = x.isString ? number(in: x.string, dialect) : x,
      let right = y.isString ? number(in: y.string, dialect) : y,
      left.isNumber, right.isNumber
    else { return nil }
    let isBitwise =
      event.rawValue >= Metamethod.band.rawValue && event.rawValue <= Metamethod.bnot.rawValue
    if isBitwise || (dialect.hasIntegers && !x.isString && !y.isString) {
      return try plainArithmetic(event, left, right)
    }
    let first = left.isFloat ? left.float : Double(left.integer)
    let second = right.isFloat ? right.float : Double(right.integer)
    if event == .mod && dialect.rules.modulo == .floor {
      return Value(flooredModulo(first, second))
    }
    return try plainArithmetic(event, Value(first), Value(second))
  }

  /// A string as the number it spells in a dialect.
  func number(in string: StringRef, _ dialect: LuaDialect) -> Value? {
    if dialect.hasIntegers { return parseNumber(string) }
    chargeParsing(string)
    return Numeral.parseFloat(string.buffer).map { Value($0) }
      ?? (dialect.namesSpecialFloats ? specialFloat(string) : nil)
  }

  /// "inf" and "nan", which the C library of 5.1 reads.
  private func specialFloat(_ string: StringRef) -> Value? {
    func isSpace(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
    }
    let bytes = string.buffer
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) }), last - first < 16
    else { return nil }
    var text = String(decoding: bytes[first...last], as: UTF8.self).lowercased()[...]
    let isNegative = text.first == "-"
    if text.first == "-" || text.first == "+" { text = text.dropFirst() }
    let value: Double
    switch text {
    case "inf", "infinity": value = .infinity
    case "nan": value = .nan
    default: return nil
    }
    return Value(isNegative ? -value : value)
  }

  private func integerArithmetic(
    _ event: Metamethod,
    _ left: Int64,
    _ right: Int64
  ) throws(ScriptError) -> Value {
    switch event {
    case .add: return Value(left &+ right)
    case .sub: return Value(left &- right)
    case .mul: return Value(left &* right)
    case .unm: return Value(0 &- left)
    case .mod:
      if right == 0 { throw raise("attempt to perform 'n%0'") }
      if right == -1 { return Value(Int64(0)) }
      let remainder = left % right
      return Value(remainder != 0 && (remainder ^ right) < 0 ? remainder &+ right : remainder)
    default:
      if right == 0 { throw raise("attempt to divide by zero") }
      if right == -1 { return Value(0 &- left) }
      let quotient = left / right
      return Value(quotient &* right != left && (left ^ right) < 0 ? quotient &- 1 : quotient)
    }
  }

  /// `a % b` for floats, rounded towards minus infinity.
  static func floatModulo(_ left: Double, _ right: Double) -> Double {
    let remainder = fmod(left, right)
    if remainder != 0 && (remainder < 0) != (right < 0) { return remainder + right }
    return remainder
  }

  /// Performs an arithmetic instruction whose operands the loop did not take.
  ///
  /// - Returns: whether the frame is still on top and unmoved.
  @inline(never)
  func arithmetic(_ event: Metamethod, _ destination: Slots, _ x: Slots, _ y: Slots) -> Bool {
    mixedArithmetic(event, destination, x.pointee, y.pointee)
      || arithmetic(event, destination, x.pointee, y.pointee, flipped: false)
  }

  /// The same with a constant operand.
  @inline(never)
  func arithmeticK(
    _ event: Metamethod,
    _ destination: Slots,
    _ x: Slots,
    _ y: Slots,
    _ word: Word
  ) -> Bool {
    mixedArithmetic(event, destination, x.pointee, y.pointee)
      || arithmetic(event, destination, x.pointee, y.pointee, flipped: word.c & 1 != 0)
  }

  /// The four basic operations on an integer and a float, which the loop leaves out of its line.
  ///
  /// - Returns: false, with nothing done, for all else.
  @inline(__always)
  private func mixedArithmetic(
    _ event: Metamethod,
    _ destination: Slots,
    _ x: Value,
    _ y: Value
  ) -> Bool {
    let left: Double
    let right: Double
    if x.tag == .integer && y.tag == .float {
      left = Double(x.integer)
      right = y.float
    } else if x.tag == .float && y.tag == .integer {
      left = x.float
      right = Double(y.integer)
    } else {
      return false
    }
    switch event {
    case .add: destination.pointee = Value(left + right)
    case .sub: destination.pointee = Value(left - right)
    case .mul: destination.pointee = Value(left * right)
    case .div: destination.pointee = Value(left / right)
    default: return false
    }
    return true
  }

  /// The same for an immediate addend.
  @inline(never) func addImmediate(_ destination: Slots, _ x: Slots, _ word: Word) -> Bool {
    if word.c & 2 != 0 {
      return arithmetic(.sub, destination, x.pointee, Value(-Int64(word.d)), flipped: false)
    }
    return arithmetic(
      .add,
      destination,
      x.pointee,
      Value(Int64(word.d)),
      flipped: word.c & 1 != 0
    )
  }

  private func arithmetic(
    _ event: Metamethod,
    _ destination: Slots,
    _ x: Value,
    _ y: Value,
    flipped: Bool
  ) -> Bool {
    let dialect = prototype(of: pointee.frame).pointee.dialect
    do throws(ScriptError) {
      let result =
        dialect.convertsStrings
        ? try convertingArithmetic(event, x, y, dialect) : try plainArithmetic(event, x, y)
      if let result {
        destination.pointee = result
        return true
      }
    } catch {
      drive(.raise)
      return false
    }
    let left = flipped ? y : x
    let right = flipped ? x : y
    if let handler = metamethod(of: left, event) ?? metamethod(of: right, event) {
      return callMetamethod(handler, left, right)
    }
    _ = raiseArithmeticError(event, left, right)
    drive(.raise)
    return false
  }

  /// `-x` and the like as an action for natives; see the `arithmetic` primitive.
  func raiseArithmeticError(_ event: Metamethod, _ left: Value, _ right: Value) -> ScriptError {
    switch event {
    case .band, .bor, .bxor, .shl, .shr, .bnot:
      let converts = runningDialect.convertsStrings
      if converts
        ? toNumber(left) != nil && toNumber(right) != nil : left.isNumber && right.isNumber
      {
        let culprit = toInteger(left) == nil ? left : right
        return raise("number\(variableInfo(culprit)) has no integer representation")
      }
      return raiseOperandError("perform bitwise operation on", left.isNumber ? right : left)
    case .concat:
      return raiseOperandError("concatenate", left.isString || left.isNumber ? right : left)
    default:
      let isFine =
        runningDialect.convertsStrings ? toNumber(left) != nil : left.isNumber
      return raiseOperandError("perform arithmetic on", isFine ? right : left)
    }
  }

  // MARK: Numeric for

  /// Prepares a numeric loop: 1 when it runs, 0 when not, 2 when an error was raised.
  ///
  /// The mode is a `DialectRules.NumericFor`.
  @inline(never) func prepareFor(_ r: Slots, _ mode: UInt8) -> Int {
    if mode != DialectRules.NumericFor.counted.rawValue { return prepareOlderFor(r, mode) }
    let initial = r[0]
    let limit = r[1]
    let step = r[2]
    if initial.isInteger && step.isInteger {
      let first = initial.integer
      let increment = step.integer
      if increment == 0 { return failFor("'for' step is zero") }
      guard let last = clippedLimit(limit, first: first, step: increment) else {
        guard toNumber(limit) != nil else { return failForType("limit", limit) }
        return 0
      }
      if increment > 0 ? first > last : first < last { return 0 }
      let span =
        increment > 0
        ? UInt64(bitPattern: last) &- UInt64(bitPattern: first)
        : UInt64(bitPattern: first) &- UInt64(bitPattern: last)
      let count =
        increment == 1 ? span : span / (increment > 0 ? UInt64(increment) : increment.magnitude)
      r[1] = Value(bits: count, tag: .integer)
      r[3] = initial
      return 1
    }
    guard let last = toNumber(limit) else { return failForType("limit", limit) }
    guard let increment = toNumber(step) else { return failForType("step", step) }
    guard let first = toNumber(initial) else { return failForType("initial value", initial) }
    if increment == 0 { return failFor("'for' step is zero") }
    if increment > 0 ? last < first : first < last { return 0 }
    // A bound that is no number compares false, so the body runs once, as in the reference.
    r[0] = Value(first)
    r[1] = Value(last)
    r[2] = Value(increment)
    r[3] = r[0]
    return 1
  }

  /// The same in the dialects before 5.4.
  private func prepareOlderFor(_ r: Slots, _ mode: UInt8) -> Int {
    let (initial, limit, step) = (r[0], r[1], r[2])
    let isWrapping = mode == DialectRules.NumericFor.wrapping.rawValue
    if isWrapping && initial.isInteger && step.isInteger {
      return prepareWrappingFor(r, limit, first: initial.integer, step: step.integer)
    }
    // 5.3 looks at the initial value last, the others do first.
    if !isWrapping && toNumber(initial) == nil {
      return failFor("'for' initial value must be a number")
    }
    guard let last = toNumber(limit) else { return failFor("'for' limit must be a number") }
    guard let increment = toNumber(step) else { return failFor("'for' step must be a number") }
    guard let start = toNumber(initial) else {
      return failFor("'for' initial value must be a number")
    }
    // Most of these dialects step back before the loop and forward at its start.
    let stepsBack = prototype(of: pointee.frame).pointee.dialect.stepsBackBeforeLoops
    let first = stepsBack ? (start - increment) + increment : start
    guard increment > 0 ? first <= last : last <= first else { return 0 }
    r[0] = Value(first)
    r[1] = Value(last)
    r[2] = Value(increment)
    r[3] = r[0]
    return 1
  }

  /// A loop of integers that wraps around when it passes the greatest or smallest one.
  private func prepareWrappingFor(_ r: Slots, _ limit: Value, first: Int64, step: Int64) -> Int {
    guard let last = clippedLimit(limit, first: first, step: step) else {
      return toNumber(limit) == nil ? failFor("'for' limit must be a number") : 0
    }
    if step > 0 ? first > last : first < last { return 0 }
    var count = UInt64.max
    if step != 0 {
      let span =
        step > 0
        ? UInt64(bitPattern: last) &- UInt64(bitPattern: first)
        : UInt64(bitPattern: first) &- UInt64(bitPattern: last)
      let steps = span / step.magnitude
      // Only a loop that can step beyond its limit without passing the end of the integers ends.
      let reached = first &+ Int64(bitPattern: steps) &* step
      if !reached.addingReportingOverflow(step).overflow { count = steps }
    }
    r[1] = Value(bits: count, tag: .integer)
    r[3] = r[0]
    return 1
  }

  /// The limit as an integer, clipped to the range; nil when the loop does not run or it is no number.
  private func clippedLimit(_ limit: Value, first: Int64, step: Int64) -> Int64? {
    if limit.isInteger { return limit.integer }
    guard let value = toNumber(limit) else { return nil }
    if value.isNaN { return nil }
    let rounded = value.rounded(step < 0 ? .up : .down)
    if let integer = Int64(exactly: rounded) { return integer }
    if value > 0 { return step < 0 ? nil : Int64.max }
    return step > 0 ? nil : Int64.min
  }

  private func failFor(_ message: String) -> Int {
    _ = raise(message)
    drive(.raise)
    return 2
  }

  private func failForType(_ what: String, _ value: Value) -> Int {
    failFor("bad 'for' \(what) (number expected, got \(typeName(of: value)))")
  }
}
