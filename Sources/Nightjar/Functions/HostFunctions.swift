// Swift closures as functions of scripts.

extension Machine {
  /// A function of scripts that runs a closure.
  ///
  ///     let add = machine.function { (a: Int, b: Int) in a + b }
  ///
  /// Arguments convert to the closure's parameters; a script that passes something else gets "bad
  /// argument #1 to 'add' (number expected, got string)". What the closure throws is an error in
  /// the script, which can catch it, and comes back as `ScriptError.underlying` when it does not.
  @inlinable
  public func function<
    each Parameter: ScriptConvertible,
    Result: ScriptConvertible,
    Failure: Error
  >(
    _ body: @escaping (repeat each Parameter) throws(Failure) -> Result
  ) -> Function {
    _native { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      try call._append(body(repeat each arguments))
    }
  }

  /// A function of scripts that runs a closure with several results, or none.
  @inlinable
  public func function<
    each Parameter: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ body: @escaping (repeat each Parameter) throws(Failure) -> (repeat each Result)
  ) -> Function {
    _native { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      let results = try body(repeat each arguments)
      for result in repeat each results { try call._append(result) }
    }
  }

  /// Makes a closure the global function of a name; see `function(_:)`.
  @inlinable
  public func define<each Parameter: ScriptConvertible, Result: ScriptConvertible, Failure: Error>(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (repeat each Parameter) throws(Failure) -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((repeat each Parameter).self, Result.self)
    }
  }

  /// Makes a closure with several results, or none, the global function of a name.
  @inlinable
  public func define<
    each Parameter: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (repeat each Parameter) throws(Failure) -> (repeat each Result)
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((repeat each Parameter).self, (repeat each Result).self)
    }
  }

  /// A function of scripts that takes and gives any number of values.
  ///
  ///     machine["count"] = .function(machine.function(values: { [.integer($0.count)] }))
  public func function(values body: @escaping ([Value]) throws -> [Value]) -> Function {
    _native { call in try call.append(body(try call.rest())) }
  }
}
