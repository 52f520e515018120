// Programs compared with the reference of a dialect: those of Tests/Differential/programs that the
// reference runs to their end, those of Tests/Differential/lua-… that were written for one dialect,
// and those of Tests/Differential/rules, one for each rule of the tables of dialects.
import Foundation
import Testing

/// A program and the dialect to compare it in.
struct DialectProgram: Sendable, CustomStringConvertible {
  var dialect: Dialect
  /// The folder it runs in.
  var folder: URL
  var file: String

  var description: String { "\(dialect) \(folder.lastPathComponent)/\(file)" }
}

/// What is to differ, by program: the number of the first line of output that does, and why.
struct ExpectedDifferences {
  let lines: [String: Int]
  let count: Int

  /// Reads a list of lines `PROGRAM:LINE  reason`.
  init(of dialect: Dialect) throws {
    let url = dialect.folder.appending(path: "differences.txt")
    guard FileManager.default.fileExists(atPath: url.path) else {
      lines = [:]
      count = 0
      return
    }
    let entries = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
    var lines: [String: Int] = [:]
    for entry in entries {
      let words = entry.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      let place = words[0].split(separator: ":")
      try #require(words.count == 2 && place.count == 2, "no reason or no line: \(entry)")
      lines[String(place[0])] = try #require(Int(place[1]))
    }
    self.lines = lines
    count = entries.count
  }
}

@Suite("programs of dialects") struct DialectProgramTests {
  private static let root = Locations.package.appending(path: "Tests/Differential")

  /// The dialects whose reference this machine has.
  private static let compared = Dialect.all.filter { dialect in
    dialect.reference.map { Locations.find($0) != nil } ?? false
  }

  private static func programs(in folder: URL, _ dialect: Dialect) -> [DialectProgram] {
    Locations.files(below: folder, ending: ".lua")
      .map { DialectProgram(dialect: dialect, folder: folder, file: $0) }
  }

  static let shared = compared.flatMap { programs(in: Locations.differential, $0) }
  static let own = compared.flatMap {
    programs(in: root.appending(path: "lua-\($0.name)"), $0)
  }
  static let rules = compared.flatMap { programs(in: root.appending(path: "rules"), $0) }

  /// The reference decides which programs are valid in a dialect: those that it runs to their end.
  @Test("prints what the dialect's reference prints", arguments: shared)
  func printsTheSame(program: DialectProgram) async throws {
    try await compare(program, needsSuccess: false)
  }

  @Test("a dialect's own program prints what its reference prints", arguments: own)
  func ownPrintsTheSame(program: DialectProgram) async throws {
    try await compare(program, needsSuccess: true)
  }

  @Test("a rule's program prints what the dialect's reference prints", arguments: rules)
  func rulePrintsTheSame(program: DialectProgram) async throws {
    try await compare(program, needsSuccess: true)
  }

  @Test(
    "at least 200 programs are compared with lua5.2",
    .enabled(if: Locations.find("lua5.2") != nil)
  )
  func enoughPrograms() async throws {
    let reference = try #require(Locations.find("lua5.2"))
    let candidates = (Self.shared + Self.own + Self.rules).filter { $0.dialect.name == "5.2" }
    var count = 0
    for program in candidates where try await run(program, reference, []).status == 0 {
      count += 1
    }
    #expect(count >= 200)
  }

  @Test("expected differences are few, and of programs there are", arguments: Self.compared)
  func differencesAreFew(dialect: Dialect) throws {
    let expected = try ExpectedDifferences(of: dialect)
    #expect(expected.count < 10 && expected.count == expected.lines.count)
    let programs = Set((Self.shared + Self.own).map(\.file))
    #expect(Set(expected.lines.keys).isSubset(of: programs))
  }

  private func compare(_ program: DialectProgram, needsSuccess: Bool) async throws {
    guard let name = program.dialect.reference, let reference = Locations.find(name) else { return }
    let wanted = try await run(program, reference, [])
    if !needsSuccess && wanted.status != 0 { return }
    #expect(wanted.status == 0, "\(program) on \(name): \(wanted.summary)")
    let nightjar = try Interpreter.nightjar()
    let actual = try await run(
      program,
      nightjar.executable,
      nightjar.arguments + ["--lua", program.dialect.name]
    )
    #expect(actual.status == 0, "\(program): \(actual.summary)")
    let differing = firstDifference(wanted.output, actual.output)
    let expected = try ExpectedDifferences(of: program.dialect).lines[program.file]
    let report = difference(expected: wanted.output, actual: actual.output) ?? "no difference"
    #expect(differing == expected, "\(program): \(report)")
  }

  /// The number of the first line that differs; nil when none does.
  private func firstDifference(_ first: Data, _ second: Data) -> Int? {
    if first == second { return nil }
    let lines = [first, second].map {
      $0.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }
    let same = zip(lines[0], lines[1]).prefix { $0 == $1 }.count
    return same + 1
  }

  private func run(
    _ program: DialectProgram,
    _ executable: URL,
    _ arguments: [String]
  ) async throws -> Subprocess.Outcome {
    try await Subprocess(
      executable: executable,
      arguments: arguments + [program.file],
      directory: program.folder
    ).run()
  }
}
