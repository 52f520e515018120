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
  @inlinable
  public func register<each Parameter: ScriptConvertible, each Result: ScriptConvertible>(
    _ name: String,
    _ kind: SyncFunction,
    documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (repeat each Parameter) throws -> (repeat each Result)
  ) {
    let function = _native(_declare(name, kind)) { call in
      let arguments = (repeat try (each Parameter)._next(&call))
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
  @inlinable
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
    let function = _awaiting(name, cancel, limits) { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      return { call in
        _HostCompletion._immediately {
          do {
            let results = try await body(repeat each arguments)
            call._end(.success(_HostResults._of(repeat each results)))
          } catch { call._end(.failure(error)) }
        }
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
  @inlinable
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
    let function = _blocking(name, cancel, limits, kind) { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      return { () throws -> _HostResults in
        let results = try body(repeat each arguments)
        return _HostResults._of(repeat each results)
      }
    }
    _define(name, documentation, parameters, function) {
      .of((repeat each Parameter).self, (repeat each Result).self)
    }
  }
}

extension Machine {
  /// What was seen that slows a machine down or keeps it from going on, each with a code that
  /// `docs/errors` explains and, in a machine with tasks, the task and the line.
  ///
  /// The watchdog reports calls of `.sync` functions that took twice as long as they may (NJ-D03); the tasks, who
  /// computed for long while others were ready (NJ-D02), was interrupted or dropped (NJ-D05, NJ-D09), waits for ever
  /// or for the host for very long (NJ-D12, NJ-D03), left a mutex behind (NJ-D01), cleaned up slowly (NJ-D06), or failed
  /// with an error that nobody read (NJ-D10); and timers that were late (NJ-D14).
  public var reports: [String] { core.watch.reports }
}

// MARK: Behind what is inlined

/// What a function was declared to take; an implementation detail of `Machine.register`.
public final class _Declaration {
  let watch: CallWatch
  let number: Int
  let fuel: Int

  init(_ watch: CallWatch, _ number: Int, _ fuel: Int) {
    self.watch = watch
    self.number = number
    self.fuel = fuel
  }
}

extension Machine {
  /// Tells the watchdog what a function may take.
  public func _declare(_ name: String, _ kind: SyncFunction) -> _Declaration {
    _Declaration(core.watch, core.watch.function(name, kind.max), kind.fuel)
  }

  /// A function that the watchdog looks at, and whose calls an adaptor carries out.
  public func _native(
    _ declaration: _Declaration,
    _ body: @escaping (inout _Invocation) throws -> Void
  ) -> Function {
    Function(reference: Reference(core.native(declaration, body), in: core))
  }

  /// A function whose calls await what an adaptor makes of their arguments.
  public func _awaiting(
    _ name: String,
    _ cancel: HostCancellation,
    _ limits: HostCallLimits,
    _ body:
      @escaping (inout _Invocation) throws -> @Sendable (_HostCompletion) -> Task<Void, Never>
  ) -> Function {
    let record = HostFunction(name, cancel, limits, isTimed: true)
    return parking { call in HostCall(record, .awaits(try body(&call))) }
  }

  /// A function whose calls run what an adaptor makes of their arguments on a thread of a pool.
  public func _blocking(
    _ name: String,
    _ cancel: HostCancellation,
    _ limits: HostCallLimits,
    _ kind: BlockingFunction,
    _ body: @escaping (inout _Invocation) throws -> @Sendable () throws -> _HostResults
  ) -> Function {
    let record = HostFunction(name, cancel, limits, pool: kind.pool, isTimed: true)
    let pool = kind.pool
    return parking { call in HostCall(record, pool, try body(&call)) }
  }
}

/// Who is told how a call went; an implementation detail of `Machine.register`.
public struct _HostCompletion: Sendable {
  let call: HostCall

  /// Tells how it went.
  public func _end(_ result: Result<_HostResults, any Error>) { call.complete(result) }

  /// Begins a task on the calling thread, if the system can.
  public static func _immediately(
    _ operation: sending @escaping @isolated(any) () async -> Void
  ) -> Task<Void, Never> {
    if #available(macOS 26, *) { return Task.immediate(operation: operation) }
    return Task(operation: operation)
  }
}

/// The results of a function of the host, on their way to the machine's thread, where they become its values; an
/// implementation detail of `Machine.register`.
public struct _HostResults: Sendable {
  private let fill: @Sendable (inout _ResultList) throws -> Void

  /// Results that a closure puts into a list.
  public init(_ fill: @escaping @Sendable (inout _ResultList) throws -> Void) { self.fill = fill }

  /// Results that are values of Swift's.
  @inlinable
  public static func _of<each Result: ScriptConvertible & Sendable>(
    _ results: repeat each Result
  ) -> _HostResults {
    let all = (repeat each results)
    return _HostResults { list in
      for result in repeat each all { try list._append(result) }
    }
  }

  /// The values of the machine.
  func slots(_ core: Core) throws -> [Slot] {
    var list = _ResultList(core)
    try fill(&list)
    return list.slots
  }
}

/// The results of a call in the machine; an implementation detail of `Machine.register`.
public struct _ResultList {
  /// Where results are made.
  public let _core: _MachineCore
  var slots: [Slot] = []

  init(_ core: Core) { _core = core }

  /// Appends a result.
  @inlinable
  public mutating func _append(_ result: some ScriptConvertible) throws {
    _append(try result._store(in: _core))
  }

  /// Appends a stored result.
  @usableFromInline
  mutating func _append(_ result: _StoredValue) { slots.append(result.slot) }
}

/// The results, from inside this module.
typealias HostValues = _HostResults

extension _HostResults {
  /// Results that are made on the machine's thread.
  init(making slots: @escaping @Sendable (Core) throws -> [Slot]) {
    self.init { list in list.slots = try slots(list._core) }
  }
}
