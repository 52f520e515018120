// Work that is spread over threads of its own, each with a stack that the compiler's recursion fits in.

internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Runs a function many times on several threads.
package enum Workers {
  /// The processors that may be used.
  package static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Calls a function with 0 up to `count`, each number once, and returns when all calls have.
  ///
  /// - Parameters:
  ///   - count: How many calls.
  ///   - workerCount: How many of them at a time, at least one.
  ///   - body: Called on threads of which only the number is known.
  package static func forEach(
    _ count: Int,
    workerCount: Int,
    _ body: @escaping @Sendable (Int) -> Void
  ) {
    let work = Work(count: count, body: body)
    let helpers = max(0, min(workerCount, count) - 1)
    let threads = (0..<helpers).compactMap { _ in work.start() }
    work.run()
    for thread in threads { unsafe pthread_join(thread, nil) }
  }
}

/// Calls that threads take one after the other.
private final class Work: Sendable {
  private let count: Int
  private let body: @Sendable (Int) -> Void
  private let next = Atomic<Int>(0)
  private static let stackByteCount = 16 << 20

  init(count: Int, body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  func run() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { return }
      body(index)
    }
  }

  /// Starts a thread; nil if the system gives none.
  func start() -> pthread_t? {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, Self.stackByteCount)
    // SAFETY: the thread takes over the count that it is given.
    let argument = unsafe Unmanaged.passRetained(self).toOpaque()
    #if canImport(Glibc)
    var thread = pthread_t()
    let code = unsafe pthread_create(
      &thread,
      &attributes,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
        }
        return nil
      },
      argument
    )
    let started: pthread_t? = thread
    #else
    var started: pthread_t?
    let code = unsafe pthread_create(
      &started,
      &attributes,
      { argument in
        unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      },
      argument
    )
    #endif
    if code != 0 {
      unsafe Unmanaged<Work>.fromOpaque(argument).release()
      return nil
    }
    return started
  }
}
