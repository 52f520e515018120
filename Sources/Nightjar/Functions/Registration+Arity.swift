// `register` with `.sync` for few parameters, one declaration for each number: what the compiler makes of parameter packs
// takes half as long again (`Benchmarks/tasks`), and these calls are the ones that are made most.

extension Machine {
  /// Makes a closure with no parameters that returns at once the function of a name; see `register`.
  @inlinable
  public func register<Result: ScriptConvertible>(
    _ name: String,
    _ kind: SyncFunction,
    documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping () throws -> Result
  ) {
    let function = _native(_declare(name, kind)) { call in try call._append(body()) }
    _define(name, documentation, parameters, function) { .of(Void.self, Result.self) }
  }

  /// Makes a closure with one parameter that returns at once the function of a name; see `register`.
  @inlinable
  public func register<First: ScriptConvertible, Result: ScriptConvertible>(
    _ name: String,
    _ kind: SyncFunction,
    documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (First) throws -> Result
  ) {
    let function = _native(_declare(name, kind)) { call in
      try call._append(body(First._next(&call)))
    }
    _define(name, documentation, parameters, function) { .of(First.self, Result.self) }
  }

  /// Makes a closure with two parameters that returns at once the function of a name; see `register`.
  @inlinable
  public func register<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ name: String,
    _ kind: SyncFunction,
    documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (First, Second) throws -> Result
  ) {
    let function = _native(_declare(name, kind)) { call in
      let first = try First._next(&call)
      let second = try Second._next(&call)
      try call._append(body(first, second))
    }
    _define(name, documentation, parameters, function) { .of((First, Second).self, Result.self) }
  }
}
