// How a function of Swift's awaits what calls back, and ends that wait when its task is cancelled.

import Synchronization

/// Ends a wait that may not have begun.
final class Cancellation: Sendable {
  private struct State {
    var isOver = false
    var end: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// Awaits what calls back, and ends that wait when the task is cancelled.
  static func wait<Thing: Sendable>(
    _ begin:
      @Sendable (@escaping @Sendable (Result<Thing, any Error>) -> Void) ->
      @Sendable () -> Void
  ) async throws -> Thing {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        cancellation.ends(with: begin { continuation.resume(with: $0) })
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// Says what ends the wait.
  private func ends(with end: @escaping @Sendable () -> Void) {
    let isOver = state.withLock { state in
      state.end = end
      return state.isOver
    }
    if isOver { end() }
  }

  private func cancel() {
    let end = state.withLock { state in
      state.isOver = true
      return state.end
    }
    end?()
  }
}
