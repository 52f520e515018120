// R5: what is left of a scope when it has ended: handles that tell how it went, and are of no other use.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct AfterScopeTests {
  /// Whatever uses a scope or a handle after its exit, however the scope has ended.
  @Test(
    arguments: [
      "return", "error('boom', 0)", "s:cancel('enough') task.sleep(1)",
      "s:spawn(error, 'a child', 0) task.sleep(1)",
    ])
  func r5UsingItRaisesScopeClosed(_ ending: String) throws {
    for use in [
      "scope:spawn(print)", "scope:daemon(print)", "scope:cancel()", "handle:join()",
      "handle:join_op()", "handle:cancel('late')", "task.select { op }",
      "task.select { task.after(1), op }",
    ] {
      try check(
        cleanupPrelude + """
          local scope, handle, op
          pcall(task.scope, function(s)
            scope, handle = s, s:spawn(function() return 1 end)
            op = handle:join_op()
            task.sleep(0.1)
            do \(ending) end
          end)
          print(kind(select(2, pcall(function() \(use) end))))
          print(handle:status(), handle:id() > 0, handle:name(), (scope:status()))
          print(task.why(handle) ~= nil, task.trace(handle) ~= nil)
          """,
        "ScopeClosed\ndone\ttrue\tnil\tclosed\ntrue\ttrue\n"
      )
    }
  }

  @Test func r5UsingItInsideIsRight() throws {
    try check(
      cleanupPrelude + """
        -- In the body, in a child, in what was deferred and in cleanup; also when it is being cancelled.
        local ok, e = pcall(task.scope, { deadline = 1 }, function(s)
          local h = s:spawn(function() return "a", "b" end)
          defer(function() print("deferred", h:join()) h:cancel() s:cancel() end)
          s:spawn(function() print("child", h:join()) end)
          local c <close> = closing(function() print("closed", h:join()) end)
          task.sleep(2)
        end)
        print(ok, e.kind)
        -- Of the scope around it, while that is open.
        task.scope(function(outer)
          local h = outer:spawn(function() return "from outside" end)
          task.scope(function() task.yield() end)
          print(h:join())
        end)
        """,
      "child\ta\tb\nclosed\ta\tb\ndeferred\ta\tb\nfalse\tTimeout\nfrom outside\n"
    )
  }

  /// Who waits for the task when it ends has its result, even if the scope ends before the waiter's turn comes.
  @Test func r5WhoWaitedIsGivenTheResult() throws {
    try check(
      """
      task.scope(function(outer)
        local handle
        outer:spawn(function()
          task.scope(function(s)
            handle = s:spawn(function() task.sleep(1) return "the value" end)
          end)
        end)
        task.sleep(0.5)
        print(handle:join())
      end)
      """,
      "the value\n"
    )
  }

  /// Streams may be closed after the scope in which they were made, and twice.
  @Test func r5StreamsAreClosedAtAnyTime() throws {
    try check(
      """
      local stream
      task.scope(function()
        stream = task.stream(1, function(emit) for i = 1, 10 do emit(i) end end)
        print(stream(), stream())
      end)
      stream:close()
      stream:close()
      print(stream.producer:status())
      """,
      "1\t2\ncancelled\n"
    )
  }

  /// A handle that is kept keeps its task's result, and nothing else of the scope.
  @Test func r5AKeptHandleKeepsNoScope() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      local kept, seen = {}, setmetatable({}, { __mode = "k" })
      task.scope(function(outer)
        for i = 1, 100 do
          outer:spawn { name = "owner", fn = function()
            local large = { string.rep("x", 10000) }
            seen[large] = true
            task.scope({ name = "inner" }, function(s)
              defer(function() return large end)
              kept[i] = s:spawn(function() return i end)
              s:cancel(large)
            end)
          end }
        end
      end)
      collectgarbage() collectgarbage()
      local count = 0
      for _ in pairs(seen) do count = count + 1 end
      print(count, #kept, select(2, pcall(kept[7].join, kept[7])).message:match("^.- has ended"))
      """
    )
    #expect(printed == "0\t100\tscope \"inner\" (opened at test:7) has ended\n")
  }

  /// The handle of an ended task is no way to its scope: who waits in there for ever is told so.
  @Test func r5AHandleIsNoWayToItsScope() throws {
    let trial = Trial { $0.wakesUnreachable = true }
    let printed = try trial.run(
      """
      task.scope(function(s)
        done = s:spawn(function() end)
        done:join()
        s:daemon(function() while true do task.sleep(1) end end)
        local ok, e = pcall(function() task.channel(0):send(1) end)
        print(e.kind)
      end)
      """
    )
    #expect(printed == "Unreachable\n")
  }
}
