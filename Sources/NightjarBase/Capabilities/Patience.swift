// How long a script may keep its thread waiting. The engine looks at fuel, deadlines and kills between
// instructions; a system call that waits for bytes, a peer or a process would hold the thread past all
// of them. So whatever can wait asks here first and then again and again, and ends when the call of the
// script is to end.
//
// What waits gets a refusal, which a script could catch; that is why giving up also takes the machine's
// fuel away: the engine stops at its next safepoint and finds out why.

/// What the system calls of one machine ask before they wait.
package final class Patience {
  /// Nanoseconds that a wait may take from now on; 0 ends it, `.max` has no bound.
  ///
  /// nil where nobody watches: calls then wait as long as the system lets them.
  package var left: (() -> UInt64)?
  /// Called when a wait is given up.
  package var giveUp: (() -> Void)?
  /// Whether a wait was given up; whoever began the call sets it back.
  package var isOver = false

  /// How often a wait asks again: the most by which it outlasts a kill.
  private static let period: UInt64 = 20_000_000

  package init() {}

  /// Whether waits may have to end before what they wait for.
  package var isWatched: Bool { left != nil }

  /// How long a system call may wait before it asks again, in nanoseconds; `.max` for ever.
  ///
  /// - Throws: `waitEnded` when the call of the script is to end.
  package func slice() throws(SystemError) -> UInt64 {
    guard let left else { return .max }
    let nanoseconds = left()
    if nanoseconds > 0 { return min(nanoseconds, Self.period) }
    isOver = true
    giveUp?()
    throw .waitEnded
  }
}

extension SystemError {
  /// The call of the script was to end while it waited for the system.
  package static let waitEnded = SystemError(
    code: interrupted.code,
    message: "the call was ended while it waited",
    isRefusal: true
  )
}
