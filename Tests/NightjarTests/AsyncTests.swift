// Host functions that await.

import Nightjar
import Testing

private struct Refused: Error {}

@Suite struct AsyncTests {
  private func machine() -> Machine {
    let machine = Machine()
    machine.define("twice") { (n: Int) async throws -> Int in
      await Task.yield()
      return n * 2
    }
    machine.define("pair") { (n: Int) async -> (Int, String) in
      await Task.yield()
      return (n, "\(n)")
    }
    machine.define("refuse") { () async throws in
      await Task.yield()
      throw Refused()
    }
    machine.define("forever") { () async throws in try await Task.sleep(for: .seconds(3_600)) }
    return machine
  }

  @Test func waitsForResults() async throws {
    let machine = machine()
    let sum: Int = try await machine.evalAsync("return twice(1) + twice(twice(2))")
    #expect(sum == 10)
    let text: String = try await machine.evalAsync("local n, s = pair(3) return s .. n")
    #expect(text == "33")
  }

  /// Positions from which an ordinary interpreter could not yield.
  @Test(arguments: [
    "local t = {3, 1, 2} table.sort(t, function(a, b) return twice(a) < twice(b) end) return t[3]",
    "return tonumber((('x'):gsub('x', function() return twice(1) + 1 end)))",
    "return setmetatable({}, {__index = function(_, k) return twice(k) + 1 end})[1]",
    "return setmetatable({}, {__add = function(a, b) return twice(b) + 1 end}) + 1",
    "return select(2, pcall(function() return twice(1) + 1 end))",
    "for x in function(_, c) if not c then return twice(1) + 1 end end do return x end",
    "local c = coroutine.wrap(function() return twice(1) + 1 end) return c()",
    "do local x <close> = setmetatable({}, {__close = function() r = twice(1) + 1 end}) end return r",
    "return tonumber(tostring(setmetatable({}, {__tostring = function() return tostring(twice(1) + 1) end})))",
    "local n = 0 return load(function() n = n + 1 if n == 1 then return 'return ' .. twice(1) + 1 end end)()",
  ])
  func waitsAnywhere(code: String) async throws {
    let machine = machine()
    let three: Int = try await machine.evalAsync(code)
    #expect(three == 3)
  }

  @Test func bringsErrorsIntoTheScript() async throws {
    let machine = machine()
    let caught: Bool = try await machine.evalAsync("return (pcall(refuse))")
    #expect(!caught)
    do throws(ScriptError) {
      try await machine.evalAsync("refuse()")
      Issue.record("no error")
    } catch {
      #expect(error.underlying is Refused)
    }
  }

  @Test func plainCallsGetAnError() throws {
    let machine = machine()
    do throws(ScriptError) {
      try machine.eval("return twice(1)")
      Issue.record("no error")
    } catch {
      #expect(error.kind == .wouldSuspend)
    }
    let caught: Bool = try machine.eval("return (pcall(twice, 1))")
    #expect(!caught)
  }

  @Test func endsWhenTheTaskIsCancelled() async throws {
    let task = Task {
      let machine = machine()
      // The machine holds the closure, which must not hold the machine.
      machine.define("note") { [unowned machine] (text: String) in
        machine["noted"] = .string(ByteString(text))
      }
      do throws(ScriptError) {
        try await machine.evalAsync(
          """
          local x <close> = setmetatable({}, {__close = function() note("closed") end})
          while true do pcall(forever) end
          """
        )
        return "finished"
      } catch {
        return "\(error.kind), \(machine["noted"])"
      }
    }
    try await Task.sleep(for: .milliseconds(20))
    task.cancel()
    #expect(await task.value == "cancelled, closed")
  }

  @Test func endsBusyScriptsWhenTheTaskIsCancelled() async throws {
    let task = Task { () -> ScriptError.Kind? in
      do throws(ScriptError) {
        try await Machine().evalAsync("while true do end")
        return nil
      } catch { return error.kind }
    }
    try await Task.sleep(for: .milliseconds(20))
    task.cancel()
    #expect(await task.value == .cancelled)
  }

  @Test func aParkedCallEndsAtItsDeadline() async throws {
    var limits = Limits()
    limits.time = .milliseconds(50)
    let machine = Machine(Configuration(limits: limits))
    machine.define("forever") { () async throws in try await Task.sleep(for: .seconds(3_600)) }
    let start = ContinuousClock.now
    let closed = "local x <close> = setmetatable({}, {__close = function() closed = true end})"
    do throws(ScriptError) {
      try await machine.evalAsync("\(closed) while true do pcall(forever) end")
      Issue.record("it ended")
    } catch { #expect(error.kind == .deadline) }
    #expect(ContinuousClock.now - start < .seconds(600))
    #expect(machine["closed"] == .boolean(true))
    // The machine and the caller's task are as good as before.
    #expect(!Task.isCancelled)
    let two: Int = try await machine.evalAsync("return 1 + 1")
    #expect(two == 2)
  }

  @Test func aParkedCallEndsWhenKilled() async throws {
    let machine = machine()
    let killSwitch = machine.killSwitch
    Task.detached {
      try await Task.sleep(for: .milliseconds(30))
      killSwitch.kill()
    }
    let start = ContinuousClock.now
    do throws(ScriptError) {
      try await machine.evalAsync("while true do pcall(forever) end")
      Issue.record("it ended")
    } catch { #expect(error.kind == .killed) }
    #expect(ContinuousClock.now - start < .seconds(600))
  }

  /// What a host function makes while it is cancelled is kept from a script that is at its end.
  @Test func aHostFunctionThatDoesNotHeedIsWaitedFor() async throws {
    var limits = Limits()
    limits.time = .milliseconds(20)
    let machine = Machine(Configuration(limits: limits))
    machine.define("stubborn") { () async in
      // A task that is cancelled sleeps no longer; this one does.
      await Task.detached { try? await Task.sleep(for: .milliseconds(200)) }.value
      return "late"
    }
    do throws(ScriptError) {
      try await machine.evalAsync("got = stubborn()")
      Issue.record("it ended")
    } catch { #expect(error.kind == .deadline) }
    #expect(machine["got"] == .nil)
  }

  @Test func letsCallsOverlap() async throws {
    actor Server {
      let machine = Machine()
      private var gate: CheckedContinuation<Void, Never>?

      func prepare() throws {
        machine.define("wait") { [unowned self] () async in await self.park() }
        try machine.eval(
          "log = '' function first() wait() log = log .. 'first' end function second() log = log .. 'second ' end"
        )
      }
      private func park() async { await withCheckedContinuation { gate = $0 } }
      func first() async throws {
        guard case .function(let function) = machine["first"] else { return }
        try await function.callAsync()
      }
      func second() throws -> Bool {
        guard let gate, case .function(let function) = machine["second"] else { return false }
        try function.call()
        gate.resume()
        return true
      }
      var log: String { machine["log"].description }
    }
    let server = Server()
    try await server.prepare()
    async let first: Void = server.first()
    while try await !server.second() { await Task.yield() }
    try await first
    #expect(await server.log == "second first")
  }

  @Test func tenThousandMachinesWait() async throws {
    let total = try await withThrowingTaskGroup(of: Int.self) { group in
      for index in 0..<10_000 {
        group.addTask {
          let machine = Machine()
          machine.define("sleep") { (milliseconds: Int) async throws in
            try await Task.sleep(for: .milliseconds(milliseconds))
          }
          return try await machine.evalAsync("sleep(200) return \(index)")
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(total == 49_995_000)
  }
}
