// Isolates on threads of their own. A machine stays on the thread that made it; whoever wants something of it
// puts a job in the thread's mailbox, the only way in from outside, and is told by a continuation.
//
//   caller ──job──► mailbox ──► worker: jobs → steps of each isolate in turn → ended calls → wait
//                                  └ heartbeat, read by the watchdog every 10 ms

import NightjarBase
import NightjarEngine
import NightjarRuntime
import NightjarSystem
import Synchronization

/// Threads that run isolates.
///
///     let runtime = LiveRuntime(workers: 4)
///     let isolate = try await runtime.makeIsolate { Machine() }
///     let answer = try await isolate.call("load", .string("index"))
///
/// A machine that burns a core holds up those of its thread for a millisecond at a time, and nobody else.
public final class LiveRuntime: Sendable {
  private let workers: [Worker]
  private let next = Atomic(0)
  /// What the watchdog found.
  private let found = Mutex<[String]>([])
  private let isOver = Atomic(false)

  /// Starts so many threads, and one for the watchdog.
  public init(workers: Int = 1) {
    self.workers = (0..<max(workers, 1)).map { _ in Worker() }
    for worker in self.workers { SystemThread.start { worker.run() } }
    let watched = self.workers
    SystemThread.start { [weak self] in
      while true {
        _ = Pause.wait(nanoseconds: 10_000_000) { false }
        guard let self, !self.isOver.load(ordering: .relaxed) else { return }
        for worker in watched {
          if let report = worker.overdue() { self.found.withLock { $0.append(report) } }
        }
      }
    }
  }

  deinit {
    isOver.store(true, ordering: .relaxed)
    for worker in workers { worker.post { $0.isOver = true } }
  }

  /// What the watchdog has reported: functions of the host that held a thread longer than they may.
  public var reports: [String] { found.withLock { $0 } }

  /// Makes an isolate: the closure makes its machine, on the thread that will run it.
  ///
  /// - Throws: what the closure throws.
  public func makeIsolate(
    limits: TaskLimits = TaskLimits(),
    _ make: @escaping @Sendable () throws -> Machine
  ) async throws -> Isolate {
    let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
    let worker = workers[number % workers.count]
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Void, any Error>) in
      worker.post { state in
        do {
          let machine = try make()
          state.isolates[number] = LocalIsolate(machine, limits)
          continuation.resume()
        } catch { continuation.resume(throwing: error) }
      }
    }
    return Isolate(number, worker)
  }
}

/// A machine on a thread of a runtime, from any other thread.
public final class Isolate: Sendable {
  private let number: Int
  private let worker: Worker

  init(_ number: Int, _ worker: Worker) {
    self.number = number
    self.worker = worker
  }

  deinit {
    let number = number
    worker.post { $0.isolates[number] = nil }
  }

  /// Calls a global function as a task, and waits for its first result.
  ///
  /// When the caller's task is cancelled, the script's is, and the call returns within its grace.
  ///
  /// - Throws: `ScriptError` when the script fails or is cancelled.
  public func call(_ function: String, _ arguments: PlainValue...) async throws -> PlainValue {
    let id = worker.makeId()
    let number = number
    let worker = worker
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        worker.post { state in
          guard let isolate = state.isolates[number] else {
            continuation.resume(throwing: ScriptError.machineEnded)
            return
          }
          isolate.begin(id, function, arguments, continuation)
        }
      }
    } onCancel: {
      worker.post { $0.isolates[number]?.cancel(id) }
    }
  }

  /// Does something with the machine, on its thread, between two steps of its tasks.
  ///
  /// - Throws: what the closure throws.
  public func with<Result: Sendable>(
    _ body: @escaping @Sendable (Machine, Tasks) throws -> Result
  ) async throws -> Result {
    let number = number
    return try await withCheckedThrowingContinuation { continuation in
      worker.post { state in
        guard let isolate = state.isolates[number] else {
          continuation.resume(throwing: ScriptError.machineEnded)
          return
        }
        continuation.resume(with: Swift.Result { try body(isolate.machine, isolate.tasks) })
      }
    }
  }

  /// All tasks as a tree.
  public var tree: String {
    get async throws { try await with { _, tasks in tasks.tree } }
  }
}

/// What runs on one thread.
///
/// INVARIANT: the mailbox and the heartbeat are all that other threads touch.
final class Worker: Sendable {
  typealias Job = @Sendable (WorkerState) -> Void

  private let mailbox = Mutex<[Job]>([])
  private let signal = Signal()
  private let lastId = Atomic<UInt64>(0)
  /// When the isolate that runs was entered; 0 while none runs.
  private let entered = Atomic<UInt64>(0)
  private let reported = Atomic<UInt64>(0)

  /// How long a step may take beyond its budget: a function of the host that waits takes longer.
  private static let stepNanosecondsMax: UInt64 = 20_000_000

  func post(_ job: @escaping Job) {
    mailbox.withLock { $0.append(job) }
    signal.raise()
  }

  func makeId() -> UInt64 { lastId.wrappingAdd(1, ordering: .relaxed).newValue }

  /// A report if the isolate that runs has held the thread for too long, once for each time.
  func overdue() -> String? {
    let start = entered.load(ordering: .relaxed)
    guard start != 0, start != reported.load(ordering: .relaxed) else { return nil }
    let now = SystemTime().monotonicNanoseconds()
    guard now > start, now - start > Self.stepNanosecondsMax else { return nil }
    reported.store(start, ordering: .relaxed)
    let milliseconds = (now - start) / 1_000_000
    return "NJ-D03 a function of the host has held its thread for \(milliseconds) ms"
  }

  /// The thread's life.
  func run() {
    let state = WorkerState()
    while !state.isOver {
      let jobs = mailbox.withLock { jobs in
        defer { jobs.removeAll() }
        return jobs
      }
      for job in jobs { job(state) }
      var isBusy = false
      var wait: UInt64?
      for isolate in state.isolates.values {
        entered.store(SystemTime().monotonicNanoseconds(), ordering: .relaxed)
        let step = isolate.step()
        entered.store(0, ordering: .relaxed)
        switch step {
        case .busy: isBusy = true
        case .idle(let left?):
          let nanoseconds = left.wholeNanoseconds
          wait = min(wait ?? .max, nanoseconds)
        case .idle(nil), .stopped: break
        }
      }
      if !isBusy { signal.wait(nanoseconds: wait) }
    }
    for isolate in state.isolates.values { isolate.end() }
  }
}

/// What a thread has for itself.
final class WorkerState {
  var isolates: [Int: LocalIsolate] = [:]
  var isOver = false
}

/// An isolate on its thread.
final class LocalIsolate {
  let machine: Machine
  let tasks: Tasks
  private var calls:
    [UInt64: (call: TaskCall, answer: CheckedContinuation<PlainValue, any Error>)] =
      [:]
  /// Calls that were cancelled before they began.
  private var cancelledEarly: Set<UInt64> = []

  /// About a millisecond of instructions.
  private static let budget = 200_000

  init(_ machine: Machine, _ limits: TaskLimits) {
    self.machine = machine
    tasks = machine.openTasks(ThreadRuntime(), limits: limits)
  }

  func begin(
    _ id: UInt64,
    _ name: String,
    _ arguments: [PlainValue],
    _ answer: CheckedContinuation<PlainValue, any Error>
  ) {
    do {
      guard case .function(let function) = machine[name] else {
        throw ScriptError(.runtime, "there is no global function '\(name)'")
      }
      let values = try arguments.map { try $0.value(in: machine) }
      let call = try tasks.spawn(function, arguments: values, name: name)
      calls[id] = (call, answer)
      if cancelledEarly.remove(id) != nil { cancel(id) }
    } catch { answer.resume(throwing: error) }
  }

  func cancel(_ id: UInt64) {
    guard let call = calls[id]?.call else {
      cancelledEarly.insert(id)
      return
    }
    call.cancel(reason: "the host's task was cancelled")
  }

  /// Runs the tasks for a while, and answers the calls that have ended.
  func step() -> Tasks.Step {
    let step = tasks.step(budget: Self.budget)
    for (id, entry) in calls {
      do throws(ScriptError) {
        guard let results = try entry.call.results() else { continue }
        entry.answer.resume(returning: PlainValue(results.first ?? .nil))
      } catch {
        // What the script was told by its host's task, the host is told in its own words.
        if error.kind == .cancelled {
          entry.answer.resume(throwing: CancellationError())
        } else {
          entry.answer.resume(throwing: error)
        }
      }
      calls[id] = nil
    }
    if case .stopped = step { end() }
    return step
  }

  func end() {
    for entry in calls.values {
      entry.answer.resume(throwing: ScriptError(.killed, "the machine was stopped"))
    }
    calls = [:]
  }
}

extension PlainValue {
  /// The value in a machine.
  ///
  /// - Throws: for what is no data, and when memory is out.
  func value(in machine: Machine) throws(ScriptError) -> Value {
    switch self {
    case .nil: return .nil
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .string(let value): return .string(value)
    case .table(let entries):
      let table = try machine.makeTable(fieldCount: entries.count)
      for entry in entries {
        try table.setRaw(try entry.key.value(in: machine), to: try entry.value.value(in: machine))
      }
      return .table(table)
    case .opaque(let type): throw ScriptError(.conversion, "a \(type) cannot leave its machine")
    }
  }
}
