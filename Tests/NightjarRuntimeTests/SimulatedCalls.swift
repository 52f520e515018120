// Operations of the host on the scheduler's clock, of each class that a cancellation may meet.

import NightjarBase
import NightjarEngine
import NightjarRuntime

/// Performs operations on the scheduler's clock.
final class SimulatedCalls: HostOperations {
  /// How an operation is cancelled.
  enum Class: Int {
    /// Either its result is delivered or it did not happen.
    case atomic
    /// The task goes on at once, in doubt.
    case bestEffort
    /// It cannot be cancelled.
    case never
  }

  private struct Operation {
    let task: TaskHandle
    let begin: UInt64
    let end: UInt64
    let kind: Class
    var isOrphan = false
  }

  private var operations: [Operation] = []
  /// Operations that were done to their end.
  private(set) var effects = 0
  /// Tasks that were told a result, and tasks that were told that nothing happened.
  private(set) var (delivered, undone) = (0, 0)
  private let kind: Class
  private let duration: UInt64
  private var latency = LatencyHistogram()
  /// What is said of the threads, for who asks.
  var state = ""
  var isSaturated = false

  /// Operations of one kind, for requests that do not say otherwise: a request that is a number has its class in
  /// the hundred thousands and its milliseconds below.
  init(_ kind: Class, seconds: Double) {
    self.kind = kind
    duration = UInt64(seconds * 1e9)
  }

  /// A function that asks for an operation: `op()`, or `op(class, milliseconds)`.
  static func function(_ machine: Machine) -> Value {
    machine.makeHostFunction { (call) throws(ScriptError) in
      if call.phase == 0 {
        let kind =
          call.count > 1 ? try call.checkInteger(1) * 100_000 + (try call.checkInteger(2)) : -1
        call[1] = Value(kind)
        return .host(at: 1, then: 1)
      }
      if call[1].isFalsy { throw call.raise(call[2]) }
      return .results(call.count - 1, from: 2)
    }
  }

  var pendingCount: Int { operations.count }
  var nextMoment: UInt64? { operations.map(\.end).min() }

  func begin(_ task: TaskHandle, _ request: Value, _ scheduler: TaskScheduler) {
    let now = scheduler.clock.now()
    let number = scheduler.machine.integer(of: request) ?? -1
    let wanted = number >= 0 ? Int(number) : nil
    let kind = wanted.flatMap { Class(rawValue: $0 / 100_000) } ?? kind
    let duration = wanted.map { UInt64($0 % 100_000) * 1_000_000 } ?? duration
    operations.append(Operation(task: task, begin: now, end: now + duration, kind: kind))
  }

  func cancel(_ id: UInt32, _ scheduler: TaskScheduler) {
    guard let index = operations.firstIndex(where: { $0.task.id == id && !$0.isOrphan }) else {
      return
    }
    switch operations[index].kind {
    case .never: break
    case .bestEffort:
      scheduler.machine.answerCancelled(operations[index].task, inDoubt: true, operation: "op")
      operations[index].isOrphan = true
    case .atomic:
      let operation = operations.remove(at: index)
      scheduler.machine.answerCancelled(operation.task, inDoubt: false, operation: "op")
      scheduler.machine.release(operation.task.handle)
      undone += 1
    }
  }

  func poll(_ scheduler: TaskScheduler) {
    let now = scheduler.clock.now()
    while let index = operations.firstIndex(where: { $0.end <= now }) {
      let operation = operations.remove(at: index)
      effects += 1
      latency.add(nanoseconds: operation.end - operation.begin)
      if scheduler.machine.awaitsHost(operation.task) && !operation.isOrphan { delivered += 1 }
      scheduler.answer(operation.task, succeeded: true, [Value(42)])
    }
  }

  func insight(of task: UInt32) -> HostInsight? {
    guard operations.contains(where: { $0.task.id == task }) else { return nil }
    return HostInsight(
      name: "op",
      state: state,
      isSaturated: isSaturated,
      usual: latency.bound(perMille: 990)
    )
  }
}
