// R9: whoever is cancelled in the middle of a frame loses none of it. A thousand random framings are read and
// written under deadlines that fire at every checkpoint, and every byte arrives once and in order.

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

  /// What programs begin with whose `seed` is set.
  private static let beginning = """
    local state = seed
    local function random(n)
      state = (state * 1103515245 + 12345) % 2147483648
      return (state >> 8) % n
    end
    local listener = assert(net.listen("127.0.0.1", 0))

    """

  private static let program = #"""
    local cuts, frames, list_of_sent = 0, 0, nil
    task.scope(function(s)
      -- What is sent: lines, and frames that begin with their length.
      local kinds, list = {}, {}
      list_of_sent = list
      for i = 1, 1 + random(6) do
        local body = {}
        for j = 1, random(300) do body[j] = string.char(97 + random(26)) end
        list[i] = table.concat(body)
        kinds[i] = random(2) == 0 and "line" or "frame"
      end
      -- The patience of one try. Every second one is over before anything can have come, so that whatever waits is
      -- cut off there once; the others end somewhere on the way.
      local try = 0
      local function patience()
        try = try + 1
        return try % 2 == 1 and 1e-9 or random(4000) / 1e6
      end
      -- Tries until it is done.
      local function stubborn(f, ...)
        while true do
          local ok, value = task.timeout(patience(), f, ...)
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
            local ok, done, message, _, count = task.timeout(patience(), conn.write, conn, text:sub(conn.written - from + 1))
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
    print(frames == #list_of_sent, cuts)
    """#

  @Test func r9AThousandFramingsLoseNoByte() throws {
    var (whole, cuts) = (0, 0)
    for seed in 1...1_000 {
      let stage = Stage(.simulated(seed: UInt64(seed), Self.torn))
      let printed = try stage.run("local seed = \(seed)\n" + Self.beginning + Self.program)
      let words = printed.split { $0 == "\t" || $0 == "\n" }
      guard words.count == 2, words[0] == "true", let count = Int(words[1]) else {
        Issue.record("seed \(seed): \(printed)")
        continue
      }
      whole += 1
      cuts += count
      #expect(stage.isClean())
    }
    #expect(whole == 1_000)
    #expect(cuts > 10_000, "they are cut off often: \(cuts)")
    print("tasks: a thousand framings, cut off \(cuts) times")
  }

  /// What was read of a line, or of a number of bytes, is there for the next who reads, whatever that one asks for.
  @Test(arguments: Setting.both)
  func r9WhatWasReadIsKeptForWhoeverReadsNext(setting: Setting) throws {
    let stage = Stage(setting)
    let peer = try stage.peer([.write("half a li"), .read(1), .write("ne\nrest"), .readToEnd])
    let printed = try stage.run(
      stage.names(of: peer) + """
        local conn = assert(net.connect(HOST, PORT))
        defer(function() conn:close() end)
        -- Each of them takes in what has come, and none of them gets what it waits for.
        print(task.timeout(0.1, conn.read, conn, "l") == false)
        print(task.timeout(0.1, conn.read_exact, conn, 100) == false)
        print(task.timeout(0.1, conn.read, conn, "a") == false)
        print(conn:read_exact(4))
        conn:write("x")
        print(conn:read("l"))
        conn:shutdown()
        print(conn:read_exact(5))
        print(conn:read("a"))
        """
    )
    #expect(
      printed == """
        true
        true
        true
        half
         a line
        nil\tunexpected end of input\t71
        rest

        """
    )
    #expect(stage.isClean())
    peer.end()
  }

  /// Each framing is sent again and again, and cut off at its first wait, at its second, and so on until it has no more.
  private static let everyWait = #"""
    local framings, frames, cuts = 0, 0, 0
    task.scope(function(s)
      local jobs, list = task.channel(1)
      -- Tries until it is done, however often it is cut off.
      local function stubborn(f, ...)
        while true do
          local ok, value = task.timeout(1e6, f, ...)
          if ok then return value end
          cuts = cuts + 1
        end
      end
      s:spawn(function()
        local conn = assert(listener:accept())
        defer(function() conn:close() end)
        for text in list do
          local from = conn.written
          while conn.written - from < #text do
            local ok, done, message = task.timeout(1e6, conn.write, conn, text:sub(conn.written - from + 1))
            if not ok then cuts = cuts + 1 elseif not done then error(message) end
          end
        end
        conn:shutdown()
      end)
      local conn = assert(net.connect("127.0.0.1", listener.port))
      defer(function() conn:close() end)
      for i = 1, 20 do
        local body = {}
        for j = 1, random(60) do body[j] = string.char(97 + random(26)) end
        body = table.concat(body)
        local isLine = random(2) == 0
        local k = 0
        repeat
          k = k + 1
          cut(k)
          jobs:send(isLine and body .. "\n" or string.pack(">I2", #body) .. body)
          local text
          if isLine then
            text = stubborn(conn.read, conn, "l")
          else
            local head = stubborn(conn.read_exact, conn, 2)
            text = stubborn(conn.read_exact, conn, (string.unpack(">I2", head)))
          end
          if text ~= body then error("frame " .. i .. " of seed " .. seed .. " came torn at wait " .. k) end
          frames = frames + 1
        until not was_cut()
        framings = framings + 1
      end
      jobs:close()
      if conn:read("a") ~= "" then error("more came than was sent, seed " .. seed) end
    end)
    listener:close()
    print(framings, frames, cuts)
    """#

  @Test func r9CancelledAtEveryWaitOfAThousandFramings() throws {
    var (framings, frames, cuts) = (0, 0, 0)
    for seed in 1...50 {
      let stage = Stage(.simulated(seed: UInt64(seed), Self.torn))
      let machine = stage.machine
      machine.setGlobal(
        "cut",
        machine.makeHostFunction { [unowned machine] (call) throws(ScriptError) in
          machine.cutWait(Int(try call.checkInteger(1)))
          return .results(0)
        }
      )
      machine.setGlobal(
        "was_cut",
        machine.makeHostFunction { [unowned machine] (call) throws(ScriptError) in
          call[1] = Value(!machine.hasWaitToCut)
          machine.cutWait(0)
          return .results(1, from: 1)
        }
      )
      let printed = try stage.run("local seed = \(seed)\n" + Self.beginning + Self.everyWait)
      let counts = printed.split { $0 == "\t" || $0 == "\n" }.compactMap { Int($0) }
      guard counts.count == 3 else {
        Issue.record("seed \(seed): \(printed)")
        continue
      }
      framings += counts[0]
      frames += counts[1]
      cuts += counts[2]
      #expect(stage.isClean())
    }
    #expect(framings == 1000)
    // Each was cut off at each of its waits once, and came through once without.
    #expect(cuts > 3000 && frames > 4000, "\(frames) frames, \(cuts) cuts")
  }

  @Test(arguments: [Setting.real, .simulated(seed: 3, torn)])
  func r9AFailedWriteSaysHowFarItCame(setting: Setting) throws {
    let stage = Stage(setting)
    // More than the system takes before anybody reads.
    let count = stage.world == nil ? 50_000_000 : 5_000_000
    let printed = try stage.run(
      """
      local listener = assert(net.listen("127.0.0.1", 0))
      task.scope(function(s)
        s:spawn(function()
          local conn = assert(listener:accept())
          conn:read_exact(1000)
          conn:close()
        end)
        local conn = assert(net.connect("127.0.0.1", listener.port))
        defer(function() conn:close() end)
        local ok, message, code, written = conn:write(("x"):rep(\(count)))
        print(ok, type(message), written >= 1000, written < \(count), written == conn.written)
      end)
      listener:close()
      """
    )
    #expect(printed == "nil\tstring\ttrue\ttrue\ttrue\n")
    #expect(stage.isClean())
  }
}
