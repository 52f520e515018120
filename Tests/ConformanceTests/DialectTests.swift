// The other dialects: the differential programs that a dialect's own reference runs, compared with it;
// and a program whose modules are written in five dialects. Their official suites have a file of
// their own (DialectSuiteTests.swift).
import Foundation
import Testing

/// A dialect beside Lua 5.4, and where what tests it lies.
struct Dialect: Sendable, CustomStringConvertible {
  /// The name that `--lua` takes.
  var name: String
  /// The reference interpreter's command.
  var reference: String?

  var description: String { name }

  /// Its expectations and lists, in the manner of Lua 5.4's.
  var folder: URL { Locations.package.appending(path: "Tests/Conformance/lua-\(name)") }

  static let all = [
    Dialect(name: "5.1", reference: "lua5.1"),
    Dialect(name: "5.2", reference: "lua5.2"),
    Dialect(name: "5.3", reference: "lua5.3"),
    Dialect(name: "5.5"),
    Dialect(name: "jit", reference: "luajit"),
  ]

  /// A list of names in its folder, comments left out; empty when there is none.
  func list(_ file: String) -> Set<String> {
    let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
    return Set(text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") })
  }
}

/// One program in a dialect.
struct DialectCase: Sendable, CustomStringConvertible {
  var dialect: Dialect
  var file: String
  var description: String { "\(dialect) \(file)" }
}

@Suite("dialects") struct DialectTests {
  static let programs: [DialectCase] = Dialect.all.flatMap { dialect -> [DialectCase] in
    guard let name = dialect.reference, Locations.find(name) != nil else { return [] }
    return DifferentialTests.programs.map { DialectCase(dialect: dialect, file: $0) }
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
