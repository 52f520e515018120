// Arithmetic on strings that read as numbers: the metamethods of the string metatable. Where an operand
// is no number, the other operand's own metamethod is called in its place.

extension StringLibrary {
  static func add(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, .add)
  }

  static func subtract(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, .sub)
  }

  static func multiply(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, .mul)
  }

  static func divide(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, .div)
  }

  static func power(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, .pow)
  }

  static func modulo(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, .mod)
  }

  static func floorDivide(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, .idiv)
  }

  static func negate(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try arithmetic(call, .unm)
  }

  /// Computes with the two arguments as numbers, or passes them on to a metamethod.
  private static func arithmetic(
    _ call: NativeCall,
    _ event: Metamethod
  ) throws(ScriptError) -> NativeOutcome {
    if let left = number(call, 1), let right = number(call, 2),
      let result = try call.vm.plainArithmetic(event, left, right)
    {
      return call.returns(result)
    }
    return try otherMetamethod(call, event)
  }

  private static func number(_ call: NativeCall, _ n: Int) -> Value? {
    let value = call.argument(n)
    if value.isNumber { return value }
    return value.isString ? call.vm.parseNumber(value.string) : nil
  }

  /// Calls the second operand's metamethod, as the first is a string or there would be no call.
  private static func otherMetamethod(
    _ call: NativeCall,
    _ event: Metamethod
  ) throws(ScriptError) -> NativeOutcome {
    let left = call.argument(1)
    let right = call.argument(2)
    guard !right.isString, let handler = call.vm.metamethod(of: right, event) else {
      throw call.raise(
        "attempt to \(event.key.description.dropFirst(2)) a '\(call.vm.typeName(left))' with a "
          + "'\(call.vm.typeName(right))'"
      )
    }
    call[0] = handler
    call[1] = left
    call[2] = right
    return .tailCall(at: 0, 2)
  }
}
