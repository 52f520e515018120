// The requirements of the design that scripts can see, one test each: docs/internals/tasks.md lists them.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct RequirementTests {
  @Test func r1SuspendingEverywhere() throws {
    // One program for each position in which code calls back.
    let positions = [
      "pcall(task.sleep, 1)",
      "xpcall(function() task.sleep(1) end, print)",
      "xpcall(error, function() task.sleep(1) return 1 end)",
      "local _ = setmetatable({}, { __index = function() task.sleep(1) end }).x",
      "setmetatable({}, { __newindex = function() task.sleep(1) end }).x = 1",
      "setmetatable({}, { __call = function() task.sleep(1) end })()",
      "local m = { __eq = function() task.sleep(1) return true end } local _ = setmetatable({}, m) == setmetatable({}, m)",
      "local m = { __lt = function() task.sleep(1) return true end } local _ = setmetatable({}, m) < setmetatable({}, m)",
      "local m = { __concat = function() task.sleep(1) return 'x' end } local _ = setmetatable({}, m) .. 'x'",
      "local _ = #setmetatable({}, { __len = function() task.sleep(1) return 1 end })",
      "do local c <close> = setmetatable({}, { __close = function() task.sleep(1) end }) end",
      "for _ in pairs(setmetatable({}, { __pairs = function(t) task.sleep(1) return next, t end })) do end",
      "for _ in function() task.sleep(1) end do end",
      "local n = 0 table.sort({ 2, 1 }, function(a, b) n = n + 1 if n == 1 then task.sleep(1) end return a < b end)",
      "string.gsub('x', 'x', function() task.sleep(1) end)",
      "package.preload.m = function() task.sleep(1) return true end require('m')",
      "load(coroutine.wrap(function() task.sleep(1) coroutine.yield('return 1') end))",
      "coroutine.wrap(function() coroutine.wrap(function() task.sleep(1) end)() end)()",
      "local _ = tostring(setmetatable({}, { __tostring = function() task.sleep(1) return '' end }))",
      "task.scope(function() defer(function() task.sleep(1) end) end)",
      "task.shield(2, task.sleep, 1)",
      "task.mutex():with(task.sleep, 1)",
      "task.once(function() task.sleep(1) end)()",
      "for _ in task.stream(1, function(emit) task.sleep(1) emit(1) end) do end",
      "local m = { __le = function() task.sleep(1) return true end } local _ = setmetatable({}, m) <= setmetatable({}, m)",
      "local _ = setmetatable({}, { __add = function() task.sleep(1) return 1 end }) + 1",
      "local _ = -setmetatable({}, { __unm = function() task.sleep(1) return 1 end })",
      "xpcall(error, function() pcall(error, 1) task.sleep(1) end)",
      "for v in task.stream(0, function(emit) emit(1) end):filter(function() task.sleep(1) return true end) do end",
      "do local f <close> = task.closing(function() task.sleep(1) end) end",
      "task.map({ 1 }, 1, function() task.sleep(1) end)",
      "task.finally(function() end, function() task.sleep(1) end)",
    ]
    for position in positions {
      let trial = Trial()
      let printed = try trial.run(position + "\nprint(task.now())")
      #expect(printed == "1.0\n", "\(position)")
      #expect(trial.machine.liveTaskCount == 0)
    }
  }

  @Test func r1FinalizersDoNotSuspend() throws {
    let trial = Trial()
    trial.machine.warningsAreOn = true
    nonisolated(unsafe) var warnings = ""
    trial.machine.warningSink = { warnings += String(decoding: $0, as: UTF8.self) }
    _ = try trial.run(
      """
      setmetatable({}, { __gc = function() local ok, e = pcall(task.sleep, 1) code = e.code end })
      collectgarbage()
      collectgarbage()
      print(code)
      """
    )
    #expect(trial.printed == "NJ-A013\n")
  }

  /// A finalizer runs between two instructions of somebody else: nothing that could wait may be begun in it, in
  /// whatever way.
  @Test func r1FinalizersDoNotSuspendInAnyWay() throws {
    for way in [
      "task.yield()", "task.scope(function(s) s:spawn(function() print('child') end) end)",
      "task.timeout(1, function() task.sleep(0.1) end) error({ code = 'NJ-A013' })",
      "task.channel(0):send(1)", "select(2, task.channel(1)):recv()", "task.event():wait()",
      "task.select { task.after(1) }", "outer:spawn(print)", "waiting:join()",
      "for i = 1, 300 do task.checkpoint() end error({ code = 'NJ-A013' })",
      "for i = 1, 300 do open:try_recv() open:recv() end error({ code = 'NJ-A013' })",
    ] {
      let trial = Trial()
      let printed = try trial.run(
        """
        task.scope(function(s)
          outer, waiting = s, s:spawn(function() task.sleep(1) print("waited") end)
          open = select(2, task.channel(1))
          open:close()
          s:spawn(function() print("another one") end)
          setmetatable({}, { __gc = function()
            local ok, e = pcall(function() \(way) end)
            print(e.code)
          end })
          collectgarbage()
          collectgarbage()
          print("collected")
        end)
        """
      )
      #expect(printed == "NJ-A013\ncollected\nanother one\nwaited\n", "\(way)")
    }
  }

  /// Functions of the host that call scripts and are called by them, two hundred deep, and a wait at the bottom.
  @Test func r1ThroughTwoHundredFunctionsOfTheHost() throws {
    let trial = Trial()
    let through = trial.machine.makeHostFunction { (call) throws(ScriptError) in
      if call.phase == 0 { return .call(at: 1, call.count - 1, then: 1) }
      return .results(call.count, from: 1)
    }
    trial.machine.setGlobal("through", through)
    let printed = try trial.run(
      """
      local function down(n)
        if n == 0 then task.sleep(1) return "the bottom" end
        return through(down, n - 1)
      end
      task.scope(function(s)
        for i = 1, 3 do s:spawn(function() print(down(200), task.now()) end) end
      end)
      print(task.timeout(1, down, 200), task.now())
      """
    )
    #expect(
      printed.hasPrefix("the bottom\t1.0\nthe bottom\t1.0\nthe bottom\t1.0\nfalse\t"),
      "\(printed)"
    )
    #expect(trial.machine.liveTaskCount == 0)
  }

  @Test func r3StacksShrinkWhenParked() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      local function deep(n) if n > 0 then return 1 + deep(n - 1) end return 0 end
      task.scope(function(s)
        for i = 1, 200 do s:spawn(function() deep(3000) task.sleep(100) end) end
        task.sleep(1)
        collectgarbage() collectgarbage()
        print(collectgarbage("count") < 2000)
        s:cancel()
      end)
      """
    )
    #expect(printed == "true\n")
  }

  @Test func r3AnIdleTaskIsSmall() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      local count = 100000
      collectgarbage() collectgarbage()
      local before = collectgarbage("count")
      task.scope(function(s)
        local function idle() task.sleep(1000) end
        for i = 1, count do s:spawn(idle) end
        task.sleep(1)
        collectgarbage() collectgarbage()
        print((collectgarbage("count") - before) * 1024 / count <= 512)
        s:cancel()
      end)
      """
    )
    #expect(printed == "true\n")
  }

  @Test func r5NothingOutlivesItsScope() throws {
    try check(
      """
      local kept, handle
      task.scope(function(s)
        kept = s
        handle = s:spawn(function() return 1, nil, 3 end)
        print(handle:join())
      end)
      local ok, e = pcall(kept.spawn, kept, print)
      print(ok, e.kind, kept:status())
      local ok, e = pcall(task.scope, function(s)
        local start = task.event()
        for i = 1, 10000 do
          s:spawn(function() task.shield(1, start.wait, start) error(i, 0) end)
        end
        task.sleep(0.1)
        start:set()
      end)
      print(ok, e.kind, #e.errors, e.errors[1], e.errors[10000])
      """,
      "1\tnil\t3\nfalse\tScopeClosed\tclosed\t0\nfalse\tErrorGroup\t10000\t1\t10000\n",
      orders: false
    )
  }

  @Test func r7StreamsRunAheadAndEndWithTheirConsumer() throws {
    try check(
      """
      local running, most = 0, 0
      for v in task.stream(2, function(emit)
        local c <close> = setmetatable({}, { __close = function() print("closed", task.now()) end })
        for i = 1, 100 do running = i emit(i) end
      end) do
        task.sleep(1)
        most = math.max(most, running - v)
        if v == 3 then break end
      end
      -- Two that wait, and the one in the producer's hand.
      print("after", task.now(), most <= 3)
      local squares = {}
      for v in task.stream(0, function(emit) for i = 1, 9 do emit(i) end end)
        :map(function(x) return x * x end):filter(function(x) return x % 2 == 1 end):take(3) do
        squares[#squares + 1] = v
      end
      print(table.concat(squares, " "))
      """,
      "closed\t3.0\nafter\t3.0\ttrue\n1 9 25\n"
    )
  }

  @Test func r7BufferedStreamsProgressWhileTheConsumerIsBusy() throws {
    try check(
      """
      local finished = 0
      local source = task.stream(0, function(emit) for i = 1, 10 do emit(i) end end)
      local fetched = source:buffered(5, function(i) task.sleep(1) finished = finished + 1 return i * 10 end)
      local first = fetched()
      task.sleep(20)
      print(first, finished >= 5 and finished <= 7)
      fetched:close()
      """,
      "10\ttrue\n"
    )
  }

  @Test func r13ErrorsSayWhoAndWhy() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      local ok, e = pcall(task.within, 2, task.sleep, 5)
      print(e)
      task.scope({ name = "checkout" }, function(s)
        local h = s:spawn { name = "charge", fn = function() task.sleep(9) end }
        task.sleep(1)
        h:cancel("card expired")
        local ok, e = pcall(h.join, h)
        print(e)
      end)
      """
    )
    #expect(
      printed == """
        NJ-A020 Timeout: deadline 2s set at test:1 by #1 main expired
          task #1 main waited 2s in sleep at test:1
          help: raise the deadline, or give the slow part a task.within of its own; see \
        docs/book/async/5-deadlines-and-cancellation.md#whose-deadline-it-was
        NJ-A022 TaskCancelled: task #2 charge was cancelled by #1: card expired
          task #2 charge waited 1s in sleep at test:4
          task #1 main at test:7
          help: join inside pcall where a cancellation is expected; e.reason says why; see \
        docs/book/async/5-deadlines-and-cancellation.md#cancelling-on-purpose

        """
    )
  }

  @Test func r16TracesReachMain() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      local handle
      task.scope({ name = "req" }, function(s)
        local function post() task.sleep(5) end
        local function charge() post() return 1 end
        handle = s:spawn { name = "pay", fn = function()
          task.scope(function(inner)
            handle = inner:spawn(charge)
          end)
        end }
        task.sleep(1)
        print(task.trace(handle))
        print(task.why(s and handle))
        s:cancel()
      end)
      """
    )
    #expect(
      printed == """
        #3  parked 1s in sleep  at test:3
          test:3 post
          test:4 function <test:4>
        < spawned at test:7 in the scope at test:6 of #2 pay
        < spawned at test:5 in scope "req" of #1 main
        #3  parked 1s in sleep  at test:3

        """
    )
  }

  @Test func r20ADayOfTimers() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      task.scope(function(s)
        for i = 1, 1000 do
          s:daemon(function() while true do task.sleep(60 + i % 7) end end)
        end
        task.sleep(24 * 3600)
      end)
      print(task.now())
      """
    )
    #expect(printed == "86400.0\n")
  }

  @Test func labelsAreInherited() throws {
    try check(
      """
      task.label("req", 17)
      task.scope(function(s)
        s:spawn(function()
          print(task.label("req"), task.label("user"))
          task.label("user", "ann")
          task.scope(function(t) t:spawn(function() print(task.label("req"), task.label("user")) end) end)
        end):join()
        print(task.label("user"))
      end)
      """,
      "17\tnil\n17\tann\nnil\n"
    )
  }

  @Test func daemonsEndWithTheOthers() throws {
    try check(
      """
      task.scope(function(s)
        s:daemon(function()
          local c <close> = setmetatable({}, { __close = function() print("daemon ended", task.now()) end })
          while true do task.sleep(0.3) end
        end)
        s:spawn(task.sleep, 2)
      end)
      print("left")
      """,
      "daemon ended\t2.0\nleft\n"
    )
  }

  @Test func selectCommitsExactlyOne() throws {
    try check(
      """
      local a, ra = task.channel(1)
      local b, rb = task.channel(1)
      a:send("a")
      b:send("b")
      local i, v = task.select { ra:recv_op(), rb:recv_op() }
      print((v == "a") == (i == 1), a:len() + b:len())
      print(task.select { task.channel(0):send_op(1), task.after(0.5) })
      local lock = task.mutex()
      print((task.select { lock:lock_op(), task.after(1) }))
      lock:unlock()
      task.scope(function(s)
        local h = s:spawn(function() task.sleep(1) return "x" end)
        local i, done = task.select { h:join_op(), task.after(5) }
        print(i, done == h, done:join())
      end)
      print(task.now())
      """,
      "true\t1\n2\tnil\n1\n1\ttrue\tx\n1.5\n"
    )
  }

  @Test func deferredFunctionsRunLastFirst() throws {
    try check(
      """
      task.scope(function(s)
        defer(function() task.sleep(1) print("scope 1", task.now()) end)
        defer(function() print("scope 2") end)
        s:spawn(function()
          defer(function() task.sleep(1) print("task", task.now()) end)
          return 1
        end)
      end)
      print(pcall(task.scope, function() defer(function() error("in cleanup", 0) end) end))
      """,
      "task\t1.0\nscope 2\nscope 1\t2.0\nfalse\tin cleanup\n"
    )
  }

  @Test(arguments: [LuaDialect.lua51, .lua52, .lua53, .lua54, .lua55, .luajit])
  func everyDialectHasTasks(_ dialect: LuaDialect) throws {
    let trial = Trial(dialect: dialect)
    let printed = try trial.run(
      """
      local list = task.map({ 1, 2, 3 }, 2, function(x) task.sleep(x) return x * x end)
      print(table.concat(list, " "))
      task.scope(function(s)
        local tx, rx = task.channel(1)
        s:spawn(function() for i = 1, 3 do tx:send(i) end tx:close() end)
        for v in rx do io.write(v, " ") end
      end)
      print(select("#", task.timeout(1, task.sleep, 2)))
      local once = task.once(function() return "once" end)
      print(once(), once())
      """
    )
    #expect(printed == "1 4 9\n1 2 3 2\nonce\tonce\n")
  }

  @Test func collectingAtEveryAllocationChangesNothing() throws {
    let trial = Trial()
    var mode = HeapHardMode()
    mode.isChecking = true
    nonisolated(unsafe) var found: [String] = []
    trial.machine.harden(mode) { found += $0 }
    let printed = try trial.run(
      """
      local function closing(f) return setmetatable({}, { __close = f }) end
      for round = 1, 3 do
        pcall(task.scope, { deadline = 5 }, function(s)
          local tx, rx = task.channel(1)
          for i = 1, 5 do
            s:spawn(function()
              local c <close> = closing(function() task.sleep(0.1) end)
              task.sleep(i / 10)
              tx:send({ i })
              coroutine.wrap(function() task.sleep(0.1) end)()
              if i == 5 then error({ "boom" }) end
              task.sleep(10)
            end)
          end
          for i = 1, 5 do rx:recv() end
        end)
      end
      print(task.now())
      """
    )
    #expect(printed == "2.4\n")
    #expect(found.isEmpty, "\(found.prefix(5))")
  }
}
