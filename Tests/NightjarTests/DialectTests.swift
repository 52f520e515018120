// Machines and chunks of other versions of Lua.

import Nightjar
import Testing

@Suite struct DialectTests {
  @Test(arguments: [
    (Dialect.lua51, "Lua 5.1"), (.lua52, "Lua 5.2"), (.lua53, "Lua 5.3"), (.lua54, "Lua 5.4"),
    (.lua55, "Lua 5.5"),
  ])
  func machinesSpeakTheirDialect(dialect: Dialect, version: String) throws {
    let machine = Machine(Configuration(dialect: dialect))
    let found: String = try machine.eval("return _VERSION")
    #expect(found == version)
  }

  /// Before 5.3 there are only floats, wherever a number comes from.
  @Test func numbersAreThoseOfTheDialect() throws {
    let machine = Machine(Configuration(dialect: .lua51))
    machine.define("seven") { 7 }
    machine["n"] = 7
    machine["list"] = try machine.encode([7])
    let half = try machine.load("local n = ... return n / 2, 2 ^ 53 + n")
    let (quotient, sum) = try half.call(7, as: (Double, Double).self)
    #expect(quotient == 3.5 && sum == 0x1p53 + 7)
    let texts: [String] = try machine.eval(
      """
      local out = {}
      for _, n in ipairs({seven(), n, list[1]}) do
        out[#out + 1] = tostring(n * 1e15) .. " " .. tostring(n)
      end
      return out
      """
    )
    #expect(texts == Array(repeating: "7e+15 7", count: 3))
    let back: Int = try machine.eval("return n + 1")
    #expect(back == 8)
  }

  @Test func chunksKeepTheirDialectInOtherMachines() throws {
    let machine = Machine()
    let old = try Chunk(source: "return _VERSION, unpack({1, 2})", dialect: .lua51)
    let (version, first) = try machine.load(old).call(as: (String, Int).self)
    #expect(version == "Lua 5.1" && first == 1)
    let own: String = try machine.eval("return _VERSION")
    #expect(own == "Lua 5.4")
  }

  /// Tasks and what they wait for are the machine's, whatever dialect a chunk is written in, and whether there
  /// was one of it before.
  @Test(arguments: [false, true])
  func allDialectsHaveTheTasks(isOpenBefore: Bool) throws {
    var capabilities = Capabilities()
    capabilities.network = .system
    let machine = Machine(capabilities: capabilities)
    let text = """
      local listener = assert(net.listen("127.0.0.1", 0))
      local heard
      task.scope(function(s)
        s:spawn(function()
          local conn = listener:accept()
          heard = conn:read()
          conn:close()
        end)
        local conn = assert(net.connect("127.0.0.1", listener.port))
        conn:write(_VERSION, "\\n")
        conn:close()
      end)
      listener:close()
      return heard
      """
    let dialects = Dialect.allCases
    if isOpenBefore {
      for dialect in dialects {
        _ = try machine.load(Chunk(source: "", dialect: dialect)).call(as: Value.self)
      }
    }
    let tasks = machine.openTasks(SimRuntime(seed: 3))
    for dialect in dialects {
      let function = try machine.load(Chunk(source: text, dialect: dialect))
      let heard = try tasks.run(function, as: String.self)
      let own: String = try machine.load(Chunk(source: "return _VERSION", dialect: dialect)).call()
      #expect(heard == own, "\(dialect)")
    }
  }

  @Test func sandboxesHoldInAllDialects() throws {
    for dialect in Dialect.allCases {
      let machine = Machine(Configuration(dialect: dialect))
      let names: [String] = try machine.eval(
        """
        local found = {}
        for _, name in ipairs({"io", "require", "dofile", "loadfile", "print", "package"}) do
          if _G[name] then found[#found + 1] = name end
        end
        if string.dump then found[#found + 1] = "dump" end
        if debug.sethook then found[#found + 1] = "sethook" end
        return found
        """
      )
      #expect(names == [], "\(dialect)")
    }
  }
}
