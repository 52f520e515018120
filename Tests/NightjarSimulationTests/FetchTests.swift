// The HTTP client of tasks, in both worlds, before servers that send what a test wants.

import NightjarBase
import NightjarSimulation
import NightjarSystem
import Testing

@Suite struct FetchTests {
  /// A client, a server, and a request to it.
  private struct Scene {
    let server: TestMachine
    let client: TestMachine
    let listener: (id: ResourceID, port: UInt16)
    let host: String

    init(_ world: World) throws {
      (server, client) = (world.machine(on: "server"), world.machine(on: "client"))
      listener = try server.listen()
      host = world.name(of: "server")
    }

    func request(_ path: String = "/") throws -> HTTPRequest {
      let text = "http://\(host):\(listener.port)\(path)"
      return HTTPRequest(try #require(WebAddress(Array(text.utf8))))
    }

    func fetch(_ request: HTTPRequest, atMost byteCount: Int = 1_000_000) throws -> OperationID {
      try client.start(.fetch(request, bodyByteCountMax: byteCount))
    }

    /// Takes a connection and reads the request.
    func accept() throws -> (id: ResourceID, parser: HTTPMessageParser) {
      let connection = try server.run(.accept(listener.id)).opened.id
      var parser = HTTPMessageParser(.request, bodyByteCountMax: 1_000_000)
      var buffer = ReadBuffer()
      while let count = try parser.advance(&buffer) {
        buffer.add(try server.run(.read(connection, byteCountMax: count)))
      }
      return (connection, parser)
    }

    /// Takes a request, answers it and closes.
    func answer(_ text: String) throws -> HTTPMessageParser {
      let (connection, parser) = try accept()
      try server.write(Array(text.utf8), to: connection)
      server.operations.close(connection)
      return parser
    }

    /// What comes on a connection up to the end of a request's head, or to its own end.
    func seen(on connection: ResourceID) throws -> String {
      var text: [UInt8] = []
      while text.suffix(4) != Array("\r\n\r\n".utf8)[...] {
        guard case .bytes(let more) = try server.run(.read(connection, byteCountMax: 1_000)),
          !more.isEmpty
        else { break }
        text += more
      }
      return String(decoding: text, as: UTF8.self)
    }

    /// Nothing is left open.
    func finish() throws {
      server.operations.end()
      try client.wait { client.operations.openCount == 0 }
      client.operations.end()
      #expect(client.isConsistent && server.isConsistent)
    }
  }

  private func response(_ outcome: OperationOutcome) throws -> HTTPResponse {
    guard case .response(let response) = outcome else { throw Unexpected(outcome: outcome) }
    return response
  }

  @Test(arguments: World.bothAndRough)
  func responsesOfEveryForm(world: World) throws {
    let scene = try Scene(world)
    let forms = [
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\n\r\nhello",
      "HTTP/1.0 200 OK\nX: 1\n\nhello",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nA: b\r\n\r\n",
    ]
    for form in forms {
      var request = try scene.request("/path?x=1")
      request.method = "POST"
      request.body = Array("body".utf8)
      let fetch = try scene.fetch(request)
      let seen = try scene.answer(form)
      #expect(try seen.requestLine().method == "POST")
      #expect(try seen.requestLine().target == Array("/path?x=1".utf8))
      #expect(seen.body == Array("body".utf8) && !seen.keepsConnection)
      let response = try response(scene.client.finish(fetch))
      #expect(response.code == 200 && response.body == Array("hello".utf8))
    }
    try scene.finish()
  }

  @Test(arguments: World.both)
  func redirectionsAreFollowed(world: World) throws {
    let scene = try Scene(world)
    let fetch = try scene.fetch(scene.request("/first"))
    _ = try scene.answer("HTTP/1.1 302 Found\r\nLocation: second\r\nContent-Length: 0\r\n\r\n")
    let seen = try scene.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    #expect(try seen.requestLine().target == Array("/second".utf8))
    #expect(try response(scene.client.finish(fetch)).code == 200)
    try scene.finish()
  }

  @Test(arguments: World.both)
  func aRedirectionLeadsNowhereThatIsNotGranted(world: World) throws {
    let server = world.machine(on: "server")
    let listener = try server.listen()
    let name = world.name(of: "server")
    let list = NetworkAllowList([NetworkAllowList.Entry(host: name, port: listener.port)])
    let client = world.machine(on: "client", permissions: OperationPermissions(network: list))
    let address = try #require(WebAddress(Array("http://\(name):\(listener.port)/".utf8)))
    let fetch = try client.start(.fetch(HTTPRequest(address), bodyByteCountMax: 10))
    let connection = try server.run(.accept(listener.id)).opened.id
    #expect(try !server.run(.read(connection, byteCountMax: 10_000)).bytes.isEmpty)
    let answer = "HTTP/1.1 302 Found\r\nLocation: http://other.example/\r\n\r\n"
    try server.write(Array(answer.utf8), to: connection)
    server.operations.close(connection)
    let error = try client.finish(fetch).error
    #expect(error?.isRefusal == true && error?.message.contains("other.example:80") == true)
    client.operations.end()
    server.operations.end()
  }

  @Test(arguments: World.both)
  func whatIsNoResponseFails(world: World) throws {
    let scene = try Scene(world)
    let forms = [
      "", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhell",
      "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 101 Switching\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "HTTP/1.1 200 OK\r\nA: " + String(repeating: "b", count: 20_000),
    ]
    for form in forms {
      let fetch = try scene.fetch(scene.request())
      _ = try scene.answer(form)
      #expect(try scene.client.finish(fetch).error != nil, "\(form.prefix(50))")
    }
    let fetch = try scene.fetch(scene.request(), atMost: 3)
    _ = try scene.answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour")
    #expect(try scene.client.finish(fetch).error == .tooLarge)
    try scene.finish()
  }

  /// Bodies lie outside of a machine's memory: several together are no larger than one may be.
  @Test(arguments: World.both)
  func bodiesAreBoundedTogether(world: World) throws {
    let scene = try Scene(world)
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"
    let first = try scene.fetch(try scene.request("/1"), atMost: 1000)
    let slow = try scene.accept()
    try scene.server.write(Array((head + String(repeating: "x", count: 800)).utf8), to: slow.id)
    let second = try scene.fetch(try scene.request("/2"), atMost: 1000)
    let other = try scene.accept()
    try scene.server.write(Array((head + String(repeating: "y", count: 800)).utf8), to: other.id)
    // Whichever is read last finds no room.
    let client = scene.client
    try client.wait { client.hasCompleted(first) || client.hasCompleted(second) }
    let isFirst = client.hasCompleted(first)
    guard case .failed(let error) = try scene.client.finish(isFirst ? first : second) else {
      Issue.record("both fit")
      return
    }
    #expect(error == .tooLarge)
    let (left, rest) = isFirst ? (second, other) : (first, slow)
    try scene.server.write(Array(String(repeating: "z", count: 100).utf8), to: rest.id)
    #expect(try response(scene.client.finish(left)).body.count == 900)
    scene.server.operations.close(slow.id)
    scene.server.operations.close(other.id)
    try scene.finish()
  }

  @Test(arguments: World.both)
  func whoeverDoesNotAnswerIsWaitedForSoLong(world: World) throws {
    let scene = try Scene(world)
    var request = try scene.request()
    request.timeoutNanoseconds = 100_000_000
    let accept = try scene.server.start(.accept(scene.listener.id))
    let fetch = try scene.fetch(request)
    #expect(try scene.client.finish(fetch).error == .timedOut)
    // On a machine that is busy enough the time is up before there is a connection.
    scene.server.operations.cancel(accept)
    switch try scene.server.finish(accept) {
    case .opened(let connection, _, _): _ = try scene.seen(on: connection)
    case let outcome: #expect(world.isReal && outcome.isCancelled)
    }
    try scene.finish()
  }

  /// What was given up without doubt, no server ever sees; what one has seen is in doubt.
  ///
  /// That holds in every order of the threads; in the simulated world it is known which of them it is.
  @Test(arguments: World.both)
  func aCancelSaysWhetherTheServerMayHaveSeenIt(world: World) throws {
    let scene = try Scene(world)
    for round in 0..<20 {
      let early = try scene.fetch(scene.request("/early"))
      // Given up at once, and at other moments on the way.
      if round > 0 { try scene.client.pause(milliseconds: UInt64(round % 3)) }
      scene.client.operations.cancel(early)
      guard case .cancelled(let isInDoubt) = try scene.client.finish(early) else {
        Issue.record("not cancelled")
        return
      }
      if round == 0, !world.isReal { #expect(!isInDoubt) }
      let late = try scene.fetch(scene.request("/late"))
      // Connections come in the order in which they were begun.
      var isSeen = false
      while true {
        let connection = try scene.server.run(.accept(scene.listener.id)).opened.id
        let text = try scene.seen(on: connection)
        if text.hasPrefix("GET /late") { break }
        isSeen = isSeen || !text.isEmpty
        scene.server.operations.close(connection)
      }
      #expect(isInDoubt || !isSeen, "a server has seen what was not in doubt")
      scene.client.operations.cancel(late)
      guard case .cancelled(let isLateInDoubt) = try scene.client.finish(late) else {
        Issue.record("not cancelled")
        return
      }
      #expect(isLateInDoubt)
    }
    try scene.finish()
  }

  @Test func messagesMayComeInSingleBytes() throws {
    let text = Array(
      "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\nabcGET"
        .utf8
    )
    var parser = HTTPMessageParser(.request, bodyByteCountMax: 10)
    var buffer = ReadBuffer()
    var count = 0
    for byte in text {
      if try parser.advance(&buffer) == nil { break }
      buffer.add([byte])
      count += 1
    }
    #expect(try parser.advance(&buffer) == nil && count == text.count - 3)
    #expect(parser.body == Array("abc".utf8) && parser.keepsConnection)
    // A request with two lengths is one that somebody else reads differently.
    var twice = HTTPMessageParser(.request, bodyByteCountMax: 10)
    buffer = ReadBuffer()
    buffer.add(
      Array("GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
    )
    #expect(throws: SystemError.malformedResponse) { _ = try twice.advance(&buffer) }
  }
}
