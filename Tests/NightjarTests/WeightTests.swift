// Isolates that share a thread by their weights. What each has had is counted in what its script does, which is fuel:
// how long anything takes says nothing here.

import Nightjar
import Synchronization
import Testing

@Suite(.serialized) struct WeightTests {
  /// How far each of several scripts has come, in units of so much fuel that a turn has a few of them: whoever is
  /// preempted by the system in the middle of a function of the host has to pay for it, and so they are few.
  private final class Counts: Sendable {
    private let state: Mutex<[Int]>

    init(_ count: Int) { state = Mutex(Array(repeating: 0, count: count)) }

    func add(_ index: Int) { state.withLock { $0[index] += 1 } }

    // A copy of its own, as the thread sanitizer cannot see who else holds an array.
    var counts: [Int] { state.withLock { counts in counts.map { $0 } } }
  }

  /// An isolate whose function `work` counts until it is stopped.
  private func isolate(
    _ runtime: LiveRuntime,
    _ counts: Counts,
    _ index: Int,
    weight: Int
  ) async throws -> Isolate {
    try await runtime.makeIsolate(weight: weight) {
      let machine = Machine()
      machine.define("count") { () -> Void in counts.add(index) }
      try machine.eval(
        "function work() while not over do for i = 1, 25000 do end count() end end"
      )
      return machine
    }
  }

  private func stop(_ isolates: [Isolate], _ work: [Task<Void, any Error>]) async throws {
    for isolate in isolates {
      try await isolate.with { machine, _ in machine["over"] = .boolean(true) }
    }
    for task in work { try await task.value }
  }

  private func begin(_ isolates: [Isolate]) -> [Task<Void, any Error>] {
    isolates.map { isolate in Task { _ = try await isolate.call("work") } }
  }

  /// Of two that are always ready on one thread the heavier one gets more; how much exactly is told by `FairQueueTests`.
  @Test func isolatesShareByWeight() async throws {
    let runtime = LiveRuntime(workers: 1)
    let counts = Counts(2)
    let isolates = [
      try await isolate(runtime, counts, 0, weight: 1),
      try await isolate(runtime, counts, 1, weight: 16),
    ]
    let work = begin(isolates)
    // Counted from when both are at work, and anew now and then: the system may hold the thread of one for a while, so
    // that the other runs on another one meanwhile.
    while counts.counts.contains(0) { try await Task.sleep(for: .milliseconds(1)) }
    var (start, isShared) = (counts.counts, false)
    while !isShared {
      try await Task.sleep(for: .milliseconds(5))
      let now = counts.counts
      let (light, heavy) = (now[0] - start[0], now[1] - start[1])
      isShared = light >= 100 && heavy > 4 * light
      if light > 500 { start = now }
      if now[0] > 40_000 { break }
    }
    #expect(isShared, "\(start) \(counts.counts)")
    try await stop(isolates, work)
  }

  @Test(arguments: [0, -1, 1_001, Int.max])
  func otherWeightsAreRefused(weight: Int) async throws {
    let runtime = LiveRuntime(workers: 1)
    do {
      _ = try await runtime.makeIsolate(weight: weight) { Machine() }
      Issue.record("it was let through")
    } catch let error as ScriptError {
      #expect(
        error.message == "the weight of an isolate is a number from 1 to 1000, not \(weight)"
      )
    }
    for weight in [1, 1_000] {
      #expect(try await runtime.makeIsolate(weight: weight) { Machine() }.weight == weight)
    }
  }
}
