// Where tasks get their time and their order from. Scripts never choose: the same program runs on all of
// them.

internal import NightjarBase
internal import NightjarEngine
internal import NightjarRuntime
internal import NightjarSystem

/// A way to run the tasks of a machine.
public protocol TaskRuntime: Sendable {
  /// What the runtime is made of.
  var _kind: _RuntimeKind { get }
}

/// What a runtime is made of; public only because a protocol needs it.
public struct _RuntimeKind: Sendable {
  enum Kind {
    case simulated(seed: UInt64, isRandom: Bool, faults: SimFaults)
    case manual
    case live
  }

  let kind: Kind
}

/// Tasks on a virtual clock, in an order that comes again with the same seed.
///
///     let tasks = try machine.openTasks(SimRuntime(seed: 42))
///     let page: String = try tasks.run(load, "index")
///
/// The clock stands still while something can go on, and jumps to the next timer when every task waits: a
/// day of sleeping takes no time.
public struct SimRuntime: TaskRuntime {
  /// The order of tasks that could all go on.
  public enum Order: Sendable {
    /// As they became ready, as live.
    case fifo
    /// By random numbers.
    case random
  }

  /// Chooses the order.
  public var seed: UInt64
  /// How ready tasks are ordered.
  public var order: Order
  /// What goes wrong in the world that scripts see: the network, processes.
  public var faults: SimFaults

  /// A simulation of a seed.
  public init(seed: UInt64 = 0, order: Order = .random, faults: SimFaults = .none) {
    self.seed = seed
    self.order = order
    self.faults = faults
  }

  /// What the runtime is made of.
  public var _kind: _RuntimeKind {
    let isRandom = if case .random = order { true } else { false }
    return _RuntimeKind(kind: .simulated(seed: seed, isRandom: isRandom, faults: faults))
  }
}

/// Tasks that the host steps, as a game does in each frame; time is what the host says.
public struct ManualRuntime: TaskRuntime {
  /// A runtime that the host steps.
  public init() {}
  /// What the runtime is made of.
  public var _kind: _RuntimeKind { _RuntimeKind(kind: .manual) }
}

/// Tasks on the real clock, on the thread of whoever runs them.
public struct ThreadRuntime: TaskRuntime {
  /// A runtime of the calling thread.
  public init() {}
  /// What the runtime is made of.
  public var _kind: _RuntimeKind { _RuntimeKind(kind: .live) }
}

/// What tasks may use.
public struct TaskLimits: Sendable {
  /// How many tasks may be alive.
  public var tasks: Int
  /// How long cleaning up may take after a cancellation.
  public var grace: Duration
  /// How many calls of functions of the host may be under way; more wait for their turn.
  public var hostCalls: Int

  /// At most so many tasks, which have so long to clean up, and so many calls of the host at once.
  public init(tasks: Int = .max, grace: Duration = .seconds(5), hostCalls: Int = .max) {
    self.tasks = tasks
    self.grace = grace
    self.hostCalls = hostCalls
  }
}

extension Duration {
  /// Whole nanoseconds; 0 for negative durations.
  var wholeNanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    if seconds < 0 || attoseconds < 0 { return 0 }
    let (product, overflows) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    return overflows ? .max : product &+ UInt64(attoseconds / 1_000_000_000)
  }
}
