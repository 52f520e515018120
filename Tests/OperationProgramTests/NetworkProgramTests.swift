// Programs over the libraries of connections: the same text in the real and in the simulated world.

import Foundation
import NightjarBase
import NightjarEngine
import NightjarSimulation
import Testing

@Suite struct NetworkProgramTests {
  private func check(_ setting: Setting, _ source: String, _ expected: String) throws {
    let stage = Stage(setting)
    #expect(try stage.run(source) == expected)
    #expect(stage.isClean(), "something is left open")
    #expect(stage.machine.liveTaskCount == 0)
  }

  private func example(_ name: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let url = root.appending(path: "Examples/async/\(name).lua")
    let text = try String(contentsOf: url, encoding: .utf8)
    return "local \(name) = (function(...) \(text) end)('\(name)')\n"
  }

  @Test(arguments: Setting.both)
  func linesComeBack(setting: Setting) throws {
    try check(
      setting,
      """
      local listener = assert(net.listen("127.0.0.1", 0))
      task.scope(function(s)
        s:daemon(function()
          listener:serve(function(conn)
            for line in conn:lines("L") do conn:write(line) end
          end)
        end)
        for i = 1, 3 do
          s:spawn(function()
            local conn = assert(net.connect("127.0.0.1", listener.port))
            defer(function() conn:close() end)
            conn:write("hello ", i, "\\n", ("x"):rep(100000), "\\nrest")
            conn:shutdown()
            assert(conn:read() == "hello " .. i and #conn:read("l") == 100000)
            assert(conn:read(2) == "re" and conn:read("a") == "st" and conn:read() == nil)
          end)
        end
      end)
      listener:close()
      print("done")
      """,
      "done\n"
    )
  }

  @Test(arguments: Setting.both)
  func aCancelledReaderLeavesWhatCame(setting: Setting) throws {
    try check(
      setting,
      """
      local listener = assert(net.listen("127.0.0.1", 0))
      task.scope(function(s)
        local near = assert(net.connect("127.0.0.1", listener.port))
        local far = assert(listener:accept())
        s:spawn(function()
          for i = 1, 20 do
            near:write("a") task.sleep(0.002) near:write("b" .. i .. "\\n")
          end
          near:close()
        end)
        local lines, tries = {}, 0
        while #lines < 20 do
          tries = tries + 1
          local ok, line = task.timeout(0.001, function() return far:read() end)
          if ok then lines[#lines + 1] = line end
        end
        for i = 1, 20 do assert(lines[i] == "ab" .. i, lines[i]) end
        assert(far:read() == nil and tries > 20)
        far:close()
      end)
      listener:close()
      print("done")
      """,
      "done\n"
    )
  }

  @Test(arguments: Setting.both)
  func failuresAndRefusalsAreTold(setting: Setting) throws {
    try check(
      setting,
      """
      local listener = assert(net.listen("127.0.0.1", 0))
      local port = listener.port
      listener:close()
      task.sleep(0.01)
      local conn, message, code = net.connect("127.0.0.1", port)
      print(conn, (message:gsub(":%d+", ":PORT")), code == 111)
      print(listener:accept())
      print(net.connect("no.such.name.invalid", 1) == nil)
      """,
      "nil\t127.0.0.1:PORT: Connection refused\ttrue\nnil\tBad file descriptor\t9\ntrue\n"
    )
    let stage = Stage(setting, permissions: OperationPermissions())
    let printed = try stage.run("print(pcall(net.connect, 'a.example', 80))")
    #expect(printed.contains("connecting to 'a.example:80' is not allowed (capability 'network')"))
  }

  @Test(arguments: Setting.both)
  func datagramsAndProcesses(setting: Setting) throws {
    let stage = Stage(setting)
    stage.world?.programs["cat"] = SimulatedProgram([.copyInput])
    stage.world?.programs["echo hi; exit 4"] = SimulatedProgram([.write("hi\n"), .exit(4)])
    let printed = try stage.run(
      """
      local a, b = assert(udp.bind("127.0.0.1", 0)), assert(udp.bind("127.0.0.1", 0))
      a:send("ping", "127.0.0.1", b.port)
      local bytes, host, port = b:receive()
      print(bytes, port == a.port)
      a:close() b:close()
      print(process.run("echo hi; exit 4"))
      local cat = assert(process.spawn{ "cat", stdin = "pipe" })
      cat.stdin:write("text\\n")
      cat.stdin:close()
      print(cat.stdout:read("a"), cat:wait())
      cat:close()
      """
    )
    #expect(printed == "ping\ttrue\nhi\n\texit\t4\ntext\n\texit\t0\n")
    #expect(stage.isClean())
  }

  @Test(arguments: Setting.both)
  func chat(setting: Setting) throws {
    try check(
      setting,
      example("chat") + """
        local listener = assert(net.listen("127.0.0.1", 0))
        task.scope(function(s)
          s:daemon(function() chat.serve(listener) end)
          local function join(name)
            local conn = assert(net.connect("127.0.0.1", listener.port))
            assert(conn:read() == "your name?")
            conn:write(name, "\\n")
            return conn
          end
          local ann = join("ann")
          task.sleep(0.05)
          local bob = join("bob")
          print(ann:read())
          ann:write("hello\\n")
          print(bob:read())
          bob:close()
          print(ann:read())
          ann:close()
        end)
        listener:close()
        """,
      "* bob has come\nann: hello\n* bob has left\n"
    )
  }

  @Test(arguments: Setting.both)
  func crawlerAndProxy(setting: Setting) throws {
    try check(
      setting,
      example("crawler") + example("proxy") + """
        local pages = {
          ["/"] = '<a href="/a">a</a> <a href="/b">b</a>', ["/a"] = '<a href="/">home</a>',
          ["/b"] = '<a href="/c">c</a> <a href="http://other/">x</a>', ["/c"] = "end",
        }
        task.scope(function(s)
          local back = assert(net.listen("127.0.0.1", 0))
          local dead = assert(net.listen("127.0.0.1", 0))
          local front = assert(net.listen("127.0.0.1", 0))
          local nobody = "http://127.0.0.1:" .. dead.port
          dead:close()
          s:daemon(function()
            http.serve(back, function(request)
              local page = pages[request.target]
              if page then return page, 200, { ["Content-Type"] = "text/html" } end
              return "nothing here", 404
            end)
          end)
          s:daemon(function()
            proxy.serve(front, { nobody, "http://127.0.0.1:" .. back.port })
          end)
          local base = "http://127.0.0.1:" .. front.port
          for _, page in ipairs(crawler.crawl(base .. "/", 10)) do
            print(page.code, page.url:match("%d(/.*)"), #page.body)
          end
          local body, code, headers, status = http.request(base .. "/missing")
          print(body, code, headers["content-length"], status)
          back:close() front:close()
        end)
        """,
      """
      200\t/\t37
      200\t/a\t20
      200\t/b\t48
      200\t/c\t3
      nothing here\t404\t12\tHTTP/1.1 404 Not Found

      """
    )
  }

  @Test func programsSurviveABadDay() throws {
    // Echo and fetch while bytes are lost, connections reset, names not found and operations fail: whatever
    // happens is an error of the one it happens to, everything ends and nothing is left open.
    var faults = Faults.chaos
    faults.reset = 0.05
    var succeeded = 0
    for seed in 1...100 as ClosedRange<UInt64> {
      let stage = Stage(.simulated(seed: seed, faults))
      let printed = try stage.run(
        """
        local echo, web
        repeat echo = net.listen("127.0.0.1", 0) until echo
        repeat web = net.listen("127.0.0.1", 0) until web
        local good = 0
        task.scope(function(s)
          s:daemon(function()
            task.scope(function(t)
              while true do
                local conn = echo:accept()
                if conn then
                  t:spawn(function()
                    defer(function() conn:close() end)
                    while true do
                      local line = conn:read("L")
                      if not line or not conn:write(line) then return end
                    end
                  end)
                end
              end
            end)
          end)
          s:daemon(function()
            while true do pcall(http.serve, web, function(r) return r.target end) end
          end)
          for i = 1, 10 do
            s:spawn(function()
              local conn = net.connect("127.0.0.1", echo.port, 5)
              if conn then
                defer(function() conn:close() end)
                local text = ("x"):rep(i * 1000)
                if conn:write(text, "\\n") then
                  local ok, line = task.timeout(60, function() return conn:read("L") end)
                  -- A flow that ends early ends its last line early.
                  if ok and line and line:sub(-1) == "\\n" then
                    assert(line == text .. "\\n")
                    good = good + 1
                  end
                end
              end
            end)
            s:spawn(function()
              local body, code = http.get("http://127.0.0.1:" .. web.port .. "/" .. i)
              if body and code == 200 then assert(body == "/" .. i) good = good + 1 end
            end)
          end
        end)
        echo:close() web:close()
        print(good)
        """
      )
      let good = Int(printed.trimmingCharacters(in: .whitespacesAndNewlines))
      #expect(good != nil, "seed \(seed): \(printed)")
      succeeded += good ?? 0
      #expect(stage.isClean(), "seed \(seed): something is left open")
      #expect(stage.machine.liveTaskCount == 0, "seed \(seed)")
    }
    #expect((500...2_000).contains(succeeded))
  }
}
