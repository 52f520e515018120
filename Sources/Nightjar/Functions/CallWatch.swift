// What a watchdog sees of a machine's calls of functions of the host. The machine's thread writes a few numbers before
// such a call and behind it, and reads no clock: each call has a number of its own, and who looks again and again
// knows since when he has seen it. Names stand in a list that grows when a place calls for the first time.

import NightjarBase
import NightjarEngine
import NightjarSystem
import Synchronization

/// The function of the host that holds a machine's thread.
///
/// INVARIANT: calls begin and end on the machine's thread; one thread looks.
/// ORDER: what describes a call is written behind the end of the one before and before its own number.
final class CallWatch: Sendable {
  /// A call that another one interrupts.
  struct Outer {
    fileprivate var serial: UInt64
    fileprivate var function: Int
    fileprivate var task: UInt32
    fileprivate var site: UInt32
  }

  /// What was seen.
  struct Look {
    /// Whether a call is under way.
    var isUnderWay = false
    /// How long the call under way has held its thread at least; 0 when there is none.
    var heldNanoseconds: UInt64 = 0
    /// Whether it says how long it takes.
    var isDeclared = false
    /// Whether something was found wrong with it, which is reported once.
    var isReported = false
  }

  /// The number of the call under way; 0 when there is none.
  private let serial = Atomic<UInt64>(0)
  private let lastSerial = Atomic<UInt64>(0)
  private let function = Atomic<Int>(undeclared)
  private let task = Atomic<UInt32>(0)
  private let site = Atomic<UInt32>(0)
  private static let undeclared = -1
  /// Whether somebody looks.
  private let isWatched = Atomic(false)
  /// Whether the time of the turn is over in which the machine runs.
  private let timeIsUp = Atomic(false)

  private struct Names {
    var functions: [(name: String, max: UInt64)] = []
    var places: [UInt32: String] = [:]
    var reports: [String] = []
    /// Who else is told.
    var listener: (@Sendable (String) -> Void)?
  }

  private struct Seen {
    var serial: UInt64 = 0
    var since: UInt64 = 0
    var isReported = false
  }

  private let names = Mutex(Names())
  private let seen = Mutex(Seen())
  private static let reportCountMax = 1_000

  /// The number of a function that takes at most so long.
  func function(_ name: String, _ max: Duration) -> Int {
    names.withLock { names in
      names.functions.append((name, max.wholeNanoseconds))
      return names.functions.count - 1
    }
  }

  // MARK: On the machine's thread

  /// A call of a function begins that says how long it takes.
  func begin(_ function: Int, _ call: _Invocation) -> Outer {
    let site = call.site
    if site != self.site.load(ordering: .relaxed) { learn(site, call) }
    if !isWatched.load(ordering: .relaxed) { Watchdog.shared.add(self) }
    let outer = enter(function)
    self.site.store(site, ordering: .releasing)
    task.store(call.taskID, ordering: .releasing)
    begin()
    return outer
  }

  /// Something of the host's begins that does not say how long it takes.
  func enter() -> Outer {
    let outer = enter(Self.undeclared)
    begin()
    return outer
  }

  private func enter(_ number: Int) -> Outer {
    let outer = Outer(
      serial: serial.load(ordering: .relaxed),
      function: function.load(ordering: .relaxed),
      task: task.load(ordering: .relaxed),
      site: site.load(ordering: .relaxed)
    )
    if outer.serial != 0 { serial.store(0, ordering: .releasing) }
    function.store(number, ordering: .releasing)
    return outer
  }

  private func begin() {
    let number = lastSerial.load(ordering: .relaxed) &+ 1
    lastSerial.store(number, ordering: .relaxed)
    serial.store(number, ordering: .releasing)
  }

  /// A turn begins.
  func beginTurn() { timeIsUp.store(false, ordering: .relaxed) }

  /// Whether others are to have their turn.
  var isTimeUp: Bool { timeIsUp.load(ordering: .relaxed) }

  /// It has returned.
  func end(_ outer: Outer) {
    serial.store(0, ordering: .releasing)
    guard outer.serial != 0 else { return }
    function.store(outer.function, ordering: .releasing)
    task.store(outer.task, ordering: .releasing)
    site.store(outer.site, ordering: .releasing)
    serial.store(outer.serial, ordering: .releasing)
  }

  @inline(never)
  private func learn(_ site: UInt32, _ call: _Invocation) {
    names.withLock { names in
      if names.places[site] == nil { names.places[site] = call.place(ofSite: site) }
    }
  }

  // MARK: On the watchdog's

  /// Somebody looks from now on.
  ///
  /// - Returns: whether nobody did.
  func beginWatching() -> Bool { !isWatched.exchange(true, ordering: .relaxed) }

  func endWatching() { isWatched.store(false, ordering: .relaxed) }

  /// The time of the turn is over.
  func endTurn() { timeIsUp.store(true, ordering: .relaxed) }

  /// How many calls there were.
  var callCount: UInt64 { lastSerial.load(ordering: .relaxed) }

  /// Looks at the call under way.
  func look(now: UInt64) -> Look {
    let number = serial.load(ordering: .acquiring)
    guard number != 0 else { return Look() }
    let underWay = Look(isUnderWay: true)
    let (passed, isReported) = seen.withLock { seen in
      if seen.serial != number { seen = Seen(serial: number, since: now) }
      return (now &- seen.since, seen.isReported)
    }
    let function = function.load(ordering: .acquiring)
    let (task, site) = (task.load(ordering: .acquiring), site.load(ordering: .acquiring))
    // The call may have ended meanwhile, and what was read be another's.
    guard serial.load(ordering: .acquiring) == number else { return underWay }
    var look = underWay
    look.heldNanoseconds = passed
    look.isDeclared = function != Self.undeclared
    guard look.isDeclared && !isReported else { return look }
    let (name, max, place) = names.withLock { names in
      let (name, max) = names.functions[function]
      return (name, max, names.places[site])
    }
    guard passed >= 2 * max, passed > 0 else { return look }
    seen.withLock { $0.isReported = true }
    let declared = Duration.nanoseconds(Int64(clamping: max))
    let report =
      "NJ-D03 '\(name)' holds its thread for \(passed / 1_000_000) ms, "
      + "\(declared) are declared" + (place.map { ": called by task #\(task) at \($0)" } ?? "")
    look.isReported = true
    add(report)
    return look
  }

  // MARK: Reports

  /// Something is wrong, by its code and as a sentence; from any thread.
  func add(_ code: String, _ text: String) { add("\(code) \(text)") }

  /// Something is wrong, as a sentence with its code; from any thread.
  func add(_ report: String) {
    let listener = names.withLock { names in
      if names.reports.count < Self.reportCountMax { names.reports.append(report) }
      return names.listener
    }
    listener?(report)
  }

  /// Reports go to a runtime as well.
  func tells(_ listener: @escaping @Sendable (String) -> Void) {
    names.withLock { $0.listener = listener }
  }

  /// What was reported.
  ///
  /// A copy of its own, as in `RuntimeCore.watch`.
  var reports: [String] { names.withLock { $0.reports.map { $0 } } }
}

/// Looks at machines that no runtime has, from a thread that is there while such machines call functions of the
/// host that say how long they take.
final class Watchdog: Sendable {
  static let shared = Watchdog()

  private struct Watched {
    let watch: CallWatch
    var callCount: UInt64
    /// Looks since there was a call.
    var idleCount = 0
  }

  private let watched = Mutex<[Watched]>([])
  private static let nanoseconds: UInt64 = 5_000_000
  /// Who has called nothing for so many looks is no longer watched, but looked at a few times more, as a call may
  /// have begun meanwhile.
  private static let idleCountMax = 200
  private static let idleCountLast = 220

  /// A machine calls a function, and nobody looks.
  @inline(never)
  func add(_ watch: CallWatch) {
    guard watch.beginWatching() else { return }
    let isFirst = watched.withLock { watched in
      if watched.contains(where: { $0.watch === watch }) { return false }
      watched.append(Watched(watch: watch, callCount: watch.callCount))
      return watched.count == 1
    }
    if isFirst, !SystemThread.start({ self.run() }) {
      watched.withLock { $0 = [] }
      watch.endWatching()
    }
  }

  private func run() {
    while true {
      _ = Pause.wait(nanoseconds: Self.nanoseconds) { false }
      let now = SystemTime().monotonicNanoseconds()
      let isOver = watched.withLock { watched in
        for index in watched.indices { look(at: &watched[index], now) }
        watched.removeAll { $0.idleCount >= Self.idleCountLast }
        return watched.isEmpty
      }
      if isOver { return }
    }
  }

  private func look(at watched: inout Watched, _ now: UInt64) {
    let isUnderWay = watched.watch.look(now: now).heldNanoseconds > 0
    let count = watched.watch.callCount
    if isUnderWay || count != watched.callCount {
      watched.callCount = count
      watched.idleCount = 0
      _ = watched.watch.beginWatching()
      return
    }
    watched.idleCount += 1
    if watched.idleCount == Self.idleCountMax { watched.watch.endWatching() }
  }
}
