// Between registers, constants and upvalues.

extension InstructionSet {
  static let moves = Family(
    name: "Moves",
    summary: "Between registers, constants and upvalues.",
    instructions: [
      Instruction("move", "R[a] := R[b]", [.writes(.a), .reads(.b)]),
      Instruction(
        "loadInteger",
        "R[a] := integer d",
        [.writes(.a), .immediate(.d, Int(Int32.min)...Int(Int32.max))]
      ),
      Instruction(
        "loadFloat",
        "R[a] := float(d)",
        [.writes(.a), .immediate(.d, Int(Int32.min)...Int(Int32.max))]
      ),
      Instruction("loadConstant", "R[a] := K[d]", [.writes(.a), .constant(.d, .any)]),
      Instruction(
        "loadNil",
        "R[a], …, R[a+b] := nil",
        [.writes(.a, count: .field(.b, plus: 1))]
      ),
      Instruction("loadTrue", "R[a] := true", [.writes(.a)]),
      Instruction("loadFalse", "R[a] := false", [.writes(.a)]),
      Instruction(
        "loadFalseSkip",
        "R[a] := false; pc += 1",
        [.writes(.a)],
        flow: .skip,
        notes: ["Ends a comparison used as a value; the instruction skipped is its `loadTrue`."]
      ),
      Instruction("getUpvalue", "R[a] := U[b]", [.writes(.a), .upvalue(.b)]),
      Instruction("setUpvalue", "U[b] := R[a]", [.upvalue(.b), .reads(.a)]),
    ]
  )
}
