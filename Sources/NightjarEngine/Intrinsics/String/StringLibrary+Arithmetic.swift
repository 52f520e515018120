// Arithmetic on strings that read as numbers: the metamethods of the string metatable. Where an operand
// is no number, the other operand's own metamethod is called in its place.

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension StringLibrary {
  static func add(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, "__add", { $0 &+ $1 }, { $0 + $1 })
  }

  static func subtract(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, "__sub", { $0 &- $1 }, { $0 - $1 })
  }

  static func multiply(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, "__mul", { $0 &* $1 }, { $0 * $1 })
  }

  static func divide(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, "__div", nil, { $0 / $1 })
  }

  static func power(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, "__pow", nil, { pow($0, $1) })
  }

  static func modulo(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    return try arithmetic(
      call, "__mod",
      { (left, right) throws(ScriptError) -> Int64 in
        if right == 0 { throw vm.raise("attempt to perform 'n%%0'") }
        if right == -1 { return 0 }
        let rest = left % right
        return rest != 0 && (rest ^ right) < 0 ? rest + right : rest
      },
      { (left, right) in
        let rest = left.truncatingRemainder(dividingBy: right)
        return rest * right < 0 ? rest + right : rest
      })
  }

  static func floorDivide(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    return try arithmetic(
      call, "__idiv",
      { (left, right) throws(ScriptError) -> Int64 in
        if right == 0 { throw vm.raise("attempt to divide by zero") }
        if right == -1 { return 0 &- left }
        let quotient = left / right
        return left % right != 0 && (left ^ right) < 0 ? quotient - 1 : quotient
      }, { ($0 / $1).rounded(.down) })
  }

  static func negate(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, "__unm", { (left, _) in 0 &- left }, { (left, _) in -left })
  }

  /// Computes with the two arguments as numbers, or passes them on to a metamethod.
  ///
  /// - Parameter onIntegers: The operation on two integers; nil where integers count as floats.
  private static func arithmetic(
    _ call: NativeCall, _ event: StaticString,
    _ onIntegers: ((Int64, Int64) throws(ScriptError) -> Int64)?,
    _ onFloats: (Double, Double) -> Double
  ) throws(ScriptError) -> NativeOutcome {
    guard let left = number(call.argument(1)), let right = number(call.argument(2)) else {
      return try otherMetamethod(call, event)
    }
    if let onIntegers, left.isInteger, right.isInteger {
      return call.returns(Value(try onIntegers(left.integer, right.integer)))
    }
    return call.returns(
      Value(
        onFloats(
          left.isInteger ? Double(left.integer) : left.float,
          right.isInteger ? Double(right.integer) : right.float)))
  }

  private static func number(_ value: Value) -> Value? {
    if value.isNumber { return value }
    guard value.isString, let numeral = Numeral.parse(UnsafeBufferPointer(value.string.buffer))
    else { return nil }
    switch numeral {
    case .integer(let integer): return Value(integer)
    case .float(let float): return Value(float)
    }
  }

  /// Calls the second operand's metamethod, as the first is a string or there would be no call.
  private static func otherMetamethod(
    _ call: NativeCall, _ event: StaticString
  ) throws(ScriptError) -> NativeOutcome {
    let left = call.argument(1)
    let right = call.argument(2)
    var handler = Value.nil
    if !right.isString, let metatable = call.vm.metatable(of: right) {
      handler = call.vm.rawGet(metatable, call.string("\(event)"))
    }
    if handler.isNil {
      let operation = "\(event)".dropFirst(2)
      throw call.raise(
        "attempt to \(operation) a '\(call.vm.typeName(of: left))' with a "
          + "'\(call.vm.typeName(of: right))'")
    }
    call[0] = handler
    call[1] = left
    call[2] = right
    return .tailCall(at: 0, 2)
  }
}
