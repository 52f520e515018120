// A client for HTTP/1.1 over whatever network a machine was given (docs/decisions/0012): each request is a
// connection of its own, so that a list of hosts is asked for every one, those after a redirection
// included. What a server sends is bounded in every part before it is kept.
//
// SOURCE: RFC 9112.

/// Sends requests.
package struct HTTPClient {
  private let network: any NetworkAccess
  /// The most bytes of a body.
  private let bodyByteCountMax: Int

  /// The longest line of a response's head, and the longest head.
  private static let lineByteCountMax = 16_384
  private static let headByteCountMax = 65_536

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
    let file = BufferedFile(stream)
    defer { _ = try? file.close() }
    try file.write(request.bytes)
    try file.flush()
    var response = try readHead(file)
    // What comes before the answer, such as 100, is no answer.
    var count = 0
    while response.code < 200 {
      count += 1
      if count > 16 || response.code == 101 { throw .malformedResponse }
      response = try readHead(file)
    }
    if request.method != "HEAD", response.code != 204, response.code != 304 {
      try readBody(of: &response, file)
    }
    return response
  }

  // MARK: Head

  private func readHead(_ file: BufferedFile) throws(SystemError) -> HTTPResponse {
    var byteCount = 0
    let status = try readLine(file, &byteCount)
    var response = HTTPResponse(code: try Self.code(in: status), status: status)
    while true {
      let line = try readLine(file, &byteCount)
      if line.isEmpty { return response }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
        HTTPRequest.isToken(line[..<colon])
      else { throw .malformedResponse }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      response.add(name, Self.trimmed(line[(colon + 1)...]))
    }
  }

  private func readLine(
    _ file: BufferedFile,
    _ byteCount: inout Int
  ) throws(SystemError) -> [UInt8] {
    let bytes: UnsafeRawBufferPointer?
    do throws(SystemError) {
      bytes = try file.readLine(keepsLineEnd: true, byteCountMax: Self.lineByteCountMax)
    } catch { throw error == .tooLarge ? .malformedResponse : error }
    guard let bytes, bytes.last == 0x0A else { throw .malformedResponse }
    byteCount += bytes.count
    if byteCount > Self.headByteCountMax { throw .malformedResponse }
    var line = Array(bytes.dropLast())
    if line.last == 0x0D { line.removeLast() }
    return line
  }

  /// The code of a line such as `HTTP/1.1 200 OK`.
  private static func code(in line: [UInt8]) throws(SystemError) -> Int {
    let words = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count >= 2, words[0].starts(with: Array("HTTP/1.".utf8)), words[1].count == 3,
      let code = number(words[1], radix: 10), code >= 100
    else { throw .malformedResponse }
    return code
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    let rest = text.drop(while: isSpace)
    return Array(rest[..<((rest.lastIndex { !isSpace($0) }).map { $0 + 1 } ?? rest.startIndex)])
  }

  /// A number of digits alone.
  private static func number(_ text: some Collection<UInt8>, radix: Int) -> Int? {
    guard let first = text.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else {
      return nil
    }
    return Int(String(decoding: text, as: UTF8.self), radix: radix)
  }

  // MARK: Body

  private func readBody(
    of response: inout HTTPResponse,
    _ file: BufferedFile
  ) throws(SystemError) {
    if let coding = response.value(of: "transfer-encoding") {
      let name = String(decoding: coding, as: UTF8.self).lowercased()
      if name != "chunked" { throw .malformedResponse }
      return try readChunks(into: &response, file)
    }
    guard let text = response.value(of: "content-length") else {
      // Everything up to the end of the connection.
      response.body = [UInt8](try file.readAll(byteCountMax: bodyByteCountMax))
      return
    }
    // Some servers send the same length twice.
    let lengths = text.split(separator: UInt8(ascii: ",")).map { Self.trimmed($0) }
    guard let first = lengths.first, lengths.allSatisfy({ $0 == first }),
      let count = Self.number(first, radix: 10)
    else { throw .malformedResponse }
    try read(count, into: &response.body, file)
  }

  /// Reads exactly so many bytes.
  private func read(
    _ count: Int,
    into body: inout [UInt8],
    _ file: BufferedFile
  ) throws(SystemError) {
    if count > bodyByteCountMax - body.count { throw .tooLarge }
    if count == 0 { return }
    guard let bytes = try file.read(count: count), bytes.count == count else {
      throw .malformedResponse
    }
    body += bytes
  }

  private func readChunks(
    into response: inout HTTPResponse,
    _ file: BufferedFile
  ) throws(SystemError) {
    while true {
      var byteCount = 0
      let line = try readLine(file, &byteCount)
      let digits = Self.trimmed(line.prefix { $0 != UInt8(ascii: ";") })
      guard let count = Self.number(digits, radix: 16) else { throw .malformedResponse }
      if count == 0 { break }
      try read(count, into: &response.body, file)
      if try !readLine(file, &byteCount).isEmpty { throw .malformedResponse }
    }
    // Fields behind the last chunk say nothing that is asked for here.
    var byteCount = 0
    while try !readLine(file, &byteCount).isEmpty {}
  }
}

extension SystemError {
  /// A server sent what is no response, or broke off.
  package static let malformedResponse = SystemError(code: 71, message: "malformed response")
}
