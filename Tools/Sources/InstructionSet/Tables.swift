// Making, reading and writing tables. The value that is indexed need not be a table.

extension InstructionSet {
  static let tables = Family(
    name: "Tables",
    summary: "Making, reading and writing tables; the value that is indexed need not be one.",
    instructions: [
      Instruction(
        "newTable",
        "R[a] := {} with room for d array elements and b == 0 ? 0 : 1 << (b - 1) hash entries",
        [.writes(.a), .immediate(.d, 0...Int(Int32.max)), .immediate(.b, 0...31)],
        effects: [.allocates, .faults],
        notes: [
          "The sizes are hints. The verifier bounds them by the length of the code: "
            + "at most 255 array elements and two hash entries an instruction."
        ]
      ),
      Instruction(
        "getUpvalueField",
        "R[a] := U[b][K[constant16]], hint16",
        [.writes(.a), .upvalue(.b), .constant(.constant16, .name), .hint],
        effects: .callsBack,
        event: "index",
        notes: ["Reads a global when the upvalue is `_ENV`."]
      ),
      Instruction(
        "setUpvalueField",
        "U[a][K[constant16]] := (c == 1 ? K[b] : R[b]), hint16",
        [
          .upvalue(.a), .constant(.constant16, .name), .registerOrConstant(.b, flag: .c), .hint,
        ],
        effects: .callsBack,
        event: "newindex",
        notes: ["Writes a global when the upvalue is `_ENV`."]
      ),
      Instruction(
        "getTable",
        "R[a] := R[b][R[c]]",
        [.writes(.a), .reads(.b), .reads(.c)],
        effects: .callsBack,
        event: "index"
      ),
      Instruction(
        "getInteger",
        "R[a] := R[b][d], integer key 1...Int32.max",
        [.writes(.a), .reads(.b), .immediate(.d, 1...Int(Int32.max))],
        effects: .callsBack,
        event: "index"
      ),
      Instruction(
        "getField",
        "R[a] := R[b][K[constant16]], hint16",
        [.writes(.a), .reads(.b), .constant(.constant16, .name), .hint],
        effects: .callsBack,
        event: "index"
      ),
      Instruction(
        "setTable",
        "R[a][R[b]] := (d == 1 ? K[c] : R[c])",
        [.reads(.a), .reads(.b), .registerOrConstant(.c, flag: .d)],
        effects: .callsBack,
        event: "newindex"
      ),
      Instruction(
        "setInteger",
        "R[a][d] := (c == 1 ? K[b] : R[b]), integer key 1...Int32.max",
        [.reads(.a), .immediate(.d, 1...Int(Int32.max)), .registerOrConstant(.b, flag: .c)],
        effects: .callsBack,
        event: "newindex"
      ),
      Instruction(
        "setField",
        "R[a][K[constant16]] := (c == 1 ? K[b] : R[b]), hint16",
        [
          .reads(.a), .constant(.constant16, .name), .registerOrConstant(.b, flag: .c), .hint,
        ],
        effects: .callsBack,
        event: "newindex"
      ),
      Instruction(
        "selfField",
        "R[a+1] := R[b]; R[a] := R[b][K[constant16]], hint16",
        [
          .writes(.a, count: .fixed(2)), .reads(.b), .constant(.constant16, .name), .hint,
        ],
        effects: .callsBack,
        event: "index",
        notes: ["Looks up a method. A name of more than 40 bytes goes through `getTable`."]
      ),
      Instruction(
        "setList",
        "for i in 1...b: R[a][d + i] := R[a + i]; b == 0: up to top",
        [
          .reads(.a), .immediate(.d, 0...Int(Int32.max)),
          .reads(.a, plus: 1, count: .openWhenZero(.b, plus: 0)),
        ],
        effects: [.allocates, .faults],
        notes: [
          "The compiler puts a new table in R[a]; nothing verifies that, so the handler tests it.",
          "Calls no metamethods.",
        ]
      ),
    ]
  )
}
