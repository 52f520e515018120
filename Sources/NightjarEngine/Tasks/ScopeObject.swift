// A scope: the tasks that must have ended before its body's caller goes on, with their deadline and the
// state of their cancellation.
//
//   open ──cancel, deadline, failure──► cancelling(reason, t0, hard) ──children gone──► closed
//
// A scope is opened by a task, its owner, and is innermost of it until it is left. The scopes of one task
// form a chain by `parent` that ends in the task's home; so everything below a scope is found from its
// children and their chains, and no list of inner scopes is kept.

/// A scope in the heap.
struct ScopeObject {
  var header: ObjectHeader
  var metatable: TableRef?
  /// The scope around it.
  var parent: ScopeRef?
  /// The task whose body opened it; nil for the root.
  var owner: TaskRef?
  /// Its children, oldest first.
  var first: TaskRef?
  var last: TaskRef?
  /// The `Cancelled` that the tasks in it are given, made when first raised.
  var cancelled: TableRef?
  /// What failed in it, in order: a table of entries.
  var failures: TableRef?
  /// Name, history of requests and deferred functions, for the scopes that have some.
  var extras: TableRef?
  /// Why it is being cancelled, as whoever asked for it said; of a retired scope its name.
  var reason: Value = .nil
  /// The fiber on which its boundary stands, and the number of that frame.
  var fiber: FiberRef?
  var frame: Int32 = 0
  /// Its place in the timer heap; -1 for none.
  var timer: Int32 = -1
  /// What the body returned stands on the stack, so many values, until the children are gone.
  var resultCount: Int32 = 0
  /// Children that are alive, and how many of them are daemons.
  var liveCount: Int32 = 0
  var daemonCount: Int32 = 0
  var taskCountMax: Int32 = .max
  /// Who asked for the cancellation: a task's number, 0 for none.
  var source: UInt32 = 0
  /// Where it was opened: an index of the kernel's sites.
  var site: UInt32 = 0
  /// When it expires, in nanoseconds; `.max` never.
  var deadline: UInt64 = .max
  /// When it ceases to be a shield.
  var shieldEnd: UInt64 = .max
  /// How long its deadline was when it was set.
  var duration: UInt64 = 0
  var grace: UInt64
  /// When the cancellation began, and when cleaning up must have ended; of meaning while effective.
  var began: UInt64 = 0
  var hard: UInt64 = .max
  var state = State.open
  var cause = Cause.none
  /// What the owner's stage was outside.
  var outerStage: UInt8 = 0
  var flags: Flags = []

  enum State: UInt8 {
    case open
    case cancelling
    case closed
  }

  /// What began a cancellation.
  enum Cause: UInt8 {
    case none
    case request
    case deadline
    case siblingFailed
    case bodyFailed
    case deadlock
    case host
    /// The work that a daemon served is done.
    case finished
  }

  /// Facts about a scope.
  struct Flags: OptionSet {
    var rawValue: UInt16
    /// Tasks in it are cancelled, by itself or by a scope around it.
    static var effective: Flags { Flags(rawValue: 1) }
    /// Cancellations from outside do not reach in.
    static var shield: Flags { Flags(rawValue: 2) }
    /// Failures of children are kept for whoever joins them.
    static var collects: Flags { Flags(rawValue: 4) }
    /// Made for the cancellation of a single task.
    static var implicit: Flags { Flags(rawValue: 8) }
    /// Somebody was cut off by its own cancellation.
    static var caught: Flags { Flags(rawValue: 16) }
    /// The grace has ended, and what is left is dropped next.
    static var isLast: Flags { Flags(rawValue: 32) }
    /// The body has ended.
    static var bodyEnded: Flags { Flags(rawValue: 64) }
    /// Made for cleanup: shields until the grace around it ends.
    static var cleanup: Flags { Flags(rawValue: 128) }
    /// Its deadline is an answer (`task.timeout`), not an error.
    static var answersTimeout: Flags { Flags(rawValue: 256) }
    /// The end of its grace is its own, and not that of a scope around it.
    static var ownsHard: Flags { Flags(rawValue: 512) }
    /// Its daemons were told that their service is over.
    static var daemonsTold: Flags { Flags(rawValue: 2048) }
    /// Some of the children were given a priority of their own.
    static var hasOtherPriorities: Flags { Flags(rawValue: 4096) }
    /// It was closed, and only knows its name any more.
    static var retired: Flags { Flags(rawValue: 8192) }
    /// It was told that cleanup in it is slow.
    static var slowTold: Flags { Flags(rawValue: 16384) }
    /// A child was cut off by a cancellation of a scope around this one.
    static var cutFromOutside: Flags { Flags(rawValue: 1024) }
  }
}

typealias ScopeRef = UnsafeMutablePointer<ScopeObject>

extension UnsafeMutablePointer where Pointee == ScopeObject {
  @inline(__always) var isEffective: Bool { pointee.flags.contains(.effective) }

  /// Enters a task at the end of the children.
  func append(_ task: TaskRef) {
    task.pointee.previous = pointee.last
    task.pointee.next = nil
    if let last = pointee.last { last.pointee.next = task } else { pointee.first = task }
    pointee.last = task
    pointee.liveCount += 1
    pointee.flags.remove(.daemonsTold)
  }

  func remove(_ task: TaskRef) {
    let (next, previous) = (task.pointee.next, task.pointee.previous)
    if let previous { previous.pointee.next = next } else { pointee.first = next }
    if let next { next.pointee.previous = previous } else { pointee.last = previous }
    task.pointee.next = nil
    task.pointee.previous = nil
    pointee.liveCount -= 1
    if task.pointee.flags.contains(.daemon) { pointee.daemonCount -= 1 }
  }
}
