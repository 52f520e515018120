// `nightjar test` for test files in Lua. Every test runs on a machine of its own, as a task on a virtual clock:
// waiting takes no time, the order of tasks is that of a seed, and what is left over fails the test.
//
// A test is a global function whose name begins with `test`, or a function in the table that the file
// returns. (Tests in Fuse are found by the project and run elsewhere.)

import NightjarBase
import NightjarEngine
import NightjarLuaLibrary
import NightjarRuntime
import NightjarSystem

/// Runs test files.
struct LuaTests {
  /// Options and names of files.
  let words: [[UInt8]]
  /// The Lua of files that do not name theirs.
  let dialect: LuaDialect?

  /// The time after which a test hangs, on its own clock.
  private static let hangNanoseconds: UInt64 = 60_000_000_000

  /// Whether the words name test files in Lua.
  static func areMeant(_ words: [[UInt8]]) -> Bool {
    words.contains { $0.suffix(9) == Array("_test.lua".utf8)[...] }
  }

  func run() -> Int32 {
    var options = WordReader(words, of: "test")
    var seeds: [UInt64] = [0]
    while let option = options.nextOption() {
      switch option {
      case "--seeds":
        guard let value = options.value(of: option) else { return Command.misuse }
        guard let count = UInt64(value), count > 0, count <= 1_000_000 else {
          return options.refuse("'\(value)' is no number of seeds")
        }
        seeds = Array(1...count)
      case "--seed":
        guard let value = options.value(of: option) else { return Command.misuse }
        guard let seed = UInt64(value) else { return options.refuse("'\(value)' is no seed") }
        seeds = [seed]
      default: return options.refuseOption(option)
      }
    }
    if options.operands.isEmpty { return options.refuse("'test' needs a FILE, such as a_test.lua") }
    var (passed, failed) = (0, 0)
    for file in options.operands {
      guard let source = ProgramText.read(file) else {
        failed += 1
        continue
      }
      let tests = TestFile(path: file, source: source, dialect: dialect)
      guard let names = tests.names() else {
        failed += 1
        continue
      }
      if names.isEmpty { Console.error("nightjar: \(Console.shown(file)) has no tests") }
      for name in names {
        if let failure = tests.failure(of: name, seeds) {
          failed += 1
          Console.print("FAIL \(Console.shown(file)) \(name)\n\(failure)")
        } else {
          passed += 1
          Console.print("ok   \(Console.shown(file)) \(name)")
        }
      }
    }
    Console.print("\(passed) passed, \(failed) failed")
    return failed == 0 ? 0 : 1
  }

  /// A file of tests.
  private struct TestFile {
    let path: [UInt8]
    let source: [UInt8]
    let dialect: LuaDialect?

    /// The names of its tests in order; nil when it cannot be run, which has been reported.
    func names() -> [String]? {
      let run = TestRun(self, seed: 0)
      guard let failure = run.start() else { return run.tests.map(\.name) }
      Console.error("nightjar: \(failure)")
      return nil
    }

    /// Runs a test once for each seed; what it says when it fails.
    func failure(of name: String, _ seeds: [UInt64]) -> String? {
      for seed in seeds {
        let run = TestRun(self, seed: seed)
        guard let failure = run.start() ?? run.failure(of: name) else { continue }
        return "  seed \(seed): \(failure.split(separator: "\n").joined(separator: "\n    "))"
      }
      return nil
    }
  }

  /// One run of a file, on a machine of its own.
  private final class TestRun: FuelSource {
    private let session: Session
    private let scheduler: TaskScheduler
    private let file: TestFile
    private(set) var tests: [(name: String, function: Value)] = []
    private var kept: [TaskHandle] = []
    private var operations: ParkedOperations?

    init(_ file: TestFile, seed: UInt64) {
      self.file = file
      session = Session(
        dialect: DialectOption.dialect(of: file.source, asked: file.dialect),
        grants: Grants(),
        programFolder: Invocation.directory(of: file.path),
        simulation: Simulation(seed: seed, isFair: seed == 0)
      )
      var settings = TaskSettings()
      settings.isRandom = seed != 0
      settings.seed = seed
      let clock = session.virtualClock ?? VirtualClock()
      clock.limit = LuaTests.hangNanoseconds
      scheduler = TaskScheduler(session.machine, clock, settings)
      scheduler.fuel = self
      let simulation = Simulation(seed: seed)
      ParkedLibrary.open(session.machine) { [unowned self] in
        // A world that exists only in memory is nothing to ask for.
        let operations = TaskProgram.operations(simulation, .all)
        self.operations = operations
        scheduler.host = operations
        return operations
      }
    }

    /// Runs the file and finds its tests; what went wrong, if anything.
    func start() -> String? {
      let name = ProgramText.chunkName(of: file.path)
      guard session.load(SourceFile.chunk(in: file.source), chunkName: name) else {
        return "it does not compile"
      }
      let machine = session.machine
      guard let results = finish(machine.loadedFunction, name: "file", failure: nil) else {
        return lastFailure
      }
      var position = 0
      while let entry = machine.nextEntry(of: machine.globals, &position) { add(entry) }
      if let table = results.first {
        position = 0
        while let entry = machine.nextEntry(of: table, &position) { add(entry) }
      }
      return nil
    }

    private func add(_ entry: (key: Value, value: Value)) {
      guard case .function = session.machine.read(entry.value),
        case .string(let bytes) = session.machine.read(entry.key)
      else { return }
      let name = String(decoding: bytes, as: UTF8.self)
      if name.hasPrefix("test") { tests.append((name, entry.value)) }
    }

    private var lastFailure: String?

    /// Runs a test; what it says when it fails.
    func failure(of name: String) -> String? {
      guard let test = tests.first(where: { $0.name == name }) else {
        return "the file did not define it this time"
      }
      guard finish(test.function, name: name, failure: nil) != nil else { return lastFailure }
      let machine = session.machine
      if machine.liveTaskCount > 0 {
        return "\(machine.liveTaskCount) tasks were left over:\n\(machine.taskTree)"
      }
      if let operations, operations.openCount > 0 {
        return "\(operations.openCount) connections, listeners or processes were left open"
      }
      return nil
    }

    /// Runs a function as a task; its results, or nil after a failure.
    private func finish(_ function: Value, name: String, failure: String?) -> [Value]? {
      let machine = session.machine
      let traced = machine.tracedCall()
      do throws(ScriptError) {
        let task = try scheduler.spawn(traced.call, [function, traced.handler], name: name)
        kept.append(task)
        switch scheduler.run(until: task) {
        case .finished(let values):
          if values.first?.isFalsy == false { return Array(values.dropFirst()) }
          lastFailure = text(values.count > 1 ? values[1] : .nil)
        case .failed(let error), .cancelled(let error): lastFailure = text(error)
        case .running: lastFailure = "it hangs; after a minute it stood so:\n\(machine.taskTree)"
        }
      } catch { lastFailure = String(decoding: machine.errorText, as: UTF8.self) }
      return nil
    }

    private func text(_ value: Value) -> String {
      String(decoding: session.text(of: value) ?? [], as: UTF8.self)
    }

    func take(_ most: Int64) -> Int64? {
      scheduler.clock.now() > LuaTests.hangNanoseconds ? nil : most
    }
    func giveBack(_ fuel: Int64) {}
  }
}
