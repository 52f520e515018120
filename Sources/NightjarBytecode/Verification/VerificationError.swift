// Why a function is refused.

/// A rule that a function breaks, and where.
package struct VerificationError: Error, Equatable, Sendable {
  /// The function's place: the index among the nested functions at each depth, empty for the main
  /// function.
  package let path: [Int]
  /// The instruction at fault; `nil` when it is the function as a whole.
  package let instruction: Int?
  package let cause: Cause

  /// The rules.
  package enum Cause: Equatable, Sendable {
    // The function as a whole.
    case noCode
    case tooMuchCode
    case tooDeeplyNested
    case registerCount(Int)
    case tooManyParameters(Int)
    case tooManyUpvalues(Int)
    case upvalueOrigin(upvalue: Int)
    case lineCount(Int)
    case negativeLine
    case localRange(local: Int)
    case tooManyActiveLocals(local: Int)
    case tooLongString(constant: Int)

    // Operands.
    case noSuchOpcode
    case trap
    case strayBits
    case register(Int)
    case constant(Int)
    case constantKind(Int)
    case upvalue(Int)
    case function(Int)
    case immediate(Int)
    case tableSize
    case ownOffset(Int)

    // Control flow.
    case jumpTarget(Int)
    case jumpDirection
    case fallsOffTheEnd
    case varargPlacement
    case varargOutsideVararg
    case unpairedLoop
    case loopState
    case jumpIntoLoop(Int)
    case openResults
    case openArguments

    // Closing.
    case returnWithoutClosing
    case tailCallBeforeClosing
    case closingOrder(register: Int)
    case tooTangled
  }
}

extension VerificationError: CustomStringConvertible {
  package var description: String {
    var place = path.isEmpty ? "main" : "P" + path.map(String.init).joined(separator: ".P")
    if let instruction { place += " instruction \(instruction)" }
    return "\(place): \(cause)"
  }
}

extension VerificationError.Cause: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noCode: "no code"
    case .tooMuchCode: "too much code"
    case .tooDeeplyNested: "functions nested too deeply"
    case .registerCount(let count): "\(count) registers, not 2 to 255"
    case .tooManyParameters(let count): "\(count) parameters are more than the registers"
    case .tooManyUpvalues(let count): "\(count) upvalues are more than 255"
    case .upvalueOrigin(let upvalue): "upvalue \(upvalue) comes from nowhere"
    case .lineCount(let count): "\(count) lines do not match the instructions"
    case .negativeLine: "negative line number"
    case .localRange(let local): "local variable \(local) has no valid range"
    case .tooManyActiveLocals(let local): "local variable \(local) has no register"
    case .tooLongString(let constant): "constant \(constant) is too long a string"
    case .noSuchOpcode: "no such opcode"
    case .trap: "trap in an image"
    case .strayBits: "unused bits are set"
    case .register(let register): "no register \(register)"
    case .constant(let constant): "no constant \(constant)"
    case .constantKind(let constant): "constant \(constant) is of the wrong kind"
    case .upvalue(let upvalue): "no upvalue \(upvalue)"
    case .function(let function): "no function \(function)"
    case .immediate(let value): "operand \(value) out of range"
    case .tableSize: "table size out of proportion"
    case .ownOffset(let value): "offset \(value) is not the instruction's own"
    case .jumpTarget(let target): "jump to \(target) outside the code"
    case .jumpDirection: "jump in the wrong direction"
    case .fallsOffTheEnd: "control runs past the end"
    case .varargPlacement: "misplaced preparation of variable arguments"
    case .varargOutsideVararg: "variable arguments in a function without"
    case .unpairedLoop: "loop instructions do not match"
    case .loopState: "the state of a loop is written in its body"
    case .jumpIntoLoop(let target): "jump to \(target) inside a loop"
    case .openResults: "open results are not taken"
    case .openArguments: "open arguments without their source"
    case .returnWithoutClosing: "return leaves variables open"
    case .tailCallBeforeClosing: "tail call while a variable waits to be closed"
    case .closingOrder(let register): "register \(register) marked out of order"
    case .tooTangled: "control flow too tangled"
    }
  }
}
