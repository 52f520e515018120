// Every program of Tests/Differential prints on Nightjar what it prints on the reference
// interpreter. The reference's output is kept beside each program (`Tools/bless-differential`
// writes it), so the comparison needs no reference; where there is one, it is asked too.
import Foundation
import Testing

@Suite("differential") struct DifferentialTests {
  static let programs = Locations.files(below: Locations.differential, ending: ".lua")

  @Test("there are at least 300 programs, each with its expected output")
  func corpusIsComplete() async throws {
    #expect(Self.programs.count >= 300)
    let outputs = Set(Locations.files(below: Locations.differential, ending: ".out"))
    let wanted = Set(Self.programs.map { $0.replacingSuffix(".lua", by: ".out") })
    #expect(outputs == wanted)
  }

  @Test("prints what the reference printed", arguments: programs)
  func printsTheSame(program: String) async throws {
    let actual = try await Self.run(program, on: .nightjar())
    let expected = try Self.expectedOutput(of: program)
    let report = difference(expected: expected, actual: actual.transcript)
    #expect(report == nil, "\(program): \(report ?? "")\n\(actual.outcome.summary)")
  }

  @Test(
    "the kept output is the reference's",
    .enabled(if: Interpreter.reference != nil),
    arguments: programs
  )
  func keptOutputIsRight(program: String) async throws {
    let reference = try #require(Interpreter.reference)
    let live = try await Self.run(program, on: reference)
    let expected = try Self.expectedOutput(of: program)
    let report = difference(expected: expected, actual: live.transcript)
    #expect(report == nil, "\(program), run Tools/bless-differential: \(report ?? "")")
  }

  private static func expectedOutput(of program: String) throws -> Data {
    let file = program.replacingSuffix(".lua", by: ".out")
    return try Data(contentsOf: Locations.differential.appending(path: file))
  }

  /// The transcript is standard output and a line with the exit status, as in the kept files.
  private static func run(
    _ program: String,
    on interpreter: Interpreter
  ) async throws -> (transcript: Data, outcome: Subprocess.Outcome) {
    let outcome = try await Subprocess(
      executable: interpreter.executable,
      arguments: interpreter.arguments + [program],
      directory: Locations.differential
    ).run()
    return (outcome.output + Data("[exit \(outcome.status)]\n".utf8), outcome)
  }
}

extension String {
  func replacingSuffix(_ suffix: String, by other: String) -> String {
    hasSuffix(suffix) ? dropLast(suffix.count) + other : self
  }
}
