// Host functions that await. A call of one parks the script's fiber on a request, an object of the host;
// `callAsync` performs it and goes on with what it gave. So no thread is held meanwhile, and no Swift frame
// stands between script frames: it works in every position in which a script may yield.

import NightjarEngine

/// What a host function did that may park its fiber.
package enum HostAnswer {
  case results([Value])
  /// The fiber waits until somebody answers it; the object tells what for.
  case waits(AnyObject)
}

/// What a parked fiber waits for.
class PendingOperation {
  private let body: (nonisolated(nonsending) (Machine) async throws -> [Value])?

  /// An operation that another class performs.
  init() { body = nil }

  /// An operation that a closure performs.
  init(_ body: nonisolated(nonsending) @escaping (Machine) async throws -> [Value]) {
    self.body = body
  }

  /// Runs in the task that called the script, on its actor.
  nonisolated(nonsending) func perform(_ machine: Machine) async throws -> [Value] {
    try await body?(machine) ?? []
  }
}

extension Machine {
  /// A function of scripts that takes and gives any number of values, and may park its fiber.
  package func function(parking body: @escaping ([Value]) throws -> HostAnswer) -> Function {
    let slot = core.parking { call in
      switch try body(try call.rest()) {
      case .waits(let object): return object
      case .results(let results):
        try call.append(results)
        return nil
      }
    }
    return Function(reference: Reference(slot, in: core))
  }

  /// A function whose calls wait for an operation.
  func parking(
    _ begin: @escaping (inout _Invocation) throws -> PendingOperation
  ) -> Function {
    Function(reference: Reference(core.parking(begin), in: core))
  }
}

extension Core {
  /// A native that parks its fiber on an object, or gives its results when there is none.
  func parking(
    _ begin: @escaping (inout _Invocation) throws -> AnyObject?
  ) -> Slot {
    // SAFETY: as for `native`: the engine owns the closure and its core owns the engine.
    engine.makeHostFunction { [unowned(unsafe) self] (call) throws(EngineError) in
      if call.phase == 1 {
        // true and the results, or false and the error, stand from slot 1 on.
        if call[1].isFalsy { throw call.raise(call[2]) }
        return .results(call.count - 1, from: 2)
      }
      let core = unsafe self
      if call.isInTask { try call.checkpoint() }
      var invocation = _Invocation(call, core: core)
      let operation: AnyObject?
      do { operation = try begin(&invocation) } catch { throw core.raise(error, in: call) }
      guard let operation else { return .results(invocation.resultCount) }
      if let hostCall = operation as? HostCall, call.mayPark, let calls = core.hostCalls,
        case .ended(let result)? = calls.beginAtOnce(hostCall), call.takesTurnAtOnce()
      {
        do { return try invocation.results(result.get().slots(core)) } catch {
          throw core.raise(error, in: call)
        }
      }
      // What was copied for the call waits with it, outside of the heap: it counts as the machine's.
      let byteCount = core.copies.callByteCount
      call[1] =
        byteCount < Self.countedByteCountMin
        ? core.engine.makeUserdata(operation, metatable: .nil)
        : try call.makeUserdata(operation, metatable: .nil, byteCount: byteCount)
      return .host(at: 1, then: 1)
    }
  }

  /// Copies of arguments below this size are not counted: the waiting call itself is in the heap and larger.
  private static var countedByteCountMin: Int { 256 }

  /// Starts a call and sees it through, performing what it waits for.
  ///
  /// - Returns: how many results it has; when it throws, the run is ended.
  nonisolated(nonsending)
    func finishAsync(_ run: inout HostRun, _ machine: Machine) async throws(ScriptError) -> Int
  {
    var outcome = untilCancelled { engine.start(&run) }
    while true {
      if Task.isCancelled {
        switch outcome {
        case .outOfFuel, .awaiting:
          kill(&run)
          throw .taskCancelled
        case .finished, .failed, .yielded: break
        }
      }
      switch outcome {
      case .finished(let count), .yielded(let count):
        try checkAsyncWaits(of: run)
        return count
      case .failed:
        let error = failure()
        try checkAsyncWaits(of: run)
        engine.end(run)
        throw error
      case .outOfFuel:
        if let reason = meter.refill(engine) {
          kill(&run)
          throw reason
        }
        await Task.yield()
        outcome = untilCancelled { engine.proceed(&run) }
      case .awaiting:
        let result = await performInTime(engine.request(of: run), machine)
        guard isAlive else { throw ScriptError(.ended, "the machine has ended") }
        if let reason = meter.reasonToEnd {
          kill(&run)
          throw reason
        }
        if Task.isCancelled, case .failure(let error) = result {
          // What did not happen because of the cancellation is not for the script to catch.
          kill(&run)
          let own = error as? ScriptError
          if let own, own.kind == .cancelled { throw own }
          throw .taskCancelled
        }
        let answer = answer(result)
        outcome = untilCancelled {
          engine.answer(&run, succeeded: answer.succeeded, answer.slots)
        }
      }
    }
  }

  private func checkAsyncWaits(of run: HostRun) throws(ScriptError) {
    meter.endsWithTask = true
    defer { meter.endsWithTask = false }
    try checkWaits(of: run)
  }

  /// Runs the engine for a call whose system calls wait no longer than its task lives.
  private func untilCancelled(_ body: () -> RunOutcome) -> RunOutcome {
    meter.endsWithTask = true
    defer { meter.endsWithTask = false }
    return body()
  }

  /// Performs what a fiber waits for.
  nonisolated(nonsending)
    func perform(_ request: Slot, _ machine: Machine) async -> (succeeded: Bool, slots: [Slot])
  {
    guard let operation = operation(request) else {
      return (false, [errorObject(ScriptError(.runtime, "nothing to wait for"))])
    }
    do { return answer(.success(try await operation.perform(machine))) } catch {
      return answer(.failure(error))
    }
  }

  /// Performs what a fiber waits for in a task that is cancelled when the time of the call is up or the
  /// machine is killed.
  nonisolated(nonsending)
    private func performInTime(
      _ request: Slot,
      _ machine: Machine
    ) async -> Result<[Value], any Error>
  {
    guard let operation = operation(request) else {
      return .failure(ScriptError(.runtime, "nothing to wait for"))
    }
    let wait = Wait(operation, machine)
    let isolation = #isolation
    let (killSwitch, deadline) = (meter.killSwitch, meter.deadline)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await wait.perform(on: isolation) }
      group.addTask { await killSwitch.untilThrown() }
      if let deadline {
        group.addTask { try? await Task.sleep(until: deadline, clock: .continuous) }
      }
      await group.next()
      group.cancelAll()
    }
    // Only here, as the machine may have run meanwhile: nothing of its heap is held while others run.
    return wait.result
  }

  private func operation(_ request: Slot) -> PendingOperation? {
    engine.hostObject(request) as? PendingOperation
  }

  /// What a fiber is answered.
  private func answer(_ result: Result<[Value], any Error>) -> (succeeded: Bool, slots: [Slot]) {
    do { return (true, try result.get().map { try slot($0) }) } catch {
      return (false, isAlive ? [errorObject(error)] : [])
    }
  }
}

extension ScriptError {
  fileprivate static var taskCancelled: ScriptError {
    ScriptError(.cancelled, "the task was cancelled")
  }
}

/// An operation and what came of it, on their way through another task.
///
/// SAFETY: only one of the two tasks is at work at a time, as the first waits for the second, and the second
/// runs on the first one's actor.
private final class Wait: @unchecked Sendable {
  private let operation: PendingOperation
  private let machine: Machine
  private(set) var result: Result<[Value], any Error> = .success([])

  init(_ operation: PendingOperation, _ machine: Machine) {
    self.operation = operation
    self.machine = machine
  }

  func perform(on isolation: isolated (any Actor)?) async {
    do { result = .success(try await operation.perform(machine)) } catch {
      result = .failure(error)
    }
  }
}

extension Function {
  /// Calls the function and waits for the host functions that it waits for.
  ///
  ///     let reply: String = try await handler.callAsync(request)
  ///
  /// The call runs on the caller's actor, in slices: other tasks of the actor run in between, and may
  /// call the same machine. When the caller's task is cancelled, the script ends with an error of kind
  /// `cancelled` that it cannot catch; its variables to be closed are closed.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or is cancelled.
  nonisolated(nonsending)
    public func callAsync<each Argument: ScriptConvertible, Result: ScriptConvertible>(
      _ arguments: repeat each Argument,
      as type: Result.Type = Result.self
    ) async throws(ScriptError) -> Result
  {
    let core = reference.core
    let machine = try core.liveMachine
    var run = try begin(repeat each arguments)
    let count = try await core.finishAsync(&run, machine)
    defer { core.engine.end(run) }
    return try core.convert(count > 0 ? core.engine.result(0, of: run) : .nil, to: type)
  }

  /// Calls the function and waits, for what it does.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or is cancelled.
  nonisolated(nonsending)
    public func callAsync<each Argument: ScriptConvertible>(
      _ arguments: repeat each Argument
    ) async throws(ScriptError)
  {
    let core = reference.core
    let machine = try core.liveMachine
    var run = try begin(repeat each arguments)
    _ = try await core.finishAsync(&run, machine)
    core.engine.end(run)
  }

  /// Calls the function with values, waits, and gives back all it returns.
  ///
  /// - Throws: `ScriptError` when the script fails, is stopped by a limit or is cancelled.
  nonisolated(nonsending)
    public func callAsync(arguments: [Value]) async throws(ScriptError) -> [Value]
  {
    let core = reference.core
    let machine = try core.liveMachine
    var run = try begin(arguments: arguments)
    let count = try await core.finishAsync(&run, machine)
    defer { core.engine.end(run) }
    return core.results(of: run, count: count)
  }
}

extension Machine {
  /// Compiles and runs a chunk, waits, and converts what it returns; see `Function.callAsync`.
  ///
  /// - Throws: `ScriptError` when it does not compile or fails.
  nonisolated(nonsending)
    public func evalAsync<Result: ScriptConvertible>(
      _ source: String,
      name: String = "script",
      as type: Result.Type = Result.self
    ) async throws(ScriptError) -> Result
  {
    try await load(source, name: name).callAsync(as: type)
  }

  /// Compiles and runs a chunk for what it does, and waits; see `Function.callAsync`.
  ///
  /// - Throws: `ScriptError` when it does not compile or fails.
  nonisolated(nonsending)
    public func evalAsync(_ source: String, name: String = "script") async throws(ScriptError)
  {
    try await load(source, name: name).callAsync()
  }
}
