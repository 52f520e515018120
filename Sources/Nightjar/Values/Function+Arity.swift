// The commonest shapes of calls again, without parameter packs, which look up types as they run. Overload
// resolution prefers these; what they mean is said in Function.swift.

import NightjarEngine

extension Function {
  /// Calls the function with no arguments and converts what it returns.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or needs to wait.
  @inlinable
  public func call<Result: ScriptConvertible>(
    as type: Result.Type = Result.self
  ) throws(ScriptError) -> Result {
    var call = try _begin()
    return try call._result()
  }

  /// Calls the function with one argument and converts what it returns.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or needs to wait.
  @inlinable
  public func call<First: ScriptConvertible, Result: ScriptConvertible>(
    _ first: First,
    as type: Result.Type = Result.self
  ) throws(ScriptError) -> Result {
    var call = try _begin()
    try call._push(first)
    return try call._result()
  }

  /// Calls the function with two arguments and converts what it returns.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or needs to wait.
  @inlinable
  public func call<First: ScriptConvertible, Second: ScriptConvertible, Result: ScriptConvertible>(
    _ first: First,
    _ second: Second,
    as type: Result.Type = Result.self
  ) throws(ScriptError) -> Result {
    var call = try _begin()
    try call._push(first)
    try call._push(second)
    return try call._result()
  }

  /// Calls the function with three arguments and converts what it returns.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or needs to wait.
  @inlinable
  public func call<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ first: First,
    _ second: Second,
    _ third: Third,
    as type: Result.Type = Result.self
  ) throws(ScriptError) -> Result {
    var call = try _begin()
    try call._push(first)
    try call._push(second)
    try call._push(third)
    return try call._result()
  }
}

/// A call of a script's function under way; an implementation detail of `Function.call`.
public struct _Call: ~Copyable {
  // Keeps the machine alive to the end of the call, whatever host functions do with it.
  private let machine: Machine
  private let core: _MachineCore
  private var run: HostRun
  private var isBegun = true

  init(_ machine: Machine, _ core: _MachineCore, _ run: HostRun) {
    self.machine = machine
    self.core = core
    self.run = run
  }

  deinit {
    if isBegun { core.engine.cancel(run) }
  }

  /// Passes the next argument.
  @inlinable
  public mutating func _push(_ argument: some ScriptConvertible) throws(ScriptError) {
    try _push(argument._store(in: _core))
  }

  /// Where arguments are made.
  public var _core: _MachineCore { core }

  @usableFromInline
  mutating func _push(_ stored: _StoredValue) throws(ScriptError) { try core.push(stored) }

  /// Runs the call and converts its first result.
  @inlinable
  public mutating func _result<Result: ScriptConvertible>() throws(ScriptError) -> Result {
    let stored = try _finish()
    defer { _end() }
    do throws(ConversionError) {
      return try Result(_stored: stored)
    } catch { throw ScriptError(.conversion, error.description) }
  }

  @usableFromInline
  mutating func _finish() throws(ScriptError) -> _StoredValue {
    isBegun = false
    let count = try core.finish(&run)
    return _StoredValue(count > 0 ? core.engine.result(0, of: run) : .nil, core: core)
  }

  @usableFromInline
  mutating func _end() { core.engine.end(run) }
}

extension Function {
  /// Begins a call.
  public func _begin() throws(ScriptError) -> _Call {
    let core = reference.core
    let machine = try core.liveMachine
    return _Call(machine, core, try core.begin(reference.slot))
  }
}
