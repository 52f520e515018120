// What calls of registered functions wait for, and how a function of Swift's awaits one: by the same rules as a task.

import NightjarBase
import NightjarEngine
import Synchronization

extension HostCall {
  /// A call that waits for something of the host's, nil for an end.
  ///
  /// - Parameters:
  ///   - function: What it counts for.
  ///   - wait: Waits for it, and gives what ends the wait.
  ///   - convert: Makes the machine's values of it; there are none of a nil.
  convenience init<Thing: Sendable>(
    _ function: HostFunction,
    waiting wait:
      @escaping @Sendable (
        @escaping @Sendable (Result<Thing?, any Error>) -> Void
      ) -> @Sendable () -> Void,
    _ convert: @escaping @Sendable (Thing, Core) throws -> [Slot]
  ) {
    self.init(function, beginning: wait) { thing, core in
      try thing.map { try convert($0, core) } ?? []
    }
  }

  /// A call that waits for something of the host's.
  convenience init<Thing: Sendable>(
    _ function: HostFunction,
    beginning wait:
      @escaping @Sendable (
        @escaping @Sendable (Result<Thing, any Error>) -> Void
      ) -> @Sendable () -> Void,
    _ convert: @escaping @Sendable (Thing, Core) throws -> [Slot]
  ) {
    self.init(
      function,
      .other { complete in
        wait { result in
          complete(result.map { thing in HostValues(making: { core in try convert(thing, core) }) })
        }
      }
    )
  }

  /// A call that holds a thread of a pool.
  convenience init(
    _ function: HostFunction,
    _ pool: BlockingPool,
    _ body: @escaping @Sendable () throws -> HostValues
  ) {
    self.init(function, .blocks(pool, body))
  }

  // MARK: Awaiting

  /// What a cancelled call may take where neither the function nor a scope says so.
  private static let grace = TaskLimits().grace

  /// Makes the call and waits for its end; who is cancelled waits as the function's class says.
  func results() async throws -> HostValues {
    let verdict = Verdict()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        verdict.wait(with: continuation)
        verdict.answer(begin(verdict, 0), function.name)
      }
    } onCancel: {
      switch cancel() {
      case .didNotHappen: _ = verdict.give(.failure(CancellationError()))
      case .isInDoubt: _ = verdict.give(.failure(inDoubt))
      case .willTell:
        Task.detached { [self] in
          try? await Task.sleep(for: function.limits.grace ?? Self.grace)
          if verdict.give(.failure(abandoned)) { giveUp() }
        }
      }
    }
  }

  /// Why no more calls are begun.
  static func refusal(_ name: String, _ count: Int) -> String {
    "\(count) calls of '\(name)' were given up and still run: no more are begun"
  }

  /// Why nobody waits any more.
  static func abandonment(_ name: String) -> String {
    "'\(name)' did not end in its grace after a cancellation; it still runs"
  }

  private var inDoubt: ScriptError {
    ScriptError(.cancelled, "'\(function.name)' was cancelled and may have happened")
  }

  private var abandoned: ScriptError {
    ScriptError(.cancelled, "NJ-A023 HostAbandoned: " + Self.abandonment(function.name))
  }
}

/// What a function of Swift's waits for, given once.
private final class Verdict: HostCall.Listener {
  private struct State {
    var continuation: CheckedContinuation<HostValues, any Error>?
    var early: Result<HostValues, any Error>?
    var isGiven = false
  }

  private let state = Mutex(State())

  func hear(_ event: HostCall.Event, _ id: UInt64) {
    switch event {
    case .turn(let call): answer(call.take(), call.function.name)
    case .result(let result): _ = give(result)
    }
  }

  /// What came of beginning the call.
  func answer(_ beginning: HostCall.Beginning, _ name: String) {
    switch beginning {
    case .isUnderWay: break
    case .ended(let result): _ = give(result)
    case .refused(let count):
      let message = "NJ-A026 HostBusy: " + HostCall.refusal(name, count)
      _ = give(.failure(ScriptError(.runtime, message)))
    }
  }

  func wait(with continuation: CheckedContinuation<HostValues, any Error>) {
    let early = state.withLock { state in
      if state.early == nil { state.continuation = continuation }
      return state.early
    }
    if let early { continuation.resume(with: early) }
  }

  /// - Returns: whether it was the first.
  func give(_ result: Result<HostValues, any Error>) -> Bool {
    let (isFirst, continuation) = state.withLock { state in
      if state.isGiven { return (false, nil as CheckedContinuation<HostValues, any Error>?) }
      state.isGiven = true
      if state.continuation == nil { state.early = result }
      defer { state.continuation = nil }
      return (true, state.continuation)
    }
    continuation?.resume(with: result)
    return isFirst
  }
}
