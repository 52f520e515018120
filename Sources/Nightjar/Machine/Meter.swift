// Fuel, deadlines and cancellation. The engine runs on slices of fuel, and between two slices the meter
// looks whether the call may go on: so a deadline or a switch thrown by another thread is seen within
// a slice, and the engine's loop tests nothing but its one counter.

import NightjarEngine
import Synchronization

/// Ends a machine's calls from any thread.
///
/// A machine whose switch was thrown ends the call under way with an error of kind `killed` that no
/// script can catch, and refuses to run anything more.
public final class KillSwitch: Sendable {
  private let isThrown = Atomic(false)
  private let waiters = Mutex(Waiters())

  /// Those who wait until the switch is thrown.
  private struct Waiters {
    var nextID = 0
    var continuations: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  init() {}

  /// Ends the call under way, within about a millisecond of the script's instructions, or fiftieth of a
  /// second where it waits for the system.
  ///
  /// Where a call awaits an asynchronous host function, that function's task is cancelled, and the call ends
  /// as soon as it returns.
  public func kill() {
    isThrown.store(true, ordering: .relaxed)
    let all = waiters.withLock { waiters in
      defer { waiters.continuations = [:] }
      return waiters.continuations
    }
    for continuation in all.values { continuation.resume() }
  }

  /// Returns when the switch has been thrown or the task is cancelled.
  func untilThrown() async {
    let id = waiters.withLock { waiters in
      waiters.nextID += 1
      return waiters.nextID
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // Whoever throws the switch or cancels says so before it takes the lock.
        let isOver = waiters.withLock { waiters in
          if isOn || Task.isCancelled { return true }
          waiters.continuations[id] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      waiters.withLock { $0.continuations.removeValue(forKey: id) }?.resume()
    }
  }

  /// Whether the switch was thrown.
  public var isOn: Bool { isThrown.load(ordering: .relaxed) }
}

/// What the calls of a machine may still use.
struct Meter {
  /// Fuel that the engine has not been given yet.
  private var reserve: Int64
  /// How long an outermost call may take.
  let timeLimit: Duration?
  private(set) var deadline: ContinuousClock.Instant?
  let killSwitch = KillSwitch()
  /// Whether the call under way ends with its task.
  var endsWithTask = false

  /// About a millisecond of instructions.
  private static let slice: Int64 = 200_000
  /// A smaller slice for turns that are measured in time.
  var sliceLimit: Int64?
  private var slice: Int64 { sliceLimit ?? Self.slice }
  /// What stands for "no bound": far from overflow in sums.
  private static let unbounded: Int64 = .max / 8

  init(fuel: Int?, timeLimit: Duration?) {
    reserve = fuel.map { Int64($0) } ?? Self.unbounded
    reserve = min(max(reserve, 0), Self.unbounded)
    self.timeLimit = timeLimit
  }

  /// All fuel that is left.
  func left(_ engine: Engine) -> Int64 { reserve + engine.fuel }

  /// Sets what is left.
  mutating func set(_ fuel: Int64, _ engine: Engine) {
    reserve = min(max(fuel, 0), Self.unbounded)
    engine.fuel = 0
    grant(slice, engine)
  }

  /// An outermost call begins.
  mutating func beginCall() {
    if let timeLimit { deadline = ContinuousClock.now + timeLimit }
  }

  /// How long a system call may wait, in nanoseconds.
  var nanosecondsLeft: UInt64 {
    if killSwitch.isOn || endsWithTask && Task.isCancelled { return 0 }
    return deadline.map { Self.nanoseconds(until: $0) } ?? .max
  }

  /// The nanoseconds before a moment; 0 behind it.
  static func nanoseconds(until end: ContinuousClock.Instant) -> UInt64 {
    let (seconds, attoseconds) = ContinuousClock.now.duration(to: end).components
    if seconds < 0 || attoseconds < 0 { return 0 }
    let (whole, overflows) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    return overflows ? .max : max(whole + UInt64(attoseconds / 1_000_000_000), 1)
  }

  /// Why a call whose wait was given up is to end; nil when it may go on.
  var reasonToEnd: ScriptError? {
    if killSwitch.isOn { return ScriptError(.killed, "the machine was stopped") }
    if let deadline, ContinuousClock.now >= deadline {
      return ScriptError(.deadline, "the time of the call is up")
    }
    if endsWithTask && Task.isCancelled {
      return ScriptError(.cancelled, "the task was cancelled")
    }
    return nil
  }

  /// Takes all fuel from the engine, so that whoever runs next looks here first.
  mutating func withdraw(_ engine: Engine) {
    reserve += engine.fuel
    engine.fuel = 0
  }

  /// Gives the engine its next slice.
  ///
  /// - Returns: nil when the call may go on, or why not.
  mutating func refill(_ engine: Engine) -> ScriptError? {
    if let reasonToEnd { return reasonToEnd }
    withdraw(engine)
    if reserve <= 0 { return ScriptError(.outOfFuel, "the fuel is used up") }
    grant(slice, engine)
    return nil
  }

  /// Takes fuel for tasks, or says why there is none.
  mutating func take(_ most: Int64, _ engine: Engine) -> Result<Int64, ScriptError> {
    if let reasonToEnd { return .failure(reasonToEnd) }
    withdraw(engine)
    if reserve <= 0 { return .failure(ScriptError(.outOfFuel, "the fuel is used up")) }
    let taken = min(most, reserve)
    reserve -= taken
    return .success(taken)
  }

  /// Gives back what tasks did not use.
  mutating func putBack(_ fuel: Int64) { reserve += max(fuel, 0) }

  /// Moves fuel to the engine.
  private mutating func grant(_ amount: Int64, _ engine: Engine) {
    let granted = min(amount, reserve)
    engine.fuel = granted
    reserve -= granted
  }

  /// Sets all but `amount` aside.
  ///
  /// - Returns: what was set aside, to be given back.
  mutating func limit(to amount: Int64, _ engine: Engine) -> Int64 {
    withdraw(engine)
    let aside = max(reserve - max(amount, 0), 0)
    reserve -= aside
    grant(slice, engine)
    return aside
  }

  /// Gives back what `limit` set aside.
  mutating func giveBack(_ aside: Int64, _ engine: Engine) {
    withdraw(engine)
    reserve += aside
    grant(slice, engine)
  }
}
