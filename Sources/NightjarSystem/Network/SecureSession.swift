// TLS without a connection: OpenSSL never sees a socket. It works on buffers in memory, and whoever has a
// connection moves bytes between the two, waiting as that connection waits.
//
//     ── write ─▶ OpenSSL ─ takeOutput ─▶ connection
//     ◀─ read ── OpenSSL ◀─── feed ─────── connection

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// One side of an encrypted conversation with a peer that has to prove its name.
///
/// INVARIANT: `connection` is a connection of the library that this object alone uses and frees; it owns
/// `input` and `output`.
@safe final class SecureSession {
  private typealias Pointer = SecureLibrary.Pointer

  /// What a step gave.
  enum Answer {
    /// So many bytes, or that the peer is who it says.
    case done(Int)
    /// Bytes of the peer have to be fed first.
    case wantsInput
    /// The peer has closed the conversation.
    case closed
  }

  private let library: SecureLibrary
  private let connection: Pointer
  private let input: Pointer
  private let output: Pointer

  /// A conversation with a host.
  ///
  /// - Throws: That there is no library, or that the name cannot be one.
  init(host: [UInt8]) throws(SystemError) {
    library = try SecureLibrary.shared.get()
    guard let connection = unsafe library.newConnection(library.context),
      let input = unsafe library.newBuffer(library.bufferKind()),
      let output = unsafe library.newBuffer(library.bufferKind())
    else { throw SystemError(errno: ENOMEM) }
    unsafe self.connection = unsafe connection
    unsafe self.input = unsafe input
    unsafe self.output = unsafe output
    unsafe library.setBuffers(connection, input, output)
    try setName(host)
  }

  deinit { unsafe library.freeConnection(connection) }

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

  // MARK: Steps

  /// Goes on with shaking hands.
  func connect() throws(SystemError) -> Answer {
    try step { () in unsafe library.connect(connection) }
  }

  /// Reads what the peer has said.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Answer {
    try step { () in
      unsafe library.read(connection, buffer.baseAddress, Int32(clamping: buffer.count))
    }
  }

  /// Says something to the peer.
  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Answer {
    try step { () in
      unsafe library.write(connection, bytes.baseAddress, Int32(clamping: bytes.count))
    }
  }

  /// Says that nothing more will be said.
  func shutDown() { _ = unsafe library.shutDown(connection) }

  private func step(_ operation: () -> Int32) throws(SystemError) -> Answer {
    while true {
      library.clearErrors()
      let result = operation()
      if result > 0 { return .done(Int(result)) }
      switch SecureLibrary.Condition(rawValue: unsafe library.condition(connection, result)) {
      case .wantsRead: return .wantsInput
      // A buffer in memory takes everything.
      case .wantsWrite: continue
      case .closed: return .closed
      case nil: throw failure()
      }
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

  // MARK: The connection's side

  /// Moves bytes that are to be sent into room.
  ///
  /// - Returns: How many they are; none when all are taken.
  func takeOutput(into room: UnsafeMutableRawBufferPointer) -> Int {
    let count = unsafe library.readBuffer(output, room.baseAddress, Int32(clamping: room.count))
    return max(Int(count), 0)
  }

  /// Takes bytes that the connection has brought.
  func feed(_ bytes: UnsafeRawBufferPointer) {
    _ = unsafe library.writeBuffer(input, bytes.baseAddress, Int32(clamping: bytes.count))
  }
}
