// `nightjar test` for test files in Lua. Every test runs on a machine of its own, as a task on a virtual clock:
// waiting takes no time, the order of tasks is that of a seed, and what is left over fails the test.
//
// A test is a global function whose name begins with `test`, or a function in the table that the file
// returns. It fails by an error, when tasks or timers are left over, when a task waited for something that
// nothing could bring, after a minute of its own clock, and when it computes for as long without a wait. (Tests in
// Fuse are found by the project and run elsewhere.)

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

  /// What the options say.
  private struct Plan {
    /// The orders of tasks; 0 is that of arrival.
    var seeds: [UInt64] = [0]
    /// The time after which a test hangs, on its own clock.
    var limit: UInt64 = 60_000_000_000
    /// What names of tests contain.
    var filter = ""
    /// Waiting takes its time.
    var isLive = false
  }

  /// Whether the words name test files in Lua, or folders with some and without a program in Fuse; without a file
  /// or folder, the working folder is meant.
  static func areMeant(_ words: [[UInt8]]) -> Bool {
    if words.contains(where: isTest) { return true }
    if words.contains(where: { FuseInput.isFuse($0) }) { return false }
    let folders = words.filter { FolderListing.isFolder($0) }
    return (folders.isEmpty ? [[UInt8(ascii: ".")]] : folders).contains { folder in
      !tests(in: folder).isEmpty && !hasFuse(folder)
    }
  }

  private static func isTest(_ name: [UInt8]) -> Bool {
    name.suffix(9) == Array("_test.lua".utf8)[...]
  }

  /// What stands in a folder and those below, hidden ones left out.
  private static func files(in folder: [UInt8]) -> [[UInt8]] {
    let names = FolderListing.names(in: folder) ?? []
    return names.filter { $0.first != UInt8(ascii: ".") }.flatMap { name in
      let path = folder == [UInt8(ascii: ".")] ? name : folder + [UInt8(ascii: "/")] + name
      return FolderListing.isFolder(path) ? files(in: path) : [path]
    }
  }

  private static func tests(in folder: [UInt8]) -> [[UInt8]] { files(in: folder).filter(isTest) }

  private static func hasFuse(_ folder: [UInt8]) -> Bool {
    files(in: folder).contains { FuseInput.isFuse($0) }
  }

  func run() -> Int32 {
    var options = WordReader(words, of: "test")
    var plan = Plan()
    while let option = options.nextOption() {
      if option == "--live" {
        plan.isLive = true
        continue
      }
      guard ["--seeds", "--seed", "--timeout", "--filter"].contains(option) else {
        return options.refuseOption(option)
      }
      guard let value = options.value(of: option) else { return Command.misuse }
      switch option {
      case "--filter": plan.filter = value
      case "--timeout":
        guard let seconds = UInt64(value), seconds > 0, seconds <= 1_000_000_000 else {
          return options.refuse("'\(value)' is no number of seconds")
        }
        plan.limit = seconds * 1_000_000_000
      case "--seed":
        guard let seed = UInt64(value) else { return options.refuse("'\(value)' is no seed") }
        plan.seeds = [seed]
      default:
        guard let count = UInt64(value), count > 0, count <= 1_000_000 else {
          return options.refuse("'\(value)' is no number of seeds")
        }
        plan.seeds = Array(1...count)
      }
    }
    let operands = options.operands.isEmpty ? [[UInt8(ascii: ".")]] : options.operands
    var (passed, failed) = (0, 0)
    for file in operands.flatMap({ FolderListing.isFolder($0) ? Self.tests(in: $0) : [$0] }) {
      guard let source = ProgramText.read(file) else {
        failed += 1
        continue
      }
      let tests = TestFile(path: file, source: source, dialect: dialect, plan: plan)
      guard var names = tests.names() else {
        failed += 1
        continue
      }
      if !plan.filter.isEmpty { names = names.filter { $0.contains(plan.filter) } }
      if names.isEmpty && plan.filter.isEmpty {
        Console.error("nightjar: \(Console.shown(file)) has no tests")
      }
      for name in names {
        if let failure = tests.failure(of: name) {
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
    let plan: Plan

    /// The names of its tests in order; nil when it cannot be run, which has been reported.
    func names() -> [String]? {
      let run = TestRun(self, seed: 0)
      guard let failure = run.start() else { return run.tests.map(\.name) }
      Console.error("nightjar: \(failure)")
      return nil
    }

    /// Runs a test once for each seed; what it says when it fails.
    func failure(of name: String) -> String? {
      for seed in plan.seeds {
        let run = TestRun(self, seed: seed)
        guard let failure = run.start() ?? run.failure(of: name) else { continue }
        let again = "nightjar test --seed \(seed) --filter \(name) \(Console.shown(path))"
        let lines = failure.split(separator: "\n", omittingEmptySubsequences: true)
        return "  seed \(seed): \(lines.joined(separator: "\n    "))\n  again: \(again)"
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
    private var virtualClock: VirtualClock?
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
      settings.wakesUnreachable = true
      settings.keepsTree = true
      let clock: any TaskClock
      if file.plan.isLive, let time = Console.capabilities.time {
        let limit = file.plan.limit
        clock = RealClock(time) { nanoseconds in
          guard let nanoseconds, nanoseconds <= limit else { return false }
          _ = Pause.wait(nanoseconds: nanoseconds) { false }
          return true
        }
      } else {
        let virtual = session.virtualClock ?? VirtualClock()
        virtual.limit = file.plan.limit
        virtualClock = virtual
        clock = virtual
      }
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
      let isDone = finish(test.function, name: name, failure: nil) != nil
      let machine = session.machine
      scheduler.examine()
      // What nothing can wake fails a test even if the error that it was told by was caught.
      let stuck = machine.taskFindings.filter { $0.verdict == .unreachable }.map(\.text)
      if !isDone { return ([lastFailure ?? "it failed"] + told(stuck)).joined(separator: "\n") }
      if !stuck.isEmpty { return stuck.joined(separator: "\n") }
      if machine.liveTaskCount > 0 {
        return "\(machine.liveTaskCount) tasks were left over:\n\(machine.taskTree)"
      }
      if let operations, operations.openCount > 0 {
        return "\(operations.openCount) connections, listeners or processes were left open"
      }
      if machine.taskTimerCount > 0 { return "\(machine.taskTimerCount) timers were left over" }
      return nil
    }

    /// Findings that the failure itself does not tell.
    private func told(_ findings: [String]) -> [String] {
      findings.filter { finding in
        let first = finding.prefix { $0 != "\n" }
        return !(lastFailure ?? "").contains(first)
      }
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
          lastFailure = text(values.count > 1 ? values[1] : .nil) + tree
        case .failed(let error), .cancelled(let error): lastFailure = text(error) + tree
        case .running:
          let seconds = file.plan.limit / 1_000_000_000
          let why =
            isComputing
            ? "it computes without end and never waits;" : "it hangs; after \(seconds) seconds"
          // The wait that was given up would have ended behind this moment.
          if !isComputing && !file.plan.isLive {
            machine.taskTime = max(machine.taskTime, file.plan.limit)
          }
          let waits = machine.taskWaits
          lastFailure =
            "\(why) it stood so:\n\(machine.taskTree)"
            + (waits.isEmpty ? "" : "who waits for whom:\n\(waits)")
        }
      } catch { lastFailure = String(decoding: machine.errorText, as: UTF8.self) }
      return nil
    }

    /// The tasks as they were when one failed last.
    private var tree: String {
      session.machine.treeAtFailure.map { "\nthe tasks when it failed:\n\($0)" } ?? ""
    }

    private func text(_ value: Value) -> String {
      String(decoding: session.text(of: value) ?? [], as: UTF8.self)
    }

    func take(_ most: Int64) -> Int64? {
      scheduler.clock.now() > file.plan.limit || isComputing ? nil : most
    }

    func giveBack(_ fuel: Int64) {}

    /// Whether it has computed without a wait for so long that nobody would wait for it; a minute stands for a
    /// billion units of fuel, which take some seconds.
    private var isComputing: Bool {
      (virtualClock?.fuelSinceWait ?? 0) > Int64(clamping: file.plan.limit / 60)
    }
  }
}
