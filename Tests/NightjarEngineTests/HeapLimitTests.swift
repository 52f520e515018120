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

  /// How far the pages held may go beyond the limit.
  private static let heldMarginMax = 768 << 10

  /// Where memory is out there is none for a longer message: none gets a position, in no dialect.
  @Test func wrappedCoroutinesHandTheErrorOn() throws {
    var limits = Limits()
    limits.heapByteCount = Self.limit
    let trial = Trial(limits)
    let ending = try trial.run(
      """
      local function fill() local t = {} while true do t[#t + 1] = ("x"):rep(1000) .. #t end end
      local function nest(n)
        if n == 0 then return fill() end
        local value = coroutine.wrap(nest)(n - 1)
        return value
      end
      return select(2, pcall(nest, 20)), select(2, pcall(coroutine.wrap(function() error("x", 0) end)))
      """
    )
    #expect(ending == .returned(["not enough memory", "x"]))
  }

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
  /// Programs that leave little alive in many pages: objects, long strings, arrays, stacks.
  private static let fragments: [(name: String, program: String)] = [
    ("objects", "return { i }"),
    ("strings", "return ('x'):rep(i * 97 % 9000) .. i"),
    ("long strings", "return ('x'):rep(8000 + i * 7919 % 300000)"),
    ("arrays", "local t = {} for j = 1, i * 31 % 2000 do t[j] = j end return t"),
    ("coroutines", "local f = coroutine.wrap(coroutine.yield) f(i) return f"),
    ("functions", "return load('local x = ' .. i .. ' return function() return x end')()"),
  ]

  private static func fragmenting(_ maker: String, keeping: Int = 3) -> String {
    """
    local made, kept = 0, {}
    local function make(i) \(maker) end
    for round = 1, 4 do
      pcall(function()
        local all = {}
        while collectgarbage("count") < 7000 do
          all[#all + 1] = make(#all + round)
          made = made + 1
        end
        for i = round, #all, \(keeping) do kept[#kept + 1] = all[i] end
      end)
      if round == 3 then kept = {} end
      collectgarbage()
    end
    return made
    """
  }

  /// What the process holds stays within the limit and its margin, and what is in no use goes back.
  @Test(arguments: fragments.indices)
  func fragmentsStayWithinTheLimit(index: Int) throws {
    let (name, maker) = Self.fragments[index]
    let trial = makeTrial()
    var heldMax = 0
    var mode = HeapHardMode()
    mode.period = 2003
    mode.stepWork = 5000
    mode.isChecking = true
    trial.machine.harden(mode) { findings in
      Issue.record("\(name): \(findings.joined(separator: "; "))")
    }
    for _ in 1...2 {
      guard case .returned = try trial.run(Self.fragmenting(maker, keeping: 50)) else {
        Issue.record("\(name): \(String(decoding: trial.machine.errorText, as: UTF8.self))")
        continue
      }
      heldMax = max(heldMax, trial.machine.heldByteCount)
    }
    #expect(heldMax <= Self.limit + Self.heldMarginMax, "\(name)")
    #expect(trial.machine.checkHeap() == [], "\(name)")
    #expect(try trial.run("made = nil") == .returned([]))
    trial.machine.collectGarbage()
    #expect(trial.machine.heldByteCount < Self.limit / 4, "\(name)")
    #expect(trial.machine.checkHeap() == [], "\(name)")
  }

  /// How much fits and what it takes is the same in every machine, whatever memory it was given.
  @Test(arguments: fragments.indices)
  func whatFitsIsTheSameInEveryRun(index: Int) throws {
    let (name, maker) = Self.fragments[index]
    var seen: Set<String> = []
    for _ in 1...3 {
      let trial = makeTrial()
      let ending = try trial.run(Self.fragmenting(maker))
      seen.insert("\(ending) \(Trial.ample - trial.machine.fuel) \(trial.machine.heldByteCount)")
    }
    #expect(seen.count == 1, "\(name): \(seen)")
  }
}
