// Cleanup that a cancellation, a lack of memory or another error meets: rule 6 of the design, and the bad cases
// B1, B11 and B27 in full.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import Testing

private let prelude = cleanupPrelude

@Suite struct CleanupTests {
  /// A cancellation that arrives while a variable is closed, on whatever way out, waits until that is done.
  @Test(arguments: [
    "do local c <close> = closing(clean) end",
    "pcall(function() local c <close> = closing(clean) error('x') end)",
    "for _ in function() return nil end, nil, nil, closing(clean) do end",
    "coroutine.wrap(function() local c <close> = closing(clean) end)()",
    "local co = coroutine.create(function() local c <close> = closing(clean) coroutine.yield() end) coroutine.resume(co) coroutine.close(co)",
    "task.finally(function() end, clean)",
    "task.finally(function() pcall(error) end, clean)",
    "task.scope(function() defer(clean) end)",
    "do local c <close> = closing(function() task.scope(function(t) t:spawn(clean) end) end) end",
    "do local c <close> = closing(function() local ok = task.timeout(9, clean) assert(ok) end) end",
    "do local c <close> = closing(function() task.scope(clean) end) end",
  ])
  func b1ACancellationDoesNotTearCleanup(_ way: String) throws {
    try check(
      prelude + """
        local function clean()
          task.sleep(1)
          print("half", task.now())
          task.sleep(1)
          print("clean", task.now())
        end
        task.scope(function(s)
          s:spawn(function()
            \(way)
            print("goes on to its next checkpoint")
            task.checkpoint()
            print("never")
          end)
          task.sleep(0.5)
          s:cancel("in the middle")
        end)
        print(task.now())
        """,
      "half\t1.0\nclean\t2.0\ngoes on to its next checkpoint\n2.0\n"
    )
  }

  @Test func b1TheGraceEndsThatToo() throws {
    try check(
      prelude + """
        task.scope({ grace = 1 }, function(s)
          s:spawn(function()
            local outer <close> = closing(function() print("outer", task.now()) end)
            do
              local c <close> = closing(function() task.sleep(10) print("never") end)
            end
            print("never")
          end)
          task.sleep(0.5)
          s:cancel()
        end)
        print(task.now())
        """,
      "outer\t1.5\n1.5\n"
    )
  }

  /// A deadline inside cleanup is that cleanup's own, and works.
  @Test func b1DeadlinesInsideCleanup() throws {
    try check(
      prelude + """
        task.scope(function(s)
          s:spawn(function()
            local c <close> = closing(function()
              print((task.timeout(1, task.sleep, 100)), task.now())
              task.sleep(1)
              print("and on", task.now())
            end)
          end)
          task.sleep(0.5)
          s:cancel()
        end)
        """,
      "false\t1.0\nand on\t2.0\n"
    )
  }

  @Test func b11WhatFailsInCleanupStandsBeside() throws {
    // Two children fail in the same moment, and the cleanup of a third one, too.
    try check(
      prelude + """
        local ok, e = pcall(task.scope, { name = "work" }, function(s)
          for i = 1, 2 do s:spawn(function() task.sleep(1) error("e" .. i, 0) end) end
          s:spawn(function()
            local c <close> = closing(function() error("cleanup", 0) end)
            task.sleep(100)
          end)
        end)
        table.sort(e.errors)
        print(ok, kind(e), #e.errors, e.errors[1], e.errors[2], #e.suppressed, e.suppressed[1])
        print((tostring(e):match("while cleaning up: %a+")))
        """,
      "false\tErrorGroup\t2\te1\te2\t1\tcleanup\nwhile cleaning up: cleanup\n"
    )
    // The events' order is the errors' order.
    try check(
      prelude + """
        local ok, e = pcall(task.scope, function(s)
          for i = 1, 3 do
            s:spawn(function() task.shield(10, task.sleep, i / 10) error(i, 0) end)
          end
        end)
        print(table.concat(e.errors, " "))
        """,
      "1 2 3\n"
    )
  }

  @Test func b11AnErrorThatIsJoinedIsOneError() throws {
    try check(
      prelude + """
        print(pcall(task.scope, function(s)
          local h = s:spawn(function() task.sleep(1) error("once", 0) end)
          s:spawn(function() h:join() end)
          h:join()
        end))
        """,
      "false\tonce\n"
    )
  }

  private static let limits: Limits = {
    var limits = Limits()
    limits.heapByteCount = 6_000_000
    return limits
  }()

  private static let hungry = """
    local function eat(into)
      while true do into[#into + 1] = ("x"):rep(1000) .. #into end
    end

    """

  @Test func b27MemoryRunsOutInOneTask() throws {
    let trial = Trial(limits: Self.limits)
    let printed = try trial.run(
      prelude + Self.hungry + """
        kept = {}
        local others = 0
        local ok, e = pcall(task.scope, { on_error = "collect" }, function(s)
          s:spawn(function() for i = 1, 10 do task.sleep(0.1) others = others + 1 end end)
          local h = s:spawn { name = "hungry", fn = function()
            -- The limit is met while all of it is still held: cleanup lives on the reserve.
            defer(function()
              local list = {}
              for i = 1, 100 do list[i] = { i } end
              print("cleaned up", #list)
              kept = nil
            end)
            eat(kept)
          end }
          print(pcall(h.join, h))
          task.sleep(2)
        end)
        print(ok, others, task.stats().dropped)
        """
    )
    #expect(printed == "cleaned up\t100\nfalse\tnot enough memory\ntrue\t10\t0\n")
  }

  @Test func b27MemoryRunsOutAgainInItsCleanup() throws {
    let trial = Trial(limits: Self.limits)
    let printed = try trial.run(
      prelude + Self.hungry + """
        kept = {}
        local m = task.mutex("ledger")
        local ok, e = pcall(task.scope, { on_error = "collect" }, function(s)
          local h = s:spawn { name = "hungry", fn = function()
            m:lock()
            local outer <close> = closing(function() print("never") end)
            local c <close> = closing(function() eat(kept) end)
            eat(kept)
          end }
          task.sleep(1)
          local ended = h:status()
          kept = nil
          collectgarbage()
          print(ended, select(2, pcall(h.join, h)))
          print(kind(select(2, pcall(m.lock, m))))
        end)
        print(ok, task.stats().dropped)
        """
    )
    #expect(printed == "failed\tnot enough memory\nOwnerDied\ntrue\t1\n")
    #expect(trial.machine.liveTaskCount == 0)
  }

  @Test func b27TheRootFailsLikeAnyOther() throws {
    let trial = Trial(limits: Self.limits)
    let printed = try trial.run(Self.hungry + "kept = {} eat(kept)")
    #expect(printed == "failed: not enough memory\n")
    trial.machine.setGlobal("kept", .nil)
    trial.machine.collectGarbage()
    #expect(try trial.run("print(#('x'):rep(1000))").hasSuffix("1000\n"), "the machine lives on")
  }

  @Test func aHogThatMustNotSuspendIsDroppedAllTheSame() throws {
    // The bound holds for sections that must not suspend, too: nothing else could end them.
    let trial = Trial()
    let printed = try trial.run(
      prelude + """
        local h
        task.scope(function(outer)
          outer:spawn(function()
            task.yield()
            print(kind(select(2, pcall(h.join, h))))
          end)
          print(kind(select(2, pcall(task.scope, { deadline = 0.05, grace = 0.05 }, function(s)
            h = s:spawn(function() task.yield() task.nosuspend(function() while true do end end) end)
          end))))
        end)
        print(task.now() < 0.3)
        """
    )
    #expect(printed == "Dropped\nTimeout\ntrue\n")
  }
}
