// A peer on real sockets: a thread takes connections, each of which gets a thread. It uses the system's calls
// themselves, as it does what the operations under test never would.

import Foundation
import Synchronization

/// A peer at a port of this machine.
final class SocketPeer: Peer, Sendable {
  private struct State {
    var connections: [Int32] = []
    var connectionCount = 0
    var isOver = false
    var isListening = true
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
    (listener, port) = try makeListener()
    Thread.detachNewThread { [self] in acceptAll() }
  }

  private func acceptAll() {
    while true {
      let connection = accept(listener, nil, nil)
      // The listener is closed by whoever uses it, so that nobody else has its number meanwhile.
      if connection < 0 {
        state.withLock { $0.isListening = false }
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

  func end() { end(isDead: false) }

  /// Ends everything; where the server is dead, with resets.
  ///
  /// INVARIANT: descriptors in the list are open, since whoever closes one takes it off the list before.
  private func end(isDead: Bool) {
    state.withLock { state in
      // Nobody comes any more before anybody hears of the end.
      if state.isListening { shutdown(listener, Int32(SHUT_RDWR)) }
      state.isOver = true
      for connection in state.connections {
        if isDead { endsWithReset(connection) }
        // Whoever waits for it wakes up and closes it.
        shutdown(connection, Int32(SHUT_RDWR))
      }
    }
  }

  private func perform(_ steps: [Step], _ connection: Int32) {
    for step in steps {
      switch step {
      case .read(let count): _ = read(connection) { $0.count >= count }
      case .readHead: _ = read(connection) { $0.suffix(4) == Array("\r\n\r\n".utf8)[...] }
      case .readToEnd, .hang: _ = read(connection) { _ in false }
      case .write(let text): if !sent(Array(text.utf8), to: connection) { return }
      case .dribble(let text, let milliseconds):
        for byte in text.utf8 {
          if !sent([byte], to: connection) { return }
          Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
        }
      case .stall: waitForEnd(connection)
      case .pause(let milliseconds): Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      case .halfClose: shutdown(connection, Int32(SHUT_WR))
      case .abort:
        reset(connection)
        return
      case .echo:
        while let bytes = received(from: connection) { if !sent(bytes, to: connection) { return } }
      case .die:
        end(isDead: true)
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

  /// Ends a connection with a reset, at once.
  private func reset(_ connection: Int32) {
    endsWithReset(connection)
    finish(connection)
  }

  /// Reads until something is so or nothing more comes.
  private func read(_ connection: Int32, until isEnough: ([UInt8]) -> Bool) -> [UInt8] {
    var seen: [UInt8] = []
    while !isEnough(seen), let bytes = received(from: connection) { seen += bytes }
    return seen
  }

  /// Waits until the other side has ended the connection, without reading from it.
  private func waitForEnd(_ connection: Int32) {
    var watched = pollfd(fd: connection, events: 0, revents: 0)
    while poll(&watched, 1, -1) < 0, errno == EINTR {}
  }
}
