// The contract of functions of the host, class by class: what a cancellation means for a call that has begun, what
// becomes of what comes too late, how many there may be, and what the watchdog tells (docs/book/embedding.md, "Classes
// of functions"). Nothing here depends on how fast another thread is: each step waits for the one before.

import Foundation
import Nightjar
import Synchronization
import Testing

/// Something that a result holds, and that is let go of with it.
final class Held: Sendable {
  /// How many there are.
  final class Count: Sendable {
    private let state = Mutex((now: 0, ever: 0))
    var now: Int { state.withLock { $0.now } }
    var ever: Int { state.withLock { $0.ever } }

    fileprivate func add(_ change: Int) {
      state.withLock { state in
        state.now += change
        if change > 0 { state.ever += 1 }
      }
    }
  }

  private let count: Count

  init(_ count: Count) {
    self.count = count
    count.add(1)
  }

  deinit { count.add(-1) }
}

/// A number for scripts that holds something in Swift.
struct HeldNumber: ScriptConvertible, Sendable {
  let held: Held
  let number: Int

  static var scriptTypeName: String { "integer" }

  init(_ count: Held.Count, _ number: Int) {
    held = Held(count)
    self.number = number
  }

  init(scriptValue: Value) throws(ConversionError) {
    self.init(Held.Count(), try Int(scriptValue: scriptValue))
  }

  func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .integer(number) }
}

@Suite struct HostContractTests {
  /// What was reported, but for late timers: any may be late where others keep the processor.
  private func reports(of machine: Machine) -> [String] {
    machine.reports.filter { !$0.hasPrefix("NJ-D14 ") }
  }

  private func function(_ machine: Machine, _ text: String) throws -> Function {
    try machine.eval("return function() \(text) end", as: Function.self)
  }

  /// Carries tasks on until something is so, however long that takes.
  private func carryOn(_ tasks: Tasks, until isSo: () -> Bool) async throws {
    while !isSo() {
      _ = tasks.step(budget: 10_000)
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  // MARK: A cancellation in the turn in which the call begins

  private static let cancelsAtOnce = """
    local got = "nothing"
    local h
    pcall(task.scope, function(s)
      h = s:spawn(function() got = write() end)
      task.yield()
      h:cancel("no longer")
    end)
    return got
    """

  /// B3: the call has begun, so that it may have happened, although its task was parked a moment ago only.
  @Test(arguments: [HostCancellation.atomic, .never])
  func b3WhatHasBegunInTheSameTurnIsToldOf(cancel: HostCancellation) async throws {
    let machine = Machine()
    let happened = Mutex(0)
    let latch = Latch()
    machine.register("write", .async, cancel: cancel) { () async -> String in
      happened.withLock { $0 += 1 }
      if cancel == .never {
        await latch.wait()
      } else {
        while !Task.isCancelled { await Task.yield() }
      }
      return "written"
    }
    let tasks = machine.openTasks(ThreadRuntime(), limits: TaskLimits(grace: .seconds(3_600)))
    let call = try tasks.spawn(try function(machine, Self.cancelsAtOnce))
    _ = tasks.step(budget: 100_000)
    #expect(happened.withLock { $0 } == 1)
    if cancel == .never { #expect(tasks.hostCalls.pending == 1, "its task waits for the verdict") }
    latch.open()
    try await carryOn(tasks) { (try? call.results()) != nil }
    #expect(try call.results()?.first == .string("written"))
    #expect(tasks.hostCalls == HostCallStatus())
  }

  /// B4, in the same turn: it is in doubt, and counts as an orphan.
  @Test func b4WhatHasBegunInTheSameTurnIsInDoubt() async throws {
    let machine = Machine()
    let latch = Latch()
    machine.register("write", .async, cancel: .bestEffort) { () async -> String in
      await latch.wait()
      return "written"
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let call = try tasks.spawn(try function(machine, Self.cancelsAtOnce))
    while try call.results() == nil { _ = tasks.step(budget: 10_000) }
    #expect(try call.results()?.first == .string("nothing"))
    #expect(tasks.hostCalls.orphans.map(\.function) == ["write"])
    latch.open()
    try await carryOn(tasks) { tasks.hostCalls.orphanedResults == 1 }
    #expect(tasks.hostCalls.orphans.isEmpty)
  }

  // MARK: What comes too late

  /// B4, B5: a late result is dropped, and what it holds is let go of.
  @Test(arguments: [HostCancellation.bestEffort, .never])
  func b4LateResultsLetGoOfWhatTheyHold(cancel: HostCancellation) async throws {
    let machine = Machine()
    let (latch, held) = (Latch(), Held.Count())
    let limits = HostCallLimits(grace: .milliseconds(1))
    machine.register("open", .async, cancel: cancel, limits: limits) { () async -> HeldNumber in
      let result = HeldNumber(held, 7)
      await latch.wait()
      return result
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let call = try tasks.spawn(try function(machine, "pcall(task.timeout, 0.001, open)"))
    try await carryOn(tasks) { (try? call.results()) != nil }
    #expect(tasks.hostCalls.orphans.map(\.function) == ["open"] && held.now == 1)
    latch.open()
    try await carryOn(tasks) { tasks.hostCalls.orphanedResults == 1 }
    while held.now > 0 { try await Task.sleep(for: .milliseconds(1)) }
    #expect(tasks.hostCalls.orphans.isEmpty && tasks.count == 0)
  }

  /// Calls that nobody waits for count, whatever their class, until so many run that no more are begun.
  @Test(arguments: [HostCancellation.bestEffort, .atomic, .never])
  func orphansAreBounded(cancel: HostCancellation) async throws {
    let machine = Machine()
    let latch = Latch()
    let limits = HostCallLimits(grace: .milliseconds(1), orphans: 2)
    machine.register("send", .async, cancel: cancel, limits: limits) { () async -> Int in
      await latch.wait()
      return 1
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let go = try function(
      machine,
      """
      for _ = 1, 2 do pcall(task.timeout, 0.001, send) end
      local ok, why = pcall(send)
      return why.code .. " " .. why.kind
      """
    )
    let result: String = try await tasks.runAsync(go)
    #expect(result == "NJ-A026 HostBusy")
    #expect(tasks.hostCalls.orphans.count == 2)
    latch.open()
    try await carryOn(tasks) { tasks.hostCalls.orphans.isEmpty }
    #expect(try await tasks.runAsync(try function(machine, "return send()"), as: Int.self) == 1)
  }

  /// A call that could end and takes its time after a cancellation is reported, before it is given up.
  @Test func slowCancellationsAreReported() async throws {
    let machine = Machine()
    let latch = Latch()
    let limits = HostCallLimits(grace: .milliseconds(30))
    machine.register("save", .async, cancel: .atomic, limits: limits) { () async -> Int in
      await latch.wait()
      return 1
    }
    machine.register("store", .async, cancel: .never, limits: limits) { () async -> Int in
      await latch.wait()
      return 1
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let go = try function(
      machine,
      """
      pcall(task.timeout, 0.001, store)
      return select(2, pcall(task.timeout, 0.001, save)).kind
      """
    )
    #expect(try await tasks.runAsync(go, as: String.self) == "HostAbandoned")
    // Who has said that it cannot be ended is not told of.
    let reports = reports(of: machine)
    #expect(reports.count == 1, "\(reports)")
    let report = try #require(reports.first)
    #expect(report.hasPrefix("NJ-D06 'save' has not ended "), "\(report)")
    #expect(report.hasSuffix(" seconds after task #1 was cancelled"), "\(report)")
    latch.open()
  }

  // MARK: How many there may be

  /// A machine's calls wait for their turn, whatever function they are of.
  @Test func aMachineHasALimitOfCalls() async throws {
    let machine = Machine()
    let meeting = Meeting(of: 2)
    for name in ["a", "b"] {
      machine.register(name, .async) { (n: Int) async -> Int in
        await meeting.attend()
        return n
      }
    }
    machine.define("c") { (n: Int) async -> Int in
      await meeting.attend()
      return n
    }
    let tasks = machine.openTasks(ThreadRuntime(), limits: TaskLimits(hostCalls: 2))
    let go = try function(
      machine,
      """
      local sums = task.map({ a, b, c, a, b, c, a }, 7, function(f, i) return f(i) end)
      return table.concat(sums, " ")
      """
    )
    #expect(try await tasks.runAsync(go, as: String.self) == "1 2 3 4 5 6 7")
    #expect(meeting.most == 2)
    #expect(tasks.hostCalls == HostCallStatus())
  }

  /// Who is cancelled while it waits for its turn has not happened.
  @Test func whoWaitsForTheMachinesTurnCanLeave() async throws {
    let machine = Machine()
    let count = Mutex(0)
    let latch = Latch()
    machine.register("hold", .async) { () async -> Int in
      await latch.wait()
      return count.withLock {
        $0 += 1
        return $0
      }
    }
    let tasks = machine.openTasks(ThreadRuntime(), limits: TaskLimits(hostCalls: 1))
    let call = try tasks.spawn(
      try function(
        machine,
        """
        return task.scope(function(s)
          local first = s:spawn(hold)
          local second = s:spawn(hold)
          local third = s:spawn(hold)
          task.sleep(0.001)
          second:cancel("enough")
          return first:join() + third:join()
        end)
        """
      )
    )
    try await carryOn(tasks) { tasks.count == 3 }
    #expect(tasks.hostCalls.pending == 1 && tasks.hostCalls.queued == 1)
    latch.open()
    try await carryOn(tasks) { (try? call.results()) != nil }
    #expect(try call.results()?.first == .integer(3))
    #expect(count.withLock { $0 } == 2)
  }

  /// What a synchronous function was declared to cost is taken from the script's fuel.
  @Test func synchronousFunctionsCostWhatTheyDeclare() throws {
    let machine = Machine(Configuration(limits: Limits(fuel: 1_000_000)))
    machine.register("digest", .sync(fuel: 90_000)) { (text: String) -> Int in text.count }
    #expect(try machine.eval("for _ = 1, 9 do digest('x') end return 9", as: Int.self) == 9)
    do throws(ScriptError) {
      try machine.eval("for _ = 1, 9 do digest('x') end")
      Issue.record("it was for nothing")
    } catch { #expect(error.kind == .outOfFuel) }
  }

  // MARK: Functions that call back

  @Test func callbacksGiveTheirAnswers() async throws {
    let machine = Machine()
    struct Refused: Error {}
    machine.register("double", .callback) { (reply: HostReply<Int>, n: Int) in
      Thread.detachNewThread {
        reply.give(2 * n)
        reply.give(99)
        reply.fail(Refused())
      }
    }
    machine.register("at_once", .callback) { (reply: HostReply<String>, text: String) in
      reply.give(text + "!")
    }
    machine.register("refuse", .callback) { (_: HostReply<Int>) in throw Refused() }
    let tasks = machine.openTasks(ThreadRuntime())
    let go = try function(
      machine,
      """
      local sums = task.map({ 1, 2, 3 }, 3, double)
      return table.concat(sums, " ") .. at_once("a") .. select(2, pcall(refuse)).type
      """
    )
    #expect(try await tasks.runAsync(go, as: String.self) == "2 4 6a!Refused")
    #expect(tasks.hostCalls == HostCallStatus() && reports(of: machine).isEmpty)
    // Without tasks as well.
    #expect(try await machine.evalAsync("return double(4)", as: Int.self) == 8)
    #expect(machine.definitions(.luals).contains("function double("))
  }

  /// NJ-D12: whoever lets go of a call without an answer is told of, and the script gets an error and does not hang.
  @Test func aLeakedCallIsAnError() async throws {
    let machine = Machine()
    machine.register("forget", .callback) { (_: HostReply<Int>, _: Int) in }
    machine.register("forget_later", .callback) { (reply: HostReply<Int>) in
      Thread.detachNewThread { _ = reply.isCancelled }
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let go = try function(
      machine,
      """
      local _, first = pcall(forget, 1)
      local _, second = pcall(forget_later)
      return first.message .. "\\n" .. second.message
      """
    )
    #expect(
      try await tasks.runAsync(go, as: String.self)
        == """
        NJ-D12 LeakedCall: 'forget' let go of the call without an answer
        NJ-D12 LeakedCall: 'forget_later' let go of the call without an answer
        """
    )
    #expect(
      reports(of: machine) == [
        "NJ-D12 'forget' let go of a call without an answer",
        "NJ-D12 'forget_later' let go of a call without an answer",
      ]
    )
  }

  /// A cancellation reaches what was begun, by class.
  @Test func callbacksAreCancelled() async throws {
    let machine = Machine()
    let ended = Mutex<[String]>([])
    let replies = Mutex<[HostReply<Int>]>([])
    machine.register("atomic", .callback, cancel: .atomic) { (reply: HostReply<Int>) in
      reply.onCancel {
        ended.withLock { $0.append("atomic") }
        reply.fail(CancellationError())
      }
    }
    machine.register("best", .callback, cancel: .bestEffort) { (reply: HostReply<Int>) in
      reply.onCancel { ended.withLock { $0.append("best") } }
      replies.withLock { $0.append(reply) }
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let go = try function(
      machine,
      """
      local _, first = task.timeout(0.001, atomic)
      local _, second = task.timeout(0.001, best)
      return tostring(first.in_doubt) .. " " .. tostring(second.in_doubt) .. " " .. second.op
      """
    )
    #expect(try await tasks.runAsync(go, as: String.self) == "nil true best")
    #expect(ended.withLock { $0 } == ["atomic", "best"])
    #expect(tasks.hostCalls.orphans.map(\.function) == ["best"])
    replies.withLock { replies in
      #expect(replies.map(\.isCancelled) == [true])
      replies[0].give(1)
      replies = []
    }
    try await carryOn(tasks) { tasks.hostCalls.orphanedResults == 1 }
    #expect(reports(of: machine).isEmpty, "\(machine.reports)")
  }

  // MARK: Streams

  /// Elements that are made until nobody wants them, each of which holds something.
  private struct Numbers: AsyncSequence, Sendable {
    let held: Held.Count
    let isEnded: Latch
    /// How many there are before the next one never comes.
    var end = Int.max

    struct AsyncIterator: AsyncIteratorProtocol {
      let numbers: Numbers
      var n = 0

      mutating func next() async throws -> HeldNumber? {
        n += 1
        if n <= numbers.end && !Task.isCancelled { return HeldNumber(numbers.held, n) }
        defer { numbers.isEnded.open() }
        try await Task.sleep(for: .seconds(3_600))
        return nil
      }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(numbers: self) }
  }

  /// A task that is cancelled while it reads ends the reading, and what was read ahead is let go of.
  @Test(arguments: [2, Int.max])
  func aCancelledReaderEndsTheSequence(end: Int) async throws {
    let machine = Machine()
    let (held, isEnded) = (Held.Count(), Latch())
    machine.register("numbers", .stream(3)) { () in
      Numbers(held: held, isEnded: isEnded, end: end)
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let go = try function(
      machine,
      """
      local last, arrived = 0, task.event()
      task.scope(function(s)
        local reader = s:spawn(function()
          for n in numbers() do
            last = n
            if n == 2 then
              arrived:set()
              task.sleep(1000)
            end
          end
        end)
        arrived:wait()
        reader:cancel("enough")
      end)
      return last
      """
    )
    #expect(try await tasks.runAsync(go, as: Int.self) == 2)
    // Who waits for an element is cancelled there, who waits for room is told that nobody wants it.
    if end == 2 { await isEnded.wait() }
    while held.now > 0 { try await Task.sleep(for: .milliseconds(1)) }
    // Two that the script had, three that waited, one that found no room and one that was being made.
    #expect(held.ever <= 7)
  }

  /// Who waits long for the other end is told of: the sequence for the script, the script for the sequence.
  @Test func stallsAreReported() async throws {
    let machine = Machine()
    let (held, isEnded) = (Held.Count(), Latch())
    machine.register("full", .stream(2, reportsStallAfter: .milliseconds(5))) { () in
      Numbers(held: held, isEnded: isEnded)
    }
    machine.register("empty", .stream(2, reportsStallAfter: .milliseconds(5))) { () in
      Numbers(held: held, isEnded: isEnded, end: 0)
    }
    machine.register("quick", .stream(2)) { () in
      Numbers(held: held, isEnded: isEnded, end: 1)
    }
    machine.define("reported") { [unowned machine] (name: String) -> Bool in
      machine.reports.contains { $0.hasPrefix("NJ-D08 '\(name)' ") }
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let go = try function(
      machine,
      """
      local stream, other = full(), quick()
      local function until_reported(name)
        while not reported(name) do task.sleep(0.001) end
      end
      until_reported("full")
      task.scope(function(s)
        s:daemon(function() for _ in empty() do end end)
        until_reported("empty")
      end)
      stream:close()
      other:close()
      """
    )
    try await tasks.runAsync(go, as: Value.self)
    #expect(
      reports(of: machine) == [
        "NJ-D08 'full' has 3 elements that the script has not taken for 0.005 seconds",
        "NJ-D08 'empty' has had no element for the script for 0.005 seconds",
      ]
    )
  }

  // MARK: Reports

  /// What the tasks' own watch finds reaches the host: of a machine, and of a runtime.
  @Test func findingsReachTheHost() async throws {
    let text = "function stubborn() task.timeout(0.001, function() while true do end end) end"
    func isFound(_ reports: [String]) -> Bool {
      reports.contains { $0.hasPrefix("NJ-D09 task #") || $0.hasPrefix("NJ-D05 task #") }
    }
    let machine = Machine()
    let limits = TaskLimits(grace: .milliseconds(1))
    let tasks = machine.openTasks(SimRuntime(), limits: limits)
    try machine.eval(text)
    _ = try? await tasks.runAsync(
      try machine.eval("return stubborn", as: Function.self),
      as: Value.self
    )
    #expect(isFound(machine.reports), "\(machine.reports)")
    let runtime = LiveRuntime(workers: 1)
    let isolate = try await runtime.makeIsolate(limits: limits) { Machine() }
    try await isolate.with { machine, _ in try machine.eval(text) }
    _ = try? await isolate.call("stubborn")
    #expect(isFound(runtime.reports), "\(runtime.reports)")
    let own = try await isolate.with { machine, _ in machine.reports }
    #expect(isFound(own))
  }
}
