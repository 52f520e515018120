// Asynchronous closures as functions of scripts, one declaration for each number of parameters: Swift 6.3
// crashes on closures over parameter packs that run on their caller's actor, and a closure that does
// not could not be called with the machine's values.

extension Machine {
  /// A function of scripts that runs an asynchronous closure.
  ///
  ///     let fetch = machine.function { (id: Int) in try await store.document(id) }
  ///
  /// The script waits where it calls the function, and the thread does other things. Such scripts are run
  /// with `callAsync` or stepped with `run(_:fuel:)`; a plain `call` gets an error instead. There are
  /// declarations for up to four parameters and for any number of results.
  public func function<First: ScriptConvertible, Result: ScriptConvertible>(
    _ body: nonisolated(nonsending) @escaping (First) async throws -> Result
  ) -> Function {
    parking { call in
      let first = try First._next(&call)
      return PendingOperation { machine in
        [try await body(first).scriptValue(in: machine)]
      }
    }
  }

  /// A function of scripts that runs an asynchronous closure with one parameter, with several results or none.
  public func function<First: ScriptConvertible, each Result: ScriptConvertible, Failure: Error>(
    _ body: nonisolated(nonsending) @escaping (First) async throws(Failure) -> (repeat each Result)
  ) -> Function {
    parking { call in
      let first = try First._next(&call)
      return PendingOperation { machine in
        let results = try await body(first)
        var values: [Value] = []
        for result in repeat each results { values.append(try result.scriptValue(in: machine)) }
        return values
      }
    }
  }

  /// A function of scripts that runs an asynchronous closure with no parameters.
  public func function<Result: ScriptConvertible>(
    _ body: nonisolated(nonsending) @escaping () async throws -> Result
  ) -> Function {
    parking { call in
      return PendingOperation { machine in
        [try await body().scriptValue(in: machine)]
      }
    }
  }

  /// A function of scripts that runs an asynchronous closure with no parameters, with several results or none.
  public func function<each Result: ScriptConvertible, Failure: Error>(
    _ body: nonisolated(nonsending) @escaping () async throws(Failure) -> (repeat each Result)
  ) -> Function {
    parking { call in
      return PendingOperation { machine in
        let results = try await body()
        var values: [Value] = []
        for result in repeat each results { values.append(try result.scriptValue(in: machine)) }
        return values
      }
    }
  }

  /// A function of scripts that runs an asynchronous closure with two parameters.
  public func function<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ body: nonisolated(nonsending) @escaping (First, Second) async throws -> Result
  ) -> Function {
    parking { call in
      let first = try First._next(&call)
      let second = try Second._next(&call)
      return PendingOperation { machine in
        [try await body(first, second).scriptValue(in: machine)]
      }
    }
  }

  /// A function of scripts that runs an asynchronous closure with two parameters, with several results or none.
  public func function<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ body:
      nonisolated(nonsending) @escaping (First, Second) async throws(Failure) -> (
        repeat each Result
      )
  ) -> Function {
    parking { call in
      let first = try First._next(&call)
      let second = try Second._next(&call)
      return PendingOperation { machine in
        let results = try await body(first, second)
        var values: [Value] = []
        for result in repeat each results { values.append(try result.scriptValue(in: machine)) }
        return values
      }
    }
  }

  /// A function of scripts that runs an asynchronous closure with three parameters.
  public func function<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ body: nonisolated(nonsending) @escaping (First, Second, Third) async throws -> Result
  ) -> Function {
    parking { call in
      let first = try First._next(&call)
      let second = try Second._next(&call)
      let third = try Third._next(&call)
      return PendingOperation { machine in
        [try await body(first, second, third).scriptValue(in: machine)]
      }
    }
  }

  /// A function of scripts that runs an asynchronous closure with three parameters, with several results or none.
  public func function<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ body:
      nonisolated(nonsending) @escaping (First, Second, Third) async throws(Failure) -> (
        repeat each Result
      )
  ) -> Function {
    parking { call in
      let first = try First._next(&call)
      let second = try Second._next(&call)
      let third = try Third._next(&call)
      return PendingOperation { machine in
        let results = try await body(first, second, third)
        var values: [Value] = []
        for result in repeat each results { values.append(try result.scriptValue(in: machine)) }
        return values
      }
    }
  }

  /// A function of scripts that runs an asynchronous closure with four parameters.
  public func function<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Fourth: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ body: nonisolated(nonsending) @escaping (First, Second, Third, Fourth) async throws -> Result
  ) -> Function {
    parking { call in
      let first = try First._next(&call)
      let second = try Second._next(&call)
      let third = try Third._next(&call)
      let fourth = try Fourth._next(&call)
      return PendingOperation { machine in
        [try await body(first, second, third, fourth).scriptValue(in: machine)]
      }
    }
  }

  /// A function of scripts that runs an asynchronous closure with four parameters, with several results or none.
  public func function<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Fourth: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ body:
      nonisolated(nonsending) @escaping (First, Second, Third, Fourth) async throws(Failure) -> (
        repeat each Result
      )
  ) -> Function {
    parking { call in
      let first = try First._next(&call)
      let second = try Second._next(&call)
      let third = try Third._next(&call)
      let fourth = try Fourth._next(&call)
      return PendingOperation { machine in
        let results = try await body(first, second, third, fourth)
        var values: [Value] = []
        for result in repeat each results { values.append(try result.scriptValue(in: machine)) }
        return values
      }
    }
  }

  /// Makes an asynchronous closure with no parameters the global function of a name.
  public func define<Result: ScriptConvertible>(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: nonisolated(nonsending) @escaping () async throws -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of(Void.self, Result.self)
    }
  }

  /// Makes an asynchronous closure with no parameters, with several results or none the global function of a name.
  public func define<each Result: ScriptConvertible, Failure: Error>(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: nonisolated(nonsending) @escaping () async throws(Failure) -> (repeat each Result)
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of(Void.self, (repeat each Result).self)
    }
  }

  /// Makes an asynchronous closure with one parameter the global function of a name.
  public func define<First: ScriptConvertible, Result: ScriptConvertible>(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: nonisolated(nonsending) @escaping (First) async throws -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of(First.self, Result.self)
    }
  }

  /// Makes an asynchronous closure with one parameter, with several results or none the global function of a name.
  public func define<First: ScriptConvertible, each Result: ScriptConvertible, Failure: Error>(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: nonisolated(nonsending) @escaping (First) async throws(Failure) -> (repeat each Result)
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of(First.self, (repeat each Result).self)
    }
  }

  /// Makes an asynchronous closure with two parameters the global function of a name.
  public func define<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: nonisolated(nonsending) @escaping (First, Second) async throws -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((First, Second).self, Result.self)
    }
  }

  /// Makes an asynchronous closure with two parameters, with several results or none the global function of a name.
  public func define<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body:
      nonisolated(nonsending) @escaping (First, Second) async throws(Failure) -> (
        repeat each Result
      )
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((First, Second).self, (repeat each Result).self)
    }
  }

  /// Makes an asynchronous closure with three parameters the global function of a name.
  public func define<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: nonisolated(nonsending) @escaping (First, Second, Third) async throws -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((First, Second, Third).self, Result.self)
    }
  }

  /// Makes an asynchronous closure with three parameters, with several results or none the global function of a name.
  public func define<
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
      nonisolated(nonsending) @escaping (First, Second, Third) async throws(Failure) -> (
        repeat each Result
      )
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((First, Second, Third).self, (repeat each Result).self)
    }
  }

  /// Makes an asynchronous closure with four parameters the global function of a name.
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
    _ body: nonisolated(nonsending) @escaping (First, Second, Third, Fourth) async throws -> Result
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((First, Second, Third, Fourth).self, Result.self)
    }
  }

  /// Makes an asynchronous closure with four parameters, with several results or none the global function of a name.
  public func define<
    First: ScriptConvertible,
    Second: ScriptConvertible,
    Third: ScriptConvertible,
    Fourth: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body:
      nonisolated(nonsending) @escaping (First, Second, Third, Fourth) async throws(Failure) -> (
        repeat each Result
      )
  ) {
    _define(name, documentation, parameters, function(body)) {
      .of((First, Second, Third, Fourth).self, (repeat each Result).self)
    }
  }
}
