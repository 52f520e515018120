// Calls made by the host. Each runs on a fiber of its own, whose base record catches errors, so that a
// host function may call back into scripts (the outer fiber waits meanwhile) and several paused
// calls can stand side by side.
//
//   begin → push arguments → start → (finished | failed | outOfFuel | yielded | awaiting)
//                                       ↑ proceed, resume or answer goes on with the last three
//   end gives the fiber back

/// A call made by the host.
package struct HostRun {
  /// The fiber whose function the host called.
  let base: FiberRef
  /// The fiber that stopped when the run paused: `base`, or a coroutine it waits for.
  var current: FiberRef
  /// Who ran before; waits while the run is under way.
  fileprivate var previous: FiberRef
  /// Whether the fiber is the machine's to use again, and not a coroutine of a script.
  let isOwn: Bool
}

extension Machine {
  /// How many calls of the host may stand inside one another: each has Swift frames between.
  package static var nestedRunMax: Int { 100 }

  /// Begins a call of a function; arguments are pushed next.
  ///
  /// - Throws: "stack overflow" when too many calls are nested, "not enough memory".
  package func begin(_ function: Value) throws(ScriptError) -> HostRun {
    if vm.pointee.waitingFibers.count >= Self.nestedRunMax { throw vm.raise("C stack overflow") }
    let fiber: FiberRef
    if vm.pointee.idleFibers.isEmpty {
      fiber = try vm.makeFiber(.nil)
    } else {
      fiber = vm.pointee.idleFibers.removeLast()
    }
    vm.pointee.runFibers.append(fiber)
    vm.barrier(fiber)
    vm.barrier(function)
    fiber.pointee.stack[1] = function
    fiber.pointee.top = fiber.pointee.stack + 2
    fiber.pointee.frames.pointee.info |= Frame.Flag.catches
    var run = HostRun(base: fiber, current: fiber, previous: fiber, isOwn: true)
    enter(&run)
    return run
  }

  /// Begins to resume a suspended coroutine of a script; what its `yield` returns is pushed next.
  package func begin(resuming coroutine: Value) throws(ScriptError) -> HostRun {
    guard coroutine.tag == .fiber, coroutine.fiber.pointee.status == .suspended else {
      throw vm.raise("cannot resume non-suspended coroutine")
    }
    if vm.pointee.waitingFibers.count >= Self.nestedRunMax { throw vm.raise("C stack overflow") }
    let fiber = coroutine.fiber
    vm.pointee.runFibers.append(fiber)
    vm.barrier(fiber)
    fiber.pointee.yieldsToHost = true
    var run = HostRun(base: fiber, current: fiber, previous: fiber, isOwn: false)
    enter(&run)
    if fiber.pointee.frame == fiber.pointee.frames {
      vm.pointee.top = fiber.pointee.stack + 2
    } else {
      vm.pointee.top = fiber.pointee.frame.pointee.constants
    }
    return run
  }

  /// Appends an argument of the call that has begun, or a value it is resumed with.
  package func push(argument value: Value) throws(ScriptError) {
    let slot = try vm.reserve(vm.pointee.top, 1)
    slot.pointee = value
    vm.pointee.top = slot + 1
  }

  /// Starts the call that has begun.
  package func start(_ run: inout HostRun) -> RunOutcome {
    let fiber = run.base
    fiber.pointee.status = .running
    if fiber.pointee.frame == fiber.pointee.frames {
      let slot = fiber.pointee.stack + 1
      let count = vm.pointee.top - slot - 1
      vm.drive(vm.call(slot, count, info: Frame.info(wanted: -1, mode: .finishFiber)))
    } else {
      let first = fiber.pointee.frame.pointee.constants
      vm.beginTurn(of: fiber, isClosing: false)
      deliver(count: vm.pointee.top - first, to: first)
    }
    return leave(&run)
  }

  /// Goes on with a run that ran out of fuel.
  package func proceed(_ run: inout HostRun) -> RunOutcome {
    enter(&run)
    vm.beginTurn(of: run.current, isClosing: false)
    run.current.pointee.status = .running
    vm.drive(vm.pointee.fuel < 0 ? vm.attend() : vm.proceed())
    return leave(&run)
  }

  /// What a run that is `awaiting` asked for: the value its native answered `host` with.
  package func request(of run: HostRun) -> Value {
    run.current.pointee.frame.pointee.constants.pointee
  }

  /// Goes on with a run that is `awaiting`: its native finds true and the values, or false and the error.
  package func answer(
    _ run: inout HostRun,
    succeeded: Bool,
    _ values: [Value]
  ) -> RunOutcome {
    enter(&run)
    vm.beginTurn(of: run.current, isClosing: false)
    run.current.pointee.status = .running
    do throws(ScriptError) {
      let first = try vm.reserve(
        run.current.pointee.frame.pointee.constants,
        values.count + 1 + NativeCall.freeSlotCount
      )
      first.pointee = Value(succeeded)
      for (position, value) in values.enumerated() { first[position + 1] = value }
      deliver(count: values.count + 1, to: first)
    } catch {
      vm.drive(.raise)
    }
    return leave(&run)
  }

  /// Goes on with a run that yielded; `yield` returns the values.
  package func resume(_ run: inout HostRun, _ values: [Value]) -> RunOutcome {
    enter(&run)
    run.current.pointee.yieldsToHost = true
    vm.beginTurn(of: run.current, isClosing: false)
    run.current.pointee.status = .running
    do throws(ScriptError) {
      let first = try vm.reserve(
        run.current.pointee.frame.pointee.constants,
        values.count + NativeCall.freeSlotCount
      )
      for (position, value) in values.enumerated() { first[position] = value }
      deliver(count: values.count, to: first)
    } catch {
      vm.drive(.raise)
    }
    return leave(&run)
  }

  /// Sets aside a call that has begun; `startPaused` starts it.
  package func pause(_ run: HostRun) {
    run.base.pointee.status = .normal
    giveBack(run)
  }

  /// Starts a call that was set aside.
  package func startPaused(_ run: inout HostRun) -> RunOutcome {
    enter(&run)
    return start(&run)
  }

  /// Lets a run that has begun yield to the host, as a coroutine does to its resumer.
  package func letYield(_ run: HostRun) { run.base.pointee.yieldsToHost = true }

  /// The n-th value, from 0, that a run returned or yielded.
  package func result(_ n: Int, of run: HostRun) -> Value {
    run.base.pointee.status == .dead
      ? run.base.pointee.stack[1 + n] : run.current.pointee.frame.pointee.constants[n]
  }

  /// Gives up a run.
  ///
  /// One that is paused ends without its to-be-closed variables being closed.
  package func end(_ run: HostRun) {
    for index in stride(from: vm.pointee.runFibers.count - 1, through: 0, by: -1)
    where vm.pointee.runFibers[index] == run.base {
      vm.pointee.runFibers[index] = vm.pointee.runFibers[vm.pointee.runFibers.count - 1]
      _ = vm.pointee.runFibers.removeLast()
      break
    }
    guard run.isOwn, run.base.pointee.status == .dead, run.current == run.base,
      vm.pointee.idleFibers.count < 4, run.base.pointee.stackCapacity <= 1024
    else { return }
    let fiber = run.base
    fiber.pointee.frame = fiber.pointee.frames
    fiber.pointee.top = fiber.pointee.stack + 1
    fiber.pointee.status = .suspended
    fiber.pointee.handlerDepth = 0
    fiber.pointee.noYieldDepth = 0
    vm.pointee.idleFibers.append(fiber)
  }

  /// Whether script code is running now: the host was called by it.
  package var isRunning: Bool { vm.pointee.waitingFibers.count > 0 }

  /// Takes the machine from whoever has it.
  private func enter(_ run: inout HostRun) {
    run.previous = vm.pointee.fiber
    run.base.pointee.depth = run.previous.pointee.depth + 1
    run.previous.pointee.status = .normal
    vm.pointee.waitingFibers.append(run.previous)
    vm.pointee.exit = nil
    vm.switchFiber(to: run.current)
  }

  /// Takes the machine for a run that is paused and will not go on where it stands.
  func reenter(_ run: inout HostRun) {
    enter(&run)
    vm.beginTurn(of: run.current, isClosing: true)
    run.current.pointee.status = .running
  }

  /// Runs until there is an outcome, and gives the machine back.
  func leave(_ run: inout HostRun) -> RunOutcome {
    if vm.pointee.exit == nil { vm.loop() }
    let exit = vm.pointee.exit
    vm.pointee.exit = nil
    run.current = vm.pointee.fiber
    let outcome: RunOutcome
    switch exit {
    case .finished(let count): outcome = .finished(count: count)
    case .outOfFuel: outcome = .outOfFuel
    case .yielded(let count): outcome = .yielded(count: count)
    case .awaiting: outcome = .awaiting
    case .failed, .idle, nil: outcome = .failed
    }
    switch outcome {
    case .outOfFuel, .awaiting:
      vm.endTurn()
      run.current.pointee.status = .normal
    case .yielded: vm.endTurn()
    case .finished, .failed: break
    }
    giveBack(run)
    if case .failed = outcome { vm.makeRoomAfterFailure() }
    return outcome
  }

  /// Gives the machine back without having started: an argument could not be pushed.
  package func cancel(_ run: HostRun) {
    run.base.pointee.status = run.isOwn ? .dead : .suspended
    giveBack(run)
    end(run)
  }

  private func giveBack(_ run: HostRun) {
    vm.switchFiber(to: run.previous)
    run.previous.pointee.status = .running
    _ = vm.pointee.waitingFibers.removeLast()
  }

  private func deliver(count: Int, to first: Slots) {
    if count == 0 { first.pointee = .nil }
    vm.pointee.top = first + count
    vm.drive(.step(count: count, phase: Int(vm.pointee.frame.pointee.extra)))
  }
}

/// What is known of an error that ended a call of the host.
package struct FailureReport {
  /// The calls that were active, as `debug.traceback` shows them.
  package let traceback: [UInt8]
  /// The chunk and line of the youngest Lua function.
  package let chunkName: String?
  package let line: Int?
}

extension Machine {
  /// What is known of the error that ended the last run, until the next one begins.
  package var failure: FailureReport? { vm.pointee.failure }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Takes down what is lost when the frames of a failed call are unwound.
  func reportFailure() {
    let fiber = pointee.fiber
    var frame = pointee.frame
    while frame > fiber.pointee.frames && frame.pointee.isNative { frame = frame.below }
    let isLua = frame > fiber.pointee.frames
    let trace = failureTrace(of: pointee.errorValue).map { Array($0.utf8) }
    pointee.failure = FailureReport(
      traceback: trace ?? traceback(of: fiber, message: nil, level: 0),
      chunkName: isLua ? chunkName(of: prototype(of: frame)) : nil,
      line: isLua ? currentLine(of: frame).map { Int($0) } : nil
    )
  }

  /// Whether a fiber runs by itself and not as a coroutine.
  func isMain(_ fiber: FiberRef) -> Bool {
    if fiber == pointee.mainFiber || fiber.pointee.task != nil { return true }
    return fiber.pointee.frames.pointee.has(Frame.Flag.catches) && fiber.pointee.resumer == nil
  }
}
