// Ending what runs for good: a kill. No handler of the script stops it. Each fiber that takes part is
// unwound to its base, the running one first and then whoever resumed it, and its to-be-closed
// variables are closed on the way. Their methods may do what any function may but yield, and all of
// them together have `graceFuel`; when that is gone the rest is dropped without another step.
//
//   kill → unwindWholeFiber → closing methods … → fiberWasKilled → unwindWholeFiber of the resumer → …
//                                  │ grace used up                              → exit: failed
//                                  └→ abandon                                   → exit: failed

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Fuel for the closing methods of a run that is killed.
  static var graceFuel: Int64 { 200_000 }

  /// Ends what runs now; its error will be the message.
  func kill(_ message: String) -> Action {
    pointee.killMessage = message
    pointee.fuelSetAside = 0
    pointee.fuel = Self.graceFuel
    pointee.errorValue = Value(string(message))
    updateStackLimit()
    return unwindWholeFiber()
  }

  /// Gives up all frames of the running fiber and closes its variables.
  private func unwindWholeFiber() -> Action {
    let fiber = pointee.fiber
    let base = fiber.pointee.frames
    if fiber.pointee.resumer == nil { reportFailure() }
    fiber.pointee.hookMask = 0
    fiber.pointee.watch?.pointee.hook = .nil
    popFrames(above: base)
    fiber.pointee.protectedDepth = 0
    fiber.pointee.handlerDepth = 0
    base.pointee.info |= Frame.Flag.unwinding | Frame.Flag.catches | Frame.Flag.killed
    base.pointee.base[0] = pointee.errorValue
    updateStackLimit()
    return continueUnwinding()
  }

  /// All variables of a killed fiber are closed: whoever resumed it is next.
  func fiberWasKilled() -> Action {
    let fiber = pointee.fiber
    fiber.pointee.frames.pointee.info &= ~(Frame.Flag.killed | Frame.Flag.catches)
    fiber.pointee.status = .dead
    fiber.pointee.stack[0] = .nil
    pointee.errorValue = Value(string(pointee.killMessage ?? ""))
    guard let resumer = fiber.pointee.resumer else {
      pointee.exit = .failed
      return .exit
    }
    fiber.pointee.resumer = nil
    endTurn()
    switchFiber(to: resumer)
    beginTurn(of: resumer, isClosing: true)
    resumer.pointee.status = .running
    return unwindWholeFiber()
  }

  /// The grace is used up: nothing of the run takes another step.
  func abandon() -> Action {
    while true {
      let fiber = pointee.fiber
      popFrames(above: fiber.pointee.frames)
      fiber.pointee.frames.pointee.info &=
        ~(Frame.Flag.killed | Frame.Flag.catches | Frame.Flag.unwinding)
      fiber.pointee.pendingCloseCount = 0
      fiber.pointee.noYieldDepth = 0
      closeUpvalues(from: fiber.pointee.stack)
      fiber.pointee.status = .dead
      fiber.pointee.stack[0] = .nil
      guard let resumer = fiber.pointee.resumer else { break }
      fiber.pointee.resumer = nil
      switchFiber(to: resumer)
    }
    pointee.isFinalizing = false
    pointee.errorValue = Value(string(pointee.killMessage ?? ""))
    pointee.exit = .failed
    return .exit
  }
}

extension Machine {
  /// Ends a run that is paused or awaiting, for good: no handler of the script stops it, its
  /// to-be-closed variables are closed within a bounded grace.
  ///
  /// The message is what its error says.
  ///
  /// - Returns: `.failed`.
  package func kill(_ run: inout HostRun, _ message: String) -> RunOutcome {
    reenter(&run)
    vm.drive(vm.kill(message))
    let outcome = leave(&run)
    vm.pointee.killMessage = nil
    return outcome
  }

  /// The same for a call of `call` or `resume` that has run out of fuel.
  package func kill(_ message: String) -> RunOutcome {
    vm.pointee.exit = nil
    vm.drive(vm.kill(message))
    let outcome = run()
    vm.pointee.killMessage = nil
    return outcome
  }
}
