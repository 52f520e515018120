// The loop around the kernel: time, fuel and answers of the host go in, one quantum after another. Every
// runtime (live, simulated, manual) is this loop with another clock and another idea of when to stop.
//
//   ┌► time → timers → run a quantum → requests to the host ─┐
//   └──────── ready? ◄──────────────────────────────────────┘ no → idle until the next timer
//
// ORDER: docs/internals/tasks.md shows the same.

internal import NightjarBase
package import NightjarEngine

/// Where the fuel of tasks comes from.
package protocol FuelSource: AnyObject {
  /// Takes up to so much fuel; nil when there is none left, or the program is to end.
  func take(_ most: Int64) -> Int64?

  /// Gives back what was not used.
  func giveBack(_ fuel: Int64)
}

/// Performs what tasks ask of the host.
package protocol HostOperations: AnyObject {
  /// Begins what a task waits for; `TaskScheduler.answer` ends it.
  func begin(_ task: TaskHandle, _ request: Value, _ scheduler: TaskScheduler)

  /// A task no longer wants what it waits for.
  func cancel(_ id: UInt32, _ scheduler: TaskScheduler)

  /// How many operations are under way.
  var pendingCount: Int { get }

  /// When the next operation ends, for those that a simulation performs on the scheduler's clock.
  var nextMoment: UInt64? { get }

  /// Answers what has ended by now.
  func poll(_ scheduler: TaskScheduler)

  /// What is known of the operation that a task waits for.
  func insight(of task: UInt32) -> HostInsight?
}

extension HostOperations {
  package var nextMoment: UInt64? { nil }
  package func poll(_ scheduler: TaskScheduler) {}
  package func insight(of task: UInt32) -> HostInsight? { nil }
}

/// Runs the tasks of one machine.
package final class TaskScheduler {
  package let machine: Machine
  package let clock: any TaskClock
  package var fuel: (any FuelSource)?
  package var host: (any HostOperations)? {
    didSet { machine.hostInsight = { [weak self] in self?.host?.insight(of: $0) } }
  }
  /// Called between two quanta, on the scheduler's thread: what came from other threads goes in here.
  package var inbox: (() -> Void)?
  /// Whether a step is to end although it has fuel left: functions of the host took the time.
  package var isTimeUp: (() -> Bool)?
  /// Whether a standstill is told to the tasks that wait.
  package var detectsDeadlocks = true
  /// Told of tasks that nothing can wake, and of operations of the host that last too long.
  package var report: ((TaskFinding) -> Void)?
  /// Called before a standstill is told to the tasks that wait.
  package var whenStuck: (() -> Void)?
  /// How often it is looked for them.
  package var examinationInterval: UInt64 = 10_000_000_000
  private var lastExamination: UInt64 = 0
  /// When it is looked next at how long the host takes.
  private var nextAgeMoment: UInt64 = 0
  /// How many findings were reported.
  private var reportedCount = 0
  /// Fuel used since, and what an examination costs: at most a twentieth of the time goes into them.
  private var fuelSinceExamination: Int64 = 0
  private static let fuelPerByte: Int64 = 4
  private static let idleByteCountMax = 32 << 20
  /// Fuel of a quantum.
  package var quantum: Int64 = 10_000
  /// Fuel of a quantum while there is a single task and no timer: entering and leaving takes a look at each
  /// frame, of which a recursion has many.
  private static let lonelyQuantum: Int64 = 1_000_000

  /// Fuel of a quantum itself: of looking at the clock, the timers and the host.
  private static let quantumCost: Int64 = 24

  /// What the next quantum may use.
  private var slice: Int64 {
    let isLonely = machine.liveTaskCount <= 1 && machine.nextTaskTimer == nil
    return isLonely ? max(quantum, Self.lonelyQuantum) : quantum
  }

  /// Fuel that was used beyond a quantum, as by a collection next to the limit of memory.
  private var debt: Int64 = 0

  /// Why a step ended.
  package enum Step {
    /// There is more to do.
    case busy
    /// Nothing can go on before this moment; nil if only the host can bring something.
    case idle(until: UInt64?)
    /// The fuel is used up.
    case outOfFuel
  }

  package init(
    _ machine: Machine,
    _ clock: any TaskClock,
    _ settings: TaskSettings = TaskSettings()
  ) {
    self.machine = machine
    self.clock = clock
    TaskLibrary.open(machine, settings)
    machine.taskTime = clock.now()
  }

  /// Begins a task of the root scope.
  package func spawn(
    _ function: Value,
    _ arguments: [Value] = [],
    name: String = ""
  ) throws(ScriptError) -> TaskHandle {
    try machine.spawnRoot(function, arguments, name: name)
  }

  /// Runs tasks for up to so much fuel.
  package func step(budget: Int64 = .max) -> Step {
    var left = budget
    while left > 0, isTimeUp?() != true {
      inbox?()
      let now = clock.now()
      if now > machine.taskTime { machine.taskTime = now }
      machine.fireTaskTimers(isReal: !clock.isVirtual)
      passCancellations()
      host?.poll(self)
      examineIfDue()
      lookAtAges()
      guard machine.hasReadyTasks else { return .idle(until: nextMoment) }
      if debt > 0 {
        guard let paid = fuel?.take(debt) else { return .outOfFuel }
        debt -= paid
        left -= paid
        continue
      }
      let most = min(slice, left)
      guard let granted = fuel.map({ $0.take(most) }) ?? most else {
        return .outOfFuel
      }
      machine.fuel = granted
      let outcome = machine.runTasks()
      let unused = max(machine.fuel, 0)
      if machine.fuel < 0 && fuel != nil { debt -= machine.fuel }
      fuel?.giveBack(unused)
      _ = fuel?.take(Self.quantumCost)
      left -= max(granted - unused, 1)
      fuelSinceExamination += granted - unused
      if case .outOfFuel = outcome {
        clock.noteFuel(granted - unused)
        machine.taskTime = max(machine.taskTime, clock.now())
        machine.reviewCurrentTask()
      }
      tellFindings()
      passRequests()
    }
    return .busy
  }

  /// Looks for tasks that nothing can wake, if some have begun to wait since it did.
  private func examineIfDue() {
    guard machine.taskTime &- lastExamination >= examinationInterval,
      machine.hasUnexaminedTasks
    else { return }
    // A real machine that does nothing has time, if it is not for long; a virtual clock has no idle time.
    let isIdle =
      !machine.hasReadyTasks && !clock.isVirtual && machine.byteCount <= Self.idleByteCountMax
    let cost = Int64(clamping: machine.byteCount) * Self.fuelPerByte
    guard isIdle || fuelSinceExamination >= cost else { return }
    examine()
  }

  /// Whether somebody is to be told of what the host takes too long for, and something is under way. (On a
  /// virtual clock it is looked at with everything else: real time means nothing there.)
  private var watchesAges: Bool {
    report != nil && !clock.isVirtual && (host?.pendingCount ?? 0) > 0
  }

  /// Tells which operations of the host have become old, also when nothing else goes on.
  private func lookAtAges() {
    guard machine.taskTime >= nextAgeMoment, watchesAges else { return }
    nextAgeMoment = machine.taskTime.saturatingSum(examinationInterval)
    machine.tellOldRequests()
    tellFindings()
  }

  /// Collects everything and tells which tasks nothing can wake.
  package func examine() {
    lastExamination = machine.taskTime
    fuelSinceExamination = 0
    _ = machine.examineTasks()
    tellFindings()
  }

  /// Reports what was found since it was asked last.
  private func tellFindings() {
    let count = machine.taskFindingCount
    guard count > reportedCount else { return }
    if let report {
      for finding in machine.taskFindings.suffix(count - reportedCount) { report(finding) }
    }
    reportedCount = count
  }

  /// When the next timer goes off, the next simulated operation ends, or it is looked at ages again.
  private var nextMoment: UInt64? {
    let moments = [machine.nextTaskTimer, host?.nextMoment, watchesAges ? nextAgeMoment : nil]
    return moments.compactMap { $0 }.min()
  }

  private func passRequests() {
    for (task, request) in machine.takeTaskRequests() {
      if let host {
        host.begin(task, request, self)
      } else {
        let text = machine.string(Array("nothing here answers what the function waits for".utf8))
        answer(task, succeeded: false, [text])
      }
    }
    machine.cutDueWait()
    passCancellations()
  }

  private func passCancellations() {
    for id in machine.takeTaskHostCancellations() { host?.cancel(id, self) }
  }

  /// Ends a task that a limit of the machine has ended: what it has left of its cleanup is not run any more.
  package func endHard(_ task: TaskHandle) {
    machine.endHard(task)
    passCancellations()
  }

  /// Answers what a task waits for.
  package func answer(_ task: TaskHandle, succeeded: Bool, _ values: [Value]) {
    _ = machine.answer(task, succeeded: succeeded, values)
    machine.release(task.handle)
  }

  /// Runs until a task has ended.
  ///
  /// - Returns: how it ended; `.running` when the fuel is used up or the wait was given up.
  package func run(until task: TaskHandle) -> TaskOutcome {
    while true {
      guard case .running = machine.outcome(of: task) else { return machine.outcome(of: task) }
      switch step(budget: slice) {
      case .busy: continue
      case .outOfFuel: return .running
      case .idle(let moment):
        guard case .running = machine.outcome(of: task) else { continue }
        if let moment {
          if !clock.wait(until: moment) { return .running }
        } else if (host?.pendingCount ?? 0) > 0 {
          if !clock.wait(until: nil) { return .running }
        } else if detectsDeadlocks {
          let before = machine.taskTrace
          whenStuck?()
          machine.resolveDeadlock()
          if !machine.hasReadyTasks && machine.taskTrace == before
            && nextMoment == nil
          {
            return .running
          }
        } else {
          return .running
        }
      }
    }
  }
}
