// What the naming of variables needs to see of a function: code, names and string constants, by index.
//
// Asked out of range, it answers `nil` or a word of no meaning; it never traps.

extension FunctionPrototype {
  /// The instruction, or a word of no meaning.
  func word(at index: Int) -> Word {
    code.indices.contains(index) ? code[index] : Word(bits: UInt64.max)
  }

  /// The bytes of a constant that is a string.
  func stringConstant(at index: Int) -> [UInt8]? {
    guard constants.indices.contains(index), case .string(let bytes) = constants[index]
    else { return nil }
    return bytes
  }

  /// The name of the local variable that a register holds before an instruction runs.
  package func localName(register: Int, at index: Int) -> [UInt8]? {
    activeLocals(at: index, limit: register + 1).dropFirst(register).first?.name
  }

  /// The name of an upvalue; `nil` when stripped.
  package func upvalueName(_ index: Int) -> [UInt8]? {
    upvalues.indices.contains(index) ? upvalues[index].name : nil
  }

  /// The local variables active before an instruction, in order of their registers.
  package func activeLocals(at index: Int, limit: Int = .max) -> [LocalVariable] {
    var active: [LocalVariable] = []
    for local in locals {
      if active.count >= limit || Int(local.start) > index { break }
      if index < Int(local.end) { active.append(local) }
    }
    return active
  }
}
