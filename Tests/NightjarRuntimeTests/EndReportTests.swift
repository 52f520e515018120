// Reports at the end of tasks, scopes and waits: NJ-D01, NJ-D06, NJ-D10 and NJ-D14.

import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct EndReportTests {
  /// What was reported of a program.
  private func reports(_ source: String) throws -> [String] {
    let trial = Trial()
    nonisolated(unsafe) var found: [String] = []
    trial.scheduler.report = { found.append("\($0.verdict.code) \($0.text)") }
    #expect(try trial.run(source) == "")
    return found
  }

  @Test func b20AnOwnerThatEndsIsTold() throws {
    let found = try reports(
      """
      local ledger = task.mutex("ledger")
      task.scope({ on_error = "collect" }, function(s)
        local h = s:spawn { name = "writer", fn = function() ledger:lock() task.sleep(1) end }
        task.sleep(0.5)
        local k = s:spawn(function() pcall(ledger.lock, ledger) end)
        k:join()
      end)
      """
    )
    #expect(
      found == ["NJ-D01 task #2 writer ended while it held mutex \"ledger\", for which one waits"]
    )
    #expect(try reports("local m = task.mutex() m:lock() m:unlock() m:with(task.yield)").isEmpty)
  }

  @Test func slowCleanupIsToldOnceAScope() throws {
    let program = """
      task.scope(function(outer)
        task.timeout(1, function()
          task.scope({ name = "inner", grace = 2 }, function(s)
            for i = 1, 5 do
              s:spawn { name = "slow", fn = function()
                local c <close> = setmetatable({}, { __close = function() task.sleep(TIME) end })
                task.sleep(100)
              end }
            end
          end)
        end)
        local h = outer:spawn { name = "other", fn = function()
          defer(function() task.sleep(TIME) end)
          task.sleep(100)
        end }
        task.sleep(0.1)
        h:cancel("enough")
      end)
      """
    #expect(try reports(program.replacing("TIME", with: "0.9")).isEmpty)
    #expect(
      try reports(program.replacing("TIME", with: "2.6")) == [
        "NJ-D06 task #2 slow took more than half of its grace of 5s to end after deadline 1s set at test:2 by #1 main expired",
        "NJ-D06 task #7 other took more than half of its grace of 5s to end after the task was cancelled by #1: enough",
      ]
    )
  }

  @Test func errorsThatNobodyReadAreTold() throws {
    let found = try reports(
      """
      task.scope({ name = "ask", on_error = "collect" }, function(s)
        local known = s:spawn { name = "known", fn = function() error("is read", 0) end }
        s:spawn { name = "south", fn = function() error("no route to host", 0) end }
        s:spawn { name = "west", fn = function() error("no route either", 0) end }
        s:spawn(function() pcall(known.join, known) end)
        local last = s:spawn(function() task.sleep(1) error("is waited for", 0) end)
        pcall(last.join, last)
      end)
      """
    )
    #expect(
      found == [
        "NJ-D10 nobody has read the error of task #3 south of scope \"ask\", nor 1 more: no route to host"
      ]
    )
  }

  /// Timers of a virtual clock are never late; of a real one as late as whoever is asked says.
  @Test func lateTimersAreTold() throws {
    let trial = Trial()
    let clock = StubClock()
    let scheduler = TaskScheduler(trial.machine, clock)
    nonisolated(unsafe) var found: [String] = []
    scheduler.report = { found.append("\($0.verdict.code) \($0.text)") }
    if let failure = trial.machine.load(
      Array("while true do task.sleep(0.1) end".utf8),
      chunkName: Array("=test".utf8)
    ) {
      Issue.record("\(failure.message)")
    }
    _ = try scheduler.spawn(trial.machine.loadedFunction, name: "main")
    for time: UInt64 in [0, 109, 230, 400, 1_300, 2_000] {
      clock.time = time * 1_000_000
      _ = scheduler.step()
    }
    // Due at 100, 209, 330, 500 and 1,400: nine late, 21, 70 in the same second, 800, 600.
    #expect(
      found == ["NJ-D14 a timer went off 0.021s late", "NJ-D14 a timer went off 0.8s late"]
    )
  }
}

/// A clock that is set, and passes for a real one.
private final class StubClock: TaskClock {
  var time: UInt64 = 0
  func now() -> UInt64 { time }
  func noteFuel(_ fuel: Int64) {}
  func wait(until moment: UInt64?) -> Bool { false }
}
