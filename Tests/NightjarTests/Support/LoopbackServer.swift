// A server on this machine that says what a test tells it to, byte by byte.

import Foundation

/// Answers each connection by a closure, on a thread of its own, until it is stopped.
final class LoopbackServer: Sendable {
  let port: Int
  private let descriptor: Int32

  /// One connection, after the head of its request and as much of its body as the head announces.
  struct Exchange {
    let request: String
    fileprivate let descriptor: Int32

    /// Sends bytes; a peer that has gone is no matter.
    func send(_ text: String) {
      let bytes = Array(text.utf8)
      var start = 0
      while start < bytes.count {
        let count = Glibc.send(
          descriptor,
          Array(bytes[start...]),
          bytes.count - start,
          Int32(MSG_NOSIGNAL)
        )
        if count <= 0 { return }
        start += count
      }
    }

    /// Waits for the peer to go.
    func hold() {
      var byte: UInt8 = 0
      while recv(descriptor, &byte, 1, 0) > 0 {}
    }
  }

  /// A server whose connections are closed when `answer` returns.
  ///
  /// One that does not read requests answers at once.
  init(readsRequests: Bool = true, _ answer: @escaping @Sendable (Exchange) -> Void) throws {
    struct Failure: Error {}
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(socket, address, length) == 0 && listen(socket, 16) == 0
          && getsockname(socket, address, &length) == 0
      }
    }
    guard isBound else { throw Failure() }
    port = Int(UInt16(bigEndian: address.sin_port))
    // The thread that accepts closes the socket as well: were it closed elsewhere, the number could
    // be another server's by the next `accept`.
    Thread.detachNewThread {
      defer { close(socket) }
      while true {
        let connection = accept(socket, nil, nil)
        if connection < 0 { return }
        Thread.detachNewThread {
          let request = readsRequests ? Self.readRequest(connection) : ""
          answer(Exchange(request: request, descriptor: connection))
          close(connection)
        }
      }
    }
  }

  private static func readRequest(_ connection: Int32) -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]), recv(connection, &byte, 1, 0) == 1 {
      bytes.append(byte)
    }
    let head = String(decoding: bytes, as: UTF8.self)
    let length = head.firstMatch(of: /Content-Length: (\d+)/).flatMap { Int($0.output.1) } ?? 0
    for _ in 0..<length where recv(connection, &byte, 1, 0) == 1 { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Ends the thread that waits for connections.
  ///
  /// To be called once.
  func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
