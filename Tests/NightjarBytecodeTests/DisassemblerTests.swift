// The listing of a prototype, whole.

import NightjarBytecode
import Testing

@Suite struct DisassemblerTests {
  @Test func listsAChunk() {
    let lines = Disassembler.lines(of: Sample.chunk)
    #expect(lines.joined(separator: "\n") == Self.expected)
  }

  @Test func listsWhatIsNoInstruction() {
    let function = Sample.function([
      Word(bits: 0xFF), Word(.getField, a: 0, b: 1, d: 99), Word(.getUpvalue, a: 0, b: 9),
    ])
    let lines = Disassembler.lines(of: function)
    #expect(lines[1].hasSuffix("no instruction: 255"))
    #expect(lines[2].hasSuffix("R0 := R1[K99]"))
    #expect(lines[3].hasSuffix("R0 := U9"))
  }

  @Test func quotesConstants() {
    #expect(Constant.string([0, 65, 10, 34, 255]).listingText == #""\x00A\n\"\xFF""#)
    #expect(Constant.float(-.infinity).listingText == "-inf")
    #expect(Constant.float(3).listingText == "3.0")
    #expect(Constant.string(Array(repeating: 97, count: 61)).listingText.hasSuffix("a\"…"))
  }

  private static let expected = """
    main <sample.lua:0-0> 24 instructions, 9 registers, 0 parameters and more, 1 function
          0     1  varargPrepare        0                 0 fixed parameters
          1     1  loadInteger          R0 1              R0 := 1
          2     1  loadInteger          R1 10             R1 := 10
          3     1  loadInteger          R2 1              R2 := 1
          4     1  forPrepare           R0…R2 R0…R3 +4 0  for R3 := R0, R1, R2; if none → 9
          5     2  getUpvalueField      R4 U0 K0          R4 := _ENV.print
          6     2  move                 R5 R3             R5 := R3
          7     2  call                 R4 R5             R4(R5)
          8     1  forLoop              R0…R2 R0…R3 -4    step R3 → 5
          9     4  closure              R0 P0             R0 := function P0
         10     7  getUpvalueField      R1 U0 K1          R1 := _ENV.pairs
         11     7  move                 R2 R0             R2 := R0
         12     7  call                 R1 R2 R1…R4       R1, R2, R3, R4 := R1(R2)
         13     7  genericForPrepare    R4 +3             close R4 later → 17
         14     8  addK                 R7 R5 K2 0        R7 := R5 + 1.5
         15     9  jumpIfEqualK         R7 K3 +3          if R7 == nil → 19
         16    10  setUpvalueField      U0 K4 R7          _ENV.total := R7
         17     7  genericForCall       R1…R3 R5…R7 R5…R6 2  R5, R6 := R1(R2, R3)
         18     7  genericForLoop       R5 R3 -5          if R5 ~= nil → 14
         19     7  close                1                 close from R1
         20    12  getUpvalueField      R1 U0 K0          R1 := _ENV.print
         21    12  vararg               R2…               R2… := ...
         22    12  call                 R1 R2… R1…        R1… := R1(R2…)
         23    12  returnMany           R1… 1             return R1… after closing
      constants
        K0  "print"
        K1  "pairs"
        K2  1.5
        K3  nil
        K4  "total"
      upvalues
        U0  _ENV  R0 of parent
      locals
        "(for state)"  4..<9
        "(for state)"  4..<9
        "(for state)"  4..<9
        i  5..<8
        f  10..<24
        "(for state)"  13..<20
        "(for state)"  13..<20
        "(for state)"  13..<20
        "(for state)"  13..<20
        k  14..<17
        v  14..<17

    function P0 <sample.lua:4-6> 4 instructions, 2 registers, 1 parameter
          0     5  getUpvalue           R1 U0             R1 := f
          1     5  addI                 R1 R1 -3 2        R1 := R1 - 3
          2     5  concat               R0…R1 R0…R1 2     R0 := R0 .. … .. R1
          3     5  returnOne            R0                return R0
      upvalues
        U0  f  R0 of parent
      locals
        x  0..<4
    """
}
