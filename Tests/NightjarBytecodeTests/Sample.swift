// Prototypes written by hand, as a compiler would have made them.

import NightjarBytecode

/// Short forms for building prototypes in tests.
enum Sample {
  /// A string constant.
  static func string(_ text: String) -> Constant { .string(Array(text.utf8)) }

  /// A return of nothing at an index.
  static func returnNone(at index: Int) -> Word { Word(.returnNone, d: Int32(index + 1)) }

  /// An upvalue.
  static func upvalue(_ name: String, local: Bool = true, _ index: UInt8 = 0) -> UpvalueDescriptor {
    UpvalueDescriptor(name: Array(name.utf8), isLocalOfParent: local, index: index)
  }

  /// A local variable.
  static func local(_ name: String, _ start: Int32, _ end: Int32) -> LocalVariable {
    LocalVariable(name: Array(name.utf8), start: start, end: end)
  }

  /// A function with code and little else.
  static func function(
    _ code: [Word],
    constants: [Constant] = [],
    upvalues: [UpvalueDescriptor] = [],
    functions: [FunctionPrototype] = [],
    parameters: UInt8 = 0,
    isVararg: Bool = false,
    registers: UInt8 = 16,
    lines: [Int32] = [],
    locals: [LocalVariable] = []
  ) -> FunctionPrototype {
    FunctionPrototype(
      code: code,
      constants: constants,
      upvalues: upvalues,
      functions: functions,
      parameterCount: parameters,
      isVararg: isVararg,
      registerCount: registers,
      source: Array("@sample.lua".utf8),
      lineDefined: 0,
      lastLineDefined: 0,
      lines: lines,
      locals: locals
    )
  }

  /// `for i = 1, 10 do print(i) end`, then a generic loop over a closure's calls and a
  /// to-be-closed variable: most shapes of operands in one main chunk.
  static let chunk = FunctionPrototype(
    code: [
      Word(.varargPrepare, a: 0),  // 0
      Word(.loadInteger, a: 0, d: 1),  // 1
      Word(.loadInteger, a: 1, d: 10),  // 2
      Word(.loadInteger, a: 2, d: 1),  // 3
      Word(.forPrepare, a: 0, d: 4),  // 4
      Word(.getUpvalueField, a: 4, b: 0, d: 0),  // 5
      Word(.move, a: 5, b: 3),  // 6
      Word(.call, a: 4, b: 2, c: 1),  // 7
      Word(.forLoop, a: 0, d: -4),  // 8
      Word(.closure, a: 0, d: 0),  // 9
      Word(.getUpvalueField, a: 1, b: 0, d: 1),  // 10
      Word(.move, a: 2, b: 0),  // 11
      Word(.call, a: 1, b: 2, c: 5),  // 12
      Word(.genericForPrepare, a: 1, d: 3),  // 13
      Word(.addK, a: 7, b: 5, d: 2),  // 14
      Word(.jumpIfEqualK, a: 7, b: 3, c: 0, d: 3),  // 15
      Word(.setUpvalueField, a: 0, b: 7, c: 0, d: 4),  // 16
      Word(.genericForCall, a: 1, c: 2),  // 17
      Word(.genericForLoop, a: 1, d: -5),  // 18
      Word(.close, a: 1),  // 19
      Word(.getUpvalueField, a: 1, b: 0, d: 0),  // 20
      Word(.vararg, a: 2, c: 0),  // 21
      Word(.call, a: 1, b: 0, c: 0),  // 22
      Word(.returnMany, a: 1, b: 0, c: 1, d: 24),  // 23
    ],
    constants: [
      string("print"), string("pairs"), .float(1.5), .nil, string("total"),
    ],
    upvalues: [upvalue("_ENV")],
    functions: [
      FunctionPrototype(
        code: [
          Word(.getUpvalue, a: 1, b: 0), Word(.addI, a: 1, b: 1, c: 2, d: -3),
          Word(.concat, a: 0, b: 2), Word(.returnOne, a: 0, d: 4),
        ],
        constants: [],
        upvalues: [upvalue("f", 0)],
        functions: [],
        parameterCount: 1,
        isVararg: false,
        registerCount: 2,
        source: Array("@sample.lua".utf8),
        lineDefined: 4,
        lastLineDefined: 6,
        lines: [5, 5, 5, 5],
        locals: [local("x", 0, 4)]
      )
    ],
    parameterCount: 0,
    isVararg: true,
    registerCount: 9,
    source: Array("@sample.lua".utf8),
    lineDefined: 0,
    lastLineDefined: 0,
    lines: [1, 1, 1, 1, 1, 2, 2, 2, 1, 4, 7, 7, 7, 7, 8, 9, 10, 7, 7, 7, 12, 12, 12, 12],
    locals: [
      local("(for state)", 4, 9), local("(for state)", 4, 9), local("(for state)", 4, 9),
      local("i", 5, 8), local("f", 10, 24), local("(for state)", 13, 20),
      local("(for state)", 13, 20), local("(for state)", 13, 20), local("(for state)", 13, 20),
      local("k", 14, 17), local("v", 14, 17),
    ]
  )
}
