// A peer on real sockets: a thread takes connections, each of which gets a thread. It uses the system's calls
// themselves, as it does what the operations under test never would.

import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// A peer at a port of this machine.
final class SocketPeer: Peer, Sendable {
  private struct State {
    var connections: [Int32] = []
    var connectionCount = 0
    var isOver = false
  }

  let host = "127.0.0.1"
  let port: UInt16
  private let listener: Int32
  private let behaviours: [[Step]]
  private let state = Mutex(State())

  var connectionCount: Int { state.withLock { $0.connectionCount } }

  /// Listens at a port that nobody has.
  init(_ behaviours: [[Step]]) throws {
    self.behaviours = behaviours
    let socket = makeSocket()
    var address = loopback(0)
    let isBound = withAddress(&address) { bind(socket, $0, $1) } == 0
    guard isBound, listen(socket, 128) == 0 else { throw Failure(code: errno) }
    var byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withAddress(&address) { own, _ in getsockname(socket, own, &byteCount) }
    listener = socket
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in acceptAll() }
  }

  struct Failure: Error { let code: Int32 }

  private func acceptAll() {
    while true {
      let connection = accept(listener, nil, nil)
      // The listener is closed by whoever uses it, so that nobody else has its number meanwhile.
      if connection < 0 {
        close(listener)
        return
      }
      let steps = state.withLock { state -> [Step]? in
        if state.isOver { return nil }
        state.connections.append(connection)
        state.connectionCount += 1
        return behaviours[min(state.connectionCount, behaviours.count) - 1]
      }
      guard let steps else {
        close(connection)
        continue
      }
      Thread.detachNewThread { [self] in
        perform(steps, connection)
        finish(connection)
      }
    }
  }

  /// Closes a connection, once.
  private func finish(_ connection: Int32) {
    let isOurs = state.withLock { state in
      let count = state.connections.count
      state.connections.removeAll { $0 == connection }
      return state.connections.count < count
    }
    if isOurs { close(connection) }
  }

  func end() {
    let connections = state.withLock { state -> [Int32]? in
      if state.isOver { return nil }
      state.isOver = true
      return state.connections
    }
    guard let connections else { return }
    // Whoever waits for one of these wakes up and closes it.
    for connection in connections { shutdown(connection, Int32(SHUT_RDWR)) }
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func perform(_ steps: [Step], _ connection: Int32) {
    for step in steps {
      switch step {
      case .read(let count): _ = read(connection) { $0.count >= count }
      case .readHead: _ = read(connection) { $0.suffix(4) == Array("\r\n\r\n".utf8)[...] }
      case .readToEnd, .hang: _ = read(connection) { _ in false }
      case .write(let text): if !write(Array(text.utf8), to: connection) { return }
      case .dribble(let text, let milliseconds):
        for byte in text.utf8 {
          if !write([byte], to: connection) { return }
          Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
        }
      case .pause(let milliseconds): Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      case .halfClose: shutdown(connection, Int32(SHUT_WR))
      case .abort:
        reset(connection)
        return
      case .echo:
        while let bytes = some(connection) { if !write(bytes, to: connection) { return } }
      case .die:
        for other in state.withLock({ $0.connections }) { reset(other) }
        end()
        return
      case .visit(let all):
        let line = read(connection) { $0.last == 0x0A }
        guard let port = UInt16(String(decoding: line.dropLast(), as: UTF8.self)) else { return }
        let visits = DispatchGroup()
        for steps in all {
          visits.enter()
          Thread.detachNewThread { [self] in
            visit(port, steps)
            visits.leave()
          }
        }
        visits.wait()
      }
    }
  }

  /// Connects to a port and does what is to be done there.
  private func visit(_ port: UInt16, _ steps: [Step]) {
    let connection = makeSocket()
    var address = loopback(port)
    guard withAddress(&address, { connect(connection, $0, $1) }) == 0 else {
      close(connection)
      return
    }
    state.withLock { $0.connections.append(connection) }
    perform(steps, connection)
    finish(connection)
  }

  /// Ends a connection with a reset when it is closed.
  private func reset(_ connection: Int32) {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    finish(connection)
  }

  /// Reads until something is so or nothing more comes.
  private func read(_ connection: Int32, until isEnough: ([UInt8]) -> Bool) -> [UInt8] {
    var seen: [UInt8] = []
    while !isEnough(seen), let bytes = some(connection) { seen += bytes }
    return seen
  }

  private func some(_ connection: Int32) -> [UInt8]? {
    var room = [UInt8](repeating: 0, count: 4_096)
    let count = recv(connection, &room, room.count, 0)
    return count > 0 ? Array(room[..<count]) : nil
  }

  private func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, noSignal) }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

#if canImport(Glibc)
private let noSignal = Int32(MSG_NOSIGNAL)
#else
private let noSignal: Int32 = 0
#endif

private func makeSocket() -> Int32 {
  #if canImport(Glibc)
  socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  #else
  socket(AF_INET, SOCK_STREAM, 0)
  #endif
}

private func loopback(_ port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}

private func withAddress<Result>(
  _ address: inout sockaddr_in,
  _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
) -> Result {
  withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
}

/// How many sockets of this process have a port at either end.
func socketCount(_ port: UInt16) -> Int {
  var count = 0
  for descriptor in 0..<Int32(8_192) {
    for ask in [getsockname, getpeername] {
      var address = sockaddr_in()
      var byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
      let isThere = withAddress(&address) { own, _ in ask(descriptor, own, &byteCount) } == 0
      if isThere, address.sin_family == sa_family_t(AF_INET),
        UInt16(bigEndian: address.sin_port) == port
      {
        count += 1
        break
      }
    }
  }
  return count
}
