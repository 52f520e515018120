// Processes for programs that may end themselves and run no others.

/// A program's own end, and nothing else of processes.
package final class ExitOnly: ProcessAccess {
  private let base: any ProcessAccess
  private let hint: GrantHint?

  package init(_ base: any ProcessAccess, hint: GrantHint? = nil) {
    self.base = base
    self.hint = hint
  }

  package var hasShell: Bool { false }
  package var runsPrograms: Bool { false }

  package func execute(_ command: [UInt8]) throws(SystemError) -> ProcessStatus {
    throw .refused(.run, hint: hint)
  }

  package func open(
    _ command: [UInt8],
    direction: PipeDirection
  ) throws(SystemError) -> any ByteStream {
    throw .refused(.run, hint: hint)
  }

  package func exit(_ code: Int32) -> Never { base.exit(code) }
}
