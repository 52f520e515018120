// How the world says no. Scripts see the text and the number (`io.open` returns both), so they are
// kept as the system gave them; a simulated world uses the same numbers.

/// A refusal of the operating system or of what stands in for it.
package struct SystemError: Error, Equatable, Sendable {
  /// The error number, as `errno` has it.
  package let code: Int32
  /// The system's message for the number, such as "No such file or directory".
  package let message: String
  /// The host refused and not the system: scripts get an error and no result.
  package let isRefusal: Bool

  package init(code: Int32, message: String, isRefusal: Bool = false) {
    self.code = code
    self.message = message
    self.isRefusal = isRefusal
  }

  // MARK: What simulated worlds say

  /// No file has the name.
  package static let noSuchFile = SystemError(code: 2, message: "No such file or directory")
  /// A signal came while the call waited.
  package static let interrupted = SystemError(code: 4, message: "Interrupted system call")
  /// The name stands for a directory.
  package static let isDirectory = SystemError(code: 21, message: "Is a directory")
  /// A part of the name before the last is no directory.
  package static let notDirectory = SystemError(code: 20, message: "Not a directory")
  /// The name, or a component of it, has more bytes than a name may have.
  package static let nameTooLong = SystemError(code: 36, message: "File name too long")
  /// The directory still has files.
  package static let notEmpty = SystemError(code: 39, message: "Directory not empty")
  /// The name is taken.
  package static let exists = SystemError(code: 17, message: "File exists")
  /// What was asked for is not allowed here.
  package static let permissionDenied = SystemError(code: 13, message: "Permission denied")
  /// Nothing can be written there.
  package static let readOnly = SystemError(code: 30, message: "Read-only file system")
  /// The quota is used up.
  package static let noSpace = SystemError(code: 28, message: "No space left on device")
  /// Too many files are open.
  package static let tooManyOpen = SystemError(code: 24, message: "Too many open files")
  /// The file is closed or not open in the direction asked for.
  package static let badDescriptor = SystemError(code: 9, message: "Bad file descriptor")
  /// An argument makes no sense, such as a position before the start.
  package static let invalidArgument = SystemError(code: 22, message: "Invalid argument")
  /// The result would be longer than the caller allowed.
  package static let tooLarge = SystemError(code: 27, message: "File too large")
  /// The stream has no positions.
  package static let notSeekable = SystemError(code: 29, message: "Illegal seek")
}
