// The yield matrix: each file of Tests/YieldMatrix suspends inside the positions it is about and
// asserts for itself that results and order are those of the same operation without a yield. The
// reference interpreter cannot run most of them, so there is nothing to compare with.
import Foundation
import Testing

@Suite("yield matrix") struct YieldMatrixTests {
  static let programs = Locations.files(below: Locations.yieldMatrix, ending: ".lua")
    .filter { $0 != "harness.lua" }

  @Test("every position suspends and goes on", arguments: programs)
  func suspendsAndGoesOn(program: String) async throws {
    try await Self.check(program)
  }

  private static func check(_ program: String) async throws {
    let interpreter = try Interpreter.nightjar()
    let outcome = try await Subprocess(
      executable: interpreter.executable,
      arguments: interpreter.arguments + [program],
      directory: Locations.yieldMatrix,
      secondsMax: 60
    ).run()
    #expect(outcome.status == 0, "\(program): \(outcome.outputText)\n\(outcome.summary)")
    // A file that ends early without an error must not count as passed.
    #expect(outcome.outputText.hasSuffix("cases passed\n"), "\(program): \(outcome.outputText)")
  }
}
