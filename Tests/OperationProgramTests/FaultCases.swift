// The bad days of clients and servers: what a peer does, the program that meets it, and what that prints. They
// run on real loopback and in simulated worlds.

import Testing

/// What a peer does, what a client asks for, and what it prints.
struct FaultCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let peer: [[Step]]
  let program: String
  let printed: String

  init(_ name: String, _ peer: [Step]..., program: String, prints: String) {
    testDescription = name
    self.peer = peer
    self.program = program
    printed = prints
  }
}

/// Answers of servers that mean no good.
private let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
private let chunked = head + "Transfer-Encoding: chunked\r\n\r\n"
/// Prints what a request gave: its body, or that it failed.
private let fetch = """
  local body, code = http.request{ url = URL, timeout = 60 }
  print(body and #body, body and code or "failed: " .. tostring(code):gsub("^[^ ]*: ", ""))
  """

enum FaultCases {
  static let http: [FaultCase] = [
    FaultCase(
      "reset before an answer",
      [.readHead, .abort],
      program: fetch,
      prints: "nil\tfailed: Connection reset by peer\n"
    ),
    FaultCase(
      "killed in the middle of a response",
      [.readHead, .write(head + "Content-Length: 1000\r\n\r\nhalf"), .die],
      program: "local body, why = http.get(URL) print(body, why ~= nil)",
      prints: "nil\ttrue\n"
    ),
    FaultCase(
      "closed in the middle of a response",
      [.readHead, .write(head + "Content-Length: 1000\r\n\r\nhalf")],
      program: fetch,
      prints: "nil\tfailed: malformed response\n"
    ),
    FaultCase(
      "half-closed behind a response",
      [.readHead, .write(head + "\r\nwhole"), .halfClose, .readToEnd],
      program: fetch,
      prints: "5\t200\n"
    ),
    FaultCase(
      "a response byte by byte",
      [.readHead, .dribble(head + "Content-Length: 5\r\n\r\nwhole", milliseconds: 1)],
      program: fetch,
      prints: "5\t200\n"
    ),
    FaultCase(
      "a response that would take for ever",
      [
        .readHead, .write(head + "\r\n"),
        .dribble(String(repeating: "x", count: 1_000), milliseconds: 20),
      ],
      program: """
        local start = task.now()
        print(select(2, http.request{ url = URL, timeout = 0.3 }):match(": (.*)"))
        print(task.now() - start < 15) -- of 20 that all of it would take
        """,
      prints: "Connection timed out\ntrue\n"
    ),
    FaultCase(
      "never an answer",
      [.hang],
      program: """
        print(select(2, http.request{ url = URL, timeout = 0.1 }):match(": (.*)"))
        print(task.timeout(0.1, http.get, URL) == false)
        """,
      prints: "Connection timed out\ntrue\n"
    ),
    FaultCase(
      "nobody there any more",
      [.die],
      program: """
        http.get(URL)
        task.sleep(0.05)
        print((select(2, http.get(URL)):match(": (.*)")))
        """,
      prints: "Connection refused\n"
    ),
    FaultCase(
      "chunks that are none",
      [.readHead, .write(chunked + "5\r\nwhole\r\nzz\r\nmore")],
      [.readHead, .write(chunked + "5\r\nwholewhole")],
      [.readHead, .write(chunked + "-1\r\n")],
      [.readHead, .write(chunked + "ffffffffffffffff\r\nx")],
      [.readHead, .write(chunked + "\r\n\r\n")],
      [
        .readHead,
        .write(chunked + "5\r\nwhole\r\n0\r\n" + String(repeating: "a: b\r\n", count: 20_000)),
      ],
      program: "for _ = 1, 6 do local body, why = http.get(URL) print(body, why ~= nil) end",
      prints: String(repeating: "nil\ttrue\n", count: 6)
    ),
    FaultCase(
      "heads that are none",
      [.readHead, .write("")],
      [.readHead, .write("SSH-2.0-x\r\n")],
      [.readHead, .write("HTTP/1.1 200 OK\r\nno field\r\n\r\n")],
      [.readHead, .write("HTTP/1.1 200 OK\r\n" + String(repeating: "x", count: 100_000))],
      [.readHead, .write(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 1_000)), .hang],
      [.readHead, .write("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")],
      program: "for _ = 1, 5 do local body, why = http.get(URL) print(body, why ~= nil) end",
      prints: String(repeating: "nil\ttrue\n", count: 5)
    ),
    FaultCase(
      "redirections without end",
      [.readHead, .write("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")],
      program: "local _, code = http.get(URL) print(code)",
      prints: "302\n"
    ),
    FaultCase(
      "a request that is given up in the middle of its answer",
      [.readHead, .write(head + "Content-Length: 1000\r\n\r\nhalf"), .hang],
      program: """
        local ok, why = task.timeout(0.05, http.get, URL)
        print(ok, why.kind)
        local ok, e = pcall(task.scope, function(s)
          s:spawn(http.get, URL)
          task.sleep(0.02)
          error("sibling failed", 0)
        end)
        print(ok, e)
        """,
      prints: "false\tTimeout\nfalse\tsibling failed\n"
    ),
    FaultCase(
      "a big request that nobody reads",
      [.pause(milliseconds: 400)],
      program: """
        local ok, why = http.request{ url = URL, body = ("x"):rep(20000000), timeout = 0.2 }
        print(ok, ok == nil and why ~= nil)
        """,
      prints: "nil\ttrue\n"
    ),
  ]

  static let flows: [FaultCase] = [
    FaultCase(
      "echo",
      [.echo],
      program: """
        local conn = assert(net.connect(HOST, PORT))
        local text = ("nightjar"):rep(20000)
        task.scope(function(s)
          s:spawn(function() conn:write(text) conn:shutdown() end)
          print(conn:read("a") == text)
        end)
        conn:close()
        """,
      prints: "true\n"
    ),
    FaultCase(
      "reset while it is waited for",
      [.read(1), .abort],
      program: """
        local conn = assert(net.connect(HOST, PORT))
        conn:write("x")
        print(conn:read("a"))
        print(conn:read())
        print(select(2, conn:write("more")) ~= nil)
        conn:close()
        """,
      prints: """
        nil\tConnection reset by peer\t104
        nil\tConnection reset by peer\t104
        true

        """
    ),
    FaultCase(
      "reset while it is written to",
      [.read(1), .pause(milliseconds: 20), .abort],
      program: """
        local conn = assert(net.connect(HOST, PORT))
        local block, written, why = ("x"):rep(1000000), 0, nil
        repeat
          local ok, message, _, count = conn:write(block)
          why = not ok and message
        until why
        print(why == "Connection reset by peer" or why == "Broken pipe", conn.written > 0)
        conn:close()
        """,
      prints: "true\ttrue\n"
    ),
    FaultCase(
      "half-closed by the peer",
      [.read(5), .write("bye\nrest"), .halfClose, .read(9), .pause(milliseconds: 1)],
      program: """
        local conn = assert(net.connect(HOST, PORT))
        conn:write("hello")
        print(conn:read(), conn:read(), conn:read())
        print(conn:write("more") == conn)
        conn:close()
        """,
      prints: "bye\trest\tnil\ntrue\n"
    ),
    FaultCase(
      "half-closed by us",
      [.readToEnd, .write("all of it\n")],
      program: """
        local conn = assert(net.connect(HOST, PORT))
        conn:write("question")
        conn:shutdown()
        print(conn:read("a"))
        print(conn:write("x") == nil)
        conn:close()
        """,
      prints: "all of it\n\ntrue\n"
    ),
    FaultCase(
      "dribbling bytes",
      [.dribble("one\ntwo\nthree", milliseconds: 3)],
      program: """
        local conn = assert(net.connect(HOST, PORT))
        local lines, tries = {}, 0
        while #lines < 3 do
          tries = tries + 1
          local ok, line = task.timeout(0.004, function() return conn:read() end)
          if ok and not line then break end
          if ok then lines[#lines + 1] = line end
        end
        print(table.concat(lines, " "), tries >= 3)
        conn:close()
        """,
      prints: "one two three\ttrue\n"
    ),
    FaultCase(
      "the end in the middle of what was announced",
      [.write("1234")],
      program: """
        local conn = assert(net.connect(HOST, PORT))
        print(conn:read_exact(10))
        print(conn:read_exact(4))
        conn:close()
        """,
      prints: "nil\tunexpected end of input\t71\n1234\n"
    ),
    FaultCase(
      "a peer that never reads",
      [.stall],
      program: """
        local conn = assert(net.connect(HOST, PORT))
        assert(conn:write("x"))
        print(task.timeout(0.1, function() while conn:write(("x"):rep(100000)) do end end) == false)
        print(conn.written > 0)
        conn:close()
        """,
      prints: "true\ntrue\n"
    ),
    FaultCase(
      "the server dies under ten clients",
      Array(repeating: Step.echo, count: 1),
      [.echo],
      [.echo],
      [.echo],
      [.echo],
      [.echo],
      [.echo],
      [.echo],
      [.echo],
      [.read(1), .pause(milliseconds: 30), .die],
      program: """
        local ended = 0
        task.scope(function(s)
          for i = 1, 10 do
            local conn = assert(net.connect(HOST, PORT))
            s:spawn(function()
              defer(function() conn:close() end)
              repeat
                local ok = conn:write("ping\\n") and conn:read()
                task.sleep(0.001)
              until not ok
              ended = ended + 1
            end)
          end
        end)
        print(ended, (net.connect(HOST, PORT)))
        """,
      prints: "10\tnil\n"
    ),
  ]

  /// Servers that are visited by whoever means no good; honest visitors are served before and after.
  static let servers: [FaultCase] = [
    FaultCase(
      "an echo server",
      [
        .visit(
          rude + [
            [.write("one\n"), .halfClose, .readToEnd],
            [.dribble("slow\n", milliseconds: 2), .read(5), .halfClose, .readToEnd],
            [.write(String(repeating: "no reader\n", count: 20_000)), .abort],
          ]
        )
      ],
      program: """
        local listener = assert(net.listen(HERE, 0))
        -- A server that is busy enough may lose its patience with anybody.
        local function ask(text)
          repeat
            local line = task.scope(function()
              local conn = assert(net.connect("127.0.0.1", listener.port))
              defer(function() conn:close() end)
              return conn:write(text, "\\n") and conn:read()
            end)
          until line
          return text
        end
        task.scope(function(s)
          s:daemon(function()
            listener:serve(function(conn)
              for line in conn:lines("L") do
                -- Who does not read is left.
                if not task.timeout(0.5, conn.write, conn, line) then return end
              end
            end, { on_error = function() end })
          end)
          print(ask("before"))
          local control = assert(net.connect(HOST, PORT))
          control:write(listener.port, "\\n")
          assert(control:read("a") == "")
          control:close()
          print(ask("after"))
        end)
        listener:close()
        """,
      prints: "before\nafter\n"
    ),
    FaultCase(
      "a web server",
      [
        .visit(
          rude + [
            [.write("GET / HTTP/1.1\r\nHost: x"), .abort],
            [.write("GET / HTTP/1.1\r\nHost: x"), .halfClose, .readToEnd],
            // Asks and never ends asking: left when the server's patience is over.
            [.write("GET / HTTP/1.1\r\n"), .hang],
            [.dribble(String(repeating: "GET /slow", count: 100), milliseconds: 5)],
            [.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n"), .halfClose, .readToEnd],
            [.write("GET /big HTTP/1.1\r\n\r\n"), .pause(milliseconds: 100), .abort],
            [.write("GET /big HTTP/1.1\r\n\r\n"), .pause(milliseconds: 1_000)],
            [
              .write("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n"), .readToEnd,
            ],
            [.write("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), .readToEnd],
            [.write("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf"), .abort],
            [.write("GET /fails HTTP/1.1\r\n\r\n"), .halfClose, .readToEnd],
            [.write("GET / HTTP/1.1\r\n" + String(repeating: "x", count: 200_000)), .readToEnd],
          ]
        )
      ],
      program: """
        local listener = assert(net.listen(HERE, 0))
        local failures = 0
        task.scope(function(s)
          s:daemon(function()
            http.serve(listener, function(request)
              if request.target == "/fails" then error("handler") end
              if request.target == "/big" then return ("x"):rep(20000000) end
              return request.target
            end, { timeout = 1, on_error = function() failures = failures + 1 end })
          end)
          local base = "http://127.0.0.1:" .. listener.port
          -- A server that is busy enough may lose its patience with anybody.
          local function ask(path)
            repeat local body = http.get(base .. path) until body
            return path
          end
          print(ask("/before"))
          local control = assert(net.connect(HOST, PORT))
          control:write(listener.port, "\\n")
          assert(control:read("a") == "")
          control:close()
          print(ask("/after"))
          repeat http.get(base .. "/fails") until failures > 0
          print(failures < 5)
        end)
        listener:close()
        """,
      prints: "/before\n/after\ntrue\n"
    ),
  ]

  /// What comes and goes.
  private static let rude: [[Step]] = [
    [], [.abort], [.write("x"), .abort], [.write("no end of a line")], [.halfClose, .readToEnd],
    [.write(String(repeating: "x", count: 100_000)), .abort], [.pause(milliseconds: 50), .abort],
    [.write("\0\u{1}\u{2}\n"), .pause(milliseconds: 10), .abort],
  ]
}
