// R9: whoever is cancelled in the middle of a frame loses none of it. A thousand random framings are read and
// written under deadlines that fire at any checkpoint, and every byte arrives once and in order.

import NightjarBase
import NightjarEngine
import NightjarSimulation
import Testing

@Suite struct FramingTests {
  /// Faults that tear reads and writes apart, and take their time.
  private static let torn: Faults = {
    var faults = Faults()
    faults.partial = 0.7
    faults.operationNanoseconds = 1_000...900_000
    faults.latencyNanoseconds = 50_000...3_000_000
    return faults
  }()

  private static let program = #"""
    local state = seed
    local function random(n)
      state = (state * 1103515245 + 12345) % 2147483648
      return (state >> 8) % n
    end
    local listener = assert(net.listen("127.0.0.1", 0))
    local cuts, frames = 0, 0
    task.scope(function(s)
      -- What is sent: lines, and frames that begin with their length.
      local kinds, list = {}, {}
      for i = 1, 20 do
        local body = {}
        for j = 1, random(300) do body[j] = string.char(97 + random(26)) end
        list[i] = table.concat(body)
        kinds[i] = random(2) == 0 and "line" or "frame"
      end
      -- Tries for a random moment at a time until it is done.
      local function stubborn(f, ...)
        while true do
          local ok, value = task.timeout(random(4000) / 1e6, f, ...)
          if ok then return value end
          cuts = cuts + 1
        end
      end
      s:spawn(function()
        local conn = assert(listener:accept())
        defer(function() conn:close() end)
        for i = 1, #list do
          local text = kinds[i] == "line" and list[i] .. "\n" or string.pack(">I4", #list[i]) .. list[i]
          -- `written` says how far it came, whoever cut it off.
          local from = conn.written
          while conn.written - from < #text do
            local ok, done, message, _, count = task.timeout(random(4000) / 1e6, conn.write, conn, text:sub(conn.written - from + 1))
            if not ok then cuts = cuts + 1 elseif not done then error(message) end
          end
        end
        conn:shutdown()
      end)
      local conn = assert(net.connect("127.0.0.1", listener.port))
      defer(function() conn:close() end)
      for i = 1, #list do
        local text
        if kinds[i] == "line" then
          text = stubborn(conn.read, conn, "l")
        else
          local head = stubborn(conn.read_exact, conn, 4)
          text = stubborn(conn.read_exact, conn, (string.unpack(">I4", head)))
        end
        if text ~= list[i] then error("frame " .. i .. " of seed " .. seed .. " came torn") end
        frames = frames + 1
      end
      if conn:read("a") ~= "" then error("more came than was sent, seed " .. seed) end
    end)
    listener:close()
    print(frames, cuts)
    """#

  @Test func r9AThousandFramingsLoseNoByte() throws {
    var (frames, cuts) = (0, 0)
    for seed in 1...50 {
      let stage = Stage(.simulated(seed: UInt64(seed), Self.torn))
      let printed = try stage.run("local seed = \(seed)\n" + Self.program)
      let words = printed.split { $0 == "\t" || $0 == "\n" }
      let counts = words.compactMap { Int($0) }
      guard counts.count == 2 else {
        Issue.record("seed \(seed): \(printed)")
        continue
      }
      frames += counts[0]
      cuts += counts[1]
      #expect(stage.isClean())
    }
    #expect(frames == 1000)
    #expect(cuts > 500, "it is cut off often: \(cuts)")
  }

  @Test func r9AFailedWriteSaysHowFarItCame() throws {
    let stage = Stage(.simulated(seed: 3, Self.torn))
    let printed = try stage.run(
      """
      local listener = assert(net.listen("127.0.0.1", 0))
      task.scope(function(s)
        s:spawn(function()
          local conn = assert(listener:accept())
          conn:read(1000)
          conn:close()
        end)
        local conn = assert(net.connect("127.0.0.1", listener.port))
        defer(function() conn:close() end)
        local ok, message, code, written = conn:write(("x"):rep(5000000))
        print(ok, type(message), written >= 1000, written < 5000000, written == conn.written)
      end)
      listener:close()
      """
    )
    #expect(printed == "nil\tstring\ttrue\ttrue\ttrue\n")
    #expect(stage.isClean())
  }
}
