// How a live runtime runs isolates: threads that take whichever is ready, one at a time and a millisecond each; a
// thread for timers; a thread that watches. An isolate is on no thread when it has nothing to do, so that none
// can hold up another for longer than there are threads: for one that a function of the host holds while others
// wait, the watchdog starts another.
//
//   post ──► mailbox, ready ──► thread: jobs → a step of the tasks ──► ready again, or an alarm
//                  ▲                └ its calls of the host ──► watchdog: report, another thread
//                alarms: of the threads that are idle one waits until the next; the timers' thread when all are busy
//
// Whose turn it is says what each has had for its weight: FairQueue.swift.

import NightjarBase
import NightjarSystem
import Synchronization

/// What the threads of a live runtime share.
final class RuntimeCore: Sendable {
  fileprivate struct State {
    var ready = FairQueue<LiveIsolate>()
    var running: [LiveIsolate] = []
    var all: [Int: LiveIsolate] = [:]
    /// When isolates are to run again.
    var alarms = TimerHeap<LiveIsolate>()
    /// What is to be done at some time: it must not wait.
    var actions = TimerHeap<@Sendable () -> Void>()
    var idle: [Signal] = []
    /// Who of the idle minds the alarms, and until when he waits.
    var timekeeper: (signal: Signal, end: UInt64)?
    /// Until when the timers' thread waits.
    var alarmEnd: UInt64 = 0
    /// Threads there are, and those that a function of the host holds.
    var threadCount = 0
    var heldCount = 0
    var lastNumber = 0
    /// How often an isolate ran.
    var turnCount: UInt64 = 0
    var watchdogSleeps = false
    var isOver = false
  }

  private let state = Mutex(State())
  private let alarmSignal = Signal()
  private let watchSignal = Signal()
  private let found = Mutex<[String]>([])
  private let threadCount: Int

  /// The threads of all runtimes: nothing may wait for an isolate on one.
  private static let threads = Mutex<Set<UInt>>([])
  /// How many threads may be held at once before nobody takes their place.
  private static let heldCountMax = 64
  private static let reportCountMax = 10_000
  /// How long a step may take beyond its budget, and what of the host's says nothing of its time.
  private static let stepNanosecondsMax: UInt64 = 20_000_000
  /// How long a function of the host may hold a thread for which others wait.
  private static let heldNanosecondsMax: UInt64 = 1_000_000
  private static let watchNanoseconds: UInt64 = 1_000_000
  /// How many looks without a turn before the watchdog sleeps until there is one.
  private static let idleLookCountMax = 100
  /// How long a turn may take while others wait.
  private static let turnNanosecondsMax: UInt64 = 2_000_000
  /// How late an alarm is before the timers' thread takes it, as no thread was idle.
  private static let alarmNanoseconds: UInt64 = 300_000

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
    watchSignal.raise()
    for isolate in isolates { isolate.kill("the runtime has ended") }
  }

  var reports: [String] { found.withLock { $0 } }

  /// Whether the calling thread runs isolates.
  static var isOwnThread: Bool { threads.withLock { $0.contains(SystemThread.current) } }

  // MARK: Isolates

  func add(_ limits: TaskLimits, weight: Int) -> LiveIsolate {
    state.withLock { state in
      state.lastNumber += 1
      let isolate = LiveIsolate(state.lastNumber, self, limits, weight: weight)
      state.all[state.lastNumber] = isolate
      return isolate
    }
  }

  /// An isolate has something to do.
  func enqueue(_ isolate: LiveIsolate, wakesUp: Bool) {
    let signal = state.withLock { state in
      state.ready.add(isolate, wakesUp: wakesUp)
      return state.takeIdle()
    }
    signal?.raise()
  }

  /// Lets an isolate run at a time of the steady clock; called by the thread that ran it, before its next turn.
  private func alarm(_ isolate: LiveIsolate, at time: UInt64) {
    let isEarlier = state.withLock { state in
      // Another thread may have ended it meanwhile.
      if state.all[isolate.number] == nil { return false }
      state.alarms.add(time, isolate)
      return time &+ Self.alarmNanoseconds < state.alarmEnd
    }
    if isEarlier { alarmSignal.raise() }
  }

  /// Does something after a while, on the thread of the timers: it must not wait.
  func after(_ nanoseconds: UInt64, _ action: @escaping @Sendable () -> Void) {
    let (time, overflows) = SystemTime().monotonicNanoseconds()
      .addingReportingOverflow(nanoseconds)
    if overflows { return }
    let isEarlier = state.withLock { state in
      state.actions.add(time, action)
      return time < state.alarmEnd
    }
    if isEarlier { alarmSignal.raise() }
  }

  private func remove(_ isolate: LiveIsolate) {
    state.withLock { state in
      state.all[isolate.number] = nil
      state.alarms.removeAll { $0 === isolate }
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
    case wait(nanoseconds: UInt64?)
    case end
  }

  /// A thread's life.
  private func work() {
    let signal = Signal()
    let thread = SystemThread.current
    Self.threads.withLock { _ = $0.insert(thread) }
    defer { Self.threads.withLock { _ = $0.remove(thread) } }
    while true {
      queueDue()
      switch turn(signal) {
      case .run(let isolate): run(isolate)
      case .wait(let nanoseconds): signal.wait(nanoseconds: nanoseconds)
      case .end: return
      }
    }
  }

  /// Puts isolates whose time has come among those that are ready.
  private func queueDue() {
    let now = SystemTime().monotonicNanoseconds()
    let due = state.withLock { $0.takeDue(now) }
    if due.isEmpty { return }
    let ready = due.filter { $0.becomesReady() }
    // The thread that asks takes the first.
    let signals = state.withLock { state in
      for isolate in ready { state.ready.add(isolate, wakesUp: true) }
      return ready.dropFirst().compactMap { _ in state.takeIdle() }
    }
    for signal in signals { signal.raise() }
  }

  private func turn(_ signal: Signal) -> Turn {
    let (turn, other) = state.withLock { state -> (Turn, Signal?) in
      state.idle.removeAll { $0 === signal }
      if state.timekeeper?.signal === signal { state.timekeeper = nil }
      // Who took the place of a thread that was held goes when that one is back.
      let isSurplus = state.threadCount - state.heldCount > threadCount
      // At the end every isolate comes by once more, as it was killed; what still runs has its thread.
      let isDone = state.isOver && state.running.count == state.all.count
      if isSurplus || isDone {
        state.threadCount -= 1
        return (.end, state.takeIdle())
      }
      guard let isolate = state.ready.take() else {
        state.idle.append(signal)
        guard let first = state.alarms.first, first < state.timekeeper?.end ?? .max else {
          return (.wait(nanoseconds: nil), nil)
        }
        state.timekeeper = (signal, first)
        let now = SystemTime().monotonicNanoseconds()
        return (.wait(nanoseconds: first > now ? first - now : 0), nil)
      }
      state.running.append(isolate)
      state.turnCount &+= 1
      if state.watchdogSleeps {
        state.watchdogSleeps = false
        return (.run(isolate), watchSignal)
      }
      // Who minds the alarms is told of an earlier one, as this thread has something else to do.
      let isEarlier = (state.alarms.first ?? .max) < (state.timekeeper?.end ?? 0)
      return (.run(isolate), isEarlier ? state.timekeeper?.signal : nil)
    }
    other?.raise()
    return turn
  }

  private func run(_ isolate: LiveIsolate) {
    let (outcome, nanoseconds) = isolate.run()
    state.withLock { state in
      state.running.removeAll { $0 === isolate }
      if isolate.isHeld.exchange(false, ordering: .relaxed) { state.heldCount -= 1 }
      isolate.isWedged.store(false, ordering: .relaxed)
      let staysReady = if case .busy = outcome { true } else { false }
      state.ready.charge(isolate, nanoseconds: nanoseconds, staysReady: staysReady)
    }
    // From here on another thread may have it.
    switch isolate.release(after: outcome) {
    case .ready(let wakesUp): enqueue(isolate, wakesUp: wakesUp)
    case .idle(let time?): alarm(isolate, at: time)
    case .idle(nil): break
    case .ended: remove(isolate)
    }
  }

  /// The life of the timers' thread: actions, and alarms for which no thread is idle.
  private func ring() {
    while true {
      let now = SystemTime().monotonicNanoseconds()
      let (due, actions, next, isOver) = state.withLock { state in
        var actions: [@Sendable () -> Void] = []
        while let action = state.actions.takeFirst(until: now) { actions.append(action) }
        let due = state.takeDue(now - min(now, Self.alarmNanoseconds))
        let alarm = state.alarms.first.map { $0 &+ Self.alarmNanoseconds }
        let next = min(alarm ?? .max, state.actions.first ?? .max)
        state.alarmEnd = due.isEmpty && actions.isEmpty ? next : 0
        return (due, actions, next, state.isOver)
      }
      if isOver { return }
      for isolate in due { isolate.wake() }
      for action in actions { action() }
      if due.isEmpty && actions.isEmpty {
        alarmSignal.wait(nanoseconds: next == .max ? nil : next > now ? next - now : 0)
      }
    }
  }

  // MARK: Watching

  /// The life of the watchdog's thread.
  private func watch() {
    var (turnCount, idleLookCount): (UInt64, Int) = (0, 0)
    var last = SystemTime().monotonicNanoseconds()
    while true {
      watchSignal.wait(
        nanoseconds: idleLookCount < Self.idleLookCountMax ? Self.watchNanoseconds : nil
      )
      let now = SystemTime().monotonicNanoseconds()
      let (running, othersWait, isOver) = state.withLock { state in
        let isIdle = state.running.isEmpty && state.turnCount == turnCount
        idleLookCount = isIdle ? idleLookCount + 1 : 0
        state.watchdogSleeps = idleLookCount >= Self.idleLookCountMax
        turnCount = state.turnCount
        let othersWait = !state.ready.isEmpty || state.alarms.first.map { $0 <= now } ?? false
        // A copy of its own: the list is changed in place again as soon as nobody else holds it, which the thread
        // sanitizer cannot see.
        return (state.running.map { $0 }, othersWait, state.isOver)
      }
      if isOver { return }
      for isolate in running { look(at: isolate, now, since: last, othersWait) }
      last = now
    }
  }

  private func look(
    at isolate: LiveIsolate,
    _ now: UInt64,
    since last: UInt64,
    _ othersWait: Bool
  ) {
    let entered = isolate.entered.load(ordering: .relaxed)
    guard entered != 0, now > entered else { return }
    let call = isolate.watch?.look(now: now) ?? CallWatch.Look()
    if call.isUnderWay {
      // What was seen once may have lasted a moment.
      let passed = min(now - max(entered, min(last, now)), Self.watchNanoseconds)
      isolate.noteHostTime(passed, atLeast: call.heldNanoseconds)
    }
    // What functions of the host take is not counted in fuel.
    if othersWait && now - entered > Self.turnNanosecondsMax { isolate.watch?.endTurn() }
    // Functions that were registered are held to what they declare.
    let isLong = !call.isDeclared && call.heldNanoseconds > Self.stepNanosecondsMax
    if isLong, isolate.isUnreported(entered) {
      let milliseconds = call.heldNanoseconds / 1_000_000
      add("NJ-D03 a function of the host has held its thread for \(milliseconds) ms")
    }
    if isLong || call.isReported { isolate.isWedged.store(true, ordering: .relaxed) }
    let isHeld =
      call.heldNanoseconds >= Self.heldNanosecondsMax || now - entered > Self.stepNanosecondsMax
    guard isHeld && othersWait else { return }
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

  /// Notes a report.
  func add(_ report: String) {
    found.withLock { if $0.count < Self.reportCountMax { $0.append(report) } }
  }
}

extension RuntimeCore.State {
  /// A thread that waits, which does not any more; whoever minds the alarms last.
  fileprivate mutating func takeIdle() -> Signal? {
    if let index = idle.lastIndex(where: { $0 !== timekeeper?.signal }) {
      return idle.remove(at: index)
    }
    timekeeper = nil
    return idle.popLast()
  }

  fileprivate mutating func takeDue(_ now: UInt64) -> [LiveIsolate] {
    var due: [LiveIsolate] = []
    while let isolate = alarms.takeFirst(until: now) { due.append(isolate) }
    return due
  }
}
