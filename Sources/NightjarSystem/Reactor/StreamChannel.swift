// Flows of bytes: connections, ends of pipes, standard input.

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A flow of bytes.
class StreamChannel: Channel {
  /// A socket and no pipe.
  fileprivate let isSocket: Bool
  /// What reading has failed with: the system says so once, and an end that comes then is none.
  private var readFailure: SystemError?

  init(_ descriptor: Int32, _ table: OperationTable, isSocket: Bool = true) {
    self.isSocket = isSocket
    super.init(descriptor, table)
  }

  override func attempt(_ waiting: Waiting) throws(SystemError) -> OperationOutcome? {
    switch waiting.request {
    case .read(_, let byteCountMax):
      if let readFailure { throw readFailure }
      do throws(SystemError) {
        return try read(byteCountMax).map { .bytes(Array(reactor.room[..<$0])) }
      } catch {
        readFailure = error
        throw error
      }
    case .write(_, let bytes, let start):
      if start >= bytes.count { return .written(0) }
      return try write(bytes, from: start).map { .written($0) }
    case .shutDown:
      try shutDown()
      return .done
    default: throw .invalidArgument
    }
  }

  /// Reads into the reactor's room.
  func read(_ byteCountMax: Int) throws(SystemError) -> Int? {
    let count = min(max(byteCountMax, 1), reactor.room.count)
    let result = unsafe reactor.room.withUnsafeMutableBytes { room in
      #if canImport(Glibc)
      unsafe Glibc.read(descriptor, room.baseAddress, count)
      #else
      unsafe Darwin.read(descriptor, room.baseAddress, count)
      #endif
    }
    return try checked(result)
  }

  func write(_ bytes: [UInt8], from start: Int) throws(SystemError) -> Int? {
    let result = unsafe bytes.withUnsafeBytes { bytes in
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
      return unsafe send(rest)
    }
    return try checked(result)
  }

  fileprivate func send(_ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
    // The reactor's thread takes no signals, so that a broken pipe is an error there as well.
    unsafe isSocket
      ? Glibc.send(descriptor, bytes.baseAddress, bytes.count, noSignal)
      : Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
    unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  func shutDown() throws(SystemError) {
    if !isSocket {
      // The other end of a pipe reads the end when this one is closed.
      closeNow()
      return
    }
    #if canImport(Glibc)
    let direction = Int32(SHUT_WR)
    #else
    let direction = SHUT_WR
    #endif
    if shutdown(descriptor, direction) != 0 { throw .last }
  }
}

/// Standard input: it may be shared with other programs, for which it has to go on blocking.
final class InputChannel: StreamChannel {
  init(_ table: OperationTable) throws(SystemError) {
    let copy = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    if copy < 0 { throw .last }
    super.init(copy, table, isSocket: false)
  }

  override func read(_ byteCountMax: Int) throws(SystemError) -> Int? {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if unsafe poll(&request, 1, 0) == 0 { return nil }
    return try super.read(byteCountMax)
  }

  override func write(_ bytes: [UInt8], from start: Int) throws(SystemError) -> Int? {
    throw .badDescriptor
  }
}

/// A connection that is being made, and then a connection.
final class OutgoingChannel: StreamChannel {
  private enum Phase {
    case connecting
    case shaking
    case open
  }

  private var phase = Phase.connecting
  private var addresses: ArraySlice<SocketAddress>
  private let name: [UInt8]
  private var secure: SecureSession?
  private let isEncrypted: Bool
  /// Encrypted bytes that the socket has not taken.
  private var output: [UInt8] = []
  private var isClosing = false

  /// How long a connection that is closed may take to hand over what was written.
  private static let lingerNanoseconds: UInt64 = 5_000_000_000

  init(
    _ addresses: [SocketAddress],
    _ endpoint: Endpoint,
    isEncrypted: Bool,
    _ table: OperationTable
  ) {
    self.addresses = addresses[...]
    self.isEncrypted = isEncrypted
    name = Array(endpoint.host.utf8)
    super.init(-1, table)
  }

  /// Tries the next address.
  ///
  /// - Throws: What the last one said.
  func begin() throws(SystemError) {
    var failure = SystemError.unknownName
    while let address = addresses.popFirst() {
      if descriptor >= 0 { closeDescriptor(descriptor) }
      descriptor = -1
      do throws(SystemError) {
        descriptor = try address.makeSocket(isDatagram: false)
        descriptor.set(TCP_NODELAY, at: Int32(IPPROTO_TCP))
        let result = unsafe address.withAddress { unsafe connect(descriptor, $0, $1) }
        if result != 0 && errno != EINPROGRESS && errno != EINTR { throw SystemError.last }
        canWrite = result == 0
        try reactor.watch(self)
        return
      } catch { failure = error }
    }
    throw failure
  }

  override func attempt(_ waiting: Waiting) throws(SystemError) -> OperationOutcome? {
    guard case .connect = waiting.request else { return try super.attempt(waiting) }
    do throws(SystemError) { return try goOn() } catch {
      closeNow()
      throw error
    }
  }

  override func withdraw(_ id: OperationID) {
    super.withdraw(id)
    if phase != .open { closeNow() }
  }

  /// Goes on with connecting.
  private func goOn() throws(SystemError) -> OperationOutcome? {
    if phase == .connecting {
      guard try isConnected() else { return nil }
      phase = .shaking
      if isEncrypted { secure = try SecureSession(host: name) }
    }
    if let secure, try drive({ () throws(SystemError) in try secure.connect() }) == nil {
      return nil
    }
    let id = try table.register(self)
    phase = .open
    return .opened(
      id,
      local: SocketAddress.own(of: descriptor),
      peer: SocketAddress.peer(of: descriptor)
    )
  }

  private func isConnected() throws(SystemError) -> Bool {
    var code: Int32 = 0
    var byteCount = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &byteCount) == 0 else {
      throw .last
    }
    if code == 0 { return SocketAddress.peer(of: descriptor) != nil }
    if addresses.isEmpty { throw SystemError(errno: code) }
    try begin()
    return false
  }

  // MARK: Encrypted bytes

  override func change() {
    // A handshake waits for bytes, and its operation is an outgoing one.
    if phase == .shaking { canWrite = true }
    guard secure != nil, phase == .open else { return }
    _ = try? flush()
    // Whichever way bytes moved, the other direction may have waited for it.
    canRead = true
    canWrite = true
    if isClosing && output.isEmpty { closeNow() }
  }

  override func read(_ byteCountMax: Int) throws(SystemError) -> Int? {
    guard let secure else { return try super.read(byteCountMax) }
    let count = min(max(byteCountMax, 1), reactor.room.count)
    return try drive { () throws(SystemError) in
      let result = unsafe reactor.room.withUnsafeMutableBytes { room in
        Result { () throws(SystemError) in
          try unsafe secure.read(into: UnsafeMutableRawBufferPointer(rebasing: room[..<count]))
        }
      }
      return try result.get()
    }
  }

  override func write(_ bytes: [UInt8], from start: Int) throws(SystemError) -> Int? {
    guard let secure else { return try super.write(bytes, from: start) }
    // What OpenSSL has taken is written, so no more is given than one record while some is unsent.
    guard try flush() else { return nil }
    return try drive { () throws(SystemError) in
      let end = min(bytes.count, start + 16_384)
      let result = unsafe bytes.withUnsafeBytes { bytes in
        Result { () throws(SystemError) in
          try unsafe secure.write(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        }
      }
      return try result.get()
    }
  }

  /// Repeats a step of the library, moving what it needs and gives.
  ///
  /// - Returns: Its number, 0 at the end; nil when the socket would wait.
  private func drive(
    _ step: () throws(SystemError) -> SecureSession.Answer
  ) throws(SystemError) -> Int? {
    while true {
      let answer = try step()
      let isFlushed = try flush()
      switch answer {
      case .done(let count): return count
      case .closed: return 0
      case .wantsInput:
        if !isFlushed { return nil }
        guard let count = try super.read(reactor.room.count) else { return nil }
        // An end that the peer has not announced may be somebody else's doing.
        if count == 0 { throw .connectionReset }
        unsafe reactor.room.withUnsafeBytes { room in
          unsafe secure?.feed(UnsafeRawBufferPointer(rebasing: room[..<count]))
        }
      }
    }
  }

  /// Sends what is encrypted.
  ///
  /// - Returns: Whether all of it is sent.
  private func flush() throws(SystemError) -> Bool {
    guard let secure else { return true }
    while true {
      if output.isEmpty {
        let taken = unsafe [UInt8](unsafeUninitializedCapacity: 16_384 + 512) { room, count in
          count = unsafe secure.takeOutput(into: UnsafeMutableRawBufferPointer(room))
        }
        if taken.isEmpty { return true }
        output = taken
      }
      let result = unsafe output.withUnsafeBytes { bytes in unsafe send(bytes) }
      guard let count = try checked(result) else { return false }
      output.removeFirst(count)
    }
  }

  override func shutDown() throws(SystemError) {
    guard let secure else { return try super.shutDown() }
    secure.shutDown()
    _ = try flush()
  }

  override func release() {
    guard let secure, phase == .open, !isClosing else { return closeNow() }
    secure.shutDown()
    isClosing = true
    if (try? flush()) == false {
      reactor.tick(self, afterNanoseconds: Self.lingerNanoseconds)
    } else {
      closeNow()
    }
  }

  override func tick() { if isClosing { closeNow() } }
}
