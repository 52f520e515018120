// What a call of the host costs the thread of an isolate, in time of the processor: one that returns at once, one
// that awaits and need not, and one that goes on in Swift's pool.

import Foundation
import Nightjar

/// The processor's time of the calling thread, in nanoseconds.
func threadTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// Which thread this is.
func threadNumber() -> Int { Thread.current.hash }

/// Calls of the host from the tasks of an isolate; each figure is the best of several runs.
func hostCalls(_ name: String, _ title: String, count: Int) async throws {
  let runtime = LiveRuntime(workers: 1)
  let isolate = try await runtime.makeIsolate {
    let machine = Machine()
    machine.define("cpu") { () -> Double in threadTime() }
    machine.define("thread") { () -> Int in threadNumber() }
    machine.register("add", .sync()) { (a: Int, b: Int) -> Int in a + b }
    machine.register("at_once", .async) { (n: Int) async -> Int in n }
    machine.register("by_pool", .async) { (n: Int) async -> Int in
      await Task.yield()
      return n
    }
    try machine.eval(
      """
      local function each(n, body)
        local own, start = thread(), cpu()
        body(n)
        -- Another thread took the place of one that the system held: nothing is known of this run.
        if thread() ~= own then return math.huge end
        return (cpu() - start) / n
      end
      function empty(n) return each(n, function(n) for i = 1, n do local x = i end end) end
      function sync(n) return each(n, function(n) for i = 1, n do local x = add(i, i) end end) end
      function at_once_each(n) return each(n, function(n) for i = 1, n do at_once(i) end end) end
      function by_pool_each(n)
        return each(n, function(n)
          task.scope(function(s)
            for _ = 1, 100 do s:spawn(function() for i = 1, n / 100 do by_pool(i) end end) end
          end)
        end)
      end
      """
    )
    return machine
  }
  func best(_ name: String) async throws -> Double {
    var best = Double.infinity
    for _ in 0..<7 {
      if case .number(let time) = try await isolate.call(name, .integer(count)) {
        best = min(best, time)
      }
    }
    return best
  }
  let empty = try await best("empty")
  report(title, try await best(name) - empty, "ns")
}
