// Arithmetic, bitwise and string operators (manual, §3.4). Each arithmetic operator has a form for
// registers and one for a constant; metamethods see the operands as they stood in the source.

extension InstructionSet {
  static let arithmetic = Family(
    name: "Arithmetic",
    summary: "Operators on registers, and on a register and a constant.",
    instructions: registerForms + constantForms + [
      Instruction(
        "addI",
        "R[a] := R[b] + integer d",
        [
          .writes(.a), .reads(.b), .immediate(.d, Int(Int32.min)...Int(Int32.max)),
          .immediate(.c, 0...3),
        ],
        effects: .callsBack,
        event: "add",
        notes: [
          "c bit 0: the operands stood the other way round in the source.",
          "c bit 1: the source subtracted -d; the metamethod is `__sub` then.",
        ]
      ),
      Instruction(
        "unm",
        "R[a] := -R[b]",
        [.writes(.a), .reads(.b)],
        effects: .callsBack,
        event: "unm"
      ),
      Instruction(
        "bnot",
        "R[a] := ~R[b]",
        [.writes(.a), .reads(.b)],
        effects: .callsBack,
        event: "bnot"
      ),
      Instruction("not", "R[a] := not R[b]", [.writes(.a), .reads(.b)]),
      Instruction(
        "len",
        "R[a] := #R[b]",
        [.writes(.a), .reads(.b)],
        effects: .callsBack,
        event: "len"
      ),
      Instruction(
        "concat",
        "R[a] := R[a] .. … .. R[a+b-1], b >= 2",
        [
          .reads(.a, count: .field(.b, plus: 0)), .writes(.a, count: .field(.b, plus: 0)),
          .immediate(.b, 2...255),
        ],
        effects: .callsBack,
        event: "concat",
        notes: ["The operands are scratch space: a metamethod's result replaces two of them."]
      ),
    ]
  )

  private static let registerForms: [Instruction] = [
    ("add", "+"), ("sub", "-"), ("mul", "*"), ("div", "/"), ("mod", "%"), ("pow", "^"),
    ("idiv", "//"), ("band", "&"), ("bor", "|"), ("bxor", "~"), ("shl", "<<"), ("shr", ">>"),
  ].map { (name: String, sign: String) in
    Instruction(
      name,
      "R[a] := R[b] \(sign) R[c]",
      [.writes(.a), .reads(.b), .reads(.c)],
      effects: .callsBack,
      event: name
    )
  }

  private static let constantForms: [Instruction] = [
    ("add", "+", ConstantKind.number), ("sub", "-", .number), ("mul", "*", .number),
    ("div", "/", .number), ("mod", "%", .number), ("pow", "^", .number), ("idiv", "//", .number),
    ("band", "&", .integral), ("bor", "|", .integral), ("bxor", "~", .integral),
    ("shl", "<<", .integral), ("shr", ">>", .integral),
  ].map { (name: String, sign: String, kind: ConstantKind) in
    Instruction(
      name + "K",
      "R[a] := R[b] \(sign) K[d]",
      [.writes(.a), .reads(.b), .constant(.d, kind), .immediate(.c, 0...1)],
      effects: .callsBack,
      event: name,
      notes: [
        "c bit 0: the operands stood the other way round in the source (commutative operators)."
      ]
    )
  }
}
