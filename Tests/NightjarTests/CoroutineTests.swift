// Coroutines of scripts resumed from Swift.

import Nightjar
import Testing

@Suite struct CoroutineTests {
  @Test func resumesUntilTheEnd() throws {
    let machine = Machine()
    let function: Function = try machine.eval(
      "return function(a) local b = coroutine.yield(a + 1) return b * 2 end"
    )
    let coroutine = try machine.makeCoroutine(function)
    #expect(try coroutine.resume([1]) == [2])
    #expect(coroutine.status == .suspended)
    #expect(try coroutine.resume([21]) == [42])
    #expect(coroutine.status == .dead)
  }

  @Test func refusesDeadCoroutines() throws {
    let machine = Machine()
    let coroutine = try machine.makeCoroutine(machine.load("return 1"))
    #expect(try coroutine.resume() == [1])
    #expect(throws: ScriptError.self) { try coroutine.resume() }
  }
}
