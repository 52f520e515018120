// How a live runtime runs isolates: threads that take whichever is ready, one at a time and a millisecond each; a
// thread for timers; a thread that watches. An isolate is on no thread when it has nothing to do, so that none
// can hold up another for longer than there are threads: for one that a function of the host holds, the
// watchdog starts another.
//
//   post ──► mailbox, ready ──► thread: jobs → a step of the tasks ──► ready again, or a timer
//                                 └ heartbeat ──► watchdog: report, another thread

import NightjarBase
import NightjarSystem
import Synchronization

/// What the threads of a live runtime share.
final class RuntimeCore: Sendable {
  private enum Alarm {
    case isolate(LiveIsolate)
    case action(@Sendable () -> Void)
  }

  private struct State {
    var ready: [LiveIsolate] = []
    var running: [LiveIsolate] = []
    var all: [Int: LiveIsolate] = [:]
    var alarms = TimerHeap<Alarm>()
    var idle: [Signal] = []
    /// Threads there are, and those that a function of the host holds.
    var threadCount = 0
    var heldCount = 0
    var lastNumber = 0
    var isOver = false
  }

  private let state = Mutex(State())
  private let alarmSignal = Signal()
  private let found = Mutex<[String]>([])
  private let threadCount: Int

  /// The threads of all runtimes: nothing may wait for an isolate on one.
  private static let threads = Mutex<Set<UInt>>([])
  /// How many threads may be held at once before nobody takes their place.
  private static let heldCountMax = 64
  private static let reportCountMax = 10_000
  /// How long a step may take beyond its budget: a function of the host that waits takes longer.
  private static let stepNanosecondsMax: UInt64 = 20_000_000
  private static let watchNanoseconds: UInt64 = 5_000_000

  init(threads: Int) { threadCount = max(threads, 1) }

  func start() {
    for _ in 0..<threadCount { startThread() }
    SystemThread.start { self.ring() }
    SystemThread.start { self.watch() }
  }

  /// Ends all isolates and threads.
  func end() {
    let isolates = state.withLock { state in
      state.isOver = true
      for signal in state.idle { signal.raise() }
      state.idle = []
      return Array(state.all.values)
    }
    alarmSignal.raise()
    for isolate in isolates { isolate.kill("the runtime has ended") }
  }

  var reports: [String] { found.withLock { $0 } }

  /// Whether the calling thread runs isolates.
  static var isOwnThread: Bool { threads.withLock { $0.contains(SystemThread.current) } }

  // MARK: Isolates

  func add(_ limits: TaskLimits) -> LiveIsolate {
    state.withLock { state in
      state.lastNumber += 1
      let isolate = LiveIsolate(state.lastNumber, self, limits)
      state.all[state.lastNumber] = isolate
      return isolate
    }
  }

  /// An isolate has something to do.
  func enqueue(_ isolate: LiveIsolate) {
    let signal = state.withLock { state in
      state.ready.append(isolate)
      return state.idle.popLast()
    }
    signal?.raise()
  }

  /// Lets an isolate run at a time of the steady clock.
  func alarm(_ isolate: LiveIsolate, at time: UInt64) { add(.isolate(isolate), at: time) }

  /// Does something after a while, on the thread of the timers: it must not wait.
  func after(_ nanoseconds: UInt64, _ action: @escaping @Sendable () -> Void) {
    let (time, overflows) = SystemTime().monotonicNanoseconds()
      .addingReportingOverflow(nanoseconds)
    if !overflows { add(.action(action), at: time) }
  }

  private func add(_ alarm: Alarm, at time: UInt64) {
    let isFirst = state.withLock { state in
      let first = state.alarms.first
      state.alarms.add(time, alarm)
      return first.map { time < $0 } ?? true
    }
    if isFirst { alarmSignal.raise() }
  }

  private func remove(_ isolate: LiveIsolate) {
    state.withLock { state in
      state.all[isolate.number] = nil
      state.alarms.removeAll {
        if case .isolate(let other) = $0 { other === isolate } else { false }
      }
    }
  }

  // MARK: Threads

  private func startThread() {
    state.withLock { $0.threadCount += 1 }
    let hasStarted = SystemThread.start { self.work() }
    if !hasStarted { state.withLock { $0.threadCount -= 1 } }
  }

  private enum Turn {
    case run(LiveIsolate)
    case wait
    case end
  }

  /// A thread's life.
  private func work() {
    let signal = Signal()
    let thread = SystemThread.current
    Self.threads.withLock { _ = $0.insert(thread) }
    defer { Self.threads.withLock { _ = $0.remove(thread) } }
    while true {
      switch turn(signal) {
      case .run(let isolate): run(isolate)
      case .wait: signal.wait(nanoseconds: nil)
      case .end: return
      }
    }
  }

  private func turn(_ signal: Signal) -> Turn {
    state.withLock { state in
      // Who took the place of a thread that was held goes when that one is back.
      let isSurplus = state.threadCount - state.heldCount > threadCount
      if isSurplus || state.isOver && state.ready.isEmpty {
        state.threadCount -= 1
        return .end
      }
      guard !state.ready.isEmpty else {
        state.idle.append(signal)
        return .wait
      }
      let isolate = state.ready.removeFirst()
      state.running.append(isolate)
      return .run(isolate)
    }
  }

  private func run(_ isolate: LiveIsolate) {
    let next = isolate.run()
    state.withLock { state in
      state.running.removeAll { $0 === isolate }
      if isolate.isHeld.exchange(false, ordering: .relaxed) { state.heldCount -= 1 }
    }
    switch next {
    case .ready: enqueue(isolate)
    case .idle(let time?): alarm(isolate, at: time)
    case .idle(nil): break
    case .ended: remove(isolate)
    }
  }

  /// The life of the timers' thread.
  private func ring() {
    while true {
      let now = SystemTime().monotonicNanoseconds()
      let (due, next, isOver) = state.withLock { state in
        var due: [Alarm] = []
        while let alarm = state.alarms.takeFirst(until: now) { due.append(alarm) }
        return (due, state.alarms.first, state.isOver)
      }
      if isOver { return }
      for alarm in due {
        switch alarm {
        case .isolate(let isolate): isolate.wake()
        case .action(let action): action()
        }
      }
      if due.isEmpty { alarmSignal.wait(nanoseconds: next.map { $0 > now ? $0 - now : 0 }) }
    }
  }

  // MARK: Watching

  /// The life of the watchdog's thread.
  private func watch() {
    while true {
      _ = Pause.wait(nanoseconds: Self.watchNanoseconds) { false }
      let (running, isOver) = state.withLock { ($0.running, $0.isOver) }
      if isOver { return }
      let now = SystemTime().monotonicNanoseconds()
      for isolate in running { look(at: isolate, now) }
    }
  }

  private func look(at isolate: LiveIsolate, _ now: UInt64) {
    let entered = isolate.entered.load(ordering: .relaxed)
    guard entered != 0, now > entered else { return }
    let watch = isolate.watch
    let report = watch?.overdue(now: now)
    if let report { add(report) }
    let isLate = now - entered > Self.stepNanosecondsMax
    guard report != nil || isLate else { return }
    // Functions that were registered are held to what they declare.
    if isLate, watch?.isUnderWay != true, isolate.isUnreported(entered) {
      let milliseconds = (now - entered) / 1_000_000
      add("NJ-D03 a function of the host has held its thread for \(milliseconds) ms")
    }
    let needsThread = state.withLock { state in
      guard state.running.contains(where: { $0 === isolate }),
        !isolate.isHeld.exchange(true, ordering: .relaxed)
      else { return false }
      state.heldCount += 1
      return state.heldCount <= Self.heldCountMax
        && state.threadCount - state.heldCount < threadCount
    }
    if needsThread { startThread() }
  }

  private func add(_ report: String) {
    found.withLock { if $0.count < Self.reportCountMax { $0.append(report) } }
  }
}
