// Functions of the host with a class: `.sync`, `.async` or `.blocking`. Those that park the script's task run
// beside the machine, so what they take and give is `Sendable`; results come back through an inbox and become
// the machine's values on its own thread.

import NightjarEngine
import Synchronization

extension Machine {
  /// Makes a closure that returns at once the function of a name.
  ///
  ///     machine.register("sha256", .sync(max: .microseconds(100))) { (text: String) in hash(text) }
  ///
  /// It runs on the machine's thread and holds it. The watchdog of a `LiveRuntime` reports calls that take twice
  /// as long as they may, with the task and the line that made them.
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
      calls.begin(watch, call)
      defer { calls.end() }
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
    let record = HostFunction(name, cancel, limits)
    let function = parking { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      return HostCall(record) { () async throws -> HostValues in
        let results = try await body(repeat each arguments)
        return HostValues { core in
          var slots: [Slot] = []
          for result in repeat each results { slots.append(try result._store(in: core).slot) }
          return slots
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
    let record = HostFunction(name, cancel, limits)
    let pool = kind.pool
    let function = parking { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      return HostCall(record, pool) { () throws -> HostValues in
        let results = try body(repeat each arguments)
        return HostValues { core in
          var slots: [Slot] = []
          for result in repeat each results { slots.append(try result._store(in: core).slot) }
          return slots
        }
      }
    }
    _define(name, documentation, parameters, function) {
      .of((repeat each Parameter).self, (repeat each Result).self)
    }
  }
}

/// The results of a function of the host, on their way to the machine's thread, where they become its values.
struct HostValues: Sendable {
  let slots: @Sendable (Core) throws -> [Slot]

  init(_ slots: @escaping @Sendable (Core) throws -> [Slot]) { self.slots = slots }
}

/// One call of a registered function that parks.
final class HostCall: PendingOperation, NamedRequest {
  /// Ends a call that has begun; it ends in its own time, with a result or with a `CancellationError`.
  typealias Canceller = @Sendable () -> Void
  typealias Completion = @Sendable (Result<HostValues, any Error>) -> Void

  let function: HostFunction
  var requestName: String { "'\(function.name)' of the host" }
  /// Begins the call; what is given to it is told once how it went, from any thread or before this returns.
  let start: (@escaping Completion) -> Canceller

  /// A call that awaits.
  init(_ function: HostFunction, _ body: @escaping @Sendable () async throws -> HostValues) {
    self.function = function
    start = { complete in
      let run: @Sendable () async -> Void = {
        do { complete(.success(try await body())) } catch { complete(.failure(error)) }
      }
      let task: Task<Void, Never>
      if #available(macOS 26, *) {
        task = Task.immediate { await run() }
      } else {
        task = Task { await run() }
      }
      return { task.cancel() }
    }
    super.init { machine in try await body().values(in: machine) }
  }

  /// A call that waits for something of the host's, nil for an end.
  ///
  /// - Parameters:
  ///   - function: What it counts for.
  ///   - wait: Waits for it, and gives what ends the wait.
  ///   - convert: Makes the machine's values of it; there are none of a nil.
  convenience init<Thing: Sendable>(
    _ function: HostFunction,
    waiting wait:
      @escaping @Sendable (
        @escaping @Sendable (Result<Thing?, any Error>) -> Void
      ) -> @Sendable () -> Void,
    _ convert: @escaping @Sendable (Thing, Core) throws -> [Slot]
  ) {
    self.init(function, beginning: wait) { thing, core in
      try thing.map { try convert($0, core) } ?? []
    }
  }

  /// A call that waits for something of the host's.
  init<Thing: Sendable>(
    _ function: HostFunction,
    beginning wait:
      @escaping @Sendable (
        @escaping @Sendable (Result<Thing, any Error>) -> Void
      ) -> @Sendable () -> Void,
    _ convert: @escaping @Sendable (Thing, Core) throws -> [Slot]
  ) {
    self.function = function
    start = { complete in
      wait { result in
        complete(result.map { thing in HostValues { core in try convert(thing, core) } })
      }
    }
    super.init { machine in
      let thing = try await Cancellation.wait(wait)
      return try HostValues { core in try convert(thing, core) }.values(in: machine)
    }
  }

  /// A call that holds a thread of a pool.
  init(
    _ function: HostFunction,
    _ pool: BlockingPool,
    _ body: @escaping @Sendable () throws -> HostValues
  ) {
    self.function = function
    start = { complete in
      let withdraw = pool.submit { complete(Result { try body() }) }
      return { if withdraw() { complete(.failure(CancellationError())) } }
    }
    super.init { machine in
      let values = try await withCheckedThrowingContinuation { continuation in
        _ = pool.submit { continuation.resume(with: Result { try body() }) }
      }
      return try values.values(in: machine)
    }
  }
}

extension HostValues {
  /// The results as values of a machine.
  func values(in machine: Machine) throws -> [Value] {
    try slots(machine.core).map { machine.core.value($0) }
  }
}

/// Ends a wait that may not have begun.
final class Cancellation: Sendable {
  private struct State {
    var isOver = false
    var end: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// Awaits what calls back, and ends that wait when the task is cancelled.
  static func wait<Thing: Sendable>(
    _ begin:
      @Sendable (@escaping @Sendable (Result<Thing, any Error>) -> Void) ->
      @Sendable () -> Void
  ) async throws -> Thing {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        cancellation.ends(with: begin { continuation.resume(with: $0) })
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// Says what ends the wait.
  private func ends(with end: @escaping @Sendable () -> Void) {
    let isOver = state.withLock { state in
      state.end = end
      return state.isOver
    }
    if isOver { end() }
  }

  private func cancel() {
    let end = state.withLock { state in
      state.isOver = true
      return state.end
    }
    end?()
  }
}
