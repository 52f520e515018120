// Stories of programmers who could not see what their program did. What they lacked is there without a flag,
// a rebuild or a debugger.

import Foundation
import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct SeeingStoryTests {
  /// A program hangs and nobody can say on what.
  @Test func alanTriesToDebugAHang() throws {
    // A lock made by hand: all that can be seen is that somebody sleeps, now and then.
    let naive = try Trial().run(
      """
      local locked = false
      local function lock() while locked do task.sleep(0.01) end locked = true end
      task.scope(function(s)
        s:spawn { name = "writer", fn = function() lock() task.sleep(100) locked = false end }
        task.sleep(1)
        local stuck = s:spawn { name = "report", fn = lock }
        task.sleep(12.005)
        print(task.why(stuck))
        s:cancel()
      end)
      """
    )
    #expect(
      naive.hasPrefix("#3 report") && naive.contains("in sleep") && !naive.contains("writer"),
      "\(naive)"
    )
    let printed = try Trial().run(
      """
      local ledger = task.mutex("ledger")
      task.scope(function(s)
        s:spawn { name = "writer", fn = function() ledger:with(task.sleep, 100) end }
        task.sleep(1)
        local stuck = s:spawn { name = "report", fn = function() ledger:lock() end }
        task.sleep(12)
        print(task.why(stuck))
        s:cancel()
      end)
      """
    )
    let lines = printed.split(separator: "\n")
    #expect(lines.count <= 3)
    #expect(
      lines.first?.hasPrefix(
        "#3 report  parked 12s in mutex \"ledger\" held by task #2 writer  at test:5"
      ) == true
    )
  }

  /// There is no list of the tasks and of what they wait for.
  @Test func barbaraWantsAsyncInsights() throws {
    // Tasks of one's own making, with a list of one's own: which of them waits for what is in nobody's hands.
    let naive = try Trial().run(
      """
      local orders, running = {}, {}
      local function start(name, f) running[#running + 1] = { name = name, thread = coroutine.create(f) } end
      start("reader", function() while #orders == 0 do coroutine.yield() end end)
      start("clock", function() for _ = 1, 1e9 do coroutine.yield() end end)
      for _ = 1, 1000 do
        for _, one in ipairs(running) do coroutine.resume(one.thread) end
      end
      for _, one in ipairs(running) do print(one.name, coroutine.status(one.thread)) end
      print(task.tree())
      """
    )
    #expect(naive.hasPrefix("reader\tsuspended\nclock\tsuspended\n#1 main  running"))
    #expect(!naive.contains("orders"))
    let printed = try Trial().run(
      """
      local tx, rx = task.channel(1, "orders")
      task.scope({ name = "shop" }, function(s)
        s:spawn { name = "reader", fn = function() rx:recv() rx:recv() end }
        s:spawn { name = "clock", fn = function() task.label("req", 17) task.sleep(60) end }
        task.sleep(5)
        print(task.tree())
        s:cancel()
      end)
      """
    )
    #expect(printed.contains("reader") && printed.contains("clock"))
    #expect(
      printed.contains("recv from channel \"orders\"") && printed.contains("clock  parked 5s")
    )
    #expect(printed.contains("req=17"))
    #expect(printed.split(separator: "\n").count <= 6)
  }

  /// One event is to be followed through many tasks, and the log has all of them mixed.
  @Test(arguments: [UInt64(1), 2, 3])
  func barbaraWantsAsyncTracing(_ seed: UInt64) throws {
    // The request at hand stands in a variable, as elsewhere in that of a thread: others come in between.
    let naive = try Trial(seed: seed).run(
      """
      local log, current = {}, nil
      local function note(text) log[#log + 1] = { req = current, text = text } end
      task.scope(function(requests)
        for req = 16, 18 do
          requests:spawn(function()
            current = req
            note("came")
            task.map({ "user", "cart" }, 2, function(part)
              task.sleep(part == "user" and 1 or 2)
              note("asked " .. part)
            end)
            note("answered")
          end)
        end
      end)
      local path = {}
      for _, entry in ipairs(log) do if entry.req == 17 then path[#path + 1] = entry.text end end
      print(table.concat(path, ", "))
      """
    )
    #expect(naive != "came, asked user, asked cart, answered\n")
    let printed = try Trial(seed: seed).run(
      """
      local log = {}
      local function note(text) log[#log + 1] = { req = task.label("req"), text = text } end
      local jobs, todo = task.channel(4)
      task.scope(function(s)
        s:spawn(function()
          task.scope(function(workers)
            for job in todo do
              workers:spawn(function()
                task.label("req", job.req)
                note("stored " .. job.what)
              end)
            end
          end)
        end)
        task.scope(function(requests)
          for req = 16, 18 do
            requests:spawn(function()
              task.label("req", req)
              note("came")
              local parts = task.map({ "user", "cart" }, 2, function(part)
                task.sleep(part == "user" and 1 or 2)
                note("asked " .. part)
              end)
              note("answered")
              jobs:send { req = task.label("req"), what = "order" }
            end)
          end
        end)
        jobs:close()
      end)
      local mixed, path = {}, {}
      for i, entry in ipairs(log) do
        if i <= 5 then mixed[i] = entry.req end
        if entry.req == 17 then path[#path + 1] = entry.text end
      end
      local others = 0
      for _, req in ipairs(mixed) do if req ~= 17 then others = others + 1 end end
      print(others > 0, table.concat(path, ", "))
      """
    )
    #expect(printed == "true\tcame, asked user, asked cart, answered, stored order\n")
  }

  /// Forty frames, four of which are of use, and none says who started this.
  @Test func barbaraTrimsAStacktrace() throws {
    let printed = try Trial().run(
      """
      local function post()
        print(debug.traceback("naive"))
        print("----")
        print(task.trace(task.current()))
        print("----")
        task.map({ 1 }, 1, function() print(task.trace(task.current(), "full")) return 1 end)
      end
      local function checkout()
        task.scope({ name = "checkout" }, function(s)
          s:spawn { name = "post", fn = function() post() return 1 end }
        end)
      end
      task.scope({ name = "server" }, function(s)
        s:spawn { name = "handler", fn = function() checkout() return 1 end }
      end)
      """
    )
    let parts = printed.split(separator: "----\n")
    try #require(parts.count == 3)
    // The stack of a task ends where the task begins.
    #expect(parts[0].contains("in upvalue 'post'") && !parts[0].contains("handler"))
    let lines = parts[1].split(separator: "\n")
    #expect(lines.count <= 12 && !parts[1].contains("[C]"))
    // Every line is one of the program's own; who asks for all has the library's as well.
    #expect(lines.dropFirst().allSatisfy { $0.contains("test:") })
    #expect(parts[2].contains("\n  task:"), "\(parts[2])")
    #expect(
      lines.suffix(2) == [
        "< spawned at test:10 in scope \"checkout\" of #2 handler",
        "< spawned at test:14 in scope \"server\" of #1 main",
      ]
    )
  }

  /// Between the look and the wait somebody calls, and nobody hears it: a service stands still.
  ///
  /// An event remembers that it was set; a list of those who wait, made by hand, does not.
  @Test func graceDeploysHerService() throws {
    func program(_ wait: String, _ call: String) -> String {
      """
      local waiting, isReady, ready = {}, false, task.event("ready")
      local ok, e = pcall(task.scope, function(s)
        for _ = 1, 20 do s:spawn { name = "request", fn = function() \(wait) end } end
        s:spawn { name = "loader", fn = function() \(call) end }
      end)
      print(ok, ok or e.kind or e)
      """
    }
    let hand = program(
      """
      if not isReady then
        task.yield() -- writes a line to the log
        local tx, rx = task.channel(1, "wakeup")
        waiting[#waiting + 1] = tx
        rx:recv()
      end
      """,
      "isReady = true for _, tx in ipairs(waiting) do tx:try_send(true) end waiting = {}"
    )
    var lost = 0
    for seed in 1...50 as ClosedRange<UInt64> {
      let printed = try Trial(seed: seed) { $0.wakesUnreachable = true }.run(hand)
      if printed != "true\ttrue\n" { lost += 1 }
    }
    #expect(lost > 0)
    try check(program("ready:wait()", "ready:set()"), "true\ttrue\n")
  }

  /// A wakeup is lost once in a million, and a service stands still.
  ///
  /// There are no wakers here: each parked task has one wait record, and whoever looks after each step finds it where it should be.
  @Test func awsMissedWaker() throws {
    let isSlow = ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] != nil
    let stepCount = isSlow ? 10_000_000 : 100_000
    let trial = Trial(seed: 7)
    let task = try trial.start(
      """
      local random = math.random
      math.randomseed(7)
      local channels, mutex, event = {}, task.mutex(), task.event()
      for i = 1, 4 do channels[i] = { task.channel(i - 1) } end
      local handles = {}
      local function act()
        local tx, rx = channels[random(4)][1], channels[random(4)][2]
        local kind = random(10)
        if kind == 1 then task.sleep(random(10) / 1000)
        elseif kind == 2 then task.timeout(random(10) / 1000, tx.send, tx, 1)
        elseif kind == 3 then task.timeout(random(10) / 1000, rx.recv, rx)
        elseif kind == 4 then mutex:with(task.yield)
        elseif kind == 5 then task.timeout(random(10) / 1000, event.wait, event)
        elseif kind == 6 then event:set() task.yield() event:clear()
        elseif kind == 7 then
          task.select { rx:recv_op(), channels[random(4)][2]:recv_op(), task.after(random(5) / 1000) }
        elseif kind == 8 and #handles > 0 then
          handles[random(#handles)]:cancel("by chance")
        elseif kind == 9 then tx:try_send(2)
        else task.yield() end
      end
      task.scope(function(s)
        for i = 1, 40 do
          s:spawn(function()
            while true do
              task.scope({ on_error = "collect" }, function(inner)
                handles[i] = inner:spawn(function() for _ = 1, 20 do act() end end)
              end)
            end
          end)
        end
      end)
      """
    )
    // A step of this size is a few switches, so the audit sees nearly every state.
    var stepped = 0
    while stepped < stepCount {
      switch trial.scheduler.step(budget: isSlow ? 2_000 : 200) {
      case .busy: break
      case .idle(let moment): #expect(trial.clock.wait(until: moment))
      case .outOfFuel:
        Issue.record("the fuel was not enough")
        return
      }
      let problems = trial.machine.auditTasks()
      if !problems.isEmpty {
        Issue.record("after \(stepped) steps: \(problems)")
        return
      }
      let counters = trial.machine.taskCounters
      stepped = Int(counters.parks + counters.wakes + counters.cancellations)
    }
    #expect(trial.machine.taskCounters.cancellations > UInt64(stepCount / 1_000))
    _ = task
    trial.machine.cancelRoot(reason: "enough")
    while trial.machine.liveTaskCount > 0 {
      if case .idle(let moment) = trial.scheduler.step(), !trial.clock.wait(until: moment) { break }
    }
    // The root's own grace is the one timer that may be left.
    #expect(trial.machine.liveTaskCount == 0 && trial.machine.taskTimerCount <= 1)
  }
}
