// The basic functions (manual §6.1), but for those that load code (`Loading.swift`) and protect calls
// (`ProtectedCalls.swift`).

internal import NightjarBase

/// Basic functions.
enum BaseLibrary {
  static let definitions: [NativeDefinition] = [
    .leaf("assert") { NativeCall.enter($0, $1, $2, $3, assert) },
    .stateMachine("collectgarbage") { NativeCall.enter($0, $1, $2, $3, collectGarbage) },
    .leaf("error") { NativeCall.enter($0, $1, $2, $3, error) },
    .leaf("getmetatable") { NativeCall.enter($0, $1, $2, $3, getMetatable) }.keepingNumbers,
    .leaf("rawequal") { NativeCall.enter($0, $1, $2, $3, rawEqual) }.keepingNumbers,
    .leaf("rawget") { NativeCall.enter($0, $1, $2, $3, rawGet) },
    .leaf("rawlen") { NativeCall.enter($0, $1, $2, $3, rawLength) },
    .leaf("rawset") { NativeCall.enter($0, $1, $2, $3, rawSet) },
    .leaf("select") { NativeCall.enter($0, $1, $2, $3, select) },
    .leaf("setmetatable") { NativeCall.enter($0, $1, $2, $3, setMetatable) }.keepingNumbers,
    .leaf("tonumber") { NativeCall.enter($0, $1, $2, $3, toNumber) },
    .stateMachine("tostring") { NativeCall.enter($0, $1, $2, $3, toString) }.keepingNumbers,
    .leaf("type") { NativeCall.enter($0, $1, $2, $3, type) }.keepingNumbers,
    .leaf("warn") { NativeCall.enter($0, $1, $2, $3, warn) },
    .stateMachine("pcall") { NativeCall.enter($0, $1, $2, $3, ProtectedCalls.pcall) },
    .stateMachine("xpcall") { NativeCall.enter($0, $1, $2, $3, ProtectedCalls.xpcall) },
    .stateMachine("load") { NativeCall.enter($0, $1, $2, $3, Loading.load) },
  ]

  static func assert(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.count >= 1 && !call[1].isFalsy { return .results(call.count, from: 1) }
    if call.follows(.assertNeedsValue) { try call.checkAny(1) }
    if call.follows(.assertWantsText) {
      if call.argument(2).isNil { throw call.raise("assertion failed!") }
      _ = try call.checkString(2)
    }
    if call.count >= 2 {
      let placesNumber = call[2].isNumber && call.follows(.assertPlacesNumbers)
      throw placesNumber
        ? call.raise(String(decoding: call.numberToString(call[2]).buffer, as: UTF8.self))
        : try raised(call, call[2], level: 1)
    }
    throw call.raise("assertion failed!")
  }

  static func error(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let level = try call.optionalInteger(2, default: 1)
    if call.argument(1).isNumber, level > 0, call.follows(.errorPlacesNumbers) {
      _ = try call.checkString(1)
    }
    throw try raised(call, call.argument(1), level: Int(clamping: level))
  }

  /// An error value as it leaves `error` and `assert`: strings get the position of that level.
  private static func raised(
    _ call: NativeCall,
    _ value: Value,
    level: Int
  ) throws(ScriptError) -> ScriptError {
    if value.isString && level > 0, let position = call.vm.position(atLevel: level, above: call) {
      call.charge((position.utf8.count &+ value.string.count) &>> 3)
      return call.raise(Value(try call.vm.string(position, before: value.string)))
    }
    if value.isNil && call.follows(.errorNamesNil) {
      return call.raise(call.string("<no error object>"))
    }
    return call.raise(value)
  }

  static func getMetatable(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try call.checkAny(1)
    guard let metatable = call.vm.metatable(of: call[1]) else { return call.returns(.nil) }
    return call.returns(call.vm.metamethod(in: metatable, .metatable) ?? Value(metatable))
  }

  static func setMetatable(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let table = try call.checkTable(1)
    let metatable = call.argument(2)
    if call.count < 2 || !(metatable.isNil || metatable.isTable) {
      throw call.typeError(2, expectedAnyOf: "nil or table")
    }
    if call.vm.metamethod(of: call[1], .metatable) != nil {
      throw call.raise("cannot change a protected metatable")
    }
    if table.isReadOnly { throw call.vm.raiseReadOnly() }
    if !call.rules.tablesHaveLength { table.pointee.header.flags.insert(.keepsValues) }
    call.vm.setMetatable(
      table,
      metatable.isNil ? nil : metatable.table,
      finalizes: call.rules.tablesHaveFinalizers
    )
    return .results(1, from: 1)
  }

  static func rawEqual(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try call.checkAny(1)
    try call.checkAny(2)
    return call.returns(Value(call.vm.rawEquals(call[1], call[2])))
  }

  static func rawGet(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let table = try call.checkTable(1)
    try call.checkAny(2)
    return call.returns(call.vm.rawGet(table, call[2]))
  }

  static func rawLength(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = call.argument(1)
    if value.isTable { return call.returns(Value(call.vm.border(of: value.table))) }
    if value.isString { return call.returns(Value(value.string.count)) }
    throw call.typeError(1, expectedAnyOf: "table or string")
  }

  static func rawSet(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let table = try call.checkTable(1)
    try call.checkAny(2)
    try call.checkAny(3)
    // A native's own frame gives no position to this one.
    if call[2].isNil { throw call.raise(try call.string(Array("table index is nil".utf8))) }
    try call.vm.checkKey(call[2])
    try call.vm.rawSet(table, call[2], call[3])
    return .results(1, from: 1)
  }

  static func select(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let first = call.argument(1)
    if first.isString, first.string.count >= 1, first.string.bytes[0] == UInt8(ascii: "#") {
      return call.returns(Value(call.count - 1))
    }
    let n = try call.checkInteger(1)
    let count = Int64(call.count)
    if n < 0 {
      if n < 1 - count { throw call.argumentError(1, "index out of range") }
      return .results(Int(-n), from: Int(count + n) + 1)
    }
    if n == 0 { throw call.argumentError(1, "index out of range") }
    if n >= count { return .results(0) }
    return .results(Int(count - n), from: Int(n) + 1)
  }

  static func toNumber(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.count < 2 || call[2].isNil {
      try call.checkAny(1)
      let value = call[1]
      if value.isNumber { return .results(1, from: 1) }
      if value.isString, let number = call.vm.number(in: value.string, call.dialect) {
        return call.returns(number)
      }
      return call.returns(.nil)
    }
    let base = try call.checkInteger(2)
    if !call.rules.hasIntegers { return try toFloat(call, base: base) }
    guard call.argument(1).isString else { throw call.typeError(1, expected: "string") }
    guard (2...36).contains(base) else { throw call.argumentError(2, "base out of range") }
    call.vm.chargeParsing(call[1].string)
    return call.returns(parse(call[1].string.buffer, base: base).map { Value($0) } ?? .nil)
  }

  /// `tonumber` with a base where there are no integers.
  private static func toFloat(_ call: NativeCall, base: Int64) throws(ScriptError) -> NativeOutcome
  {
    if base == 10 && call.follows(.tonumberTenIsPlain) {
      let value = call.argument(1)
      if value.isNumber { return call.returns(value) }
      return call.returns(
        value.isString ? call.vm.number(in: value.string, call.dialect) ?? .nil : .nil
      )
    }
    let text = try call.checkString(1)
    guard (2...36).contains(base) else { throw call.argumentError(2, "base out of range") }
    let value = OlderNumerals.number(in: Array(text.buffer), base: base, call.dialect)
    return call.returns(value.map { Value($0) } ?? .nil)
  }

  /// Digits of a base with an optional sign and whitespace around; wraps around like the reference.
  private static func parse(_ text: UnsafeBufferPointer<UInt8>, base: Int64) -> Int64? {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    var bytes = text[...]
    while let byte = bytes.first, isSpace(byte) { bytes = bytes.dropFirst() }
    while let byte = bytes.last, isSpace(byte) { bytes = bytes.dropLast() }
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      bytes = bytes.dropFirst()
    }
    if bytes.isEmpty { return nil }
    var result: Int64 = 0
    for byte in bytes {
      let digit: Int64
      switch byte {
      case 48...57: digit = Int64(byte) - 48
      case 65...90: digit = Int64(byte) - 55
      case 97...122: digit = Int64(byte) - 87
      default: return nil
      }
      if digit >= base { return nil }
      result = result &* base &+ digit
    }
    return isNegative ? 0 &- result : result
  }

  /// `tostring`: __tostring, else __name, else the type's own text (luaL_tolstring).
  static func toString(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase == 1 {
      if call.follows(.tostringAnswersAnything) {
        return .results(call.follows(.tostringAnswersAll) ? call.count : 1, from: 2)
      }
      if !call[2].isString {
        guard call[2].isNumber else { throw call.raise("'__tostring' must return a string") }
        return call.returns(Value(call.numberToString(call[2])))
      }
      return .results(1, from: 2)
    }
    try call.checkAny(1)
    let value = call[1]
    if let handler = vm.metamethod(of: value, .tostring) {
      call[2] = handler
      call[3] = value
      return .call(at: 2, 1, then: 1)
    }
    return call.returns(
      value.isNumber ? Value(call.numberToString(value)) : try vm.plainText(of: value)
    )
  }

  static func type(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try call.checkAny(1)
    return call.returns(Value(call.vm.string(call.vm.typeName(call[1]))))
  }

  static func warn(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    _ = try call.checkString(1)
    for n in 1...call.count { _ = try call.checkString(n) }
    let first = call[1].string
    if call.count == 1, first.count > 0, first.bytes[0] == UInt8(ascii: "@") {
      if first.description == "@on" { call.vm.pointee.warnings.isOn = true }
      if first.description == "@off" { call.vm.pointee.warnings.isOn = false }
    } else if call.vm.pointee.warnings.isOn {
      try call.gather { (text: inout TextBuffer) throws(ScriptError) in
        for n in 1...call.count { try text.append(call[n].string) }
        call.charge(text.count)
        call.vm.warn(Array(UnsafeBufferPointer(start: text.bytes, count: text.count)))
      }
    }
    return call.returns()
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The text of a value without `__tostring`.
  func plainText(of value: Value) throws(ScriptError) -> Value {
    switch value.tag {
    case .nil: return Value(string("nil"))
    case .false: return Value(string("false"))
    case .true: return Value(string("true"))
    case .integer, .float: return Value(numberToString(value))
    case .string: return value
    default:
      let name = value.tag == .light ? "userdata" : typeName(of: value)
      try reserveSerial(for: value)
      return Value(string("\(name): \(addressText(of: value))"))
    }
  }

  /// Gives a table a metatable, with what that entails for the collector.
  func setMetatable(_ table: TableRef, _ metatable: TableRef?, finalizes: Bool = true) {
    table.pointee.metatable = metatable
    guard let metatable else { return }
    barrier(metatable)
    if finalizes, metamethod(in: metatable, .gc) != nil {
      registerFinalizable(UnsafeMutableRawPointer(table).assumingMemoryBound(to: ObjectHeader.self))
    }
  }

  /// "chunk:line: " of the function at a level as `error` counts them: 1 called the native.
  func position(atLevel level: Int, above call: NativeCall) -> String? {
    let caller = callerFrame(of: call)
    let isFramed = pointee.frame != caller
    let level = !caller.pointee.isNative && forgetsCaller(caller) ? level + 1 : level
    guard
      let found = self.level(isFramed ? level : level - 1, of: pointee.fiber, call.rules)
    else { return nil }
    guard let frame = found.frame else { return "" }
    return frame.pointee.isNative || currentLine(of: frame) == nil ? "" : position(of: frame)
  }

  /// Opens the basic library.
  func openBase() throws(ScriptError) {
    let globals = pointee.globals
    let dialect = pointee.opening
    for definition in BaseLibrary.definitions + OlderBase.definitions
    where LibraryTable.offers(definition.name, of: "_G", in: dialect) {
      try rawSet(globals, Value(string(definition.name)), Value(makeNative(definition)))
    }
    let next = makeNative(.leaf("next") { NativeCall.enter($0, $1, $2, $3, Iteration.next) })
    next.pointee.header.extra =
      dialect.hasIntegers ? NativeObject.isNext : NativeObject.isFloatNext
    try rawSet(globals, Value(string("next")), Value(next))
    var traversal = next
    if dialect.follows(.pairsHasOwnNext) {
      traversal = makeNative(.leaf("next") { NativeCall.enter($0, $1, $2, $3, Iteration.next) })
      traversal.pointee.header.extra = next.pointee.header.extra
    }
    let step = makeNative(
      .stateMachine("ipairs step") { NativeCall.enter($0, $1, $2, $3, Iteration.ipairsStep) }
    )
    step.pointee.header.extra =
      dialect.hasIntegers ? NativeObject.isIpairsStep : NativeObject.isFloatIpairsStep
    let ipairs = makeNative(
      dialect.follows(.ipairsAsksMetamethod)
        ? .stateMachine("ipairs") { NativeCall.enter($0, $1, $2, $3, Iteration.ipairs) }
        : .leaf("ipairs") { NativeCall.enter($0, $1, $2, $3, Iteration.ipairs) },
      upvalues: [Value(step)]
    )
    try rawSet(globals, Value(string("ipairs")), Value(ipairs))
    let pairs = makeNative(
      .stateMachine("pairs") { NativeCall.enter($0, $1, $2, $3, Iteration.pairs) },
      upvalues: [Value(traversal)]
    )
    try rawSet(globals, Value(string("pairs")), Value(pairs))
    if dialect.follows(.loadSharesName) {
      let load = rawGet(globals, Value(string("load")))
      try rawSet(globals, Value(string("loadstring")), load)
    }
    try rawSet(globals, Value(string("_G")), Value(globals))
    try rawSet(globals, Value(string("_VERSION")), Value(string(dialect.rules.version)))
    try rawSet(pointee.loaded, Value(string("_G")), Value(globals))
  }
}
