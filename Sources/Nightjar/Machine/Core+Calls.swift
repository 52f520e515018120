// Calls through the engine with their outcomes as Swift results and errors.

import NightjarBase
import NightjarEngine

extension Core {
  func begin(_ function: Slot) throws(ScriptError) -> HostRun {
    try admit()
    do throws(EngineError) { return try engine.begin(function) } catch { throw failure() }
  }

  func begin(resuming coroutine: Slot) throws(ScriptError) -> HostRun {
    try admit()
    do throws(EngineError) {
      return try engine.begin(resuming: coroutine)
    } catch { throw failure() }
  }

  /// Looks whether a call may begin.
  func admit() throws(ScriptError) {
    if meter.killSwitch.isOn { throw ScriptError(.killed, "the machine was stopped") }
    if meter.timeLimit != nil && !engine.isRunning { meter.beginCall() }
  }

  func push(_ stored: _StoredValue) throws(ScriptError) {
    do throws(EngineError) { try engine.push(argument: admitted(stored.slot)) } catch {
      throw failure()
    }
  }

  func push(_ value: Value) throws(ScriptError) {
    try push(_StoredValue(try slot(value), core: self))
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
    let count = try finish(&run)
    defer { engine.end(run) }
    return count > 0 ? engine.result(0, of: run) : .nil
  }

  /// Starts a call that cannot wait and sees it through.
  ///
  /// - Returns: how many results it has; when it throws, the run is ended.
  func finish(_ run: inout HostRun) throws(ScriptError) -> Int {
    var outcome = engine.start(&run)
    while true {
      switch outcome {
      case .finished(let count), .yielded(let count):
        try checkWaits(of: run)
        return count
      case .failed:
        let error = failure()
        try checkWaits(of: run)
        engine.end(run)
        throw error
      case .outOfFuel:
        if let reason = meter.refill(engine) {
          kill(&run)
          throw reason
        }
        outcome = engine.proceed(&run)
      case .awaiting:
        let reason = ScriptError(
          .wouldSuspend,
          "an asynchronous host function needs callAsync"
        )
        outcome = engine.answer(&run, succeeded: false, [errorObject(reason)])
      }
    }
  }

  /// Ends a call whose last wait was given up and that came to its end before anybody looked.
  ///
  /// - Throws: Why it is to end.
  func checkWaits(of run: HostRun) throws(ScriptError) {
    guard patience.isOver else { return }
    patience.isOver = false
    guard let reason = meter.reasonToEnd else { return }
    engine.end(run)
    throw reason
  }

  /// Ends a paused call from outside: nothing in it can catch that, but its variables to be closed get
  /// a bounded grace.
  func kill(_ run: inout HostRun) {
    patience.isOver = false
    meter.withdraw(engine)
    let left = meter.left(engine)
    _ = engine.kill(&run, "stopped")
    engine.end(run)
    // Calls outside this one look at the meter before they go on.
    meter.set(left, engine)
    meter.withdraw(engine)
  }

  // MARK: Results

  func results<each Result: ScriptConvertible>(
    of run: HostRun,
    count: Int,
    as types: (repeat each Result).Type
  ) throws(ScriptError) -> (repeat each Result) {
    var position = 0
    func next<One: ScriptConvertible>(_ type: One.Type) throws(ScriptError) -> One {
      defer { position += 1 }
      return try convert(position < count ? engine.result(position, of: run) : .nil, to: type)
    }
    return (repeat try next((each Result).self))
  }

  func results(of run: HostRun, count: Int) -> [Value] {
    (0..<count).map { value(engine.result($0, of: run)) }
  }

  func convert<Result: ScriptConvertible>(
    _ slot: Slot,
    to type: Result.Type
  ) throws(ScriptError) -> Result {
    do throws(ConversionError) {
      return try Result(_stored: _StoredValue(slot, core: self))
    } catch { throw ScriptError(.conversion, error.description) }
  }
}
