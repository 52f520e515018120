// A machine with tasks under simulation, and what its programs print.

import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary
import NightjarRuntime
import Testing

/// A simulated machine.
final class Trial {
  let machine: Machine
  let clock = VirtualClock()
  let scheduler: TaskScheduler
  private let output = MemoryStream()
  private let allowance = Allowance()

  init(
    seed: UInt64? = nil,
    dialect: LuaDialect = .lua54,
    limits: Limits = Limits(),
    _ change: (inout TaskSettings) -> Void = { _ in }
  ) {
    machine = Machine(
      limits: limits,
      seed: seed ?? 1,
      dialect: dialect,
      compiler: LuaChunkCompiler(allowsBinary: false)
    )
    var capabilities = Capabilities()
    let stream = BufferedFile(output)
    capabilities.streams = StandardStreams(input: stream, output: stream, error: stream)
    capabilities.time = VirtualTime(clock, startingAt: Timestamp(seconds: 0))
    machine.capabilities = capabilities
    machine.openIntrinsics()
    machine.openPackage(path: Array("?.lua".utf8), libraryPath: [])
    machine.openFiles()
    machine.openIO()
    machine.openOS()
    var settings = TaskSettings()
    settings.isRandom = seed != nil
    settings.seed = seed ?? 0
    change(&settings)
    scheduler = TaskScheduler(machine, clock, settings)
    scheduler.fuel = allowance
  }

  /// What was printed so far.
  var printed: String {
    try? machine.capabilities.streams?.output.flush()
    return String(decoding: output.bytes, as: UTF8.self)
  }

  /// Begins a program as a task.
  func start(_ source: String, name: String = "main") throws -> TaskHandle {
    if let failure = machine.load(Array(source.utf8), chunkName: Array("=test".utf8)) {
      throw Failure(String(decoding: failure.message, as: UTF8.self))
    }
    do throws(ScriptError) {
      return try scheduler.spawn(machine.loadedFunction, name: name)
    } catch { throw Failure("no task: \(text(machine.errorValue))") }
  }

  /// A function with a text.
  func function(_ source: String) throws -> Value {
    if let failure = machine.load(Array(source.utf8), chunkName: Array("=support".utf8)) {
      throw Failure(String(decoding: failure.message, as: UTF8.self))
    }
    return machine.loadedFunction
  }

  /// Runs a program to its end.
  ///
  /// - Returns: what it printed, and behind it the error that it ended with.
  func run(_ source: String) throws -> String {
    let task = try start(source)
    return report(scheduler.run(until: task))
  }

  /// Runs a program as the command does.
  ///
  /// - Returns: what it printed, and behind it the text of the error that it ended with.
  func trace(_ source: String, name: String) throws -> String {
    if let failure = machine.load(Array(source.utf8), chunkName: Array("=\(name)".utf8)) {
      throw Failure(String(decoding: failure.message, as: UTF8.self))
    }
    let traced = machine.tracedCall()
    do throws(ScriptError) {
      let task = try scheduler.spawn(
        traced.call,
        [machine.loadedFunction, traced.handler],
        name: "main"
      )
      guard case .finished(let values) = scheduler.run(until: task),
        values.first?.isFalsy == true, values.count > 1
      else { return report(scheduler.machine.outcome(of: task)) }
      return printed + text(values[1]) + "\n"
    } catch { throw Failure("no task: \(text(machine.errorValue))") }
  }

  func report(_ outcome: TaskOutcome) -> String {
    let problems = machine.auditTasks()
    let audit = problems.isEmpty ? "" : "AUDIT: \(problems)\n"
    switch outcome {
    case .finished: return printed + audit
    case .failed(let error): return printed + audit + "failed: \(text(error))\n"
    case .cancelled(let error): return printed + audit + "cancelled: \(text(error))\n"
    case .running: return printed + audit + "still running\n"
    }
  }

  /// The text of an error, as `tostring` gives it.
  func text(_ value: Value) -> String {
    if let text = machine.text(of: value) { return String(decoding: text, as: UTF8.self) }
    machine.prepare(machine.toStringFunction)
    machine.push(value)
    guard case .finished = machine.call() else { return "?" }
    return String(decoding: machine.text(of: machine.result(0)) ?? [], as: UTF8.self)
  }

  /// What went wrong with a trial.
  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = text }
  }
}

/// Fuel enough for any test, and no more, so that none runs for ever.
final class Allowance: FuelSource {
  private var left: Int64

  init(_ fuel: Int64 = 2_000_000_000) { left = fuel }

  func take(_ most: Int64) -> Int64? {
    if left <= 0 { return nil }
    left -= most
    return most
  }

  func giveBack(_ fuel: Int64) { left += fuel }
}

/// What programs about cleanup have in common.
let cleanupPrelude = """
  local function closing(f) return setmetatable({}, { __close = f }) end
  local function kind(e) return type(e) == "table" and e.kind or e end

  """

/// Runs a program in the order of arrival and under some random orders; it prints the same in all of them.
func check(
  _ source: String,
  _ expected: String,
  orders: Bool = true,
  _ change: (inout TaskSettings) -> Void = { _ in },
  at location: SourceLocation = #_sourceLocation
) throws {
  let seeds: [UInt64?] = orders ? [nil, 1, 2, 3, 4, 5, 6, 7] : [nil]
  for seed in seeds {
    let trial = Trial(seed: seed, change)
    let printed = try trial.run(source)
    #expect(printed == expected, "seed \(seed.map { "\($0)" } ?? "none")", sourceLocation: location)
    #expect(trial.machine.liveTaskCount == 0, "tasks are left", sourceLocation: location)
    #expect(trial.machine.taskTimerCount == 0, "timers are left", sourceLocation: location)
    if printed != expected { return }
  }
}
