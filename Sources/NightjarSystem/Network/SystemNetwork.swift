// Connections by TCP. Connecting and every later wait end at the given time: a script that waits for
// bytes that never come holds its thread no longer than the host has said.
//
// SOURCE: POSIX.1-2017, getaddrinfo(), connect(), send(), recv().

package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Every address that the program can reach.
package final class SystemNetwork: NetworkAccess {
  private let patience: Patience

  package init(patience: Patience = Patience()) { self.patience = patience }

  package func connect(
    host: [UInt8],
    port: UInt16,
    isEncrypted: Bool,
    timeoutNanoseconds: UInt64
  ) throws(SystemError) -> any ByteStream {
    let limit = WaitLimit(nanoseconds: timeoutNanoseconds)
    let patience = patience
    let socket = try unsafe NameLookup.withAddresses(of: host, port: port, patience, limit) {
      addresses throws(SystemError) in
      var failure = SystemError.noSuchFile
      var next = unsafe addresses
      while let address = unsafe next?.pointee {
        unsafe next = unsafe address.ai_next
        do throws(SystemError) {
          return try unsafe SocketStream(address, patience, timeoutNanoseconds: timeoutNanoseconds)
        } catch {
          if error == .waitEnded { throw error }
          failure = error
        }
      }
      throw failure
    }
    return isEncrypted ? try SecureStream(socket, host: host) : socket
  }
}

/// A connection.
///
/// INVARIANT: `socket` is open while `isOpen`, does not block, and nobody else uses it.
final class SocketStream: ByteStream {
  let socket: Int32
  private let patience: Patience
  private let timeoutNanoseconds: UInt64
  private var isOpen = true

  var isDuplex: Bool { true }

  /// Connects to an address.
  init(
    _ address: addrinfo,
    _ patience: Patience,
    timeoutNanoseconds: UInt64
  ) throws(SystemError) {
    self.patience = patience
    self.timeoutNanoseconds = timeoutNanoseconds
    socket = unsafe Self.makeSocket(address)
    guard socket >= 0 else { throw .last }
    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    #if !canImport(Glibc)
    socket.set(SO_NOSIGPIPE, at: SOL_SOCKET)
    #endif
    do throws(SystemError) {
      try unsafe connect(to: address)
    } catch {
      _ = try? close()
      throw error
    }
  }

  deinit { _ = try? close() }

  private static func makeSocket(_ address: addrinfo) -> Int32 {
    #if canImport(Glibc)
    unsafe Glibc.socket(address.ai_family, address.ai_socktype, address.ai_protocol)
    #else
    unsafe Darwin.socket(address.ai_family, address.ai_socktype, address.ai_protocol)
    #endif
  }

  private func connect(to address: addrinfo) throws(SystemError) {
    #if canImport(Glibc)
    let result = unsafe Glibc.connect(socket, address.ai_addr, address.ai_addrlen)
    #else
    let result = unsafe Darwin.connect(socket, address.ai_addr, address.ai_addrlen)
    #endif
    if result == 0 { return }
    guard errno == EINPROGRESS || errno == EINTR else { throw .last }
    try wait(for: POLLOUT)
    var code: Int32 = 0
    var byteCount = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &byteCount) == 0 else {
      throw .last
    }
    if code != 0 { throw SystemError(errno: code) }
  }

  /// Waits until the socket can take or give bytes.
  func wait(for events: some BinaryInteger) throws(SystemError) {
    try socket.wait(for: events, patience, limit: WaitLimit(nanoseconds: timeoutNanoseconds))
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen else { throw .badDescriptor }
    while true {
      let count = unsafe recv(socket, buffer.baseAddress, buffer.count, 0)
      if count >= 0 { return count }
      guard errno == EAGAIN || errno == EINTR else { throw .last }
      if errno == EAGAIN { try wait(for: POLLIN) }
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen else { throw .badDescriptor }
    while true {
      // A peer that has gone is an error and no signal.
      #if canImport(Glibc)
      let count = unsafe send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      #else
      let count = unsafe send(socket, bytes.baseAddress, bytes.count, 0)
      #endif
      if count >= 0 { return count }
      guard errno == EAGAIN || errno == EINTR else { throw .last }
      if errno == EAGAIN { try wait(for: POLLOUT) }
    }
  }

  func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    throw .notSeekable
  }

  @discardableResult
  func close() throws(SystemError) -> ProcessStatus? {
    guard isOpen else { return nil }
    isOpen = false
    #if canImport(Glibc)
    let result = Glibc.close(socket)
    #else
    let result = Darwin.close(socket)
    #endif
    if result != 0 { throw .last }
    return nil
  }
}
