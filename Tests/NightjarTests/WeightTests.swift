// Isolates that share a thread by their weights. What each has had is counted in what its script does, which is fuel,
// and compared at the same instants: how long anything takes says nothing here.

import Nightjar
import Synchronization
import Testing

@Suite(.serialized) struct WeightTests {
  /// How far each of several scripts has come, in units of so much fuel that a turn has a few of them: whoever is
  /// preempted by the system in the middle of a function of the host has to pay for it, and so they are few.
  private final class Counts: Sendable {
    private struct State {
      var counts: [Int]
      /// What all had come to when the first one had done another window.
      var samples: [[Int]] = []
    }

    private let state: Mutex<State>
    private let window: Int

    init(_ count: Int, window: Int) {
      state = Mutex(State(counts: Array(repeating: 0, count: count)))
      self.window = window
    }

    func add(_ index: Int) {
      state.withLock { state in
        state.counts[index] += 1
        if index == 0 && state.counts[0] % window == 0 { state.samples.append(state.counts) }
      }
    }

    var counts: [Int] { state.withLock { $0.counts } }
    var samples: [[Int]] { state.withLock { $0.samples } }
  }

  /// How many others have a turn between the moment at which an isolate is given something to do and its own turn.
  private final class Waits: Sendable {
    private let counts: Counts
    private let isAsked = Atomic(false)
    private let found = Mutex<[Int]>([])

    init(_ counts: Counts) { self.counts = counts }

    var all: [Int] { found.withLock { $0 } }

    func ask() { isAsked.store(true, ordering: .relaxed) }

    /// Called by an isolate that runs.
    func begin(_ idle: Isolate) {
      guard isAsked.exchange(false, ordering: .relaxed) else { return }
      let before = counts.counts
      Task { [self] in
        _ = try await idle.with { [self] _, _ in
          let others = zip(before, counts.counts).count { $0 != $1 }
          found.withLock { $0.append(others) }
        }
      }
    }
  }

  /// An isolate whose function `work` counts until it is stopped.
  private func isolate(
    _ runtime: LiveRuntime,
    _ counts: Counts,
    _ index: Int,
    weight: Int = 1,
    _ setUp: @escaping @Sendable (Machine) -> Void = { _ in }
  ) async throws -> Isolate {
    try await runtime.makeIsolate(weight: weight) {
      let machine = Machine()
      machine.define("count") { () -> Void in counts.add(index) }
      setUp(machine)
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

  /// Two that are always ready get what their weights say, on one thread.
  @Test(arguments: [(1, 3), (1, 8), (5, 1), (7, 7)])
  func isolatesShareByWeight(first: Int, second: Int) async throws {
    let runtime = LiveRuntime(workers: 1)
    let counts = Counts(2, window: 80)
    let isolates = [
      try await isolate(runtime, counts, 0, weight: first),
      try await isolate(runtime, counts, 1, weight: second),
    ]
    let work = begin(isolates)
    let wanted = Double(second) / Double(first)
    // Counted from when both are at work, and anew now and then: the system may hold the thread of one for a while, so
    // that the other runs on another one meanwhile.
    while counts.counts.contains(0) { try await Task.sleep(for: .milliseconds(1)) }
    var (start, isShared) = (counts.counts, false)
    while !isShared {
      try await Task.sleep(for: .milliseconds(5))
      let now = counts.counts
      let (mine, others) = (now[0] - start[0], now[1] - start[1])
      // A turn counts the processor's time, which on a machine with other things to do is up to half as much again
      // for one isolate as for the other.
      isShared = mine >= 400 && abs(Double(others) / Double(mine) / wanted - 1) < 0.35
      if mine > 2_000 { start = now }
      if now[0] > 40_000 { break }
    }
    #expect(isShared, "\(start) \(counts.counts)")
    try await stop(isolates, work)
  }

  /// Who had nothing to do for long has saved nothing up: it does not shut out who has worked meanwhile.
  @Test func whoIsIdleSavesNothingUp() async throws {
    let runtime = LiveRuntime(workers: 1)
    let counts = Counts(2, window: 80)
    let early = try await isolate(runtime, counts, 1, weight: 1)
    let late = try await isolate(runtime, counts, 0, weight: 1)
    let working = begin([early])
    while counts.counts[1] < 2_000 { try await Task.sleep(for: .milliseconds(5)) }
    let waking = begin([late])
    while counts.samples.count < 13 { try await Task.sleep(for: .milliseconds(5)) }
    try await stop([early, late], working + waking)
    // If the time that it did not use were its own, the other one would stand still for as long as it has worked.
    let (first, last) = (counts.samples[0], counts.samples[12])
    let ratio = Double(last[1] - first[1]) / Double(last[0] - first[0])
    #expect(ratio > 0.3, "\(counts.samples)")
  }

  /// Who wakes up among many that are always ready has its turn before they have all had another.
  @Test func whoWakesUpDoesNotWaitForARound() async throws {
    let runtime = LiveRuntime(workers: 1)
    let count = 12
    let counts = Counts(count, window: 1_000_000)
    let light = try await runtime.makeIsolate { Machine() }
    let waits = Waits(counts)
    var busy: [Isolate] = []
    for index in 0..<count {
      busy.append(
        try await isolate(runtime, counts, index, weight: index == 0 ? 1 : 4) { machine in
          guard index == 1 else { return }
          machine.define("count") { () -> Void in
            counts.add(1)
            waits.begin(light)
          }
        }
      )
    }
    let work = begin(busy)
    for number in 1...21 {
      waits.ask()
      while waits.all.count < number { try await Task.sleep(for: .milliseconds(1)) }
    }
    try await stop(busy, work)
    #expect(waits.all.sorted()[10] < count / 2, "\(waits.all)")
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
