// What other dialects than Lua 5.4 need where the same source means something else. Instructions
// of their own keep those of 5.4 free of tests for the dialect.

extension InstructionSet {
  static let dialects = Family(
    name: "Dialects",
    summary: "What other dialects of Lua need; code of Lua 5.4 has none of these.",
    instructions: [
      Instruction(
        "modFloor",
        "R[a] := R[b] - floor(R[b] / R[c]) * R[c], as floats",
        [.writes(.a), .reads(.b), .reads(.c)],
        effects: .callsBack,
        event: "mod",
        notes: ["The operator `%` of 5.1, 5.2 and LuaJIT."]
      ),
      Instruction(
        "modFloorK",
        "R[a] := R[b] - floor(R[b] / K[d]) * K[d], as floats",
        [.writes(.a), .reads(.b), .constant(.d, .number)],
        effects: .callsBack,
        event: "mod"
      ),
      Instruction(
        "lenFloat",
        "R[a] := #R[b] as a float",
        [.writes(.a), .reads(.b)],
        effects: .callsBack,
        event: "len",
        notes: ["The operator `#` where there are no integers."]
      ),
      Instruction(
        "closureShared",
        "R[a] := closure of P[d], the one made last if it captures the same variables",
        [.writes(.a), .function(.d)],
        effects: [.allocates, .faults],
        notes: ["Functions of 5.2 and 5.3 are equal when nothing can tell them apart."]
      ),
      Instruction(
        "varargTable",
        "R[a] := table of the variable arguments, with their number as its field `n`",
        [.writes(.a)],
        effects: [.allocates, .faults],
        notes: ["The table `arg` of 5.1 and named variable arguments of 5.5."]
      ),
      Instruction(
        "varargFrom",
        "R[a], …, R[a+c-2] := R[b][1], …, R[b][R[b].n]",
        [.reads(.b), .writes(.a, count: .openWhenZero(.c, plus: -1))],
        effects: [.allocates, .faults],
        notes: [
          "c == 0: all of them, top set after them.",
          "`...` in a function that names its variable arguments.",
        ]
      ),
      Instruction(
        "varargElement",
        "R[a] := the variable argument with the number R[b], or how many there are for `n`",
        [.reads(.b), .writes(.a)],
        notes: ["Nil for any other key, like the table of `varargTable`, which nobody needs then."]
      ),
      Instruction(
        "checkUndefined",
        "raise an error if R[a] ~= nil: the global variable K[d] is defined already",
        [.reads(.a), .constant(.d, .any)],
        effects: [.allocates, .faults]
      ),
    ]
  )
}
