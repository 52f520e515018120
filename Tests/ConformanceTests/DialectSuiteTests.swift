// The official suites of 5.1, 5.3 and 5.5 under the rules of `OfficialSuiteTests`: every file,
// unmodified, in its own process and its own copy of the suite, with a list of the assertions that
// cannot hold. What a suite asks to find beside its files lies in Tests/Conformance/lua-5.x/beside.
//
// The suite of 5.1 was edited by its packagers, so lua5.1 itself fails some of it, and there the
// reference decides: what it does not pass is expected to fail here too, what it cannot even read is
// repaired for both, and tests show that it is so.
import Foundation
import Testing

/// One file of the suite of a dialect.
struct SuiteFile: Sendable, CustomStringConvertible {
  var suite: DialectSuite
  var file: String
  var description: String { "\(suite.name) \(file)" }
}

/// A mistake in a suite's text, for which no interpreter of the dialect can read the file.
struct Repair: Sendable {
  var file: String
  var line: Int
  var wrong: String
  var right: String
  var reason: String
}

/// The official suite of a dialect, and what it takes to run it.
struct DialectSuite: Sendable {
  var name: String
  var source: URL
  var environment: [String: String] = [:]
  var repairs: [Repair] = []
  /// The reference, if it decides what cannot hold.
  var reference: String?

  static let all: [DialectSuite] = [
    Locations.cache("lua-5.1-tests").map {
      DialectSuite(
        name: "5.1",
        source: $0,
        // As its own README asks.
        environment: ["LUA_PATH": "?;./?.lua"],
        repairs: [
          Repair(
            file: "pm.lua",
            line: 89,
            wrong: "do;",
            right: "do ",
            reason: "5.1 has no empty statements"
          )
        ],
        reference: "lua5.1"
      )
    },
    Locations.cache("lua-5.3-tests").map { DialectSuite(name: "5.3", source: $0) },
    Locations.cache("lua-5.5-tests").map { DialectSuite(name: "5.5", source: $0) },
  ].compactMap { $0 }

  private var folder: URL { Locations.package.appending(path: "Tests/Conformance/lua-\(name)") }
  var expectations: URL { folder.appending(path: "expectations.txt") }
  var files: [String] {
    Locations.files(below: source, ending: ".lua").filter { !$0.contains("/") }
  }

  /// The places in a file that are expected to fail; `all.lua` runs every file.
  func places(in file: String) throws -> [String] {
    file == "all.lua"
      ? try Expectations.all(from: expectations)
      : try Expectations.load(from: expectations)[file] ?? []
  }

  /// Runs a file with the interpreter under test, or another.
  func run(
    _ file: String,
    interpreter: URL? = Locations.nightjar,
    repairing isRepaired: Bool = true,
    kilobytesMax: Int? = nil
  ) async throws -> (outcome: Subprocess.Outcome, failed: Set<String>) {
    try await OfficialSuiteTests.run(
      file,
      expecting: try places(in: file),
      environment: environment,
      kilobytesMax: kilobytesMax,
      suite: source,
      command: "lua\(name)",
      interpreter: interpreter
    ) { copy in
      try addFiles(to: copy)
      if isRepaired { for repair in repairs { try apply(repair, in: copy) } }
    }
  }

  /// Puts what lies beside the suite into a copy of it.
  private func addFiles(to copy: URL) throws {
    let beside = folder.appending(path: "beside")
    for path in Locations.files(below: beside, ending: "") {
      let from = beside.appending(path: path)
      let to = copy.appending(path: path)
      if try from.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true {
        try FileManager.default.createDirectory(at: to, withIntermediateDirectories: true)
      } else {
        try FileManager.default.copyItem(at: from, to: to)
      }
    }
  }

  /// Repairs a line; the file may be in any encoding.
  private func apply(_ repair: Repair, in copy: URL) throws {
    let file = copy.appending(path: repair.file)
    let text = try String(contentsOf: file, encoding: .isoLatin1)
    var lines = text.components(separatedBy: "\n")
    let parts = lines[repair.line - 1].components(separatedBy: repair.wrong)
    try #require(parts.count == 2, "\(repair.file):\(repair.line) is not what is repaired")
    lines[repair.line - 1] = parts.joined(separator: repair.right)
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .isoLatin1)
  }
}

@Suite("official suites of the dialects", .enabled(if: !DialectSuite.all.isEmpty))
struct DialectSuiteTests {
  static let files = DialectSuite.all.flatMap { suite in
    suite.files.filter { $0 != "heavy.lua" }.map { SuiteFile(suite: suite, file: $0) }
  }
  static let heavyFiles = DialectSuite.all.flatMap { suite in
    suite.files.filter { $0 == "heavy.lua" }.map { SuiteFile(suite: suite, file: $0) }
  }
  static let decided = DialectSuite.all.filter { $0.reference.flatMap(Locations.find) != nil }

  @Test("passes unmodified", arguments: files)
  func passes(test: SuiteFile) async throws {
    var run = try await test.suite.run(test.file)
    for _ in 0..<2
    where run.outcome.status != 0 && OfficialSuiteTests.racing.contains(test.file) {
      run = try await test.suite.run(test.file)
    }
    #expect(run.outcome.status == 0, "\(test): \(run.outcome.summary)")
    let surprises = Set(try test.suite.places(in: test.file)).subtracting(run.failed)
    #expect(surprises.isEmpty, "\(test): passed or not reached: \(surprises)")
  }

  @Test(
    "every expectation names a file of the suite, and they are few",
    arguments: DialectSuite.all
  )
  func expectationsAreFew(suite: DialectSuite) throws {
    let expectations = try Expectations.load(from: suite.expectations)
    #expect(Set(expectations.keys).isSubset(of: suite.files))
    let text = try String(contentsOf: suite.expectations, encoding: .utf8)
    #expect(text.split(separator: "\n").count < 10)
  }

  @Test("the reference fails what is expected to fail, and nothing else there", arguments: decided)
  func referenceDecides(suite: DialectSuite) async throws {
    guard let reference = suite.reference.flatMap(Locations.find) else { return }
    for (file, places) in try Expectations.load(from: suite.expectations) {
      let run = try await suite.run(file, interpreter: reference)
      #expect(run.outcome.status == 0, "\(file): \(run.outcome.summary)")
      #expect(run.failed == Set(places), "\(file)")
    }
  }

  @Test("the reference cannot read a file before it is repaired", arguments: decided)
  func repairsAreNeeded(suite: DialectSuite) async throws {
    guard let reference = suite.reference.flatMap(Locations.find) else { return }
    for repair in suite.repairs {
      let refused = try await suite.run(repair.file, interpreter: reference, repairing: false)
      #expect(refused.outcome.status != 0)
      #expect(refused.outcome.errorText.contains("\(repair.file):\(repair.line): "))
      let run = try await suite.run(repair.file, interpreter: reference)
      #expect(run.outcome.status == 0, "\(repair.reason): \(run.outcome.summary)")
      let unrepaired = try await suite.run(repair.file, repairing: false)
      #expect(unrepaired.outcome.errorText.contains("\(repair.file):\(repair.line): "))
    }
  }

  @Test(
    "heavy.lua ends with an ordinary error in 3 GB",
    .enabled(if: Locations.isSlowRun, "NIGHTJAR_SLOW=1 runs it"),
    arguments: heavyFiles
  )
  func heavy(test: SuiteFile) async throws {
    let run = try await test.suite.run(test.file, kilobytesMax: 3_000_000)
    #expect(run.outcome.status == 0, "\(test): \(run.outcome.summary)")
  }
}
