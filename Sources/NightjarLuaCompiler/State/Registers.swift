// Registers: taking and giving back, and loading literals into them.

internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  /// The most registers a function may use.
  static var registerLimit: Int { 254 }

  /// Sees to it that the function has `count` registers from the first free one on.
  mutating func ensureRegisters(_ count: Int, at token: TokenID) {
    let needed = function.freeRegister + count
    if needed > function.registerCount { growRegisters(needed, at: token) }
  }

  /// Takes the next `count` registers.
  mutating func reserve(_ count: Int, at token: TokenID) {
    ensureRegisters(count, at: token)
    function.freeRegister += count
  }

  private mutating func growRegisters(_ needed: Int, at token: TokenID) {
    if needed > Generator.registerLimit {
      reportRegisterLimit(at: token)
      function.registerCount = Generator.registerLimit
    } else {
      function.registerCount = needed
    }
  }

  /// Compiles a value to the next register and takes it.
  mutating func evaluateToNext(_ n: NodeID, at token: TokenID) -> Register {
    let register = function.freeRegister
    evaluate(n, into: register, at: token)
    reserve(1, at: token)
    return register
  }

  /// The register of an operand; a literal is loaded into a new one.
  mutating func register(of operand: Operand, at token: TokenID) -> Register {
    if operand.kind == .register { return operand.register }
    let register = function.freeRegister
    reserve(1, at: token)
    load(operand, into: register, at: token)
    return register
  }

  /// The register a value is in: a variable's own or a new one.
  mutating func anyRegister(_ n: NodeID, at token: TokenID) -> Register {
    let operand = operand(n, at: token)
    return register(of: operand, at: token)
  }

  /// Loads a literal, or copies a register.
  mutating func load(_ operand: Operand, into target: Register, at token: TokenID) {
    switch operand.kind {
    case .nil: loadNil(target, count: 1, at: token)
    case .false: emit(.loadFalse, a: target, at: token)
    case .true: emit(.loadTrue, a: target, at: token)
    case .register:
      if operand.register != target { emit(.move, a: target, b: operand.register, at: token) }
    case .integer:
      if let value = operand.immediate32 {
        emit(.loadInteger, a: target, d: Int(value), at: token)
      } else {
        emit(.loadConstant, a: target, d: constant(operand), at: token)
      }
    case .float:
      let value = operand.double
      if let whole = Int32(exactly: value), whole != 0 || value.sign == .plus {
        emit(.loadFloat, a: target, d: Int(whole), at: token)
      } else {
        emit(.loadConstant, a: target, d: constant(operand), at: token)
      }
    case .string:
      emit(.loadConstant, a: target, d: constant(operand), at: token)
    }
  }

  /// Sets registers to nil, together with those that the instruction before sets if it can.
  mutating func loadNil(_ first: Register, count: Int, at token: TokenID) {
    if pc > function.lastTarget, let before = function.code.last, before.opcode == .loadNil {
      let (start, end) = (Int(before.a), Int(before.a) + Int(before.b))
      let last = first + count - 1
      if first <= end + 1, start <= last + 1 {
        let lowest = min(start, first)
        function.code[pc - 1] = Word(
          .loadNil,
          a: UInt8(truncatingIfNeeded: lowest),
          b: UInt8(truncatingIfNeeded: max(end, last) - lowest)
        )
        return
      }
    }
    emit(.loadNil, a: first, b: count - 1, at: token)
  }

  /// The index of a literal among the function's constants.
  mutating func constant(_ operand: Operand) -> Int {
    function.constants.index(of: operand)
  }

  /// The index of a literal, if it fits a field of 8 bits.
  mutating func smallConstant(_ operand: Operand) -> Int? {
    guard operand.isConstant else { return nil }
    let index = constant(operand)
    return index <= 255 ? index : nil
  }

  /// The index of a string that may be the key of a field instruction.
  mutating func fieldKey(_ operand: Operand) -> Int? {
    guard operand.kind == .string else { return nil }
    if strings.byteCount(StringID(operand.bits), in: tree) > 40 { return nil }
    let index = constant(operand)
    return index <= 0xFFFF ? index : nil
  }
}
