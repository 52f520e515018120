// Functions that no compiler makes and the verifier accepts: the handlers must be ready for any value
// in any register. Each runs to some end; that is all that is asked.

import NightjarBytecode
import NightjarFuzzing
import Testing

@Suite struct HostileImageTests {
  /// A function without constants, upvalues and functions of its own.
  private static func leaf(
    _ code: [Word],
    parameterCount: UInt8 = 0,
    registerCount: UInt8 = 4
  ) -> FunctionPrototype {
    FunctionPrototype(
      code: code,
      constants: [],
      upvalues: [],
      functions: [],
      parameterCount: parameterCount,
      isVararg: false,
      registerCount: registerCount,
      source: nil,
      lineDefined: 0,
      lastLineDefined: 0,
      lines: [],
      locals: []
    )
  }

  private func run(
    _ code: [Word],
    constants: [Constant] = [],
    functions: [FunctionPrototype] = [],
    isVararg: Bool = false
  ) throws {
    let function = FunctionPrototype(
      code: code,
      constants: constants,
      upvalues: [UpvalueDescriptor(name: nil, isLocalOfParent: true, index: 0)],
      functions: functions,
      parameterCount: 0,
      isVararg: isVararg,
      registerCount: 24,
      source: nil,
      lineDefined: 0,
      lastLineDefined: 0,
      lines: [],
      locals: []
    )
    try Verifier.verify(function)
    for profile in RunProfile.allCases { Oracle.checkRun(function, under: profile) }
  }

  /// Values of every kind, made in register `a`.
  private static let values: [@Sendable (UInt8) -> Word] = [
    { Word(.loadNil, a: $0) }, { Word(.loadTrue, a: $0) }, { Word(.loadInteger, a: $0, d: -3) },
    { Word(.loadFloat, a: $0, d: 7) }, { Word(.loadConstant, a: $0, d: 0) },
    { Word(.newTable, a: $0) }, { Word(.closure, a: $0, d: 0) }, { Word(.getUpvalue, a: $0) },
    { Word(.getUpvalueField, a: $0, d: 1) },
  ]

  private static let constants: [Constant] = [
    .string(Array("a string longer than forty bytes is not interned".utf8)),
    .string(Array("next".utf8)),
  ]

  private static let nested = leaf(
    [Word(.returnOne, a: 0, d: 1)],
    parameterCount: 1,
    registerCount: 2
  )

  /// A loop adds to its state without looking at types, so nobody else may write it.
  @Test(arguments: 0..<3, values.indices)
  func numericLoopStateOverwritten(register: Int, value: Int) throws {
    for start in [Word(.loadInteger, a: 0, d: 1), Word(.loadFloat, a: 0, d: 1)] {
      #expect(throws: VerificationError.self) {
        try run(
          [
            start,  // 0
            Word(.loadInteger, a: 1, d: 50),  // 1
            Word(.loadInteger, a: 2, d: 1),  // 2
            Word(.forPrepare, a: 0, d: 4),  // 3 → 8
            Self.values[value](UInt8(register)),  // 4
            Word(.newTable, a: 5),  // 5
            Word(.setTable, a: 5, b: 3, c: UInt8(register)),  // 6
            Word(.forLoop, a: 0, d: -4),  // 7 → 4
            Word(.returnMany, a: 0, b: 5, d: 9),  // 8
          ],
          constants: Self.constants,
          functions: [Self.nested]
        )
      }
    }
  }

  @Test func numericLoopEnteredFromOutside() throws {
    #expect(throws: VerificationError.self) {
      try run([
        Word(.jumpIfTrue, a: 9, d: 1),  // 0 → 2
        Word(.forPrepare, a: 0, d: 2),  // 1 → 4
        Word(.move, a: 6, b: 1),  // 2
        Word(.forLoop, a: 0, d: -2),  // 3 → 2
        Word(.returnMany, a: 0, b: 5, d: 5),  // 4
      ])
    }
  }

  @Test(arguments: values.indices, values.indices)
  func genericLoopStateOfAnyKind(iterator: Int, state: Int) throws {
    for closing in Self.values.indices {
      try run(
        [
          Self.values[iterator](0), Self.values[state](1), Self.values[closing](2),
          Self.values[closing](3),
          Word(.jump, d: 1),  // 4 → 6
          Word(.genericForPrepare, a: 0, d: 1),  // 5 → 7
          Self.values[closing](2),  // 6
          Word(.genericForCall, a: 0, c: 3),  // 7
          Word(.genericForLoop, a: 0, d: -3),  // 8 → 6
          Word(.returnMany, a: 0, b: 8, c: 1, d: 10),  // 9
        ],
        constants: Self.constants,
        functions: [Self.nested]
      )
    }
  }

  @Test(arguments: values.indices)
  func listsIntoAnything(value: Int) throws {
    try run(
      [
        Self.values[value](0), Word(.setList, a: 0, b: 8, d: 0),
        Word(.setList, a: 0, b: 2, d: .max), Word(.getUpvalueField, a: 1, d: 1),
        Word(.move, a: 2, b: 0), Word(.call, a: 1, b: 2, c: 0),
        Word(.setList, a: 0, b: 0, d: 3), Word(.returnOne, a: 0, d: 8),
      ],
      constants: Self.constants,
      functions: [Self.nested]
    )
  }

  @Test(arguments: values.indices)
  func openResultsOfAnything(value: Int) throws {
    try run(
      [
        Word(.varargPrepare), Self.values[value](1), Word(.vararg, a: 3, c: 0),
        Word(.call, a: 1, b: 0, c: 0), Word(.setList, a: 0, b: 0), Word(.vararg, a: 1, c: 20),
        Word(.vararg, a: 1, c: 0), Word(.tailCall, a: 0, b: 0, c: 1, d: 8),
      ],
      constants: Self.constants,
      functions: [Self.nested],
      isVararg: true
    )
  }

  @Test(arguments: values.indices)
  func marksOfAnything(value: Int) throws {
    try run(
      [
        Self.values[value](2), Word(.toBeClosed, a: 2), Self.values[value](2),
        Self.values[value](3), Word(.toBeClosed, a: 3), Word(.loadNil, a: 0, b: 10),
        Word(.close, a: 3), Word(.newTable, a: 2), Word(.returnMany, a: 0, b: 3, c: 1, d: 9),
      ],
      constants: Self.constants,
      functions: [Self.nested]
    )
  }

  /// A table that a constructor never fills must not take the memory it asks for.
  @Test func greedyTables() throws {
    var code: [Word] = []
    for _ in 0..<2000 { code.append(Word(.newTable, a: 0, b: 11, d: 500_000)) }
    code.append(Word(.jumpBack, d: -2001))
    try run(code)
  }

  /// Jumping far ahead and failing there must not earn fuel.
  @Test func forwardJumpsEarnNothing() throws {
    let distance = 3000
    let failing = Self.leaf(
      [Word(.jump, d: Int32(distance))] + Array(repeating: Word(.move), count: distance) + [
        Word(.loadNil, a: 0), Word(.unm, a: 0, b: 0), Word(.returnNone, d: Int32(distance + 4)),
      ]
    )
    try run(
      [
        Word(.getUpvalueField, a: 0, d: 0), Word(.closure, a: 1, d: 0),
        Word(.call, a: 0, b: 2, c: 1), Word(.jumpBack, d: -4),
      ],
      constants: [.string(Array("pcall".utf8))],
      functions: [failing]
    )
    let yielding = Self.leaf(
      [Word(.jump, d: Int32(distance))] + Array(repeating: Word(.move), count: distance) + [
        Word(.call, a: 0, b: 1, c: 1), Word(.returnNone, d: Int32(distance + 3)),
      ],
      parameterCount: 1
    )
    // while true do coroutine.wrap(yielding)(coroutine.yield) end
    try run(
      [
        Word(.getUpvalueField, a: 0, d: 0), Word(.getField, a: 0, b: 0, d: 1),
        Word(.closure, a: 1, d: 0), Word(.call, a: 0, b: 2, c: 2),
        Word(.getUpvalueField, a: 1, d: 0), Word(.getField, a: 1, b: 1, d: 2),
        Word(.call, a: 0, b: 2, c: 1), Word(.jumpBack, d: -8),
      ],
      constants: ["coroutine", "wrap", "yield"].map { .string(Array($0.utf8)) },
      functions: [yielding]
    )
  }
}
