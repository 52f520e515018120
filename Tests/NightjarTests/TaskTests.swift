// Tasks as an embedder sees them: simulated, stepped, live on threads of their own.

import Foundation
import Nightjar
import Testing

@Suite struct TaskTests {
  private let program = """
    function work(n)
      local total = 0
      task.scope(function(s)
        local tx, rx = task.channel(2)
        for i = 1, n do
          s:spawn(function()
            task.sleep(i / 1000)
            tx:send(i)
          end)
        end
        for _ = 1, n do total = total + rx:recv() end
      end)
      return total
    end

    function forever()
      local c <close> = setmetatable({}, { __close = function() cleaned = true end })
      started = true
      task.sleep(1e9)
    end

    function spin() while true do end end
    """

  @Test func runsUnderSimulation() throws {
    func run(_ seed: UInt64) throws -> (sum: Int, trace: UInt64, time: Duration) {
      let machine = Machine()
      let tasks = machine.openTasks(SimRuntime(seed: seed))
      try machine.eval(program)
      let work = try machine.eval("return work", as: Function.self)
      let sum: Int = try tasks.run(work, arguments: [.integer(10)])
      #expect(tasks.count == 0)
      return (sum, tasks.traceHash, tasks.now)
    }
    let first = try run(7)
    #expect(first.sum == 55)
    #expect(first.time == .milliseconds(10))
    #expect(try run(7).trace == first.trace)
  }

  private let hog = """
    function hog()
      task.scope(function(s)
        s:spawn { name = "crunch", fn = function() for i = 1, 4e6 do end end }
        s:spawn(function() end)
      end)
      return true
    end
    """

  /// Who computes while others are ready is told to the host, with task, line and what the others waited.
  @Test func hogsAreReported() throws {
    func run() throws -> [String] {
      let machine = Machine()
      let tasks = machine.openTasks(SimRuntime(seed: 3, order: .fifo))
      try machine.eval(hog)
      let done: Bool = try tasks.run(try machine.eval("return hog", as: Function.self))
      #expect(done)
      return machine.reports
    }
    let reports = try run()
    #expect(reports.count == 1, "\(reports)")
    let expected =
      /NJ-D02 task #\d crunch has used \d+ units .* at .*:3; it has held them up for \d+ of these units/
    #expect(reports.first?.wholeMatch(of: expected) != nil, "\(reports)")
    #expect(try run() == reports)
  }

  @Test func aLiveRuntimeReportsHogs() async throws {
    let runtime = LiveRuntime(workers: 1)
    let program = hog
    let isolate = try await runtime.makeIsolate {
      let machine = Machine()
      try machine.eval(program)
      return machine
    }
    _ = try await isolate.call("hog")
    #expect(runtime.reports.filter { $0.hasPrefix("NJ-D02 ") && $0.contains("crunch") }.count == 1)
  }

  /// `runAsync` runs scripts on the actor of its caller, before and after a wait.
  @MainActor @Test func runAsyncKeepsToItsActor() async throws {
    let key = DispatchSpecificKey<Bool>()
    DispatchQueue.main.setSpecific(key: key, value: true)
    let machine = Machine()
    machine.define("here") { () -> Bool in DispatchQueue.getSpecific(key: key) == true }
    let tasks = machine.openTasks(ThreadRuntime())
    let script = "local before = here() task.sleep(0.001) return before and here()"
    #expect(try await tasks.runAsync(try machine.load(script), as: Bool.self))
  }

  @Test func aHostSteps() throws {
    let machine = Machine()
    let tasks = machine.openTasks(ManualRuntime())
    try machine.eval(
      "frames = 0 function update() while true do frames = frames + 1 task.sleep(0.02) end end"
    )
    let update = try machine.eval("return update", as: Function.self)
    let call = try tasks.spawn(update)
    for _ in 1...5 {
      #expect(tasks.step(budget: 10_000) == .idle(.milliseconds(20)))
      tasks.advance(by: .milliseconds(20))
    }
    #expect(machine["frames"] == .integer(5))
    call.cancel(reason: "the game is over")
    _ = tasks.step(budget: 10_000)
    #expect(throws: ScriptError.self) { try call.results() }
    #expect(tasks.count == 0)
  }

  @Test func awaitsFunctionsOfTheHost() async throws {
    let machine = Machine()
    let tasks = machine.openTasks(ThreadRuntime())
    machine.define("twice") { (n: Int) async -> Int in
      await Task.yield()
      return n * 2
    }
    try machine.eval(
      "function all() return table.concat(task.map({ 1, 2, 3 }, 2, twice), ' ') end"
    )
    let all = try machine.eval("return all", as: Function.self)
    let text: String = try await tasks.runAsync(all)
    #expect(text == "2 4 6")
    #expect(throws: ScriptError.self) { try tasks.run(all, as: String.self) }
  }

  @Test func limitsEndTasks() throws {
    var configuration = Configuration()
    configuration.limits.fuel = 1_000_000
    let machine = Machine(configuration)
    let tasks = machine.openTasks(SimRuntime())
    try machine.eval(program)
    let spin = try machine.eval("return spin", as: Function.self)
    do throws(ScriptError) {
      try tasks.run(spin, as: Bool.self)
      Issue.record("it ended")
    } catch { #expect(error.kind == .outOfFuel) }
  }

  @Test func isolatesRunOnThreads() async throws {
    let runtime = LiveRuntime(workers: 2)
    let program = program
    var isolates: [Isolate] = []
    for _ in 0..<4 {
      isolates.append(
        try await runtime.makeIsolate {
          let machine = Machine()
          try machine.eval("local task = task")
          return machine
        }
      )
    }
    for isolate in isolates { try await isolate.with { machine, _ in try machine.eval(program) } }
    try await withThrowingTaskGroup(of: PlainValue.self) { group in
      for isolate in isolates {
        for _ in 0..<5 { group.addTask { try await isolate.call("work", .integer(10)) } }
      }
      for try await result in group { #expect(result == .integer(55)) }
    }
  }

  @Test func cancellationOfTheCallerReachesTheScript() async throws {
    let runtime = LiveRuntime()
    let program = program
    let isolate = try await runtime.makeIsolate { Machine() }
    try await isolate.with { machine, _ in try machine.eval(program) }
    let call = Task { try await isolate.call("forever") }
    // A task that has not begun when it is cancelled has nothing to clean up.
    var hasBegun = false
    while !hasBegun {
      try await Task.sleep(for: .milliseconds(5))
      hasBegun = try await isolate.with { machine, _ in machine["started"] == .boolean(true) }
    }
    call.cancel()
    await #expect(throws: CancellationError.self) { try await call.value }
    let (cleaned, count) = try await isolate.with { machine, tasks in
      (machine["cleaned"] == .boolean(true), tasks.count)
    }
    #expect(cleaned)
    #expect(count == 0)
  }

  @Test func theWatchdogNamesAHostThatBlocks() async throws {
    let runtime = LiveRuntime(workers: 2)
    let isolate = try await runtime.makeIsolate {
      let machine = Machine()
      machine.define("block") { [weak runtime] () -> Int in
        while runtime?.reports.isEmpty == true { Thread.sleep(forTimeInterval: 0.001) }
        return 1
      }
      try machine.eval("function stall() return block() end")
      return machine
    }
    _ = try await isolate.call("stall")
    #expect(runtime.reports.contains { $0.hasPrefix("NJ-D03") })
  }
}
