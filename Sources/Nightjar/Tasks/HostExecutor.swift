// An actor whose jobs run on whatever thread has the machine at the time: closures of the host that are not
// `Sendable` run there between two steps of the tasks, and so never at the same time as the machine.

import Synchronization

/// Jobs that wait for the thread of a machine.
final class HostExecutor: SerialExecutor {
  private let jobs = Mutex<[UnownedJob]>([])
  private let bell: @Sendable () -> Void

  init(_ bell: @escaping @Sendable () -> Void) { self.bell = bell }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    bell()
  }

  /// Runs what has come, on the thread that has the machine.
  ///
  /// - Returns: whether there was anything.
  @discardableResult
  func drain() -> Bool {
    var hasRun = false
    while true {
      let next = jobs.withLock { jobs in
        defer { jobs = [] }
        return jobs
      }
      if next.isEmpty { return hasRun }
      hasRun = true
      for job in next { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
  }
}

/// The actor of a machine's thread.
actor HostActor {
  private let executor: HostExecutor

  init(_ executor: HostExecutor) { self.executor = executor }

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }
}

/// The actor of calls whose caller has none.
actor OwnActor {
  /// The actor given, or one of its own.
  @inline(never)
  static func around(_ actor: (any Actor)?) -> any Actor {
    if let actor { return actor }
    return OwnActor()
  }
}

/// What an asynchronous function waits for and others raise.
///
/// Unlike that of a stream the wait does not end for good with a cancellation: who is cancelled still waits for the
/// verdicts of what was under way.
final class AsyncSignal: Sendable {
  private struct State {
    var isRaised = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  init() {}

  /// Ends the wait, or the next one.
  func raise() {
    let waiters = state.withLock { state in
      if state.waiters.isEmpty { state.isRaised = true }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Waits until it is raised, at most so long.
  nonisolated(nonsending) func wait(nanoseconds: UInt64?) async {
    let timer = nanoseconds.map { nanoseconds in
      Task {
        try? await Task.sleep(nanoseconds: min(nanoseconds, 1 << 50))
        if !Task.isCancelled { raise() }
      }
    }
    await withCheckedContinuation { continuation in
      let isRaised = state.withLock { state in
        if state.isRaised {
          state.isRaised = false
          return true
        }
        state.waiters.append(continuation)
        return false
      }
      if isRaised { continuation.resume() }
    }
    timer?.cancel()
  }
}
