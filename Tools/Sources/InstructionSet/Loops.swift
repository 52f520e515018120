// The `for` statements (manual, §3.3.5). A numeric loop keeps its state in R[a]…R[a+2] and gives
// the body a copy of the counter in R[a+3]; a generic loop keeps iterator, state, control and
// closing value in R[a]…R[a+3] and its variables from R[a+4].

extension InstructionSet {
  static let loops = Family(
    name: "Loops",
    summary: "The `for` statements.",
    instructions: [
      Instruction(
        "forPrepare",
        "prepare the loop over R[a], R[a+1], R[a+2]; if it does not run, pc += d, "
          + "else R[a+3] := R[a]",
        [
          .reads(.a, count: .fixed(3)), .writes(.a, count: .fixed(4)), .jump(.forward),
          .immediate(.c, 0...2),
        ],
        flow: .branch,
        effects: [.faults, .allocates],
        notes: [
          "c: the rules of the loop, 0 those of 5.4, 1 of 5.3 (wraps around, a step of zero is allowed), 2 of "
            + "dialects without integers.",
          "Initial value, limit and step come in R[a], R[a+1], R[a+2].",
          "d leads to the instruction after the matching `forLoop`.",
        ]
      ),
      Instruction(
        "forLoop",
        "step R[a]; if the loop goes on, R[a+3] := R[a] and pc += d, d < 0; "
          + "charges and tests fuel",
        [
          .reads(.a, count: .fixed(3)), .writes(.a, count: .fixed(4)), .jump(.backward),
        ],
        flow: .branch,
        effects: .testsFuel,
        notes: [
          "d leads to the instruction after the matching `forPrepare`.",
          "R[a]…R[a+2] are as `forPrepare` or this instruction left them: the verifier refuses other "
            + "writers and the debug library changes of type, so their tags are not tested.",
        ]
      ),
      Instruction(
        "genericForPrepare",
        "mark R[a+3] to be closed; pc += d",
        [.reads(.a, plus: 3), .jump(.forward)],
        flow: .jump,
        effects: [.allocates, .faults],
        notes: ["d leads to the matching `genericForCall`."]
      ),
      Instruction(
        "genericForCall",
        "R[a+4], …, R[a+3+c] := R[a](R[a+1], R[a+2])",
        [
          .reads(.a, count: .fixed(3)), .writes(.a, plus: 4, count: .fixed(3)),
          .writes(.a, plus: 4, count: .field(.c, plus: 0)),
          .writes(.a, plus: 4, count: .rest), .immediate(.c, 1...251),
        ],
        effects: .callsBack,
        notes: [
          "R[a+4], R[a+5], R[a+6] are the call's window, whatever c is.",
          "Always followed by its `genericForLoop`.",
        ]
      ),
      Instruction(
        "genericForLoop",
        "if R[a+4] ~= nil then R[a+2] := R[a+4]; pc += d, d < 0; charges and tests fuel",
        [.reads(.a, plus: 4), .writes(.a, plus: 2), .jump(.backward)],
        flow: .branch,
        effects: .testsFuel,
        notes: ["d leads to the instruction after the matching `genericForPrepare`."]
      ),
    ]
  )
}
