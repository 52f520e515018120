// The world as something that answers later: no call here waits. An operation is started, goes on while
// the machine runs other tasks, and its outcome is put into the machine's inbox from whatever thread it
// came about on. The real world (`NightjarSystem`) and the simulated one (`NightjarSimulation`) both look
// like this, and what stands between (lists of hosts, HTTP) does so too.
//
//     task ── start ──▶ Operations ──┐ a reactor's thread, or a simulation's step
//     task ◀─ inbox ◀── OperationSink ◀┘
//
// INVARIANT: each operation that `start` gave a number for completes exactly once, with its outcome or as
// cancelled and never both: an operation that was cancelled in time has had no effect.

/// Where outcomes go: the inbox of whoever started the operations.
package protocol OperationSink: AnyObject, Sendable {
  /// Takes completions in their order.
  ///
  /// It is called from any thread and without a lock, also before the `start` that gave the number has
  /// returned, but never inside `start`, `cancel` or `close`. It does not wait.
  func deliver(_ completions: [Completion])
}

/// What starts operations for one machine.
package protocol Operations: AnyObject, Sendable {
  /// The steady clock, in nanoseconds.
  var monotonicNanoseconds: UInt64 { get }

  /// How many resources are open, standard input not among them.
  var openCount: Int { get }

  /// Starts an operation.
  ///
  /// - Throws: A refusal, when the machine may not do that; nothing is started and nothing completes then.
  func start(_ request: OperationRequest) throws(SystemError) -> OperationID

  /// Asks for the end of an operation.
  ///
  /// It completes as cancelled, or with its outcome when that came first; there is nothing to do where it has
  /// completed before.
  func cancel(_ id: OperationID)

  /// Closes a resource; operations on it fail with `badDescriptor`, and a process that still runs is
  /// killed.
  func close(_ resource: ResourceID)

  /// Sends a signal to a process; one that has ended gets none.
  func signal(_ number: Int32, to process: ResourceID)

  /// Cancels everything and closes everything; whatever is started afterwards fails.
  func end()
}

/// Where machines get their operations from.
package protocol OperationSource: AnyObject, Sendable {
  /// Operations for one machine.
  ///
  /// - Parameters:
  ///   - resourceCountMax: How many resources may be open; beyond, opening fails with `tooManyOpen`.
  ///   - sink: Where outcomes go.
  /// - Returns: New operations, without anything open.
  func makeOperations(resourceCountMax: Int, sink: any OperationSink) -> any Operations
}

/// A world whose time passes only when it is told to.
///
/// Whoever runs machines in it advances it to the earlier of its own next timer and `nextEventTime` when all
/// tasks wait; outcomes reach their sinks inside `advance`.
package protocol SimulatedTime: AnyObject, Sendable {
  /// The steady clock, in nanoseconds.
  var monotonicNanoseconds: UInt64 { get }

  /// When something happens next by itself; nil when nothing will.
  var nextEventTime: UInt64? { get }

  /// Lets time pass and everything happen that is due, in its order.
  func advance(to nanoseconds: UInt64)
}

extension SystemError {
  /// The other side has closed or lost the connection.
  package static let connectionReset = SystemError(code: 104, message: "Connection reset by peer")
  /// Nobody listens there.
  package static let connectionRefused = SystemError(code: 111, message: "Connection refused")
  /// It took too long.
  package static let timedOut = SystemError(code: 110, message: "Connection timed out")
  /// Nobody reads what would be written.
  package static let brokenPipe = SystemError(code: 32, message: "Broken pipe")
  /// The port is taken.
  package static let addressInUse = SystemError(code: 98, message: "Address already in use")
  /// No way leads there.
  package static let hostUnreachable = SystemError(code: 113, message: "No route to host")
  /// The name has no address.
  package static let unknownName = SystemError(code: -2, message: "Name or service not known")
  /// A flow ended before what was asked for had come.
  package static let unexpectedEnd = SystemError(code: 71, message: "unexpected end of input")
}
