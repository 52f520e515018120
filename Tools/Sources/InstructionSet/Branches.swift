// Jumps and the comparisons fused with them. Conditional jumps only lead forward: loops close with
// the instructions that charge fuel.

extension InstructionSet {
  static let branches = Family(
    name: "Branches",
    summary: "Jumps, and comparisons fused with them. Conditional jumps only lead forward.",
    instructions: [
      Instruction("jump", "pc += d, d >= 0", [.jump(.forward)], flow: .jump),
      Instruction(
        "jumpBack",
        "pc += d, d < 0; charges and tests fuel",
        [.immediate(.a, 0...255), .jump(.backward)],
        flow: .jump,
        effects: .testsFuel,
        notes: [
          "When a is not 0, nothing from R[a-1] on is read again: the collector may clear it."
        ]
      ),
      Instruction(
        "jumpIfTrue",
        "if R[a] then pc += d",
        [.reads(.a), .jump(.forward)],
        flow: .branch
      ),
      Instruction(
        "jumpIfFalse",
        "if not R[a] then pc += d",
        [.reads(.a), .jump(.forward)],
        flow: .branch
      ),
      Instruction(
        "copyJumpIfTrue",
        "if R[b] then R[a] := R[b]; pc += d",
        [.writes(.a), .reads(.b), .jump(.forward)],
        flow: .branch
      ),
      Instruction(
        "copyJumpIfFalse",
        "if not R[b] then R[a] := R[b]; pc += d",
        [.writes(.a), .reads(.b), .jump(.forward)],
        flow: .branch
      ),
    ] + registerComparisons + [
      Instruction(
        "jumpIfEqualK",
        "if R[a] == K[bc] then pc += d",
        [.reads(.a), .constant(.bc, .any), .jump(.forward)],
        flow: .branch,
        notes: ["Raw equality: a constant has no metamethods."]
      ),
      Instruction(
        "jumpIfNotEqualK",
        "if R[a] ~= K[bc] then pc += d",
        [.reads(.a), .constant(.bc, .any), .jump(.forward)],
        flow: .branch,
        notes: ["Raw equality: a constant has no metamethods."]
      ),
    ] + immediateComparisons
  )

  private static let registerComparisons: [Instruction] = [
    ("Equal", "R[a] == R[b]", "eq"), ("Less", "R[a] < R[b]", "lt"),
    ("LessEqual", "R[a] <= R[b]", "le"),
  ].flatMap { (name: String, condition: String, event: String) in
    [("jumpIf", condition), ("jumpIfNot", "not (\(condition))")].map { prefix, condition in
      Instruction(
        prefix + name,
        "if \(condition) then pc += d",
        [.reads(.a), .reads(.b), .jump(.forward)],
        flow: .branch,
        effects: .callsBack,
        event: event
      )
    }
  }

  private static let immediateComparisons: [Instruction] = [
    ("LessI", "<", "lt"), ("LessEqualI", "<=", "le"), ("GreaterI", ">", "lt"),
    ("GreaterEqualI", ">=", "le"),
  ].flatMap { (name: String, sign: String, event: String) in
    let condition = "R[a] \(sign) integer signedBC"
    return [("jumpIf", condition), ("jumpIfNot", "not (\(condition))")].map { prefix, condition in
      Instruction(
        prefix + name,
        "if \(condition) then pc += d",
        [
          .reads(.a), .immediate(.signedBC, Int(Int16.min)...Int(Int16.max)), .jump(.forward),
        ],
        flow: .branch,
        effects: .callsBack,
        event: event,
        notes: name.hasPrefix("Greater") ? ["For a metamethod the immediate comes first."] : []
      )
    }
  }
}
