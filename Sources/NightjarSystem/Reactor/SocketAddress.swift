// Addresses of sockets as values, and as scripts see them.
//
// SOURCE: POSIX.1-2017, getaddrinfo(), getnameinfo(), getsockname().

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The address of a socket.
struct SocketAddress: Sendable {
  private var storage = sockaddr_storage()
  private var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)

  var family: Int32 { Int32(storage.ss_family) }

  /// One that a call is to fill in.
  init() {}

  private init?(_ found: addrinfo) {
    let count = unsafe Int(found.ai_addrlen)
    guard let address = unsafe found.ai_addr, count <= MemoryLayout<sockaddr_storage>.size else {
      return nil
    }
    byteCount = unsafe found.ai_addrlen
    // SAFETY: the system gave so many bytes there, and they fit.
    unsafe withUnsafeMutableBytes(of: &storage) { room in
      unsafe room.copyMemory(from: UnsafeRawBufferPointer(start: address, count: count))
    }
  }

  /// The addresses of a host; numbers are read, names looked up.
  ///
  /// - Throws: What the look-up says.
  static func all(of endpoint: Endpoint, isNumber: Bool) throws(SystemError) -> [SocketAddress] {
    var found: UnsafeMutablePointer<addrinfo>?
    let code = try unsafe NameLookup.look(
      Array(endpoint.host.utf8),
      Array("\(endpoint.port)".utf8),
      isNumber ? AI_NUMERICHOST : 0,
      &found
    )
    guard code == 0 else {
      throw unsafe SystemError(code: code, message: String(cString: gai_strerror(code)))
    }
    defer { unsafe freeaddrinfo(found) }
    var addresses: [SocketAddress] = []
    var next = unsafe found
    while let address = unsafe next?.pointee {
      if let address = unsafe SocketAddress(address) { addresses.append(address) }
      unsafe next = unsafe address.ai_next
    }
    return addresses
  }

  /// Calls the body with the address as system calls take it.
  func withAddress<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
    var copy = storage
    // SAFETY: a `sockaddr_storage` holds every kind of `sockaddr`.
    return unsafe withUnsafePointer(to: &copy) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe body(address, byteCount)
      }
    }
  }

  /// Calls the body with room for an address as system calls fill it in.
  mutating func fill<Value>(
    _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Value
  ) -> Value {
    byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
    // SAFETY: as above; `byteCount` is the room that there is.
    return unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe body(address, &byteCount)
      }
    }
  }

  /// Where a socket is on this side.
  static func own(of socket: Int32) -> Endpoint {
    var address = SocketAddress()
    _ = unsafe address.fill { unsafe getsockname(socket, $0, $1) }
    return address.endpoint
  }

  /// The other side of a socket; nil when it is not connected.
  static func peer(of socket: Int32) -> Endpoint? {
    var address = SocketAddress()
    let result = unsafe address.fill { unsafe getpeername(socket, $0, $1) }
    return result == 0 ? address.endpoint : nil
  }

  /// The address in numbers.
  var endpoint: Endpoint {
    var host = [CChar](repeating: 0, count: 256)
    var port = [CChar](repeating: 0, count: 16)
    let code = unsafe withAddress { address, byteCount in
      unsafe getnameinfo(
        address,
        byteCount,
        &host,
        socklen_t(host.count),
        &port,
        socklen_t(port.count),
        NI_NUMERICHOST | NI_NUMERICSERV
      )
    }
    guard code == 0 else { return Endpoint(host: "", port: 0) }
    func text(_ characters: [CChar]) -> String {
      String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return Endpoint(host: text(host), port: UInt16(text(port)) ?? 0)
  }

  /// A new socket for the address, which does not block.
  func makeSocket(isDatagram: Bool) throws(SystemError) -> Int32 {
    #if canImport(Glibc)
    let kind = isDatagram ? SOCK_DGRAM : SOCK_STREAM
    let flags = SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
    let socket = Glibc.socket(family, Int32(kind.rawValue | flags), 0)
    if socket < 0 { throw .last }
    #else
    let socket = Darwin.socket(family, isDatagram ? SOCK_DGRAM : SOCK_STREAM, 0)
    if socket < 0 { throw .last }
    socket.becomeNonBlocking()
    socket.set(SO_NOSIGPIPE, at: SOL_SOCKET)
    #endif
    return socket
  }
}

extension Int32 {
  /// Makes calls with the descriptor fail where they would wait, and keeps it from programs that are
  /// started.
  func becomeNonBlocking() {
    _ = fcntl(self, F_SETFD, FD_CLOEXEC)
    _ = fcntl(self, F_SETFL, O_NONBLOCK)
  }

  /// Sets an option of a socket.
  func set(_ option: Int32, at level: Int32) {
    var isOn: Int32 = 1
    _ = unsafe setsockopt(self, level, option, &isOn, socklen_t(MemoryLayout<Int32>.size))
  }
}
