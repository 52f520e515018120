// A machine may end at any moment of a collector's cycle, and gives everything back exactly once.

import Testing

@Suite struct EndingTests {
  @Test(arguments: Array(stride(from: 0, through: 1000, by: 50)))
  func endsInTheMiddleOfACycle(steps: Int) throws {
    let outcome = try Command.run("Tests/ProgramTests/Programs/ending.lua", "\(steps)")
    #expect(outcome.output == "done\n")
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }
}
