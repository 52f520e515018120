// Rule 4 of cancellation: each function of the library is a checkpoint always or never, whatever it finds.

import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct CheckpointTests {
  /// What is a checkpoint, with operations that need not wait: it is one all the same.
  static let checkpoints = [
    "task.yield()", "task.checkpoint()", "task.sleep(0)", "task.sleep(1)", "done:join()",
    "tx:send(1)", "rx:recv()", "closed:recv()", "m:lock()", "m:with(function() end)",
    "permits:acquire()", "set:wait()", "task.select { set:wait_op() }",
    "task.select { rx:recv_op() }",
    "task.scope(function() end)", "task.timeout(1, function() end)",
    "task.within(1, function() end)", "task.shield(1, function() end)", "s:spawn(print)",
    "s:daemon(print)", "outer:spawn(print)", "outer:daemon(print)",
  ]

  /// What never is one.
  static let others = [
    "tx:try_send(1)", "rx:try_recv()", "m:try_lock()", "permits:try_acquire()", "set:set()",
    "set:clear()", "set:is_set()", "held:unlock()", "tx:close()", "done:status()", "done:cancel()",
    "s:cancel()", "outer:status()", "task.now()", "task.current()", "task.label('a', 1)",
    "defer(function() end)", "task.channel(1)", "task.mutex()", "task.event()", "task.semaphore(1)",
    "task.after(1)", "done:join_op()", "tx:send_op(1)", "task.nosuspend(function() end)",
    "task.tree()", "task.why(done)", "task.trace(done)", "task.stats()",
    "task.finally(function() end, function() end)", "task.on_cancel(function() end)",
  ]

  private static func source(_ call: String) -> String {
    """
    task.scope(function(outer)
      local tx, rx = task.channel(4)
      tx:send(0)
      local _, closed = task.channel(1)
      closed:close()
      local m, held, permits, set = task.mutex(), task.mutex(), task.semaphore(2), task.event()
      set:set()
      local done = outer:spawn(function() end)
      done:join()
      local passed = false
      task.scope(function(s)
        s:spawn(function()
          held:lock()
          task.finally(function()
            task.current():cancel("a test")
            \(call)
            passed = true
          end, function() held:try_lock() end)
        end)
      end)
      print(passed)
    end)
    """
  }

  @Test(arguments: checkpoints)
  func aCheckpointAlwaysIsOne(_ call: String) throws {
    #expect(try Trial().run(Self.source(call)) == "false\n")
  }

  @Test(arguments: others)
  func whatIsNoneNeverIs(_ call: String) throws {
    #expect(try Trial().run(Self.source(call)) == "true\n")
  }

  /// A task that is cancelled begins nothing in any scope, unless it cleans up.
  @Test func spawningWhileCancelled() throws {
    try check(
      cleanupPrelude + """
        task.scope(function(outer)
          local h = outer:spawn(function()
            local c <close> = closing(function()
              task.scope(function(s) print("in cleanup", s:spawn(math.max, 1, 2):join()) end)
              print("outer, in cleanup", outer:spawn(math.max, 3, 2):join())
            end)
            task.current():cancel("enough")
            pcall(outer.spawn, outer, print, "spawned")
            print("not reached")
          end)
          print(kind(select(2, pcall(h.join, h))))
        end)
        -- Somebody else, who is not cancelled, may: what is spawned runs to its first checkpoint.
        task.scope(function(outer)
          local inner
          outer:spawn(function()
            task.scope(function(s)
              inner = s
              local c <close> = closing(function() task.sleep(1) end)
              task.sleep(10)
            end)
          end)
          task.sleep(0.1)
          inner:cancel()
          local h = inner:spawn(function() print("begins") task.yield() print("not reached") end)
          print(kind(select(2, pcall(h.join, h))))
        end)
        """,
      "in cleanup\t2\nouter, in cleanup\t3\nTaskCancelled\nbegins\nTaskCancelled\n",
      orders: false
    )
  }
}
