// Which descriptors have become ready: epoll on Linux, kqueue on macOS. Each descriptor is added once and for
// both directions; a change is told once (edges, not levels), so that an operation costs no call but its
// own. Closing a descriptor takes it out.

internal import CNightjar
internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A set of watched descriptors, one of which is there to end a wait.
///
/// INVARIANT: `set` and `ends` are open until `close()`. Only `wake` may be called from other threads.
struct Watcher: Sendable {
  /// What a descriptor has become able to do.
  struct Change {
    var token: UInt64
    var canRead: Bool
    var canWrite: Bool
  }

  private static let changeCountMax = 256
  /// The token of the pipe that ends waits.
  private static let wakeToken = UInt64.max

  private let set: Int32
  private let ends: [Int32]

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    if unsafe nightjar_pipe(&ends) != 0 { throw .last }
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    #if canImport(Glibc)
    let set = nightjar_watch_make()
    #else
    let set = kqueue()
    #endif
    self.ends = ends
    self.set = set
    if set < 0 {
      let error = SystemError.last
      close()
      throw error
    }
    try add(ends[0], token: Self.wakeToken)
  }

  /// Ends a wait, or the next one.
  func wake() {
    var byte: UInt8 = 1
    // A pipe that is full ends waits as well.
    _ = unsafe write(ends[1], &byte, 1)
  }

  func close() {
    for descriptor in ends + [set] where descriptor >= 0 { closeDescriptor(descriptor) }
  }

  /// Watches a descriptor.
  ///
  /// - Throws: What the system says; `EPERM` for files, which are always ready.
  func add(_ descriptor: Int32, token: UInt64) throws(SystemError) {
    #if canImport(Glibc)
    if nightjar_watch_add(set, descriptor, token) != 0 { throw .last }
    #else
    let flags = UInt16(EV_ADD | EV_CLEAR)
    var isAdded = false
    for filter in [EVFILT_READ, EVFILT_WRITE] {
      // SAFETY: the token is a number that nobody follows.
      var change = unsafe kevent(
        ident: UInt(descriptor),
        filter: Int16(filter),
        flags: flags,
        fflags: 0,
        data: 0,
        udata: UnsafeMutableRawPointer(bitPattern: UInt(token))
      )
      // One end of a pipe knows one direction only; that the other is refused does not matter.
      if unsafe kevent(set, &change, 1, nil, 0, nil) == 0 { isAdded = true }
    }
    if !isAdded { throw .last }
    #endif
  }

  /// Waits for changes, so many nanoseconds at most, or without an end.
  func wait(_ nanoseconds: UInt64?, _ body: (Change) -> Void) {
    #if canImport(Glibc)
    let milliseconds = nanoseconds.map { Int32(clamping: ($0 + 999_999) / 1_000_000) } ?? -1
    var changes = [nightjar_change](repeating: nightjar_change(), count: Self.changeCountMax)
    let count = unsafe nightjar_watch_wait(set, &changes, Int32(changes.count), milliseconds)
    guard count > 0 else { return }
    for change in changes[..<Int(count)] {
      if change.token == Self.wakeToken {
        drain()
      } else {
        body(
          Change(
            token: change.token,
            canRead: change.can_read != 0,
            canWrite: change.can_write != 0
          )
        )
      }
    }
    #else
    var time = timespec()
    if let nanoseconds {
      time.tv_sec = Int(nanoseconds / 1_000_000_000)
      time.tv_nsec = Int(nanoseconds % 1_000_000_000)
    }
    // The name is that of a function as well, so it is a type only where nothing else can be.
    var changes: [kevent] = unsafe Array(repeating: kevent(), count: Self.changeCountMax)
    let count =
      nanoseconds == nil
      ? unsafe kevent(set, nil, 0, &changes, Int32(Self.changeCountMax), nil)
      : unsafe kevent(set, nil, 0, &changes, Int32(Self.changeCountMax), &time)
    guard count > 0 else { return }
    for index in 0..<Int(count) {
      let token = unsafe UInt64(UInt(bitPattern: changes[index].udata))
      let filter = unsafe changes[index].filter
      let isEnd = unsafe changes[index].flags & UInt16(EV_EOF | EV_ERROR) != 0
      if token == Self.wakeToken {
        drain()
      } else {
        body(
          Change(
            token: token,
            canRead: filter == Int16(EVFILT_READ) || isEnd,
            canWrite: filter == Int16(EVFILT_WRITE) || isEnd
          )
        )
      }
    }
    #endif
  }

  private func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(ends[0], &bytes, bytes.count) > 0 {}
  }
}

/// Closes a descriptor, whatever the C library's function is called.
func closeDescriptor(_ descriptor: Int32) {
  #if canImport(Glibc)
  _ = Glibc.close(descriptor)
  #else
  _ = Darwin.close(descriptor)
  #endif
}
