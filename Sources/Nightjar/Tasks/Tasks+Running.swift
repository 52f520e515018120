// Running a function as a task to its end: on a thread that waits, or in an asynchronous function that awaits.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import NightjarSystem

extension Tasks {
  /// Runs a function as a task until it has ended.
  ///
  /// Waiting holds the thread; under simulation it takes no time. In an asynchronous function, whose thread others
  /// need, a script that waits for the host gets the error NJ-A012: use `runAsync` there.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or can never end.
  public func run<Result: ScriptConvertible>(
    _ function: Function,
    arguments: [Value] = [],
    as type: Result.Type = Result.self
  ) throws(ScriptError) -> Result {
    let isInTask = unsafe withUnsafeCurrentTask { unsafe $0 != nil }
    calls.refusal =
      isInTask
      ? "waiting for the host would hold a thread of Swift's pool, which the answer may need: "
        + "use runAsync" : nil
    defer { calls.refusal = nil }
    let call = try spawn(function, arguments: arguments, name: "main")
    _ = fuel.takeReason()
    try core.admit()
    if case .running = scheduler.run(until: call.handle) { fuel.noteReason() }
    if let results = try finish(call, call.outcome) {
      return try core.convert(results.first ?? .nil, to: type)
    }
    throw ScriptError(.wouldSuspend, "the task waits for something that only its host can bring")
  }

  /// Runs a function as a task, and awaits the functions of the host that tasks wait for, several at once.
  ///
  /// Closures that are not `Sendable` run on the caller's actor. When the caller's task is cancelled everything is
  /// cancelled, and the call returns when it has cleaned up, within the grace.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or is cancelled.
  nonisolated(nonsending)
    public func runAsync<Result: ScriptConvertible>(
      _ function: Function,
      arguments: [Value] = [],
      as type: Result.Type = Result.self
    ) async throws(ScriptError) -> Result
  {
    let machine = try core.liveMachine
    let call = try spawn(function, arguments: arguments, name: "main")
    _ = fuel.takeReason()
    try core.admit()
    let run = AsyncRun(self, call)
    await run.run(on: OwnActor.around(#isolation))
    withExtendedLifetime(machine) {}
    return try core.convert(try run.result.get().first ?? .nil, to: type)
  }

  /// The results of a task that has ended; nil while it runs.
  func finish(_ call: TaskCall, _ outcome: TaskOutcome) throws(ScriptError) -> [Slot]? {
    guard core.isAlive else { throw .machineEnded }
    if let reason = fuel.takeReason() {
      end(call, reason)
      throw reason
    }
    return try core.results(of: outcome)
  }

  /// Ends a call for good: it has its grace, on fuel of its own, and what is left of it then is dropped.
  private func end(_ call: TaskCall, _ reason: ScriptError) {
    scheduler.machine.cancel(call.handle, reason: reason.message)
    fuel.isClosing = true
    scheduler.machine.endsHard = true
    _ = scheduler.step(budget: 1_000_000)
    scheduler.machine.endsHard = false
    fuel.isClosing = false
    scheduler.endHard(call.handle)
  }
}

/// A call that an asynchronous function awaits, on the actor that has the machine.
///
/// SAFETY: it is made and read by the function that awaits `run`, which uses nothing of it meanwhile; `run` keeps
/// to one actor, that of the machine's user.
private final class AsyncRun: @unchecked Sendable {
  private let tasks: Tasks
  private let call: TaskCall
  private(set) var result: Result<[Slot], ScriptError> = .failure(.machineEnded)
  private let signal = AsyncSignal()

  init(_ tasks: Tasks, _ call: TaskCall) {
    self.tasks = tasks
    self.call = call
  }

  func run(on actor: isolated any Actor) async {
    let before = tasks.calls.actor
    tasks.calls.actor = actor
    let number = tasks.wake.add(signal)
    let signal = signal
    await withTaskCancellationHandler {
      // Only a closure that captures the actor runs on it; any other runs on Swift's pool, beside whoever has the
      // machine.
      withExtendedLifetime(actor) {}
      do throws(ScriptError) {
        result = .success(try await results())
      } catch { result = .failure(error) }
    } onCancel: {
      signal.raise()
    }
    tasks.wake.remove(number)
    tasks.calls.actor = before
  }

  nonisolated(nonsending) private func results() async throws(ScriptError) -> [Slot] {
    let (core, scheduler) = (tasks.core, tasks.scheduler)
    var isCancelled = false
    while true {
      guard core.isAlive else { throw .machineEnded }
      if Task.isCancelled && !isCancelled {
        isCancelled = true
        scheduler.machine.cancel(call.handle, reason: "the host's task was cancelled")
      }
      let step = scheduler.step(budget: 200_000)
      if let results = try tasks.finish(call, call.outcome) { return results }
      switch step {
      case .busy: await Task.yield()
      case .outOfFuel: continue
      case .idle(let moment): try await wait(until: moment)
      }
    }
  }

  /// Nothing can go on before a moment, or before the host answers.
  nonisolated(nonsending) private func wait(until moment: UInt64?) async throws(ScriptError) {
    let scheduler = tasks.scheduler
    let now = scheduler.clock.now()
    let left = moment.map { $0 > now ? $0 - now : 0 }
    if let virtual = tasks.virtualClock, tasks.calls.externalCount == 0, let moment {
      _ = virtual.wait(until: moment)
    } else if left != nil || tasks.calls.pendingCount > 0 {
      let limit = tasks.core.meter.nanosecondsLeft
      await signal.wait(nanoseconds: limit == .max ? left : min(left ?? .max, limit))
      if let virtual = tasks.virtualClock, let moment, scheduler.clock.now() == now,
        tasks.calls.isQuiet
      {
        // The host has not answered in as much real time: simulated time goes on without it.
        _ = virtual.wait(until: moment)
      }
      if tasks.core.meter.reasonToEnd != nil { tasks.fuel.noteReason() }
    } else {
      scheduler.machine.resolveDeadlock()
      if !scheduler.machine.hasReadyTasks {
        throw ScriptError(.wouldSuspend, "nothing in the machine can go on")
      }
    }
  }
}

extension Core {
  /// The results of a task that has ended; nil while it runs.
  func results(of outcome: TaskOutcome) throws(ScriptError) -> [Slot]? {
    switch outcome {
    case .finished(let values): return values
    case .failed(let slot): throw error(of: slot)
    case .cancelled(let slot):
      var error = error(of: slot)
      error.kind = .cancelled
      throw error
    case .running: return nil
    }
  }
}
