// What a watchdog sees of a machine's calls of functions that must return at once. The machine's thread writes four
// numbers before such a call and one behind it; names stand in a list that grows when a place calls for the
// first time.

import NightjarBase
import NightjarEngine
import NightjarSystem
import Synchronization

/// The function of the host that holds a machine's thread.
///
/// INVARIANT: `begin` and `end` are called by the machine's thread, `overdue` by any.
final class CallWatch: Sendable {
  private let started = Atomic<UInt64>(0)
  private let function = Atomic<Int>(0)
  private let task = Atomic<UInt32>(0)
  private let site = Atomic<UInt32>(0)
  private let reported = Atomic<UInt64>(0)

  private struct Names {
    var functions: [(name: String, max: UInt64)] = []
    var places: [UInt32: String] = [:]
  }

  private let names = Mutex(Names())

  /// The number of a function that takes at most so long.
  func function(_ name: String, _ max: Duration) -> Int {
    names.withLock { names in
      names.functions.append((name, max.wholeNanoseconds))
      return names.functions.count - 1
    }
  }

  /// A call begins.
  func begin(_ function: Int, _ call: _Invocation) {
    let site = call.site
    if site != self.site.load(ordering: .relaxed) { learn(site, call) }
    self.function.store(function, ordering: .relaxed)
    self.site.store(site, ordering: .relaxed)
    task.store(call.taskID, ordering: .relaxed)
    started.store(SystemTime().monotonicNanoseconds(), ordering: .releasing)
  }

  /// It has returned.
  func end() { started.store(0, ordering: .releasing) }

  @inline(never)
  private func learn(_ site: UInt32, _ call: _Invocation) {
    names.withLock { names in
      if names.places[site] == nil { names.places[site] = call.place(ofSite: site) }
    }
  }

  /// Whether a call is under way.
  var isUnderWay: Bool { started.load(ordering: .relaxed) != 0 }

  /// A report, once for each call, if the one under way takes twice as long as it may.
  func overdue(now: UInt64) -> String? {
    let start = started.load(ordering: .acquiring)
    guard start != 0, now > start, start != reported.load(ordering: .relaxed) else { return nil }
    let number = function.load(ordering: .relaxed)
    let (task, site) = (task.load(ordering: .relaxed), site.load(ordering: .relaxed))
    // The call may have ended meanwhile, and what was read be another's.
    guard started.load(ordering: .acquiring) == start else { return nil }
    let (function, place) = names.withLock { names in
      (names.functions[number], names.places[site] ?? "?")
    }
    let passed = now - start
    guard passed >= 2 * function.max else { return nil }
    reported.store(start, ordering: .relaxed)
    let max = Duration.nanoseconds(Int64(clamping: function.max))
    return "NJ-D03 '\(function.name)' holds its thread for \(passed / 1_000_000) ms, "
      + "\(max) are declared: called by task #\(task) at \(place)"
  }
}
