// Functions of scripts, called from Swift.

import NightjarEngine

/// A function of a script, or one that the host gave it.
public struct Function {
  let reference: Reference

  init(reference: Reference) { self.reference = reference }

  /// The function that a value is.
  ///
  /// - Throws: `ConversionError` when it is something else.
  public init(scriptValue: Value) throws(ConversionError) {
    guard case .function(let handle) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = handle
  }

  /// Calls the function and converts what it returns.
  ///
  ///     let sum: Int = try add.call(1, 2)
  ///
  /// A missing result converts as nil, more than asked for are dropped. It may be called inside a host
  /// function; the script below cannot yield across it.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or needs to wait.
  public func call<each Argument: ScriptConvertible, Result: ScriptConvertible>(
    _ arguments: repeat each Argument,
    as type: Result.Type = Result.self
  ) throws(ScriptError) -> Result {
    let core = reference.core
    let machine = try core.liveMachine
    defer { withExtendedLifetime(machine) {} }
    var run = try begin(repeat each arguments)
    let count = try core.finish(&run)
    defer { core.engine.end(run) }
    return try core.convert(count > 0 ? core.engine.result(0, of: run) : .nil, to: type)
  }

  /// Calls the function and converts several results.
  ///
  ///     let (name, size) = try describe.call(id, as: (String, Int).self)
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or needs to wait.
  public func call<each Argument: ScriptConvertible, each Result: ScriptConvertible>(
    _ arguments: repeat each Argument,
    as types: (repeat each Result).Type
  ) throws(ScriptError) -> (repeat each Result) {
    let core = reference.core
    let machine = try core.liveMachine
    defer { withExtendedLifetime(machine) {} }
    var run = try begin(repeat each arguments)
    let count = try core.finish(&run)
    defer { core.engine.end(run) }
    return try core.results(of: run, count: count, as: (repeat each Result).self)
  }

  /// Calls the function for what it does.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or needs to wait.
  public func call<each Argument: ScriptConvertible>(
    _ arguments: repeat each Argument
  ) throws(ScriptError) {
    let core = reference.core
    let machine = try core.liveMachine
    defer { withExtendedLifetime(machine) {} }
    var run = try begin(repeat each arguments)
    _ = try core.finish(&run)
    core.engine.end(run)
  }

  /// Calls the function with values and gives back all it returns.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or needs to wait.
  public func call(arguments: [Value]) throws(ScriptError) -> [Value] {
    let core = reference.core
    let machine = try core.liveMachine
    defer { withExtendedLifetime(machine) {} }
    var run = try begin(arguments: arguments)
    let count = try core.finish(&run)
    defer { core.engine.end(run) }
    return core.results(of: run, count: count)
  }

  /// Begins a call and passes the arguments.
  func begin<each Argument: ScriptConvertible>(
    _ arguments: repeat each Argument
  ) throws(ScriptError) -> HostRun {
    let core = reference.core
    let run = try core.begin(reference.slot)
    do throws(ScriptError) {
      for argument in repeat each arguments { try core.push(argument._store(in: core)) }
    } catch {
      core.engine.cancel(run)
      throw error
    }
    return run
  }

  /// Begins a call and passes the arguments.
  func begin(arguments: [Value]) throws(ScriptError) -> HostRun {
    let core = reference.core
    let run = try core.begin(reference.slot)
    do throws(ScriptError) {
      for argument in arguments { try core.push(argument) }
    } catch {
      core.engine.cancel(run)
      throw error
    }
    return run
  }
}
