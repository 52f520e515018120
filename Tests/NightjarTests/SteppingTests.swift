// Calls that the host carries on turn by turn, and what ends them.

import Foundation
import Nightjar
import Testing

@Suite struct SteppingTests {
  private func fiber(_ machine: Machine, _ code: String) throws -> Fiber {
    try machine.makeFiber(machine.load(code))
  }

  @Test func pausesWhenTheTurnIsUsedUp() throws {
    let machine = Machine()
    let fiber = try fiber(machine, "local s = 0 for i = 1, 100000 do s = s + i end return s")
    var turns = 1
    while true {
      switch machine.run(fiber, fuel: 1_000) {
      case .outOfFuel:
        turns += 1
        continue
      case .finished(let values):
        #expect(values == [5_000_050_000])
        #expect(turns > 100)
      case let other: Issue.record("\(other)")
      }
      break
    }
    #expect(!fiber.isPaused)
  }

  /// Whatever a script is about to use is there still when the machine collects in between.
  @Test(arguments: [3, 7, 10, 23])
  func keepsWhatItGoesOnWith(fuel: Int) throws {
    let code = """
      local function pass(...) return ... end
      local function object(n) return { n } end
      local sum = 0
      for i = 1, 300 do
        local list = { pass(object(i), object(i + 1)[1], pass(object(2), 3)) }
        sum = sum + object(i)[1] * pass(2) + list[1][1] + list[2] + list[3][1] + list[4]
        sum = sum + #(pass("a") .. pass("b", "c") .. tostring(object(1)[1])) + select("#", pass(1, 2, 3))
      end
      return sum
      """
    let machine = Machine()
    let expected = try machine.eval(code, as: Int.self)
    let fiber = try fiber(machine, code)
    var outcome = machine.run(fiber, fuel: fuel)
    while case .outOfFuel = outcome {
      try machine.eval("collectgarbage()")
      outcome = machine.run(fiber, fuel: fuel)
    }
    guard case .finished(let values) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(values == [.integer(expected)])
  }

  @Test func passesValuesBothWays() throws {
    let machine = Machine()
    let fiber = try machine.makeFiber(
      machine.load("local a = ... local b, c = coroutine.yield(a + 1) return b * c"),
      4
    )
    guard case .yielded(let first) = machine.run(fiber) else { throw Unexpected() }
    #expect(first == [5])
    guard case .finished(let second) = machine.run(fiber, resumingWith: [6, 7]) else {
      throw Unexpected()
    }
    #expect(second == [42])
    guard case .failed = machine.run(fiber) else { throw Unexpected() }
  }

  @Test func boundsTurnsInTime() throws {
    let machine = Machine()
    let fiber = try fiber(machine, "while true do end")
    for _ in 0..<20 {
      let time = ContinuousClock().measure {
        guard case .outOfFuel = machine.run(fiber, for: .microseconds(100)) else {
          Issue.record("it stopped")
          return
        }
      }
      #expect(time >= .microseconds(100))
      #expect(time < .seconds(60))
    }
  }

  @Test func performsOperationsBetweenTurns() async throws {
    let machine = Machine()
    machine.define("fetch") { (n: Int) async in n + 1 }
    let fiber = try fiber(machine, "return fetch(1) + fetch(2)")
    for _ in 0..<2 {
      guard case .awaiting(let operation) = machine.run(fiber) else { throw Unexpected() }
      guard case .failed = machine.run(fiber) else { throw Unexpected() }
      await operation.perform()
    }
    guard case .finished(let values) = machine.run(fiber) else { throw Unexpected() }
    #expect(values == [5])
  }

  @Test func closesVariablesOfFibersThatAreEnded() throws {
    let machine = Machine()
    machine["closed"] = 0
    do {
      let fiber = try fiber(
        machine,
        """
        local mark = setmetatable({}, {__close = function() closed = closed + 1 end})
        local outer <close> = mark
        local c = coroutine.wrap(function()
          local inner <close> = mark
          pcall(function() local innermost <close> = mark while true do end end)
        end)
        c()
        """
      )
      guard case .outOfFuel = machine.run(fiber, fuel: 1_000) else { throw Unexpected() }
      #expect(machine["closed"] == 0)
    }
    #expect(machine["closed"] == 3)
  }

  @Test func boundsTheGraceOfClosingMethods() throws {
    let machine = Machine(Configuration(limits: Limits(fuel: 10_000)))
    do throws(ScriptError) {
      try machine.eval(
        "local x <close> = setmetatable({}, {__close = function() while true do end end}) while true do end"
      )
      Issue.record("no error")
    } catch { #expect(error.kind == .outOfFuel) }
  }

  @Test func usesTheSameFuelEachTime() throws {
    var used: Set<Int> = []
    for _ in 0..<3 {
      let machine = Machine(Configuration(limits: Limits(fuel: 10_000_000)))
      try machine.eval("local t = {} for i = 1, 10000 do t[i] = tostring(i) end table.sort(t)")
      used.insert(10_000_000 - machine.fuel)
    }
    #expect(used.count == 1)
  }

  @Test(arguments: [
    "while true do end",
    "while true do pcall(error) end",
    "local function f() return pcall(f) end while true do f() end",
    "while true do coroutine.wrap(function() while true do end end)() end",
    "while true do select(2, pcall(string.rep, 'x', -1)) end",
  ])
  func nothingCatchesTheEndOfFuel(code: String) throws {
    let machine = Machine(Configuration(limits: Limits(fuel: 100_000)))
    do throws(ScriptError) {
      try machine.eval(code)
      Issue.record("no error")
    } catch { #expect(error.kind == .outOfFuel) }
    #expect(machine.fuel == 0)
    machine.fuel = 1_000
    let alive: Int = try machine.eval("return 1")
    #expect(alive == 1)
  }

  @Test func endsCallsAtTheirDeadline() throws {
    let machine = Machine(Configuration(limits: Limits(time: .milliseconds(30))))
    let time = ContinuousClock().measure {
      do throws(ScriptError) {
        try machine.eval("while true do pcall(error) end")
        Issue.record("no error")
      } catch { #expect(error.kind == .deadline) }
    }
    #expect(time >= .milliseconds(30) && time < .seconds(60))
    let alive: Int = try machine.eval("return 1")
    #expect(alive == 1)
  }

  @Test func killSwitchEndsCallsFromOtherThreads() throws {
    let machine = Machine()
    let killSwitch = machine.killSwitch
    // Not a task: the script holds a thread of their pool, which may be the only one.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.02)
      killSwitch.kill()
    }
    do throws(ScriptError) {
      try machine.eval("while true do pcall(error) end")
      Issue.record("no error")
    } catch { #expect(error.kind == .killed) }
    #expect(throws: ScriptError.self) { try machine.eval("return 1") }
  }

  @Test func endsNestedCallsWithTheOuterOne() throws {
    let machine = Machine(Configuration(limits: Limits(fuel: 100_000)))
    machine.define("again") { (f: Function) in try f.call() }
    do throws(ScriptError) {
      try machine.eval("while true do pcall(again, function() while true do end end) end")
      Issue.record("no error")
    } catch { #expect(error.kind == .outOfFuel) }
  }
}

/// The outcome was not the one the test is about.
private struct Unexpected: Error {}
