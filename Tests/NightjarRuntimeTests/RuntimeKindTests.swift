// R4: the same test file on every kind of runtime, with no edit: on a virtual clock, on the real one, and stepped by
// a host as a game does. A test that hangs fails after a virtual minute and says what everybody waits for.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import NightjarSystem
import Testing

@Suite struct RuntimeKindTests {
  /// Waits, and says what came of it; what it prints does not depend on the clock.
  private static let file = """
    local function test_order()
      local heard = {}
      task.scope(function(s)
        for i = 3, 1, -1 do
          s:spawn(function() task.sleep(i / 50) heard[#heard + 1] = i end)
        end
      end)
      return table.concat(heard, " ")
    end
    local function test_deadline()
      local ok, why = task.timeout(0.02, task.sleep, 10)
      return tostring(ok) .. " " .. why.kind
    end
    local function test_channel()
      local tx, rx = task.channel(1)
      local sum = 0
      task.scope(function(s)
        s:spawn(function() for i = 1, 50 do tx:send(i) end tx:close() end)
        for v in rx do sum = sum + v end
      end)
      return sum
    end
    local function test_cancel()
      local cleaned = false
      task.scope(function(s)
        local h = s:spawn(function()
          defer(function() task.sleep(0.01) cleaned = true end)
          task.sleep(10)
        end)
        task.sleep(0.01)
        h:cancel()
      end)
      return cleaned
    end
    print(test_order(), test_deadline(), test_channel(), test_cancel())
    """
  private static let expected = "1 2 3\tfalse Timeout\t1275\ttrue\n"

  @Test func r4SimulatedInManyOrders() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      #expect(try Trial(seed: seed).run(Self.file) == Self.expected)
    }
  }

  @Test func r4OnTheRealClock() throws {
    let trial = Trial()
    let clock = RealClock(SystemTime()) { nanoseconds in
      guard let nanoseconds else { return false }
      return Pause.wait(nanoseconds: nanoseconds) { false }
    }
    let live = TaskScheduler(trial.machine, clock)
    live.fuel = Allowance()
    let task = try trial.start(Self.file)
    #expect(trial.report(live.run(until: task)) == Self.expected)
    #expect(clock.now() > 90_000_000, "it took its time")
  }

  @Test func r4SteppedByItsHost() throws {
    let trial = Trial()
    trial.scheduler.detectsDeadlocks = false
    let task = try trial.start(Self.file)
    // Frames of a sixtieth second with little fuel each.
    var frames = 0
    while case .running = trial.machine.outcome(of: task), frames < 10_000 {
      _ = trial.scheduler.step(budget: 2_000)
      trial.clock.advance(by: 16_666_667)
      frames += 1
    }
    #expect(trial.report(trial.machine.outcome(of: task)) == Self.expected)
    #expect(frames > 8)
  }

  @Test func r4AHungTestEndsAfterAVirtualMinute() throws {
    let trial = Trial()
    trial.clock.limit = 60_000_000_000
    let printed = try trial.run(
      """
      task.scope({ name = "server" }, function(s)
        local jobs = task.channel(1, "jobs")
        s:spawn { name = "feeder", fn = function() for i = 1, 9 do jobs:send(i) end end }
        s:spawn { name = "ticker", fn = function() while true do task.sleep(1) end end }
      end)
      """
    )
    #expect(printed == "still running\n")
    #expect(trial.machine.taskTime == 60_000_000_000)
    #expect(
      trial.machine.taskTree == """
        #1 main  parked 60s in the end of 2 children of scope "server"  at test:1
          scope "server"
            #2 feeder  parked 60s in send to channel "jobs" (1/1)  at test:3
            #3 ticker  parked 0s in sleep  at test:4

        """
    )
  }
}
