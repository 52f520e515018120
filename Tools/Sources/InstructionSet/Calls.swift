// Calls, returns, variable arguments, closures and the closing of variables. An instruction whose
// results are open leaves them up to the stack's top; the one that takes them follows directly.

extension InstructionSet {
  static let calls = Family(
    name: "Calls",
    summary: "Calls, returns, variable arguments, closures, closing of variables.",
    instructions: [
      Instruction(
        "call",
        "R[a], …, R[a+c-2] := R[a](R[a+1], …, R[a+b-1])",
        [
          .reads(.a), .reads(.a, plus: 1, count: .openWhenZero(.b, plus: -1)),
          .writes(.a, count: .openWhenZero(.c, plus: -1)), .writes(.a, count: .rest),
        ],
        effects: [.callsBack, .charges],
        notes: [
          "b == 0: arguments up to top. c == 0: all results, top set after them.",
          "The callee's frame stands on R[a]: every register from there on is lost.",
        ]
      ),
      Instruction(
        "tailCall",
        "return R[a](R[a+1], …, R[a+b-1])",
        [
          .reads(.a), .reads(.a, plus: 1, count: .openWhenZero(.b, plus: -1)),
          .writes(.a, count: .rest), .immediate(.c, 0...1), .ownOffset,
        ],
        flow: .leave,
        effects: [.callsBack, .charges],
        notes: [
          "b == 0: arguments up to top. c == 1: close upvalues first.",
          "No variable may be waiting to be closed.",
        ]
      ),
      Instruction(
        "returnMany",
        "return R[a], …, R[a+b-2]",
        [
          .reads(.a, count: .openWhenZero(.b, plus: -1)), .immediate(.c, 0...1), .ownOffset,
        ],
        flow: .leave,
        effects: [.callsBack, .charges],
        event: "close",
        notes: [
          "b == 0: up to top. c == 1: close upvalues and to-be-closed variables first."
        ]
      ),
      Instruction(
        "returnNone",
        "return",
        [.ownOffset],
        flow: .leave,
        effects: .testsFuel
      ),
      Instruction(
        "returnOne",
        "return R[a]",
        [.reads(.a), .ownOffset],
        flow: .leave,
        effects: .testsFuel
      ),
      Instruction(
        "vararg",
        "R[a], …, R[a+c-2] := varargs",
        [
          .writes(.a, count: .openWhenZero(.c, plus: -1))
        ],
        effects: [.allocates, .faults],
        notes: ["c == 0: all of them, top set after them."]
      ),
      Instruction(
        "varargPrepare",
        "move the function and its a fixed parameters above the variable arguments",
        [.immediate(.a, 0...255)],
        effects: [.allocates, .faults],
        notes: [
          "The first instruction of every vararg function and of no other; no jump leads to it."
        ]
      ),
      Instruction(
        "closure",
        "R[a] := closure of P[d]",
        [.writes(.a), .function(.d)],
        effects: [.allocates, .faults]
      ),
      Instruction(
        "close",
        "close upvalues and to-be-closed variables at registers >= a",
        [.immediate(.a, 0...255)],
        effects: .callsBack,
        event: "close",
        notes: ["Variables are closed from the highest register down."]
      ),
      Instruction(
        "toBeClosed",
        "mark R[a] to be closed",
        [.reads(.a)],
        effects: [.allocates, .faults],
        notes: ["Marks stand in increasing registers; the verifier follows them."]
      ),
    ]
  )
}
