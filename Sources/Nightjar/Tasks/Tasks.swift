// The tasks of a machine, as the host sees them: it starts functions as tasks, and carries them on.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import NightjarSystem

/// The tasks of a machine.
///
/// Made by `Machine.openTasks`. Scripts then have the library `task`.
public final class Tasks {
  let core: Core
  let scheduler: TaskScheduler
  private let clock: any TaskClock
  private let virtualClock: VirtualClock?
  private let fuel: MeterFuel
  private let operations = PendingOperations()

  init(_ core: Core, _ runtime: some TaskRuntime, _ limits: TaskLimits) {
    self.core = core
    var settings = TaskSettings()
    settings.grace = limits.grace.wholeNanoseconds
    settings.taskCountMax = max(limits.tasks, 1)
    let virtual = VirtualClock()
    switch runtime._kind.kind {
    case .simulated(let seed, let isRandom):
      settings.isRandom = isRandom
      settings.seed = seed
      clock = virtual
      virtualClock = virtual
    case .manual:
      clock = virtual
      virtualClock = virtual
    case .live:
      clock = RealClock(SystemTime()) { nanoseconds in
        // Somebody else's answer cannot arrive while this thread waits here.
        guard let nanoseconds else { return false }
        return Pause.wait(nanoseconds: nanoseconds) { false }
      }
      virtualClock = nil
    }
    fuel = MeterFuel(core)
    scheduler = TaskScheduler(core.engine, clock, settings)
    scheduler.fuel = fuel
    scheduler.host = operations
    if case .manual = runtime._kind.kind { scheduler.detectsDeadlocks = false }
  }

  // MARK: Starting

  /// Starts a function as a task; nothing of it has run yet.
  ///
  /// - Throws: when a value belongs to another machine, or memory is out.
  public func spawn(
    _ function: Function,
    arguments: [Value] = [],
    name: String = ""
  ) throws(ScriptError) -> TaskCall {
    guard function.reference.core === core, core.isAlive else { throw .machineEnded }
    var slots: [Slot] = []
    for argument in arguments { slots.append(core.admitted(try core.slot(argument))) }
    do throws(EngineError) {
      return TaskCall(try scheduler.spawn(function.reference.slot, slots, name: name), core)
    } catch { throw core.failure() }
  }

  /// Runs a function as a task until it has ended.
  ///
  /// Waiting holds the thread; under simulation it takes no time. A function that waits for an
  /// asynchronous function of the host gets an error: use `runAsync`.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or can never end.
  public func run<Result: ScriptConvertible>(
    _ function: Function,
    arguments: [Value] = [],
    as type: Result.Type = Result.self
  ) throws(ScriptError) -> Result {
    operations.performs = false
    let call = try spawn(function, arguments: arguments, name: "main")
    try core.admit()
    while true {
      let outcome = scheduler.run(until: call.handle)
      if let results = try finish(call, outcome) {
        return try core.convert(results.first ?? .nil, to: type)
      }
      throw ScriptError(.wouldSuspend, "the task waits for something that only its host can bring")
    }
  }

  /// The results of a task that has ended; nil while it runs.
  private func finish(_ call: TaskCall, _ outcome: TaskOutcome) throws(ScriptError) -> [Slot]? {
    if let reason = fuel.takeReason() {
      end(call, reason)
      throw reason
    }
    switch outcome {
    case .finished(let values): return values
    case .failed(let slot): throw core.error(of: slot)
    case .cancelled(let slot):
      var error = core.error(of: slot)
      error.kind = .cancelled
      throw error
    case .running: return nil
    }
  }

  /// Ends a call for good: it has its grace, on fuel of its own.
  private func end(_ call: TaskCall, _ reason: ScriptError) {
    scheduler.machine.cancel(call.handle, reason: reason.message)
    fuel.isClosing = true
    _ = scheduler.step(budget: 1_000_000)
    fuel.isClosing = false
  }

  /// Runs a function as a task, and awaits the asynchronous functions of the host that tasks wait for.
  ///
  /// When the caller's task is cancelled everything is cancelled, and the call returns when it has cleaned
  /// up, within the grace.
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
    try core.admit()
    operations.performs = true
    var isCancelled = false
    while true {
      if Task.isCancelled && !isCancelled {
        isCancelled = true
        scheduler.machine.cancel(call.handle, reason: "the host's task was cancelled")
      }
      let step = scheduler.step(budget: 200_000)
      if let results = try finish(call, call.outcome) {
        return try core.convert(results.first ?? .nil, to: type)
      }
      switch step {
      case .busy: await Task.yield()
      case .outOfFuel: continue
      case .idle(let moment):
        if let next = operations.takeNext() {
          let answer = await core.perform(next.request, machine)
          guard core.isAlive else { throw .machineEnded }
          scheduler.answer(next.task, succeeded: answer.succeeded, answer.slots)
        } else if let moment {
          if let virtualClock {
            _ = virtualClock.wait(until: moment)
          } else {
            let now = clock.now()
            // Cancellation ends the sleep; the loop sees it.
            try? await Task.sleep(nanoseconds: moment > now ? min(moment - now, 1 << 40) : 0)
          }
        } else {
          scheduler.machine.resolveDeadlock()
          if !scheduler.machine.hasReadyTasks {
            throw ScriptError(.wouldSuspend, "nothing in the machine can go on")
          }
        }
      }
    }
  }

  // MARK: Stepping

  /// Why a step ended.
  public enum Step: Sendable, Equatable {
    /// There is more to do.
    case busy
    /// Nothing can go on for so long; for ever, if nil, unless the host brings something.
    case idle(Duration?)
    /// A limit of the machine ended it.
    case stopped
  }

  /// Runs tasks for at most so much fuel.
  public func step(budget: Int) -> Step {
    guard core.isAlive else { return .stopped }
    switch scheduler.step(budget: Int64(max(budget, 1))) {
    case .busy: return .busy
    case .outOfFuel: return .stopped
    case .idle(let moment):
      return .idle(
        moment.map { .nanoseconds(Int64(clamping: $0 > clock.now() ? $0 - clock.now() : 0)) }
      )
    }
  }

  /// Lets time pass on a virtual clock.
  public func advance(by time: Duration) { virtualClock?.advance(by: time.wholeNanoseconds) }

  /// The time on the tasks' clock.
  public var now: Duration { .nanoseconds(Int64(clamping: clock.now())) }

  // MARK: Looking

  /// All tasks as a tree, each with what it does.
  public var tree: String { core.isAlive ? core.engine.taskTree : "" }

  /// Tasks that have not ended.
  public var count: Int { core.isAlive ? core.engine.liveTaskCount : 0 }

  /// A hash of everything that was decided: the same program and seed give the same one.
  public var traceHash: UInt64 { core.isAlive ? core.engine.taskTrace : 0 }

  /// Cancels everything.
  public func cancelAll(reason: String) {
    if core.isAlive { core.engine.cancelRoot(reason: reason) }
  }
}

/// A task that the host started.
public final class TaskCall {
  let handle: TaskHandle
  private let core: Core

  init(_ handle: TaskHandle, _ core: Core) {
    self.handle = handle
    self.core = core
  }

  deinit {
    if core.isAlive { core.engine.release(handle.handle) }
  }

  var outcome: TaskOutcome { core.engine.outcome(of: handle) }

  /// The results of the task; nil while it runs.
  ///
  /// - Throws: the error that it ended with.
  public func results() throws(ScriptError) -> [Value]? {
    guard core.isAlive else { throw .machineEnded }
    switch outcome {
    case .running: return nil
    case .finished(let slots): return slots.map { core.value($0) }
    case .failed(let slot): throw core.error(of: slot)
    case .cancelled(let slot):
      var error = core.error(of: slot)
      error.kind = .cancelled
      throw error
    }
  }

  /// Cancels the task.
  public func cancel(reason: String) {
    if core.isAlive { core.engine.cancel(handle, reason: reason) }
  }
}

extension Core {
  /// An error value as Swift sees it.
  func error(of slot: Slot) -> ScriptError {
    let text = engine.text(of: slot)
    var error = ScriptError(
      .runtime,
      text.map { String(decoding: $0, as: UTF8.self) } ?? "(error object is a table)"
    )
    if case .object(let object?) = engine.read(slot), let thrown = object as? ThrownError {
      error.message = thrown.description
      error.underlying = thrown.error
    } else if text == nil {
      let copy = PlainValue(value(slot))
      if case .string(let message)? = copy["message"] {
        error.message = message.description
        if case .string(let code)? = copy["code"] { error.message = "\(code) \(message)" }
      }
      error.value = copy
    }
    return error
  }
}

/// What tasks ask of the host, in order.
private final class PendingOperations: HostOperations {
  private var waiting: [(task: TaskHandle, request: Slot)] = []
  private var next = 0
  /// Whether somebody awaits what is asked.
  var performs = true

  var pendingCount: Int { waiting.count - next }

  func begin(_ task: TaskHandle, _ request: Slot, _ scheduler: TaskScheduler) {
    guard performs else {
      let text = "NJ-A012 WouldBlock: an asynchronous host function needs runAsync"
      scheduler.answer(task, succeeded: false, [scheduler.machine.string(Array(text.utf8))])
      return
    }
    waiting.append((task, request))
  }

  func cancel(_ id: UInt32, _ scheduler: TaskScheduler) {
    // One that has not begun can be taken back.
    for index in next..<waiting.count where waiting[index].task.id == id {
      let taken = waiting.remove(at: index)
      scheduler.machine.answerCancelled(taken.task, inDoubt: false, operation: "")
      scheduler.machine.release(taken.task.handle)
      return
    }
  }

  func takeNext() -> (task: TaskHandle, request: Slot)? {
    guard next < waiting.count else { return nil }
    next += 1
    if next == waiting.count {
      defer {
        waiting.removeAll()
        next = 0
      }
      return waiting[next - 1]
    }
    return waiting[next - 1]
  }
}

/// Fuel from the machine's meter.
private final class MeterFuel: FuelSource {
  private let core: Core
  private var reason: ScriptError?
  /// What is cancelled may clean up on fuel that nobody has left.
  var isClosing = false

  init(_ core: Core) { self.core = core }

  func take(_ most: Int64) -> Int64? {
    if isClosing { return most }
    switch core.meter.take(most, core.engine) {
    case .success(let fuel): return fuel
    case .failure(let error):
      reason = error
      return nil
    }
  }

  func giveBack(_ fuel: Int64) {
    core.engine.fuel = 0
    if !isClosing { core.meter.putBack(fuel) }
  }

  /// Why there was no more fuel, once.
  func takeReason() -> ScriptError? {
    defer { reason = nil }
    return reason
  }
}

extension Machine {
  /// Gives the machine tasks: its scripts have the library `task` from now on.
  ///
  ///     let tasks = machine.openTasks(SimRuntime(seed: 42))
  ///
  /// - Parameters:
  ///   - runtime: Where time and order come from.
  ///   - limits: How many tasks there may be, and how long they may clean up.
  /// - Returns: what the host carries the tasks on by.
  public func openTasks(
    _ runtime: some TaskRuntime,
    limits: TaskLimits = TaskLimits()
  ) -> Tasks {
    Tasks(core, runtime, limits)
  }
}
