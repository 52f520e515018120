// Methods of host types that await, one declaration for each number of parameters; the reason is in
// Functions/AsyncFunctions.swift.

extension ScriptType.Builder where Host: ScriptConvertible {
  /// A method with no further parameters that awaits; calls of it park the script.
  public mutating func method<Result: ScriptConvertible>(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: nonisolated(nonsending) @escaping @Sendable (Host) async throws -> Result
  ) {
    add(name, documentation, .method, parameters, .of(Void.self, Result.self)) {
      $0.function(body)
    }
  }

  /// A method with no further parameters that awaits, with several results or none; calls of it park the script.
  public mutating func method<each Result: ScriptConvertible, Failure: Error>(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body:
      nonisolated(nonsending) @escaping @Sendable (Host) async throws(Failure) -> (
        repeat each Result
      )
  ) {
    add(name, documentation, .method, parameters, .of(Void.self, (repeat each Result).self)) {
      $0.function(body)
    }
  }

  /// A method with one parameter that awaits; calls of it park the script.
  public mutating func method<First: ScriptConvertible, Result: ScriptConvertible>(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: nonisolated(nonsending) @escaping @Sendable (Host, First) async throws -> Result
  ) {
    add(name, documentation, .method, parameters, .of(First.self, Result.self)) {
      $0.function(body)
    }
  }

  /// A method with one parameter that awaits, with several results or none; calls of it park the script.
  public mutating func method<
    First: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body:
      nonisolated(nonsending) @escaping @Sendable (Host, First) async throws(Failure) -> (
        repeat each Result
      )
  ) {
    add(name, documentation, .method, parameters, .of(First.self, (repeat each Result).self)) {
      $0.function(body)
    }
  }

  /// A method with two parameters that awaits; calls of it park the script.
  public mutating func method<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: nonisolated(nonsending) @escaping @Sendable (Host, First, Second) async throws -> Result
  ) {
    add(name, documentation, .method, parameters, .of((First, Second).self, Result.self)) {
      $0.function(body)
    }
  }

  /// A method with two parameters that awaits, with several results or none; calls of it park the script.
  public mutating func method<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body:
      nonisolated(nonsending) @escaping @Sendable (Host, First, Second) async throws(Failure) -> (
        repeat each Result
      )
  ) {
    add(
      name,
      documentation,
      .method,
      parameters,
      .of((First, Second).self, (repeat each Result).self)
    ) {
      $0.function(body)
    }
  }

  /// A method with three parameters that awaits; calls of it park the script.
  public mutating func method<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body:
      nonisolated(nonsending) @escaping @Sendable (Host, First, Second, Third) async throws ->
      Result
  ) {
    add(name, documentation, .method, parameters, .of((First, Second, Third).self, Result.self)) {
      $0.function(body)
    }
  }

  /// A method with three parameters that awaits, with several results or none; calls of it park the script.
  public mutating func method<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body:
      nonisolated(nonsending) @escaping @Sendable (Host, First, Second, Third) async throws(Failure)
      -> (
        repeat each Result
      )
  ) {
    add(
      name,
      documentation,
      .method,
      parameters,
      .of((First, Second, Third).self, (repeat each Result).self)
    ) {
      $0.function(body)
    }
  }
}
