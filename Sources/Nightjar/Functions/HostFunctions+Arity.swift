// The commonest shapes of host functions again, without parameter packs: the compiler does not specialise
// closures over packs, so a call through one looks up types as it runs, and costs about twice as much.
// Overload resolution prefers these; what they mean is said in HostFunctions.swift.

extension Machine {
  /// A function of scripts that runs a closure with no parameters.
  @inlinable
  public func function<Result: ScriptConvertible>(
    _ body: @escaping () throws -> Result
  ) -> Function {
    _native { call in
      try call._append(body())
    }
  }

  /// A function of scripts that runs a closure with one parameter.
  @inlinable
  public func function<First: ScriptConvertible, Result: ScriptConvertible>(
    _ body: @escaping (First) throws -> Result
  ) -> Function {
    _native { call in
      let first = try First._next(&call)
      try call._append(body(first))
    }
  }

  /// A function of scripts that runs a closure with two parameters.
  @inlinable
  public func function<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ body: @escaping (First, Second) throws -> Result
  ) -> Function {
    _native { call in
      let first = try First._next(&call)
      let second = try Second._next(&call)
      try call._append(body(first, second))
    }
  }

  /// A function of scripts that runs a closure with three parameters.
  @inlinable
  public func function<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ body: @escaping (First, Second, Third) throws -> Result
  ) -> Function {
    _native { call in
      let first = try First._next(&call)
      let second = try Second._next(&call)
      let third = try Third._next(&call)
      try call._append(body(first, second, third))
    }
  }

  /// A function of scripts that runs a closure with four parameters.
  @inlinable
  public func function<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Fourth: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ body: @escaping (First, Second, Third, Fourth) throws -> Result
  ) -> Function {
    _native { call in
      let first = try First._next(&call)
      let second = try Second._next(&call)
      let third = try Third._next(&call)
      let fourth = try Fourth._next(&call)
      try call._append(body(first, second, third, fourth))
    }
  }

  /// Makes a closure with no parameters the global function of a name.
  @inlinable
  public func define<Result: ScriptConvertible>(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping () throws -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of(Void.self, Result.self)
    }
  }

  /// Makes a closure with one parameter the global function of a name.
  @inlinable
  public func define<First: ScriptConvertible, Result: ScriptConvertible>(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (First) throws -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of(First.self, Result.self)
    }
  }

  /// Makes a closure with two parameters the global function of a name.
  @inlinable
  public func define<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (First, Second) throws -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((First, Second).self, Result.self)
    }
  }

  /// Makes a closure with three parameters the global function of a name.
  @inlinable
  public func define<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (First, Second, Third) throws -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((First, Second, Third).self, Result.self)
    }
  }

  /// Makes a closure with four parameters the global function of a name.
  @inlinable
  public func define<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Fourth: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (First, Second, Third, Fourth) throws -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((First, Second, Third, Fourth).self, Result.self)
    }
  }
}
