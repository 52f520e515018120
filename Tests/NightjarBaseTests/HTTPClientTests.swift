// The HTTP client against servers that say anything: it answers or throws, within its bounds.

import NightjarBase
import Testing

/// A network on which every connection says the same.
private final class SayingNetwork: NetworkAccess {
  let response: [UInt8]
  var connectionCount = 0

  init(_ response: [UInt8]) { self.response = response }

  func connect(
    host: [UInt8],
    port: UInt16,
    isEncrypted: Bool,
    timeoutNanoseconds: UInt64
  ) throws(SystemError) -> any ByteStream {
    connectionCount += 1
    return SayingStream(response)
  }
}

/// Takes anything and says what it has to say, in pieces.
private final class SayingStream: ByteStream {
  private var rest: ArraySlice<UInt8>
  private(set) var isOpen = true

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isDuplex: Bool { true }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    let count = min(buffer.count, rest.count, 7)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int { bytes.count }

  func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    throw .notSeekable
  }

  func close() throws(SystemError) -> ProcessStatus? {
    isOpen = false
    return nil
  }
}

@Suite struct HTTPClientTests {
  private static let samples = [
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: v\r\n\r\n",
    "HTTP/1.0 301 Moved\r\nLocation: http://other:81/a?b#c\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 None\r\n\r\n",
  ]

  /// Changes bytes, cuts, repeats.
  private func mutated(_ text: String, _ random: inout Xoshiro256) -> [UInt8] {
    var bytes = Array(text.utf8)
    let interesting = Array("\r\n:;,0123456789abcdefxHTP/ -+\0\u{7F}".utf8) + [0x80, 0xFF]
    for _ in 0...(random.next() % 4) {
      if bytes.isEmpty { break }
      let place = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 5 {
      case 0: bytes[place] = interesting[Int(random.next() % UInt64(interesting.count))]
      case 1: bytes.insert(interesting[Int(random.next() % UInt64(interesting.count))], at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes.removeLast(Int(random.next() % UInt64(bytes.count - place)))
      default: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
      }
    }
    return bytes
  }

  @Test func anythingMayBeSaid() throws {
    var random = Xoshiro256(1, 7)
    var answers = 0
    var refusals = 0
    let address = try #require(WebAddress(Array("http://host/path".utf8)))
    for round in 0..<40_000 {
      let network = SayingNetwork(mutated(Self.samples[round % Self.samples.count], &random))
      do throws(SystemError) {
        let response = try HTTPClient(network, bodyByteCountMax: 64).send(HTTPRequest(address))
        answers += 1
        #expect(response.body.count <= 64 && (100...999).contains(response.code))
      } catch {
        refusals += 1
        #expect(error == .malformedResponse || error == .tooLarge, "\(error)")
      }
      #expect((1...6).contains(network.connectionCount))
    }
    #expect(answers > 1_000 && refusals > 1_000)
  }

  @Test func addressesAreReadStrictly() {
    var random = Xoshiro256(2, 7)
    let samples = [
      "http://example.org:8080/a/b?c=d#e", "https://[::1]:443/", "HTTP://EXAMPLE.org", "//h/x",
      "../y?z",
    ]
    var found = 0
    for round in 0..<40_000 {
      let text = mutated(samples[round % samples.count], &random)
      let base = WebAddress(Array("https://base/dir/file".utf8))
      for address in [WebAddress(text), base?.resolve(text)] {
        guard let address else { continue }
        found += 1
        // What goes into a request's head cannot end a line of it, nor be another host.
        let isPlain = (address.target + address.host).utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        #expect(isPlain && address.target.hasPrefix("/") && address.port > 0, "\(address)")
        #expect(!address.host.isEmpty && !address.host.contains("@"))
        let again =
          "\(address.isEncrypted ? "https" : "http")://\(address.authority)\(address.target)"
        #expect(WebAddress(Array(again.utf8)) == address, "\(again)")
      }
    }
    #expect(found > 1_000)
  }
}
