// Looking up the addresses of a name. The C library's function waits for name servers as long as the
// system's settings say; so it runs on a thread of its own, which is left to itself when the wait is
// given up.
//
// SOURCE: POSIX.1-2017, getaddrinfo().

internal import NightjarBase
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// One look-up.
///
/// INVARIANT: until `state` leaves `running` the thread alone touches `found` and `code`. Whoever changes
/// `state` second owns them then: the waiter after `finished`, the thread after `givenUp`.
@safe final class NameLookup: @unchecked Sendable {
  private static let running = 0
  private static let finished = 1
  private static let givenUp = 2

  private let host: [UInt8]
  private let service: [UInt8]
  private let state = Atomic(NameLookup.running)
  /// Becomes readable when the thread is done.
  private let done: Int32
  private var found: UnsafeMutablePointer<addrinfo>?
  private var code: Int32 = 0

  /// Calls the body with the addresses of a host.
  ///
  /// - Throws: What the look-up says, `waitEnded`, or what the body throws.
  static func withAddresses<Result>(
    of host: [UInt8],
    port: UInt16,
    _ patience: Patience,
    _ limit: WaitLimit,
    _ body: (UnsafeMutablePointer<addrinfo>?) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    let service = Array("\(port)".utf8)
    var found: UnsafeMutablePointer<addrinfo>?
    // A number needs nobody's answer.
    var code = try unsafe look(host, service, AI_NUMERICHOST, &found)
    if code == EAI_NONAME {
      (code, unsafe found) = try unsafe wait(host, service, patience, limit)
    }
    guard code == 0 else {
      throw unsafe SystemError(code: code, message: String(cString: gai_strerror(code)))
    }
    defer { unsafe freeaddrinfo(found) }
    return try unsafe body(found)
  }

  static func look(
    _ host: [UInt8],
    _ service: [UInt8],
    _ flags: Int32,
    _ found: inout UnsafeMutablePointer<addrinfo>?
  ) throws(SystemError) -> Int32 {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = AF_UNSPEC
    #if canImport(Glibc)
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
    unsafe hints.ai_socktype = SOCK_STREAM
    #endif
    unsafe hints.ai_flags = AI_NUMERICSERV | flags
    return try unsafe host.withSystemString { name throws(SystemError) in
      try unsafe service.withSystemString { number throws(SystemError) in
        unsafe getaddrinfo(name, number, &hints, &found)
      }
    }
  }

  private static func wait(
    _ host: [UInt8],
    _ service: [UInt8],
    _ patience: Patience,
    _ limit: WaitLimit
  ) throws(SystemError) -> (Int32, UnsafeMutablePointer<addrinfo>?) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    #else
    let kind = SOCK_STREAM
    #endif
    if unsafe socketpair(AF_UNIX, kind, 0, &ends) != 0 { throw .last }
    #if !canImport(Glibc)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #endif
    defer { close(ends[0]) }
    let lookup = NameLookup(host, service, done: ends[1])
    do throws(SystemError) { try lookup.start() } catch {
      close(ends[1])
      throw error
    }
    do throws(SystemError) {
      try ends[0].wait(for: POLLIN, patience, limit: limit)
    } catch {
      let isFirst = lookup.state.exchange(givenUp, ordering: .acquiringAndReleasing) == running
      if !isFirst { unsafe freeaddrinfo(lookup.found) }
      throw error
    }
    // The thread has changed the state before it wrote.
    _ = lookup.state.load(ordering: .acquiring)
    return unsafe (lookup.code, lookup.found)
  }

  private init(_ host: [UInt8], _ service: [UInt8], done: Int32) {
    self.host = host
    self.service = service
    self.done = done
  }

  private func start() throws(SystemError) {
    try DetachedThread.start { [self] in look() }
  }

  /// What the thread does.
  private func look() {
    do throws(SystemError) {
      code = try unsafe Self.look(host, service, 0, &found)
    } catch { code = EAI_NONAME }
    if state.exchange(Self.finished, ordering: .acquiringAndReleasing) == Self.givenUp {
      if code == 0 { unsafe freeaddrinfo(found) }
    } else {
      var byte: UInt8 = 1
      #if canImport(Glibc)
      unsafe send(done, &byte, 1, Int32(MSG_NOSIGNAL))
      #else
      // The thread takes no signals.
      unsafe send(done, &byte, 1, 0)
      #endif
    }
    close(done)
  }
}
