// The HTTP client of scripts against a server of the test's own.

import Foundation
import Nightjar
import Testing

@Suite struct HTTPTests {
  private func machine(_ allowed: [String]? = nil, memory: Int? = nil) -> Machine {
    var capabilities = Capabilities()
    capabilities.network = allowed.map { .listed($0) } ?? .system
    return Machine(
      Configuration(limits: Limits(memory: memory, time: .seconds(600))),
      capabilities: capabilities
    )
  }

  /// What a script's `return http.request(…)` gives: the body, the code, the request as it came.
  private func exchange(
    _ response: String,
    _ code: String = "return http.request(url)"
  ) throws -> (body: String?, code: Value, request: String) {
    final class Seen: @unchecked Sendable {
      private let lock = NSLock()
      private var text = ""
      func set(_ new: String) { lock.withLock { text = new } }
      var value: String { lock.withLock { text } }
    }
    let seen = Seen()
    let server = try LoopbackServer { exchange in
      seen.set(exchange.request)
      exchange.send(response)
    }
    defer { server.stop() }
    let machine = machine()
    machine["url"] = .string(ByteString("http://127.0.0.1:\(server.port)/path?q=1#here"))
    let (body, code) = try machine.eval(code, as: (String?, Value).self)
    return (body, code, seen.value)
  }

  @Test func sendsWhatServersExpect() throws {
    let (body, code, request) = try exchange("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi!")
    #expect(body == "hi" && code == 200)
    #expect(request.hasPrefix("GET /path?q=1 HTTP/1.1\r\nHost: 127.0.0.1:"))
    #expect(request.contains("\r\nConnection: close\r\n"))
    #expect(!request.contains("Content-Length"))
  }

  @Test func sendsMethodHeadersAndBody() throws {
    let ok = "HTTP/1.1 201 Created\r\n\r\n"
    let (body, code, request) = try exchange(
      ok,
      """
      return http.request {
        url = url, method = "PUT", body = "a=\\0", headers = {["X-One"] = "two", Accept = "text/plain"},
      }
      """
    )
    #expect(body == "" && code == 201)
    #expect(request.hasPrefix("PUT /path"))
    #expect(
      request.contains("\r\nX-One: two\r\n") && request.contains("\r\nAccept: text/plain\r\n")
    )
    #expect(!request.contains("*/*"))
    #expect(request.hasSuffix("\r\n\r\na=\0"))
    let form = try exchange(ok, "return http.request(url, 'x=1')").request
    #expect(form.hasPrefix("POST ") && form.contains("form-urlencoded\r\n"))
  }

  @Test(arguments: [
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n",
      "abcde"
    ),
    ("HTTP/1.0 200 OK\r\n\r\nto the end", "to the end"),
    ("HTTP/1.1 200 OK\nContent-Length: 3\n\nold", "old"),
    ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "x"),
    ("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", ""),
    ("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok", "ok"),
  ])
  func readsBodies(response: String, expected: String) throws {
    #expect(try exchange(response).body == expected)
  }

  @Test(arguments: [
    "", "hello\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 +20 OK\r\n\r\n",
    "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    "HTTP/1.1 200 OK\r\n: v\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nab", "HTTP/1.1 101 Other\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
    "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 20_000) + "\r\n",
    "HTTP/1.1 200 OK\r\nA: " + String(repeating: "b", count: 100_000) + "\r\n\r\n",
    String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 100),
  ])
  func refusesWhatIsNoResponse(response: String) throws {
    let (body, message, _) = try exchange(response)
    #expect(body == nil)
    let isReset = message.description.hasSuffix("Connection reset by peer")
    #expect(isReset || message.description.hasSuffix(": malformed response"), "\(message)")
  }

  @Test func boundsBodiesByTheMachinesMemory() throws {
    let announced = "HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n"
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
    for start in [announced, chunks, "HTTP/1.1 200 OK\r\n\r\n"] {
      let server = try LoopbackServer { exchange in
        exchange.send(start)
        for _ in 0..<200 { exchange.send(chunk) }
      }
      defer { server.stop() }
      let machine = machine(memory: 4 << 20)
      let message: String = try machine.eval(
        "return (select(2, pcall(http.request, 'http://127.0.0.1:\(server.port)/')))"
      )
      #expect(message == "not enough memory")
    }
  }

  // MARK: Redirections

  /// A server that sends `/` to a place.
  private func redirecting(_ code: Int, to place: String) throws -> LoopbackServer {
    try LoopbackServer { exchange in
      if exchange.request.contains(" / ") {
        exchange.send("HTTP/1.1 \(code) Moved\r\nLocation: \(place)\r\nContent-Length: 0\r\n\r\n")
      } else {
        let text = exchange.request.replacing("\r\n", with: "|")
        exchange.send("HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
      }
    }
  }

  @Test(arguments: [
    (301, "/next", "GET /next "), (302, "next?a=b", "GET /next?a=b "), (303, "?q", "GET /?q "),
    (307, "/next", "POST /next "), (308, "/next", "POST /next "),
  ])
  func followsRedirections(code: Int, place: String, start: String) throws {
    let server = try redirecting(code, to: place)
    defer { server.stop() }
    let text: String = try machine().eval(
      "return http.request('http://127.0.0.1:\(server.port)', 'body')"
    )
    // `?q` leads to the same path, with another query.
    if place == "?q" { return #expect(text.hasPrefix(start)) }
    #expect(text.hasPrefix(start))
    #expect(text.hasSuffix("|body") == start.hasPrefix("POST"))
  }

  @Test func leavesRedirectionsToTheScriptIfAsked() throws {
    let server = try redirecting(302, to: "/next")
    defer { server.stop() }
    let (code, place) = try machine().eval(
      """
      local _, code, headers = http.request {url = 'http://127.0.0.1:\(server.port)/', redirect = false}
      return code, headers.location
      """,
      as: (Int, String).self
    )
    #expect(code == 302 && place == "/next")
  }

  @Test func endsCirclesOfRedirections() throws {
    let server = try redirecting(302, to: "/")
    defer { server.stop() }
    let code: Int = try machine().eval(
      "return (select(2, http.request('http://127.0.0.1:\(server.port)/')))"
    )
    #expect(code == 302)
  }

  @Test func asksTheListForEveryConnection() throws {
    let other = try LoopbackServer { $0.send("HTTP/1.1 200 OK\r\n\r\nsecret") }
    defer { other.stop() }
    for place in [
      "http://127.0.0.1:\(other.port)/", "//127.0.0.1:\(other.port)/", "http://localhost/",
    ] {
      let server = try redirecting(302, to: place)
      defer { server.stop() }
      let machine = machine(["127.0.0.1:\(server.port)"])
      let message: String = try machine.eval(
        "return (select(2, pcall(http.request, 'http://127.0.0.1:\(server.port)/')))"
      )
      #expect(message.contains("is not allowed (capability 'network')"), "\(message)")
    }
  }

  @Test func keepsSecretsFromOtherServers() throws {
    let other = try redirecting(200, to: "")
    defer { other.stop() }
    let server = try redirecting(302, to: "http://127.0.0.1:\(other.port)/next")
    defer { server.stop() }
    let text: String = try machine().eval(
      """
      return http.request {
        url = 'http://127.0.0.1:\(server.port)/',
        headers = {Authorization = 'me', Cookie = 'c', ['X-Kept'] = 'k'},
      }
      """
    )
    #expect(
      text.contains("X-Kept: k") && !text.contains("Authorization") && !text.contains("Cookie")
    )
  }

  // MARK: Mistakes of the script

  @Test(arguments: [
    "http.request()", "http.request('ftp://x/')", "http.request('http://')",
    "http.request('http:///x')",
    "http.request('http://user@host/')", "http.request('http://h/a b')",
    "http.request('http://h/\\r\\nX: y')",
    "http.request('http://h:0/')", "http.request('http://h:65536/')",
    "http.request('http://h:+1/')",
    "http.request('http://a\\0b/')", "http.request('http://[::1/')",
    "http.request('http://[127.0.0.1]/')",
    "http.request{}", "http.request{url = 'http://h/', method = 'GET / HTTP/1.1'}",
    "http.request{url = 'http://h/', headers = {['A b'] = 'x'}}",
    "http.request{url = 'http://h/', headers = {A = 'x\\r\\nB: y'}}",
    "http.request{url = 'http://h/', headers = {['content-length'] = '1'}}",
    "http.request{url = 'http://h/', timeout = -1}", "http.request{url = 'http://h/', body = {}}",
  ])
  func refusesMalformedRequests(code: String) {
    let machine = machine(["h", "host"])
    let error = #expect(throws: ScriptError.self) { try machine.eval(code) }
    #expect(error?.message.contains("bad argument #1 to ") == true, "\(error as Any)")
  }

  @Test func isNotThereWithoutANetwork() throws {
    let nothing: Value = try Machine().eval("return http")
    #expect(nothing.isNil)
  }

  @Test func readsConnectionsLineByLine() throws {
    let server = try LoopbackServer(readsRequests: false) { exchange in
      exchange.send("one\ntwo\n")
      exchange.hold()
    }
    defer { server.stop() }
    // What is written goes out at once, and does not lose what was read ahead.
    let (one, two) = try machine().eval(
      """
      local c <close> = net.connect("127.0.0.1", \(server.port))
      local one = c:read()
      c:write("thanks")
      return one, c:read()
      """,
      as: (String, String).self
    )
    #expect(one == "one" && two == "two")
  }
}
