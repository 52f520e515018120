// An isolate of a live runtime: a machine that whichever thread runs it has to itself. Others put jobs into its
// mailbox and wait for answers, which end them also when the machine is killed or a thread never comes back.

import NightjarBase
import NightjarRuntime
import NightjarSystem
import Synchronization

/// What someone waits for, answered once.
final class Answer<Result: Sendable>: Sendable {
  typealias Taker = @Sendable (Swift.Result<Result, any Error>) -> Void

  private let taker: Mutex<Taker?>

  init(_ taker: @escaping Taker) { self.taker = Mutex(taker) }

  func resume(with result: Swift.Result<Result, any Error>) {
    let taken = taker.withLock { taker in
      defer { taker = nil }
      return taker
    }
    taken?(result)
  }
}

/// A machine of a live runtime.
///
/// SAFETY: `local`, `alarm` and `wasBusy` are touched by the thread that runs the isolate, of which the phase lets there be
/// one; everything else is behind locks, `had` behind the runtime's.
final class LiveIsolate: TurnTaker, @unchecked Sendable {
  typealias Job = @Sendable (LiveIsolate) -> Void

  private enum Phase {
    case idle
    case queued
    case running
    /// Something came while it ran.
    case again
    case ended
  }

  /// How a turn on a thread has ended.
  enum Outcome {
    /// There is more to do.
    case busy
    case idle(left: Duration?)
    case ended
  }

  /// What comes after a turn.
  enum Next {
    case ready(wakesUp: Bool)
    case idle(until: UInt64?)
    case ended
  }

  private struct Waiting {
    var failures: [UInt64: @Sendable (any Error) -> Void] = [:]
    var lastID: UInt64 = 0
    var end: String?
  }

  let number: Int
  let limits: TaskLimits
  /// Its share of the time beside others that are ready.
  let weight: Int
  private let core: RuntimeCore
  private let mailbox = Mutex<[Job]>([])
  private let phase = Mutex(Phase.idle)
  private let waiting = Mutex(Waiting())
  private let watched = Mutex<(watch: CallWatch, killSwitch: KillSwitch)?>(nil)
  /// When the thread that runs it took it; 0 while none does.
  let entered = Atomic<UInt64>(0)
  private let reported = Atomic<UInt64>(0)
  /// Whether another thread has taken the place of the one that a function of the host holds.
  let isHeld = Atomic(false)
  /// Whether a function of the host holds the thread for longer than it may.
  let isWedged = Atomic(false)
  /// Nanoseconds that it has had, for its weight; the runtime's, under its lock.
  var had: UInt64 = 0
  /// Nanoseconds of the turn under way that functions of the host took, as far as the watchdog has seen.
  private let hostNanoseconds = Atomic<UInt64>(0)
  var local: LocalIsolate?
  private var alarm: UInt64 = 0
  /// Whether its last turn ended because others were to have theirs.
  private var wasBusy = false

  /// What is counted of a turn that begins with nothing to do, whatever the system did meanwhile.
  private static let firstNanosecondsMax: UInt64 = 2_000_000

  init(_ number: Int, _ core: RuntimeCore, _ limits: TaskLimits, weight: Int) {
    self.number = number
    self.weight = weight
    self.core = core
    self.limits = limits
  }

  var watch: CallWatch? { watched.withLock { $0?.watch } }

  /// Whether a step that began at a time was not reported yet; it is then.
  func isUnreported(_ time: UInt64) -> Bool {
    reported.exchange(time, ordering: .relaxed) != time
  }

  // MARK: From any thread

  func post(_ job: @escaping Job) {
    mailbox.withLock { $0.append(job) }
    wake()
  }

  /// Lets it run soon.
  func wake() {
    if becomesReady() { core.enqueue(self, wakesUp: true) }
  }

  /// It has something to do.
  ///
  /// - Returns: whether somebody must see to it that it runs.
  func becomesReady() -> Bool {
    phase.withLock { phase in
      switch phase {
      case .idle:
        phase = .queued
        return true
      case .running: phase = .again
      case .queued, .again, .ended: break
      }
      return false
    }
  }

  func makeID() -> UInt64 {
    waiting.withLock { waiting in
      waiting.lastID += 1
      return waiting.lastID
    }
  }

  /// Puts a job into the mailbox and waits for its answer, or for the end of the isolate.
  func ask<Result: Sendable>(
    _ id: UInt64,
    _ job: @escaping @Sendable (LiveIsolate, Answer<Result>) -> Void
  ) async throws -> Result {
    defer { forget(id) }
    return try await withCheckedThrowingContinuation { continuation in
      ask(id, Answer { continuation.resume(with: $0) }, job)
    }
  }

  /// Puts a job into the mailbox whose answer is taken by whoever waits for it.
  func ask<Result: Sendable>(
    _ id: UInt64,
    _ answer: Answer<Result>,
    _ job: @escaping @Sendable (LiveIsolate, Answer<Result>) -> Void
  ) {
    let end = waiting.withLock { waiting in
      waiting.failures[id] = { answer.resume(with: .failure($0)) }
      return waiting.end
    }
    if let end { return answer.resume(with: .failure(ScriptError(.killed, end))) }
    post { job($0, answer) }
  }

  /// Nobody waits for an answer any more.
  func forget(_ id: UInt64) { waiting.withLock { _ = $0.failures.removeValue(forKey: id) } }

  /// Ends a wait whatever becomes of what it waits for.
  func fail(_ id: UInt64, _ error: any Error) {
    let fail = waiting.withLock { $0.failures[id] }
    fail?(error)
  }

  /// Ends a wait after a while, if it has not ended by then.
  func fail(_ id: UInt64, after nanoseconds: UInt64, _ error: any Error) {
    core.after(nanoseconds) { [weak self] in self?.fail(id, error) }
  }

  /// Does something after a while, on the thread of the timers.
  func later(_ nanoseconds: UInt64, _ body: @escaping @Sendable () -> Void) {
    core.after(nanoseconds, body)
  }

  /// Ends the isolate: whoever waits is told at once, and the machine goes when its thread is back.
  func kill(_ reason: String) {
    let failures = waiting.withLock { waiting in
      waiting.end = waiting.end ?? reason
      return Array(waiting.failures.values)
    }
    watched.withLock { $0?.killSwitch.kill() }
    for fail in failures { fail(ScriptError(.killed, reason)) }
    wake()
  }

  private var isOver: Bool { waiting.withLock { $0.end != nil } }

  // MARK: On its thread

  /// Gives the isolate its machine.
  func begin(_ machine: Machine) {
    watched.withLock { $0 = (machine.core.watch, machine.killSwitch) }
    let watch = machine.core.watch
    machine.core.isWatched = true
    _ = watch.beginWatching()
    watch.tells { [weak core] in core?.add($0) }
    let local = LocalIsolate(machine, limits)
    local.tasks.scheduler.isTimeUp = { watch.isTimeUp }
    local.tasks.wake.wakes { [weak self] in self?.wake() }
    self.local = local
  }

  /// Does what is in the mailbox, and a step of the tasks.
  ///
  /// A turn counts as long as the processor was at it: what the system gives to others meanwhile is not its doing. It
  /// counts as long as it lasted where a function of the host held the thread, which may have waited. Who had nothing
  /// to do before has a short turn, which is worth no call of the system.
  ///
  /// The isolate is the thread's until `release`.
  ///
  /// - Returns: how it ended, and how many nanoseconds it counts.
  func run() -> (outcome: Outcome, nanoseconds: UInt64) {
    let time = SystemTime()
    let processor = wasBusy ? time.threadNanoseconds() : 0
    let start = time.monotonicNanoseconds()
    entered.store(start, ordering: .relaxed)
    hostNanoseconds.store(0, ordering: .relaxed)
    defer { entered.store(0, ordering: .relaxed) }
    let outcome = turn()
    let own =
      wasBusy
      ? time.threadNanoseconds() &- processor
      : min(time.monotonicNanoseconds() &- start, Self.firstNanosecondsMax)
    wasBusy = if case .busy = outcome { true } else { false }
    return (outcome, max(own, hostNanoseconds.load(ordering: .relaxed)))
  }

  /// A function of the host was seen at work for so long, one for at least so long; called by the watchdog.
  func noteHostTime(_ nanoseconds: UInt64, atLeast held: UInt64) {
    let sum = hostNanoseconds.load(ordering: .relaxed) &+ nanoseconds
    hostNanoseconds.store(max(sum, held), ordering: .relaxed)
  }

  private func turn() -> Outcome {
    phase.withLock { $0 = .running }
    local?.machine.core.watch.beginTurn()
    let jobs = mailbox.withLock { jobs in
      defer { jobs = [] }
      return jobs
    }
    for job in jobs {
      let watch = local?.machine.core.watch
      let outer = watch?.enter()
      job(self)
      if let outer { watch?.end(outer) }
    }
    switch isOver ? .stopped : local?.step() ?? .idle(nil) {
    case .stopped:
      end()
      return .ended
    case .busy: return .busy
    case .idle(let left): return .idle(left: left)
    }
  }

  /// Lets other threads have the isolate after a turn.
  func release(after outcome: Outcome) -> Next {
    let left: Duration?
    switch outcome {
    case .ended: return .ended
    case .busy:
      phase.withLock { $0 = .queued }
      return .ready(wakesUp: false)
    case .idle(let time): left = time
    }
    let before = alarm
    let time = left.flatMap { nextAlarm($0.wholeNanoseconds) }
    let isAgain = phase.withLock { phase in
      defer { phase = phase == .again ? .queued : .idle }
      return phase == .again
    }
    guard isAgain else { return .idle(until: time) }
    // It is nobody else's before it is among the ready ones.
    alarm = before
    return .ready(wakesUp: true)
  }

  /// When it is to run again; nil if it will at that time anyway.
  private func nextAlarm(_ left: UInt64) -> UInt64? {
    let now = SystemTime().monotonicNanoseconds()
    let (time, overflows) = now.addingReportingOverflow(left)
    if overflows || alarm > now && alarm <= time { return nil }
    alarm = time
    return time
  }

  private func end() {
    phase.withLock { $0 = .ended }
    kill("the machine was stopped")
    local?.tasks.calls.end()
    local = nil
  }
}
