// `nightjar test`: runs the functions marked `#[test]`, each file in a machine of its own, several files
// at a time.

import NightjarBase
import NightjarEngine
import NightjarFuseProject
import NightjarSystem
import Synchronization

/// Runs tests.
struct FuseTests {
  /// Options, files and folders.
  let words: [[UInt8]]

  func run() -> Int32 {
    var options = WordReader(words, of: "test")
    var format = TestFormat.text
    var filter: String?
    var workerCount = Workers.processorCount
    while let option = options.nextOption() {
      guard let value = options.value(of: option) else { return Command.misuse }
      switch option {
      case "--filter": filter = value
      case "--jobs", "-j":
        guard let count = Int(value), count > 0 else {
          return options.refuse("'\(option)' takes a number above 0")
        }
        workerCount = count
      case "--format":
        guard let known = TestFormat(rawValue: value) else {
          return options.refuse("'\(value)' is no format; there are text, tap and junit")
        }
        format = known
      default: return options.refuseOption(option)
      }
    }
    guard let files = files(options.operands) else { return 1 }
    let suites = Self.run(files, filter: filter, workerCount: workerCount)
    for suite in suites { suite.report.write() }
    let report = TestReport(results: suites.flatMap(\.results))
    guard Console.print(report.text(format)) else { return 1 }
    return report.failureCount > 0 || suites.contains { $0.isBroken } ? 1 : 0
  }

  /// Runs the tests of files.
  private static func run(
    _ files: [[UInt8]],
    filter: String?,
    workerCount: Int
  ) -> [FuseTestSuite.Run] {
    let runs = Mutex<[Int: FuseTestSuite.Run]>([:])
    Workers.forEach(files.count, workerCount: workerCount) { index in
      let run = FuseTestSuite(file: files[index], filter: filter).run()
      runs.withLock { $0[index] = run }
    }
    let found = runs.withLock { $0 }
    return files.indices.compactMap { found[$0] }
  }

  // MARK: Files

  /// The Fuse files among words, and in the folders among them; without words those of the project
  /// around the working folder.
  private func files(_ words: [[UInt8]]) -> [[UInt8]]? {
    if words.isEmpty {
      let here = Invocation.resolve([UInt8(ascii: ".")]) ?? []
      let path = String(decoding: here, as: UTF8.self)
      let project = FuseProject(of: path + "/.", system: SystemModuleFiles())
      return folder(Array(project.root.utf8))
    }
    var found: [[UInt8]] = []
    for word in words {
      if FolderListing.isFolder(word) {
        found += folder(word)
      } else if FuseInput.isFuse(word) {
        // Asked here: threads report nothing.
        if ProgramText.read(word) == nil { return nil }
        found.append(word)
      } else {
        Console.error("nightjar: \(Console.shown(word)) is neither a folder nor a Fuse file")
        return nil
      }
    }
    return found
  }

  private func folder(_ path: [UInt8]) -> [[UInt8]] {
    var found: [[UInt8]] = []
    for name in FolderListing.names(in: path) ?? [] where name.first != UInt8(ascii: ".") {
      let inner = path + [UInt8(ascii: "/")] + name
      if FolderListing.isFolder(inner) {
        found += folder(inner)
      } else if FuseInput.isFuse(name), name.suffix(7) != Array(".d.fuse".utf8)[...] {
        found.append(inner)
      }
    }
    return found
  }
}

/// The tests of one file.
struct FuseTestSuite {
  /// What came of a file.
  struct Run: Sendable {
    var results: [TestResult] = []
    var report = SourceReport()
    /// Whether its tests could not be run.
    var isBroken = false
  }

  let file: [UInt8]
  let filter: String?

  func run() -> Run {
    var run = Run()
    guard let input = FuseInput(file) else {
      run.isBroken = true
      return run
    }
    guard let executable = FuseExecutable(input, isTest: true, into: &run.report) else {
      run.isBroken = true
      return run
    }
    let wanted = executable.tests.filter { name in filter.map { name.contains($0) } ?? true }
    if wanted.isEmpty { return run }
    let output = MemoryStream()
    let session = Session(
      grants: Grants(),
      programFolder: Invocation.directory(of: file),
      world: Self.world(output)
    )
    let shown = FuseInput.shownPath(input.project.files.path(of: input.module))
    guard executable.load(into: session), let tests = load(session) else {
      let why = Self.told(session.machine.errorValue, session, output)
      run.results = wanted.map {
        TestResult(file: shown, name: $0, outcome: .failed(why), nanoseconds: 0)
      }
      return run
    }
    let clock = Console.capabilities.time
    for name in wanted {
      let start = clock?.monotonicNanoseconds() ?? 0
      let outcome = Self.run(session.machine.field(tests, name), session, output)
      let end = clock?.monotonicNanoseconds() ?? 0
      run.results.append(
        TestResult(file: shown, name: name, outcome: outcome, nanoseconds: end &- start)
      )
    }
    return run
  }

  /// What tests may use: a clock, and streams of their own.
  private static func world(_ output: MemoryStream) -> Capabilities {
    var world = Capabilities.wholeSystem(patience: Patience())
    let printed = BufferedFile(output, buffering: .none)
    world.streams = StandardStreams(
      input: BufferedFile(MemoryStream()),
      output: printed,
      error: printed
    )
    return world
  }

  /// Runs the module.
  ///
  /// - Returns: the table of its tests; nil after an error.
  private func load(_ session: Session) -> Value? {
    guard case .finished(let count) = session.machine.call(traced: true, keepingObjects: true),
      count > 0
    else { return nil }
    let tests = session.machine.field(session.machine.result(0), "__tests")
    // Nothing else keeps the table while tests run.
    session.machine.setField(session.machine.registry, "fuse tests", tests)
    return tests
  }

  private static func run(
    _ test: Value,
    _ session: Session,
    _ output: MemoryStream
  ) -> TestResult.Outcome {
    session.machine.prepare(test)
    let before = output.bytes.count
    let outcome = session.machine.call(traced: true, keepingObjects: true)
    if case .finished = outcome { return .passed }
    let error = session.machine.errorValue
    if Panic.name(of: error, in: session.machine) == Array("skip".utf8) {
      let reason = session.machine.text(of: session.machine.field(error, "message")) ?? []
      return .skipped(String(decoding: reason, as: UTF8.self))
    }
    return .failed(told(error, session, output, from: before))
  }

  /// What an error says, and what has been printed before it.
  private static func told(
    _ error: Value,
    _ session: Session,
    _ output: MemoryStream,
    from start: Int = 0
  ) -> String {
    let text =
      Panic(error, in: session.machine)?.text ?? session.machine.text(of: error)
      ?? Array("(error object is a \(session.machine.typeName(of: error)) value)".utf8)
    let printed = String(decoding: output.bytes[start...], as: UTF8.self)
    return String(decoding: text, as: UTF8.self) + (printed.isEmpty ? "" : "\nprinted:\n\(printed)")
  }
}
