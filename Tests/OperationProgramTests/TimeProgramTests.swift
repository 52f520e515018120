// Times that no program means: whatever a number of seconds is, nothing traps, and a clock that has come to its end
// stands still.

import NightjarBase
import NightjarEngine
import NightjarSimulation
import Testing

@Suite struct TimeProgramTests {
  /// Every function that takes a time, called under a deadline with whatever a number can be.
  private static let everyTime = """
    local listener = assert(net.listen("127.0.0.1", 0))
    local url = "http://127.0.0.1:" .. listener.port .. "/"
    local tx, rx = task.channel(1)
    local m = task.mutex()
    local function nothing() end
    local functions = {
      function(t) task.sleep(t) end,
      function(t) task.timeout(t, task.sleep, t) end,
      function(t) task.within(t, task.sleep, t) end,
      function(t) task.shield(t, task.sleep, 0.001) end,
      function(t) task.scope({ deadline = t, grace = t }, function(s) s:spawn(task.sleep, t) end) end,
      function(t) task.scope({ grace = t }, function(s) s:cancel() task.sleep(1) end) end,
      function(t) task.scope({ max_tasks = t }, function(s) s:spawn(nothing) end) end,
      function(t) task.select { task.after(t), rx:recv_op(), task.after(t) } end,
      function(t) for v in task.stream(1, function(emit) emit(1) emit(2) end):throttle(t) do end end,
      function(t) task.supervise({ max = 2, within = t }, { function() error("again") end }) end,
      function(t) task.supervise({ max = t, within = 0.001 }, { nothing }) end,
      function(t) m:with(task.sleep, t) end,
      function(t) net.connect("127.0.0.1", listener.port, t):close() end,
      function(t) net.tls("127.0.0.1", listener.port, t) end,
      function(t) http.request { url = url, timeout = t } end,
      function(t) http.serve(listener, nothing, { timeout = t }) end,
      function(t) listener:serve(nothing, { timeout = t }) end,
      function(t) task.channel(t) end,
      function(t) task.semaphore(t) end,
      function(t) task.map({ 1, 2 }, t, task.sleep) end,
      function(t) local s <close> = task.stream(1, function(emit) emit(1) end):buffered(t) s() end,
      function(t) local s <close> = task.stream(1, function(emit) emit(1) end):take(t) s() end,
      function(t) process.run { "sleep", tostring(t) } end,
      function(t) task.watch(1):next(t) end,
    }
    local values = {
      0 / 0, -(0 / 0), 1 / 0, -1 / 0, -1, -0.0, 0, 5e-324, 1e-10, 0.5, 2 ^ 53, 2 ^ 63, 2 ^ 64, 1e9, 9.9e9, 1e10,
      1.8446744073709551e10, 1e300, -1e300, math.maxinteger, math.mininteger, "1e300", "nan",
    }

    """

  @Test(arguments: [
    Setting.real, .simulated(seed: 1, .none), .simulated(seed: 2, .chaos),
    .simulated(seed: 3, .chaos),
  ])
  func noTimeTraps(setting: Setting) throws {
    let stage = Stage(setting)
    // Programs take no times of ours; of the real ones none are begun that outlive the machine.
    let world = stage.world == nil ? "process = { run = function() end }\n" : ""
    let printed = try stage.run(
      world + Self.everyTime + """
        for i, f in ipairs(functions) do
          for _, t in ipairs(values) do
            -- What fails says so; what waits for ever is cancelled.
            pcall(task.timeout, 0.002, f, t)
          end
        end
        listener:close()
        print("done", task.stats().live)
        """
    )
    #expect(printed == "done\t1\n")
    #expect(stage.machine.taskTimerCount == 0)
  }

  /// The same where the clock is about to end, and has ended.
  @Test(arguments: [Setting.simulated(seed: 1, .none), .simulated(seed: 2, .chaos)])
  func nothingTrapsAtTheEndOfTime(setting: Setting) throws {
    let stage = Stage(setting)
    let printed = try stage.run(
      Self.everyTime + """
        -- 2^64 nanoseconds are 18.4e9 seconds.
        task.sleep(9.2e9)
        task.sleep(9.2e9)
        task.sleep(4.67e7)
        print(task.now() > 1.8446e10 and task.now() < 1.84468e10)
        for step = 1, 40 do
          for i, f in ipairs(functions) do
            pcall(task.timeout, 50, f, values[(step + i) % #values + 1])
          end
        end
        print(task.now() > 1.8446e10)
        -- As near as numbers tell: whatever takes a moment from here on comes to the end of time.
        while task.now() < 18446744073.7095 do task.sleep(18446744073.7095 - task.now()) end
        for i, f in ipairs(functions) do
          for _, t in ipairs(values) do
            pcall(task.timeout, 1e-6, f, t)
            pcall(os.time)
            os.clock()
          end
        end
        print("not reached, as the clock stands still")
        """
    )
    #expect(printed == "true\ntrue\nstill running\n", "\(printed)")
  }
}
