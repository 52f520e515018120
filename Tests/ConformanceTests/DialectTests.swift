// The other dialects: their official suites, unmodified, under the rules of `OfficialSuiteTests`; the
// differential programs that a dialect's own reference runs, compared with it; and a program whose
// modules are written in five dialects.
import Foundation
import Testing

/// A dialect beside Lua 5.4, and where what tests it lies.
struct Dialect: Sendable, CustomStringConvertible {
  /// The name that `--lua` takes.
  var name: String
  /// The reference interpreter's command.
  var reference: String?
  /// The folder of its official suite, if there is one.
  var suite: URL?
  /// Files of the suite that are no tests, or that the reference fails too.
  var leftOut: Set<String> = []

  var description: String { name }

  /// Its expectations and lists, in the manner of Lua 5.4's.
  var folder: URL { Locations.package.appending(path: "Tests/Conformance/lua-\(name)") }

  static let all = [
    Dialect(
      name: "5.1",
      reference: "lua5.1",
      suite: Locations.cache("lua-5.1-tests"),
      // Run by others, or failed by the reference itself in this edition of the suite.
      leftOut: ["all.lua", "attrib.lua", "big.lua", "main.lua", "math.lua", "pm.lua"]
    ),
    Dialect(name: "5.2", reference: "lua5.2"),
    Dialect(
      name: "5.3",
      reference: "lua5.3",
      suite: Locations.cache("lua-5.3-tests"),
      leftOut: ["all.lua", "big.lua", "heavy.lua"]
    ),
    Dialect(
      name: "5.5",
      suite: Locations.cache("lua-5.5-tests"),
      leftOut: ["all.lua", "big.lua", "heavy.lua"]
    ),
    Dialect(name: "jit", reference: "luajit"),
  ]

  /// A list of names in its folder, comments left out; empty when there is none.
  func list(_ file: String) -> Set<String> {
    let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
    return Set(text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") })
  }
}

/// One file of a suite, or one program, in a dialect.
struct DialectCase: Sendable, CustomStringConvertible {
  var dialect: Dialect
  var file: String
  var description: String { "\(dialect) \(file)" }
}

@Suite("dialects") struct DialectTests {
  static let suiteFiles: [DialectCase] = Dialect.all.flatMap { dialect -> [DialectCase] in
    guard let suite = dialect.suite else { return [] }
    return Locations.files(below: suite, ending: ".lua")
      .filter { !$0.contains("/") && !dialect.leftOut.contains($0) }
      .map { DialectCase(dialect: dialect, file: $0) }
  }

  static let programs: [DialectCase] = Dialect.all.flatMap { dialect -> [DialectCase] in
    guard let name = dialect.reference, Locations.find(name) != nil else { return [] }
    return DifferentialTests.programs.map { DialectCase(dialect: dialect, file: $0) }
  }

  @Test("passes the official suite unmodified", arguments: suiteFiles)
  func passes(test: DialectCase) async throws {
    guard test.dialect.list("open.txt").contains(test.file) else { return try await check(test) }
    await withKnownIssue("\(test) is on the list of open files", isIntermittent: true) {
      try await check(test)
    }
  }

  private func check(_ test: DialectCase) async throws {
    let places = try Expectations.load(
      from: test.dialect.folder.appending(path: "expectations.txt")
    )
    let expected = places[test.file] ?? []
    guard let suite = test.dialect.suite else { return }
    let run = try await OfficialSuiteTests.run(
      test.file,
      expecting: expected,
      suite: suite,
      command: "lua\(test.dialect)"
    )
    #expect(run.outcome.status == 0, "\(test): \(run.outcome.summary)")
    let surprises = Set(expected).subtracting(run.failed)
    #expect(surprises.isEmpty, "\(test): passed or not reached: \(surprises)")
  }

  /// The reference decides which programs are valid in a dialect: those that it runs to their end.
  @Test("prints what the dialect's reference prints", arguments: programs)
  func printsTheSame(program: DialectCase) async throws {
    guard let name = program.dialect.reference, let reference = Locations.find(name) else { return }
    let expected = try await run(program.file, reference, [])
    guard expected.status == 0 else { return }
    let nightjar = try Interpreter.nightjar()
    let actual = try await run(
      program.file,
      nightjar.executable,
      nightjar.arguments + ["--lua", program.dialect.name]
    )
    let report = difference(expected: expected.output, actual: actual.output)
    if program.dialect.list("differing.txt").contains(program.file) {
      withKnownIssue(
        "\(program) is on the list of programs that still differ",
        isIntermittent: true
      ) {
        #expect(report == nil)
      }
    } else {
      #expect(report == nil, "\(program): \(report ?? "")\n\(actual.summary)")
    }
  }

  @Test("a program in five dialects shares tables, functions, coroutines and errors")
  func mixedProgram() async throws {
    let folder = Locations.package.appending(path: "Tests/Mixed")
    let nightjar = try Interpreter.nightjar()
    let outcome = try await Subprocess(
      executable: nightjar.executable,
      arguments: ["run", "main.lua"],
      directory: folder
    ).run()
    let expected = try Data(contentsOf: folder.appending(path: "main.out"))
    let report = difference(expected: expected, actual: outcome.output)
    #expect(report == nil, "\(report ?? "")\n\(outcome.summary)")
    #expect(outcome.status == 0)
  }

  private func run(
    _ program: String,
    _ executable: URL,
    _ arguments: [String]
  ) async throws -> Subprocess.Outcome {
    try await Subprocess(
      executable: executable,
      arguments: arguments + [program],
      directory: Locations.differential
    ).run()
  }
}
