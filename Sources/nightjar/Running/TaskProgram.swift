// A program of `nightjar run` as a task: on the real clock and in the real world, or under simulation on a
// virtual clock in a world of its own. The user's first interrupt cancels everything and says what was still
// running; a second one ends the process.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import NightjarSimulation
import NightjarSystem

/// How a program's tasks are run.
struct Simulation {
  /// Chooses the order of tasks, and random numbers.
  let seed: UInt64
  /// Ready tasks run in the order of arrival.
  var isFair = false
  /// What goes wrong in the program's world.
  var faults = Faults.none
}

/// The tasks of a program.
///
/// INVARIANT: `flag` is its own, or the machine's in a conversation, where an interrupt is an error that can be
/// caught; the signal handler knows it only while `run` is under way.
@safe final class TaskProgram: FuelSource {
  private let session: Session
  private let scheduler: TaskScheduler
  private let exit: PatientExit?
  private let waiting: ProgramWait
  // One flag of the process, which the signal handler sets.
  private let flag: UnsafeMutablePointer<Int32>
  private var wasInterrupted = false
  /// Lines that were told of because they hold others up.
  private var hogPlaces: Set<String> = []
  private let isSimulated: Bool
  private var isClosing = false
  /// Whether an interrupt ends the call under way only, as in a conversation.
  private let survivesInterrupts: Bool
  private var current: TaskHandle?
  /// Enough for a loop to be interrupted, and for closing what it had open.
  private static let closingFuel: Int64 = 12_000_000
  private static let resourceCountMax = 100_000

  init(_ session: Session, _ simulation: Simulation?, survivesInterrupts: Bool = false) {
    self.session = session
    self.survivesInterrupts = survivesInterrupts
    isSimulated = simulation != nil
    if survivesInterrupts {
      unsafe flag = session.machine.interruption
    } else {
      let flag = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
      unsafe flag.initialize(to: 0)
      unsafe self.flag = flag
    }
    let waiting = ProgramWait(session)
    self.waiting = waiting
    var settings = TaskSettings()
    let clock: any TaskClock
    if let simulation {
      settings.isRandom = !simulation.isFair
      settings.seed = simulation.seed
      settings.wakesUnreachable = true
      clock = session.virtualClock ?? VirtualClock()
    } else {
      clock = Console.capabilities.time.map { RealClock($0) { waiting.wait($0) } } ?? VirtualClock()
    }
    let machine = session.machine
    scheduler = TaskScheduler(machine, clock, settings)
    exit = machine.capabilities.processes.map { PatientExit($0) }
    machine.capabilities.processes = exit
    scheduler.fuel = self
    scheduler.inbox = { [unowned self] in look() }
    scheduler.whenStuck = { [unowned self] in draw() }
    let permissions = session.grants.operations
    let input = machine.capabilities.streams?.input
    ParkedLibrary.open(machine) { [unowned scheduler] in
      let operations: ParkedOperations
      if let simulation {
        operations = Self.operations(simulation, permissions)
        // Nobody types in a simulated world: what is read is what the program was given.
        operations.input = input
      } else {
        operations = ParkedOperations(
          PermittedSource(SystemSource(), permissions),
          resourceCountMax: Self.resourceCountMax,
          whenFilled: waiting.ring
        )
      }
      scheduler.host = operations
      return operations
    }
    scheduler.report = { [unowned self] finding in
      // Who may still be cancelled is no finding of a run, nor what the user or a limit has interrupted.
      let isEnded = wasInterrupted || session.hasReachedLimit
      // A busy machine is late with everything.
      if finding.verdict == .timerDrift { return }
      if finding.verdict == .suspicious || finding.verdict == .late && isEnded { return }
      // A line that computes is told once, however often it comes.
      if finding.verdict == .hog, !hogPlaces.insert(finding.place).inserted { return }
      Console.error("nightjar: \(finding.verdict.code) \(finding.text)")
    }
  }

  /// What tasks wait for in a simulated world of their own.
  static func operations(
    _ simulation: Simulation,
    _ permissions: OperationPermissions
  ) -> ParkedOperations {
    let world = SimulatedWorld(seed: simulation.seed, faults: simulation.faults)
    return ParkedOperations(
      PermittedSource(world, permissions),
      resourceCountMax: Self.resourceCountMax,
      simulation: world
    )
  }

  deinit {
    if !survivesInterrupts { unsafe flag.deallocate() }
  }

  /// Looks for the user's interrupt.
  private func look() {
    guard unsafe flag.pointee != 0, !wasInterrupted else { return }
    if survivesInterrupts {
      // What runs gets an error; what waits is cancelled.
      guard waiting.wasInterrupted, let current else { return }
      unsafe flag.pointee = 0
      wasInterrupted = true
      return scheduler.machine.cancel(current, reason: "interrupted by the user")
    }
    wasInterrupted = true
    let machine = scheduler.machine
    machine.taskTime = max(machine.taskTime, scheduler.clock.now())
    Console.error("nightjar: interrupted; still running:")
    Console.error(machine.taskTree)
    draw()
    Console.error("cleaning up, for some seconds at most; another control-C ends it at once")
    machine.cancelRoot(reason: "interrupted by the user")
  }

  /// Writes down who waits for what, where the user wants it.
  private func draw() {
    guard let path = session.grants.drawing else { return }
    _ = Output.write(Array(scheduler.machine.taskDiagram().utf8), to: path)
  }

  /// Runs what was loaded as a task, until it has ended.
  ///
  /// - Returns: whether it ended without an error, which has been reported otherwise.
  func run(_ arguments: [Value], printsResults: Bool = false) -> Bool {
    unsafe Interrupt.arm(flag, endsReads: session.interruptsEndReads)
    defer { Interrupt.disarm() }
    wasInterrupted = false
    waiting.begin()
    session.beginTime()
    let machine = session.machine
    let traced = machine.tracedCall(keepingObjects: session.keepsErrorObjects)
    let all = [machine.loadedFunction, traced.handler] + arguments
    return call(traced.call, all, name: "main") { outcome in
      guard let results = results(of: outcome) else { return false }
      guard printsResults, !results.isEmpty else { return true }
      return call(machine.global("print"), results, name: "print") { outcome in
        guard case .failed(let error) = outcome else { return true }
        let text = session.text(of: error) ?? []
        session.report(Array("error calling 'print' (".utf8) + text + Array(")".utf8))
        return false
      }
    }
  }

  /// Runs a function as a task until it has ended, and hands on how.
  private func call(
    _ function: Value,
    _ arguments: [Value],
    name: String,
    _ body: (TaskOutcome) -> Bool
  ) -> Bool {
    let machine = session.machine
    let task: TaskHandle
    do throws(ScriptError) {
      task = try scheduler.spawn(function, arguments, name: name)
    } catch {
      session.report(machine.errorText)
      return false
    }
    current = task
    defer {
      current = nil
      machine.release(task.handle)
    }
    let outcome = scheduler.run(until: task)
    if let status = exit?.status {
      session.chosenStatus = status
      return status == 0
    }
    if let reason = session.endReason() {
      // Variables are closed on fuel that nobody has left, and that is all.
      scheduler.machine.cancelRoot(reason: reason)
      isClosing = true
      _ = scheduler.step(budget: Self.closingFuel)
      session.limitLastWaits()
      session.report(Array(reason.utf8))
      return false
    }
    return body(outcome)
  }

  /// What the traced call has returned; nil when it failed, which has been reported.
  private func results(of outcome: TaskOutcome) -> [Value]? {
    let wasInterrupted = unsafe wasInterrupted || flag.pointee != 0
    switch outcome {
    case .finished(let values):
      // What the traced call gives: true and the results, or false and the text of an error.
      if let first = values.first, first.isFalsy {
        session.report(error: values.count > 1 ? values[1] : .nil)
        return nil
      }
      if !wasInterrupted { return Array(values.dropFirst()) }
      session.report(Array("interrupted!".utf8))
    case .failed(let error), .cancelled(let error):
      if wasInterrupted {
        session.report(Array("interrupted!".utf8))
      } else {
        session.report(error: error)
      }
    case .running: session.report(Array(whyItWaits.utf8))
    }
    return nil
  }

  /// What to say of a program that waits for what will never come.
  private var whyItWaits: String {
    guard isSimulated else { return "the program was ended while it waited" }
    return "it waits for somebody who is not in its simulated world:\n\(scheduler.machine.taskTree)"
      + "Start those who visit it in the same program."
  }

  // MARK: Fuel

  func take(_ most: Int64) -> Int64? { isClosing ? most : session.takeFuel(most) }

  func giveBack(_ fuel: Int64) { session.giveBackFuel(fuel) }
}

/// How a program waits while all of its tasks do: for the time, for what the world answers, or for the user.
private final class ProgramWait {
  private unowned let session: Session
  private let bell: Bell?
  /// Before the first interrupt an interrupt ends the wait; afterwards cleaning up takes its time.
  private(set) var wasInterrupted = false

  init(_ session: Session) {
    self.session = session
    bell = try? Bell()
  }

  /// Ends a wait from another thread.
  var ring: @Sendable () -> Void {
    { [bell] in bell?.ring() }
  }

  func begin() { wasInterrupted = false }

  /// Waits; false when the program's time is up.
  func wait(_ nanoseconds: UInt64?) -> Bool {
    if session.isOutOfTime() { return false }
    var most = nanoseconds
    if let left = Console.patience.left?() { most = min(most ?? .max, left) }
    guard let bell else {
      // Nobody can ring: look again after a while.
      return Pause.wait(nanoseconds: min(most ?? .max, 20_000_000)) { false }
    }
    let end = bell.wait(nanoseconds: most, endsAtInterrupt: !wasInterrupted)
    if end == .interrupt { wasInterrupted = true }
    return true
  }
}
