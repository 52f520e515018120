// What scripts can reach: nothing by default, and what the host gives.

import Nightjar
import Testing

@Suite struct CapabilityTests {
  @Test(arguments: [
    "return io", "return require", "return dofile", "return loadfile", "return print",
    "return os.getenv", "return os.execute", "return os.exit", "return os.remove",
    "return string.dump", "return debug.sethook", "return debug.getregistry",
    "return debug.getlocal", "return debug.setmetatable", "return debug.upvalueid",
    "return package", "return getmetatable('').__index", "return debug.getinfo(1, 'S').func",
  ])
  func givesNothingByDefault(code: String) throws {
    let machine = Machine()
    let found: Value = try machine.eval("return select(2, pcall(function() \(code) end))")
    let isNothing = found.isNil || found.description.contains("attempt to")
    #expect(isNothing)
  }

  @Test(arguments: [
    "string.format = print", "string.x = 1", "rawset(string, 'x', 1)",
    "setmetatable(string, {})", "math.pi = 3", "table.insert(coroutine, 1)",
    "getmetatable('').__index = nil", "for k in next, os do os[k] = nil end",
  ])
  func protectsLibraries(code: String) throws {
    let machine = Machine()
    #expect(throws: ScriptError.self) { try machine.eval(code) }
    let text: String = try machine.eval("return ('%d'):format(math.pi // 1)")
    #expect(text == "3")
  }

  @Test func separatesScriptsOfOneMachine() throws {
    let machine = Machine()
    machine.define("shared") { 7 }
    let chunk = try Chunk(
      source: """
        count = (count or 0) + shared()
        load("count = count + 1")()
        _G.seen = _G.count
        return count, seen, getmetatable(_G)
        """
    )
    for _ in 0..<2 {
      let script = try machine.load(chunk, environment: machine.makeEnvironment())
      let (count, seen, metatable) = try script.call(as: (Int, Int, Value).self)
      #expect(count == 8 && seen == 8 && metatable.isNil)
    }
    #expect(machine["count"].isNil && machine["seen"].isNil)
  }

  @Test func refusesEnvironmentsOfOtherMachines() throws {
    let machine = Machine()
    let stranger = Machine()
    #expect(throws: ScriptError.self) {
      try machine.load(Chunk(source: "return 1"), environment: stranger.makeEnvironment())
    }
  }

  @Test func refusesBinaryChunks() throws {
    let machine = Machine()
    let (nothing, message) = try machine.eval(
      "return load('\\27Lua', 'x', 'b')",
      as: (Value, String).self
    )
    #expect(nothing.isNil && message.contains("binary"))
  }

  @Test func readsAndWritesFilesInMemory() throws {
    let files = MemoryFileSystem()
    try files.put("return {name = 'lib'}", at: "lib.lua")
    var capabilities = Capabilities()
    capabilities.files = .memory(files)
    let machine = Machine(capabilities: capabilities)
    let name: String = try machine.eval(
      """
      local f <close> = assert(io.open("out.txt", "w"))
      f:write("hello")
      return require("lib").name
      """
    )
    #expect(name == "lib")
    #expect(files.contents(of: "out.txt") == "hello")
    #expect(files.paths.sorted() == ["lib.lua", "out.txt"])
  }

  @Test func keepsQuotas() throws {
    let files = MemoryFileSystem()
    var capabilities = Capabilities()
    capabilities.files = FileAccess.memory(files).limited(bytes: 10)
    let machine = Machine(capabilities: capabilities)
    #expect(throws: ScriptError.self) {
      try machine.eval(
        "local f = io.open('a', 'w') f:setvbuf('no') assert(f:write(('x'):rep(11)))"
      )
    }
  }

  @Test func capturesOutput() throws {
    final class Log { var text = "" }
    let log = Log()
    var capabilities = Capabilities()
    capabilities.streams = StandardStreams(input: "7") { log.text += $0.description }
    let machine = Machine(capabilities: capabilities)
    try machine.eval("print('a', 1) io.write(io.read('n') * 2)")
    #expect(log.text == "a\t1\n14")
  }

  @Test func boundsOutput() throws {
    final class Log { var count = 0 }
    let log = Log()
    var capabilities = Capabilities()
    capabilities.streams = StandardStreams { log.count += $0.bytes.count }
    var limits = Limits()
    limits.outputBytes = 100
    let machine = Machine(Configuration(limits: limits), capabilities: capabilities)
    _ = try? machine.eval("for i = 1, 1000 do print(i) end")
    #expect(log.count == 100)
  }

  @Test func boundsOpenHandles() throws {
    var capabilities = Capabilities()
    capabilities.files = .memory(MemoryFileSystem())
    var limits = Limits()
    limits.openHandles = 4
    let machine = Machine(Configuration(limits: limits), capabilities: capabilities)
    let opened: Int = try machine.eval(
      """
      local held = {}
      for i = 1, 100 do
        local ok, f = pcall(io.open, "f" .. i, "w")
        if not ok or not f then break end
        held[i] = f
      end
      return #held
      """
    )
    #expect(opened == 4)
  }

  @Test func showsOnlyListedVariables() throws {
    var capabilities = Capabilities()
    capabilities.environment = .given(["HOME": "/nowhere"])
    let machine = Machine(capabilities: capabilities)
    let (home, path) = try machine.eval(
      "return os.getenv('HOME'), (os.getenv('PATH'))",
      as: (String, String?).self
    )
    #expect(home == "/nowhere" && path == nil)
  }

  @Test func tellsFixedTimes() throws {
    var capabilities = Capabilities()
    capabilities.clock = .fixed(seconds: 86_400)
    let machine = Machine(capabilities: capabilities)
    let (seconds, date) = try machine.eval(
      "return os.time(), os.date('!%Y-%m-%d')",
      as: (Int, String).self
    )
    #expect(seconds == 86_400 && date == "1970-01-02")
  }

  @Test func refusesFoldersThatAreNotThere() {
    #expect(throws: CapabilityError.self) { try FileAccess.folder("/does/not/exist") }
  }
}
