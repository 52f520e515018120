// What is known of an instruction without running it: operands, flow, effects. The verifier, the
// disassembler and the naming of variables in error messages read it; the values are generated
// (`Generated/InstructionTable.swift`) from the declarations in `Tools/Sources/InstructionSet`.

/// A part of an instruction word; the layout is drawn in `Word.swift`.
package enum Field: UInt8, Sendable {
  case a, b, c, d, bc, signedBC, constant16

  /// The bits of the word the field takes.
  package var mask: UInt64 {
    switch self {
    case .a: 0xFF00
    case .b: 0xFF_0000
    case .c: 0xFF00_0000
    case .bc, .signedBC: 0xFFFF_0000
    case .d: 0xFFFF_FFFF_0000_0000
    case .constant16: 0xFFFF_0000_0000
    }
  }
}

extension Word {
  /// The value of a field.
  package subscript(field: Field) -> Int {
    switch field {
    case .a: Int(a)
    case .b: Int(b)
    case .c: Int(c)
    case .d: Int(d)
    case .bc: Int(bc)
    case .signedBC: Int(signedBC)
    case .constant16: Int(constant16)
    }
  }
}

/// How many registers a span of registers has.
package enum RegisterCount: Equatable, Sendable {
  case fixed(Int)
  /// The field's value plus a constant.
  case field(Field, plus: Int)
  /// The field's value plus a constant; when the field is 0, up to the top of the stack.
  case openWhenZero(Field, plus: Int)
  /// All registers from the first one on are lost or replaced.
  case rest
}

/// What a constant operand may be.
package enum ConstantKind: UInt8, Sendable {
  case any
  /// An integer or a float.
  case number
  /// An integer, or a float equal to one.
  case integral
  /// A string of at most 40 bytes, which the machine interns.
  case name
}

/// One operand of an instruction.
package enum Operand: Equatable, Sendable {
  /// Registers `R[field + offset]` and following.
  case registers(Field, offset: Int, count: RegisterCount, access: Access)
  case constant(Field, ConstantKind)
  /// `K[field]` when the flag field is 1, `R[field]` when it is 0.
  case registerOrConstant(Field, flag: Field)
  case upvalue(Field)
  case function(Field)
  case immediate(Field, ClosedRange<Int>)
  case jump(Direction)
  /// `d` is the instruction's own index plus one.
  case ownOffset
  case hint

  /// What happens to registers.
  package enum Access: UInt8, Sendable {
    case read, write
  }

  /// Where a jump may lead.
  package enum Direction: UInt8, Sendable {
    case forward, backward
  }
}

/// Where control may go after an instruction.
package enum Flow: UInt8, Sendable {
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
}

/// The static description of one instruction.
package struct InstructionShape: Sendable {
  package let name: String
  package let formula: String
  package let operands: [Operand]
  package let flow: Flow
  package let effects: Effects
  /// The event of the metamethod the instruction may call, without its underscores.
  package let event: String?

  /// The bits an image may set, beside the opcode; the others are zero.
  package let usedBits: UInt64

  init(
    _ name: String,
    _ formula: String,
    _ operands: [Operand],
    flow: Flow,
    effects: UInt8,
    event: String?
  ) {
    self.name = name
    self.formula = formula
    self.operands = operands
    self.flow = flow
    self.effects = Effects(rawValue: effects)
    self.event = event
    usedBits = operands.reduce(0) { $0 | $1.usedBits }
  }
}

extension Operand {
  /// The bits of the word the operand takes; a hint has none outside a machine.
  fileprivate var usedBits: UInt64 {
    switch self {
    case .registers(let field, _, let count, _):
      switch count {
      case .fixed, .rest: field.mask
      case .field(let other, _), .openWhenZero(let other, _): field.mask | other.mask
      }
    case .constant(let field, _), .upvalue(let field), .function(let field),
      .immediate(let field, _):
      field.mask
    case .registerOrConstant(let field, let flag): field.mask | flag.mask
    case .jump, .ownOffset: Field.d.mask
    case .hint: 0
    }
  }
}

extension Opcode {
  /// What is known of the instruction without running it.
  package var shape: InstructionShape { InstructionTable.shapes[Int(rawValue)] }
}
