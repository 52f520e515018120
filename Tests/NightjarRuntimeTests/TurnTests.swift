// Rule 4: operations that would be complete at once give others a turn after 128 of them in a row, whichever they
// are; and each looks for a cancellation first.

import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct TurnTests {
  static let ways = [
    "tx:send(1) rx:recv()", "open:recv()", "task.select { rx:recv_op(), task.after(0) }",
    "task.select { task.after(0), rx:recv_op() }", "m:lock() m:unlock()",
    "m:with(function() end)", "permits:acquire() permits:release()", "set:wait()", "done:join()",
    "task.checkpoint()", "task.select { done:join_op() }", "task.select { set:wait_op() }",
  ]

  private static let prelude = """
    local tx, rx = task.channel(4)
    local _, open = task.channel(1)
    open:close()
    local m, permits, set = task.mutex(), task.semaphore(1), task.event()
    set:set()
    local done
    local function with_done(body)
      task.scope(function(s)
        done = s:spawn(function() return 1, 2 end)
        done:join()
        body()
      end)
    end

    """

  @Test(arguments: ways)
  func othersGetATurnAfter128(_ way: String) throws {
    let trial = Trial()
    let printed = try trial.run(
      Self.prelude + """
        local count, most, last = 0, 0, 0
        with_done(function()
          task.scope(function(s)
            s:spawn(function()
              for _ = 1, 1000 do count = count + 1 \(way) end
            end)
            s:spawn(function()
              while count < 1000 do
                most = math.max(most, count - last)
                last = count
                task.yield()
              end
            end)
          end)
        end)
        -- Operations between two turns of the other one; a loop may have two in each round.
        print(most > 32 and most <= 128 or most)
        """
    )
    #expect(printed == "true\n")
  }

  @Test(arguments: ways)
  func eachLooksForACancellationFirst(_ way: String) throws {
    try check(
      Self.prelude + """
        tx:send(1)
        local held = tx:len()
        with_done(function()
          print((task.timeout(0, function() \(way) print("never") end)))
        end)
        -- It did not happen.
        print(tx:len() == held, m:try_lock(), permits:try_acquire())
        """,
      "false\ntrue\ttrue\ttrue\n"
    )
  }

  /// Preempted between the return of a call and the instruction that takes its result, a task keeps the
  /// result although others collect the garbage before it goes on.
  @Test func aPreemptedTaskKeepsWhatACallReturned() throws {
    for budget in 400...460 as ClosedRange<Int64> {
      let trial = Trial()
      let task = try trial.start(
        """
        local function seven(n) local a, b, c = n, n, n return 7 end
        task.scope(function(s)
          for _ = 1, 3 do
            s:spawn { preemptible = true, fn = function()
              local sum = 0
              for i = 1, 300 do
                local list = { i, i + 1, i + 2, { i }, { seven(i) + 1 } }
                sum = sum + list[5][1]
              end
              print(sum)
            end }
          end
          s:spawn(function() for _ = 1, 60 do collectgarbage() task.yield() end end)
        end)
        """
      )
      while case .running = trial.machine.outcome(of: task) {
        if case .idle = trial.scheduler.step(budget: budget) { break }
      }
      #expect(trial.report(trial.machine.outcome(of: task)) == "2400\n2400\n2400\n")
    }
  }
}
