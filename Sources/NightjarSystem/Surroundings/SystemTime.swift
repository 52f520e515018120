// The clocks of the machine.

package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Real time.
package final class SystemTime: TimeSource {
  package init() {}

  package func now() -> Timestamp {
    let time = read(CLOCK_REALTIME)
    return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
  }

  package func monotonicNanoseconds() -> UInt64 { nanoseconds(CLOCK_MONOTONIC) }

  package func processorNanoseconds() -> UInt64 { nanoseconds(CLOCK_PROCESS_CPUTIME_ID) }

  /// The processor's time of the calling thread.
  package func threadNanoseconds() -> UInt64 { nanoseconds(CLOCK_THREAD_CPUTIME_ID) }

  private func nanoseconds(_ clock: clockid_t) -> UInt64 {
    let time = read(clock)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return time
  }
}
