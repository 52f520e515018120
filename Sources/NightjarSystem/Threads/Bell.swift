// What a thread waits for that runs the tasks of a program: the end of a wait, somebody who rings from another
// thread, or the user's interrupt. A condition could not be raised by a signal handler, so it is a pipe.
//
// SOURCE: POSIX.1-2017, poll(), pipe(), nanosleep().

internal import CNightjar
package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Something to wait at that others ring.
///
/// INVARIANT: `ends` are open, and nobody else uses them, for as long as the object lives.
package final class Bell: Sendable {
  /// What ended a wait.
  package enum End: Sendable {
    case time
    case ring
    case interrupt
  }

  private let ends: [Int32]
  /// Without an interrupt's descriptor the flag is looked at so often.
  private static let sliceNanoseconds: UInt64 = 20_000_000

  /// A new bell.
  ///
  /// - Throws: What the system says, when it gives no pipe.
  package init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    if unsafe nightjar_pipe(&ends) != 0 { throw .last }
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    self.ends = ends
  }

  deinit { for end in ends { closeDescriptor(end) } }

  /// Ends a wait, or the next one; from any thread.
  package func ring() {
    var byte: UInt8 = 1
    // A pipe that is full ends waits as well.
    _ = unsafe write(ends[1], &byte, 1)
  }

  /// Waits until somebody rings, so many nanoseconds at most, or without an end.
  ///
  /// - Parameters:
  ///   - nanoseconds: The longest wait.
  ///   - endsAtInterrupt: Whether an interrupt that is pending ends the wait, too.
  /// - Returns: What ended it.
  package func wait(nanoseconds: UInt64?, endsAtInterrupt: Bool) -> End {
    let start = SystemTime().monotonicNanoseconds()
    let interrupts = endsAtInterrupt ? nightjar_interrupt_descriptor() : -1
    while true {
      if endsAtInterrupt && Interrupt.isPending { return .interrupt }
      let passed = SystemTime().monotonicNanoseconds() &- start
      if let nanoseconds, passed >= nanoseconds { return .time }
      var left = nanoseconds.map { $0 - passed } ?? .max
      if endsAtInterrupt && interrupts < 0 { left = min(left, Self.sliceNanoseconds) }
      if poll(interrupts, left) { return .ring }
    }
  }

  /// Waits for a while, perhaps a moment less.
  ///
  /// - Returns: whether somebody has rung.
  private func poll(_ interrupts: Int32, _ nanoseconds: UInt64) -> Bool {
    var requests = [
      pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0),
      pollfd(fd: interrupts, events: Int16(POLLIN), revents: 0),
    ]
    // What is less than a millisecond is slept through.
    let milliseconds = nanoseconds == .max ? -1 : Int32(clamping: nanoseconds / 1_000_000)
    let count = unsafe systemPoll(&requests, nfds_t(requests.count), milliseconds)
    if count > 0 && requests[0].revents != 0 {
      var bytes = [UInt8](repeating: 0, count: 64)
      while unsafe read(ends[0], &bytes, bytes.count) > 0 {}
      return true
    }
    if count == 0 && milliseconds == 0 {
      var time = timespec(tv_sec: 0, tv_nsec: Int(nanoseconds % 1_000_000))
      unsafe nanosleep(&time, nil)
    }
    return false
  }

  private var systemPoll: (UnsafeMutablePointer<pollfd>, nfds_t, Int32) -> Int32 {
    #if canImport(Glibc)
    unsafe Glibc.poll
    #else
    unsafe Darwin.poll
    #endif
  }
}
