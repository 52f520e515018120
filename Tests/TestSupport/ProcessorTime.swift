// How long something takes where others may keep the processor busy at the same time.

internal import Foundation

/// What the calling thread spends of the processor on something.
package func processorTime(_ body: () throws -> Void) rethrows -> Duration {
  var (start, end) = (timespec(), timespec())
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
  try body()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
  return .seconds(end.tv_sec - start.tv_sec) + .nanoseconds(end.tv_nsec - start.tv_nsec)
}
