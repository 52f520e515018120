// Tasks that nothing can wake: the known graphs with the verdict that each must get, and random programs in
// which nobody who was called unreachable ever goes on by itself.

import Foundation
import NightjarEngine
import NightjarRuntime
import Testing

/// Builds a graph inside a scope whose body has ended, while another task is alive and looks.
private let stage = #"""
  local function verdicts()
    local list = {}
    for _, found in ipairs(task.stuck()) do
      local name = found.message:match("task #%d+ (%a+)") or found.message:match("task (#%d+)")
      list[#list + 1] = (name or "?") .. " " .. found.verdict
    end
    table.sort(list)
    return #list == 0 and "nothing" or table.concat(list, ", ")
  end

  function graph(build, seconds)
    print(select("#", pcall(task.scope, { name = "all" }, function(s)
      s:spawn { name = "holder", fn = function() task.scope(build) end }
      s:spawn { name = "alive", fn = function()
        task.sleep(seconds or 1)
        print(verdicts())
        error("end", 0)
      end }
    end)))
  end

  """#

@Suite struct StuckTaskTests {
  struct Graph: Sendable, CustomTestStringConvertible {
    let name: String
    let source: String
    let verdict: String
    var testDescription: String { name }

    init(_ name: String, _ source: String, _ verdict: String) {
      self.name = name
      self.source = source
      self.verdict = verdict
    }
  }

  /// The twelve known graphs, those of one part by themselves: circles of owners are found at the park.
  static let graphs: [Graph] = [
    Graph(
      "self",
      "graph(function(s) s:spawn(function() local m = task.mutex() m:lock() print(select(2, pcall(m.lock, m)).kind) m:unlock() end) end)",
      "Deadlock\nnothing"
    ),
    Graph(
      "ABBA",
      """
      graph(function(s)
        local a, b = task.mutex("a"), task.mutex("b")
        s:spawn(function() a:lock() task.sleep(0.1) b:lock() b:unlock() a:unlock() end)
        s:spawn(function() b:lock() task.sleep(0.2) print(select(2, pcall(a.lock, a)).kind) b:unlock() end)
      end)
      """,
      "Deadlock\nnothing"
    ),
    Graph(
      "three in a circle of joins",
      """
      graph(function(s)
        local h = {}
        for i = 1, 3 do
          h[i] = s:spawn(function()
            task.sleep(i / 10)
            local ok, e = pcall(h[i % 3 + 1].join, h[i % 3 + 1])
            if not ok then print(e.kind) end
          end)
        end
      end)
      """,
      "Deadlock\nnothing"
    ),
    Graph(
      "reader and writer",
      """
      graph(function(s)
        local readers, written = task.semaphore(2, "readers"), task.event("written")
        s:spawn { name = "reader", fn = function() readers:acquire() task.sleep(0.1) written:wait() end }
        s:spawn { name = "writer", fn = function()
          readers:acquire() task.sleep(0.1) readers:acquire() written:set()
        end }
      end)
      """,
      "reader unreachable, writer unreachable"
    ),
    Graph(
      "channel that its receiver sends to",
      """
      graph(function(s)
        s:spawn { name = "wish", fn = function()
          local tx, rx = task.channel(1, "wish") tx:send(1) tx:send(2) return rx:recv()
        end }
      end)
      """,
      "wish unreachable"
    ),
    Graph(
      "forgotten close",
      """
      graph(function(s)
        local tx, rx = task.channel(1)
        s:spawn(function() for i = 1, 3 do tx:send(i) end end)
        s:spawn { name = "consumer", fn = function() for _ in rx do end end }
      end)
      """,
      "consumer unreachable"
    ),
    Graph(
      "dropped sender",
      """
      graph(function(s)
        s:spawn { name = "receiver", fn = function() return select(2, task.channel(0)):recv() end }
      end)
      """,
      "receiver unreachable"
    ),
    Graph(
      "lost notice",
      """
      graph(function(s)
        local ready = task.event()
        s:spawn(function() ready:set() ready:clear() end)
        s:spawn { name = "late", fn = function() task.sleep(0.5) ready:wait() end }
      end)
      """,
      "late unreachable"
    ),
    Graph(
      "guarded by a deadline",
      """
      graph(function(s)
        s:spawn { name = "guarded", fn = function() task.timeout(50, function() task.event():wait() end) end }
      end)
      """,
      "guarded suspicious"
    ),
    Graph(
      "held by the host",
      "graph(function(s) local e = task.event() hold(e) s:spawn(function() e:wait() end) end)",
      "nothing"
    ),
    Graph(
      "others keep alive",
      """
      graph(function(s)
        local tx, rx = task.channel(0)
        s:spawn { name = "lost", fn = function() task.event():wait() end }
        s:spawn { name = "ticker", fn = function() for _ = 1, 100 do task.sleep(1) end end }
        s:spawn { name = "fed", fn = function() rx:recv() end }
        s:spawn { name = "feeder", fn = function() task.sleep(90) tx:send(1) end }
      end)
      """,
      "lost unreachable"
    ),
    // Variations of these.
    Graph(
      "only the cause is told",
      """
      graph(function(s)
        local done, tx, rx = task.event(), task.channel(0)
        local gate = task.mutex()
        local lost = s:spawn { name = "lost", fn = function() gate:lock() task.event():wait() tx:send(1) done:set() end }
        s:spawn { name = "joins", fn = function() task.sleep(0.1) lost:join() end }
        s:spawn { name = "locks", fn = function() task.sleep(0.1) gate:lock() end }
        s:spawn { name = "receives", fn = function() rx:recv() end }
        s:spawn { name = "selects", fn = function() task.select { done:wait_op(), rx:recv_op() } end }
      end)
      """,
      "lost unreachable"
    ),
    Graph(
      "a global can be reached",
      "graph(function(s) e = task.event() s:spawn(function() e:wait() end) end)",
      "nothing"
    ),
    Graph(
      "a weak table can be reached",
      """
      weak = setmetatable({}, { __mode = "v" })
      graph(function(s) local e = task.event() weak.e = e s:spawn(function() e:wait() end) end)
      """,
      "nothing"
    ),
    Graph(
      "a finalizer may do it",
      """
      graph(function(s)
        local e = task.event()
        s:spawn(function() local g = setmetatable({}, { __gc = function() e:set() end }) e:wait() end)
      end)
      """,
      "nothing"
    ),
    Graph(
      "whoever has the handle can cancel it",
      "graph(function(s) h = s:spawn { name = 'held', fn = function() task.event():wait() end } end)",
      "held suspicious"
    ),
    Graph(
      "whoever has the scope can cancel it",
      """
      graph(function(s)
        scope = s
        s:spawn { name = "held", fn = function() task.event():wait() end }
      end)
      """,
      "held suspicious"
    ),
    Graph(
      "a daemon ends with the others",
      "graph(function(s) s:daemon { name = 'server', fn = function() task.event():wait() end } s:spawn(task.sleep, 9) end)",
      "server suspicious"
    ),
    Graph(
      "sleep without end",
      "graph(function(s) s:spawn { name = 'sleeper', fn = function() task.sleep(math.huge) end } end)",
      "sleeper unreachable"
    ),
    Graph(
      "deferred functions may hold it",
      """
      graph(function(s)
        local e = task.event()
        s:spawn(function() defer(function() e:set() end) task.sleep(5) end)
        s:spawn(function() e:wait() end)
      end)
      """,
      "nothing"
    ),
    Graph(
      "a coroutine may hold it",
      """
      graph(function(s)
        local e = task.event()
        local co = coroutine.wrap(function() coroutine.yield() e:set() end)
        co()
        s:spawn(function() task.sleep(5) co() end)
        s:spawn(function() e:wait() end)
      end)
      """,
      "nothing"
    ),
  ]

  @Test(arguments: graphs)
  func knownGraphs(_ graph: Graph) throws {
    for seed in [nil, 1, 2, 3] as [UInt64?] {
      let trial = Trial(seed: seed)
      nonisolated(unsafe) var held: [Handle] = []
      let machine = trial.machine
      let hold = machine.makeHostFunction { [unowned machine] (call) throws(ScriptError) in
        held.append(machine.retain(call[1]))
        return .results(0)
      }
      machine.setGlobal("hold", hold)
      let printed = try trial.run(stage + graph.source)
      #expect(printed == graph.verdict + "\n2\n", "seed \(seed.map { "\($0)" } ?? "none")")
      #expect(trial.machine.liveTaskCount == 0)
    }
  }

  /// The ninth of the known graphs: two machines that wait for one another are no circle that either of
  /// them could see, but what each waits for grows old.
  @Test func twoMachinesThatWaitForOneAnotherGrowOld() throws {
    let trial = Trial()
    let never = NeverAnswers()
    trial.scheduler.host = never
    trial.machine.setGlobal("ask", asking(trial.machine))
    let printed = try trial.run(
      """
      task.scope(function(s)
        s:spawn(function() pcall(ask) end)
        task.sleep(30)
        print(#task.stuck())
        task.sleep(40)
        local found = task.stuck()
        print(#found, found[1].verdict, found[1].message)
        print(#task.stuck())
        s:cancel()
      end)
      """
    )
    #expect(
      printed == """
        0
        1\told\tthe host has not answered task #2 for 70s at test:2
        0

        """
    )
  }

  @Test func b15WhoIsStuckIsToldByAnError() throws {
    let trial = Trial { $0.wakesUnreachable = true }
    let printed = try trial.run(
      """
      local ok, e = pcall(task.scope, function(s)
        s:spawn(function() task.scope(function(inner)
          inner:spawn { name = "wish", fn = function()
            local tx, rx = task.channel(1, "wish")
            tx:send(1)
            tx:send(2)
            rx:recv()
          end }
        end) end)
        s:spawn(function() task.sleep(1) collectgarbage() task.sleep(1000) end)
      end)
      print(e)
      """
    )
    #expect(
      printed == """
        NJ-A031 Unreachable: nothing can ever wake task #4 wish: it waits at test:6 in send to \
        channel "wish" (1/1), and no other task that can go on holds that
          task #4 wish at test:6
          < spawned at test:3 in the scope at test:2 of #2
          < spawned at test:2 in the scope at test:1 of #1 main
          help: receive in another task, s:spawn(function() for v in rx do … end end), or make \
        more room; see docs/book/async/7-channels.md#sending-to-oneself

        """
    )
  }

  @Test func b17ALeakIsFoundWhileOthersRun() throws {
    // Nobody asks: the scheduler looks every ten seconds if that is worth it.
    let trial = Trial()
    nonisolated(unsafe) var found: [TaskFinding] = []
    nonisolated(unsafe) var moments: [UInt64] = []
    trial.scheduler.report = { [machine = trial.machine] in
      found.append($0)
      moments.append(machine.taskTime)
    }
    _ = try trial.run(
      """
      pcall(task.scope, function(s)
        s:spawn(function() task.scope(function(inner) inner:spawn(function() task.event():wait() end) end) end)
        s:spawn(function()
          local list = {}
          for i = 1, 200 do
            task.sleep(0.1)
            for j = 1, 10000 do list[j % 10] = { j } end
          end
          error("enough")
        end)
      end)
      """
    )
    #expect(found.map(\.verdict) == [.unreachable])
    #expect(moments.allSatisfy { $0 <= 10_100_000_000 }, "within ten seconds: \(moments)")
  }

  @Test func b17TheNextCollectionTellsOfALeak() throws {
    let trial = Trial()
    nonisolated(unsafe) var found: [String] = []
    trial.scheduler.report = { [machine = trial.machine] in
      found.append("\($0.verdict) at \(machine.taskTime)")
    }
    _ = try trial.run(
      """
      pcall(task.scope, function(s)
        s:spawn(function() task.scope(function(inner) inner:spawn(function() task.event():wait() end) end) end)
        s:spawn(function()
          task.sleep(1)
          collectgarbage()
          task.sleep(1)
          error("enough")
        end)
      end)
      """
    )
    #expect(found == ["unreachable at 1000000000"])
  }

  /// Random programs of tasks that wait for one another in all ways, and look for the stuck now and then.
  private static let randomProgram = #"""
    local state = seed * 2654435761 % 4294967296
    local function random(n)
      state = (state * 1103515245 + 12345) % 2147483648
      return (state >> 8) % n
    end
    local told = {}
    local function look()
      for _, found in ipairs(task.stuck()) do
        if found.verdict == "unreachable" then
          told[found.id] = true
          print("told")
        end
      end
    end
    local function worker(things, depth)
      return function()
        local id = task.current():id()
        local function done() if told[id] then print("task " .. id .. " went on") end end
        local function try(f, ...)
          local ok, e = pcall(f, ...)
          if ok then done() elseif e.kind == "Unreachable" then error(e, 0) end
          return ok
        end
        local mine = {}
        for i = 1, #things do if random(3) > 0 then mine[#mine + 1] = things[i] end end
        things = nil
        for _ = 1, random(6) + 1 do
          local thing = mine[random(#mine + 1)]
          local kind = random(14)
          if thing == nil or kind == 0 then task.sleep(random(10) / 10) done()
          elseif kind == 1 then mine[random(#mine) + 1] = nil
          elseif kind == 2 then look()
          elseif kind == 3 and depth > 0 then
            task.scope(function(s) for _ = 1, random(3) do s:spawn(worker(mine, depth - 1)) end end)
            done()
          elseif thing.event then
            if kind < 7 then thing.event:wait() done() elseif kind < 9 then thing.event:clear() else thing.event:set() end
          elseif thing.mutex then
            if try(thing.mutex.lock, thing.mutex) then
              if kind < 8 then task.sleep(random(5) / 10) done() end
              if kind ~= 9 then thing.mutex:unlock() end
            end
          elseif thing.permits then
            if kind < 9 then thing.permits:acquire() done() else pcall(thing.permits.release, thing.permits) end
          elseif kind < 7 then try(thing.tx.send, thing.tx, kind)
          elseif kind < 11 then thing.rx:recv() done()
          elseif kind == 11 then thing.tx:close()
          else task.select { thing.rx:recv_op(), kind == 12 and task.after(1) or thing.rx:recv_op() } done() end
        end
      end
    end
    task.scope({ on_error = "collect" }, function(s)
      local things = {}
      for i = 1, random(6) + 1 do
        local kind = random(4)
        if kind == 0 then things[i] = { event = task.event() }
        elseif kind == 1 then things[i] = { mutex = task.mutex() }
        elseif kind == 2 then things[i] = { permits = task.semaphore(random(2) + 1) }
        else local tx, rx = task.channel(random(3)) things[i] = { tx = tx, rx = rx } end
      end
      for _ = 1, random(5) + 2 do s:spawn(worker(things, 2)) end
      s:spawn(function() for _ = 1, 20 do task.sleep(0.5) look() end end)
    end)
    """#

  @Test func whoIsCalledUnreachableNeverGoesOn() throws {
    let isSlow = ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] != nil
    var found = 0
    for seed in 1...(isSlow ? 100_000 : 1_500) {
      let trial = Trial(seed: UInt64(seed)) { $0.grace = 1_000_000 }
      let printed = try trial.run("local seed = \(seed)\n" + Self.randomProgram)
      #expect(!printed.contains("went on"), "seed \(seed): \(printed)")
      #expect(!printed.contains("failed: test:"), "seed \(seed): \(printed)")
      found += printed.split(separator: "\n").count { $0 == "told" }
    }
    #expect(found > 200, "the programs have stuck tasks: \(found)")
  }
}

/// A function that asks the host for something.
func asking(_ machine: Machine) -> Value {
  machine.makeHostFunction { (call) throws(ScriptError) in
    if call.phase != 0 { return .results(0) }
    call[1] = .nil
    return .host(at: 1, then: 1)
  }
}

/// A host that answers nobody.
final class NeverAnswers: HostOperations {
  private(set) var pendingCount = 0
  func begin(_ task: TaskHandle, _ request: Value, _ scheduler: TaskScheduler) { pendingCount += 1 }
  func cancel(_ id: UInt32, _ scheduler: TaskScheduler) {}
}
