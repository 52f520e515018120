// Threads of the module's own, for what the system can do only while somebody waits for it.

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A thread that nobody joins.
enum DetachedThread {
  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs a body on a new thread, which takes no signals: those are for the program's own threads, and a
  /// pipe that nobody reads is an error here and no signal.
  ///
  /// - Throws: What the system says.
  static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // A new thread has the mask of the one that makes it.
    var (all, before) = (sigset_t(), sigset_t())
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    // SAFETY: the thread takes over the count that it is given.
    let argument = unsafe Unmanaged.passRetained(Box(body)).toOpaque()
    #if canImport(Glibc)
    var thread = pthread_t()
    let code = unsafe pthread_create(
      &thread,
      &attributes,
      { argument in
        if let argument = unsafe argument { unsafe DetachedThread.run(argument) }
        return nil
      },
      argument
    )
    #else
    var thread: pthread_t?
    let code = unsafe pthread_create(
      &thread,
      &attributes,
      { argument in
        unsafe DetachedThread.run(argument)
        return nil
      },
      argument
    )
    #endif
    if code != 0 {
      unsafe Unmanaged<Box>.fromOpaque(argument).release()
      throw SystemError(errno: code)
    }
  }

  private static func run(_ argument: UnsafeMutableRawPointer) {
    let box = unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue()
    box.body()
  }
}
