// A connection by TLS over another stream. OpenSSL never sees the socket: it works on buffers in memory,
// and what goes through them is read and written here, so that waits end as those of any stream do and
// a peer that has gone raises no signal.
//
//     script ── SSL_write ─▶ OpenSSL ─ output ─▶ base.write
//     script ◀─ SSL_read ── OpenSSL ◀─ input ── base.read

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An encrypted connection to a peer that has proved its name.
///
/// INVARIANT: `connection` is a connection of the library that this object alone uses and frees; it owns
/// `input` and `output`.
@safe final class SecureStream: ByteStream {
  private typealias Pointer = SecureLibrary.Pointer

  private let library: SecureLibrary
  private let base: any ByteStream
  private let connection: Pointer
  private let input: Pointer
  private let output: Pointer
  private var room = [UInt8](repeating: 0, count: 16_384)
  private var isOpen = true

  var isDuplex: Bool { true }

  /// Shakes hands with a host over a connection to it.
  ///
  /// - Throws: What the stream or the library says; that the host has not proved its name.
  init(_ base: any ByteStream, host: [UInt8]) throws(SystemError) {
    library = try SecureLibrary.shared.get()
    self.base = base
    guard let connection = unsafe library.newConnection(library.context),
      let input = unsafe library.newBuffer(library.bufferKind()),
      let output = unsafe library.newBuffer(library.bufferKind())
    else { throw SystemError(errno: ENOMEM) }
    unsafe self.connection = unsafe connection
    unsafe self.input = unsafe input
    unsafe self.output = unsafe output
    unsafe library.setBuffers(connection, input, output)
    try setName(host)
    _ = try drive { () in unsafe library.connect(connection) }
  }

  deinit {
    _ = try? close()
    unsafe library.freeConnection(connection)
  }

  private func setName(_ host: [UInt8]) throws(SystemError) {
    let setsServerName: Int32 = 55
    let isSet = try unsafe host.withSystemString { name in
      // Servers are told names; of an address they know themselves.
      let isName = host.contains { $0 >= UInt8(ascii: "g") && $0 <= UInt8(ascii: "z") }
      let told = unsafe UnsafeMutableRawPointer(mutating: UnsafeRawPointer(name))
      return unsafe library.setVerifiedName(connection, name) == 1
        && (!isName || library.control(connection, setsServerName, 0, told) == 1)
    }
    if !isSet { throw SystemError(errno: EINVAL) }
  }

  // MARK: Bytes

  /// Repeats an operation of the library until it is done, moving what it needs and gives.
  ///
  /// - Returns: What it answered; 0 when the peer has closed the connection.
  private func drive(_ operation: () -> Int32) throws(SystemError) -> Int {
    while true {
      library.clearErrors()
      let result = operation()
      try sendOutput()
      if result > 0 { return Int(result) }
      switch SecureLibrary.Condition(rawValue: unsafe library.condition(connection, result)) {
      case .wantsRead: try receiveInput()
      case .wantsWrite: continue
      case .closed: return 0
      case nil: throw failure()
      }
    }
  }

  private func sendOutput() throws(SystemError) {
    while true {
      let count = unsafe room.withUnsafeMutableBytes { room in
        unsafe library.readBuffer(output, room.baseAddress, Int32(room.count))
      }
      if count <= 0 { return }
      var start = 0
      while start < count {
        let sent: Result<Int, SystemError> = unsafe room.withUnsafeBytes { room in
          Result { () throws(SystemError) in
            try unsafe base.write(UnsafeRawBufferPointer(rebasing: room[start..<Int(count)]))
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
    _ = unsafe room.withUnsafeBytes { room in
      unsafe library.writeBuffer(input, room.baseAddress, Int32(count))
    }
  }

  /// What went wrong, in the library's words.
  private func failure() -> SystemError {
    let verdict = unsafe library.verdict(connection)
    let code = library.nextError()
    let text =
      unsafe verdict != 0 ? library.verdictText(verdict) : library.errorText(code)
    let words = unsafe text.map { unsafe String(cString: $0) } ?? "the connection failed"
    return SystemError(code: EPROTO, message: "TLS: \(words)")
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen else { throw .badDescriptor }
    return try drive { () in
      unsafe library.read(connection, buffer.baseAddress, Int32(clamping: buffer.count))
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen else { throw .badDescriptor }
    let count = try drive { () in
      unsafe library.write(connection, bytes.baseAddress, Int32(clamping: bytes.count))
    }
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
    _ = unsafe library.shutDown(connection)
    try? sendOutput()
    return try base.close()
  }
}
