// A running shell command that can be given up: the C library's own functions wait for its end come what
// may. It is started by posix_spawn, in a process group of its own unless a terminal is at hand, so
// that what the shell has started ends with it.
//
// SOURCE: POSIX.1-2017, posix_spawn(), waitpid().

internal import CNightjar
internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

#if canImport(Darwin)
private var environ: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  unsafe _NSGetEnviron().pointee
}
#endif

/// A shell command that was started.
///
/// INVARIANT: while `status` is nil the process is our child and nobody else waits for it.
final class ShellCommand {
  private let process: pid_t
  private let hasOwnGroup: Bool
  private let patience: Patience
  private var status: ProcessStatus?

  /// Starts a command.
  ///
  /// - Parameters:
  ///   - command: The text for the shell.
  ///   - descriptor: What the command finds as its descriptor `target`; nil leaves all as they are.
  ///   - target: 0 or 1.
  ///   - patience: Says how long its end may be waited for.
  /// - Throws: What the system says.
  init(
    _ command: [UInt8],
    descriptor: Int32? = nil,
    as target: Int32 = 0,
    _ patience: Patience
  ) throws(SystemError) {
    self.patience = patience
    hasOwnGroup = isatty(STDIN_FILENO) == 0 && patience.isWatched
    var descriptors: [Int32] = [-1, -1, -1]
    descriptors[Int(target)] = descriptor ?? -1
    process = try ProcessPlan(shell: command).start(descriptors, inOwnGroup: hasOwnGroup)
  }

  /// Waits for the command's end.
  ///
  /// - Throws: `waitEnded` when the command did not end in time; it was killed then.
  func wait() throws(SystemError) -> ProcessStatus {
    if let status { return status }
    var pause: UInt64 = 100_000
    while patience.isWatched {
      if let status = try look(WNOHANG) { return status }
      do throws(SystemError) {
        try patience.sleep(nanoseconds: pause)
      } catch {
        _ = kill(hasOwnGroup ? -process : process, SIGKILL)
        _ = try look(0)
        throw error
      }
      pause = min(pause * 2, 10_000_000)
    }
    while true {
      if let status = try look(0) { return status }
    }
  }

  /// How the command went, if it has ended.
  private func look(_ options: Int32) throws(SystemError) -> ProcessStatus? {
    var code: Int32 = 0
    let found = unsafe waitpid(process, &code, options)
    if found < 0 {
      if errno == EINTR { return nil }
      throw .last
    }
    if found == 0 { return nil }
    let status = ProcessStatus(waitStatus: code)
    self.status = status
    return status
  }
}

extension ProcessPlan {
  /// Starts the process with descriptors as its first three; negative ones leave it those of the starter.
  ///
  /// - Returns: Its number.
  func start(_ descriptors: [Int32], inOwnGroup: Bool) throws(SystemError) -> pid_t {
    var started: Int32 = 0
    let group: Int32 = inOwnGroup ? 1 : 0
    let code = try unsafe withArguments { arguments throws(SystemError) in
      guard let folder else {
        return unsafe nightjar_spawn(arguments, environ, nil, descriptors, group, &started)
      }
      return try unsafe folder.withSystemString { folder in
        unsafe nightjar_spawn(arguments, environ, folder, descriptors, group, &started)
      }
    }
    if code != 0 { throw SystemError(errno: code) }
    return started
  }

  /// Calls the body with the arguments as the system wants them.
  private func withArguments<Value>(
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) throws(SystemError) -> Value
  ) throws(SystemError) -> Value {
    if arguments.isEmpty || arguments.contains(where: { $0.contains(0) }) { throw .noSuchFile }
    var texts: [UnsafeMutablePointer<CChar>?] = unsafe []
    defer { unsafe texts.forEach { unsafe free($0) } }
    for argument in arguments {
      try unsafe texts.append(argument.withSystemString { text in unsafe strdup(text) })
    }
    unsafe texts.append(nil)
    let result = unsafe texts.withUnsafeBufferPointer { texts -> Result<Value, SystemError> in
      guard let start = texts.baseAddress else { return .failure(.noSuchFile) }
      return Result { () throws(SystemError) in try unsafe body(start) }
    }
    return try result.get()
  }
}

extension ProcessStatus {
  /// The meaning of a status as the `wait` family of calls gives it.
  init(waitStatus status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal)
  }
}
