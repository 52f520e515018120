// Letting time pass for a program all of whose tasks wait.
//
// SOURCE: POSIX.1-2017, nanosleep().

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Waits of a thread that has nothing to do.
package enum Pause {
  /// The longest wait between two looks at what ends it.
  private static let sliceNanoseconds: UInt64 = 20_000_000

  /// Lets so many nanoseconds pass, or goes on for ever, until `isOver` says so.
  ///
  /// - Returns: false when it was ended before its time.
  package static func wait(nanoseconds: UInt64?, isOver: () -> Bool) -> Bool {
    let start = SystemTime().monotonicNanoseconds()
    while !isOver() {
      let passed = SystemTime().monotonicNanoseconds() - start
      if let nanoseconds, passed >= nanoseconds { return true }
      let left = nanoseconds.map { min($0 - passed, sliceNanoseconds) } ?? sliceNanoseconds
      var time = timespec(tv_sec: 0, tv_nsec: Int(left))
      unsafe nanosleep(&time, nil)
    }
    return false
  }
}
