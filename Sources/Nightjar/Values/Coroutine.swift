// Coroutines of scripts, resumed from Swift.

import NightjarEngine

/// A coroutine of a script.
public struct Coroutine {
  let reference: Reference

  init(reference: Reference) { self.reference = reference }

  /// The coroutine that a value is.
  ///
  /// - Throws: `ConversionError` when it is something else.
  public init(scriptValue: Value) throws(ConversionError) {
    guard case .coroutine(let handle) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = handle
  }

  /// What a coroutine is doing.
  public enum Status: String, Sendable {
    /// Not begun yet, or waiting in `yield`.
    case suspended
    case running
    /// Waiting for another coroutine that it resumed.
    case normal
    /// Finished or failed.
    case dead
  }

  /// What the coroutine is doing.
  public var status: Status {
    let core = reference.core
    guard core.isAlive else { return .dead }
    return Status(rawValue: core.engine.status(ofCoroutine: reference.slot)) ?? .dead
  }

  /// Resumes the coroutine until it yields, returns or fails.
  ///
  /// - Returns: what it yielded, or returned at its end; `status` tells which.
  /// - Throws: the error that ended it, or that it cannot be resumed.
  public func resume(_ arguments: [Value] = []) throws(ScriptError) -> [Value] {
    let core = reference.core
    _ = try core.liveMachine
    var run: HostRun
    do throws(EngineError) {
      run = try core.engine.begin(resuming: reference.slot)
    } catch { throw core.failure() }
    do throws(ScriptError) {
      for argument in arguments { try core.push(argument) }
    } catch {
      core.engine.cancel(run)
      throw error
    }
    let outcome = core.engine.start(&run)
    defer { core.engine.end(run) }
    if case .yielded(let count) = outcome {
      return (0..<count).map { core.value(core.engine.result($0, of: run)) }
    }
    return try core.results(of: run, outcome)
  }
}
