// What never stands in an image.

extension InstructionSet {
  static let machine = Family(
    name: "Machine",
    summary: "Only in a machine's own copy of the code; the verifier refuses it in an image.",
    instructions: [
      Instruction(
        "trap",
        "run the hooks of debug.sethook, then the instruction it stands for",
        [],
        effects: [.callsBack]
      )
    ]
  )
}
