// R12: a program does not know its runtime. The same text runs live, simulated, stepped by hand, and on a runtime
// that a host has written itself: that of a game, which carries tasks on for a share of each frame.

import Nightjar
import Testing

/// A runtime of a game: frames of a sixtieth of a second, in each of which scripts may use so much fuel.
///
/// All that a runtime is, is below: when time passes, how much is run at once, and when to give up.
struct FrameLoop {
  /// How long a frame lasts.
  let frame = Duration.nanoseconds(1_000_000_000 / 60)
  /// What scripts may use of a frame.
  let budget = 20_000
  /// Frames after which a program is taken for hanging.
  let frameCountMax = 100_000

  /// What came of a program.
  enum Ending: Error {
    case hangs(tree: String)
    case stopped
  }

  /// How many frames were drawn.
  private(set) var frameCount = 0
  /// The most fuel-bound steps that a frame ended with work left over.
  private(set) var busyFrameCount = 0

  /// Draws frames until a function has ended as a task; its first result.
  mutating func run(_ function: Function, in machine: Machine, _ tasks: Tasks) throws -> Value {
    let call = try tasks.spawn(function, name: "main")
    while frameCount < frameCountMax {
      frameCount += 1
      switch tasks.step(budget: budget) {
      case .busy: busyFrameCount += 1
      case .stopped: throw Ending.stopped
      case .idle: break
      }
      if let results = try call.results() { return results.first ?? .nil }
      draw()
      tasks.advance(by: frame)
    }
    throw Ending.hangs(tree: tasks.tree)
  }

  /// A game would show its picture here.
  private func draw() {}
}

@Suite struct RuntimeTests {
  /// Programs that use what runtimes give: time, order, cancellation, channels, functions of the host.
  static let programs: [(name: String, text: String, result: String)] = [
    (
      "scopes",
      """
      local sum = 0
      task.scope(function(s)
        for i = 1, 10 do s:spawn(function() task.sleep(i / 1000) sum = sum + i end) end
      end)
      return tostring(sum)
      """, "55"
    ),
    (
      "deadlines",
      """
      local ok, why = task.timeout(0.02, task.sleep, 60)
      local fine, value = task.timeout(60, function() task.sleep(0.001) return 3 end)
      return tostring(ok) .. why.kind .. tostring(fine) .. value
      """, "falseTimeouttrue3"
    ),
    (
      "channels",
      """
      local tx, rx = task.channel(2)
      local got = {}
      task.scope(function(s)
        s:spawn(function() for i = 1, 20 do tx:send(i) end tx:close() end)
        for value in rx do got[#got + 1] = value task.yield() end
      end)
      return table.concat(got, "")
      """, "1234567891011121314151617181920"
    ),
    (
      "cleanup",
      """
      local log = {}
      task.scope(function(s)
        s:spawn(function()
          defer(function() task.sleep(0.005) log[#log + 1] = "cleaned" end)
          task.sleep(60)
        end)
        task.sleep(0.01)
        s:cancel("enough")
      end)
      return table.concat(log)
      """, "cleaned"
    ),
    (
      "failures",
      """
      local ok, message = pcall(task.scope, function(s)
        s:spawn(function() task.sleep(60) end)
        s:spawn(function() task.sleep(0.001) error("broken", 0) end)
      end)
      return message
      """, "broken"
    ),
    (
      "the host",
      "return table.concat(task.map({ 1, 2, 3 }, 3, twice), ' ')", "2 4 6"
    ),
    (
      "computing",
      "local n = 0 for i = 1, 300000 do n = n + i % 7 end return tostring(n)", "899998"
    ),
  ]

  /// Cleanup has time on a machine that has none.
  private static let limits = TaskLimits(grace: .seconds(3600))

  private func machine() -> Machine {
    let machine = Machine()
    machine.register("twice", .async) { (n: Int) async -> Int in n * 2 }
    return machine
  }

  private func load(_ text: String, _ machine: Machine) throws -> Function {
    try machine.eval("return function() \(text) end", as: Function.self)
  }

  @Test(arguments: programs)
  func simulated(program: (name: String, text: String, result: String)) async throws {
    for seed in 1...10 {
      let machine = machine()
      let tasks = machine.openTasks(SimRuntime(seed: UInt64(seed)))
      let result: String = try await tasks.runAsync(try load(program.text, machine))
      #expect(result == program.result)
      #expect(tasks.count == 0)
    }
  }

  @Test(arguments: programs)
  func onAThread(program: (name: String, text: String, result: String)) async throws {
    let machine = machine()
    let tasks = machine.openTasks(ThreadRuntime(), limits: Self.limits)
    let result: String = try await tasks.runAsync(try load(program.text, machine))
    #expect(result == program.result)
    #expect(tasks.count == 0)
  }

  @Test(arguments: programs)
  func live(program: (name: String, text: String, result: String)) async throws {
    let runtime = LiveRuntime(workers: 2)
    let isolate = try await runtime.makeIsolate(limits: Self.limits) { [self] in machine() }
    try await isolate.with { machine, _ in
      try machine.eval("function main() \(program.text) end")
    }
    #expect(try await isolate.call("main") == .string(ByteString(program.result)))
  }

  @Test(arguments: programs)
  func inAGame(program: (name: String, text: String, result: String)) throws {
    let machine = machine()
    let tasks = machine.openTasks(ManualRuntime())
    var loop = FrameLoop()
    let result = try loop.run(try load(program.text, machine), in: machine, tasks)
    #expect(result == .string(ByteString(program.result)))
    // What computes is spread over frames.
    if program.name == "computing" { #expect(loop.busyFrameCount > 20) }
    #expect(tasks.count == 0)
  }
}
