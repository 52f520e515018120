// The operations of the host that the tasks of a machine wait for: those of registered functions, which run
// beside the machine; those of closures that run on its caller's actor; and those of the world, which have a
// table of their own. Each call is in this table from its beginning until the host has answered, also when
// nobody waits any more: an answer is never lost and never leaks a continuation.
//
//   task ──► begin ──► running ──answer──► inbox ──► poll ──► task        in the order of the inbox
//                         └─ cancelled: by class ──► verdict, or orphan after the grace
//
// INVARIANT: all but the inbox is touched by the machine's thread only.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import Synchronization

/// Answers of the host, from any thread.
final class HostInbox: HostCall.Listener {
  private struct State {
    var answers: [(id: UInt64, event: HostCall.Event)] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let bell: @Sendable () -> Void

  /// An inbox that says when something comes into it.
  init(_ bell: @escaping @Sendable () -> Void) { self.bell = bell }

  func hear(_ event: HostCall.Event, _ id: UInt64) {
    let (isFirst, isClosed) = state.withLock { state in
      if !state.isClosed { state.answers.append((id, event)) }
      return (state.answers.count == 1, state.isClosed)
    }
    if isClosed { return Self.drop(event) }
    // Whoever was told and has not looked yet finds all.
    if isFirst { bell() }
  }

  var isEmpty: Bool { state.withLock { $0.answers.isEmpty } }

  func take() -> [(id: UInt64, event: HostCall.Event)] {
    state.withLock { state in
      defer { state.answers = [] }
      return state.answers
    }
  }

  /// Nobody looks any more.
  func close() {
    state.withLock { $0.isClosed = true }
    for (_, event) in take() { Self.drop(event) }
  }

  /// A call that nobody waits for passes its turn on.
  private static func drop(_ event: HostCall.Event) {
    if case .turn(let call) = event { _ = call.take() }
  }
}

/// The calls of a machine's tasks that the host performs.
final class HostCalls: HostOperations {
  /// A call from its beginning to its answer.
  private struct Call {
    let task: TaskHandle
    let operation: PendingOperation
    let began: UInt64
    /// Ends a call that runs on an actor.
    var cancel: (@Sendable () -> Void)?
    /// When it is given up, once it was cancelled.
    var end: UInt64?
    /// When it was cancelled, and when it is told that it takes long to end.
    var cancelled: UInt64?
    var slow: UInt64?
    var isCancelled: Bool { cancelled != nil }
    /// Whether it waits until fewer calls of the machine run.
    var isQueued = false
    /// Nobody waits for it.
    var isOrphan = false

    var host: HostCall? { operation as? HostCall }
    var name: String { host?.function.name ?? "a function" }
  }

  private unowned let core: Core
  let inbox: HostInbox
  /// Where closures run that are not `Sendable`: the actor of whoever carries the tasks on.
  var actor: (any Actor)?
  /// Why nothing can be waited for here, if so.
  var refusal: String?
  /// The operations of the world.
  var parked: ParkedOperations?
  private var calls: [UInt64: Call] = [:]
  private var callOfTask: [UInt32: UInt64] = [:]
  private var lastID: UInt64 = 0
  private var orphanedResults = 0
  /// How many calls may run at once; if that is bounded also how many do, and those that wait for their turn.
  var runningMax = Int.max
  private var isBounded: Bool { runningMax < .max }
  private var runningCount = 0
  private var waiting: [UInt64] = []
  /// Where in `waiting` those begin that have not had it.
  private var firstWaiting = 0
  private var isStarting = false
  /// Calls that were cancelled and have not ended, for which somebody waits.
  private var cancelled: Set<UInt64> = []
  /// Calls that were begun before their tasks were parked, in this quantum.
  private var begun: [HostCall] = []
  /// How long a cancelled call may take where neither its function nor a scope says so.
  var grace = TaskLimits().grace

  init(_ core: Core, bell: @escaping @Sendable () -> Void) {
    self.core = core
    inbox = HostInbox(bell)
  }

  /// The host's own calls that somebody waits for: simulated time does not pass over them.
  var externalCount: Int { callOfTask.count }

  /// Whether no answer waits to be taken.
  var isQuiet: Bool { inbox.isEmpty }

  var pendingCount: Int { callOfTask.count + (parked?.pendingCount ?? 0) }

  var nextMoment: UInt64? {
    let ends = cancelled.lazy.compactMap { id in
      self.calls[id].flatMap { [$0.end, $0.slow].compactMap { $0 }.min() }
    }.min()
    guard let operations = parked?.nextMoment else { return ends }
    return min(operations, ends ?? .max)
  }

  /// How the calls stand at a moment of the tasks' clock.
  func status(now: UInt64) -> HostCallStatus {
    var status = HostCallStatus()
    status.orphanedResults = orphanedResults
    for (_, call) in calls.sorted(by: { $0.key < $1.key }) {
      if call.isQueued || call.host?.isWaiting == true {
        status.queued += 1
        continue
      }
      guard call.isOrphan else {
        status.pending += 1
        continue
      }
      status.orphans.append(
        HostOrphan(
          function: call.name,
          task: Int(call.task.id),
          age: .nanoseconds(Int64(clamping: now &- min(call.began, now)))
        )
      )
    }
    return status
  }

  /// What is known of the call that a task waits for: of a pool, whether its threads are busy.
  func insight(of task: UInt32) -> HostInsight? {
    guard let id = callOfTask[task], let call = calls[id]?.host else {
      return parked?.insight(of: task)
    }
    let status = call.function.status
    var parts: [String] = []
    let isQueued = calls[id]?.isQueued == true
    var isSaturated = call.isWaiting || isQueued
    if isQueued {
      parts.append(
        "\(runningCount) calls of the machine run, as many as may, and \(waiting.count - firstWaiting) wait"
      )
    }
    if status.waiting > 0 {
      parts.append("\(status.running) calls run, as many as may, and \(status.waiting) wait")
    }
    if let pool = call.function.pool?.status {
      parts.append("\(pool.busy) of \(pool.threads) threads are busy, \(pool.queued) calls wait")
      isSaturated = isSaturated || pool.busy >= pool.threads && pool.queued > 0
    }
    return HostInsight(
      name: call.function.name,
      state: parts.joined(separator: "; "),
      isSaturated: isSaturated,
      usual: status.usual
    )
  }

  // MARK: Beginning

  func begin(_ task: TaskHandle, _ request: Slot, _ scheduler: TaskScheduler) {
    let object = core.engine.hostObject(request)
    guard let operation = object as? PendingOperation else {
      if let parked { return parked.begin(task, request, scheduler) }
      return fail(task, text("nothing here answers what the function waits for"), scheduler)
    }
    if let refusal {
      return fail(task, core.engine.makeTaskError(.wouldBlock, refusal), scheduler)
    }
    if let given = callOfTask.removeValue(forKey: task.id), let call = calls[given] {
      // It was given up meanwhile, and its task goes on.
      core.engine.release(call.task.handle)
      orphan(given)
    }
    let host = operation as? HostCall
    let begun = host?.begun
    host?.begun = nil
    let id = begun?.id ?? newID()
    calls[id] = Call(task: task, operation: operation, began: scheduler.clock.now())
    callOfTask[task.id] = id
    if let begun { return settle(id, begun.beginning, scheduler) }
    if !isBounded || runningCount < runningMax { return start(id, scheduler) }
    calls[id]?.isQueued = true
    waiting.append(id)
  }

  /// A call has its turn, if somebody still waits for it.
  private func start(_ id: UInt64, _ scheduler: TaskScheduler) {
    guard let operation = calls[id]?.operation else { return }
    calls[id]?.isQueued = false
    if isBounded { runningCount += 1 }
    if let host = operation as? HostCall {
      settle(id, watched { host.begin(inbox, id) }, scheduler)
    } else {
      perform(id, operation)
    }
  }

  /// A call has ended, and others have their turn.
  private func leave(_ call: Call, _ scheduler: TaskScheduler) {
    guard isBounded, !call.isQueued else { return }
    runningCount -= 1
    // One that ends as soon as it begins comes here again.
    if isStarting { return }
    isStarting = true
    while runningCount < runningMax, firstWaiting < waiting.count {
      firstWaiting += 1
      start(waiting[firstWaiting - 1], scheduler)
    }
    isStarting = false
    if firstWaiting > waiting.count / 2 {
      waiting.removeFirst(firstWaiting)
      firstWaiting = 0
    }
  }

  /// Begins a call that a task is about to wait for; if it ends at once, there is nothing to wait for.
  ///
  /// - Returns: what came of it; nil where nothing can be waited for.
  func beginAtOnce(_ call: HostCall) -> HostCall.Beginning? {
    if refusal != nil || isBounded { return nil }
    let id = newID()
    let beginning = watched { call.begin(inbox, id) }
    call.begun = (id, beginning)
    if case .isUnderWay = beginning { begun.append(call) }
    return beginning
  }

  private func newID() -> UInt64 {
    lastID += 1
    return lastID
  }

  /// Lets a watchdog see how long the thread is held.
  private func watched<Result>(_ body: () -> Result) -> Result {
    guard core.isWatched else { return body() }
    let outer = core.watch.enter()
    defer { core.watch.end(outer) }
    return body()
  }

  /// What comes of beginning a call.
  private func settle(
    _ id: UInt64,
    _ beginning: HostCall.Beginning,
    _ scheduler: TaskScheduler
  ) {
    switch beginning {
    case .isUnderWay: break
    case .ended(let result): complete(id, result, scheduler)
    case .refused(let count):
      guard let call = calls.removeValue(forKey: id) else { return }
      callOfTask[call.task.id] = nil
      defer { leave(call, scheduler) }
      let message = HostCall.refusal(call.name, count)
      fail(call.task, core.engine.makeTaskError(.busy, message), scheduler)
    }
  }

  /// Begins a closure that runs on the actor of whoever carries the tasks on.
  private func perform(_ id: UInt64, _ operation: PendingOperation) {
    let inbox = inbox
    guard let actor, let machine = try? core.liveMachine else {
      inbox.hear(.result(.failure(ScriptError(.wouldSuspend, "the function needs runAsync"))), id)
      return
    }
    let wait = ActorCall(operation, machine)
    let task = Task { inbox.hear(.result(await wait.perform(on: actor)), id) }
    calls[id]?.cancel = { task.cancel() }
  }

  // MARK: Cancelling

  func cancel(_ id: UInt32, _ scheduler: TaskScheduler) {
    guard let number = callOfTask[id], let call = calls[number] else {
      parked?.cancel(id, scheduler)
      return
    }
    guard let host = call.host else {
      noteCancellation(of: number, scheduler)
      call.cancel?()
      return
    }
    switch host.cancel() {
    case .didNotHappen: withdraw(number, inDoubt: false, scheduler)
    case .isInDoubt: withdraw(number, inDoubt: true, scheduler)
    case .willTell:
      noteCancellation(of: number, scheduler)
      let (own, now) = (host.function.limits.grace, scheduler.clock.now())
      if let own { calls[number]?.end = now &+ own.wholeNanoseconds }
      // Who could end and takes its time is told of; who said that it cannot is not.
      if host.function.cancellation == .atomic {
        calls[number]?.slow = now &+ (own ?? grace).wholeNanoseconds / 2
      }
    }
  }

  private func noteCancellation(of id: UInt64, _ scheduler: TaskScheduler) {
    if calls[id]?.cancelled == nil { calls[id]?.cancelled = scheduler.clock.now() }
    cancelled.insert(id)
  }

  /// The task of a call is cancelled; what was begun goes on without it.
  private func withdraw(_ id: UInt64, inDoubt: Bool, _ scheduler: TaskScheduler) {
    guard let call = calls[id] else { return }
    callOfTask[call.task.id] = nil
    core.engine.answerCancelled(
      call.task,
      inDoubt: inDoubt,
      operation: call.name
    )
    core.engine.release(call.task.handle)
    if inDoubt { return orphan(id) }
    calls[id] = nil
    leave(call, scheduler)
  }

  /// Nobody waits for a call any more.
  private func orphan(_ id: UInt64) {
    calls[id]?.isOrphan = true
    cancelled.remove(id)
    calls[id]?.host?.giveUp()
  }

  // MARK: Answering

  func poll(_ scheduler: TaskScheduler) {
    parked?.poll(scheduler)
    if !begun.isEmpty { giveUpForgotten() }
    for (id, event) in inbox.take() {
      switch event {
      case .turn(let call): settle(id, watched { call.take() }, scheduler)
      case .result(let result): complete(id, result, scheduler)
      }
    }
    if !cancelled.isEmpty { lookForAbandoned(scheduler) }
  }

  /// Calls whose tasks were dropped before the host was told that they wait: nobody will ask for what comes of them.
  private func giveUpForgotten() {
    for call in begun where call.begun != nil {
      _ = call.cancel()
      call.giveUp()
    }
    begun.removeAll(keepingCapacity: true)
  }

  private func complete(
    _ id: UInt64,
    _ result: Result<HostValues, any Error>,
    _ scheduler: TaskScheduler
  ) {
    guard let call = calls.removeValue(forKey: id) else {
      if case .success = result { orphanedResults += 1 }
      return
    }
    defer { leave(call, scheduler) }
    if call.isCancelled { cancelled.remove(id) }
    let isAwaited =
      !call.isOrphan && callOfTask[call.task.id] == id && core.engine.awaitsHost(call.task)
    if callOfTask[call.task.id] == id { callOfTask[call.task.id] = nil }
    if !call.isOrphan, let function = call.host?.function {
      let now = scheduler.clock.now()
      function.note(nanoseconds: now &- min(call.began, now))
    }
    guard isAwaited else {
      // What came too late is dropped, and what it holds is let go of.
      if case .success = result { orphanedResults += 1 }
      if !call.isOrphan { core.engine.release(call.task.handle) }
      return
    }
    do {
      scheduler.answer(call.task, succeeded: true, try result.get().slots(core))
    } catch {
      if call.isCancelled && error is CancellationError {
        core.engine.answerCancelled(call.task, inDoubt: false, operation: "")
        core.engine.release(call.task.handle)
      } else {
        scheduler.answer(call.task, succeeded: false, [core.errorObject(error)])
      }
    }
  }

  /// Finds calls that were given up: by the kernel at the end of the scope's grace, or now at the end of their
  /// own.
  private func lookForAbandoned(_ scheduler: TaskScheduler) {
    let now = scheduler.clock.now()
    for id in cancelled {
      guard let call = calls[id] else { continue }
      if !core.engine.awaitsHost(call.task) {
        callOfTask[call.task.id] = nil
        core.engine.release(call.task.handle)
        orphan(id)
        continue
      }
      if let slow = call.slow, now >= slow {
        calls[id]?.slow = nil
        let time = Duration.nanoseconds(Int64(clamping: now &- (call.cancelled ?? now)))
        core.watch.add(
          "NJ-D06",
          "'\(call.name)' has not ended \(time) after task #\(call.task.id) was cancelled"
        )
      }
      if let end = call.end, now >= end {
        callOfTask[call.task.id] = nil
        let message = HostCall.abandonment(call.name)
        fail(call.task, core.engine.makeTaskError(.abandoned, message), scheduler)
        orphan(id)
      }
    }
  }

  /// The runtime ends: nobody will take answers any more.
  func end() {
    for call in calls.values where !call.isOrphan {
      call.cancel?()
      call.host?.drop()
    }
    inbox.close()
    parked = nil
  }

  private func fail(_ task: TaskHandle, _ error: Slot, _ scheduler: TaskScheduler) {
    scheduler.answer(task, succeeded: false, [error])
  }

  private func text(_ text: String) -> Slot { core.engine.string(Array(text.utf8)) }
}

/// A closure of the host and what came of it, on their way to an actor and back.
///
/// SAFETY: the closure runs on the actor on which the machine is used, so neither is used by two threads at
/// once; the values are read by the machine's thread behind the inbox.
private final class ActorCall: @unchecked Sendable {
  private let operation: PendingOperation
  private let machine: Machine

  init(_ operation: PendingOperation, _ machine: Machine) {
    self.operation = operation
    self.machine = machine
  }

  func perform(on actor: isolated any Actor) async -> Result<HostValues, any Error> {
    do {
      let values = SharedValues(try await operation.perform(machine))
      return .success(HostValues(making: { core in try values.values.map { try core.slot($0) } }))
    } catch { return .failure(error) }
  }
}

/// Values of a machine behind an answer.
///
/// SAFETY: as for `ActorCall`.
private final class SharedValues: @unchecked Sendable {
  let values: [Value]
  init(_ values: [Value]) { self.values = values }
}
