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

  /// Servers and their visitors, on the real network and in simulated worlds.
  @Test(arguments: [[], ["--sim", "--seed", "7"], ["--sim", "--seed", "8"]])
  func serversAndTheirVisitors(options: [String]) throws {
    let outcome = try Command.invoke(
      ["run", "--allow-net"] + options + ["Examples/async/demo.lua"]
    )
    #expect(
      outcome.output == """
        chat
          ann reads	* bob has come
          bob reads	ann: hello
          ann reads	* bob has left
        crawler, through the proxy, past a server that is down
          200	/	37 bytes
          200	/a	20 bytes
          200	/b	74 bytes
          200	/c	7 bytes
          404	/lost	12 bytes

        """
    )
    #expect(outcome.errors == "" && outcome.status == 0)
  }

  /// Their tests in Lua pass in many orders.
  @Test func serversPassTheirTests() throws {
    let outcome = try Command.invoke(
      ["test", "--seeds", "30", "Examples/async/services_test.lua"]
    )
    #expect(outcome.output.hasSuffix("8 passed, 0 failed\n") && outcome.status == 0, "\(outcome)")
  }

  @Test func everyExampleIsTested() throws {
    let examples = Command.root.appending(path: "Examples").path
    let programs = try FileManager.default.contentsOfDirectory(atPath: examples)
      .filter { $0.hasSuffix(".lua") }.map { String($0.dropLast(4)) + ".txt" }
    let texts = try FileManager.default.contentsOfDirectory(atPath: Self.expected.path)
    #expect(programs.sorted() == texts.sorted())
  }
}
