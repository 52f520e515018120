// How the world says no. Scripts see the text and the number (`io.open` returns both), so they are
// kept as the system gave them; a simulated world uses the same numbers.

/// A refusal of the operating system or of what stands in for it.
package struct SystemError: Error, Equatable, Sendable {
  /// The error number, as `errno` has it.
  package let code: Int32
  /// The system's message for the number, such as "No such file or directory".
  package let message: String

  package init(code: Int32, message: String) {
    self.code = code
    self.message = message
  }

  // MARK: What simulated worlds say

  /// No file has the name.
  package static let noSuchFile = SystemError(code: 2, message: "No such file or directory")
  /// A signal came while the call waited.
  package static let interrupted = SystemError(code: 4, message: "Interrupted system call")
  /// The file is closed or not open in the direction asked for.
  package static let badDescriptor = SystemError(code: 9, message: "Bad file descriptor")
  /// An argument makes no sense, such as a position before the start.
  package static let invalidArgument = SystemError(code: 22, message: "Invalid argument")
  /// The result would be longer than the caller allowed.
  package static let tooLarge = SystemError(code: 27, message: "File too large")
  /// The stream has no positions.
  package static let notSeekable = SystemError(code: 29, message: "Illegal seek")
}
