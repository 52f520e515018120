// A connection by TLS over another stream, for programs that wait: what goes through OpenSSL's buffers is
// read and written here, so that waits end as those of any stream do and a peer that has gone raises no
// signal.

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An encrypted connection to a peer that has proved its name.
final class SecureStream: ByteStream {
  private let session: SecureSession
  private let base: any ByteStream
  private var room = [UInt8](repeating: 0, count: 16_384)
  private var isOpen = true

  var isDuplex: Bool { true }

  /// Shakes hands with a host over a connection to it.
  ///
  /// - Throws: What the stream or the library says; that the host has not proved its name.
  init(_ base: any ByteStream, host: [UInt8]) throws(SystemError) {
    session = try SecureSession(host: host)
    self.base = base
    _ = try drive { () throws(SystemError) in try session.connect() }
  }

  deinit { _ = try? close() }

  /// Repeats an operation of the library until it is done, moving what it needs and gives.
  ///
  /// - Returns: What it answered; 0 when the peer has closed the connection.
  private func drive(
    _ operation: () throws(SystemError) -> SecureSession.Answer
  ) throws(SystemError) -> Int {
    while true {
      let result = Result { () throws(SystemError) in try operation() }
      // A failed handshake has something to say as well.
      try sendOutput()
      switch try result.get() {
      case .done(let count): return count
      case .closed: return 0
      case .wantsInput: try receiveInput()
      }
    }
  }

  private func sendOutput() throws(SystemError) {
    while true {
      let count = unsafe room.withUnsafeMutableBytes { unsafe session.takeOutput(into: $0) }
      if count == 0 { return }
      var start = 0
      while start < count {
        let sent: Result<Int, SystemError> = unsafe room.withUnsafeBytes { room in
          Result { () throws(SystemError) in
            try unsafe base.write(UnsafeRawBufferPointer(rebasing: room[start..<count]))
          }
        }
        start += try sent.get()
      }
    }
  }

  private func receiveInput() throws(SystemError) {
    let received: Result<Int, SystemError> = unsafe room.withUnsafeMutableBytes { room in
      Result { () throws(SystemError) in try unsafe base.read(into: room) }
    }
    let count = try received.get()
    // An end that the peer has not announced may be somebody else's doing.
    if count == 0 { throw SystemError(errno: ECONNRESET) }
    unsafe room.withUnsafeBytes { room in
      unsafe session.feed(UnsafeRawBufferPointer(rebasing: room[..<count]))
    }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen else { throw .badDescriptor }
    return try drive { () throws(SystemError) in try unsafe session.read(into: buffer) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen else { throw .badDescriptor }
    let count = try drive { () throws(SystemError) in try unsafe session.write(bytes) }
    if count == 0 { throw SystemError(errno: EPIPE) }
    return count
  }

  func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    throw .notSeekable
  }

  @discardableResult
  func close() throws(SystemError) -> ProcessStatus? {
    guard isOpen else { return nil }
    isOpen = false
    session.shutDown()
    try? sendOutput()
    return try base.close()
  }
}
