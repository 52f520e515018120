// R1(b): a recursion that suspends fails by the limits its host has set, and with these raised only by that of memory;
// always as an error.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct DeepRecursionTests {
  private static let depth = 1_000_000

  private static func limits(_ bytes: Int? = nil) -> Limits {
    var limits = Limits()
    limits.callDepth = 1_100_000
    limits.stackSlotCount = 16_000_000
    limits.heapByteCount = bytes
    return limits
  }

  private static let down = """
    local down
    function down(n)
      if n == 0 then task.sleep(1) return 0 end
      return 1 + down(n - 1)
    end

    """

  /// A million calls deep a task waits, and comes back; beside it another one runs.
  @Test func r1AMillionCallsDeepATaskWaits() throws {
    let trial = Trial(limits: Self.limits())
    let printed = try trial.run(
      Self.down + """
        task.scope(function(s)
          local h = s:spawn(down, \(Self.depth))
          local other = s:spawn(function() task.sleep(0.5) return task.now() end)
          print(h:join(), other:join() >= 0.5)
        end)
        collectgarbage() collectgarbage()
        print(collectgarbage("count") < 4000, task.stats().live)
        """
    )
    #expect(printed == "1000000\ttrue\ntrue\t1\n")
  }

  /// A cancellation at the bottom unwinds a million calls.
  @Test func r1CancelledAMillionCallsDeep() throws {
    let trial = Trial(limits: Self.limits())
    let printed = try trial.run(
      Self.down + """
        local closed = 0
        local function deep()
          local c <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
          return 1 + down(\(Self.depth))
        end
        print((task.timeout(0.5, deep)), closed)
        task.scope(function(s)
          local h = s:spawn(deep)
          task.sleep(0.5)
          h:cancel("enough")
          local ok, e = pcall(h.join, h)
          print(ok, e.kind, closed)
        end)
        print(pcall(down, 10))
        """
    )
    #expect(printed == "false\t1\nfalse\tTaskCancelled\t2\ntrue\t10\n")
  }

  /// Through coroutines, protected calls and metamethods, and parked while others collect.
  @Test func r1DeepInOtherWays() throws {
    let trial = Trial(limits: Self.limits())
    let printed = try trial.run(
      """
      local count = 300000
      local meta = {}
      meta.__index = function(t, n)
        if n == 0 then task.sleep(1) collectgarbage() task.sleep(1) return 0 end
        return 1 + t[n - 1]
      end
      print(setmetatable({}, meta)[count])
      local function gsub(n)
        if n == 0 then task.sleep(1) return "0" end
        return (("x"):gsub("x", function() return tostring(1 + tonumber(gsub(n - 1))) end))
      end
      print(gsub(100000))
      task.scope(function(s)
        local h = s:spawn(coroutine.wrap(function()
          local function down(n) if n == 0 then task.sleep(1) return 0 end return 1 + down(n - 1) end
          return down(count)
        end))
        for i = 1, 5 do task.sleep(0.1) collectgarbage() end
        print(h:join())
      end)
      """
    )
    #expect(printed == "300000\n100000\n300000\n")
  }

  /// What ends it then is the limit of memory, as an error that can be caught; the machine lives on.
  @Test func r1MemoryIsTheLimit() throws {
    let trial = Trial(limits: Self.limits(32_000_000))
    let printed = try trial.run(
      Self.down + """
        task.scope({ on_error = "collect" }, function(s)
          local h = s:spawn(down, \(Self.depth))
          print(pcall(h.join, h))
        end)
        print(pcall(down, 1000))
        """
    )
    #expect(printed == "false\tnot enough memory\ntrue\t1000\n")
    // By itself, too, a recursion without an end.
    let endless = Trial(limits: Self.limits(32_000_000))
    let again = try endless.run(
      "local function down(n) task.yield() return 1 + down(n + 1) end print(pcall(down, 1)) task.sleep(1) print(task.now())"
    )
    #expect(again == "false\tnot enough memory\n1.0\n")
  }
}
