// Functions of the host with a class: `.sync`, `.async` or `.blocking`. Those that park the script's task run
// beside the machine, so what they take and give is `Sendable`; results come back through an inbox and become
// the machine's values on its own thread.

import NightjarEngine

extension Machine {
  /// Makes a closure that returns at once the function of a name.
  ///
  ///     machine.register("sha256", .sync(max: .microseconds(100))) { (text: String) in hash(text) }
  ///
  /// It runs on the machine's thread and holds it. A watchdog reports calls that take twice as long as they may,
  /// with the task and the line that made them: `Machine.reports`, and those of a `LiveRuntime`.
  ///
  /// - Parameters:
  ///   - name: The name, or a path of names with dots between: the tables on the way are made.
  ///   - kind: How long it may take.
  ///   - documentation: What it does, in a sentence.
  ///   - parameters: The names of its parameters, for editors.
  ///   - body: The function.
  public func register<each Parameter: ScriptConvertible, each Result: ScriptConvertible>(
    _ name: String,
    _ kind: SyncFunction,
    documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (repeat each Parameter) throws -> (repeat each Result)
  ) {
    let watch = core.watch.function(name, kind.max)
    let cost = kind.fuel
    let function = _native { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      call.charge(cost)
      let calls = call._core.watch
      let outer = calls.begin(watch, call)
      defer { calls.end(outer) }
      let results = try body(repeat each arguments)
      for result in repeat each results { try call._append(result) }
    }
    _define(name, documentation, parameters, function) {
      .of((repeat each Parameter).self, (repeat each Result).self)
    }
  }

  /// Makes an asynchronous closure the function of a name.
  ///
  ///     machine.register("http.get", .async, cancel: .atomic) { (url: String) in try await get(url) }
  ///
  /// The script's task waits for it and all others go on. It is called by tasks, and with `callAsync`.
  ///
  /// - Parameters:
  ///   - name: The name, or a path of names with dots between: the tables on the way are made.
  ///   - kind: That it awaits.
  ///   - cancel: What a cancellation of the script means for a call under way.
  ///   - limits: How many calls there may be, and how long a cancelled one may take.
  ///   - documentation: What it does, in a sentence.
  ///   - parameters: The names of its parameters, for editors.
  ///   - body: The function.
  public func register<
    each Parameter: ScriptConvertible & Sendable,
    each Result: ScriptConvertible & Sendable
  >(
    _ name: String,
    _ kind: AsyncFunction,
    cancel: HostCancellation = .atomic,
    limits: HostCallLimits = HostCallLimits(),
    documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping @Sendable (repeat each Parameter) async throws -> (repeat each Result)
  ) {
    let record = HostFunction(name, cancel, limits, isTimed: true)
    let function = parking { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      return HostCall(record) { () async throws -> HostValues in
        let results = try await body(repeat each arguments)
        return HostValues.of(repeat each results)
      }
    }
    _define(name, documentation, parameters, function) {
      .of((repeat each Parameter).self, (repeat each Result).self)
    }
  }

  /// Makes a closure that holds its thread the function of a name.
  ///
  ///     machine.register("query", .blocking(pool: .dedicated(2)), cancel: .never) { (text: String) in
  ///       try database.run(text)
  ///     }
  ///
  /// It runs on a thread of the pool; the script's task waits for it and all others go on.
  ///
  /// - Parameters:
  ///   - name: The name, or a path of names with dots between: the tables on the way are made.
  ///   - kind: The pool.
  ///   - cancel: What a cancellation of the script means for a call under way; one that waits for a thread has
  ///     not happened.
  ///   - limits: How many calls there may be, and how long a cancelled one may take.
  ///   - documentation: What it does, in a sentence.
  ///   - parameters: The names of its parameters, for editors.
  ///   - body: The function.
  public func register<
    each Parameter: ScriptConvertible & Sendable,
    each Result: ScriptConvertible & Sendable
  >(
    _ name: String,
    _ kind: BlockingFunction,
    cancel: HostCancellation = .never,
    limits: HostCallLimits = HostCallLimits(),
    documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping @Sendable (repeat each Parameter) throws -> (repeat each Result)
  ) {
    let record = HostFunction(name, cancel, limits, pool: kind.pool, isTimed: true)
    let pool = kind.pool
    let function = parking { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      return HostCall(record, pool) { () throws -> HostValues in
        let results = try body(repeat each arguments)
        return HostValues.of(repeat each results)
      }
    }
    _define(name, documentation, parameters, function) {
      .of((repeat each Parameter).self, (repeat each Result).self)
    }
  }
}

extension Machine {
  /// What the watchdog has reported: calls of `.sync` functions that took twice as long as they may, each with its
  /// name and, in a machine with tasks, the task and the line that called it.
  public var reports: [String] { core.watch.reports }
}

/// The results of a function of the host, on their way to the machine's thread, where they become its values.
struct HostValues: Sendable {
  let slots: @Sendable (Core) throws -> [Slot]

  init(_ slots: @escaping @Sendable (Core) throws -> [Slot]) { self.slots = slots }

  /// Values that are made of Swift's.
  static func of<each Result: ScriptConvertible & Sendable>(
    _ results: repeat each Result
  ) -> HostValues {
    let all = (repeat each results)
    return HostValues { core in
      var slots: [Slot] = []
      for result in repeat each all { slots.append(try result._store(in: core).slot) }
      return slots
    }
  }
}
