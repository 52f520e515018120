// Other programs as a capability: whoever has this one has everything the user has.

/// How a process ended.
package enum ProcessStatus: Equatable, Sendable {
  /// It ended by itself with this code.
  case exited(Int32)
  /// This signal ended it.
  case signaled(Int32)
}

/// The end of a pipe that a script holds.
package enum PipeDirection: Sendable {
  /// The script reads what the command writes.
  case read
  /// The script writes what the command reads.
  case write
}

/// Running commands and ending the program.
package protocol ProcessAccess: AnyObject {
  /// Whether there is a shell to run commands.
  var hasShell: Bool { get }

  /// Whether commands may be run at all; else only the program's own end is there.
  var runsPrograms: Bool { get }

  /// Runs a shell command and waits for its end.
  func execute(_ command: [UInt8]) throws(SystemError) -> ProcessStatus

  /// Starts a shell command with a pipe to it; closing the stream waits for the command's end.
  func open(_ command: [UInt8], direction: PipeDirection) throws(SystemError) -> any ByteStream

  /// Takes the status with which the program is to end once its tasks have been closed.
  ///
  /// - Returns: False where nobody waits for that; the caller ends the program itself then.
  func endAfterTasks(_ code: Int32) -> Bool

  /// Ends the program. Whoever calls has flushed and closed what needs it.
  func exit(_ code: Int32) -> Never
}

extension ProcessAccess {
  package var runsPrograms: Bool { true }
  package func endAfterTasks(_ code: Int32) -> Bool { false }
}
