// Argument checks with the reference's messages (manual §5, luaL_check…).

internal import NightjarBase

extension NativeCall {
  /// "bad argument #n to 'name' (message)".
  package func argumentError(_ n: Int, _ message: String) -> ScriptError {
    vm.raiseArgumentError(self, n, message)
  }

  /// "bad argument #n to 'name' (expected expected, got actual)".
  package func typeError(_ n: Int, expected: String) -> ScriptError {
    argumentError(n, "\(expected) expected, got \(vm.argumentTypeName(self, n))")
  }

  /// The same for an argument that may be of several types, or whose type has a name of its own in
  /// this dialect: before 5.4 such messages do not say what was given.
  package func typeError(_ n: Int, expectedAnyOf expected: String) -> ScriptError {
    follows(.tellsOptionalTypes)
      ? typeError(n, expected: expected) : argumentError(n, "\(expected) expected")
  }

  /// An error with the position of the calling script before its message.
  package func raise(_ message: String) -> ScriptError { vm.raise(message, atCallerOf: self) }

  /// An error whose value is the given one.
  package func raise(_ value: Value) -> ScriptError {
    vm.pointee.errorValue = value
    return ScriptError()
  }

  package func checkAny(_ n: Int) throws(ScriptError) {
    if n > count { throw argumentError(n, "value expected") }
  }

  @inline(__always) package func checkInteger(_ n: Int) throws(ScriptError) -> Int64 {
    if n <= count && slots[n].isInteger { return slots[n].integer }
    return try checkIntegerSlow(n)
  }

  @inline(never) func checkIntegerSlow(_ n: Int) throws(ScriptError) -> Int64 {
    let value = argument(n)
    if let integer = vm.toInteger(value) { return integer }
    if !rules.hasIntegers, let number = vm.toNumber(value) { return truncated(number) }
    if vm.toNumber(value) != nil {
      throw argumentError(n, "number has no integer representation")
    }
    throw typeError(n, expected: "number")
  }

  /// Where there are no integers, arguments that must be some lose their fractions.
  private func truncated(_ number: Double) -> Int64 {
    // What no integer holds becomes the least one, as the processor converts it.
    Int64(exactly: number.rounded(.towardZero)) ?? .min
  }

  @inline(__always)
  package func optionalInteger(_ n: Int, default other: Int64) throws(ScriptError) -> Int64 {
    if n > count || slots[n].isNil { return other }
    return try checkInteger(n)
  }

  @inline(__always) package func checkNumber(_ n: Int) throws(ScriptError) -> Double {
    if n <= count {
      if slots[n].isFloat { return slots[n].float }
      if slots[n].isInteger { return Double(slots[n].integer) }
    }
    guard let number = vm.toNumber(argument(n)) else { throw typeError(n, expected: "number") }
    return number
  }

  package func optionalNumber(_ n: Int, default other: Double) throws(ScriptError) -> Double {
    if n > count || slots[n].isNil { return other }
    return try checkNumber(n)
  }

  /// A string argument; a number is converted in its slot.
  @inline(__always) func checkString(_ n: Int) throws(ScriptError) -> StringRef {
    if n <= count && slots[n].isString { return slots[n].string }
    return try checkStringSlow(n)
  }

  @inline(never) func checkStringSlow(_ n: Int) throws(ScriptError) -> StringRef {
    let value = argument(n)
    guard value.isNumber else { throw typeError(n, expected: "string") }
    let string = numberToString(value)
    slots[n] = Value(string)
    return string
  }

  @inline(__always) func checkTable(_ n: Int) throws(ScriptError) -> TableRef {
    if n <= count && slots[n].isTable { return slots[n].table }
    throw typeError(n, expected: "table")
  }

  /// Checks that argument `n` is a function.
  package func checkFunction(_ n: Int) throws(ScriptError) {
    if !argument(n).isFunction { throw typeError(n, expected: "function") }
  }

  /// The bytes of a string argument, for libraries outside the engine.
  package func checkBytes(_ n: Int) throws(ScriptError) -> [UInt8] {
    try copy(try checkString(n))
  }

  /// The bytes of a string, outside the heap.
  ///
  /// - Throws: "not enough memory" for a long one where the limit leaves no room for a few copies of it.
  func copy(_ string: StringRef) throws(ScriptError) -> [UInt8] {
    charge(string.count >> 3)
    if string.count > Self.copyByteCountMin && string.count > byteRoom { throw vm.raiseMemory() }
    return Array(string.buffer)
  }

  /// Copies shorter than this are within what a machine's limit may be overrun by.
  private static var copyByteCountMin: Int { 16_384 }

  /// The bytes of an optional string argument.
  package func optionalBytes(_ n: Int) throws(ScriptError) -> [UInt8]? {
    if n > count || slots[n].isNil { return nil }
    return try checkBytes(n)
  }

  /// The index in `options` of a string argument (luaL_checkoption).
  package func checkOption(
    _ n: Int,
    default other: String? = nil,
    _ options: [String]
  ) throws(ScriptError) -> Int {
    let name: String
    if let other, n > count || slots[n].isNil {
      name = other
    } else {
      name = String(decoding: try checkString(n).buffer.prefix(200), as: UTF8.self)
    }
    if let index = options.firstIndex(of: name) { return index }
    throw argumentError(n, "invalid option '\(name)'")
  }

  /// A new string value; for text whose size the host bounds.
  package func string(_ text: String) -> Value { Value(vm.string(text)) }

  /// A new string value.
  ///
  /// - Throws: when the string is too long or memory is out.
  package func string(_ bytes: some Collection<UInt8>) throws(ScriptError) -> Value {
    let copy = Array(bytes)
    charge(copy.count >> 3)
    let made = copy.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { vm.string(bytes: $0, count: buffer.count) } ?? vm.string("")
    }
    guard let made else { throw vm.raiseMemory() }
    return Value(made)
  }
}
