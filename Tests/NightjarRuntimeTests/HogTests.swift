// Hogs: who computes without a checkpoint while others are ready is told once for each stretch, with its line, and what
// the others waited is put down to it.

import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct HogTests {
  /// What was reported of a program, and what it printed.
  private func run(
    _ source: String,
    seed: UInt64? = nil,
    _ change: (inout TaskSettings) -> Void = { _ in }
  ) throws -> (found: [TaskFinding], printed: String, counters: TaskCounters) {
    let trial = Trial(seed: seed, change)
    nonisolated(unsafe) var found: [TaskFinding] = []
    trial.scheduler.report = { found.append($0) }
    let printed = try trial.run(source)
    return (found, printed, trial.machine.taskCounters)
  }

  private static let hog = """
    local function compute(n)
      local sum = 0
      for i = 1, n do
        sum = sum + i % 7
      end
      return sum
    end

    """

  @Test func aHogIsToldOnceAStretch() throws {
    let source =
      Self.hog + """
        task.scope(function(s)
          local h = s:spawn { name = "crunch", fn = function()
            compute(4e6)
            task.yield()
            compute(4e6)
          end }
          s:spawn(function() task.yield() end)
          task.sleep(0.001)
          print(task.stats().hogs, task.stats().hog_fuel > 1e6)
          h:join()
        end)
        """
    let (found, printed, counters) = try run(source)
    let texts = found.map { "\($0.verdict.code) \($0.text)" }
    #expect(texts.count == 2, "\(texts)")
    for text in texts {
      #expect(
        text.contains(
          /^NJ-D02 task #2 crunch has used 1\d{6} units of fuel without a checkpoint while .* ready, at test:[34]$/
        ),
        "\(text)"
      )
    }
    #expect(counters.hogs == 2 && counters.hogFuel > 20_000_000, "\(counters)")
    #expect(printed == "1\ttrue\n")
    // The same in every run.
    let again = try run(source)
    #expect(again.found == found && again.counters.hogFuel == counters.hogFuel)
  }

  /// No hog: alone, with checkpoints, preemptible, or shorter than that.
  @Test(
    arguments: [
      "compute(4e6)",
      "task.scope(function(s) s:spawn(function() compute(4e6) end) end)",
      "task.scope(function(s) s:spawn(task.sleep, 1e9) s:spawn(compute, 1e6) task.sleep(1) s:cancel() end)",
      "task.scope(function(s) for j = 1, 2 do s:spawn(function() for i = 1, 400 do compute(1e4) task.yield() end end) end end)",
      "task.scope(function(s) for j = 1, 2 do s:spawn(function() for i = 1, 400 do compute(1e4) task.checkpoint() end end) end end)",
      "task.scope(function(s) for j = 1, 2 do s:spawn { fn = function() compute(4e6) end, preemptible = true } end end)",
      "task.scope(function(s) for j = 1, 20 do s:spawn(compute, 1e5) end end)",
    ])
  func noHog(_ program: String) throws {
    let (found, printed, counters) = try run(Self.hog + program)
    #expect(found.isEmpty && counters.hogs == 0 && printed == "", "\(found) \(printed)")
  }

  /// One that nobody waited for at first is told as soon as somebody does, and waits only from then on.
  @Test func whoComesLaterIsHeldUpFromThen() throws {
    let (found, _, counters) = try run(
      Self.hog + """
        task.scope(function(s)
          s:spawn(function() task.sleep(0.05) end)
          task.yield()
          compute(8e6)
        end)
        """
    )
    // Time passes by fuel here, five nanoseconds a unit: fifty milliseconds are ten million.
    #expect(found.map(\.verdict) == [.hog], "\(found)")
    #expect(counters.hogFuel > 10_000_000 && counters.hogFuel < 60_000_000, "\(counters.hogFuel)")
    #expect(found.first?.text.contains("task #1 main has used 1") == true, "\(found)")
  }

  /// It is shown at the task, also afterwards, and told apart from what the task waits for later.
  @Test func itIsShownAtTheTask() throws {
    let (found, printed, _) = try run(
      Self.hog + """
        task.scope(function(s)
          local tx, rx = task.channel(0)
          local h = s:spawn { name = "crunch", fn = function() compute(2e6) rx:recv() end }
          s:spawn(function() end)
          task.sleep(1)
          print((task.why(h):gsub("%d%d%d%d+", "N"):gsub("[%d.]+s in", "some time in")))
          print(task.tree():match("has held others up once") ~= nil)
          tx, rx = nil
          h = nil
          print(#task.stuck())
          s:cancel()
        end)
        """
    )
    #expect(
      printed == """
        #2 crunch  parked some time in recv from channel #1 (0/0)  at test:10  has held others up once, for N units of fuel
        true
        1

        """
    )
    #expect(found.map(\.verdict) == [.hog, .suspicious], "\(found)")
  }

  /// A task that is interrupted by itself is interrupted after a cancellation as others are: what it has used before
  /// each interruption counts.
  @Test func b8PreemptibleTasksAreInterrupted() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      local ok, e = pcall(task.scope, { deadline = 0.01, grace = 100 }, function(s)
        for _ = 1, 2 do
          s:spawn { preemptible = true, fn = function() while true do end end }
        end
      end)
      print(ok, e.kind, task.now() < 1, task.stats().interruptions, task.stats().dropped)
      """
    )
    #expect(printed == "false\tTimeout\ttrue\t2\t0\n")
  }
}
