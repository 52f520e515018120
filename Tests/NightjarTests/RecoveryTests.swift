// A limit has ended a call of tasks: its memory comes back, and the machine is as good as before.

import Nightjar
import Testing

@Suite struct RecoveryTests {
  /// What a call leaves when it is ended: tasks that wait, some of them shielded, that clean up without end,
  /// and that are ready; and memory that only they know.
  private static let hoard = """
    local kept = ("x"):rep(100)
    hold = 20
    local function stay() local own = kept .. tostring({}) task.sleep(1e6) return own end
    local function clean()
      local c <close> = setmetatable({}, { __close = function() task.sleep(1e6) end })
      task.sleep(1e6)
    end
    function hoard(ending)
      task.scope(function(s)
        for i = 1, 200 do
          s:spawn(stay)
          s:spawn(clean)
          s:daemon(stay)
          s:spawn(function() task.shield(hold, stay) end)
          s:spawn(function() task.scope(function(inner) inner:spawn(stay) inner:spawn(clean) end) end)
          s:spawn(function() coroutine.wrap(function() coroutine.wrap(stay)() end)() end)
        end
        task.yield()
        ending(s)
      end)
    end
    function spin() while true do task.yield() end end
    function loop() while true do end end
    function wait() task.sleep(1e6) end
    function fill() local t = {} while true do t[#t + 1] = ("y"):rep(1000) .. #t end end
    local function closing(what) return setmetatable({}, { __close = what }) end
    function breed()
      local c <close> = closing(function()
        task.scope(function(t) while true do t:spawn(spin) end end)
      end)
      spin()
    end
    function rear()
      local c <close> = closing(function()
        task.scope(function(t) while true do t:spawn(rear) task.yield() end end)
      end)
      spin()
    end
    """

  private func recovers(
    _ ending: String,
    with kind: ScriptError.Kind,
    limits: Limits,
    hold: Double = 20
  ) throws {
    let machine = Machine(Configuration(limits: limits))
    let tasks = machine.openTasks(ThreadRuntime(), limits: TaskLimits(grace: .milliseconds(50)))
    try inTime { try machine.eval(Self.hoard) }
    machine["hold"] = .number(hold)
    let hoard = try inTime { try machine.eval("return hoard", as: Function.self) }
    let how = try inTime { try machine.eval("return \(ending)", as: Function.self) }
    var used: [Int] = []
    for _ in 1...15 {
      machine.fuel = limits.fuel ?? .max
      let error = #expect(throws: ScriptError.self) {
        let _: Value = try tasks.run(hoard, arguments: [.function(how)])
      }
      // Where memory was out for several tasks, what they fail with is a group.
      let isKind = error?.kind == kind || kind == .outOfMemory && isOfMemory(error)
      #expect(isKind, "\(error.map { "\($0.message)" } ?? "")")
      #expect(tasks.count == 0)
      try inTime {
        machine.fuel = 10_000_000
        try machine.eval("collectgarbage() collectgarbage()")
      }
      used.append(machine.memoryUsed)
    }
    // Queues and stacks keep the room that they had once, 0.3 megabytes at most; tasks of a dozen calls that were
    // left would be more, and what one call had is a megabyte.
    #expect(used[12...].min() ?? 0 < (used[..<3].max() ?? 0) + 300_000, "\(used)")
    #expect(used[14] < 1_000_000, "\(used)")
    let sum = try machine.load(
      """
      local total = 0
      task.scope(function(s)
        for i = 1, 100 do s:spawn(function() task.sleep(0) total = total + i end) end
      end)
      return total
      """
    )
    let total: Int = try inTime {
      machine.fuel = 10_000_000
      return try tasks.run(sum)
    }
    #expect(total == 5050)
  }

  /// Does something again that the limit of time has cut off, as it may where others keep the processor.
  private func inTime<Result>(_ body: () throws -> Result) throws -> Result {
    while true {
      do { return try body() } catch let error as ScriptError where error.kind == .deadline {}
    }
  }

  private func isOfMemory(_ error: ScriptError?) -> Bool {
    error?.message.contains("\n  1. not enough memory\n") == true
  }

  @Test(arguments: ["loop", "spin", "breed", "rear"])
  func fuel(ending: String) throws {
    try recovers(ending, with: .outOfFuel, limits: Limits(fuel: 3_000_000, memory: 8 << 20))
  }

  @Test(arguments: ["loop", "spin", "wait", "breed", "rear"])
  func time(ending: String) throws {
    let limits = Limits(memory: 8 << 20, time: .milliseconds(100))
    try recovers(ending, with: .deadline, limits: limits)
  }

  @Test func memory() throws {
    try recovers(
      "fill",
      with: .outOfMemory,
      limits: Limits(fuel: 1 << 40, memory: 8 << 20),
      hold: 0.02
    )
  }

  @Test func aReasonIsToldOnce() throws {
    let machine = Machine(Configuration(limits: Limits(fuel: 100_000)))
    let tasks = machine.openTasks(ManualRuntime())
    let call = try tasks.spawn(try machine.load("while true do task.yield() end"))
    while tasks.step(budget: 50_000) != .stopped {}
    call.cancel(reason: "enough")
    machine.fuel = 1_000_000
    let five: Int = try tasks.run(try machine.load("return 5"))
    #expect(five == 5)
  }
}
