// B19: to wait while one holds a mutex is legal; how long that was is recorded and shown.

import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct HeldTests {
  @Test func b19HoldsAcrossWaitsAreCounted() throws {
    try check(
      """
      local function show(m)
        local s = m:stats()
        print(s.waiting, s.contended, s.held_across, s.longest_hold)
      end
      local m = task.mutex("ledger")
      show(m)
      -- What is held between two checkpoints is no hold across one, nor are operations that do not wait.
      for i = 1, 10 do m:with(function() task.checkpoint() end) m:lock() m:unlock() end
      show(m)
      m:with(task.sleep, 2)
      m:lock() task.sleep(0.5) m:unlock()
      m:with(task.sleep, 1)
      show(m)
      """,
      "0\t0\t0\t0.0\n0\t0\t0\t0.0\n0\t0\t3\t2.0\n"
    )
  }

  /// Who is handed the mutex by the one before has held it since then, and only what it waits for itself counts.
  @Test func b19WhoIsHandedItBeginsAnew() throws {
    try check(
      """
      local m = task.mutex("ledger")
      task.scope(function(s)
        s:spawn(function() m:with(task.sleep, 1) end)
        task.sleep(0.1)
        for i = 1, 3 do s:spawn(function() m:with(function() end) end) end
        task.sleep(0.1)
        print(m:stats().waiting, m:stats().contended, m:stats().held_across)
        task.sleep(1)
        s:spawn(function() m:with(task.sleep, 3) end)
        task.sleep(0.1)
        s:spawn(function() m:with(task.yield) end)
        task.sleep(2)
        -- One that goes on counts so far.
        print(m:stats().longest_hold > 2 and m:stats().longest_hold < 3, m:stats().held_across)
      end)
      print(m:stats().waiting, m:stats().contended, m:stats().held_across, m:stats().longest_hold)
      """,
      "3\t3\t1\ntrue\t2\n0\t4\t2\t3.0\n",
      orders: false
    )
  }

  /// An owner that ends, and one that is dropped, has held it as well.
  @Test func b19OwnersThatEndCount() throws {
    try check(
      """
      local m = task.mutex("ledger")
      task.scope(function(s)
        s:spawn(function() m:lock() task.sleep(4) end)
      end)
      print(m:stats().held_across, m:stats().longest_hold)
      """,
      "1\t4.0\n"
    )
  }

  @Test func b19TheOwnersLineSaysWhatItHolds() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      local a, b, c, d = task.mutex("a"), task.mutex("b"), task.mutex("c"), task.mutex("d")
      task.scope(function(s)
        local owner = s:spawn { name = "owner", fn = function()
          a:lock()
          task.sleep(10)
          b:lock()
          task.sleep(100)
        end }
        local waiting
        for i = 1, 3 do waiting = s:spawn { name = "waiter", fn = function() a:lock() end } end
        task.sleep(12)
        print(task.why(waiting))
        s:cancel()
      end)
      """
    )
    #expect(
      printed == """
        #5 waiter  parked 12s in mutex "a" held by task #2 owner  at test:10
        #2 owner  parked 2s in sleep  at test:7  holding mutex "b" for 2s  holding mutex "a" for 12s (3 wait)

        """
    )
  }
}
