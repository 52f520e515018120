// Decides whether an interpreter may run a function without looking. Binary chunks pass here before
// anything else sees them; what the compiler makes passes in tests and check builds.
//
// A verified function promises the interpreter:
//
//  1. Operands: every opcode is one of the set and no trap; registers, also implied ones such as
//     a loop's a+3 or a call's window, are below `registerCount`; constants exist and have the kind
//     the instruction asks for; upvalues and nested functions exist; unused bits are zero.
//  2. Flow: the program counter never leaves the code; conditional jumps lead forward, so every
//     cycle passes an instruction that charges fuel; a vararg function begins with its preparation
//     and nothing comes back there.
//  3. Loops: their instructions come in matching sets; only they write the state of a numeric loop,
//     so it keeps the types that the preparation gave it.
//  4. Open results: who leaves results up to the top is followed at once, on every way, by the
//     instruction that takes them, and that one starts no higher.
//  5. Closing: no open upvalue and no mark to close survives its frame; marks are set in
//     increasing registers.
//  6. Debug information: either none or in agreement with the code; active locals have registers.
//
// It promises nothing else about the values in registers. In particular an image, like the debug
// library, can put any value into the registers of a generic loop's state or where `setList` expects
// a table; handlers test tags there. Registers nothing has written yet hold whatever
// valid values are in the slots.
//
// Time and memory are linear in the size of the function.

/// Checks compiled functions against the rules the interpreter trusts.
package struct Verifier {
  let function: FunctionPrototype
  let path: [Int]

  /// Functions may nest this deep; the parser's own limit on nesting is below it.
  package static let nestingLimit = 500

  /// Checks a main function and everything in it.
  ///
  /// - Throws: The first broken rule.
  /// - Complexity: O(*n*) in instructions, constants and debug information.
  package static func verify(_ main: FunctionPrototype) throws(VerificationError) {
    try Verifier(function: main, path: []).verifyTree()
  }

  private func verifyTree() throws(VerificationError) {
    guard path.count <= Verifier.nestingLimit else { throw error(.tooDeeplyNested) }
    try verifyDimensions()
    try verifyConstants()
    try verifyDebugInformation()
    let targets = try verifyInstructions()
    try verifyOpenResults(targets: targets)
    try verifyLoopStates()
    try verifyClosing(targets: targets)
    for (index, nested) in function.functions.enumerated() {
      try verifyOrigins(of: nested, at: index)
      try Verifier(function: nested, path: path + [index]).verifyTree()
    }
  }

  func error(_ cause: VerificationError.Cause, at instruction: Int? = nil) -> VerificationError {
    VerificationError(path: path, instruction: instruction, cause: cause)
  }

  // MARK: The function as a whole

  private func verifyDimensions() throws(VerificationError) {
    if function.code.isEmpty { throw error(.noCode) }
    if function.code.count > Int(Int32.max) / 2 { throw error(.tooMuchCode) }
    let registers = Int(function.registerCount)
    if registers < 2 { throw error(.registerCount(registers)) }
    let parameters = Int(function.parameterCount)
    if parameters > registers { throw error(.tooManyParameters(parameters)) }
    if function.upvalues.count > 255 { throw error(.tooManyUpvalues(function.upvalues.count)) }
  }

  private func verifyConstants() throws(VerificationError) {
    for (index, constant) in function.constants.enumerated() {
      if case .string(let bytes) = constant, bytes.count > Int(Int32.max) {
        throw error(.tooLongString(constant: index))
      }
    }
  }

  private func verifyOrigins(
    of nested: FunctionPrototype,
    at index: Int
  ) throws(VerificationError) {
    for (number, upvalue) in nested.upvalues.enumerated() {
      let count = upvalue.isLocalOfParent ? Int(function.registerCount) : function.upvalues.count
      guard Int(upvalue.index) < count else {
        throw VerificationError(
          path: path + [index],
          instruction: nil,
          cause: .upvalueOrigin(upvalue: number)
        )
      }
    }
  }

  private func verifyDebugInformation() throws(VerificationError) {
    let lines = function.lines
    if !lines.isEmpty, lines.count != function.code.count { throw error(.lineCount(lines.count)) }
    if lines.contains(where: { $0 < 0 }) { throw error(.negativeLine) }
    if function.lineDefined < 0 || function.lastLineDefined < 0 { throw error(.negativeLine) }
    try verifyLocals()
  }

  /// Locals stand in order of their starts, and never more are active than there are registers.
  private func verifyLocals() throws(VerificationError) {
    guard !function.locals.isEmpty else { return }
    var endsAt = [Int32](repeating: 0, count: function.code.count + 1)
    var active = 0
    var position = 0
    for (index, local) in function.locals.enumerated() {
      let (start, end) = (Int(local.start), Int(local.end))
      guard start >= position, start <= end, end <= function.code.count else {
        throw error(.localRange(local: index))
      }
      while position < start {
        position += 1
        active -= Int(endsAt[position])
      }
      if start == end { continue }
      active += 1
      endsAt[end] += 1
      if active > Int(function.registerCount) { throw error(.tooManyActiveLocals(local: index)) }
    }
  }
}
