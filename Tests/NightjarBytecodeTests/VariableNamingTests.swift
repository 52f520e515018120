// The names found for values, on code as a compiler emits it for the source in each test's name or
// comment.

import NightjarBytecode
import Testing

@Suite struct VariableNamingTests {
  private func check(
    _ function: FunctionPrototype,
    register: Int,
    at index: Int,
    _ expected: String?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let name = VariableNaming(function).describe(register: register, at: index)
    #expect(text(name) == expected, sourceLocation: sourceLocation)
  }

  private func text(_ name: VariableName?) -> String? {
    name.map { "\($0.kind.rawValue) '\(String(decoding: $0.name, as: UTF8.self))'" }
  }

  @Test func locals() {
    let function = Sample.function(
      [Word(.loadNil, a: 0), Word(.move, a: 1, b: 0), Word(.call, a: 1, b: 1, c: 1)],
      locals: [Sample.local("a", 1, 3)]
    )
    check(function, register: 0, at: 2, "local 'a'")
    check(function, register: 1, at: 2, "local 'a'")
    // Not yet active where it is initialised.
    check(function, register: 0, at: 0, nil)
  }

  @Test func localsByOrderAmongActiveOnes() {
    let function = Sample.function(
      Array(repeating: Word(.move), count: 6),
      locals: [
        Sample.local("a", 0, 6), Sample.local("inner", 1, 3), Sample.local("b", 3, 6),
      ]
    )
    check(function, register: 1, at: 2, "local 'inner'")
    check(function, register: 1, at: 3, "local 'b'")
    check(function, register: 2, at: 3, nil)
  }

  @Test func globalsFieldsAndMethods() {
    let function = Sample.function(
      [
        Word(.getUpvalueField, a: 0, b: 0, d: 0),  // 0: aaa
        Word(.getField, a: 1, b: 0, d: 1),  // 1: aaa.bbb
        Word(.selfField, a: 1, b: 1, d: 2),  // 2: aaa.bbb:ddd
        Word(.call, a: 1, b: 2, c: 1),
      ],
      constants: [Sample.string("aaa"), Sample.string("bbb"), Sample.string("ddd")],
      upvalues: [Sample.upvalue("_ENV")]
    )
    check(function, register: 0, at: 1, "global 'aaa'")
    check(function, register: 1, at: 2, "field 'bbb'")
    check(function, register: 1, at: 3, "method 'ddd'")
    #expect(text(VariableNaming(function).describeCall(at: 3)) == "method 'ddd'")
    #expect(text(VariableNaming(function).describeIndexed(at: 0)) == "upvalue '_ENV'")
    #expect(text(VariableNaming(function).describeIndexed(at: 1)) == "global 'aaa'")
    #expect(text(VariableNaming(function).describeIndexed(at: 2)) == "field 'bbb'")
  }

  @Test func environmentInALocal() {
    // local _ENV = …; a = a + 1
    let function = Sample.function(
      [
        Word(.newTable, a: 0), Word(.getField, a: 1, b: 0, d: 0),
        Word(.addI, a: 1, b: 1, d: 1),
      ],
      constants: [Sample.string("a")],
      locals: [Sample.local("_ENV", 1, 3)]
    )
    check(function, register: 1, at: 2, "global 'a'")
  }

  @Test func stringsCalledLikeTheEnvironmentAreNotIt() {
    // ('_ENV').x, and t._ENV.x
    let function = Sample.function(
      [
        Word(.loadConstant, a: 0, d: 0), Word(.getField, a: 1, b: 0, d: 1),
        Word(.getField, a: 2, b: 1, d: 0), Word(.getField, a: 2, b: 2, d: 1),
        Word(.addI, a: 1, b: 1, d: 1),
      ],
      constants: [Sample.string("_ENV"), Sample.string("x")]
    )
    check(function, register: 0, at: 1, "constant '_ENV'")
    check(function, register: 1, at: 4, "field 'x'")
    check(function, register: 2, at: 4, "field 'x'")
  }

  @Test func upvalues() {
    let function = Sample.function(
      [Word(.getUpvalue, a: 0, b: 0), Word(.addK, a: 0, b: 0, d: 0)],
      upvalues: [Sample.upvalue("b")]
    )
    check(function, register: 0, at: 1, "upvalue 'b'")
    let stripped = Sample.function(
      [Word(.getUpvalue, a: 0, b: 0), Word(.addK, a: 0, b: 0, d: 0)],
      upvalues: [UpvalueDescriptor(name: nil, isLocalOfParent: true, index: 0)]
    )
    check(stripped, register: 0, at: 1, "upvalue '?'")
  }

  @Test func keysInRegisters() {
    // A constant key names the field, a local variable does not.
    let function = Sample.function(
      [
        Word(.newTable, a: 0), Word(.loadConstant, a: 1, d: 0),
        Word(.getTable, a: 1, b: 0, c: 1), Word(.getTable, a: 2, b: 0, c: 0),
        Word(.getInteger, a: 3, b: 0, d: 4), Word(.unm, a: 1, b: 1),
      ],
      constants: [Sample.string("key")]
    )
    check(function, register: 1, at: 5, "field 'key'")
    check(function, register: 2, at: 5, "field '?'")
    check(function, register: 3, at: 5, "field 'integer index'")
  }

  @Test func valuesOfShortCircuitsHaveNoName() {
    // (aaa or bbb)()
    let function = Sample.function(
      [
        Word(.getUpvalueField, a: 0, b: 0, d: 0),  // 0
        Word(.jumpIfTrue, a: 0, d: 1),  // 1 → 3
        Word(.getUpvalueField, a: 0, b: 0, d: 1),  // 2
        Word(.call, a: 0, b: 1, c: 1),  // 3
        Word(.getUpvalueField, a: 0, b: 0, d: 1),  // 4
        Word(.call, a: 0, b: 1, c: 1),  // 5
      ],
      constants: [Sample.string("aaa"), Sample.string("bbb")],
      upvalues: [Sample.upvalue("_ENV")]
    )
    check(function, register: 0, at: 3, nil)
    // Inside the region it is known.
    check(function, register: 0, at: 2, "global 'aaa'")
    // Behind it an unconditional write is known again.
    check(function, register: 0, at: 5, "global 'bbb'")
  }

  @Test func loopBodiesAreTakenAsRun() {
    // for … do if nil then break end insert(…) end
    let function = Sample.function(
      [
        Word(.forPrepare, a: 0, d: 4),  // 0 → 5
        Word(.jumpIfFalse, a: 3, d: 3),  // 1 → 5
        Word(.getUpvalueField, a: 4, b: 0, d: 0),  // 2
        Word(.call, a: 4, b: 1, c: 1),  // 3
        Word(.forLoop, a: 0, d: -4),  // 4
        Word(.returnNone, d: 6),
      ],
      constants: [Sample.string("insert")],
      upvalues: [Sample.upvalue("_ENV")]
    )
    check(function, register: 4, at: 3, "global 'insert'")
  }

  @Test func callsHideTheRegistersAboveThem() {
    let function = Sample.function(
      [
        Word(.getUpvalueField, a: 2, b: 0, d: 0), Word(.call, a: 1, b: 1, c: 2),
        Word(.unm, a: 2, b: 2),
      ],
      constants: [Sample.string("g")],
      upvalues: [Sample.upvalue("_ENV")]
    )
    check(function, register: 2, at: 1, "global 'g'")
    check(function, register: 2, at: 2, nil)
  }

  @Test func movesAreFollowedDownwardsOnly() {
    let function = Sample.function([
      Word(.getUpvalue, a: 3, b: 0), Word(.move, a: 1, b: 3), Word(.addI, a: 1, b: 1, d: 2),
    ])
    check(function, register: 1, at: 2, nil)
  }

  @Test(arguments: [
    (Word(.add), "add"), (Word(.idivK), "idiv"), (Word(.addI), "add"), (Word(.addI, c: 2), "sub"),
    (Word(.concat, b: 2), "concat"), (Word(.len), "len"), (Word(.unm), "unm"),
    (Word(.getInteger, d: 1), "index"), (Word(.setUpvalueField), "newindex"),
    (Word(.selfField), "index"), (Word(.jumpIfNotEqual), "eq"), (Word(.jumpIfLess), "lt"),
    (Word(.jumpIfNotGreaterI), "lt"), (Word(.jumpIfGreaterEqualI), "le"), (Word(.close), "close"),
    (Word(.returnMany), "close"),
  ])
  func metamethods(word: Word, event: String) {
    let name = VariableNaming(Sample.function([word])).describeCall(at: 0)
    #expect(text(name) == "metamethod '\(event)'")
  }

  @Test func callersWithoutAName() {
    let naming = VariableNaming(
      Sample.function([Word(.genericForCall, c: 1), Word(.move), Word(.jumpIfEqualK)])
    )
    #expect(text(naming.describeCall(at: 0)) == "for iterator 'for iterator'")
    #expect(naming.describeCall(at: 1) == nil)
    #expect(naming.describeCall(at: 2) == nil)
    #expect(naming.describeCall(at: 99) == nil)
    #expect(naming.describe(register: 3, at: 99) == nil)
  }
}
