// Operations of the host under simulation: what a task gets when it is cancelled while one is pending.

import NightjarEngine
import NightjarRuntime
import Testing

/// Performs operations on the scheduler's clock.
private final class SimulatedHost: HostOperations {
  /// How an operation is cancelled.
  enum Class {
    /// Either its result is delivered or it did not happen.
    case atomic
    /// The task goes on at once, in doubt.
    case bestEffort
    /// It cannot be cancelled.
    case never
  }

  struct Operation {
    let task: TaskHandle
    let end: UInt64
    let kind: Class
  }

  private var operations: [Operation] = []
  private(set) var effects = 0
  private let kind: Class
  private let duration: UInt64

  init(_ kind: Class, seconds: Double) {
    self.kind = kind
    duration = UInt64(seconds * 1e9)
  }

  var pendingCount: Int { operations.count }
  var nextMoment: UInt64? { operations.map(\.end).min() }

  func begin(_ task: TaskHandle, _ request: Value, _ scheduler: TaskScheduler) {
    let end = scheduler.clock.now() + duration
    operations.append(Operation(task: task, end: end, kind: kind))
  }

  func cancel(_ id: UInt32, _ scheduler: TaskScheduler) {
    guard let index = operations.firstIndex(where: { $0.task.id == id }) else { return }
    switch kind {
    case .never: break
    case .bestEffort:
      scheduler.machine.answerCancelled(operations[index].task, inDoubt: true, operation: "op")
    case .atomic:
      let operation = operations.remove(at: index)
      scheduler.machine.answerCancelled(operation.task, inDoubt: false, operation: "op")
      scheduler.machine.release(operation.task.handle)
    }
  }

  func poll(_ scheduler: TaskScheduler) {
    let now = scheduler.clock.now()
    while let index = operations.firstIndex(where: { $0.end <= now }) {
      let operation = operations.remove(at: index)
      effects += 1
      scheduler.answer(operation.task, succeeded: true, [Value(42)])
    }
  }
}

@Suite struct HostTests {
  private func run(
    _ kind: SimulatedHost.Class,
    seconds: Double,
    _ source: String
  ) throws -> (printed: String, host: SimulatedHost, trial: Trial) {
    let trial = Trial()
    let host = SimulatedHost(kind, seconds: seconds)
    trial.scheduler.host = host
    let operation = trial.machine.makeHostFunction { (call) throws(ScriptError) in
      if call.phase == 0 {
        call[1] = .nil
        return .host(at: 1, then: 1)
      }
      if call[1].isFalsy { throw call.raise(call[2]) }
      return .results(call.count - 1, from: 2)
    }
    trial.machine.setGlobal("op", operation)
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
      "local ok = task.timeout(0.5, op) print(ok, task.now())"
    )
    #expect(result.printed == "false\t0.5\n")
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

  @Test func b6CompletionOrderDecides() throws {
    let result = try run(
      .atomic,
      seconds: 1,
      """
      local ok, v = task.timeout(1, function()
        local v = op()
        print("got", v)
        return v
      end)
      print(ok)
      """
    )
    // The timer was set first and goes off first; the operation did not happen.
    #expect(result.printed == "false\n" || result.printed == "got\t42\ntrue\n")
    #expect(result.host.effects == (result.printed == "false\n" ? 0 : 1))
  }
}
