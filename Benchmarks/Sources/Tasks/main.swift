// What tasks cost where threads meet: how late timers are while another isolate burns a core and everything of
// Swift's own pool is blocked, how long a cancellation of the host takes to the script's first cleanup, what isolates
// do to one another (Fairness.swift) and what a call of the host costs (HostCalls.swift). One line for each measure: name, value, unit. Benchmarks/tasks runs it beside the programs of `Tasks`;
// names of parts as arguments run those alone.

import Foundation
import Nightjar
import Synchronization

/// The 99th of a hundred.
func p99(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return sorted.isEmpty ? .nan : sorted[min(sorted.count * 99 / 100, sorted.count - 1)]
}

func report(_ name: String, _ value: Double, _ unit: String) {
  print("\(name)\t\(String(format: "%.4g", value))\t\(unit)")
}

/// A function of Lua that sleeps again and again, and gives by how many milliseconds it was late.
let tick = """
  function tick(n)
    local late = {}
    for i = 1, n do
      local due = task.now() + 0.005
      task.sleep(0.005)
      late[i] = (task.now() - due) * 1000
    end
    return table.concat(late, " ")
  end
  """

/// The numbers in a text.
func numbers(_ value: PlainValue) -> [Double] {
  guard case .string(let text) = value else { return [] }
  return text.description.split(separator: " ").compactMap { Double($0) }
}

/// Timers of one isolate while another one never waits.
func lateness() async throws {
  let runtime = LiveRuntime(workers: 2)
  let ticking = try await runtime.makeIsolate { Machine() }
  let burning = try await runtime.makeIsolate { Machine() }
  try await burning.with { machine, _ in
    try machine.eval(
      "function burn() while not over do for i = 1, 1000 do end task.yield() end end"
    )
  }
  try await ticking.with { machine, _ in try machine.eval(tick) }
  let burn = Task { try await burning.call("burn") }
  let answer = Mutex<[Double]?>(nil)
  let ticks = Task {
    let late = try await ticking.call("tick", .integer(400))
    let values = numbers(late)
    answer.withLock { $0 = values }
  }
  try await Task.sleep(for: .milliseconds(50))
  // Threads that wait for nothing: a runtime on Swift's pool would stand still.
  let release = DispatchSemaphore(value: 0)
  let blockers = (0..<ProcessInfo.processInfo.activeProcessorCount).map { _ in
    Task.detached { block(release) }
  }
  // The answer comes by way of the pool, which is let go when all ticks are over.
  Thread.detachNewThread {
    Thread.sleep(forTimeInterval: 4)
    for _ in blockers { release.signal() }
  }
  _ = try await ticks.value
  report("timers late, p99", p99(answer.withLock { $0 ?? [] }), "ms")
  try await burning.with { machine, _ in machine["over"] = .boolean(true) }
  _ = try await burn.value
}

/// Holds a thread of Swift's pool.
func block(_ release: DispatchSemaphore) { release.wait() }

/// From a cancel on the host's side to the first line of the script's cleanup.
func firstRaise() async throws {
  let marks = Mutex<[ContinuousClock.Instant]>([])
  let runtime = LiveRuntime(workers: 1)
  let isolate = try await runtime.makeIsolate {
    let machine = Machine()
    machine.define("mark") { () -> Void in marks.withLock { $0.append(.now) } }
    try machine.eval(
      """
      function wait()
        local c <close> = setmetatable({}, { __close = function() mark() end })
        mark()
        task.sleep(1000)
      end
      """
    )
    return machine
  }
  var microseconds: [Double] = []
  for _ in 0..<2_000 {
    marks.withLock { $0 = [] }
    let call = Task { try await isolate.call("wait") }
    while marks.withLock({ $0.isEmpty }) { await Task.yield() }
    let start = ContinuousClock.now
    call.cancel()
    _ = try? await call.value
    let time = marks.withLock { $0.last ?? start }
    microseconds.append(start.duration(to: time) / .microseconds(1))
  }
  report("cancel to first raise, p99", p99(microseconds), "µs")
}

let parts: [(name: String, measure: () async throws -> Void)] = [
  ("raise", firstRaise), ("lateness", lateness), ("neighbours", neighbours),
  ("sync", { try await hostCalls("sync", "synchronous host call", count: 300_000) }),
  (
    "async",
    { try await hostCalls("at_once_each", "asynchronous host call at once", count: 100_000) }
  ),
  (
    "pool",
    { try await hostCalls("by_pool_each", "asynchronous host call by the pool", count: 100_000) }
  ),
  ("fairness", fairness),
]
let asked = CommandLine.arguments.dropFirst()
for part in parts where asked.isEmpty || asked.contains(part.name) { try await part.measure() }
