// The time the process has computed, which waiting for a processor does not lengthen.

import Foundation

enum ProcessorTime {
  /// Milliseconds of all threads, in the system and outside of it, since the process began.
  static var milliseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
