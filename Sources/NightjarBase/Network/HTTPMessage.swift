// What goes to a web server and what comes back.
//
// SOURCE: RFC 9110, RFC 9112.

/// Names and values in the order in which they are sent.
package typealias HTTPFields = [(name: String, value: [UInt8])]

/// A request.
package struct HTTPRequest: Sendable {
  package var address: WebAddress
  package var method: String
  package var fields: HTTPFields
  package var body: [UInt8]?
  /// How many redirections are followed.
  package var redirectionCountMax = 5
  /// How long connecting, and each wait afterwards, may take.
  package var timeoutNanoseconds: UInt64 = 30_000_000_000

  package init(
    _ address: WebAddress,
    method: String = "GET",
    fields: HTTPFields = [],
    body: [UInt8]? = nil
  ) {
    self.address = address
    self.method = method
    self.fields = fields
    self.body = body
  }

  /// Whether bytes are a name that a method or a field may have.
  package static func isToken(_ text: some Collection<UInt8>) -> Bool {
    let marks = Array("!#$%&'*+-.^_`|~".utf8)
    return !text.isEmpty
      && text.allSatisfy { byte in
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- 0x30 <= 9 || marks.contains(byte)
      }
  }

  /// Whether bytes may be the value of a field: what ends a line would begin another field.
  package static func isFieldValue(_ text: some Collection<UInt8>) -> Bool {
    text.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
  }

  /// Fields that follow from the request and are nobody's to choose.
  package static func isReserved(_ name: String) -> Bool {
    ["content-length", "transfer-encoding", "connection", "te", "upgrade"]
      .contains(name.lowercased())
  }

  /// The request as it is sent.
  var bytes: [UInt8] {
    var head = "\(method) \(address.target) HTTP/1.1\r\n"
    func add(_ name: String, _ value: String) {
      if !fields.contains(where: { $0.name.lowercased() == name.lowercased() }) {
        head += "\(name): \(value)\r\n"
      }
    }
    add("Host", address.authority)
    add("User-Agent", "nightjar")
    add("Accept", "*/*")
    head += "Connection: close\r\n"
    if body != nil || ["POST", "PUT", "PATCH"].contains(method) {
      head += "Content-Length: \(body?.count ?? 0)\r\n"
    }
    var bytes = Array(head.utf8)
    for (name, value) in fields {
      bytes += Array("\(name): ".utf8) + value + [0x0D, 0x0A]
    }
    return bytes + [0x0D, 0x0A] + (body ?? [])
  }

  /// The request that a redirection asks for; nil when it is not to be followed.
  func redirected(by response: HTTPResponse) -> HTTPRequest? {
    guard redirectionCountMax > 0, [301, 302, 303, 307, 308].contains(response.code),
      let place = response.value(of: "location"), let next = address.resolve(place),
      next.isEncrypted || !address.isEncrypted
    else { return nil }
    var request = self
    request.redirectionCountMax -= 1
    request.address = next
    let becomesGet = response.code == 303 || (response.code < 303 && method == "POST")
    if becomesGet && method != "HEAD" {
      request.method = "GET"
      request.body = nil
      request.fields.removeAll { $0.name.lowercased().hasPrefix("content-") }
    }
    if !next.hasOrigin(of: address) {
      // They were meant for the first server.
      let secrets = ["authorization", "cookie", "host", "proxy-authorization"]
      request.fields.removeAll { secrets.contains($0.name.lowercased()) }
    }
    return request
  }
}

/// The response to a request.
package struct HTTPResponse: Sendable {
  /// The three digits.
  package var code: Int
  /// The first line.
  package var status: [UInt8]
  /// Names in lower case; values of one name are one value with commas.
  package var fields: HTTPFields = []
  package var body: [UInt8] = []

  /// The value of a field.
  package func value(of name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }
}
