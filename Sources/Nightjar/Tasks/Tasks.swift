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
  let calls: HostCalls
  let wake: HostWake
  let fuel: MeterFuel
  let virtualClock: VirtualClock?
  var clock: any TaskClock { scheduler.clock }
  /// Whether tasks that can never go on are told so.
  let detectsDeadlocks: Bool

  init(_ core: Core, _ runtime: some TaskRuntime, _ limits: TaskLimits) {
    self.core = core
    let wake = HostWake()
    self.wake = wake
    let calls = HostCalls(core) { wake.ring() }
    calls.actor = HostActor(wake.executor)
    self.calls = calls
    core.hostCalls = calls
    var settings = TaskSettings()
    settings.grace = limits.grace.wholeNanoseconds
    settings.taskCountMax = max(limits.tasks, 1)
    let virtual = VirtualClock()
    let clock: any TaskClock
    var faults: SimFaults?
    var isManual = false
    switch runtime._kind.kind {
    case .simulated(let seed, let isRandom, let given):
      settings.isRandom = isRandom
      settings.seed = seed
      settings.wakesUnreachable = true
      faults = given
      clock = HostAwareClock(virtual, calls, wake)
      virtualClock = virtual
    case .manual:
      clock = virtual
      virtualClock = virtual
      isManual = true
    case .live:
      clock = RealClock(SystemTime()) { [unowned core] in wake.wait($0, core) }
      virtualClock = nil
    }
    detectsDeadlocks = !isManual
    fuel = MeterFuel(core)
    scheduler = TaskScheduler(core.engine, clock, settings)
    scheduler.fuel = fuel
    scheduler.host = calls
    scheduler.detectsDeadlocks = !isManual
    calls.runningMax = max(limits.hostCalls, 1)
    calls.grace = limits.grace
    scheduler.inbox = { [unowned core] in
      let outer = core.isWatched ? core.watch.enter() : nil
      wake.executor.drain()
      if let outer { core.watch.end(outer) }
    }
    scheduler.report = { [unowned core] finding in
      // Who may still be cancelled is no finding.
      if finding.verdict == .suspicious { return }
      let detail = finding.detail.isEmpty ? "" : "; \(finding.detail)"
      core.watch.add("\(finding.verdict.code) \(finding.text)\(detail)")
    }
    core.world?.open(core, calls, wake, faults.map { ($0, settings.seed) })
    // As the other libraries: what one script could change, others would find.
    core.engine.setReadOnly(core.engine.global("task"), true)
  }

  deinit {
    calls.end()
    core.hostCalls = nil
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
      // Errors that are texts come back with the calls that led to them.
      let traced = core.engine.tracedCall(keepingObjects: true)
      let all = [function.reference.slot, traced.handler] + slots
      return TaskCall(try scheduler.spawn(traced.call, all, name: name), core, isTraced: true)
    } catch { throw core.failure() }
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

  /// The operations of the host that are under way, and those that nobody waits for any more.
  public var hostCalls: HostCallStatus {
    core.isAlive ? calls.status(now: clock.now()) : HostCallStatus()
  }

  /// Cancels everything.
  public func cancelAll(reason: String) {
    if core.isAlive { core.engine.cancelRoot(reason: reason) }
  }
}

/// A task that the host started.
public final class TaskCall {
  let handle: TaskHandle
  private let core: Core
  /// Whether its results are those of a traced call: true and values, or false and an error.
  private let isTraced: Bool

  init(_ handle: TaskHandle, _ core: Core, isTraced: Bool = false) {
    self.handle = handle
    self.core = core
    self.isTraced = isTraced
  }

  deinit {
    if core.isAlive { core.engine.release(handle.handle) }
  }

  var outcome: TaskOutcome {
    let outcome = core.engine.outcome(of: handle)
    guard isTraced, case .finished(let slots) = outcome else { return outcome }
    if slots.first?.isFalsy == true { return .failed(slots.count > 1 ? slots[1] : .nil) }
    return .finished(Array(slots.dropFirst()))
  }

  /// The results of the task; nil while it runs.
  ///
  /// - Throws: the error that it ended with.
  public func results() throws(ScriptError) -> [Value]? {
    guard core.isAlive else { throw .machineEnded }
    return try core.results(of: outcome)?.map { core.value($0) }
  }

  /// Cancels the task.
  public func cancel(reason: String) {
    if core.isAlive { core.engine.cancel(handle, reason: reason) }
  }
}

extension Core {
  /// An error value as Swift sees it.
  func error(of slot: Slot) -> ScriptError {
    let text = engine.text(of: slot, upTo: ScriptError.messageByteCountMax)
    var error = ScriptError(
      .runtime,
      text.map { String(decoding: $0, as: UTF8.self) } ?? "(error object is a table)"
    )
    if let range = error.message.lastRange(of: "\nstack traceback:\n") {
      error.traceback = String(error.message[range.lowerBound...].dropFirst())
      error.message = String(error.message[..<range.lowerBound])
    } else if let trace = engine.lastTaskTrace, error.message.hasSuffix("\n" + trace) {
      error.traceback = trace
      error.message.removeLast(trace.count + 1)
    }
    if error.message == "not enough memory" { error.kind = .outOfMemory }
    if case .object(let object?) = engine.read(slot), let thrown = object as? ThrownError {
      error.message = thrown.description
      error.underlying = thrown.error
      error.traceback = thrown.traceback
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

/// Fuel from the machine's meter.
final class MeterFuel: FuelSource {
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

  /// Notes why a wait was given up.
  func noteReason() { reason = reason ?? core.meter.reasonToEnd }

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

extension String {
  /// Where a text occurs last.
  fileprivate func lastRange(of text: String) -> Range<String.Index>? {
    ranges(of: text).last
  }
}
