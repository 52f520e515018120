// Functions of the host with a class: where they run, what a cancellation means for them, and what becomes of those
// that do not end (docs/internals/tasks.md, "The host's part"; the numbers are those of the bad cases there).

import Foundation
import Nightjar
import Synchronization
import Testing

/// Something that a test opens and functions of the host wait for.
final class Latch: Sendable {
  fileprivate struct State {
    var isOpen = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  fileprivate let state = Mutex(State())

  /// Waits, whatever happens to the task.
  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiters.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiters = state.withLock { state in
      state.isOpen = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}

/// Calls that wait for one another: the first ones leave when so many are there.
final class Meeting: Sendable {
  private let count: Int
  private let present = Mutex((now: 0, most: 0))
  private let latch = Latch()

  init(of count: Int) { self.count = count }

  /// The most that were there at once.
  var most: Int { present.withLock { $0.most } }

  func attend() async {
    let now = present.withLock { present in
      present.now += 1
      present.most = max(present.most, present.now)
      return present.now
    }
    if now >= count { latch.open() }
    await latch.wait()
    present.withLock { $0.now -= 1 }
  }
}

@Suite struct HostCallTests {
  private func function(_ machine: Machine, _ text: String) throws -> Function {
    try machine.eval("return function() \(text) end", as: Function.self)
  }

  /// Runs a text as a task of a machine that is set up.
  private func run(
    _ text: String,
    limits: TaskLimits = TaskLimits(),
    _ setUp: (Machine) -> Void
  ) async throws -> (result: String, status: HostCallStatus) {
    let machine = Machine()
    setUp(machine)
    let tasks = machine.openTasks(ThreadRuntime(), limits: limits)
    let result: String = try await tasks.runAsync(try function(machine, text))
    return (result, tasks.hostCalls)
  }

  // MARK: Classes

  @Test func severalFunctionsAreAwaitedAtOnce() async throws {
    let meeting = Meeting(of: 4)
    let (result, status) = try await run(
      "return table.concat(task.map({ 1, 2, 3, 4 }, 4, twice), ' ')"
    ) { machine in
      machine.register("twice", .async) { (n: Int) async -> Int in
        await meeting.attend()
        return n * 2
      }
    }
    #expect(result == "2 4 6 8")
    #expect(meeting.most == 4)
    #expect(status == HostCallStatus())
  }

  /// Closures of the caller's actor are awaited several at once, too.
  @MainActor @Test func closuresOfAnActorAreAwaitedAtOnce() async throws {
    let machine = Machine()
    let meeting = Meeting(of: 3)
    machine.define("wait") { (n: Int) async -> Int in
      await meeting.attend()
      return n
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let all = try function(machine, "return table.concat(task.map({ 1, 2, 3 }, 3, wait), ' ')")
    let text: String = try await tasks.runAsync(all)
    #expect(text == "1 2 3" && meeting.most == 3)
  }

  @Test func poolsBoundTheirThreads() async throws {
    let pool = BlockingPool.dedicated(2)
    let running = Mutex((now: 0, most: 0))
    let (result, _) = try await run(
      "return table.concat(task.map({ 1, 2, 3, 4, 5, 6 }, 6, hold), ' ')"
    ) { machine in
      machine.register("hold", .blocking(pool: pool)) { (n: Int) -> Int in
        running.withLock {
          $0.now += 1
          $0.most = max($0.most, $0.now)
        }
        Thread.sleep(forTimeInterval: 0.01)
        running.withLock { $0.now -= 1 }
        return n + 1
      }
    }
    #expect(result == "2 3 4 5 6 7")
    #expect(running.withLock { $0.most } <= 2)
    // A thread that has told its result is back a moment later.
    while pool.status.busy > 0 { try await Task.sleep(for: .milliseconds(1)) }
    #expect(pool.status.threads == 2 && pool.status.queued == 0)
  }

  @Test func functionsHaveALimitOfCalls() async throws {
    let meeting = Meeting(of: 2)
    let (result, _) = try await run(
      "return table.concat(task.map({ 1, 2, 3, 4, 5 }, 5, slow), ' ')"
    ) { machine in
      machine.register("slow", .async, limits: HostCallLimits(concurrent: 2)) {
        (n: Int) async -> Int in
        await meeting.attend()
        return n
      }
    }
    #expect(result == "1 2 3 4 5")
    #expect(meeting.most == 2)
  }

  @Test func theyAreDocumentedAndHaveSeveralResults() async throws {
    let machine = Machine()
    machine.register("geo.find", .async, documentation: "Finds.", parameters: ["name"]) {
      (name: String) async -> (Double, Double) in (1.5, Double(name.count))
    }
    machine.register("geo.count", .sync(max: .milliseconds(1))) { () -> Int in 3 }
    #expect(machine.definitions(.luals).contains("---Finds."))
    let tasks = machine.openTasks(SimRuntime(seed: 1))
    let find = try function(machine, "local x, y = geo.find('abc') return x + y + geo.count()")
    #expect(try await tasks.runAsync(find, as: Double.self) == 7.5)
    // Without tasks they are awaited as well.
    #expect(try await find.callAsync(as: Double.self) == 7.5)
  }

  @Test func errorsGoThroughScriptsUnchanged() async throws {
    struct Full: Error, Equatable { let bytes: Int }
    let machine = Machine()
    machine.register("store", .async) { (n: Int) async throws -> Int in throw Full(bytes: n) }
    let tasks = machine.openTasks(ThreadRuntime())
    let go = try function(machine, "local ok, e = pcall(store, 7) error(e)")
    do throws(ScriptError) {
      _ = try await tasks.runAsync(go, as: Int.self)
      Issue.record("it ended well")
    } catch { #expect(error.underlying as? Full == Full(bytes: 7)) }
  }

  // MARK: Streams

  /// A sequence that counts how far it was read, and whether it was ended.
  private struct Counter: AsyncSequence, Sendable {
    final class Log: Sendable {
      let read = Mutex(0)
      let isCancelled = Mutex(false)
    }

    let log: Log
    let end: Int

    struct AsyncIterator: AsyncIteratorProtocol {
      let counter: Counter
      var n = 0

      mutating func next() async throws -> Int? {
        if Task.isCancelled { counter.log.isCancelled.withLock { $0 = true } }
        try Task.checkCancellation()
        n += 1
        if n > counter.end { return nil }
        counter.log.read.withLock { $0 = n }
        return n
      }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(counter: self) }
  }

  /// A sequence is read in a loop, not further ahead than it may be, and ends with the loop.
  @Test func streamsAreReadInLoops() async throws {
    let log = Counter.Log()
    let (result, _) = try await run(
      """
      local sum, first = 0
      for n in count(5) do sum = sum + n end
      for n in count(1000) do
        task.sleep(0.02)
        first = n
        if n == 2 then break end
      end
      task.sleep(0.05)
      return sum .. " " .. first
      """
    ) { machine in
      machine.register("count", .stream(3)) { (end: Int) in Counter(log: log, end: end) }
    }
    #expect(result == "15 2")
    #expect(log.read.withLock { $0 } <= 7)
    #expect(log.isCancelled.withLock { $0 } || log.read.withLock { $0 } < 1000)
  }

  @Test func aStreamThatFailsRaises() async throws {
    struct Broken: AsyncSequence, AsyncIteratorProtocol, Sendable {
      var n = 0
      mutating func next() async throws -> Int? {
        n += 1
        if n > 2 { throw ScriptCancelledByHand() }
        return n
      }
      func makeAsyncIterator() -> Broken { self }
    }
    struct ScriptCancelledByHand: Error {}
    let (result, _) = try await run(
      """
      local seen = 0
      local ok, why = pcall(function() for n in broken() do seen = n end end)
      return seen .. tostring(ok) .. tostring(why)
      """
    ) { machine in
      machine.register("broken", .stream(1)) { () in Broken() }
    }
    #expect(result.hasPrefix("2falseScriptCancelledByHand"), "\(result)")
  }

  // MARK: Errors

  @Test func errorsOfTasksHaveTheirCalls() async throws {
    let machine = Machine()
    try machine.eval(
      """
      function charge() error("no money") end
      function checkout() charge() return 1 end
      """,
      name: "shop.lua"
    )
    let tasks = machine.openTasks(SimRuntime())
    let checkout = try machine.eval("return checkout", as: Function.self)
    do throws(ScriptError) {
      _ = try await tasks.runAsync(checkout, as: Int.self)
      Issue.record("it ended well")
    } catch {
      #expect(error.message == "shop.lua:1: no money")
      #expect(error.traceback.contains("shop.lua:2: in"), "\(error.traceback)")
    }
  }

  // MARK: Cancellation by class

  /// B3: a call that cannot be half done is told, and either gives its value or did not happen.
  @Test func b3AtomicGivesAResultOrDidNotHappen() async throws {
    let effects = Mutex(0)
    let (result, status) = try await run(
      """
      local ok, why = task.timeout(0.02, write, false)
      local done, value = task.timeout(0.02, write, true)
      return tostring(ok) .. why.kind .. tostring(done) .. tostring(value)
      """
    ) { machine in
      // Swift's pool may be busy with other tests for long.
      let limits = HostCallLimits(grace: .seconds(3_600))
      machine.register("write", .async, cancel: .atomic, limits: limits) {
        (wins: Bool) async throws -> String in
        do { try await Task.sleep(for: .seconds(3_600)) } catch {
          if !wins { throw error }
        }
        effects.withLock { $0 += 1 }
        return "written"
      }
    }
    // The second call won: its value is there although the deadline had passed.
    #expect(result == "falseTimeouttruewritten")
    #expect(effects.withLock { $0 } == 1)
    #expect(status == HostCallStatus())
  }

  /// B4: the script goes on at once and is told of the doubt; the late result is dropped.
  @Test func b4BestEffortIsInDoubt() async throws {
    let latch = Latch()
    let machine = Machine()
    machine.register("http.get", .async, cancel: .bestEffort) { () async -> String in
      await latch.wait()
      return "late"
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let go = try function(
      machine,
      """
      local ok, why = task.timeout(0.02, http.get)
      return tostring(ok) .. " " .. why.kind .. " " .. tostring(why.in_doubt) .. " " .. why.op
      """
    )
    let result: String = try await tasks.runAsync(go)
    #expect(result == "false Timeout true http.get")
    #expect(tasks.hostCalls.orphans.map(\.function) == ["http.get"])
    latch.open()
    while tasks.hostCalls.orphanedResults == 0 {
      _ = tasks.step(budget: 1000)
      try await Task.sleep(for: .milliseconds(2))
    }
    #expect(tasks.hostCalls.orphans.isEmpty)
  }

  /// B5: a call that ignores the cancellation is given up after its grace, stays visible, and ends harmlessly.
  @Test(arguments: [HostCancellation.never, .atomic])
  func b5WhatIgnoresCancellationIsAbandoned(cancel: HostCancellation) async throws {
    let latch = Latch()
    let machine = Machine()
    machine.register(
      "save",
      .async,
      cancel: cancel,
      limits: HostCallLimits(grace: .milliseconds(50), orphans: 1)
    ) { () async -> Int in
      await latch.wait()
      return 1
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let go = try function(
      machine,
      """
      local ok, why = pcall(task.timeout, 0.01, save)
      local busy = select(2, pcall(save))
      return tostring(ok) .. " " .. why.kind .. " " .. busy.code
      """
    )
    let result: String = try await tasks.runAsync(go)
    #expect(result == "false HostAbandoned NJ-A026")
    let orphans = tasks.hostCalls.orphans
    #expect(orphans.map(\.function) == ["save"] && orphans[0].age >= .milliseconds(50))
    latch.open()
    while !tasks.hostCalls.orphans.isEmpty {
      _ = tasks.step(budget: 1000)
      try await Task.sleep(for: .milliseconds(2))
    }
    #expect(tasks.hostCalls.orphanedResults == 1)
    #expect(tasks.count == 0)
  }

  /// B5, by the scope's grace in place of one of its own.
  @Test func b5TheScopesGraceCounts() async throws {
    let latch = Latch()
    let (result, status) = try await run(
      """
      local ok, why = pcall(task.scope, { deadline = 0.01, grace = 0.05 }, save)
      return tostring(ok) .. " " .. why.kind
      """
    ) { machine in
      machine.register("save", .blocking, cancel: .never) { () -> Int in
        while !latch.isOpen { Thread.sleep(forTimeInterval: 0.001) }
        return 1
      }
    }
    latch.open()
    // Who was late by more than what lies between the end of the grace and the drop finds the scope cut.
    #expect(["false HostAbandoned", "false Timeout"].contains(result), "\(result)")
    #expect(status.orphans.count == 1)
  }

  /// B6: the order in the inbox decides: what had come is given, and the next checkpoint raises.
  @Test func b6WhatCameFirstCounts() async throws {
    let machine = Machine()
    try machine.define("orders", channel: IsolateChannel(capacity: 0))
    let tasks = machine.openTasks(SimRuntime(order: .fifo))
    // The deadline passes in the turn in which the call ends.
    machine.define("pass") { [unowned tasks] () -> Void in tasks.advance(by: .seconds(1)) }
    let go = try function(
      machine,
      """
      local got, after
      pcall(task.scope, { deadline = 0.02 }, function(s)
        s:spawn(function()
          got = orders.recv()
          after = "went on"
          task.checkpoint()
          after = "too far"
        end)
        s:spawn(function()
          orders.send(7)
          pass()
        end)
      end)
      return tostring(got) .. after
      """
    )
    let result: String = try await tasks.runAsync(go)
    #expect(result == "7went on")
  }

  /// A call that waits for a thread has not happened when it is cancelled.
  @Test func whatWaitsForAThreadIsTakenBack() async throws {
    let pool = BlockingPool.dedicated(1)
    let latch = Latch()
    let count = Mutex(0)
    let (result, _) = try await run(
      """
      local ok
      task.scope(function(s)
        s:spawn(hold)
        task.yield()
        ok = task.timeout(0.02, hold)
        open()
      end)
      return tostring(ok)
      """
    ) { machine in
      machine.register("hold", .blocking(pool: pool), cancel: .atomic) { () -> Int in
        while !latch.isOpen { Thread.sleep(forTimeInterval: 0.001) }
        return count.withLock {
          $0 += 1
          return $0
        }
      }
      machine.define("open") { () -> Int in
        latch.open()
        return 0
      }
    }
    #expect(result == "false")
    #expect(count.withLock { $0 } == 1)
  }

  /// Simulated time does not pass over what the real host is doing.
  @Test func simulationWaitsForTheHost() async throws {
    let machine = Machine()
    machine.register("real", .async) { () async throws -> Int in
      try await Task.sleep(for: .milliseconds(20))
      return 5
    }
    let tasks = machine.openTasks(SimRuntime(seed: 3))
    let go = try function(
      machine,
      "local ok, n = task.timeout(3600, real) return ok and n + task.now() * 0 or -1"
    )
    #expect(try await tasks.runAsync(go, as: Double.self) == 5)
  }
}

extension Latch {
  var isOpen: Bool { state.withLock { $0.isOpen } }
}
