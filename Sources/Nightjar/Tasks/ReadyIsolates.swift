// Whose turn it is among the isolates that have something to do: a deficit round robin on weight, in the form in which
// nobody waits for rounds. What an isolate has had is kept as nanoseconds divided by its weight, and whoever has had
// least goes next: of two that are always ready, one of weight 3 has three turns for each of one of weight 1, spread
// among the other's and not in a row, and a turn that took too much is paid back before the next.
//
//   had, of each:   V ─────── A ── B ──────────── C ──►     V: what the one that went last had by then
//                   └ who wakes up begins here: behind nobody who has had more, and with nothing saved up
//
// SOURCE: Goyal, Vin and Cheng, "Start-time Fair Queueing", 1996.

import NightjarBase

/// The isolates of a runtime that are ready.
///
/// INVARIANT: an isolate is in it once at most, and its `had` does not change while it is.
struct ReadyIsolates {
  private var queue = TimerHeap<LiveIsolate>()
  /// What the one that went last had by then.
  private var mark: UInt64 = 0

  /// What is forgiven of a long turn when an isolate has nothing more to do: it may have been the system's doing.
  private static let restNanosecondsMax: UInt64 = 1_000_000
  /// The most that is remembered of a turn, and of what an isolate that had something to do all the time was kept from:
  /// the system may have held its thread while others ran on another one.
  private static let turnNanosecondsMax: UInt64 = 100_000_000

  var isEmpty: Bool { queue.count == 0 }

  /// An isolate is ready: it wakes up, or stays so after a turn.
  mutating func add(_ isolate: LiveIsolate, wakesUp: Bool) {
    isolate.had = max(isolate.had, wakesUp ? mark : mark - min(mark, Self.turnNanosecondsMax))
    queue.add(isolate.had, isolate)
  }

  /// The one whose turn it is; of several those that came first.
  mutating func take() -> LiveIsolate? {
    guard let isolate = queue.takeFirst(until: .max) else { return nil }
    mark = max(mark, isolate.had)
    return isolate
  }

  /// An isolate has had a turn.
  func charge(_ isolate: LiveIsolate, nanoseconds: UInt64, staysReady: Bool) {
    let cost = min(nanoseconds, Self.turnNanosecondsMax) / UInt64(isolate.weight)
    isolate.had += max(cost, 1)
    if !staysReady { isolate.had = min(isolate.had, mark + Self.restNanosecondsMax) }
  }
}
