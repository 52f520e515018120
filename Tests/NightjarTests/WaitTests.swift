// System calls that wait end with the call of the script: at its deadline, by the kill switch, with its
// task. None of the processes and peers here would ever end or answer by itself.

import Foundation
import Nightjar
import Testing

@Suite struct WaitTests {
  /// Scripts that wait for ever; `port` is one that accepts and says nothing.
  static let waits = [
    "io.popen('sleep 3600'):read()",
    "io.popen('sleep 3600'):close()",
    "local p = io.popen('sleep 3600', 'w') p:setvbuf('no') while true do p:write(('x'):rep(65536)) end",
    "os.execute('sleep 3600')",
    "os.execute('trap \"\" INT TERM; sleep 3600')",
    "net.connect('127.0.0.1', port):read()",
    "local c = net.connect('127.0.0.1', port) while true do c:write(('x'):rep(1000000)) end",
    "http.request('http://127.0.0.1:' .. port .. '/')",
    "local f <close> = io.open(fifo) f:read()",
    "io.open(fifo, 'w'):write('x')",
    // What is refused cannot be caught for long, and not be followed by another wait.
    "while true do pcall(os.execute, 'sleep 3600') end",
    "pcall(os.execute, 'sleep 3600') pcall(os.execute, 'sleep 3600') return 1",
    "local c = coroutine.wrap(function() pcall(os.execute, 'sleep 3600') end) c()",
  ]

  private let silent: LoopbackServer
  private let folder: URL

  init() throws {
    silent = try LoopbackServer(readsRequests: false) { exchange in
      // It reads nothing either.
      Thread.sleep(forTimeInterval: 3_600)
      _ = exchange
    }
    folder = FileManager.default.temporaryDirectory.appending(path: "nightjar-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    mkfifo(folder.appending(path: "fifo").path, 0o600)
  }

  private func machine(time: Duration? = nil) -> Machine {
    var capabilities = Capabilities.wholeSystem()
    capabilities.streams = nil
    var limits = Limits()
    limits.time = time
    let machine = Machine(Configuration(limits: limits), capabilities: capabilities)
    machine["port"] = .integer(silent.port)
    machine["fifo"] = .string(ByteString(folder.appending(path: "fifo").path))
    return machine
  }

  private func cleanUp() {
    silent.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  @Test(arguments: waits)
  func endAtTheDeadline(code: String) throws {
    defer { cleanUp() }
    let machine = machine(time: .milliseconds(150))
    let start = ContinuousClock.now
    let error = #expect(throws: ScriptError.self) { try machine.eval(code) }
    #expect(error?.kind == .deadline)
    #expect(ContinuousClock.now - start < .seconds(1_800))
    // The machine is as good as before.
    let two: Int = try machine.eval("return 1 + 1")
    #expect(two == 2)
  }

  @Test(arguments: waits)
  func endWhenKilled(code: String) throws {
    defer { cleanUp() }
    let machine = machine()
    let killSwitch = machine.killSwitch
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.15)
      killSwitch.kill()
    }
    let start = ContinuousClock.now
    let error = #expect(throws: ScriptError.self) { try machine.eval(code) }
    #expect(error?.kind == .killed)
    #expect(ContinuousClock.now - start < .seconds(1_800))
  }

  /// A task may be cancelled before it waits, or even before it begins.
  @Test(arguments: [0, 100]) func endWithTheTask(milliseconds: Int) async throws {
    defer { cleanUp() }
    let port = silent.port
    let task = Task.detached {
      var capabilities = Capabilities()
      capabilities.network = .system
      let machine = Machine(capabilities: capabilities)
      do throws(ScriptError) {
        try await machine.evalAsync("net.connect('127.0.0.1', \(port), 3600):read()")
        return ScriptError.Kind?.none
      } catch { return error.kind }
    }
    if milliseconds > 0 { try await Task.sleep(for: .milliseconds(milliseconds)) }
    task.cancel()
    #expect(await task.value == .cancelled)
  }

  /// Files with a quota wait no longer than those without.
  @Test(arguments: ["io.open(fifo)", "io.open(fifo, 'w'):write('x')"])
  func endWhereFilesAreLimited(code: String) throws {
    defer { cleanUp() }
    var capabilities = Capabilities.wholeSystem()
    capabilities.files = capabilities.files?.limited(bytes: 1000)
    let overlay = FileAccess.overlay(MemoryFileSystem(), over: try #require(capabilities.files))
    for files in [capabilities.files, code.contains("'w'") ? nil : overlay] {
      guard let files else { continue }
      capabilities.files = files
      var limits = Limits()
      limits.time = .milliseconds(150)
      let machine = Machine(Configuration(limits: limits), capabilities: capabilities)
      machine["fifo"] = .string(ByteString(folder.appending(path: "fifo").path))
      let error = #expect(throws: ScriptError.self) { try machine.eval(code) }
      #expect(error?.kind == .deadline)
    }
  }

  @Test func endFibersToo() throws {
    defer { cleanUp() }
    let machine = machine(time: .milliseconds(150))
    let function = try machine.load("os.execute('sleep 3600')")
    let fiber = try machine.makeFiber(function)
    guard case .failed(let error) = machine.run(fiber) else {
      Issue.record("no failure")
      return
    }
    #expect(error.kind == .deadline)
    #expect(!fiber.isPaused)
  }

  @Test func programsThatWereGivenUpAreGone() throws {
    defer { cleanUp() }
    let mark = folder.appending(path: "mark").path
    let machine = machine(time: .milliseconds(100))
    #expect(throws: ScriptError.self) {
      // The shell waits for a child, which must not outlive it.
      try machine.eval("os.execute('(while :; do echo x >> \(mark); sleep 0.02; done) & wait')")
    }
    // A terminal is shared with the program's own group, so only without one is all of it ended.
    if isatty(0) != 0 { return }
    func byteCount() -> Int { (try? Data(contentsOf: URL(filePath: mark)).count) ?? 0 }
    // Who is told to end may write once more; who goes on would write in each of the pauses.
    var isQuiet = false
    for _ in 0..<20 where !isQuiet {
      let before = byteCount()
      Thread.sleep(forTimeInterval: 0.2)
      isQuiet = byteCount() == before
    }
    #expect(isQuiet)
  }

  @Test func programsStillGoTheirWay() throws {
    defer { cleanUp() }
    let machine = machine(time: .seconds(600))
    let (text, how, code) = try machine.eval(
      """
      local p = io.popen("echo out; exit 3")
      local text = p:read("a")
      return text, select(2, p:close())
      """,
      as: (String, String, Int).self
    )
    #expect(text == "out\n" && how == "exit" && code == 3)
    let (ok, signal, number) = try machine.eval(
      "return os.execute('kill -9 $$')",
      as: (Bool?, String, Int).self
    )
    #expect(ok == nil && signal == "signal" && number == 9)
    // More than a pipe holds, both ways.
    let count: Int = try machine.eval(
      """
      local name = os.tmpname()
      local p = io.popen("cat > " .. name, "w")
      for i = 1, 300 do p:write(("x"):rep(1000)) end
      assert(p:close())
      local count = #io.popen("cat " .. name):read("a")
      os.remove(name)
      return count
      """
    )
    #expect(count == 300_000)
  }
}
