// The heap's limit: an ordinary error, which a script can catch, after which the machine goes on; and how
// far beyond it a heap may get before that.

import NightjarBase
import NightjarEngine
import Testing

@Suite struct HeapLimitTests {
  private static let limit = 8 << 20
  /// Cells never fail, and the limit is looked at where the loop can raise an error: between two such
  /// places lies at most what one native or one straight run of code makes.
  private static let overrunMax = 256 << 10

  /// Programs that never end but for the limit.
  private static let hogs: [(name: String, program: String)] = [
    ("tables", "local t = {} while true do t[#t + 1] = { #t } end"),
    ("a hash part", "local t = {} local i = 0 while true do i = i + 1 t['key' .. i] = i end"),
    ("an array", "local t = {} while true do t[#t + 1] = 1 end"),
    ("a list", "local l while true do l = { l } end"),
    ("closures", "local t = {} while true do t[#t + 1] = function() return t end end"),
    ("short strings", "local t = {} while true do t[#t + 1] = 'string ' .. #t end"),
    ("long strings", "local t = {} while true do t[#t + 1] = ('x'):rep(100) .. #t end"),
    ("a string that doubles", "local s = 'x' while true do s = s .. s end"),
    ("a string that grows", "local s = '' while true do s = s .. 'another piece of it' end"),
    ("string.rep", "local s = ('x'):rep(1 << 30)"),
    ("table.concat", "local t = {} for i = 1, 1000 do t[i] = ('x'):rep(10000) end table.concat(t)"),
    ("string.gsub", "local s = ('x'):rep(100000):gsub('x', ('y'):rep(1000))"),
    ("string.format", "local s = ('x'):rep(3000000) while true do s = ('%s%s'):format(s, s) end"),
    (
      "coroutines",
      """
      local t = {}
      while true do
        local co = coroutine.create(function() coroutine.yield() end)
        coroutine.resume(co)
        t[#t + 1] = co
      end
      """
    ),
    (
      "deep coroutines",
      """
      local function deep(n) if n == 0 then coroutine.yield() else deep(n - 1) return 1 end end
      local t = {}
      while true do
        local co = coroutine.create(deep)
        coroutine.resume(co, 5000)
        t[#t + 1] = co
      end
      """
    ),
    ("code", "local t = {} while true do t[#t + 1] = load('return ' .. #t) end"),
    (
      "table.pack", "local t = {} while true do t[#t + 1] = table.pack(table.unpack(t, 1, 200)) end"
    ),
    ("string.byte", "local t = {} while true do t[#t + 1] = { (('x'):rep(200)):byte(1, -1) } end"),
  ]

  private func makeTrial() -> Trial {
    var limits = Limits()
    limits.heapByteCount = Self.limit
    return Trial(limits)
  }

  @Test(arguments: hogs.indices)
  func aHogGetsAnErrorAndTheMachineGoesOn(index: Int) throws {
    let (name, program) = Self.hogs[index]
    let trial = makeTrial()
    for round in 1...2 {
      #expect(try trial.run(program) == .failed("not enough memory"), "\(name), round \(round)")
      #expect(
        trial.machine.peakByteCount <= Self.limit + Self.overrunMax,
        "\(name): \(trial.machine.peakByteCount - Self.limit) bytes beyond the limit"
      )
      #expect(
        try trial.run("local t = {} for i = 1, 100 do t[i] = i end return #t") == .returned(["100"])
      )
    }
    trial.machine.collectGarbage()
    #expect(trial.machine.byteCount < Self.limit / 8, "\(name)")
    #expect(trial.machine.checkHeap() == [], "\(name)")
  }

  @Test(arguments: hogs.indices)
  func aScriptCatchesTheError(index: Int) throws {
    let (name, program) = Self.hogs[index]
    let trial = makeTrial()
    let caught = """
      local ok, message = pcall(function() \(program) end)
      local t = {}
      for i = 1, 1000 do t[i] = { i } end
      return ok, message, #t
      """
    #expect(
      try trial.run(caught) == .returned(["false", "not enough memory", "1000"]),
      "\(name)"
    )
    #expect(trial.machine.checkHeap() == [], "\(name)")
  }

  /// A loop that holds little is not stopped, however much it makes.
  @Test func garbageDoesNotCount() throws {
    for (name, program) in Workload.all {
      let trial = makeTrial()
      #expect(
        try trial.run("for i = 1, 20 do \(program) end") == .returned([]),
        "\(name)"
      )
    }
  }
}
