// A live runtime that ends takes everything with it: its isolates, their machines and what those hold.

import Nightjar
import Synchronization
import Testing

@Suite struct RuntimeEndTests {
  /// What a machine holds, counted until it goes.
  private final class Held: Sendable {
    let count: Counter
    init(_ count: Counter) {
      self.count = count
      count.value.withLock { $0 += 1 }
    }
    deinit { count.value.withLock { $0 -= 1 } }
  }

  private final class Counter: Sendable {
    let value = Mutex(0)
  }

  /// Whatever its isolates are about when it ends: idle, asleep, busy, or about to be woken.
  @Test func nothingOutlivesARuntime() async throws {
    let count = Counter()
    for round in 0..<200 {
      var runtime: LiveRuntime? = LiveRuntime(workers: 1 + round % 2)
      var isolates: [Isolate] = []
      for _ in 0..<3 {
        let isolate = try await runtime?.makeIsolate {
          let machine = Machine()
          let held = Held(count)
          machine.define("touch") { () -> Bool in held.count === count }
          return machine
        }
        isolates.append(try #require(isolate))
      }
      for isolate in isolates {
        try await isolate.with { machine, _ in
          try machine.eval(
            "function rest() task.sleep(1e6) end function burn() while touch() do end end"
          )
        }
      }
      let names = [[], ["rest"], ["rest", "burn"]][round % 3]
      let calls = zip(names, isolates).map { name, isolate in
        Task { try? await isolate.call(name) }
      }
      if round % 4 != 0 { await Task.yield() }
      for call in calls where round % 5 == 0 { call.cancel() }
      if round % 7 != 0 { isolates.removeLast() }
      runtime = nil
    }
    // The threads end in their own time.
    while count.value.withLock({ $0 }) > 0 { try await Task.sleep(for: .milliseconds(1)) }
  }
}
