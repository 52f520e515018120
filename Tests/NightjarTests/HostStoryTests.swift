// Stories of programmers whose host and script held one another up: the bridge between code that waits and
// code that does not, two runtimes in one program, and one library for every runtime.

import Foundation
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
            local ok, e = pcall(task.sleep, 1e6)
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
    #expect(try await isolate.call("waits") == .string("NJ-A013"))
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
    #expect {
      try tasks.run(fetch, as: Int.self)
    } throws: { error in
      "\(error)".contains("NJ-A012")
    }
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
    // One that holds the only thread while it waits for the other is refused at once, where elsewhere both hang.
    let far = isolates[1]
    let blocking = try await runtime.makeIsolate {
      let machine = Machine()
      machine.define("ring") { () throws -> String in
        do { return "\(try far.callSync("alarm", .integer(1)))" } catch { return "\(error)" }
      }
      try machine.eval("function alarm() return ring() end")
      return machine
    }
    guard case .string(let refusal) = try await blocking.call("alarm") else {
      Issue.record("no answer")
      return
    }
    #expect("\(refusal)".contains("NJ-A013"), "\(refusal)")
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

  /// A function of the host holds the thread, and nobody is told, elsewhere.
  ///
  /// Here the watchdog names it and the line that called it; on a thread of a pool it holds up nobody.
  @Test func alanStartsTrustingTheCompiler() async throws {
    func ticks(
      on runtime: LiveRuntime,
      _ setUp: @escaping @Sendable (Machine) -> Void
    ) async throws -> Int {
      let isolate = try await runtime.makeIsolate {
        let machine = Machine()
        setUp(machine)
        try machine.eval(
          """
          function main()
            local ticks = 0
            task.scope(function(s)
              s:daemon(function()
                while true do task.sleep(0.001) ticks = ticks + 1; (ticked or type)(0) end
              end)
              task.yield()
              pause()
            end)
            return ticks
          end
          """,
          name: "clock"
        )
        return machine
      }
      guard case .integer(let ticks) = try await isolate.call("main") else { return -1 }
      return ticks
    }
    let naive = LiveRuntime(workers: 1)
    _ = try await ticks(on: naive) { machine in
      machine.register("pause", .sync(max: .milliseconds(1))) { () -> Int in
        // Until somebody has noticed, or nobody ever will.
        for _ in 0..<6_000 where !naive.reports.contains(where: { $0.contains("'pause'") }) {
          usleep(10_000)
        }
        return 0
      }
    }
    let report = naive.reports.first { $0.hasPrefix("NJ-D03 'pause'") } ?? "nobody has noticed"
    #expect(report.contains("clock:8"), "\(report)")
    let pool = BlockingPool.dedicated(1)
    let idiom = LiveRuntime(workers: 1)
    let (hasTicked, hasBegun) = (Latch(), Latch())
    let count = try await ticks(on: idiom) { machine in
      machine.define("ticked") { () -> Void in if hasBegun.isOpen { hasTicked.open() } }
      machine.register("pause", .blocking(pool: pool)) { () -> Int in
        hasBegun.open()
        // The others go on meanwhile, or never will.
        for _ in 0..<6_000 where !hasTicked.isOpen { usleep(10_000) }
        return 0
      }
    }
    // A system that has no time for the thread may have it reported for something else.
    let isAccused = idiom.reports.contains { $0.contains("'pause'") }
    #expect(count > 0 && hasTicked.isOpen && !isAccused, "\(count) \(idiom.reports)")
  }

  /// A library that was written for one runtime is of no use in another; here it is one text in all.
  @Test func niklausWantsToShareKnowledge() async throws {
    let library = """
      local retry = {}
      function retry.call(most, pause, f, ...)
        for attempt = 1, most do
          local ok, result = task.timeout(3600, function(...) return select(2, pcall(f, ...)), attempt end, ...)
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
    // The naive one waits by a clock of its own: it holds the frames of a game for as long as it likes.
    let naive = Machine()
    naive.define("pause") { (milliseconds: Int) -> Int in
      usleep(UInt32(milliseconds) * 1_000)
      return milliseconds
    }
    let held = naive.openTasks(ManualRuntime())
    let other = try naive.eval(
      """
      ticks = 0
      return function() for i = 1, 20 do pause(5) end return ticks end,
        function() while true do task.sleep(0.001) ticks = ticks + 1 end end
      """,
      as: (Function, Function).self
    )
    let waiting = try held.spawn(other.0)
    let clock = try held.spawn(other.1)
    while try waiting.results() == nil {
      _ = held.step(budget: 1_000)
      held.advance(by: .milliseconds(16))
    }
    #expect(try waiting.results()?.first == .integer(0), "nobody else runs meanwhile")
    clock.cancel(reason: "enough")
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

  /// A client for the web that belongs to one runtime is of no use in another.
  ///
  /// The naive library asks by a client that holds its thread, and gets no page wherever the server is not on another
  /// one. The idiom is one text on live, threaded, simulated and manual runtimes.
  @Test func barbaraAnguishesOverHTTP() async throws {
    func library(_ get: String) -> String {
      """
      local library = {}
      function library.pages(urls) return task.map(urls, 4, function(url) return (\(get)(url)) end) end
      function main()
        local listener = assert(net.listen("127.0.0.1", 0))
        return task.scope(function(s)
          s:daemon(function() http.serve(listener, function(request) return "page " .. request.target end) end)
          local site = "http://127.0.0.1:" .. listener.port
          local pages = library.pages { site .. "/a", site .. "/b" }
          listener:close()
          return tostring(pages[1]) .. ", " .. tostring(pages[2])
        end)
      end
      """
    }
    @Sendable func machine() -> Machine {
      var capabilities = Capabilities()
      capabilities.network = .system
      let machine = Machine(Configuration(), capabilities: capabilities)
      machine.define("blocking_get") { (url: String) -> String? in blockingGet(url) }
      return machine
    }
    func answers(_ text: String) async throws -> [String] {
      var answers: [String] = []
      let live = LiveRuntime(workers: 1)
      let isolate = try await live.makeIsolate { machine() }
      try await isolate.with { machine, _ in try machine.eval(text) }
      if case .string(let answer) = try await isolate.call("main") { answers.append("\(answer)") }
      for runtime in [ThreadRuntime(), SimRuntime(seed: 7)] as [any TaskRuntime] {
        let machine = machine()
        let tasks = machine.openTasks(runtime)
        try machine.eval(text)
        answers.append(try tasks.run(machine.eval("return main", as: Function.self)))
      }
      let machine = machine()
      let tasks = machine.openTasks(ManualRuntime())
      try machine.eval(text)
      let call = try tasks.spawn(try machine.eval("return main", as: Function.self))
      while try call.results() == nil {
        _ = tasks.step(budget: 10_000)
        tasks.advance(by: .milliseconds(1))
        try await Task.sleep(for: .milliseconds(1))
      }
      if case .string(let answer)? = try call.results()?.first { answers.append("\(answer)") }
      return answers
    }
    let idiom = try await answers(library("http.get"))
    #expect(idiom == Array(repeating: "page /a, page /b", count: 4))
    let naive = try await answers(library("blocking_get"))
    #expect(naive.count == 4 && !naive.contains { $0.contains("page") }, "\(naive)")
  }
}

/// A client that holds its thread, as many are: the text behind the head of an answer, if one comes in a while.
private func blockingGet(_ url: String) -> String? {
  guard let address = URL(string: url), let port = address.port else { return nil }
  #if canImport(Glibc)
  let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  #else
  let connection = socket(AF_INET, SOCK_STREAM, 0)
  #endif
  defer { close(connection) }
  var patience = timeval(tv_sec: 0, tv_usec: 200_000)
  setsockopt(
    connection,
    SOL_SOCKET,
    SO_RCVTIMEO,
    &patience,
    socklen_t(MemoryLayout<timeval>.size)
  )
  var name = sockaddr_in()
  name.sin_family = sa_family_t(AF_INET)
  name.sin_port = UInt16(port).bigEndian
  name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  let isThere = withUnsafePointer(to: &name) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  let request = Array("GET \(address.path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
  guard isThere == 0, send(connection, request, request.count, 0) == request.count else {
    return nil
  }
  var room = [UInt8](repeating: 0, count: 4_096)
  let count = recv(connection, &room, room.count, 0)
  return count > 0 ? String(decoding: room[..<count], as: UTF8.self) : nil
}
