// The system's own calls for sockets, for those at the other end of what is tested.

import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// What the system has refused.
struct SocketFailure: Error { let code: Int32 }

#if canImport(Glibc)
let noSignal = Int32(MSG_NOSIGNAL)
#else
let noSignal: Int32 = 0
#endif

func makeSocket() -> Int32 {
  #if canImport(Glibc)
  socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  #else
  socket(AF_INET, SOCK_STREAM, 0)
  #endif
}

func loopback(_ port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}

func withAddress<Result>(
  _ address: inout sockaddr_in,
  _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
) -> Result {
  withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
}

/// A socket that listens at a port of this machine that nobody has.
func makeListener() throws -> (descriptor: Int32, port: UInt16) {
  let socket = makeSocket()
  var address = loopback(0)
  let isBound = withAddress(&address) { bind(socket, $0, $1) } == 0
  guard isBound, listen(socket, 128) == 0 else { throw SocketFailure(code: errno) }
  var byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
  _ = withAddress(&address) { own, _ in getsockname(socket, own, &byteCount) }
  return (socket, UInt16(bigEndian: address.sin_port))
}

/// Some bytes of a connection; nil at its end.
func received(from connection: Int32, atMost most: Int = 4_096) -> [UInt8]? {
  var room = [UInt8](repeating: 0, count: most)
  let count = recv(connection, &room, room.count, 0)
  return count > 0 ? Array(room[..<count]) : nil
}

/// Writes everything; false when the connection does not take it.
func sent(_ bytes: [UInt8], to connection: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, noSignal) }
    if count <= 0 { return false }
    rest = rest.dropFirst(count)
  }
  return true
}

/// Has the system send a reset when a connection is closed.
func endsWithReset(_ connection: Int32) {
  var now = linger(l_onoff: 1, l_linger: 0)
  setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
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
