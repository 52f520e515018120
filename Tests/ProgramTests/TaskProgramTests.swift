// Programs of tasks as the command runs them: with connections, in both worlds, and with an end that closes
// what is open.

import Foundation
import Testing

@Suite struct TaskProgramTests {
  /// Lines that go to a server in the program itself and come back.
  private static let echo = """
    local listener = assert(net.listen("127.0.0.1", 0))
    task.scope(function(s)
      s:daemon(function()
        listener:serve(function(conn) for line in conn:lines("L") do conn:write(line) end end)
      end)
      local conn = assert(net.connect("127.0.0.1", listener.port))
      conn:write("hello\\n")
      conn:shutdown()
      io.write(conn:read("a"))
      conn:close()
    end)
    listener:close()
    """

  /// Runs a text with the command.
  private func run(_ options: [String], _ text: String, input: String = "") throws
    -> Command.Outcome
  {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = folder.url.appending(path: "program.lua")
    try Data(text.utf8).write(to: file)
    return try Command.invoke(["run"] + options + [file.path], input: input)
  }

  @Test(arguments: [
    ["--allow-net"], ["--allow-net=127.0.0.1"], ["-A"], ["--sim", "--allow-net"],
    ["--sim", "--seed", "7", "--allow-net=127.0.0.1"],
    ["--seed", "7", "--faults", "loss=0.3,partial=1", "--allow-net"],
  ])
  func servesConnections(options: [String]) throws {
    let outcome = try run(options, Self.echo)
    #expect(outcome == Command.Outcome(status: 0, output: "hello\n", errors: ""))
  }

  @Test(arguments: [[], ["--sim"]])
  func refusesWhatIsNotGranted(options: [String]) throws {
    let outcome = try run(options, Self.echo)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "program.lua:1: listening at '127.0.0.1:0' is not allowed (capability 'network'; "
          + "grant it with --allow-net=127.0.0.1:0)"
      ),
      "\(outcome.errors)"
    )
    let process = try run(options, "print(pcall(process.run, 'true'))")
    #expect(process.output.contains("capability 'processes'; grant it with --allow-run)"))
  }

  /// R16: a refusal that a library raises shows the calls of the program and none of the library's own.
  @Test(arguments: [
    ("net.connect('127.0.0.1', 80)", []), ("net.listen('127.0.0.1', 0)", ["--sim"]),
    ("http.get('http://127.0.0.1/')", []), ("process.run('true')", []),
    ("udp.bind('127.0.0.1', 0)", ["--lua", "5.1"]),
  ])
  func r16RefusalsShowTheProgramsCalls(call: String, options: [String]) throws {
    let text =
      "local function inner() local x = \(call) end\nlocal function outer() inner() end\nouter()"
    let outcome = try run(options, text)
    #expect(outcome.status == 1)
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex(of: "stack traceback:"), "\(outcome.errors)")
    let calls = lines[(start + 1)...].filter { $0.contains("program.lua:") }
    #expect(calls.count == 3, "\(outcome.errors)")
    let isEnd = ["\t[C]: in ?", "\t[C]: ?"].contains(lines.last)
    #expect(calls.count == lines.count - start - 1 - (isEnd ? 1 : 0), "\(outcome.errors)")
    #expect(calls.first?.contains("program.lua:1: in ") == true, "\(outcome.errors)")
  }

  /// Programs that have no tasks' libraries in their calls have the lines of the reference.
  @Test func plainErrorsShowAllCalls() throws {
    let outcome = try run([], "local function f() error('no') end\nf()")
    #expect(outcome.errors.contains("\t[C]: in function 'error'\n"), "\(outcome.errors)")
  }

  @Test(arguments: [[], ["--sim"]])
  func readsItsInput(options: [String]) throws {
    let outcome = try run(
      options,
      "for line in stdin:lines() do print(#line, line) end",
      input: "one\ntwo\nlast"
    )
    #expect(outcome.output == "3\tone\n3\ttwo\n4\tlast\n", "\(outcome.errors)")
  }

  @Test func aSeedGivesTheSameRun() throws {
    let text = """
      local socket = assert(udp.bind("127.0.0.1", 0))
      task.scope(function(s)
        s:daemon(function() while true do io.write(socket:receive(), " ") end end)
        for i = 1, 20 do socket:send(i, "127.0.0.1", socket.port) end
        task.sleep(10)
      end)
      print(task.now())
      """
    func output(_ seed: Int) throws -> String {
      try run(["--faults", "chaos", "--seed", "\(seed)", "--allow-net"], text).output
    }
    let first = try (1...5).map { try output($0) }
    #expect(try (1...5).map { try output($0) } == first)
    #expect(Set(first).count > 1)
  }

  @Test(arguments: ["x", "loss=2", "loss", "chaos;"])
  func faultsThatMakeNoSense(value: String) throws {
    let outcome = try Command.invoke(["eval", "--faults", value, "1"])
    #expect(outcome.status == 2 && outcome.errors.contains("'\(value)' is no value of '--faults'"))
  }

  /// `os.exit` with true closes all tasks first, and cleanup may wait.
  @Test func exitClosesWhatIsOpen() throws {
    let outcome = try run(
      [],
      """
      local t <close> = setmetatable({}, { __close = function()
        task.sleep(0.01)
        print("main closed")
      end })
      task.scope(function(s)
        s:spawn(function()
          defer(function() print("child closed") end)
          task.sleep(10)
        end)
        s:spawn(function() task.sleep(0.01) os.exit(7, true) end)
        task.sleep(100)
      end)
      print("not reached")
      """
    )
    #expect(
      outcome == Command.Outcome(status: 7, output: "child closed\nmain closed\n", errors: "")
    )
  }

  @Test func textsAndConversationsAreTasks() throws {
    let evaluated = try Command.invoke(["eval", "--sim", "task.sleep(3) or task.now()"])
    #expect(evaluated.output == "3.0\n")
    let typed = """
      task.sleep(0.01)
      task.scope(function(s) return s:spawn(function() return 9 end):join() end)
      error("no", 0)
      1, nil
      os.exit(3, true)
      print("not reached")
      """
    let conversation = try Command.invoke(["repl"], input: typed + "\n")
    #expect(conversation.status == 3)
    #expect(conversation.output == "9\n1\tnil\n")
    #expect(conversation.errors.hasPrefix("no\n"))
  }

  @Test func theTimeOfWaitingTasksIsLimited() throws {
    let start = Date()
    let outcome = try run(["--timeout", "200ms"], "task.sleep(60)")
    #expect(outcome.status == 1 && outcome.errors.contains("the program's time is up (--timeout)"))
    #expect(Date().timeIntervalSince(start) < 30)
  }

  @Test func fuseProgramsAreTasks() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = folder.url.appending(path: "app.fuse")
    let text = """
      declare module "@lua:task"
        fn sleep(seconds: number)
        fn now() -> number
      end
      import task from "@lua:task"
      task.sleep(2)
      print(task.now())
      """
    try Data(text.utf8).write(to: file)
    let outcome = try Command.invoke(["run", "--sim", file.path])
    #expect(outcome.output.hasPrefix("2"), "\(outcome.errors)")
  }

  /// What is told of a server names what it waits for and the lines of the program, and none of the libraries'.
  @Test func anInterruptedServerIsTold() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(
      """
      local listener = assert(net.listen("127.0.0.1", 0))
      task.scope({ name = "room" }, function(s)
        s:spawn { name = "serve", fn = function()
          listener:serve(function(conn) for line in conn:lines() do conn:write(line) end end)
        end }
        local conn = assert(net.connect("127.0.0.1", listener.port))
        conn:write("hello\\n")
        assert(conn:read_exact(5) == "hello")
        s:spawn { name = "visitor", fn = function() conn:read("a") end }
        task.sleep(0.01)
        io.write("ready\\n") io.flush()
      end)
      """,
      to: "room.lua"
    )
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = Command.executable
    process.arguments = ["run", "--allow-net", "room.lua"]
    process.currentDirectoryURL = folder.url
    process.environment = Command.plainEnvironment
    (process.standardOutput, process.standardError) = (output, errors)
    let limit = try Command.start(process)
    #expect(output.fileHandleForReading.availableData == Data("ready\n".utf8))
    process.interrupt()
    let told = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(),
      as: UTF8.self
    )
    process.waitUntilExit()
    limit.cancel()
    let lines = told.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    func tells(_ name: String, _ wait: String) -> Bool {
      lines.contains { $0.contains(" \(name)  parked") && $0.hasSuffix(wait) }
    }
    #expect(tells("serve", "in accept  at room.lua:4"), "\(told)")
    #expect(tells("visitor", "in read  at room.lua:9"), "\(told)")
    #expect(!told.contains("net:") && told.contains("nightjar: interrupted!"), "\(told)")
    #expect(process.terminationStatus == 1)
  }

  /// The first interrupt cancels everything and tells what was running; the second one ends the process.
  @Test(arguments: [1, 2])
  func interrupts(count: Int) throws {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = Command.executable
    process.arguments = [
      "eval",
      """
      task.scope(function(s)
        s:spawn{ name = "worker", fn = function()
          defer(function() task.sleep(\(count == 1 ? "0.2" : "1000")) print("clean") end)
          io.write("ready\\n") io.flush()
          task.sleep(60)
        end }
      end)
      """,
    ]
    process.environment = Command.plainEnvironment
    (process.standardOutput, process.standardError) = (output, errors)
    let limit = try Command.start(process)
    #expect(output.fileHandleForReading.availableData == Data("ready\n".utf8))
    process.interrupt()
    var told = ""
    while !told.contains("worker") {
      let more = errors.fileHandleForReading.availableData
      if more.isEmpty { break }
      told += String(decoding: more, as: UTF8.self)
    }
    #expect(told.contains("interrupted; still running:") && told.contains("worker"), "\(told)")
    if count == 2 { process.interrupt() }
    process.waitUntilExit()
    limit.cancel()
    let rest = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(),
      as: UTF8.self
    )
    if count == 1 {
      #expect(rest == "clean\n" && process.terminationStatus == 1)
    } else {
      #expect(rest == "" && process.terminationReason == .uncaughtSignal)
    }
  }
}
