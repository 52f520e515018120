// The language files of the official suite with a heap that is made to show mistakes: a collection
// after every allocation, or a small step of one and a check of every object (NIGHTJAR_HEAP, see
// Session+HardModes.swift). Any other suite runs so as well, when the variable is set for it.
//
// The periods keep a file within seconds: what is large makes each collection dear.
import Foundation
import Testing

@Suite("hard modes of the heap")
struct HardModeTests {
  struct Run: CustomTestStringConvertible, Sendable {
    var file: String
    var mode: String
    var testDescription: String { "\(file), \(mode)" }
  }

  /// Small enough for a collection at each allocation.
  private static let small = [
    "attrib", "bitwise", "bwcoercion", "closure", "coroutine", "db", "events", "files", "gengc",
    "goto", "literals", "math", "pm", "strings", "tpack", "tracegc", "utf8", "vararg",
  ]

  static let runs: [Run] =
    small.flatMap { file in
      [
        Run(file: file + ".lua", mode: "collect"),
        Run(file: file + ".lua", mode: "step=200,check,every=5"),
      ]
    } + [
      Run(file: "calls.lua", mode: "collect,every=10"),
      Run(file: "constructs.lua", mode: "collect,every=2000"),
      Run(file: "errors.lua", mode: "collect,every=10"),
      Run(file: "locals.lua", mode: "collect,every=10"),
      Run(file: "locals.lua", mode: "step=200,check,every=20"),
      Run(file: "nextvar.lua", mode: "collect"),
      Run(file: "nextvar.lua", mode: "step=200,check,every=50"),
      Run(file: "nextvar.lua", mode: "step=5000,check,every=50"),
      Run(file: "sort.lua", mode: "collect"),
      Run(file: "sort.lua", mode: "step=200,check,every=20"),
    ]

  @Test(
    "the official suite's language files pass",
    .enabled(
      if: FileManager.default.fileExists(atPath: Locations.officialSuite.path),
      "run Tools/fetch-suites.sh first"
    ),
    arguments: runs
  )
  func passes(run: Run) async throws {
    let outcome = try await OfficialSuiteTests.run(
      run.file,
      expecting: try Expectations.load()[run.file] ?? [],
      environment: ["NIGHTJAR_HEAP": run.mode]
    ).outcome
    #expect(outcome.status == 0, "\(run.testDescription): \(outcome.summary)")
  }

  @Test("a hard mode is on when it is asked for")
  func isOn() async throws {
    let program = """
      local weak = setmetatable({ {} }, { __mode = 'v' })
      for i = 1, 3 do local new = {} end
      print(#weak)
      """
    #expect(try await eval(program, mode: nil).outputText == "1\n")
    #expect(try await eval(program, mode: "collect,check").outputText == "0\n")
  }

  @Test("an unknown word is an error")
  func unknownWord() async throws {
    let outcome = try await eval("print(1)", mode: "collect,evry=3")
    #expect(outcome.status == 2)
    #expect(outcome.errorText == "nightjar: NIGHTJAR_HEAP: what is 'evry=3'?\n")
  }

  private func eval(_ program: String, mode: String?) async throws -> Subprocess.Outcome {
    guard let nightjar = Locations.nightjar else { throw MissingCommand() }
    return try await Subprocess(
      executable: nightjar,
      arguments: ["eval", program],
      directory: Locations.package,
      environment: mode.map { ["NIGHTJAR_HEAP": $0] } ?? [:]
    ).run()
  }
}
