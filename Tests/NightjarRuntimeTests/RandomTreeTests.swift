// Random task trees under simulation: whatever they do, every task ends within the bound, each cleanup runs
// exactly once unless a drop was reported, nothing is left over, and the same seed gives the same run.

import Foundation
import NightjarEngine
import NightjarRuntime
import Testing

/// Builds a random tree from a number and runs it; counts the cleanups it began and those that ran.
private let generator = #"""
  begun, cleaned, twice = 0, 0, 0

  local function closing(f) return setmetatable({}, { __close = f }) end

  function tree(seed)
    local state = seed * 2654435761 % 4294967296
    local function random(n)
      state = (state * 1103515245 + 12345) % 2147483648
      return (state >> 8) % n
    end
    local budget = 30
    local channels = {}
    for i = 1, 3 do channels[i] = { task.channel(random(3)) } end
    local mutex, event = task.mutex(), task.event()
    local handles = {}
    local node

    local function cleanup()
      local ran = false
      begun = begun + 1
      local kind = random(4)
      return function()
        if ran then twice = twice + 1 end
        ran = true
        cleaned = cleaned + 1
        if kind == 1 then task.sleep(0.01) end
        if kind == 2 then pcall(task.sleep, 0.3) end
        if kind == 3 then error("cleanup", 0) end
      end
    end

    local function step(s)
      local choice = random(22)
      if choice < 4 then task.sleep(random(50) / 100)
      elseif choice == 4 then task.yield()
      elseif choice == 5 then
        task.timeout(random(40) / 100, channels[random(3) + 1][1].send, channels[random(3) + 1][1], 1)
      elseif choice == 6 then
        task.timeout(random(40) / 100, function() return channels[random(3) + 1][2]:recv() end)
      elseif choice == 7 then mutex:with(task.sleep, random(10) / 100)
      elseif choice == 8 then pcall(task.within, random(20) / 100, event.wait, event)
      elseif choice == 9 then event:set()
      elseif choice == 10 and s then s:cancel("chosen")
      elseif choice == 11 and #handles > 0 then handles[random(#handles) + 1]:cancel("picked")
      elseif choice == 12 then error("step", 0)
      elseif choice == 13 then pcall(error, "caught")
      elseif choice == 14 then task.shield(random(20) / 100, task.sleep, random(30) / 100)
      elseif choice == 15 then
        task.select { channels[1][2]:recv_op(), task.after(random(30) / 100) }
      elseif choice == 16 and #handles > 0 then
        pcall(function() task.timeout(0.2, function() handles[random(#handles) + 1]:join() end) end)
      elseif choice == 17 then
        local co = coroutine.wrap(function() task.sleep(0.01) coroutine.yield() task.sleep(0.01) end)
        co()
        co()
      elseif choice == 18 then defer(cleanup())
      elseif budget > 0 then node() end
    end

    function node()
      budget = budget - 1
      local options = { grace = random(60) / 100 }
      if random(3) == 0 then options.deadline = random(100) / 100 end
      if random(4) == 0 then options.on_error = "collect" end
      local guarded = random(2) == 0
      local function body(s)
        local c <close> = closing(cleanup())
        for _ = 1, random(4) + 1 do
          if budget > 0 and random(2) == 0 then
            budget = budget - 1
            local method = random(6) == 0 and s.daemon or s.spawn
            handles[#handles + 1] = method(s, function()
              local d <close> = closing(cleanup())
              for _ = 1, random(4) + 1 do step(s) end
            end)
          else
            step(s)
          end
        end
      end
      if guarded then pcall(task.scope, options, body) else task.scope(options, body) end
    end

    pcall(task.within, 20, node)
  end
  """#

@Suite struct RandomTreeTests {
  /// Runs some trees on one machine.
  ///
  /// - Returns: the trace of the run, and how many tasks there were.
  private func run(_ seeds: Range<Int>, order: UInt64) throws -> (trace: UInt64, tasks: UInt64) {
    let trial = Trial(seed: order) { $0.cancelFuel = 1_000_000 }
    let printed = try trial.run(
      generator + """

        for seed = \(seeds.lowerBound), \(seeds.upperBound - 1) do
          local before = task.stats()
          local start = task.now()
          tree(seed)
          local after = task.stats()
          local name = "tree " .. seed
          if twice > 0 then print(name, "a cleanup ran twice") end
          if begun ~= cleaned and after.dropped == before.dropped then
            print(name, begun .. " cleanups, of which ran " .. cleaned)
          end
          if after.live ~= 1 then print(name, after.live .. " tasks are alive") end
          if after.timers_set ~= 0 then print(name, after.timers_set .. " timers are set") end
          if task.now() - start > 26 then print(name, "took " .. task.now() - start) end
          begun, cleaned, twice = 0, 0, 0
        end
        """
    )
    #expect(printed == "", "trees \(seeds), order \(order)")
    #expect(trial.machine.liveTaskCount == 0)
    return (trial.machine.taskTrace, trial.machine.taskCounters.spawned)
  }

  @Test func treesEndWithinTheirBound() throws {
    let isSlow = ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] != nil
    let count = isSlow ? 100_000 : 3_000
    var tasks: UInt64 = 0
    for first in stride(from: 1, to: count, by: 250) {
      tasks += try run(first..<min(first + 250, count + 1), order: UInt64(first)).tasks
    }
    #expect(tasks > UInt64(count), "the trees have tasks")
  }

  @Test func theSameSeedGivesTheSameRun() throws {
    for order in 1...10 as ClosedRange<UInt64> {
      let first = try run(1..<40, order: order)
      let second = try run(1..<40, order: order)
      #expect(first.trace == second.trace)
    }
    #expect(try run(1..<40, order: 1).trace != run(1..<40, order: 2).trace)
  }
}
