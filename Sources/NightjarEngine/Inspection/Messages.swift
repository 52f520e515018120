// The wording of run-time errors, with the names the source used. SOURCE: the reference's messages,
// which its test suite (errors.lua) pins.

internal import NightjarBase
internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The type's name as `type` gives it.
  func typeName(_ value: Value) -> String {
    switch value.tag {
    case .nil: "nil"
    case .false, .true: "boolean"
    case .integer, .float: "number"
    case .string: "string"
    case .table: "table"
    case .closure, .native: "function"
    case .fiber: "thread"
    default: "userdata"
    }
  }

  /// The type's name for messages: `__name` of the metatable when it has one.
  func typeName(of value: Value) -> String {
    if value.isTable || value.tag == .userdata, runningDialect.follows(.namesTypes),
      let name = metamethod(of: value, .name),
      name.isString
    {
      return name.string.description
    }
    return value.tag == .light ? "light userdata" : typeName(value)
  }

  /// The names of what a function uses.
  func naming(of image: FunctionPrototype) -> VariableNaming {
    VariableNaming(image, environmentIsFirst: image.dialect.rules.hasFunctionEnvironments)
  }

  /// What is said of a chain of metamethods that does not end.
  func loopMessage(_ event: String, _ task: String) -> String {
    runningRules.namesLoopsByTask
      ? "loop in \(task)" : "'\(event)' chain too long; possible loop"
  }

  /// " (local 'x')" and the like for an operand of the running instruction; "" when unknown.
  func variableInfo(_ value: Value, isIndexed: Bool = false, isCalled: Bool = false) -> String {
    guard let found = variable(value, isIndexed: isIndexed, isCalled: isCalled),
      found.kind != .constant || runningRules.hasAttributes || namesConstant(isCalled: isCalled)
    else { return "" }
    return " (\(found.kind.rawValue) '\(String(decoding: found.name, as: UTF8.self))')"
  }

  /// What the source calls an operand of the running instruction.
  private func variable(_ value: Value, isIndexed: Bool, isCalled: Bool) -> VariableName? {
    let frame = pointee.frame
    guard !frame.pointee.isNative else { return nil }
    let prototype = prototype(of: frame)
    let image = prototype.pointee.image._withUnsafeGuaranteedRef { $0 }
    let index = instructionIndex(of: frame)
    let naming = naming(of: image)
    let found: VariableName?
    if isCalled {
      found = naming.describeCall(at: index)
    } else if isIndexed {
      found = naming.describeIndexed(at: index)
    } else {
      found = operand(value, frame, image, index).flatMap { $0 }
    }
    return found
  }

  /// "a nil value (local 'x')", or as the older dialects have it "local 'x' (a nil value)".
  private func described(
    _ value: Value,
    isNamed: Bool = true,
    isIndexed: Bool = false,
    isCalled: Bool = false
  ) -> String {
    let type = typeName(of: value)
    if runningRules.namesComeFirst {
      guard isNamed, let found = variable(value, isIndexed: isIndexed, isCalled: isCalled),
        found.kind != .metamethod && found.kind != .forIterator,
        found.kind != .constant || namesConstant(isCalled: isCalled)
      else { return "a \(type) value" }
      var name = String(decoding: found.name, as: UTF8.self)
      if name == "integer index" { name = "?" }
      return "\(found.kind.rawValue) '\(name)' (a \(type) value)"
    }
    guard isNamed, let found = variable(value, isIndexed: isIndexed, isCalled: isCalled) else {
      return "a \(type) value"
    }
    var name = String(decoding: found.name, as: UTF8.self)
    if !runningRules.hasAttributes {
      // 5.3 names variables and fields only.
      switch found.kind {
      case .constant where namesConstant(isCalled: isCalled): break
      case .constant, .metamethod, .forIterator: return "a \(type) value"
      default: if name == "integer index" { name = "?" }
      }
    }
    return "a \(type) value (\(found.kind.rawValue) '\(name)')"
  }

  /// Whether a constant is named that the running instruction takes: before 5.4 those that stand in a
  /// register, as the operands of calls and of operators with one operand do.
  private func namesConstant(isCalled: Bool) -> Bool {
    guard runningRules.namesConstantOperands, !pointee.frame.pointee.isNative else { return false }
    if isCalled { return true }
    switch instruction(of: pointee.frame).opcode {
    case .unm, .bnot, .len: return true
    default: return false
    }
  }

  /// The name of the operand of an instruction that holds a value.
  private func operand(
    _ value: Value,
    _ frame: FrameRef,
    _ image: FunctionPrototype,
    _ index: Int
  ) -> VariableName?? {
    let naming = naming(of: image)
    let word = image.code[index]
    var registers: [Int] = []
    switch word.opcode {
    case .concat:
      registers = Array(Int(word.a)..<Int(word.a) + Int(word.b))
    case .unm, .bnot, .len, .addI, .addK, .subK, .mulK, .divK, .modK, .powK, .idivK, .bandK,
      .borK, .bxorK, .shlK, .shrK:
      registers = [Int(word.b)]
    case .setTable, .setField, .setInteger: registers = [Int(word.a)]
    default: registers = [Int(word.b), Int(word.c)]
    }
    for register in registers where register < Int(image.registerCount) {
      let held = frame.pointee.base[register]
      if held.tag == value.tag && (held.bits == value.bits || value.tag.raw <= 2) {
        if let name = naming.describe(register: register, at: index) { return name }
      }
    }
    return nil
  }

  /// "attempt to <what> a <type> value (<variable>)".
  func raiseOperandError(_ what: String, _ value: Value) -> ScriptError {
    raise("attempt to \(what) \(described(value))")
  }

  /// "attempt to index a <type> value (<variable>)".
  ///
  /// An operand is the value that the instruction names; one found on the way along `__index` or
  /// `__newindex` has no name.
  func raiseIndexError(_ object: Value, isOperand: Bool) -> ScriptError {
    raise("attempt to index \(described(object, isNamed: isOperand, isIndexed: true))")
  }

  func raiseCallError(_ slot: Slots) -> ScriptError {
    raise("attempt to call \(described(slot.pointee, isCalled: true))")
  }

  func raiseOrderError(_ x: Value, _ y: Value) -> ScriptError {
    let left = typeName(of: x)
    let right = typeName(of: y)
    if left == right { return raise("attempt to compare two \(left) values") }
    return raise("attempt to compare \(left) with \(right)")
  }

  // MARK: Natives

  /// "bad argument #n to 'f' (message)".
  func raiseArgumentError(_ call: NativeCall, _ n: Int, _ message: String) -> ScriptError {
    var n = n
    let caller = callerFrame(of: call)
    var name: String?
    if !caller.pointee.isNative, !forgetsCaller(caller) {
      let image = prototype(of: caller).pointee.image._withUnsafeGuaranteedRef { $0 }
      if let found = naming(of: image).describeCall(at: instructionIndex(of: caller)) {
        name = String(decoding: found.name, as: UTF8.self)
        if found.kind == .forIterator, prototype(of: caller).pointee.dialect.rules.namesGenerator {
          name = "(for generator)"
        }
        if found.kind == .method {
          n -= 1
          if n == 0 {
            return raise("calling '\(name ?? "?")' on bad self (\(message))", atCallerOf: call)
          }
        }
      }
    }
    let function =
      pointee.frame.pointee.isNative && pointee.frame.pointee.base == call.slots
      ? Value(object: pointee.frame.pointee.function, tag: .native) : call.slots[0]
    let knowsGlobals = !runningDialect.rules.hasFunctionEnvironments
    let shown = name ?? (knowsGlobals ? globalName(of: function) : nil) ?? "?"
    return raise("bad argument #\(n) to '\(shown)' (\(message))", atCallerOf: call)
  }

  /// The type of an argument for messages; "no value" when absent.
  func argumentTypeName(_ call: NativeCall, _ n: Int) -> String {
    n > call.count ? "no value" : typeName(of: call[n])
  }

  /// "string.format" for a function found in a loaded library; nil for others.
  func globalName(of function: Value) -> String? {
    var position = 0
    let realm = pointee.realms[Int(runningDialect.rawValue)]
    while let (key, library) = nextEntry(realm.loaded ?? pointee.loaded, &position) {
      guard key.isString, library.isTable,
        let field = fieldName(of: function, in: library.table)
      else { continue }
      let name = key.string.description
      return name == "_G" ? field : "\(name).\(field)"
    }
    // A sandbox's globals are not among what was loaded.
    return fieldName(of: function, in: realm.globals ?? pointee.globals)
  }

  /// The string key under which a table has a function.
  private func fieldName(of function: Value, in table: TableRef) -> String? {
    pointee.fuel &-= Int64(table.pointee.nodeCount >> 3)
    var position = 0
    while let (field, value) = nextEntry(table, &position) {
      if field.isString && value.isIdentical(to: function) { return field.string.description }
    }
    return nil
  }

  // MARK: Texts of values

  /// A number as `tostring` writes it.
  func numberToString(
    _ value: Value,
    _ format: DialectRules.FloatFormat = .fourteenMarked
  ) -> StringRef {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumeralText.byteCountMax) { buffer in
      // SAFETY: a capacity above 0 gives a buffer with an address.
      let start = buffer.baseAddress.unsafelyUnwrapped
      let count =
        value.isInteger
        ? NumeralText.write(value.integer, to: start)
        : NumeralText.write(value.float, format, to: start)
      // A short string is never refused.
      return string(bytes: start, count: count).unsafelyUnwrapped
    }
  }

  /// What stands for the address of an object: its serial number.
  func addressText(of value: Value) -> String {
    guard value.isCollectable || value.tag == .light else { return "(null)" }
    let serial =
      value.tag == .light
      ? value.bits : self.serial(of: value.pointer.assumingMemoryBound(to: ObjectHeader.self))
    let digits = String(serial, radix: 16)
    return "0x" + String(repeating: "0", count: Swift.max(14 - digits.utf8.count, 0)) + digits
  }
}
