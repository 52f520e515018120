// Stories of programmers whose host and script held one another up: the bridge between code that waits and
// code that does not, two runtimes in one program, and one library for every runtime.

import Nightjar
import Testing

@Suite struct HostStoryTests {
  /// Code that may not wait calls code that does, on the only thread there is.
  ///
  /// Elsewhere it hangs, and only where there is one core. Here the wait is an error at once, and the sandwich works where nothing waits.
  @Test func barbaraBridgesSyncAndAsync() async throws {
    let runtime = LiveRuntime(workers: 1)
    let isolate = try await runtime.makeIsolate {
      let machine = Machine()
      machine.define("bridge") { (f: Function) throws -> Int in try f.call(as: Int.self) }
      try machine.eval(
        """
        function sandwich() return bridge(function() return 42 end) end
        function waits()
          local code
          bridge(function()
            local ok, e = pcall(task.sleep, 1)
            code = e.code
            return 1
          end)
          return code
        end
        """
      )
      return machine
    }
    #expect(try await isolate.call("sandwich") == .integer(42))
    let start = ContinuousClock.now
    let answer = try await isolate.call("waits")
    #expect(answer == .string("NJ-A013"))
    #expect(ContinuousClock.now - start < .seconds(1))
  }

  /// A synchronous run of something that only an asynchronous function of the host can end says so.
  @Test func barbaraBlocksOnAFuture() throws {
    let machine = Machine()
    let tasks = machine.openTasks(ThreadRuntime())
    machine.define("fetch") { () async -> Int in
      await Task.yield()
      return 1
    }
    let fetch = try machine.eval("return function() return fetch() end", as: Function.self)
    let start = ContinuousClock.now
    #expect {
      try tasks.run(fetch, as: Int.self)
    } throws: { error in
      "\(error)".contains("NJ-A012")
    }
    #expect(ContinuousClock.now - start < .seconds(1))
  }

  /// Two isolates that ask one another through the host, on a single thread: each waits for the other, and
  /// both get on.
  @Test func alanCreatesAHangingAlarm() async throws {
    let runtime = LiveRuntime(workers: 1)
    let program = """
      function alarm(n)
        if n == 0 then return 0 end
        task.sleep(0.001)
        return n
      end
      """
    let isolates = try await [
      runtime.makeIsolate { Machine() }, runtime.makeIsolate { Machine() },
    ]
    for isolate in isolates { try await isolate.with { machine, _ in try machine.eval(program) } }
    func ring(_ index: Int, _ n: Int) async throws -> Int {
      guard case .integer(let left) = try await isolates[index].call("alarm", .integer(n)),
        left > 0
      else { return 0 }
      return try await ring(1 - index, n - 1) + 1
    }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for index in 0..<10 { group.addTask { try await ring(index % 2, 20) } }
      for try await count in group { #expect(count == 20) }
    }
  }

  /// A library that was written for one runtime is of no use in another; here it is one text in all.
  @Test func niklausWantsToShareKnowledge() async throws {
    let library = """
      local retry = {}
      function retry.call(most, pause, f, ...)
        for attempt = 1, most do
          local ok, result = task.timeout(5, function(...) return select(2, pcall(f, ...)), attempt end, ...)
          if ok and result == "done" then return attempt end
          task.sleep(pause)
        end
        error("gave up after " .. most, 0)
      end
      local tries = 0
      function main()
        return retry.call(5, 0.01, function()
          tries = tries + 1
          task.sleep(0.001)
          return tries == 3 and "done" or "not yet"
        end)
      end
      """
    for runtime in [SimRuntime(seed: 7), ThreadRuntime()] as [any TaskRuntime] {
      let machine = Machine()
      let tasks = machine.openTasks(runtime)
      try machine.eval(library)
      let main = try machine.eval("return main", as: Function.self)
      #expect(try tasks.run(main, as: Int.self) == 3)
    }
    let live = LiveRuntime(workers: 1)
    let isolate = try await live.makeIsolate { Machine() }
    try await isolate.with { machine, _ in try machine.eval(library) }
    #expect(try await isolate.call("main") == .integer(3))

    let machine = Machine()
    let tasks = machine.openTasks(ManualRuntime())
    try machine.eval(library)
    let call = try tasks.spawn(try machine.eval("return main", as: Function.self))
    var frames = 0
    while try call.results() == nil, frames < 100 {
      _ = tasks.step(budget: 10_000)
      tasks.advance(by: .milliseconds(16))
      frames += 1
    }
    #expect(try call.results()?.first == .integer(3))
  }
}
