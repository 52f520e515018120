// What a function of the host was registered with holds for whoever calls it: also for `callAsync` and `evalAsync`, where
// no tasks are.

import Foundation
import Nightjar
import Synchronization
import Testing

@Suite struct HostLimitTests {
  @MainActor private func kind(_ body: @MainActor () async throws -> Void) async -> ScriptError
    .Kind?
  {
    do {
      try await body()
      return nil
    } catch { return (error as? ScriptError)?.kind }
  }

  /// As many run at once as may, and the others wait for their turn.
  @MainActor @Test func callsWaitForTheirTurn() async throws {
    let machine = Machine()
    let meeting = Meeting(of: 2)
    machine.register("slow", .async, limits: HostCallLimits(concurrent: 2)) {
      (n: Int) async -> Int in
      await meeting.attend()
      return n
    }
    let call: Function = try machine.eval("return function(n) return slow(n) end")
    let calls = (1...5).map { n in Task { @MainActor in try await call.callAsync(n, as: Int.self) }
    }
    var sum = 0
    for call in calls { sum += try await call.value }
    #expect(sum == 15 && meeting.most == 2)
  }

  /// Who is cancelled while waiting for a turn has not happened, and takes nobody's.
  @MainActor @Test func whoWaitsForATurnCanLeave() async throws {
    let machine = Machine()
    let (entered, latch) = (Latch(), Latch())
    let count = Mutex(0)
    machine.register("one", .async, limits: HostCallLimits(concurrent: 1)) { () async -> Int in
      count.withLock { $0 += 1 }
      entered.open()
      await latch.wait()
      return 1
    }
    let call: Function = try machine.eval("return function() return one() end")
    let first = Task { @MainActor in try await call.callAsync(as: Int.self) }
    await entered.wait()
    let second = Task { @MainActor in
      await kind { _ = try await call.callAsync(as: Int.self) }
    }
    second.cancel()
    #expect(await second.value == .cancelled)
    latch.open()
    #expect(try await first.value == 1)
    #expect(try await call.callAsync(as: Int.self) == 1)
    #expect(count.withLock { $0 } == 2)
  }

  /// `.bestEffort`: the call ends at once although the function does not.
  @Test func bestEffortDoesNotWait() async throws {
    let (entered, latch) = (Latch(), Latch())
    let call = Task {
      let machine = Machine()
      machine.register("send", .async, cancel: .bestEffort) { () async -> Int in
        entered.open()
        await latch.wait()
        return 1
      }
      do throws(ScriptError) {
        try await machine.evalAsync("while true do pcall(send) end")
        return ""
      } catch { return "\(error.kind): \(error.message)" }
    }
    await entered.wait()
    call.cancel()
    #expect(await call.value == "cancelled: 'send' was cancelled and may have happened")
    latch.open()
  }

  /// `.never`, and `.atomic` that takes no notice: given up after the grace, and counted until it ends.
  @MainActor @Test(arguments: [HostCancellation.never, .atomic])
  func whatDoesNotEndIsGivenUp(cancel: HostCancellation) async throws {
    let machine = Machine()
    let (entered, latch) = (Latch(), Latch())
    let limits = HostCallLimits(grace: .milliseconds(20), orphans: 1)
    machine.register("save", .async, cancel: cancel, limits: limits) { () async -> Int in
      entered.open()
      await latch.wait()
      return 1
    }
    let save: Function = try machine.eval("return function() return save() end")
    let call = Task { @MainActor in
      await kind { _ = try await save.callAsync(as: Int.self) }
    }
    await entered.wait()
    call.cancel()
    #expect(await call.value == .cancelled)
    // Nobody has opened the latch: it still runs, and no more are begun.
    do throws(ScriptError) {
      _ = try await save.callAsync(as: Int.self)
      Issue.record("one more was begun")
    } catch { #expect(error.message.contains("NJ-A026"), "\(error.message)") }
    latch.open()
    while await kind({ _ = try await save.callAsync(as: Int.self) }) != nil {
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  /// `.atomic`: what has happened is told although the caller was cancelled.
  @Test func atomicTellsWhatHappened() async throws {
    let entered = Latch()
    let happened = Mutex(false)
    let call = Task {
      let machine = Machine()
      machine.register("write", .async, cancel: .atomic) { () async -> Int in
        entered.open()
        while !Task.isCancelled { await Task.yield() }
        happened.withLock { $0 = true }
        return 7
      }
      do throws(ScriptError) {
        return try await machine.evalAsync("return write()", as: Int.self)
      } catch { return -1 }
    }
    await entered.wait()
    call.cancel()
    #expect(await call.value == 7 && happened.withLock { $0 })
  }

  /// Tasks and calls without tasks have one limit together.
  @MainActor @Test func tasksAndCallsShareTheirLimits() async throws {
    let machine = Machine()
    let (entered, latch) = (Latch(), Latch())
    let running = Mutex((now: 0, most: 0))
    machine.register("one", .async, limits: HostCallLimits(concurrent: 1)) { () async -> Int in
      running.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      entered.open()
      await latch.wait()
      running.withLock { $0.now -= 1 }
      return 1
    }
    let call: Function = try machine.eval("return function() return one() end")
    let tasks = machine.openTasks(ThreadRuntime())
    let first = Task { @MainActor in try await call.callAsync(as: Int.self) }
    await entered.wait()
    let second = Task { @MainActor in try await tasks.runAsync(call, as: Int.self) }
    while tasks.hostCalls.queued == 0 { await Task.yield() }
    latch.open()
    #expect(try await first.value + second.value == 2)
    #expect(running.withLock { $0.most } == 1)
  }

  /// What waited for its turn when the tasks ended takes nobody else's.
  @MainActor @Test func aTurnIsNotLostWithTheTasks() async throws {
    let machine = Machine()
    let (entered, latch) = (Latch(), Latch())
    machine.register("one", .async, limits: HostCallLimits(concurrent: 1)) { () async -> Int in
      entered.open()
      await latch.wait()
      return 1
    }
    let call: Function = try machine.eval("return function() return one() end")
    do {
      let tasks = machine.openTasks(ThreadRuntime())
      let calls = try (1...3).map { _ in try tasks.spawn(call) }
      while tasks.hostCalls.queued < 2 { _ = tasks.step(budget: 1_000) }
      await entered.wait()
      #expect(calls.count == 3)
    }
    latch.open()
    #expect(try await call.callAsync(as: Int.self) == 1)
  }

  /// A machine that no runtime has is watched, too, while it calls what says how long it takes.
  @Test func aWatchdogLooksAtAnyMachine() throws {
    let machine = Machine()
    machine.register("stall", .sync(max: .milliseconds(1))) { [unowned machine] () -> Int in
      while machine.reports.isEmpty { Thread.sleep(forTimeInterval: 0.001) }
      return 1
    }
    #expect(try machine.eval("return stall()", as: Int.self) == 1)
    let report = try #require(machine.reports.first)
    #expect(report.hasPrefix("NJ-D03 'stall' holds its thread for "), "\(report)")
    #expect(report.hasSuffix(" ms, 0.001 seconds are declared"), "\(report)")
    // A call within another: the outer one is seen again when the inner one is over.
    machine.register("quick", .sync(max: .seconds(3_600))) { () -> Int in 1 }
    machine.register("outer", .sync(max: .milliseconds(1))) { [unowned machine] (f: Function) in
      _ = try f.call(as: Int.self)
      while machine.reports.count < 2 { Thread.sleep(forTimeInterval: 0.001) }
    }
    try machine.eval("outer(quick)")
    #expect(machine.reports.last?.hasPrefix("NJ-D03 'outer'") == true)
  }
}
