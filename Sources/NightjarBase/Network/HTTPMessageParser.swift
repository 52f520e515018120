// Reading a message of HTTP/1.1 from bytes as they come. It knows no connection: whoever has one puts bytes
// into a buffer and asks again, be it a client that waits, one that is told, a server or a test that
// gives single bytes. Every part is bounded before it is kept.
//
// SOURCE: RFC 9112.

/// A request or a response on its way in.
package struct HTTPMessageParser: Sendable {
  /// Which of the two it is: they differ in when there is a body.
  package enum Kind: Equatable, Sendable {
    case request
    case response(toHead: Bool)
  }

  private enum Phase: Equatable {
    case start
    case fields
    case fixed(Int)
    case chunkSize
    case chunk(Int)
    case chunkEnd
    case trailer
    case untilEnd
    case done
  }

  /// The longest line of a head, and the longest head.
  private static let lineByteCountMax = 16_384
  private static let headByteCountMax = 65_536

  private let kind: Kind
  /// The most bytes of a body.
  private let bodyByteCountMax: Int
  private var phase = Phase.start
  private var headByteCount = 0
  /// How many answers came before the answer, such as 100.
  private var earlyCount = 0
  /// The first line.
  package private(set) var startLine: [UInt8] = []
  /// Names in lower case; values of one name are one value with commas.
  package private(set) var fields: HTTPFields = []
  package private(set) var body: [UInt8] = []

  package init(_ kind: Kind, bodyByteCountMax: Int) {
    self.kind = kind
    self.bodyByteCountMax = bodyByteCountMax
  }

  /// Whether nothing of the message has come yet.
  package var isUntouched: Bool { phase == .start && earlyCount == 0 }

  /// The value of a field.
  package func value(of name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  /// Whether the connection is of use after this message.
  package var keepsConnection: Bool {
    let words = value(of: "connection").map { String(decoding: $0, as: UTF8.self).lowercased() }
    if startLine.suffix(8).elementsEqual(Array("HTTP/1.0".utf8)) {
      return words?.contains("keep-alive") ?? false
    }
    return words?.contains("close") != true
  }

  /// The response that was read.
  package func response() throws(SystemError) -> HTTPResponse {
    var response = HTTPResponse(code: try Self.code(in: startLine), status: startLine)
    response.fields = fields
    response.body = body
    return response
  }

  /// The method and the target of the request that was read.
  package func requestLine() throws(SystemError) -> (method: String, target: [UInt8]) {
    let words = startLine.split(separator: 0x20, omittingEmptySubsequences: false)
    guard words.count == 3, HTTPRequest.isToken(words[0]), !words[1].isEmpty,
      words[2].starts(with: Array("HTTP/1.".utf8))
    else { throw .malformedResponse }
    return (String(decoding: words[0], as: UTF8.self), Array(words[1]))
  }

  /// Takes what it can from a buffer.
  ///
  /// - Returns: How many more bytes would help; nil when the message is whole.
  /// - Throws: `malformedResponse`, `tooLarge`, what the buffer says.
  package mutating func advance(_ buffer: inout ReadBuffer) throws(SystemError) -> Int? {
    while true {
      switch phase {
      case .done: return nil
      case .fixed(let count), .chunk(let count):
        switch try taken(.some(byteCountMax: count), &buffer) {
        case .bytes(let bytes):
          body += bytes
          let rest = count - bytes.count
          if case .fixed = phase {
            phase = rest == 0 ? .done : .fixed(rest)
          } else {
            phase = rest == 0 ? .chunkEnd : .chunk(rest)
          }
        case .needsMore(let wanted): return wanted
        case .end: throw .malformedResponse
        }
      case .untilEnd:
        let room = bodyByteCountMax - body.count
        switch try taken(.some(byteCountMax: room + 1), &buffer) {
        case .bytes(let bytes):
          if bytes.count > room { throw .tooLarge }
          body += bytes
        case .needsMore(let wanted): return wanted
        case .end: phase = .done
        }
      case .start, .fields, .chunkSize, .chunkEnd, .trailer:
        let wish = ReadWish.line(keepsEnd: true, byteCountMax: Self.lineByteCountMax)
        switch try taken(wish, &buffer) {
        case .bytes(let line): try read(line)
        case .needsMore(let wanted): return wanted
        case .end: throw .malformedResponse
        }
      }
    }
  }

  private func taken(
    _ wish: ReadWish,
    _ buffer: inout ReadBuffer
  ) throws(SystemError) -> ReadAnswer {
    do throws(SystemError) { return try buffer.take(wish) } catch {
      throw error == .tooLarge ? .malformedResponse : error
    }
  }

  // MARK: Lines

  private mutating func read(_ whole: [UInt8]) throws(SystemError) {
    guard whole.last == 0x0A else { throw .malformedResponse }
    headByteCount += whole.count
    if headByteCount > Self.headByteCountMax { throw .malformedResponse }
    var line = whole.dropLast()
    if line.last == 0x0D { line.removeLast() }
    switch phase {
    case .start:
      // Some clients send an empty line behind a body.
      if kind == .request && line.isEmpty && startLine.isEmpty { return }
      startLine = Array(line)
      if kind == .request { _ = try requestLine() } else { _ = try Self.code(in: startLine) }
      phase = .fields
    case .fields: try readField(line)
    case .chunkSize:
      let digits = Self.trimmed(line.prefix { $0 != UInt8(ascii: ";") })
      guard let count = Self.number(digits, radix: 16) else { throw .malformedResponse }
      if count > bodyByteCountMax - body.count { throw .tooLarge }
      headByteCount = 0
      phase = count == 0 ? .trailer : .chunk(count)
    case .chunkEnd:
      if !line.isEmpty { throw .malformedResponse }
      phase = .chunkSize
    // Fields behind the last chunk say nothing that is asked for here.
    default: if line.isEmpty { phase = .done }
    }
  }

  private mutating func readField(_ line: ArraySlice<UInt8>) throws(SystemError) {
    if line.isEmpty { return try beginBody() }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
      HTTPRequest.isToken(line[..<colon])
    else { throw .malformedResponse }
    let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
    let value = Self.trimmed(line[(colon + 1)...])
    if let index = fields.firstIndex(where: { $0.name == name }) {
      fields[index].value += Array(", ".utf8) + value
    } else {
      fields.append((name, value))
    }
  }

  private mutating func beginBody() throws(SystemError) {
    if case .response(let isToHead) = kind {
      let code = try Self.code(in: startLine)
      if code < 200 {
        // What comes before the answer, such as 100, is no answer.
        earlyCount += 1
        if earlyCount > 16 || code == 101 { throw .malformedResponse }
        fields = []
        phase = .start
        return
      }
      if isToHead || code == 204 || code == 304 {
        phase = .done
        return
      }
    }
    headByteCount = 0
    if let coding = value(of: "transfer-encoding") {
      let name = String(decoding: coding, as: UTF8.self).lowercased()
      // Whoever says both means to be read in two ways.
      let hasBoth = kind == .request && value(of: "content-length") != nil
      if name != "chunked" || hasBoth { throw .malformedResponse }
      phase = .chunkSize
      return
    }
    guard let text = value(of: "content-length") else {
      phase = kind == .request ? .done : .untilEnd
      return
    }
    // Some servers send the same length twice.
    let lengths = text.split(separator: UInt8(ascii: ",")).map { Self.trimmed($0) }
    guard let first = lengths.first, lengths.allSatisfy({ $0 == first }),
      let count = Self.number(first, radix: 10)
    else { throw .malformedResponse }
    if count > bodyByteCountMax { throw .tooLarge }
    phase = count == 0 ? .done : .fixed(count)
  }

  // MARK: Words

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
}

extension SystemError {
  /// A server sent what is no response, or broke off.
  package static let malformedResponse = SystemError(code: 71, message: "malformed response")
}
