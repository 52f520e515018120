// What is known of a value before an instruction needs it: a literal still without a register, or
// the register that holds it. Literals stay unloaded as long as possible, so that they can be folded
// or become operands of `K` and `I` forms.

internal import NightjarBase

/// A literal, or a register.
struct Operand: Equatable {
  enum Kind: UInt8 {
    case `nil`, `false`, `true`, integer, float, string, register
  }

  var kind: Kind
  /// An integer, the bits of a float, a string's number in the `StringPool`, or a register.
  var bits: Int64

  static let `nil` = Operand(kind: .nil, bits: 0)
  static let `true` = Operand(kind: .true, bits: 0)
  static let `false` = Operand(kind: .false, bits: 0)

  static func integer(_ value: Int64) -> Operand { Operand(kind: .integer, bits: value) }
  static func string(_ id: StringID) -> Operand { Operand(kind: .string, bits: Int64(id)) }
  static func register(_ r: Register) -> Operand { Operand(kind: .register, bits: Int64(r)) }
  static func float(_ value: Double) -> Operand {
    Operand(kind: .float, bits: Int64(bitPattern: value.bitPattern))
  }

  var isNumeral: Bool { kind == .integer || kind == .float }
  var isConstant: Bool { kind != .register }
  /// Whether a condition takes the literal for false.
  var isFalsy: Bool { kind == .nil || kind == .false }
  var register: Register { Register(bits) }
  var double: Double { Double(bitPattern: UInt64(bitPattern: bits)) }

  /// The integer, if it fits the `d` field of an instruction.
  var immediate32: Int32? { kind == .integer ? Int32(exactly: bits) : nil }

  /// The integer, if it fits the `bc` field of an instruction.
  var immediate16: Int16? { kind == .integer ? Int16(exactly: bits) : nil }
}

extension Generator {
  /// A float literal with a whole value as the integer that immediate operands hold, where the
  /// dialect has no integers of its own.
  @inline(never)
  func integral(_ operand: Operand) -> Operand {
    if rules.hasIntegers || operand.kind != .float { return operand }
    let value = operand.double
    guard let whole = Int64(exactly: value), whole != 0 || value.sign == .plus else {
      return operand
    }
    return .integer(whole)
  }
}

/// A register of the function being compiled.
typealias Register = Int
/// The place of an instruction.
typealias ProgramCounter = Int
/// A string's number in the `StringPool`.
typealias StringID = Int32
/// A variable's place in `Generator.variables`.
typealias VariableIndex = Int
