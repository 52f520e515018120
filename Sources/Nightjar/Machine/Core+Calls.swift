// Calls through the engine with their outcomes as Swift results and errors.

import NightjarEngine

/// The mark that the engine has raised an error.
typealias EngineError = NightjarEngine.ScriptError

extension Core {
  /// The machine; an error when it has ended.
  var liveMachine: Machine {
    get throws(ScriptError) {
      guard isAlive else { throw ScriptError(.runtime, "the machine has ended") }
      return machine
    }
  }

  func begin(_ function: Slot) throws(ScriptError) -> HostRun {
    do throws(EngineError) { return try engine.begin(function) } catch { throw failure() }
  }

  func push(_ value: Value) throws(ScriptError) {
    let slot = try slot(value)
    do throws(EngineError) { try engine.push(argument: slot) } catch { throw failure() }
  }

  /// Calls a function of the engine or a script with a single result.
  func call(_ function: Slot, _ arguments: [Slot]) throws(ScriptError) -> Slot {
    var run = try begin(function)
    do throws(EngineError) {
      for argument in arguments { try engine.push(argument: argument) }
    } catch {
      engine.cancel(run)
      throw failure()
    }
    let outcome = engine.start(&run)
    defer { engine.end(run) }
    let count = try resultCount(of: run, outcome)
    return count > 0 ? engine.result(0, of: run) : .nil
  }

  /// How many results a finished run has; all other outcomes are errors of a call that cannot wait.
  func resultCount(of run: HostRun, _ outcome: RunOutcome) throws(ScriptError) -> Int {
    switch outcome {
    case .finished(let count): return count
    case .failed: throw failure()
    case .outOfFuel: throw ScriptError(.outOfFuel, "the fuel is used up")
    case .yielded: throw ScriptError(.wouldSuspend, "the function yielded")
    case .awaiting:
      throw ScriptError(
        .wouldSuspend,
        "an asynchronous host function was called; use callAsync"
      )
    }
  }

  func results<each Result: ScriptConvertible>(
    of run: HostRun,
    _ outcome: RunOutcome,
    as types: (repeat each Result).Type
  ) throws(ScriptError) -> (repeat each Result) {
    let count = try resultCount(of: run, outcome)
    var position = 0
    func next<One: ScriptConvertible>(_ type: One.Type) throws(ScriptError) -> One {
      defer { position += 1 }
      return try convert(position < count ? engine.result(position, of: run) : .nil, to: type)
    }
    return (repeat try next((each Result).self))
  }

  func results(of run: HostRun, _ outcome: RunOutcome) throws(ScriptError) -> [Value] {
    let count = try resultCount(of: run, outcome)
    return (0..<count).map { value(engine.result($0, of: run)) }
  }

  func convert<Result: ScriptConvertible>(
    _ slot: Slot,
    to type: Result.Type
  ) throws(ScriptError) -> Result {
    do throws(ConversionError) {
      return try Result(scriptValue: value(slot))
    } catch { throw ScriptError(.conversion, error.description) }
  }
}
