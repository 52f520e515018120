// A client for HTTP/1.1 over whatever network a machine was given, for programs that wait
// (docs/decisions/0012): each request is a connection of its own, so that a list of hosts is asked for
// every one, those after a redirection included. Tasks fetch through `FetchingOperations`, which reads
// messages with the same parser.

/// Sends requests and waits for the responses.
package struct HTTPClient {
  private let network: any NetworkAccess
  /// The most bytes of a body.
  private let bodyByteCountMax: Int

  package init(_ network: any NetworkAccess, bodyByteCountMax: Int) {
    self.network = network
    self.bodyByteCountMax = bodyByteCountMax
  }

  /// Sends a request and follows redirections.
  ///
  /// - Returns: The last response, which is a redirection when it is not one to follow.
  /// - Throws: A refusal of the network, what the system says, `SystemError.malformedResponse`,
  ///   `SystemError.tooLarge`.
  package func send(_ request: HTTPRequest) throws(SystemError) -> HTTPResponse {
    var request = request
    while true {
      let response = try exchange(request)
      guard let next = request.redirected(by: response) else { return response }
      request = next
    }
  }

  private func exchange(_ request: HTTPRequest) throws(SystemError) -> HTTPResponse {
    let stream = try network.connect(
      host: Array(request.address.host.utf8),
      port: request.address.port,
      isEncrypted: request.address.isEncrypted,
      timeoutNanoseconds: request.timeoutNanoseconds
    )
    defer { _ = try? stream.close() }
    try write(request.bytes, to: stream)
    var parser = HTTPMessageParser(request.awaitedKind, bodyByteCountMax: bodyByteCountMax)
    var buffer = ReadBuffer()
    while try parser.advance(&buffer) != nil { buffer.add(try read(from: stream)) }
    return try parser.response()
  }

  private func write(_ bytes: [UInt8], to stream: any ByteStream) throws(SystemError) {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(SystemError) in
        var rest = bytes
        while !rest.isEmpty {
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(try stream.write(rest)))
        }
      }
    }
    try result.get()
  }

  private func read(from stream: any ByteStream) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: ReadBuffer.stepByteCount) { room, count in
      do throws(SystemError) {
        count = try stream.read(into: UnsafeMutableRawBufferPointer(room))
      } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }
}

extension HTTPRequest {
  /// What is read for an answer.
  var awaitedKind: HTTPMessageParser.Kind { .response(toHead: method == "HEAD") }
}
