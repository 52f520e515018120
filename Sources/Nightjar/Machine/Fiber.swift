// Stepping: a call that the host drives turn by turn, with as much fuel or time as it likes to give.

import NightjarEngine

/// A call of a script's function that the host carries on in turns.
///
///     let fiber = try machine.makeFiber(update, frame)
///     switch machine.run(fiber, for: .microseconds(100)) { … }
///
/// A fiber that is let go of while it is paused ends: its variables to be closed are closed.
public final class Fiber {
  let core: Core
  private var run: HostRun?
  private var state: State

  /// What a fiber is doing.
  private enum State {
    case ready
    case outOfFuel
    case yielded
    case awaiting
    case running
    case ended
  }

  /// Why a turn ended.
  public enum Outcome {
    /// The function returned.
    case finished([Value])
    /// An error ended the function, or a limit of the machine.
    case failed(ScriptError)
    /// The function called `coroutine.yield`; the next turn may pass values back.
    case yielded([Value])
    /// An asynchronous host function was called: perform the operation, then run the fiber again.
    case awaiting(Operation)
    /// The turn's fuel or time is used up.
    case outOfFuel
  }

  /// What a fiber waits for.
  public struct Operation {
    let fiber: Fiber
    let request: Reference

    /// Performs the operation; the fiber can then go on.
    ///
    /// An error it throws is the script's: the fiber goes on with it.
    nonisolated(nonsending)
      public func perform() async
    {
      guard let machine = try? fiber.core.liveMachine else { return }
      let answer = await fiber.core.perform(request.slot, machine)
      fiber.answer = (
        answer.succeeded, answer.slots.map { Reference($0, in: fiber.core) }
      )
    }
  }

  /// What the host function that parked the fiber gave as what it waits for.
  package var awaited: AnyObject? {
    guard case .awaiting = state, let run, core.isAlive else { return nil }
    return core.engine.hostObject(core.engine.request(of: run))
  }

  /// Answers what the fiber waits for: its next turn goes on with the values, or with the error.
  package func answer(_ result: Result<[Value], any Error>) throws(ScriptError) {
    guard case .awaiting = state, core.isAlive else { return }
    switch result {
    case .success(let values):
      var references: [Reference] = []
      for value in values { references.append(Reference(try core.slot(value), in: core)) }
      answer = (true, references)
    case .failure(let error):
      var slot = core.errorObject(error)
      if case .message(let text)? = error as? PlainError {
        slot = try core.slot(bytes: Array(text.utf8))
      }
      answer = (false, [Reference(slot, in: core)])
    }
  }

  /// What an operation gave, until the next turn.
  private var answer: (succeeded: Bool, values: [Reference])?

  init(_ run: HostRun, in core: Core) {
    self.core = core
    self.run = run
    state = .ready
  }

  deinit {
    if core.isAlive { end() }
  }

  /// Whether the fiber can be run again.
  public var isPaused: Bool {
    switch state {
    case .ready, .outOfFuel, .yielded, .awaiting: true
    case .running, .ended: false
    }
  }

  /// Ends the fiber: nothing in the script can catch that, but its variables to be closed are closed.
  public func end() {
    guard var run, isPaused, core.isAlive else { return }
    state = .ended
    self.run = nil
    core.kill(&run)
  }

  /// Runs until `stop` says so at a slice's end, or the fiber stops by itself.
  fileprivate func turn(_ values: [Value], stop: () -> Bool) -> Outcome {
    guard var run, isPaused else {
      return .failed(ScriptError(.runtime, "the fiber has ended or is running"))
    }
    let machine = try? core.liveMachine
    defer { withExtendedLifetime(machine) {} }
    let before = state
    state = .running
    var outcome: RunOutcome
    do throws(ScriptError) {
      try core.admit()
      switch before {
      case .yielded:
        var slots: [Slot] = []
        for value in values { slots.append(try core.slot(value)) }
        core.engine.letYield(run)
        outcome = core.engine.resume(&run, slots)
      case .awaiting:
        guard let answer else {
          state = .awaiting
          return .failed(ScriptError(.wouldSuspend, "the operation was not performed"))
        }
        self.answer = nil
        outcome = core.engine.answer(
          &run,
          succeeded: answer.succeeded,
          answer.values.map(\.slot)
        )
      case .ready: outcome = core.engine.startPaused(&run)
      case .outOfFuel, .running, .ended: outcome = core.engine.proceed(&run)
      }
    } catch {
      state = before
      return .failed(error)
    }
    while case .outOfFuel = outcome {
      if let reason = core.meter.refill(core.engine) {
        if reason.kind == .outOfFuel { break }
        state = .ended
        self.run = nil
        core.kill(&run)
        return .failed(reason)
      }
      if stop() { break }
      outcome = core.engine.proceed(&run)
    }
    return settle(outcome, run)
  }

  private func settle(_ outcome: RunOutcome, _ run: HostRun) -> Outcome {
    self.run = run
    switch outcome {
    case .outOfFuel:
      state = .outOfFuel
      return .outOfFuel
    case .yielded(let count):
      state = .yielded
      return .yielded(core.results(of: run, count: count))
    case .awaiting:
      state = .awaiting
      let request = Reference(core.engine.request(of: run), in: core)
      return .awaiting(Operation(fiber: self, request: request))
    case .finished, .failed:
      state = .ended
      self.run = nil
      do throws(ScriptError) { try core.checkWaits(of: run) } catch { return .failed(error) }
      defer { core.engine.end(run) }
      if case .finished(let count) = outcome {
        return .finished(core.results(of: run, count: count))
      }
      return .failed(core.failure())
    }
  }
}

extension Machine {
  /// A call of a function that `run` carries on in turns; nothing of it has run yet.
  ///
  /// - Throws: when the function belongs to another machine, or memory is out.
  public func makeFiber<each Argument: ScriptConvertible>(
    _ function: Function,
    _ arguments: repeat each Argument
  ) throws(ScriptError) -> Fiber {
    guard function.reference.core === core else {
      throw ScriptError(.runtime, "the function belongs to another machine")
    }
    let run = try function.begin(repeat each arguments)
    engine.letYield(run)
    engine.pause(run)
    return Fiber(run, in: core)
  }

  /// A call of a function with values that `run` carries on in turns; nothing of it has run yet.
  ///
  /// - Throws: when the function or a value belongs to another machine, or memory is out.
  public func makeFiber(_ function: Function, arguments: [Value]) throws(ScriptError) -> Fiber {
    guard function.reference.core === core else {
      throw ScriptError(.runtime, "the function belongs to another machine")
    }
    let run = try function.begin(arguments: arguments)
    engine.letYield(run)
    engine.pause(run)
    return Fiber(run, in: core)
  }

  /// Runs a fiber for a turn of at most so much fuel.
  ///
  /// - Parameters:
  ///   - fiber: A paused fiber of this machine.
  ///   - fuel: The most the turn may use; nil for whatever the machine's limits leave. A turn ends at the
  ///     first safepoint behind it, which is a few instructions later.
  ///   - values: What `coroutine.yield` returns, when the fiber had yielded.
  /// - Returns: why the turn ended.
  public func run(
    _ fiber: Fiber,
    fuel: Int? = nil,
    resumingWith values: [Value] = []
  ) -> Fiber.Outcome {
    guard fiber.core === core else {
      return .failed(ScriptError(.runtime, "the fiber belongs to another machine"))
    }
    guard let fuel else { return fiber.turn(values, stop: { false }) }
    let aside = core.meter.limit(to: Int64(fuel), engine)
    let outcome = fiber.turn(values, stop: { false })
    core.meter.giveBack(aside, engine)
    return outcome
  }

  /// Runs a fiber for a turn of at most so long, as a game does in each frame.
  ///
  /// The clock is looked at every few microseconds of instructions.
  public func run(
    _ fiber: Fiber,
    for time: Duration,
    resumingWith values: [Value] = []
  ) -> Fiber.Outcome {
    guard fiber.core === core else {
      return .failed(ScriptError(.runtime, "the fiber belongs to another machine"))
    }
    let end = ContinuousClock.now + time
    core.meter.sliceLimit = 2_000
    core.meter.withdraw(engine)
    defer { core.meter.sliceLimit = nil }
    return fiber.turn(values, stop: { ContinuousClock.now >= end })
  }
}
