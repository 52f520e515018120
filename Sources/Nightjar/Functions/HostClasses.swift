// What a host says of a function when it registers it: where it runs, and what a cancellation means for it. The
// scheduler keeps to that, and the watchdog holds the host to it.
//
// ORDER: docs/book/embedding.md, "Classes of functions", has the same table for people.

/// What a cancellation does to an operation of the host that is under way.
public enum HostCancellation: Sendable {
  /// It ends with a result, or without an effect: the script gets the one or is cancelled, never both.
  case atomic
  /// The script goes on at once, and is told that the operation may have happened; what still comes of it is
  /// dropped.
  case bestEffort
  /// It cannot be stopped. The script waits for it as long as the grace, and goes on without it then.
  case never
}

/// Functions that run on the machine's thread and return at once; see `Machine.register`.
public struct SyncFunction: Sendable {
  let max: Duration
  let fuel: Int

  /// Functions that take at most so long.
  ///
  /// A watchdog reports calls that take twice as long.
  ///
  /// - Parameters:
  ///   - max: The longest call.
  ///   - fuel: What a call costs the script beyond the instructions.
  /// - Returns: the class.
  public static func sync(max: Duration = .milliseconds(10), fuel: Int = 0) -> SyncFunction {
    SyncFunction(max: max, fuel: fuel)
  }
}

/// Functions that await; see `Machine.register`.
public struct AsyncFunction: Sendable {
  /// The closure begins on the machine's thread and goes on in Swift's pool; the script's task is parked.
  public static let async = AsyncFunction()
}

/// Functions that hold a thread; see `Machine.register`.
public struct BlockingFunction: Sendable {
  let pool: BlockingPool

  /// The closure runs on a thread of a pool; the script's task is parked.
  public static func blocking(pool: BlockingPool = .shared) -> BlockingFunction {
    BlockingFunction(pool: pool)
  }

  /// The closure runs on a thread of the pool that all share; the script's task is parked.
  public static var blocking: BlockingFunction { .blocking() }
}

/// How many calls of a function there may be, and how long the script waits for one that is cancelled.
public struct HostCallLimits: Sendable {
  /// How long a cancelled call may take to end; the scope's grace, if that is shorter.
  public var grace: Duration?
  /// How many calls run at once; more wait for their turn.
  public var concurrent: Int
  /// How many calls that nobody waits for may be running before new ones are refused.
  public var orphans: Int

  /// Bounds of a function.
  public init(grace: Duration? = nil, concurrent: Int = .max, orphans: Int = 16) {
    self.grace = grace
    self.concurrent = max(concurrent, 1)
    self.orphans = max(orphans, 1)
  }
}

/// An operation of the host that goes on although no script waits for it any more.
public struct HostOrphan: Sendable, Equatable {
  /// The function's name.
  public let function: String
  /// The task that had called it, as trees name it.
  public let task: Int
  /// How long ago it began.
  public let age: Duration
}

/// How the operations of a machine stand.
public struct HostCallStatus: Sendable, Equatable {
  /// Operations that scripts wait for.
  public var pending = 0
  /// Operations that wait for their turn, as their function runs often enough.
  public var queued = 0
  /// Operations that nobody waits for any more, oldest first.
  public var orphans: [HostOrphan] = []
  /// Results that came when nobody waited.
  public var orphanedResults = 0

  /// Nothing is under way.
  public init() {}
}
