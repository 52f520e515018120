// The programs of Examples/ print what their comments promise. The expected texts are the reference
// interpreter's, but for `asking.lua`, which only Nightjar can run: of that, the closing lines.

import Foundation
import Testing

@Suite struct ExampleTests {
  private static let expected = Command.root.appending(path: "Tests/ProgramTests/Expected")

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.expected.appending(path: "\(name).txt"), encoding: .utf8)
  }

  @Test(arguments: [
    "mandelbrot", "words", "json", "template", "sudoku", "supermarket", "adventure",
  ])
  func printsWhatTheReferencePrints(name: String) throws {
    let outcome = try Command.run("Examples/\(name).lua")
    #expect(outcome.output == (try text(name)))
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  @Test func pausesInsideLibraryFunctions() throws {
    let outcome = try Command.run("Examples/asking.lua")
    let finished = outcome.output.split(separator: "\n").filter { $0.contains(" done, ") }
    #expect(finished.sorted().joined(separator: "\n") + "\n" == (try text("asking")))
    #expect(outcome.status == 0)
  }

  @Test func everyExampleIsTested() throws {
    let examples = Command.root.appending(path: "Examples").path
    let programs = try FileManager.default.contentsOfDirectory(atPath: examples)
      .filter { $0.hasSuffix(".lua") }.map { String($0.dropLast(4)) + ".txt" }
    let texts = try FileManager.default.contentsOfDirectory(atPath: Self.expected.path)
    #expect(programs.sorted() == texts.sorted())
  }
}
