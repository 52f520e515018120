// A machine of a live runtime, for the rest of the program: calls, which are cancelled with the caller's task, and
// jobs between two steps of its tasks.

import NightjarBase
import NightjarEngine
import NightjarSystem
import Synchronization

/// A machine on the threads of a runtime, from any other thread.
public final class Isolate: Sendable {
  let live: LiveIsolate

  init(_ live: LiveIsolate) { self.live = live }

  deinit { live.kill("the machine has ended") }

  /// Calls a global function as a task, and waits for its first result.
  ///
  /// When the caller's task is cancelled, the script's is, and the call returns within its grace even when the
  /// script or the host does not.
  ///
  /// - Parameters:
  ///   - function: The name of a global function, or a path of fields with dots between.
  ///   - arguments: Copies of data.
  ///   - deadline: When the call is cancelled; one that has passed already is refused.
  /// - Returns: a copy of the first result.
  /// - Throws: `CancellationError` when the caller's task was cancelled; `ScriptCancelled` when the script's was
  ///   otherwise; `ScriptError` when the script fails, the deadline passes, or the result is no data.
  public func call(
    _ function: String,
    _ arguments: PlainValue...,
    deadline: ContinuousClock.Instant? = nil
  ) async throws -> PlainValue {
    try await call(function, arguments: arguments, deadline: deadline)
  }

  /// Calls a global function as a task with a list of arguments, and waits for its first result; see `call`.
  public func call(
    _ function: String,
    arguments: [PlainValue],
    deadline: ContinuousClock.Instant? = nil
  ) async throws -> PlainValue {
    try Task.checkCancellation()
    let id = live.makeID()
    if let deadline { try expire(id, at: deadline) }
    let (live, priority) = (live, Task.currentPriority.taskLevel)
    return try await withTaskCancellationHandler {
      try await live.ask(id) { live, answer in
        guard let local = live.local else {
          return answer.resume(with: .failure(ScriptError.machineEnded))
        }
        local.begin(id, function, arguments, priority, answer)
      }
    } onCancel: {
      live.post { $0.local?.cancel(id, .host) }
      live.fail(id, after: live.hardNanoseconds, CancellationError())
    }
  }

  private func expire(_ id: UInt64, at deadline: ContinuousClock.Instant) throws {
    let error = ScriptError(.deadline, "the deadline of the call has passed")
    let left = ContinuousClock.now.duration(to: deadline)
    guard left > .zero else { throw error }
    live.after(left.wholeNanoseconds) { live in
      live.post { $0.local?.cancel(id, .deadline) }
      live.fail(id, after: live.hardNanoseconds, error)
    }
  }

  /// Calls a global function as a task, and holds the thread until it has ended.
  ///
  /// For programs without asynchronous functions. Where it could wait for ever it is refused: in an asynchronous
  /// function with NJ-A012, as it would hold a thread of the pool, and in a function that a script has called with
  /// NJ-A013.
  ///
  /// - Throws: `ScriptError`.
  public func callSync(_ function: String, _ arguments: PlainValue...) throws -> PlainValue {
    if RuntimeCore.isOwnThread { throw ScriptError.sandwich }
    if unsafe withUnsafeCurrentTask(body: { unsafe $0 != nil }) { throw ScriptError.wouldBlock }
    let signal = Signal()
    let result = Mutex<Swift.Result<PlainValue, any Error>?>(nil)
    let id = live.makeID()
    defer { live.forget(id) }
    let answer = Answer<PlainValue> { outcome in
      result.withLock { $0 = outcome }
      signal.raise()
    }
    live.ask(id, answer) { live, answer in
      guard let local = live.local else {
        return answer.resume(with: .failure(ScriptError.machineEnded))
      }
      local.begin(id, function, arguments, TaskPriority.medium.taskLevel, answer)
    }
    while true {
      if let result = result.withLock({ $0 }) { return try result.get() }
      signal.wait(nanoseconds: nil)
    }
  }

  /// Does something with the machine, between two steps of its tasks.
  ///
  /// - Throws: what the closure throws.
  public func with<Result: Sendable>(
    _ body: @escaping @Sendable (Machine, Tasks) throws -> Result
  ) async throws -> Result {
    try await live.ask(live.makeID()) { live, answer in
      guard let local = live.local else {
        return answer.resume(with: .failure(ScriptError.machineEnded))
      }
      answer.resume(with: Swift.Result { try body(local.machine, local.tasks) })
    }
  }

  /// Ends the isolate at once: calls under way fail, and nothing of it runs any more.
  ///
  /// Where a function of the host holds the machine, its memory goes when that function returns.
  public func kill() { live.kill("the machine was stopped") }

  /// Whether a function of the host has held the machine for longer than it may.
  public var isWedged: Bool { live.isWedged.load(ordering: .relaxed) }

  /// Its share of the processors' time beside others that have something to do; see `LiveRuntime.makeIsolate`.
  public var weight: Int { live.weight }

  /// All tasks as a tree.
  public var tree: String {
    get async throws { try await with { _, tasks in tasks.tree } }
  }

  /// The operations of the host that are under way, and those that nobody waits for any more.
  public var hostCalls: HostCallStatus {
    get async throws { try await with { _, tasks in tasks.hostCalls } }
  }
}

/// A script was cancelled, but not because the task that had called it was.
public struct ScriptCancelled: Error, CustomStringConvertible {
  /// Why, in the words of the script.
  public let reason: String
  /// The error as the script has it.
  public let error: ScriptError

  /// The reason.
  public var description: String { reason }
}

extension TaskPriority {
  /// The place of a script's task among others that are ready, 0 before all others.
  var taskLevel: Int {
    if self > .medium { return 0 }
    if self == .medium { return 1 }
    return self > .background ? 2 : 3
  }
}

extension LiveIsolate {
  /// What a cancelled call may take: the grace, and what a forced end needs beyond it.
  var hardNanoseconds: UInt64 { limits.grace.wholeNanoseconds &+ 150_000_000 }

  /// Does something with the isolate after a while, if it is still there.
  func after(_ nanoseconds: UInt64, _ body: @escaping @Sendable (LiveIsolate) -> Void) {
    later(nanoseconds) { [weak self] in
      if let self { body(self) }
    }
  }
}
