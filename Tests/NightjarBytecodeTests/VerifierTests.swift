// One test for each rule of the verifier, on functions that break just that rule.

import NightjarBytecode
import Testing

@Suite struct VerifierTests {
  typealias Cause = VerificationError.Cause

  /// The broken rule, and the instruction that breaks it.
  private func fault(_ function: FunctionPrototype) -> (cause: Cause, at: Int?)? {
    do throws(VerificationError) {
      try Verifier.verify(function)
      return nil
    } catch {
      return (error.cause, error.instruction)
    }
  }

  private func check(
    _ function: FunctionPrototype,
    _ cause: Cause?,
    at index: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = fault(function)
    #expect(found?.cause == cause, sourceLocation: sourceLocation)
    #expect(found?.at == index, sourceLocation: sourceLocation)
  }

  /// Checks code that a return follows.
  private func check(
    _ code: [Word],
    constants: [Constant] = [],
    upvalues: [UpvalueDescriptor] = [],
    functions: [FunctionPrototype] = [],
    registers: UInt8 = 16,
    closes: Bool = false,
    _ cause: Cause?,
    at index: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let end = Int32(code.count + 1)
    let last = closes ? Word(.returnMany, b: 1, c: 1, d: end) : Word(.returnNone, d: end)
    check(
      Sample.function(
        code + [last],
        constants: constants,
        upvalues: upvalues,
        functions: functions,
        registers: registers
      ),
      cause,
      at: index,
      sourceLocation: sourceLocation
    )
  }

  @Test func acceptsTheSample() { check(Sample.chunk, nil) }

  // MARK: The function as a whole

  @Test func dimensions() {
    check(Sample.function([]), .noCode)
    check(Sample.function([Sample.returnNone(at: 0)], registers: 1), .registerCount(1))
    check(
      Sample.function([Sample.returnNone(at: 0)], parameters: 3, registers: 2),
      .tooManyParameters(3)
    )
    check(Sample.function([Sample.returnNone(at: 0)], parameters: 2, registers: 2), nil)
    let many = Array(repeating: Sample.upvalue("u"), count: 256)
    check([], upvalues: many, .tooManyUpvalues(256))
    check([], upvalues: Array(many.dropLast()), nil)
  }

  @Test func nesting() {
    func nested(_ depth: Int) -> FunctionPrototype {
      (0..<depth).reduce(Sample.function([Sample.returnNone(at: 0)])) { inner, _ in
        Sample.function([Sample.returnNone(at: 0)], functions: [inner])
      }
    }
    check(nested(Verifier.nestingLimit), nil)
    check(nested(Verifier.nestingLimit + 1), .tooDeeplyNested)
  }

  @Test func namesTheFunction() {
    let bad = Sample.function([Word(.trap), Sample.returnNone(at: 1)])
    let middle = Sample.function(
      [Sample.returnNone(at: 0)],
      functions: [Sample.function([Sample.returnNone(at: 0)]), bad]
    )
    let main = Sample.function([Sample.returnNone(at: 0)], functions: [middle])
    let error = #expect(throws: VerificationError.self) { try Verifier.verify(main) }
    #expect(error?.path == [0, 1])
    #expect(error?.description == "P0.P1 instruction 0: trap in an image")
  }

  @Test func upvalueOrigins() {
    func main(_ upvalue: UpvalueDescriptor) -> FunctionPrototype {
      Sample.function(
        [Sample.returnNone(at: 0)],
        upvalues: [Sample.upvalue("e")],
        functions: [Sample.function([Sample.returnNone(at: 0)], upvalues: [upvalue])],
        registers: 4
      )
    }
    check(main(Sample.upvalue("a", 3)), nil)
    check(main(Sample.upvalue("a", 4)), .upvalueOrigin(upvalue: 0))
    check(main(Sample.upvalue("a", local: false, 0)), nil)
    check(main(Sample.upvalue("a", local: false, 1)), .upvalueOrigin(upvalue: 0))
  }

  @Test func debugInformation() {
    let code = [Word(.move), Sample.returnNone(at: 1)]
    check(Sample.function(code, lines: [1, 2]), nil)
    check(Sample.function(code, lines: [1]), .lineCount(1))
    check(Sample.function(code, lines: [1, -1]), .negativeLine)
    check(Sample.function(code, locals: [Sample.local("a", 0, 2)]), nil)
    check(Sample.function(code, locals: [Sample.local("a", 0, 3)]), .localRange(local: 0))
    check(Sample.function(code, locals: [Sample.local("a", 1, 0)]), .localRange(local: 0))
    check(Sample.function(code, locals: [Sample.local("a", -1, 0)]), .localRange(local: 0))
    check(
      Sample.function(code, locals: [Sample.local("a", 1, 2), Sample.local("b", 0, 2)]),
      .localRange(local: 1)
    )
    let three = ["a", "b", "c"].map { Sample.local($0, 0, 2) }
    check(Sample.function(code, registers: 3, locals: three), nil)
    check(Sample.function(code, registers: 2, locals: three), .tooManyActiveLocals(local: 2))
    // One ends where the next begins.
    let successive = [
      Sample.local("a", 0, 2), Sample.local("b", 0, 1), Sample.local("c", 1, 2),
    ]
    check(Sample.function(code, registers: 2, locals: successive), nil)
  }

  // MARK: Operands

  @Test func opcodes() {
    check([Word(bits: 0xFE)], .noSuchOpcode, at: 0)
    check([Word(.trap)], .trap, at: 0)
  }

  @Test func strayBits() {
    check([Word(.move, c: 1)], .strayBits, at: 0)
    check([Word(.move, d: 1)], .strayBits, at: 0)
    check(
      [Word(.getField, d: 1 << 16)],
      constants: [Sample.string("x")],
      .strayBits,
      at: 0
    )
  }

  @Test(arguments: [
    Word(.move, a: 4), Word(.move, b: 4), Word(.loadNil, a: 2, b: 2), Word(.loadTrue, a: 4),
    Word(.getTable, a: 0, b: 0, c: 4), Word(.setTable, a: 0, b: 0, c: 4),
    Word(.setInteger, a: 0, b: 4, c: 0, d: 1), Word(.selfField, a: 3, b: 0),
    Word(.setList, a: 0, b: 4), Word(.concat, a: 2, b: 3), Word(.add, c: 4),
    Word(.call, a: 4, b: 1, c: 1), Word(.call, a: 2, b: 3, c: 1), Word(.call, a: 2, b: 1, c: 4),
    Word(.toBeClosed, a: 4), Word(.returnOne, a: 4, d: 1), Word(.returnMany, a: 3, b: 3, d: 1),
    Word(.jumpIfLess, a: 4), Word(.jumpIfLess, b: 4), Word(.copyJumpIfTrue, a: 4),
    Word(.jumpIfLessI, a: 4, bc: -1, d: 0),
  ])
  func registers(word: Word) {
    let found = fault(
      Sample.function(
        [word, Sample.returnNone(at: 1)],
        constants: [Sample.string("x")],
        registers: 4
      )
    )
    #expect(found?.cause == .register(4))
    #expect(found?.at == 0)
  }

  @Test func registersAtTheLimit() {
    check([Word(.loadNil, a: 2, b: 1)], registers: 4, nil)
    check([Word(.call, a: 2, b: 2, c: 3)], registers: 4, nil)
    check([Word(.concat, a: 2, b: 2)], registers: 4, nil)
    // A return of nothing may stand behind the last register.
    check(Sample.function([Word(.returnMany, a: 4, b: 1, d: 1)], registers: 4), nil)
    // A constant is not a register.
    let constants = Array(repeating: Constant.nil, count: 5)
    check([Word(.setTable, a: 0, b: 0, c: 4, d: 1)], constants: constants, registers: 4, nil)
  }

  @Test func constants() {
    check([Word(.loadConstant, d: 0)], .constant(0), at: 0)
    check([Word(.loadConstant, d: -1)], .constant(-1), at: 0)
    check([Word(.loadConstant, d: 0)], constants: [.nil], nil)
    check([Word(.jumpIfEqualK, a: 0, bc: -1, d: 0)], constants: [.nil], .constant(65535), at: 0)
    check([Word(.setTable, c: 1, d: 1)], constants: [.nil], .constant(1), at: 0)
    check([Word(.setTable, c: 0, d: 2)], constants: [.nil], .immediate(2), at: 0)
  }

  @Test func constantKinds() {
    func key(_ count: Int) -> [Constant] { [.string(Array(repeating: 97, count: count))] }
    check([Word(.getField)], constants: key(40), nil)
    check([Word(.getField)], constants: key(41), .constantKind(0), at: 0)
    check([Word(.setField)], constants: [.integer(1)], .constantKind(0), at: 0)
    check([Word(.addK)], constants: [.float(.nan)], nil)
    check([Word(.addK)], constants: key(1), .constantKind(0), at: 0)
    check([Word(.bandK)], constants: [.float(3)], nil)
    check([Word(.bandK)], constants: [.float(3.5)], .constantKind(0), at: 0)
    check([Word(.bandK)], constants: [.float(0x1p63)], .constantKind(0), at: 0)
    check([Word(.shlK)], constants: [.boolean(true)], .constantKind(0), at: 0)
  }

  @Test func upvaluesAndFunctions() {
    check([Word(.getUpvalue, b: 1)], upvalues: [Sample.upvalue("u")], .upvalue(1), at: 0)
    check([Word(.setUpvalue, b: 0)], .upvalue(0), at: 0)
    check([Word(.setUpvalueField, a: 0)], constants: [Sample.string("x")], .upvalue(0), at: 0)
    check([Word(.closure, d: 0)], .function(0), at: 0)
    check([Word(.closure, d: -1)], .function(-1), at: 0)
  }

  @Test func immediates() {
    check([Word(.getInteger, d: 0)], .immediate(0), at: 0)
    check([Word(.setInteger, d: -5)], .immediate(-5), at: 0)
    check([Word(.concat, b: 1)], .immediate(1), at: 0)
    check([Word(.addI, c: 4)], .immediate(4), at: 0)
    check([Word(.addK, c: 2)], constants: [.integer(1)], .immediate(2), at: 0)
    check([Word(.setList, b: 1, d: -1)], .immediate(-1), at: 0)
    check([Word(.newTable, b: 32)], .immediate(32), at: 0)
    check([Word(.newTable, d: .max)], .tableSize, at: 0)
    check([Word(.newTable, b: 31)], .tableSize, at: 0)
    check([Word(.newTable, b: 3, d: 255)], nil)
  }

  @Test func ownOffsets() {
    check(Sample.function([Word(.returnNone, d: 0)]), .ownOffset(0), at: 0)
    check(Sample.function([Word(.returnOne, d: 2)]), .ownOffset(2), at: 0)
    check(Sample.function([Word(.returnMany, b: 1, d: 9)]), .ownOffset(9), at: 0)
    check(Sample.function([Word(.tailCall, b: 1, d: 9)]), .ownOffset(9), at: 0)
  }

  // MARK: Flow

  @Test func jumpTargets() {
    check([Word(.jump, d: 0)], nil)
    check([Word(.jump, d: 1)], .jumpTarget(2), at: 0)
    check([Word(.jumpIfTrue, d: .max)], .jumpTarget(Int(Int32.max) + 1), at: 0)
    check([Word(.jumpBack, d: -1)], nil)
    check([Word(.jumpBack, d: -2)], .jumpTarget(-1), at: 0)
    check([Word(.jump, d: -1)], .jumpDirection, at: 0)
    check([Word(.jumpBack, d: 0)], .jumpDirection, at: 0)
    check([Word(.jumpIfEqual, d: -1)], .jumpDirection, at: 0)
  }

  @Test func endOfCode() {
    check(Sample.function([Word(.move)]), .fallsOffTheEnd, at: 0)
    check(Sample.function([Word(.jumpIfTrue)]), .fallsOffTheEnd, at: 0)
    check([Word(.loadFalseSkip)], .fallsOffTheEnd, at: 0)
    check([Word(.loadFalseSkip), Word(.loadTrue)], nil)
    check(Sample.function([Word(.jumpBack, d: -1)]), nil)
    check(Sample.function([Word(.tailCall, b: 1, d: 1)]), nil)
  }

  @Test func variableArguments() {
    let end = Sample.returnNone(at: 1)
    check(Sample.function([Word(.varargPrepare, a: 2), end], parameters: 2, isVararg: true), nil)
    check(
      Sample.function([Word(.varargPrepare, a: 1), end], parameters: 2, isVararg: true),
      .varargPlacement,
      at: 0
    )
    check(Sample.function([Word(.move), end], isVararg: true), .varargPlacement, at: 0)
    check(Sample.function([Word(.varargPrepare), end]), .varargPlacement, at: 0)
    check([Word(.move), Word(.varargPrepare)], .varargPlacement, at: 1)
    check(
      Sample.function([Word(.varargPrepare), Word(.jumpBack, d: -2)], isVararg: true),
      .varargPlacement,
      at: 0
    )
    check([Word(.vararg, c: 2)], .varargOutsideVararg, at: 0)
  }

  @Test func numericLoops() {
    let start = Word(.forPrepare, a: 0, d: 2)
    check([start, Word(.move, a: 3), Word(.forLoop, a: 0, d: -2)], nil)
    check([Word(.forPrepare, a: 0, d: 1), Word(.forLoop, a: 0, d: -1)], nil)
    check([start, Word(.move), Word(.forLoop, a: 1, d: -2)], .unpairedLoop, at: 0)
    check([start, Word(.move), Word(.forLoop, a: 0, d: -1)], .unpairedLoop, at: 0)
    check([start, Word(.move), Word(.move)], .unpairedLoop, at: 0)
    check([Word(.move), Word(.forLoop, a: 0, d: -1)], .unpairedLoop, at: 1)
    check([Word(.forLoop, a: 0, d: -1)], .unpairedLoop, at: 0)
    check([Word(.forPrepare, a: 0, d: 0)], .unpairedLoop, at: 0)
    check(
      [Word(.forPrepare, a: 1, d: 1), Word(.forLoop, a: 1, d: -1)],
      registers: 4,
      .register(4),
      at: 0
    )
  }

  @Test func numericLoopsOwnTheirState() {
    func body(_ word: Word) -> [Word] {
      [Word(.forPrepare, a: 1, d: 2), word, Word(.forLoop, a: 1, d: -2)]
    }
    check(body(Word(.move, a: 0)), nil)
    check(body(Word(.move, a: 4)), nil)
    for register in UInt8(1)...3 {
      check(body(Word(.move, a: register)), .loopState, at: 1)
      check(body(Word(.call, a: register, b: 1, c: 1)), .loopState, at: 1)
    }
    check(body(Word(.loadNil, a: 0, b: 1)), .loopState, at: 1)
    check(body(Word(.loadNil, a: 4, b: 3)), nil)
    // An inner loop with a state of its own, and one that shares a register.
    func nested(_ register: UInt8) -> [Word] {
      [
        Word(.forPrepare, a: 1, d: 3), Word(.forPrepare, a: register, d: 1),
        Word(.forLoop, a: register, d: -1), Word(.forLoop, a: 1, d: -3),
      ]
    }
    check(nested(4), nil)
    check(nested(3), .loopState, at: 1)
    // Control enters at the preparation.
    check(
      [Word(.jumpIfTrue, a: 9, d: 1)] + body(Word(.move, a: 0)),
      .jumpIntoLoop(2),
      at: 0
    )
    check(body(Word(.jumpIfTrue, a: 9, d: 0)), nil)
    check(body(Word(.jumpIfTrue, a: 9, d: 1)), nil)
    // Loops stand in one another or side by side.
    check(
      [
        Word(.forPrepare, a: 1, d: 2), Word(.forPrepare, a: 5, d: 2), Word(.forLoop, a: 1, d: -2),
        Word(.forLoop, a: 5, d: -2),
      ],
      .unpairedLoop,
      at: 1
    )
  }

  @Test func numericLoopsAreNotCaptured() {
    func capturing(_ register: UInt8) -> FunctionPrototype {
      Sample.function(
        [Sample.returnNone(at: 0)],
        upvalues: [UpvalueDescriptor(name: nil, isLocalOfParent: true, index: register)]
      )
    }
    func body(_ word: Word) -> [Word] {
      [Word(.forPrepare, a: 1, d: 2), word, Word(.forLoop, a: 1, d: -2)]
    }
    let closure = Word(.closure, a: 5, d: 0)
    for register in UInt8(1)...3 {
      check(
        body(closure),
        functions: [capturing(register)],
        closes: true,
        .loopState,
        at: 1
      )
      check(
        [closure] + body(Word(.move, a: 0)),
        functions: [capturing(register)],
        closes: true,
        .loopState,
        at: 1
      )
      check(
        [closure, Word(.close, a: 1)] + body(Word(.move, a: 0)),
        functions: [capturing(register)],
        closes: true,
        nil
      )
    }
    check(body(closure), functions: [capturing(4)], closes: true, nil)
  }

  @Test func genericLoops() {
    let start = Word(.genericForPrepare, a: 0, d: 1)
    let call = Word(.genericForCall, a: 0, c: 1)
    let loop = Word(.genericForLoop, a: 0, d: -3)
    let close = Word(.close, a: 0)
    check([start, Word(.move), call, loop, close], nil)
    check([start, Word(.move), call, Word(.move), close], .unpairedLoop, at: 2)
    check([start, Word(.move), Word(.move), loop, close], .unpairedLoop, at: 0)
    check(
      [start, Word(.move), call, Word(.genericForLoop, a: 0, d: -2), close],
      .unpairedLoop,
      at: 3
    )
    check(
      [start, Word(.move), Word(.genericForCall, a: 1, c: 1), loop, close],
      .unpairedLoop,
      at: 0
    )
    check(
      [start, Word(.move), Word(.genericForCall, a: 0, c: 0), loop, close],
      .immediate(0),
      at: 2
    )
    // The window of the call is three registers, and as many as there are variables.
    check([start, Word(.move), call, loop, close], registers: 7, nil)
    check([start, Word(.move), call, loop, close], registers: 6, .register(6), at: 2)
    check(
      [start, Word(.move), Word(.genericForCall, a: 0, c: 4), loop, close],
      registers: 7,
      .register(7),
      at: 2
    )
  }

  @Test func openResults() {
    let open = Word(.call, a: 2, b: 1, c: 0)
    check([open, Word(.call, a: 1, b: 0, c: 1)], nil)
    check([open, Word(.setList, a: 1, b: 0)], nil)
    check(Sample.function([open, Word(.returnMany, a: 2, b: 0, d: 2)]), nil)
    check(Sample.function([open, Word(.tailCall, a: 1, b: 0, d: 2)]), nil)
    check([open, Word(.call, a: 1, b: 0, c: 0), Word(.call, a: 0, b: 0, c: 1)], nil)
    // Nobody takes them, or somebody who starts above them.
    check([open], .openResults, at: 0)
    check([open, Word(.call, a: 2, b: 0, c: 1)], .openResults, at: 0)
    check([open, Word(.setList, a: 2, b: 0)], .openResults, at: 0)
    check(Sample.function([open, Word(.returnMany, a: 3, b: 0, d: 2)]), .openResults, at: 0)
    // There are none.
    check([Word(.call, a: 1, b: 0, c: 1)], .openArguments, at: 0)
    check([Word(.move), Word(.setList, a: 1, b: 0)], .openArguments, at: 1)
    // Or only on one of two ways.
    check(
      [Word(.jumpIfTrue, d: 1), open, Word(.call, a: 1, b: 0, c: 1)],
      .openArguments,
      at: 2
    )
  }

  // MARK: Closing

  private let capturing = Sample.function(
    [Sample.returnNone(at: 0)],
    upvalues: [Sample.upvalue("a", 3)]
  )

  @Test func capturedVariables() {
    let closure = Word(.closure, a: 0, d: 0)
    check([closure], functions: [capturing], .returnWithoutClosing, at: 1)
    check([closure], functions: [capturing], closes: true, nil)
    check([closure, Word(.close, a: 3)], functions: [capturing], nil)
    check([closure, Word(.close, a: 4)], functions: [capturing], .returnWithoutClosing, at: 2)
    func ending(_ word: Word) -> FunctionPrototype {
      Sample.function([closure, word], functions: [capturing])
    }
    check(ending(Word(.tailCall, b: 1, c: 1, d: 2)), nil)
    check(ending(Word(.tailCall, b: 1, c: 0, d: 2)), .returnWithoutClosing, at: 1)
    check(ending(Word(.returnOne, d: 2)), .returnWithoutClosing, at: 1)
    check(ending(Word(.returnMany, b: 2, c: 0, d: 2)), .returnWithoutClosing, at: 1)
    // A closure over upvalues of the function around it captures nothing.
    let passing = Sample.function(
      [Sample.returnNone(at: 0)],
      upvalues: [Sample.upvalue("a", local: false, 0)]
    )
    check([closure], upvalues: [Sample.upvalue("u")], functions: [passing], nil)
  }

  @Test func capturesOnOneWay() {
    // The return before the capture need not close; one reached from behind it must.
    check(
      Sample.function(
        [
          Word(.jumpIfTrue, d: 1), Word(.returnNone, d: 2), Word(.closure, a: 0, d: 0),
          Word(.returnMany, b: 1, c: 1, d: 4),
        ],
        functions: [capturing]
      ),
      nil
    )
    check(
      [Word(.jumpIfTrue, d: 1), Word(.closure, a: 0, d: 0)],
      functions: [capturing],
      .returnWithoutClosing,
      at: 2
    )
    // Around a loop.
    check(
      [Word(.jumpIfTrue, d: 2), Word(.closure, a: 0, d: 0), Word(.jumpBack, d: -3)],
      functions: [capturing],
      .returnWithoutClosing,
      at: 3
    )
    // What nothing leads to does not matter.
    check([Word(.jump, d: 1), Word(.closure, a: 0, d: 0)], functions: [capturing], nil)
  }

  @Test func marksToClose() {
    let mark = Word(.toBeClosed, a: 2)
    check([mark], .returnWithoutClosing, at: 1)
    check([mark], closes: true, nil)
    check([mark, Word(.close, a: 2)], nil)
    check([mark, Word(.toBeClosed, a: 3)], closes: true, nil)
    check([mark, Word(.toBeClosed, a: 2)], closes: true, .closingOrder(register: 2), at: 1)
    check([mark, Word(.toBeClosed, a: 1)], closes: true, .closingOrder(register: 1), at: 1)
    check([mark, Word(.jumpBack, d: -2)], closes: true, .closingOrder(register: 2), at: 0)
    check([mark, Word(.close, a: 2), Word(.jumpBack, d: -3)], closes: true, nil)
    check(
      Sample.function([mark, Word(.tailCall, b: 1, c: 1, d: 2)]),
      .tailCallBeforeClosing,
      at: 1
    )
    check(
      [
        Word(.genericForPrepare, a: 0, d: 0), Word(.genericForCall, a: 0, c: 1),
        Word(.genericForLoop, a: 0, d: -2),
      ],
      .returnWithoutClosing,
      at: 3
    )
  }

  @Test func tangledCode() {
    // Each jump leads to the one before it, and the last brings one new register at a time.
    let count = 3000
    var code = [Word(.jump, d: Int32(count))]
    for _ in 0..<count { code.append(Word(.jumpBack, d: -2)) }
    let accepted = Sample.function(code + [Word(.jumpBack, d: -2)])
    check(accepted, nil)

    let functions = (0..<200).map { register in
      Sample.function(
        [Sample.returnNone(at: 0)],
        upvalues: [Sample.upvalue("u", UInt8(register))]
      )
    }
    var tangled: [Word] = [Word(.jump, d: 400)]
    // 1…400: a chain backwards, 400 first, ending in a jump to the closures.
    for index in 1...400 {
      tangled.append(index == 1 ? Word(.jump, d: 399) : Word(.jumpBack, d: -2))
    }
    for register in 0..<200 {
      tangled.append(Word(.closure, a: 0, d: Int32(register)))
      let back = Int32(400 - (tangled.count + 1))
      tangled.append(Word(.jumpIfTrue, a: 0, d: 1))
      tangled.append(Word(.jumpBack, d: back - 1))
    }
    check(
      tangled + [Word(.close, a: 0)],
      functions: functions,
      registers: 255,
      .tooTangled
    )
  }
}
