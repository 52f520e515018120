// Running shell commands, waiting for them and talking to them through pipes.
//
// SOURCE: POSIX.1-2017, system() and popen(); Lua 5.4 manual §6.8 (io.popen), §6.9 (os.execute).

internal import CNightjar
package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Every program the user may run.
package final class SystemProcesses: ProcessAccess {
  private let patience: Patience

  package init(patience: Patience = Patience()) { self.patience = patience }

  package var hasShell: Bool { system(nil) != 0 }

  package func execute(_ command: [UInt8]) throws(SystemError) -> ProcessStatus {
    if patience.isWatched { return try ShellCommand(command, patience).wait() }
    // The C library blocks and restores the signals that concern parent and child as POSIX asks.
    let status = try unsafe command.withSystemString { text in unsafe system(text) }
    if status == -1 { throw .last }
    return ProcessStatus(waitStatus: status)
  }

  package func open(
    _ command: [UInt8],
    direction: PipeDirection
  ) throws(SystemError) -> any ByteStream {
    var ends: [Int32] = [-1, -1]
    // Only the end that becomes the command's input or output outlives the start of a program.
    if unsafe nightjar_pipe(&ends) != 0 { throw .last }
    let isRead = direction == .read
    let (own, other) = isRead ? (ends[0], ends[1]) : (ends[1], ends[0])
    let target = isRead ? STDOUT_FILENO : STDIN_FILENO
    let running: Result<ShellCommand, SystemError> = Result { () throws(SystemError) in
      try ShellCommand(command, descriptor: other, as: target, patience)
    }
    closeDescriptor(other)
    switch running {
    case .success(let running): return CommandPipe(own, running, patience)
    case .failure(let error):
      closeDescriptor(own)
      throw error
    }
  }

  package func exit(_ code: Int32) -> Never {
    #if canImport(Glibc)
    Glibc.exit(code)
    #else
    Darwin.exit(code)
    #endif
  }
}

/// A pipe to a running command.
///
/// INVARIANT: `descriptor` is open while `isOpen`, and nobody else uses it.
private final class CommandPipe: ByteStream {
  private let descriptor: Int32
  private let command: ShellCommand
  private let patience: Patience
  private var isOpen = true

  init(_ descriptor: Int32, _ command: ShellCommand, _ patience: Patience) {
    self.descriptor = descriptor
    self.command = command
    self.patience = patience
    // Our end alone: the command's is another file to the system.
    if patience.isWatched { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
  }

  deinit { _ = try? close() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen else { throw .badDescriptor }
    return try unsafe descriptor.readBytes(into: buffer, patience)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen else { throw .badDescriptor }
    return try unsafe descriptor.writeBytes(bytes, patience)
  }

  func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    throw .notSeekable
  }

  func close() throws(SystemError) -> ProcessStatus? {
    guard isOpen else { return nil }
    isOpen = false
    closeDescriptor(descriptor)
    return try command.wait()
  }
}
