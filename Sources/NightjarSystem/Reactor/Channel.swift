// An open descriptor and the operations that wait for it. Each kind of descriptor says how one operation is
// attempted; when nothing comes of it the operation stays in its queue until the descriptor has changed.
//
//     incoming   read, accept, receive, wait     in turn while `canRead`
//     outgoing   write, send, connect, shutDown  in turn while `canWrite`
//
// INVARIANT: everything here happens on the reactor's thread.

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An open descriptor.
class Channel {
  /// An operation in its queue.
  struct Waiting {
    let id: OperationID
    let request: OperationRequest
    /// Where a datagram goes.
    var target: SocketAddress?
  }

  /// The number by which the watcher knows it.
  let serial: UInt64
  let reactor: Reactor
  let table: OperationTable
  /// Negative when there is none.
  var descriptor: Int32
  private(set) var isOpen = true
  /// Whether an attempt may succeed, as far as is known.
  var canRead = true
  var canWrite = true
  private var incoming: [Waiting] = []
  private var outgoing: [Waiting] = []

  init(_ descriptor: Int32, _ table: OperationTable) {
    self.descriptor = descriptor
    self.table = table
    reactor = table.reactor
    serial = reactor.nextSerial()
  }

  // MARK: What kinds differ in

  /// Attempts an operation.
  ///
  /// - Returns: How it ended; nil when it would wait.
  func attempt(_ waiting: Waiting) throws(SystemError) -> OperationOutcome? {
    throw .invalidArgument
  }

  /// Does what is to be done before operations, now that the descriptor has changed.
  func change() {}

  /// A time has come that was asked for.
  func tick() {}

  /// Lets go of the descriptor; operations have ended.
  func release() { closeNow() }

  /// Lets go of everything at once, as the reactor's thread ends.
  func abandon() { closeNow() }

  // MARK: Operations

  /// Puts an operation into its queue and tries it if it is its turn.
  func add(_ waiting: Waiting) {
    switch waiting.request {
    case .read, .accept, .receive, .wait: incoming.append(waiting)
    default:
      // To say that no more comes needs no room.
      if case .shutDown = waiting.request, outgoing.isEmpty { canWrite = true }
      outgoing.append(waiting)
    }
    pump()
  }

  /// Takes an operation out of its queue.
  func withdraw(_ id: OperationID) {
    incoming.removeAll { $0.id == id }
    outgoing.removeAll { $0.id == id }
  }

  /// Attempts what may succeed.
  final func pump() {
    while isOpen, canRead, let first = incoming.first {
      guard let outcome = outcome(of: first) else {
        canRead = false
        break
      }
      incoming.removeFirst()
      table.complete(first.id, outcome)
    }
    while isOpen, canWrite, let first = outgoing.first {
      guard let outcome = outcome(of: first) else {
        canWrite = false
        break
      }
      outgoing.removeFirst()
      table.complete(first.id, outcome)
    }
    if !isOpen { endOperations(.failed(.badDescriptor)) }
  }

  private func outcome(of waiting: Waiting) -> OperationOutcome? {
    do throws(SystemError) { return try attempt(waiting) } catch { return .failed(error) }
  }

  private func endOperations(_ outcome: OperationOutcome) {
    let all = incoming + outgoing
    incoming = []
    outgoing = []
    for waiting in all { table.complete(waiting.id, outcome) }
  }

  /// The descriptor has changed.
  func become(canRead: Bool, canWrite: Bool) {
    self.canRead = self.canRead || canRead
    self.canWrite = self.canWrite || canWrite
    change()
    pump()
  }

  /// Ends all operations and lets go of the descriptor.
  func close(_ outcome: OperationOutcome) {
    endOperations(outcome)
    if isOpen { release() }
  }

  /// Closes the descriptor and forgets the channel.
  final func closeNow() {
    if descriptor >= 0 { closeDescriptor(descriptor) }
    descriptor = -1
    isOpen = false
    reactor.forget(self)
  }

  // MARK: System calls

  /// The number that a call gave; nil when it would wait.
  ///
  /// - Throws: What the system says.
  final func checked(_ count: Int) throws(SystemError) -> Int? {
    if count >= 0 { return count }
    switch errno {
    case EAGAIN, EINTR: return nil
    default: throw .last
    }
  }
}

/// Connections that others make.
final class ListenerChannel: Channel {
  override func attempt(_ waiting: Waiting) throws(SystemError) -> OperationOutcome? {
    guard case .accept = waiting.request else { throw .invalidArgument }
    while true {
      try table.checkRoom()
      var address = SocketAddress()
      let socket = unsafe address.fill { unsafe accept(descriptor, $0, $1) }
      if socket < 0 {
        // Who gave up while waiting to be accepted is nobody's concern.
        if errno == ECONNABORTED || errno == EINTR { continue }
        if errno == EAGAIN { return nil }
        throw .last
      }
      socket.becomeNonBlocking()
      #if !canImport(Glibc)
      socket.set(SO_NOSIGPIPE, at: SOL_SOCKET)
      #endif
      socket.set(TCP_NODELAY, at: Int32(IPPROTO_TCP))
      let id = try table.open(StreamChannel(socket, table))
      return .opened(id, local: SocketAddress.own(of: socket), peer: address.endpoint)
    }
  }
}

/// A socket for datagrams.
final class DatagramChannel: Channel {
  override func attempt(_ waiting: Waiting) throws(SystemError) -> OperationOutcome? {
    switch waiting.request {
    case .receive(_, let byteCountMax):
      var address = SocketAddress()
      let room = min(byteCountMax, reactor.room.count)
      let result = unsafe reactor.room.withUnsafeMutableBytes { buffer in
        unsafe address.fill { unsafe recvfrom(descriptor, buffer.baseAddress, room, 0, $0, $1) }
      }
      guard let count = try checked(result) else { return nil }
      return .datagram(Array(reactor.room[..<count]), from: address.endpoint)
    case .send(_, let bytes, _):
      guard let address = waiting.target else { throw .unknownName }
      let result = unsafe bytes.withUnsafeBytes { bytes in
        unsafe address.withAddress { pointer, byteCount in
          unsafe sendto(descriptor, bytes.baseAddress, bytes.count, noSignal, pointer, byteCount)
        }
      }
      return try checked(result).map { .written($0) }
    default: throw .invalidArgument
    }
  }
}

/// The flag that makes writing to a peer that has gone an error and no signal.
var noSignal: Int32 {
  #if canImport(Glibc)
  Int32(MSG_NOSIGNAL)
  #else
  0
  #endif
}
