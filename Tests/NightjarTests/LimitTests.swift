// Limits that nothing else meets: each at the limit and one beyond.

import Nightjar
import Testing

@Suite struct LimitTests {
  @Test func sourceLength() throws {
    var limits = Limits()
    limits.sourceLength = 100
    let machine = Machine(Configuration(limits: limits))
    let program = "local text = ...; return (select(2, load(text)))"
    let function = try machine.load(program)
    let fitting = String(repeating: " ", count: 100)
    let nothing = try function.call(fitting, as: String?.self)
    #expect(nothing == nil)
    let message = try function.call(fitting + " ", as: String?.self)
    #expect(message == "chunk of 101 bytes (limit is 100)")
  }
}
