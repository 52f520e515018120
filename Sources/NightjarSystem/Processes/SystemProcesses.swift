// Running shell commands, waiting for them and talking to them through pipes. The C library starts
// them: it blocks and restores the signals that concern parent and child as POSIX asks.
//
// SOURCE: POSIX.1-2017, system() and popen(); Lua 5.4 manual §6.8 (io.popen), §6.9 (os.execute).

package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Every program the user may run.
package final class SystemProcesses: ProcessAccess {
  package init() {}

  package var hasShell: Bool { system(nil) != 0 }

  package func execute(_ command: [UInt8]) throws(SystemError) -> ProcessStatus {
    let status = try unsafe command.withSystemString { text in unsafe system(text) }
    if status == -1 { throw .last }
    return ProcessStatus(waitStatus: status)
  }

  package func open(
    _ command: [UInt8],
    direction: PipeDirection
  ) throws(SystemError) -> any ByteStream {
    #if canImport(Glibc)
    // The letter "e" keeps the pipe out of programs that are started later.
    let mode = direction == .read ? "re" : "we"
    #else
    let mode = direction == .read ? "r" : "w"
    #endif
    return try unsafe command.withSystemString { text throws(SystemError) in
      guard let file = unsafe popen(text, mode) else { throw .last }
      return unsafe CommandPipe(file)
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

extension ProcessStatus {
  /// The meaning of a status as the `wait` family of calls gives it.
  init(waitStatus status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal)
  }
}

/// A pipe to a running command.
///
/// The C library's file is kept for closing only; bytes go past its buffer.
///
/// INVARIANT: `file` is open while it is not `nil`, and nobody else uses it.
@safe private final class CommandPipe: ByteStream {
  private var file: UnsafeMutablePointer<FILE>?
  private let descriptor: Int32

  init(_ file: UnsafeMutablePointer<FILE>) {
    unsafe self.file = file
    descriptor = unsafe fileno(file)
  }

  deinit { _ = try? close() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    guard unsafe file != nil else { throw .badDescriptor }
    return try unsafe descriptor.readBytes(into: buffer)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    guard unsafe file != nil else { throw .badDescriptor }
    return try unsafe descriptor.writeBytes(bytes)
  }

  func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    throw .notSeekable
  }

  func close() throws(SystemError) -> ProcessStatus? {
    guard let file = unsafe file else { return nil }
    unsafe self.file = nil
    let status = unsafe pclose(file)
    if status == -1 { throw .last }
    return ProcessStatus(waitStatus: status)
  }
}
