// Threads of our own: isolates run on them and not on the pool of Swift's tasks, so that neither can starve
// the other.
//
// SOURCE: POSIX.1-2017, pthread_create(), pthread_cond_timedwait().

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What one thread waits for and others raise.
///
/// INVARIANT: mutex and condition are initialised for as long as the object lives; `isRaised` is read and
/// written under the mutex only.
@safe package final class Signal: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var isRaised = false

  package init() {
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Lets the wait end, or the next one not begin.
  package func raise() {
    unsafe pthread_mutex_lock(mutex)
    isRaised = true
    unsafe pthread_cond_signal(condition)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Waits until it is raised, at most so long.
  ///
  /// - Returns: Whether it was raised.
  @discardableResult
  package func wait(nanoseconds: UInt64?) -> Bool {
    unsafe pthread_mutex_lock(mutex)
    if let nanoseconds, !isRaised {
      var now = timespec()
      unsafe clock_gettime(CLOCK_REALTIME, &now)
      let sum = UInt64(now.tv_nsec) &+ nanoseconds % 1_000_000_000
      var end = timespec()
      // A wait of more than a year is cut: whoever waits looks again.
      end.tv_sec = now.tv_sec + Int(min(nanoseconds / 1_000_000_000, 1 << 25) + sum / 1_000_000_000)
      end.tv_nsec = Int(sum % 1_000_000_000)
      while !isRaised {
        if unsafe pthread_cond_timedwait(condition, mutex, &end) != 0 { break }
      }
    } else {
      while !isRaised { unsafe pthread_cond_wait(condition, mutex) }
    }
    let wasRaised = isRaised
    isRaised = false
    unsafe pthread_mutex_unlock(mutex)
    return wasRaised
  }
}

/// Threads of the process.
package enum SystemThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// A number of the calling thread; no other that runs has it.
  package static var current: UInt {
    #if canImport(Glibc)
    UInt(pthread_self())
    #else
    unsafe UInt(bitPattern: pthread_self())
    #endif
  }

  /// Starts a thread that nobody joins.
  ///
  /// - Returns: whether the system let it.
  @discardableResult
  package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let box = unsafe Unmanaged.passRetained(Body(body))
    #if canImport(Glibc)
    var thread = pthread_t()
    #else
    var thread: pthread_t?
    #endif
    let status = unsafe pthread_create(
      &thread,
      nil,
      { argument in
        #if canImport(Glibc)
        guard let argument = unsafe argument else { return nil }
        #endif
        // SAFETY: the box that was retained for this thread alone.
        let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
        body.run()
        return nil
      },
      box.toOpaque()
    )
    if status != 0 {
      unsafe box.release()
      return false
    }
    #if canImport(Glibc)
    pthread_detach(thread)
    #else
    if let thread { unsafe pthread_detach(thread) }
    #endif
    return true
  }
}
