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

/// Who takes turns.
package protocol TurnTaker: AnyObject {
  /// Its share of the time beside others that are ready.
  var weight: Int { get }
  /// Nanoseconds that it has had, for its weight; the queue's.
  var had: UInt64 { get set }
}

/// Those that are ready, such as the isolates of a runtime.
///
/// INVARIANT: a member is in it once at most, and its `had` does not change while it is.
package struct FairQueue<Member: TurnTaker> {
  private var queue = TimerHeap<Member>()
  /// What the one that went last had by then.
  private var mark: UInt64 = 0

  /// What is forgiven of a long turn when a member has nothing more to do: it may have been the system's doing.
  private static var restNanosecondsMax: UInt64 { 1_000_000 }
  /// The most that is remembered of a turn, and of what an isolate that had something to do all the time was kept from:
  /// the system may have held its thread while others ran on another one.
  private static var turnNanosecondsMax: UInt64 { 100_000_000 }

  package init() {}

  package var isEmpty: Bool { queue.count == 0 }

  /// A member is ready: it wakes up, or stays so after a turn.
  package mutating func add(_ member: Member, wakesUp: Bool) {
    member.had = max(member.had, wakesUp ? mark : mark - min(mark, Self.turnNanosecondsMax))
    queue.add(member.had, member)
  }

  /// The one whose turn it is; of several those that came first.
  package mutating func take() -> Member? {
    guard let member = queue.takeFirst(until: .max) else { return nil }
    mark = max(mark, member.had)
    return member
  }

  /// A member has had a turn.
  package func charge(_ member: Member, nanoseconds: UInt64, staysReady: Bool) {
    let cost = min(nanoseconds, Self.turnNanosecondsMax) / UInt64(member.weight)
    member.had += max(cost, 1)
    if !staysReady { member.had = min(member.had, mark + Self.restNanosecondsMax) }
  }
}
