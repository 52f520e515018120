// Echo and the web over a bad line on real loopback: bytes that come late, never or torn, and connections that end,
// half or whole, or are reset under way. What arrives is what was sent, each exchange ends, and nothing is left.

import Foundation
import NightjarEngine
import Testing

@Suite struct BadLineTests {
  /// Twenty exchanges of either kind at a time, each with a second's patience.
  static let program = """
    local echo, web = assert(net.listen("127.0.0.1", 0)), assert(net.listen("127.0.0.1", 0))
    local function tell(proxy, port)
      local conn = assert(net.connect("127.0.0.1", proxy))
      conn:write(port, "\\n")
      assert(conn:read("a") == "")
      conn:close()
    end
    tell(ECHO, echo.port)
    tell(WEB, web.port)
    local good, bad = 0, 0
    local function note(isGood) if isGood then good = good + 1 else bad = bad + 1 end end
    task.scope(function(s)
      s:daemon(function()
        echo:serve(function(conn)
          for line in conn:lines("L") do if not conn:write(line) then return end end
        end, { on_error = function() end })
      end)
      s:daemon(function()
        http.serve(web, function(request) return request.body:rep(2) end, { timeout = 1, on_error = function() end })
      end)
      for i = 1, 20 do
        s:spawn(function()
          local text = ("x"):rep(i * 200)
          local ok, line = task.timeout(1, function()
            local conn = assert(net.connect("127.0.0.1", ECHO))
            defer(function() conn:close() end)
            return conn:write(text, "\\n") and conn:read("L")
          end)
          -- A flow that ends early ends its last line early.
          local isWhole = ok and line and line:sub(-1) == "\\n"
          if isWhole then assert(line == text .. "\\n", "bytes are not those that were sent") end
          note(isWhole)
        end)
        s:spawn(function()
          local text = ("y"):rep(i * 100)
          local body, code = http.request{
            url = "http://127.0.0.1:" .. WEB .. "/", method = "POST", body = text, timeout = 1,
          }
          local isWhole = body and code == 200
          if isWhole then assert(body == text:rep(2), "bytes are not those that were sent") end
          note(isWhole)
        end)
      end
    end)
    echo:close() web:close()
    print(good + bad, good, bad)
    """

  /// Runs everything over a line of a seed; how many exchanges went well, and how many did not.
  static func run(seed: UInt64) throws -> (good: Int, bad: Int) {
    let stage = Stage(.real)
    let lines = try [LossyProxy(seed: seed), LossyProxy(seed: seed + 1_000)]
    let names = "local ECHO, WEB = \(lines[0].port), \(lines[1].port)\n"
    let printed = try stage.run(names + program)
    let counts = printed.split { $0 == "\t" || $0 == "\n" }.compactMap { Int($0) }
    try #require(counts.count == 3 && counts[0] == 40, "\(printed)")
    #expect(stage.machine.liveTaskCount == 0 && stage.machine.taskTimerCount == 0)
    #expect(stage.isClean(), "something is left open")
    for line in lines { line.end() }
    while !lines.allSatisfy({ $0.isClosed }) { Thread.sleep(forTimeInterval: 0.01) }
    return (counts[1], counts[2])
  }

  @Test func whatArrivesIsWhatWasSentAndTheRestIsTold() throws {
    var (good, bad) = (0, 0)
    for seed in 1...6 as ClosedRange<UInt64> {
      let counts = try Self.run(seed: seed)
      good += counts.good
      bad += counts.bad
    }
    #expect(good > 0 && bad > 0, "\(good) good, \(bad) bad")
    print("tasks: over bad lines \(good) exchanges arrived and \(bad) failed")
  }

  /// The process has as many descriptors after it as before.
  @Test func noDescriptorIsLeft() async {
    await #expect(processExitsWith: .success) {
      func count() -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
      }
      // What the first round opens for good is not counted.
      guard (try? BadLineTests.run(seed: 1)) != nil else { exit(2) }
      let before = count()
      for seed in 2...4 as ClosedRange<UInt64> {
        guard (try? BadLineTests.run(seed: seed)) != nil else { exit(3) }
      }
      for _ in 0..<3_000 {
        if count() <= before { break }
        Thread.sleep(forTimeInterval: 0.01)
      }
      exit(count() <= before ? 0 : 4)
    }
  }
}
