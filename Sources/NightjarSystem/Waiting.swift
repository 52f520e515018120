// Waiting for descriptors and for time to pass, in slices, so that a wait ends with the call of the
// script that waits.
//
// SOURCE: POSIX.1-2017, poll(), nanosleep().

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// When a wait of its own time limit ends.
struct WaitLimit {
  /// Nanoseconds of the steady clock; nil waits without a limit.
  private let end: UInt64?

  static let none = WaitLimit(end: nil)

  private init(end: UInt64?) { self.end = end }

  /// A limit so long from now.
  init(nanoseconds: UInt64) {
    let (sum, overflows) = Self.now.addingReportingOverflow(nanoseconds)
    end = overflows ? nil : sum
  }

  private static var now: UInt64 { SystemTime().monotonicNanoseconds() }

  /// What of a slice lies before the limit; nil when it has passed.
  fileprivate func within(_ slice: UInt64) -> UInt64? {
    guard let end else { return slice }
    let now = Self.now
    return now < end ? min(slice, end - now) : nil
  }
}

extension Int32 {
  /// Waits until a descriptor can give or take bytes.
  ///
  /// - Throws: `waitEnded`; a time-out at the limit; an interruption when the user has sent one.
  func wait(
    for events: some BinaryInteger,
    _ patience: Patience,
    limit: WaitLimit = .none
  ) throws(SystemError) {
    var request = pollfd(fd: self, events: Int16(events), revents: 0)
    while true {
      guard let slice = try limit.within(patience.slice()) else {
        throw SystemError(errno: ETIMEDOUT)
      }
      let milliseconds = slice == .max ? -1 : Int32(clamping: (slice + 999_999) / 1_000_000)
      if unsafe poll(&request, 1, milliseconds) > 0 { return }
      if Interrupt.isPending { throw SystemError(errno: EINTR) }
    }
  }

  /// Whether reads and writes of the descriptor may wait: those of files on a disk do not.
  var mayWait: Bool {
    var status = stat()
    return unsafe fstat(self, &status) != 0 || status.st_mode & S_IFMT != S_IFREG
  }
}

extension Patience {
  /// Lets some time pass.
  ///
  /// - Throws: `waitEnded`; an interruption when the user has sent one.
  func sleep(nanoseconds: UInt64) throws(SystemError) {
    let slice = min(nanoseconds, try slice())
    var time = timespec(tv_sec: Int(slice / 1_000_000_000), tv_nsec: Int(slice % 1_000_000_000))
    unsafe nanosleep(&time, nil)
    if Interrupt.isPending { throw SystemError(errno: EINTR) }
  }
}
