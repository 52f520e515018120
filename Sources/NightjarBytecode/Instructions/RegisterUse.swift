// Which registers an instruction reads and writes, as spans; for the verifier, the naming of
// variables and whoever analyses code.

/// Consecutive registers an instruction uses.
package struct RegisterSpan: Equatable, Sendable {
  package let first: Int
  /// How many; `nil` when the span is open: up to the stack's top, or all that follow.
  package let count: Int?

  package init(first: Int, count: Int?) {
    self.first = first
    self.count = count
  }

  /// Whether the span holds a register.
  package func contains(_ register: Int) -> Bool {
    guard let count else { return register >= first }
    return register >= first && register < first + count
  }
}

extension Operand {
  /// The registers the operand stands for in an instruction; `nil` for operands of other kinds.
  package func span(in word: Word, access wanted: Access) -> RegisterSpan? {
    switch self {
    case .registers(let field, let offset, let count, let access):
      guard access == wanted else { return nil }
      let first = word[field] + offset
      switch count {
      case .fixed(let count): return RegisterSpan(first: first, count: count)
      case .field(let other, let plus): return RegisterSpan(first: first, count: word[other] + plus)
      case .openWhenZero(let other, let plus):
        return RegisterSpan(first: first, count: word[other] == 0 ? nil : word[other] + plus)
      case .rest: return RegisterSpan(first: first, count: nil)
      }
    case .registerOrConstant(let field, let flag):
      guard wanted == .read, word[flag] == 0 else { return nil }
      return RegisterSpan(first: word[field], count: 1)
    default:
      return nil
    }
  }
}

extension Word {
  /// Whether the instruction may change a register of its frame (not through an upvalue).
  package func writes(_ register: Int) -> Bool {
    guard let opcode else { return false }
    switch InstructionTable.writeForms[Int(opcode.rawValue)] {
    case .nothing: return false
    case .onlyA: return register == Int(a)
    case .other:
      return opcode.shape.operands.contains {
        $0.span(in: self, access: .write)?.contains(register) ?? false
      }
    }
  }

  /// Whether the instruction reads a register of its frame.
  package func reads(_ register: Int) -> Bool {
    guard let shape = opcode?.shape else { return false }
    return shape.operands.contains {
      $0.span(in: self, access: .read)?.contains(register) ?? false
    }
  }

  /// The index the instruction may go to besides the next one; `nil` when there is none.
  package func target(from index: Int) -> Int? {
    guard let opcode else { return nil }
    return switch InstructionTable.flows[Int(opcode.rawValue)] {
    case .branch, .jump: index + 1 + Int(d)
    case .skip: index + 2
    case .next, .leave: nil
    }
  }
}

extension InstructionTable {
  /// What an instruction writes, for the quick answers.
  fileprivate enum WriteForm {
    case nothing, onlyA, other
  }

  // Parts of the shapes without references, because naming a variable asks them of every
  // instruction before the fault.
  fileprivate static let flows = shapes.map(\.flow)
  fileprivate static let writeForms = shapes.map { shape -> WriteForm in
    let written = shape.operands.filter {
      if case .registers(_, _, _, .write) = $0 { true } else { false }
    }
    if written.isEmpty { return .nothing }
    let a = Operand.registers(.a, offset: 0, count: .fixed(1), access: .write)
    return written == [a] ? .onlyA : .other
  }
}
