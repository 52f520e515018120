// What rows of the bad-case matrix say beyond the first look at them.

import NightjarEngine
import NightjarRuntime
import Testing

private let prelude = cleanupPrelude

@Suite struct StrictBadCaseTests {
  @Test func b2LaterReasonsAreNoted() throws {
    try check(
      prelude + """
        task.scope(function(s)
          s:spawn(function()
            local c <close> = closing(function(_, e)
              task.sleep(1)
              print(e.reason, #e.history, e.history[1])
            end)
            task.sleep(10)
          end)
          s:cancel("first")
          s:cancel("second")
          task.sleep(1)
        end)
        """,
      "first\t1\tsecond\n",
      orders: false
    )
  }

  @Test func b10SiblingsAreToldWhoFailed() throws {
    try check(
      prelude + """
        local failing
        local ok, e = pcall(task.scope, { name = "pair" }, function(s)
          failing = s:spawn(function() task.sleep(1) error("boom", 0) end)
          s:spawn(function()
            local c <close> = closing(function(_, e)
              print(e.code, e.source == failing:id(), e.message:match("failed: boom") ~= nil)
              task.sleep(1)
            end)
            task.sleep(100)
          end)
        end)
        print(ok, e, task.now())
        """,
      "NJ-A021\ttrue\ttrue\nfalse\tboom\t2.0\n"
    )
  }

  @Test func b13CirclesThroughJoinAndScopeExit() throws {
    try check(
      prelude + """
        -- A child that joins whoever waits for its scope's end; one that locks what its parent holds.
        local parent = task.current()
        local m = task.mutex("held")
        m:lock()
        task.scope({ name = "inner" }, function(s)
          s:spawn(function()
            task.sleep(1)
            local ok, e = pcall(parent.join, parent)
            print(kind(e), e.message:find("main", 1, true) ~= nil, e.message:find("children", 1, true) or e.message:find("child", 1, true) ~= nil)
          end)
        end)
        task.scope(function(s)
          s:spawn(function()
            task.sleep(1)
            local ok, e = pcall(m.lock, m)
            print(kind(e), e.message:find('mutex "held" held by #1 main', 1, true) ~= nil)
          end)
        end)
        m:unlock()
        """,
      "Deadlock\ttrue\ttrue\nDeadlock\ttrue\n"
    )
  }

  @Test func b14JoiningAnAncestorFurtherUp() throws {
    try check(
      prelude + """
        local me = task.current()
        task.scope(function(a) a:spawn(function()
          task.scope(function(b) b:spawn(function()
            print(kind(select(2, pcall(me.join, me))))
          end) end)
        end) end)
        """,
      "Deadlock\n"
    )
  }

  @Test func b20WaitersAreToldWhoseOwnerDied() throws {
    try check(
      prelude + """
        local m = task.mutex("ledger")
        task.scope({ on_error = "collect" }, function(s)
          s:spawn { name = "careless", fn = function() m:lock() task.sleep(1) end }
          task.sleep(0.5)
          for i = 1, 2 do
            s:spawn(function()
              local ok, e = pcall(m.lock, m)
              print(kind(e), e.message:match("task #%d+ careless held mutex \\"ledger\\"") ~= nil)
            end)
          end
        end)
        -- It stays poisoned: nobody knows what state it guards.
        print(kind(select(2, pcall(m.lock, m))), m:try_lock())
        """,
      "OwnerDied\ttrue\nOwnerDied\ttrue\nOwnerDied\tfalse\n"
    )
  }

  @Test func b23NoTimeoutForABodyThatHasEnded() throws {
    // The deadline passes while children are awaited; and in the moment in which the body ends.
    try check(
      prelude + """
        print(task.timeout(1, function() task.nosuspend(function() end) return "ended" end))
        print(pcall(task.scope, { deadline = 1 }, function(s) task.sleep(0.5) return "body" end))
        print((task.timeout(2, function() task.within(1, task.sleep, 0.5) task.sleep(1) return 1 end)))
        local ok, e = task.timeout(1, function() task.within(1, task.sleep, 5) end)
        print(ok, kind(e))
        """,
      "true\tended\ntrue\tbody\ntrue\nfalse\tTimeout\n"
    )
  }

  @Test func b25AParkInsideACoroutineParksTheWholeChain() throws {
    try check(
      prelude + """
        local inner = coroutine.wrap(function()
          task.sleep(1)
          coroutine.yield("inner", task.now())
        end)
        local outer = coroutine.wrap(function() coroutine.yield(inner()) end)
        print(outer())
        -- A cancellation unwinds it from the inside out.
        task.timeout(1, coroutine.wrap(function()
          local c <close> = closing(function() print("outer closed", task.now()) end)
          coroutine.wrap(function()
            local d <close> = closing(function() print("inner closed", task.now()) end)
            task.sleep(10)
          end)()
        end))
        -- The owner is named.
        local co = coroutine.create(function() task.sleep(5) end)
        task.scope(function(s)
          local h = s:spawn { name = "owner", fn = function() coroutine.resume(co) end }
          task.sleep(1)
          print(select(2, coroutine.resume(co)):match("task #%d+ owner"))
          h:cancel()
        end)
        """,
      "inner\t1.0\ninner closed\t2.0\nouter closed\t2.0\ntask #2 owner\n"
    )
  }

  @Test func b32WaitingForALockInCleanupIsNoBusyLoop() throws {
    let trial = Trial()
    let printed = try trial.run(
      prelude + """
        local m = task.mutex()
        task.scope({ grace = 10 }, function(s)
          s:spawn(function() m:with(function() task.shield(9, task.sleep, 5) end) end)
          for i = 1, 10 do
            s:spawn(function()
              local c <close> = closing(function() m:with(function() end) end)
              task.sleep(100)
            end)
          end
          task.sleep(1)
          s:cancel()
        end)
        local stats = task.stats()
        -- The ten and the body.
        print(task.now(), stats.raises <= 11, stats.switches < 100)
        """
    )
    #expect(printed == "5.0\ttrue\ttrue\n")
  }
}
