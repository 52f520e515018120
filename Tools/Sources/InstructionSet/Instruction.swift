// What the instruction set says about one instruction. The declarations beside this file are the
// only place where an instruction is described; `nightjar-tools generate` derives the opcode enum,
// the table the verifier and the disassembler read, and the reference page from them.

/// A part of the instruction word; see `Sources/NightjarBytecode/Word.swift` for the layout.
package enum Field: String, Sendable {
  case a, b, c, d, bc, signedBC, constant16
}

/// How many registers a span of registers has.
package enum Count: Equatable, Sendable {
  /// Always this many.
  case fixed(Int)
  /// The field's value plus a constant.
  case field(Field, plus: Int)
  /// The field's value plus a constant, or, when the field is 0, up to the top of the stack.
  case openWhenZero(Field, plus: Int)
  /// Everything from the first register on is lost or replaced.
  case rest
}

/// What an instruction does to registers.
package enum Access: String, Sendable {
  case read, write
}

/// What a constant operand may be.
package enum ConstantKind: String, Sendable {
  case any
  /// An integer or a float.
  case number
  /// An integer, or a float equal to one.
  case integral
  /// A string of at most 40 bytes, which the machine interns.
  case name
}

/// Where a jump may lead.
package enum JumpDirection: String, Sendable {
  case forward, backward
}

/// One operand; their order is the order of the listing.
package enum Operand: Equatable, Sendable {
  /// Registers `R[field + offset]` and following.
  case registers(Field, offset: Int, count: Count, access: Access)
  case constant(Field, ConstantKind)
  /// `K[field]` when the flag field is 1, `R[field]` when it is 0.
  case registerOrConstant(Field, flag: Field)
  case upvalue(Field)
  /// A nested function.
  case function(Field)
  case immediate(Field, ClosedRange<Int>)
  /// A distance relative to the next instruction.
  case jump(JumpDirection)
  /// `d` repeats the instruction's own index plus one: the fuel of the way from the function's
  /// start.
  case ownOffset
  /// The inline-cache half of `d`, zero outside a machine's own copy.
  case hint

  /// `R[field + plus]`, read.
  static func reads(_ field: Field, plus: Int = 0, count: Count = .fixed(1)) -> Operand {
    .registers(field, offset: plus, count: count, access: .read)
  }

  /// `R[field + plus]`, written.
  static func writes(_ field: Field, plus: Int = 0, count: Count = .fixed(1)) -> Operand {
    .registers(field, offset: plus, count: count, access: .write)
  }
}

/// Where control may go afterwards.
package enum Flow: String, Sendable {
  case next
  /// The instruction after the next one.
  case skip
  /// The next instruction or the jump's target.
  case branch
  /// Only the jump's target.
  case jump
  /// Out of the function.
  case leave
}

/// What may happen in an instruction beyond its formula.
package struct Effects: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// May allocate in the heap, so it is a safepoint of the collector.
  package static let allocates = Effects(rawValue: 1 << 0)
  /// May push a frame: a call, or a metamethod.
  package static let calls = Effects(rawValue: 1 << 1)
  /// May raise an error.
  package static let faults = Effects(rawValue: 1 << 2)
  /// May leave the fiber parked: by a yield below it or because fuel ran out.
  package static let suspends = Effects(rawValue: 1 << 3)
  /// Charges fuel for the instructions since the last charge.
  package static let charges = Effects(rawValue: 1 << 4)

  /// What comes with a metamethod.
  package static let callsBack: Effects = [.allocates, .calls, .faults, .suspends]
  /// What comes with a back edge or a return.
  package static let testsFuel: Effects = [.charges, .suspends]

  /// The names of the members, in order of declaration.
  package var names: [String] {
    let all: [(Effects, String)] = [
      (.allocates, "allocates"), (.calls, "calls"), (.faults, "faults"),
      (.suspends, "suspends"), (.charges, "charges"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

/// One entry of the instruction set.
package struct Instruction: Sendable {
  package let name: String
  package let formula: String
  package let operands: [Operand]
  package let flow: Flow
  package let effects: Effects
  /// The event of the metamethod that may be called, without its underscores.
  package let event: String?
  package let notes: [String]

  init(
    _ name: String,
    _ formula: String,
    _ operands: [Operand],
    flow: Flow = .next,
    effects: Effects = [],
    event: String? = nil,
    notes: [String] = []
  ) {
    self.name = name
    self.formula = formula
    self.operands = operands
    self.flow = flow
    self.effects = effects
    self.event = event
    self.notes = notes
  }
}

/// Instructions that belong together.
package struct Family: Sendable {
  package let name: String
  package let summary: String
  package let instructions: [Instruction]
}

/// The whole instruction set.
package enum InstructionSet {
  /// All families.
  ///
  /// ORDER: an instruction's place here is its number in images; another numbering takes another
  /// format version (`Sources/NightjarBytecode/Image/ImageFormat.swift`).
  package static let families: [Family] = [
    moves, tables, arithmetic, branches, loops, calls, dialects, machine,
  ]

  /// All instructions in order of their numbers.
  package static let instructions: [Instruction] = families.flatMap(\.instructions)
}
