// Threads for functions of the host that hold one. They are the pool's own and not those of Swift's tasks, so
// that whoever blocks them blocks nobody else, and there are never more than the pool was given.

import NightjarSystem
import Synchronization

/// A bounded number of threads for functions that block.
///
///     machine.register("query", .blocking(pool: .dedicated(2)), cancel: .never) { (text: String) in
///       try database.run(text)
///     }
public final class BlockingPool: Sendable {
  /// How a pool stands.
  public struct Status: Sendable, Equatable {
    /// Threads that run a function.
    public var busy = 0
    /// Threads the pool may have.
    public var threads = 0
    /// Calls that wait for a thread.
    public var queued = 0
  }

  private let queue: Queue

  private init(_ threads: Int) { queue = Queue(threads: max(threads, 1)) }

  deinit { queue.end() }

  /// The pool of functions that name none: 16 threads.
  public static let shared = BlockingPool(16)

  /// A pool of so many threads for the functions that it is given to.
  public static func dedicated(_ threads: Int) -> BlockingPool { BlockingPool(threads) }

  /// How many threads are busy, and how many calls wait for one.
  public var status: Status { queue.status }

  /// Runs a job on a thread.
  ///
  /// - Returns: takes the job back; whether it had not begun.
  func submit(_ job: @escaping @Sendable () -> Void) -> @Sendable () -> Bool {
    let queue = queue
    let id = queue.submit(job)
    return { queue.withdraw(id) }
  }
}

/// What the threads of a pool share.
private final class Queue: Sendable {
  private struct State {
    var jobs: [(id: UInt64, body: @Sendable () -> Void)] = []
    var lastID: UInt64 = 0
    var threadCount = 0
    var busyCount = 0
    var idle: [Signal] = []
    var isOver = false
  }

  private let state = Mutex(State())
  private let threadCountMax: Int

  init(threads: Int) { threadCountMax = threads }

  var status: BlockingPool.Status {
    state.withLock { state in
      .init(busy: state.busyCount, threads: threadCountMax, queued: state.jobs.count)
    }
  }

  func submit(_ job: @escaping @Sendable () -> Void) -> UInt64 {
    let (id, startsThread) = state.withLock { state in
      state.lastID += 1
      state.jobs.append((state.lastID, job))
      if let signal = state.idle.popLast() {
        signal.raise()
        return (state.lastID, false)
      }
      let startsThread = state.threadCount < threadCountMax
      if startsThread { state.threadCount += 1 }
      return (state.lastID, startsThread)
    }
    if startsThread && !SystemThread.start({ self.run() }) {
      // The threads there are take it; without any it runs here.
      let isAlone = state.withLock { state in
        state.threadCount -= 1
        return state.threadCount == 0
      }
      if isAlone, let job = take() { finish(job) }
    }
    return id
  }

  func withdraw(_ id: UInt64) -> Bool {
    state.withLock { state in
      guard let index = state.jobs.firstIndex(where: { $0.id == id }) else { return false }
      state.jobs.remove(at: index)
      return true
    }
  }

  func end() {
    state.withLock { state in
      state.isOver = true
      for signal in state.idle { signal.raise() }
      state.idle = []
    }
  }

  private func take() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard !state.jobs.isEmpty else { return nil }
      state.busyCount += 1
      return state.jobs.removeFirst().body
    }
  }

  private func finish(_ job: @Sendable () -> Void) {
    job()
    state.withLock { $0.busyCount -= 1 }
  }

  /// A thread's life.
  private func run() {
    let signal = Signal()
    while true {
      if let job = take() {
        finish(job)
        continue
      }
      let isOver = state.withLock { state in
        if state.isOver && state.jobs.isEmpty {
          state.threadCount -= 1
          return true
        }
        if state.jobs.isEmpty { state.idle.append(signal) }
        return false
      }
      if isOver { return }
      if state.withLock({ $0.jobs.isEmpty }) { signal.wait(nanoseconds: nil) }
    }
  }
}
