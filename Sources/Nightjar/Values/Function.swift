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
  /// Missing results convert as nil, more than asked for are dropped. It may be called inside a host
  /// function; the script below cannot yield across it.
  ///
  /// - Throws: `ScriptError` when the script fails, runs out of fuel or needs to wait.
  public func call<each Argument: ScriptConvertible, each Result: ScriptConvertible>(
    _ arguments: repeat each Argument,
    as types: (repeat each Result).Type = (repeat each Result).self
  ) throws(ScriptError) -> (repeat each Result) {
    let core = reference.core
    let machine = try core.liveMachine
    var run = try core.begin(reference.slot)
    do throws(ScriptError) {
      for argument in repeat each arguments {
        try core.push(argument.scriptValue(in: machine))
      }
    } catch {
      core.engine.cancel(run)
      throw error
    }
    let outcome = core.engine.start(&run)
    defer { core.engine.end(run) }
    return try core.results(of: run, outcome, as: (repeat each Result).self)
  }

  /// Calls the function for what it does.
  public func call<each Argument: ScriptConvertible>(
    _ arguments: repeat each Argument
  ) throws(ScriptError) {
    _ = try call(repeat each arguments, as: Value.self)
  }

  /// Calls the function with values and gives back all it returns.
  public func call(arguments: [Value]) throws(ScriptError) -> [Value] {
    let core = reference.core
    _ = try core.liveMachine
    var run = try core.begin(reference.slot)
    do throws(ScriptError) {
      for argument in arguments { try core.push(argument) }
    } catch {
      core.engine.cancel(run)
      throw error
    }
    let outcome = core.engine.start(&run)
    defer { core.engine.end(run) }
    return try core.results(of: run, outcome)
  }
}
