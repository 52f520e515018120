// A process that was started. Its end is a descriptor that becomes readable where the system has such; else
// it is looked after in growing steps of time.

internal import CNightjar
internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A process.
///
/// INVARIANT: while `status` is nil the process is our child and nobody else waits for it, so that its number
/// is its own.
final class ProcessChannel: Channel {
  private let process: pid_t
  private let hasOwnGroup: Bool
  private var status: ProcessStatus?
  private var isClosing = false
  private var pause: UInt64 = 1_000_000
  private static let pauseMax: UInt64 = 20_000_000

  /// Starts a process.
  ///
  /// - Parameters:
  ///   - plan: What it is.
  ///   - descriptors: Its first three, negative ones for those of this process.
  ///   - table: Where it is open.
  /// - Throws: What the system says.
  init(
    _ plan: ProcessPlan,
    _ descriptors: [Int32],
    _ table: OperationTable
  ) throws(SystemError) {
    // At a terminal, signals of its keys are for all programs in the foreground.
    hasOwnGroup = isatty(STDIN_FILENO) == 0
    process = try plan.start(descriptors, inOwnGroup: hasOwnGroup)
    #if os(Linux)
    super.init(nightjar_process_descriptor(process), table)
    #else
    super.init(-1, table)
    #endif
    if descriptor < 0 { tickLater() }
  }

  private func tickLater() {
    reactor.tick(self, afterNanoseconds: pause)
    pause = min(pause * 2, Self.pauseMax)
  }

  override func attempt(_ waiting: Waiting) throws(SystemError) -> OperationOutcome? {
    guard case .wait = waiting.request else { throw .invalidArgument }
    return try look().map { .ended($0) }
  }

  private func look() throws(SystemError) -> ProcessStatus? {
    if let status { return status }
    var code: Int32 = 0
    let found = unsafe waitpid(process, &code, WNOHANG)
    if found < 0 {
      if errno == EINTR { return nil }
      throw .last
    }
    if found > 0 { status = ProcessStatus(waitStatus: code) }
    return status
  }

  /// Sends a signal, if there is somebody to get it.
  func signal(_ number: Int32) {
    guard (try? look()) == nil, number > 0 else { return }
    _ = kill(hasOwnGroup ? -process : process, number)
  }

  override func change() { if isClosing { finish() } }

  override func tick() {
    if isClosing {
      finish()
    } else {
      become(canRead: true, canWrite: false)
    }
    if isOpen && status == nil { tickLater() }
  }

  /// Kills a process that still runs, and forgets it when it has ended.
  override func release() {
    isClosing = true
    signal(SIGKILL)
    finish()
  }

  /// Kills a process that still runs, and waits for its end: with the thread ends whoever would look for it.
  override func abandon() {
    signal(SIGKILL)
    var code: Int32 = 0
    while status == nil, unsafe waitpid(process, &code, 0) < 0, errno == EINTR {}
    closeNow()
  }

  private func finish() {
    // Whoever cannot be waited for is gone.
    let hasEnded = Result { () throws(SystemError) in try look() != nil }
    if case .success(false) = hasEnded { return }
    closeNow()
  }
}
