// The end of a program whose tasks are closed first. `os.exit(code, true)` closes what is open; in a program of
// tasks that takes checkpoints, so the status is kept until all of them have ended.

/// Processes of others, and an end of the program that its tasks come before.
package final class PatientExit: ProcessAccess {
  private let base: any ProcessAccess
  /// The status that the program is to end with, once it was said.
  package private(set) var status: Int32?

  package init(_ base: any ProcessAccess) { self.base = base }

  package var hasShell: Bool { base.hasShell }
  package var runsPrograms: Bool { base.runsPrograms }

  package func execute(_ command: [UInt8]) throws(SystemError) -> ProcessStatus {
    try base.execute(command)
  }

  package func open(
    _ command: [UInt8],
    direction: PipeDirection
  ) throws(SystemError) -> any ByteStream {
    try base.open(command, direction: direction)
  }

  package func endAfterTasks(_ code: Int32) -> Bool {
    if status == nil { status = code }
    return true
  }

  package func exit(_ code: Int32) -> Never { base.exit(code) }
}
