// The bad cases of the design, one test each: docs/internals/tasks.md lists them by number.

import NightjarEngine
import NightjarRuntime
import Testing

private let prelude = cleanupPrelude

@Suite struct BadCaseTests {
  @Test func b1CancelDuringCleanup() throws {
    // Cleanup goes on until the grace ends; then its next checkpoint raises `Cancelled` of stage 2, and the other
    // cleanups run.
    try check(
      prelude + """
        local t0 = task.now()
        task.scope({ grace = 2 }, function(s)
          s:spawn(function()
            local outer <close> = closing(function() print("outer", task.now() - t0) end)
            local middle <close> = closing(function() print("middle", task.now() - t0) end)
            local inner <close> = closing(function(_, e)
              task.sleep(1)
              print("still cleaning", task.now() - t0, e.stage)
              local cut <close> = closing(function(_, e) print(e.kind, e.stage, e.reason) end)
              task.sleep(10)
              print("never")
            end)
            task.sleep(100)
          end)
          task.sleep(1)
          s:cancel("enough")
        end)
        print("done", task.now() - t0)
        """,
      "still cleaning\t2.0\t1\nCancelled\t2\tenough\nmiddle\t3.0\nouter\t3.0\ndone\t3.0\n"
    )
  }

  @Test func b2FirstReasonWins() throws {
    try check(
      prelude + """
        print(task.scope(function(s)
          s:cancel("first")
          s:cancel("second")
          task.sleep(1)
        end))
        """,
      "nil\tfirst\n"
    )
  }

  @Test func b6ValueThatWasCommittedIsDelivered() throws {
    try check(
      prelude + """
        task.scope(function(s)
          local tx, rx = task.channel(0)
          local h = s:spawn(function()
            local v = rx:recv()
            print("got", v)
            task.checkpoint()
            print("never")
          end)
          task.sleep(1)
          tx:send("value")
          h:cancel("too late for the value")
        end)
        """,
      "got\tvalue\n"
    )
  }

  @Test func b7NothingSwallowsACancellation() throws {
    try check(
      prelude + """
        local count = 0
        task.scope({ grace = 1 }, function(s)
          s:spawn(function()
            while true do
              pcall(task.sleep, 1)
              xpcall(task.sleep, print, 1)
              coroutine.wrap(function() pcall(task.sleep, 1) end)()
              coroutine.resume(coroutine.create(function() task.sleep(1) end))
              count = count + 1
            end
          end)
          task.sleep(4.5)
          s:cancel()
        end)
        print(count, task.now())
        """,
      "1\t4.5\n"
    )
  }

  @Test func b8LoopWithoutCheckpoint() throws {
    let trial = Trial { $0.cancelFuel = 200_000 }
    let printed = try trial.run(
      prelude + """
        local n = 0
        print(task.timeout(0.01, function() while true do n = n + 1 end end))
        print(n > 0)
        local ok, e = pcall(task.scope, { deadline = 0.05 }, function(s)
          s:spawn(function() while true do pcall(function() while true do end end) end end)
        end)
        print(ok, kind(e))
        task.scope(function(s)
          local greedy = s:spawn { preemptible = true, fn = function() while true do end end }
          task.sleep(0.02)
          greedy:cancel()
        end)
        print("on")
        """
    )
    #expect(printed.hasSuffix("true\nfalse\tTimeout\non\n"))
    #expect(printed.hasPrefix("false\tNJ-A020 Timeout: deadline 0.01s"))
  }

  @Test func b10PanicInAChild() throws {
    try check(
      prelude + """
        print(pcall(task.scope, function(s)
          local quiet = s:spawn(function()
            local c <close> = closing(function() print("sibling cleaned up") end)
            task.sleep(100)
          end)
          s:spawn(function() task.sleep(1) error("boom", 0) end)
        end))
        print(task.now())
        """,
      "sibling cleaned up\nfalse\tboom\n1.0\n"
    )
  }

  @Test func b11SeveralPanicsMakeAGroup() throws {
    try check(
      prelude + """
        local ok, e = pcall(task.scope, function(s)
          s:spawn(function() task.sleep(1) error("one", 0) end)
          s:spawn(function()
            local c <close> = closing(function() task.sleep(1) error("two", 0) end)
            pcall(task.sleep, 100)
          end)
          s:spawn(function()
            defer(function() error("cleanup", 0) end)
            task.sleep(100)
          end)
        end)
        print(ok, kind(e))
        """,
      // The closing method's error is kept beside the cancellation: only "one" failed by itself.
      "false\tone\n"
    )
    try check(
      prelude + """
        local ok, e = pcall(task.scope, function(s)
          local gate = task.event()
          for i = 1, 2 do
            s:spawn(function() task.nosuspend(function() end) task.sleep(1) error("e" .. i, 0) end)
          end
        end)
        print(ok, kind(e), #e.errors)
        """,
      "false\tErrorGroup\t2\n"
    )
  }

  @Test func b12PanicInTheBody() throws {
    try check(
      prelude + """
        local e0 = {}
        local ok, e = pcall(task.scope, function(s)
          s:spawn(function()
            local c <close> = closing(function() print("child cleaned up") end)
            task.sleep(100)
          end)
          task.sleep(1)
          error(e0)
        end)
        print(ok, e == e0, task.now())
        """,
      "child cleaned up\nfalse\ttrue\t1.0\n"
    )
  }

  @Test func b13CycleOfTwoMutexes() throws {
    try check(
      prelude + """
        local a, b = task.mutex("a"), task.mutex("b")
        print(pcall(task.scope, function(s)
          s:spawn(function() a:lock() task.sleep(1) b:lock() b:unlock() a:unlock() end)
          b:lock()
          task.sleep(2)
          local ok, e = pcall(a.lock, a)
          -- Both tasks with their lines, and who holds what.
          print(ok, kind(e), (e.message:gsub("#%d+", "#n")))
          print((e.place:gsub("#%d+", "#n")))
          b:unlock()
        end))
        """,
      """
      false\tDeadlock\ttask #n main would wait for itself: mutex "a" held by #n
        task #n waits at test:5 in mutex "b" held by task #n main
      task #n main at test:8
      true

      """
    )
  }

  @Test func b14WaitingForOneself() throws {
    try check(
      prelude + """
        local m = task.mutex()
        m:lock()
        print(kind(select(2, pcall(m.lock, m))))
        local me = task.current()
        print(kind(select(2, pcall(me.join, me))))
        task.scope(function(s)
          s:spawn(function() print(kind(select(2, pcall(me.join, me)))) end)
        end)
        -- At once, whatever the ancestor does meanwhile.
        task.scope(function(s)
          s:spawn(function() print(kind(select(2, pcall(me.join, me))), task.now()) end)
          task.sleep(1)
        end)
        m:unlock()
        """,
      "Deadlock\nDeadlock\nDeadlock\nDeadlock\t0.0\n"
    )
  }

  @Test func b15SendToOneself() throws {
    try check(
      prelude + """
        local tx, rx = task.channel(1, "wish")
        tx:send(1)
        local ok, e = pcall(tx.send, tx, 2)
        print(ok, kind(e), e.message:match('send to channel "wish" %(1/1%)') ~= nil)
        """,
      "false\tUnreachable\ttrue\n"
    )
  }

  @Test func b16EverybodyWaits() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      task.scope({ name = "work" }, function(s)
        s:spawn(function() task.event("a"):wait() end)
        s:spawn(function() task.event("b"):wait() end)
      end)
      """
    )
    #expect(
      printed.hasPrefix(
        """
        cancelled: NJ-A021 Cancelled: all tasks wait, and nothing is left that could wake one
          #1 main  parked 0s in the end of 2 children of scope "work"  at test:1
            scope "work"
              #2  parked 0s in event "a"  at test:2
              #3  parked 0s in event "b"  at test:3
        """.replacing("\n  ", with: "\n")
      ),
      "\(printed)"
    )
    #expect(trial.machine.liveTaskCount == 0)
    #expect(trial.machine.taskTime == 0, "it is found at once and not by a timeout")
  }

  @Test func b18ErrorOfATaskThatNobodyJoins() throws {
    try check(
      "print(pcall(task.scope, function(s) local h = s:spawn(error, 'lost', 0) end))",
      "false\tlost\n"
    )
  }

  @Test func b19SuspendingInsideNosuspend() throws {
    try check(
      prelude + """
        local m = task.mutex()
        m:with(function() task.sleep(1) end)
        print(kind(select(2, pcall(task.nosuspend, function() task.sleep(1) end))))
        print(kind(select(2, pcall(task.nosuspend, function() m:with(function() task.yield() end) end))))
        print(task.nosuspend(function(a, b) return b, a end, 1, 2))
        task.sleep(1)
        m:lock()
        print(task.now())
        m:unlock()
        """,
      "WouldSuspend\nWouldSuspend\n2\t1\n2.0\n"
    )
  }

  @Test func b20OwnerOfAMutexEnds() throws {
    try check(
      prelude + """
        local m = task.mutex("ledger")
        task.scope({ on_error = "collect" }, function(s)
          s:spawn { name = "careless", fn = function() m:lock() task.sleep(1) end }
          local h = s:spawn(function() task.sleep(0.5) m:lock() end)
          local ok, e = pcall(h.join, h)
          print(ok, kind(e))
        end)
        local ok, e = pcall(m.lock, m)
        print(ok, kind(e))
        """,
      "false\tOwnerDied\nfalse\tOwnerDied\n"
    )
  }

  @Test func b22TimeoutOfNothing() throws {
    try check(
      prelude + """
        for _, seconds in ipairs { 0, -1 } do
          print(kind(select(2, task.timeout(seconds, function()
            print("to the first checkpoint")
            task.checkpoint()
            print("never")
          end))))
        end
        for _, run in ipairs {
          function(f) task.within(0, f) end, function(f) task.scope({ deadline = -1 }, f) end
        } do
          print(kind(select(2, pcall(run, function() task.checkpoint() print("never") end))))
        end
        print(task.timeout(0, function() return "no checkpoint" end))
        """,
      """
      to the first checkpoint
      Timeout
      to the first checkpoint
      Timeout
      Timeout
      Timeout
      true\tno checkpoint

      """
    )
  }

  @Test func b23OuterDeadlineIsTheOneThatFired() throws {
    try check(
      prelude + """
        local ok, e = pcall(task.scope, { name = "outer", deadline = 1 }, function()
          print(task.timeout(5, function() task.sleep(10) end))
        end)
        print(ok, kind(e), e.scope)
        print(task.timeout(1, function() return "in time" end))
        """,
      "false\tTimeout\touter\ntrue\tin time\n"
    )
  }

  @Test func b24ShieldsHaveABound() throws {
    try check(
      prelude + """
        task.scope({ grace = 1 }, function(s)
          s:spawn(function()
            task.shield(3, function()
              task.sleep(2)
              print("shielded", task.now())
            end)
            task.checkpoint()
            print("never")
          end)
          s:spawn(function()
            local c <close> = closing(function() print("cut", task.now()) end)
            task.shield(3, function() task.sleep(10) end)
          end)
          task.sleep(1)
          s:cancel()
        end)
        print("left", task.now())
        print(kind(select(2, pcall(task.shield, function() end))))
        """,
      "shielded\t2.0\ncut\t3.0\nleft\t3.0\nBadArgument\n"
    )
  }

  @Test func b25OneCoroutineAndTwoTasks() throws {
    try check(
      prelude + """
        local co = coroutine.create(function()
          task.sleep(1)
          coroutine.yield("first")
          return "second"
        end)
        task.scope(function(s)
          s:spawn(function() print(coroutine.resume(co)) end)
          task.yield()
          task.sleep(0.5)
          local ok, message = coroutine.resume(co)
          print(ok, coroutine.status(co), (message:match("CoroutineBusy") or message))
        end)
        print(coroutine.resume(co))
        """,
      "false\tnormal\tCoroutineBusy\ntrue\tfirst\ntrue\tsecond\n"
    )
  }

  @Test func b28SpawnBomb() throws {
    try check(
      prelude + """
        local ok, e = pcall(task.scope, { max_tasks = 10 }, function(s)
          for i = 1, 100 do s:spawn(task.sleep, 1) end
        end)
        print(ok, kind(e))
        """,
      "false\tTaskLimit\n"
    )
    let trial = Trial { $0.taskCountMax = 100 }
    let printed = try trial.run(
      """
      local function bomb(s) while true do s:spawn(bomb, s) end end
      local ok, e = pcall(task.scope, bomb)
      print(ok, e.kind)
      """
    )
    #expect(printed == "false\tTaskLimit\n")
  }

  @Test func b32CleanupThatWaitsForALock() throws {
    try check(
      prelude + """
        local m = task.mutex()
        task.scope(function(s)
          local holder = s:spawn(function() m:with(function() task.shield(3, task.sleep, 2) end) end)
          local waiter = s:spawn(function()
            local c <close> = closing(function()
              m:lock()
              print("locked again", task.now())
              m:unlock()
            end)
            task.sleep(10)
          end)
          task.sleep(1)
          s:cancel()
        end)
        print(task.stats().raises)
        """,
      "locked again\t2.0\n1\n"
    )
  }
}
