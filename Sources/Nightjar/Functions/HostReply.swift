// Functions of the host that call back: they are given an object that takes their answer, from any thread. Whoever waits
// is owned by the call and not by them, so that an answer that nobody gives is an error and no wait without an end:
// the last reference to the object goes, and the script is told.

import Synchronization

/// Functions that call back; see `Machine.register`.
public struct CallbackFunction: Sendable {
  /// The closure begins something on the machine's thread, and its answer comes later, from any thread; the script's
  /// task is parked.
  public static let callback = CallbackFunction()
}

/// What takes the answer of a call, once; what comes later is nobody's.
///
/// Who lets go of it without an answer has forgotten the call: the script gets an error, and the watchdog's reports
/// have NJ-D12.
public struct HostReply<Result: ScriptConvertible & Sendable>: Sendable {
  private let reply: _HostReply

  /// The typed side of an answer.
  public init(_ reply: _HostReply) { self.reply = reply }

  /// The call has this result.
  public func give(_ result: Result) { reply.end(.success(_HostResults._of(result))) }

  /// The call has failed; a `CancellationError` after a cancellation says that nothing has happened.
  public func fail(_ error: any Error) { reply.end(.failure(error)) }

  /// Whether the script's task was cancelled.
  public var isCancelled: Bool { reply.cancellation.isCancelled }

  /// Says what ends the call when the script's task is cancelled; at once, if it was already.
  public func onCancel(_ body: @escaping @Sendable () -> Void) { reply.cancellation.tells(body) }
}

extension Machine {
  /// Makes a closure that calls back the function of a name.
  ///
  ///     machine.register("locate", .callback, cancel: .bestEffort) {
  ///       (reply: HostReply<String>, name: String) in
  ///       let search = index.search(name) { reply.give($0) }
  ///       reply.onCancel { search.stop() }
  ///     }
  ///
  /// The script's task waits for the answer and all others go on.
  ///
  /// - Parameters:
  ///   - name: The name, or a path of names with dots between: the tables on the way are made.
  ///   - kind: That it calls back.
  ///   - cancel: What a cancellation of the script means for a call under way.
  ///   - limits: How many calls there may be, and how long a cancelled one may take.
  ///   - documentation: What it does, in a sentence.
  ///   - parameters: The names of its parameters, for editors.
  ///   - body: Begins what is to be done; what it throws is the answer.
  @inlinable
  public func register<
    each Parameter: ScriptConvertible & Sendable,
    Result: ScriptConvertible & Sendable
  >(
    _ name: String,
    _ kind: CallbackFunction,
    cancel: HostCancellation = .atomic,
    limits: HostCallLimits = HostCallLimits(),
    documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping @Sendable (HostReply<Result>, repeat each Parameter) throws -> Void
  ) {
    let function = _callingBack(name, cancel, limits) { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      return { reply in try body(HostReply(reply), repeat each arguments) }
    }
    _define(name, documentation, parameters, function) {
      .of((repeat each Parameter).self, Result.self)
    }
  }

  /// A function whose calls end when what an adaptor makes of their arguments has called back.
  public func _callingBack(
    _ name: String,
    _ cancel: HostCancellation,
    _ limits: HostCallLimits,
    _ body: @escaping (inout _Invocation) throws -> @Sendable (_HostReply) throws -> Void
  ) -> Function {
    let record = HostFunction(name, cancel, limits, isTimed: true)
    let watch = core.watch
    return parking { call in
      let begin = try body(&call)
      let start: HostCall.Start = { complete in
        let cancellation = ReplyCancellation()
        let reply = _HostReply(cancellation, complete) {
          watch.add("NJ-D12", "'\(name)' let go of a call without an answer")
          return ScriptError(
            .runtime,
            "NJ-D12 LeakedCall: '\(name)' let go of the call without an answer"
          )
        }
        do { try begin(reply) } catch { reply.end(.failure(error)) }
        // Not the reply itself: it is to go when the host lets go of it.
        return { cancellation.cancel() }
      }
      return HostCall(record, .other(start))
    }
  }
}

/// What takes the answer of a call; an implementation detail of `Machine.register`.
public final class _HostReply: Sendable {
  let cancellation: ReplyCancellation
  private let complete: HostCall.Completion
  private let leak: @Sendable () -> ScriptError
  private let isOver = Atomic(false)

  init(
    _ cancellation: ReplyCancellation,
    _ complete: @escaping HostCall.Completion,
    leak: @escaping @Sendable () -> ScriptError
  ) {
    self.cancellation = cancellation
    self.complete = complete
    self.leak = leak
  }

  deinit {
    if !isOver.load(ordering: .acquiring) { complete(.failure(leak())) }
  }

  func end(_ result: Result<_HostResults, any Error>) {
    if isOver.exchange(true, ordering: .acquiringAndReleasing) { return }
    cancellation.forget()
    complete(result)
  }
}

/// What ends a call that calls back, once it is to end.
final class ReplyCancellation: Sendable {
  private struct State {
    var isCancelled = false
    var end: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  func tells(_ end: @escaping @Sendable () -> Void) {
    let isCancelled = state.withLock { state in
      if !state.isCancelled { state.end = end }
      return state.isCancelled
    }
    if isCancelled { end() }
  }

  func cancel() {
    let end = state.withLock { state in
      state.isCancelled = true
      defer { state.end = nil }
      return state.end
    }
    end?()
  }

  /// There is nothing to end any more.
  func forget() {
    // Let go of outside of the lock: it may hold anything.
    let end = state.withLock { state in
      defer { state.end = nil }
      return state.end
    }
    withExtendedLifetime(end) {}
  }
}
