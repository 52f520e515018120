// Operations of the host under simulation: what a task gets when it is cancelled while one is pending.

import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct HostTests {
  private func run(
    _ kind: SimulatedCalls.Class,
    seconds: Double,
    order: UInt64? = nil,
    _ source: String,
    _ change: (SimulatedCalls) -> Void = { _ in }
  ) throws -> (printed: String, host: SimulatedCalls, trial: Trial) {
    let trial = Trial(seed: order)
    let host = SimulatedCalls(kind, seconds: seconds)
    change(host)
    trial.scheduler.host = host
    trial.machine.setGlobal("op", SimulatedCalls.function(trial.machine))
    let printed = try trial.run(source)
    // What nobody waits for any more ends, too, and harms nobody.
    _ = trial.clock.wait(until: trial.clock.now() + 100_000_000_000)
    _ = trial.scheduler.step(budget: 1_000)
    #expect(trial.machine.liveTaskCount == 0)
    #expect(host.pendingCount == 0)
    return (printed, host, trial)
  }

  @Test func answersAreDelivered() throws {
    let result = try run(
      .atomic,
      seconds: 1,
      """
      task.scope(function(s)
        for i = 1, 3 do s:spawn(function() print(op(), task.now()) end) end
      end)
      print(pcall(op))
      """
    )
    #expect(result.printed == "42\t1.0\n42\t1.0\n42\t1.0\ntrue\t42\n")
  }

  @Test func b3AtomicEitherHappensOrDoesNot() throws {
    for (deadline, expected, effects) in [(0.5, "false\t0.5\n", 0), (1.5, "true\t1.0\n", 1)] {
      let result = try run(
        .atomic,
        seconds: 1,
        "local ok = task.timeout(\(deadline), op) print(ok, task.now())"
      )
      #expect(result.printed == expected)
      #expect(result.host.effects == effects)
    }
  }

  @Test func b4BestEffortIsInDoubt() throws {
    let result = try run(
      .bestEffort,
      seconds: 1,
      """
      local ok, e = task.timeout(0.5, function()
        local c <close> = setmetatable({}, { __close = function(_, e) print(e.code, e.in_doubt, e.op) end })
        op()
      end)
      print(ok, e.kind, e.in_doubt, e.op, task.now())
      """
    )
    #expect(result.printed == "NJ-A021\ttrue\top\nfalse\tTimeout\ttrue\top\t0.5\n")
    #expect(result.host.effects == 1, "it happened all the same")
    #expect(result.trial.machine.taskCounters.orphanedAnswers == 1)
  }

  @Test func b5HostThatIgnoresCancellation() throws {
    let result = try run(
      .never,
      seconds: 50,
      """
      local ok, e = pcall(task.scope, { grace = 2, deadline = 1 }, function()
        local c <close> = setmetatable({}, { __close = function(_, e) print(e.kind, task.now()) end })
        op()
      end)
      print(ok, task.now())
      """
    )
    #expect(result.printed == "HostAbandoned\t3.0\nfalse\t3.0\n")
    #expect(result.trial.machine.taskCounters.orphanedAnswers == 1)
  }

  /// An answer and a cancellation in the same moment: whichever the inbox has first counts, and never both.
  @Test func b6CompletionOrderDecides() throws {
    for order in [UInt64?.none, 1, 2, 3, 4, 5, 6, 7] {
      // The deadline's timer goes off before the host is asked.
      let late = try run(
        .atomic,
        seconds: 1,
        order: order,
        "print(task.timeout(1, op) == false) task.checkpoint() print(task.now())"
      )
      #expect(late.printed == "true\n1.0\n")
      #expect((late.host.effects, late.host.undone, late.host.delivered) == (0, 1, 0))
      // The answer is there before somebody asks for a cancellation: it is delivered, and the next checkpoint raises.
      let early = try run(
        .atomic,
        seconds: 1,
        order: order,
        """
        local got
        task.scope(function(s)
          local h = s:spawn(function()
            got = op()
            task.sleep(1)
            got = "never"
          end)
          s:spawn(function() op() h:cancel() end)
        end)
        print(got)
        """
      )
      #expect(early.printed == "42\n")
      #expect((early.host.effects, early.host.undone) == (2, 0))
    }
  }

  @Test func aCallIsOldAfterTenTimesWhatIsUsual() throws {
    // Forty calls of ten milliseconds; then one that takes two seconds. Without a history it would have a minute.
    let result = try run(
      .atomic,
      seconds: 1,
      """
      for _ = 1, 40 do op(0, 10) end
      task.scope(function(s)
        s:spawn(function() op(0, 5000) end)
        task.sleep(0.9)
        print(#task.stuck())
        task.sleep(0.2)
        local found = task.stuck()
        print(#found, found[1].verdict, found[1].message)
        print(#task.stuck())
      end)
      """
    )
    #expect(
      result.printed == """
        0
        1\told\tthe host has not answered task #2 for 1.1s at test:3: it works on 'op'; \
        99 of 100 took at most 0.016777216s
        0

        """
    )
  }

  @Test func whyNamesAPoolThatIsFull() throws {
    let result = try run(
      .atomic,
      seconds: 5,
      """
      task.scope(function(s)
        local h = s:spawn { name = "save", fn = op }
        local waiting = s:spawn { name = "report", fn = function() h:join() end }
        task.sleep(1)
        print(task.why(waiting))
      end)
      """
    ) {
      $0.state = "2 of 2 threads are busy, 37 calls wait"
      $0.isSaturated = true
    }
    #expect(
      result.printed == """
        #3 report  parked 1s in join of task #2 save  at test:3
        #2 save  parked 1s in a call of the host
          host 'op': 2 of 2 threads are busy, 37 calls wait  <-- it has not begun: no room for it

        """
    )
  }
}
