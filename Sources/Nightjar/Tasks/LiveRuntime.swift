// Isolates on threads of their own. Scripts, timers and the watchdog do not run in Swift's pool, so that neither can
// starve the other; the only way in from outside is an isolate's mailbox.

import NightjarBase
import NightjarSystem

/// Threads that run isolates.
///
///     let runtime = LiveRuntime(workers: 4)
///     let isolate = try await runtime.makeIsolate { Machine() }
///     let answer = try await isolate.call("load", .string("index"))
///
/// A machine that burns a core holds up the others of its thread for a millisecond at a time; a function of the
/// host that does not return holds up none, as another thread takes its place.
public final class LiveRuntime: Sendable {
  private let core: RuntimeCore

  /// Starts so many threads, one for timers and one for the watchdog.
  public init(workers: Int = 1) {
    core = RuntimeCore(threads: workers)
    core.start()
  }

  deinit { core.end() }

  /// The weights that an isolate may have.
  private static let weights = 1...1_000

  /// What was reported of all isolates: functions of the host that held a thread for longer than they may, each with
  /// its name, the task and the line that called it, and what tasks do (`Machine.reports`).
  public var reports: [String] { core.reports }

  /// Makes an isolate: the closure makes its machine.
  ///
  /// - Parameters:
  ///   - limits: How many tasks there may be, and how long they may clean up.
  ///   - weight: Its share of the processors' time beside others that have something to do, from 1 to 1000: one of
  ///     weight 3 gets three times as much as one of weight 1. Who has nothing to do saves nothing up.
  ///   - make: Makes the machine and gives it what its scripts need.
  /// - Returns: the isolate, from any thread.
  /// - Throws: `ScriptError` for a weight that is none, and what the closure throws.
  public func makeIsolate(
    limits: TaskLimits = TaskLimits(),
    weight: Int = 1,
    _ make: @escaping @Sendable () throws -> Machine
  ) async throws -> Isolate {
    guard Self.weights.contains(weight) else {
      let (least, most) = (Self.weights.lowerBound, Self.weights.upperBound)
      throw ScriptError(
        .conversion,
        "the weight of an isolate is a number from \(least) to \(most), not \(weight)"
      )
    }
    let live = core.add(limits, weight: weight)
    do {
      try await live.ask(live.makeID()) { live, answer in
        answer.resume(with: Swift.Result { live.begin(try make()) })
      }
    } catch {
      live.kill("the machine could not be made")
      throw error
    }
    return Isolate(live)
  }
}

extension ScriptError {
  /// A wait that would hold a thread that its own answer may need.
  static var wouldBlock: ScriptError {
    ScriptError(
      .wouldSuspend,
      "NJ-A012 WouldBlock: callSync would hold a thread of Swift's pool, which the answer may need: use call"
    )
  }

  /// A script that waits for a function of the host that waits for a script.
  static var sandwich: ScriptError {
    ScriptError(
      .wouldSuspend,
      "NJ-A013 CannotSuspendHere: a function that a script called waits for a script: make it asynchronous"
    )
  }
}
