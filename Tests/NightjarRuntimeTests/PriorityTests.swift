// Lent priority: who is waited for hurries as much as who waits, along mutexes, joins and the ends of scopes, and no
// longer than that.

import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct PriorityTests {
  /// Two tasks of normal priority never pause; each counts its turns.
  ///
  /// What a task of low priority has to do takes
  /// three turns, of which it would get one in 64.
  private static let prelude = """
    local turns = 0
    local function crowd(s)
      for _ = 1, 2 do
        s:daemon { prio = "normal", fn = function() while true do turns = turns + 1 task.yield() end end }
      end
    end
    local function slow() for _ = 1, 3 do task.yield() end end

    """

  @Test func aMutexLendsThePriorityOfWhoWaits() throws {
    let trial = Trial()
    let printed = try trial.run(
      Self.prelude + """
        local m, isHeld = task.mutex("shared"), task.event()
        task.scope(function(s)
          s:spawn { prio = "low", fn = function() m:with(function() isHeld:set() slow() end) end }
          isHeld:wait()
          crowd(s)
          local before
          s:spawn { prio = "high", fn = function() before = turns m:lock() m:unlock() print("lent", turns - before < 20) end }
          task.sleep(0)
          task.scope(function(t)
            -- And without anybody who waits: it is passed over.
            local first = turns
            t:spawn { prio = "low", fn = function() slow() print("alone", turns - first > 60) end }
            for _ = 1, 200 do task.yield() end
          end)
        end)
        """
    )
    #expect(printed == "lent\ttrue\nalone\ttrue\n")
  }

  @Test func itGoesOnAlongTheChain() throws {
    // High joins a task that waits for a mutex whose owner waits for the child of its scope.
    let trial = Trial()
    let printed = try trial.run(
      Self.prelude + """
        local m = task.mutex("shared")
        task.scope(function(s)
          s:spawn { prio = "low", fn = function()
            m:with(function() task.scope(function(t) t:spawn(function() task.sleep(0.01) slow() end) end) end)
          end }
          task.sleep(0.001)
          local h = s:spawn { prio = "low", fn = function() m:with(slow) end }
          task.sleep(0.001)
          s:spawn { prio = "high", fn = function() h:join() end }
          task.sleep(0.001)
          crowd(s)
          task.sleep(0.01)
          local before = turns
          h:join()
          print(turns - before < 40)
        end)
        """
    )
    #expect(printed == "true\n")
  }

  @Test func itIsGivenBack() throws {
    // After it let go of the mutex, and after who waited has given up.
    let trial = Trial()
    let printed = try trial.run(
      Self.prelude + """
        for _, ends in ipairs { "unlock", "give up" } do
          local m, isHeld, isOver = task.mutex("shared"), task.event(), task.event()
          task.scope(function(s)
            s:spawn { prio = "low", fn = function()
              m:lock()
              isHeld:set()
              isOver:wait()
              if ends == "unlock" then m:unlock() end
              local first = turns
              slow()
              print(ends, turns - first > 60)
              if ends ~= "unlock" then m:unlock() end
            end }
            isHeld:wait()
            s:daemon { prio = "high", fn = function()
              if ends == "unlock" then m:with(function() end) else task.timeout(0, task.checkpoint) task.timeout(0.001, m.lock, m) end
            end }
            task.sleep(0.01)
            crowd(s)
            isOver:set()
            for _ = 1, 300 do task.yield() end
          end)
        end
        """
    )
    #expect(printed == "unlock\ttrue\ngive up\ttrue\n")
  }

  @Test func theEndOfAScopeLendsToTheChildren() throws {
    let trial = Trial()
    let printed = try trial.run(
      Self.prelude + """
        task.scope(function(s)
          crowd(s)
          s:spawn { prio = "high", fn = function()
            local before = turns
            task.scope(function(t) t:spawn { prio = "idle", fn = slow } end)
            print(turns - before < 20)
          end }
        end)
        """
    )
    #expect(printed == "true\n")
  }
}
