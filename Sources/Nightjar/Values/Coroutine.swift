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
    /// Active: it called the host.
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
    let machine = try core.liveMachine
    defer { withExtendedLifetime(machine) {} }
    var run = try core.begin(resuming: reference.slot)
    do throws(ScriptError) {
      for argument in arguments { try core.push(argument) }
    } catch {
      core.engine.cancel(run)
      throw error
    }
    let count = try core.finish(&run)
    defer { core.engine.end(run) }
    return core.results(of: run, count: count)
  }
}
