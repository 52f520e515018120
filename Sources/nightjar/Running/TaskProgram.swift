// A program of `nightjar run` as a task: on the real clock, or under simulation on a virtual one. The user's
// first interrupt cancels everything and says what was still running; a second one ends the process.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import NightjarSystem

/// How a program's tasks are run.
struct Simulation {
  /// Chooses the order of tasks, and random numbers.
  let seed: UInt64
  /// Ready tasks run in the order of arrival.
  var isFair = false
}

/// The tasks of a program.
///
/// INVARIANT: it owns `flag`, which the signal handler knows only while `run` is under way.
@safe final class TaskProgram: FuelSource {
  private let session: Session
  private let scheduler: TaskScheduler
  // One flag of the process, which the signal handler sets.
  private let flag: UnsafeMutablePointer<Int32>
  private var wasInterrupted = false
  private var isClosing = false
  /// Enough for a loop to be interrupted, and for closing what it had open.
  private static let closingFuel: Int64 = 12_000_000

  init(_ session: Session, _ simulation: Simulation?) {
    self.session = session
    let flag = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    unsafe flag.initialize(to: 0)
    unsafe self.flag = flag
    var settings = TaskSettings()
    let clock: any TaskClock
    if let simulation {
      settings.isRandom = !simulation.isFair
      settings.seed = simulation.seed
      clock = session.virtualClock ?? VirtualClock()
    } else if let time = Console.capabilities.time {
      // Before anything waits an interrupt ends the wait; afterwards cleaning up takes its time.
      var isCleaning = false
      clock = RealClock(time) { nanoseconds in
        if unsafe flag.pointee != 0 && !isCleaning {
          isCleaning = true
          return true
        }
        _ = Pause.wait(nanoseconds: nanoseconds) {
          if isCleaning { return false }
          return unsafe flag.pointee != 0
        }
        return true
      }
    } else {
      clock = VirtualClock()
    }
    scheduler = TaskScheduler(session.machine, clock, settings)
    scheduler.fuel = self
    scheduler.inbox = { [unowned self] in look() }
  }

  deinit { unsafe flag.deallocate() }

  /// Looks for the user's interrupt.
  private func look() {
    guard unsafe flag.pointee != 0, !wasInterrupted else { return }
    wasInterrupted = true
    Console.error("nightjar: interrupted; still running:")
    Console.error(scheduler.machine.taskTree)
    scheduler.machine.cancelRoot(reason: "interrupted by the user")
  }

  /// Runs the function as a task, until it has ended.
  ///
  /// - Returns: whether it ended without an error, which has been reported otherwise.
  func run(_ function: Value, _ arguments: [Value]) -> Bool {
    unsafe Interrupt.arm(flag, endsReads: session.interruptsEndReads)
    defer { Interrupt.disarm() }
    let machine = session.machine
    let traced = machine.tracedCall
    let task: TaskHandle
    do throws(ScriptError) {
      task = try scheduler.spawn(
        traced.call,
        [function, traced.handler] + arguments,
        name: "main"
      )
    } catch {
      session.report(machine.errorText)
      return false
    }
    defer { machine.release(task.handle) }
    session.beginTime()
    let outcome = scheduler.run(until: task)
    if let reason = session.endReason() {
      // Variables are closed on fuel that nobody has left, and that is all.
      scheduler.machine.cancelRoot(reason: reason)
      isClosing = true
      _ = scheduler.step(budget: Self.closingFuel)
      session.report(Array(reason.utf8))
      return false
    }
    let wasInterrupted = unsafe wasInterrupted || flag.pointee != 0
    switch outcome {
    case .finished(let values):
      // What the traced call gives: true, or false and the text of an error.
      if let first = values.first, first.isFalsy {
        session.report(text(values.count > 1 ? values[1] : .nil))
        return false
      }
      if wasInterrupted { session.report(Array("interrupted!".utf8)) }
      return !wasInterrupted
    case .failed(let error), .cancelled(let error):
      session.report(wasInterrupted ? Array("interrupted!".utf8) : text(error))
      return false
    case .running:
      session.report(Array("the program was ended while it waited".utf8))
      return false
    }
  }

  private func text(_ value: Value) -> [UInt8] {
    session.text(of: value) ?? Array("(error object is no text)".utf8)
  }

  // MARK: Fuel

  func take(_ most: Int64) -> Int64? { isClosing ? most : session.takeFuel(most) }

  func giveBack(_ fuel: Int64) { session.giveBackFuel(fuel) }
}
