// One call of a registered function that parks, and what its class and limits say, for whoever waits: a task or a
// function of Swift's. A call waits for its turn, runs, and ends once; somebody may cease to wait for it before.
//
//   begin ──► waiting for a turn ──► starting ──► running ──► ended
//     └ busy        └ did not happen     └ ended at once  └ cancelled: a verdict to wait for, or in doubt
//
// INVARIANT: `complete` is called once for each start, and a listener hears of a result once at most, behind all locks.

import NightjarEngine
import NightjarRuntime
import Synchronization

/// A registered function, and how many of its calls are under way.
final class HostFunction: Sendable {
  let name: String
  let cancellation: HostCancellation
  let limits: HostCallLimits
  /// The threads that it runs on, if it holds one.
  let pool: BlockingPool?

  private struct State {
    /// How long its calls took, from their beginning to their answer; nil for what waits for others, and not for work.
    var latency: LatencyHistogram?
    var runningCount = 0
    var orphanCount = 0
    var lastTicket: UInt64 = 0
    var waiting: [(ticket: UInt64, turn: @Sendable () -> Void)] = []
  }

  private let state = Mutex(State())

  init(
    _ name: String,
    _ cancellation: HostCancellation,
    _ limits: HostCallLimits,
    pool: BlockingPool? = nil,
    isTimed: Bool = false
  ) {
    self.name = name
    self.cancellation = cancellation
    self.limits = limits
    self.pool = pool
    if isTimed { state.withLock { $0.latency = LatencyHistogram() } }
  }

  /// How its calls stand: how many run, how many wait for their turn, and what 99 of 100 took at most.
  var status: (running: Int, waiting: Int, usual: UInt64?) {
    state.withLock {
      ($0.runningCount, $0.waiting.count, $0.latency?.bound(perMille: 990))
    }
  }

  /// A call took so long.
  func note(nanoseconds: UInt64) {
    state.withLock { $0.latency?.add(nanoseconds: nanoseconds) }
  }

  /// Whether a call may begin.
  enum Entry {
    case begins
    case waits(ticket: UInt64)
    /// So many calls were given up and still run.
    case refused(Int)
  }

  /// A call wants to begin.
  ///
  /// - Parameter call: Is told when its turn has come, from any thread.
  /// - Returns: whether it may, or has to wait.
  fileprivate func enter(_ call: HostCall) -> Entry {
    state.withLock { state in
      if state.orphanCount >= limits.orphans { return .refused(state.orphanCount) }
      if state.runningCount < limits.concurrent {
        state.runningCount += 1
        return .begins
      }
      state.lastTicket += 1
      state.waiting.append((state.lastTicket, { call.tellTurn() }))
      return .waits(ticket: state.lastTicket)
    }
  }

  /// A call no longer waits for its turn.
  ///
  /// - Returns: whether it still did.
  fileprivate func leave(_ ticket: UInt64) -> Bool {
    state.withLock { state in
      guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
        return false
      }
      state.waiting.remove(at: index)
      return true
    }
  }

  fileprivate func addOrphan() { state.withLock { $0.orphanCount += 1 } }

  /// A call has ended, and the next one has its turn.
  fileprivate func end(isOrphan: Bool) {
    let next = state.withLock { state in
      if isOrphan { state.orphanCount -= 1 }
      if state.waiting.isEmpty {
        state.runningCount -= 1
        return nil as (@Sendable () -> Void)?
      }
      return state.waiting.removeFirst().turn
    }
    next?()
  }
}

/// One call of a registered function that parks.
///
/// SAFETY: what changes is behind the lock, but for `begun`, which only the machine's thread has; nothing of the class
/// above it is used.
final class HostCall: PendingOperation, NamedRequest, @unchecked Sendable {
  /// Ends a call that has begun; it ends in its own time, with a result or with a `CancellationError`.
  typealias Canceller = @Sendable () -> Void
  typealias Completion = @Sendable (Result<HostValues, any Error>) -> Void
  /// Begins it; what is given to it is told once how it went, from any thread or before this returns.
  typealias Start = @Sendable (@escaping Completion) -> Canceller

  /// What is to be done.
  enum Work: Sendable {
    case awaits(@Sendable (_HostCompletion) -> Task<Void, Never>)
    case blocks(BlockingPool, @Sendable () throws -> HostValues)
    case other(Start)
  }

  /// Whoever waits for calls.
  protocol Listener: AnyObject, Sendable {
    /// Something has become of a call that was begun with a number; from any thread.
    func hear(_ event: Event, _ id: UInt64)
  }

  /// What whoever waits is told, from any thread.
  enum Event {
    /// It is to be started now.
    case turn(HostCall)
    case result(Result<HostValues, any Error>)
  }

  /// What came of beginning it.
  enum Beginning {
    /// It runs, or waits for its turn.
    case isUnderWay
    case ended(Result<HostValues, any Error>)
    /// So many calls were given up and still run.
    case refused(Int)
  }

  /// What came of a cancellation.
  enum Consequence {
    /// It had not begun.
    case didNotHappen
    /// It goes on without whoever has waited, and may have happened.
    case isInDoubt
    /// It ends in its own time.
    case willTell
  }

  private enum Phase {
    case new
    case waiting(ticket: UInt64)
    /// Its turn has come.
    case due
    case starting
    case running
    case ended
  }

  private struct State {
    var phase = Phase.new
    var listener: (any Listener)?
    var id: UInt64 = 0
    var task: Task<Void, Never>?
    var cancel: Canceller?
    /// What came before the start was over.
    var early: Result<HostValues, any Error>?
    var isCancelled = false
    var isOrphan = false
  }

  let function: HostFunction
  var requestName: String { "'\(function.name)' of the host" }
  private let work: Work
  private let state = Mutex(State())
  /// What came of beginning it before its task was parked; the machine's thread's.
  var begun: (id: UInt64, beginning: Beginning)?
  var hasBegun: Bool { begun != nil }

  init(_ function: HostFunction, _ work: Work) {
    self.function = function
    self.work = work
    super.init()
  }

  override nonisolated(nonsending) func perform(_ machine: Machine) async throws -> [Value] {
    try await results().slots(machine.core).map { machine.core.value($0) }
  }

  // MARK: Beginning

  /// Begins the call, now or when it has its turn.
  func begin(_ listener: any Listener, _ id: UInt64) -> Beginning {
    let wasCancelled = state.withLock { state in
      state.listener = listener
      state.id = id
      return state.isCancelled
    }
    if wasCancelled { return .ended(.failure(CancellationError())) }
    switch function.enter(self) {
    case .refused(let count): return .refused(count)
    case .begins:
      return start { if case .new = $0.phase { !$0.isCancelled } else { false } }
    case .waits(let ticket):
      state.withLock { state in
        // Its turn may have come already.
        if case .new = state.phase { state.phase = .waiting(ticket: ticket) }
      }
      return .isUnderWay
    }
  }

  fileprivate func tellTurn() {
    let (listener, id) = state.withLock { state in
      state.phase = .due
      return (state.listener, state.id)
    }
    listener?.hear(.turn(self), id)
  }

  /// Starts the call, whose turn has come.
  func take() -> Beginning {
    start { if case .due = $0.phase { !$0.isOrphan } else { false } }
  }

  private func start(if isWanted: (borrowing State) -> Bool) -> Beginning {
    let isWanted = state.withLock { state in
      let isWanted = isWanted(state)
      state.phase = isWanted ? .starting : .ended
      return isWanted
    }
    if !isWanted {
      function.end(isOrphan: false)
      return .ended(.failure(CancellationError()))
    }
    var task: Task<Void, Never>?
    var cancel: Canceller?
    switch work {
    case .awaits(let begin): task = begin(_HostCompletion(call: self))
    case .blocks(let pool, let body):
      let withdraw = pool.submit { [self] in complete(Result { try body() }) }
      cancel = { [self] in if withdraw() { complete(.failure(CancellationError())) } }
    case .other(let start): cancel = start { [self] in complete($0) }
    }
    let (early, isOrphan, wasCancelled) = state.withLock { state in
      if let early = state.early {
        state.phase = .ended
        state.early = nil
        state.listener = nil
        return (early as Result?, state.isOrphan, false)
      }
      // It may have ended since it started.
      guard case .starting = state.phase else { return (nil, false, false) }
      state.phase = .running
      state.task = task
      state.cancel = cancel
      return (nil, false, state.isCancelled)
    }
    if let early {
      function.end(isOrphan: isOrphan)
      return .ended(early)
    }
    if wasCancelled && function.cancellation != .never {
      task?.cancel()
      cancel?()
    }
    return .isUnderWay
  }

  func complete(_ result: Result<HostValues, any Error>) {
    let end = state.withLock { state -> (listener: (any Listener)?, id: UInt64, isOrphan: Bool)? in
      if case .starting = state.phase {
        state.early = result
        return nil
      }
      state.phase = .ended
      defer {
        state.listener = nil
        state.task = nil
        state.cancel = nil
      }
      return (state.listener, state.id, state.isOrphan)
    }
    guard let end else { return }
    function.end(isOrphan: end.isOrphan)
    end.listener?.hear(.result(result), end.id)
  }

  /// Whether it waits for its turn.
  var isWaiting: Bool {
    state.withLock { state in
      if case .waiting = state.phase { true } else { false }
    }
  }

  // MARK: Giving up

  /// Whoever waits is cancelled.
  func cancel() -> Consequence {
    let phase = state.withLock { state in
      state.isCancelled = true
      return state.phase
    }
    switch phase {
    case .new: return .didNotHappen
    case .waiting(let ticket):
      // If its turn is on the way, it finds that nobody waits.
      if !function.leave(ticket) { state.withLock { $0.isOrphan = true } }
      return .didNotHappen
    case .due:
      state.withLock { $0.isOrphan = true }
      return .didNotHappen
    case .ended: return .willTell
    case .starting, .running: break
    }
    switch function.cancellation {
    case .never: return .willTell
    case .atomic:
      abort()
      return .willTell
    case .bestEffort:
      giveUp()
      abort()
      return .isInDoubt
    }
  }

  /// Ends the call, if it can be, as nobody will take its result.
  private func abort() {
    let (task, cancel) = state.withLock { ($0.task, $0.cancel) }
    task?.cancel()
    cancel?()
  }

  /// Whoever waited has ended: what has not begun gives up its place, and what runs does so for nobody.
  func drop() {
    _ = cancel()
    giveUp()
    abort()
  }

  /// Nobody waits for it any more; it counts as an orphan until it has ended.
  func giveUp() {
    let isNew = state.withLock { state in
      switch state.phase {
      case .starting, .running:
        defer { state.isOrphan = true }
        return !state.isOrphan
      case .new, .waiting, .due, .ended: return false
      }
    }
    if isNew { function.addOrphan() }
  }
}
