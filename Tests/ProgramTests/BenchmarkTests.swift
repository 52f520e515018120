// Every benchmark program runs with a tiny size and prints the line the reference printed, so that
// none can rot or be fast because it is wrong.

import Foundation
import Testing

@Suite struct BenchmarkTests {
  private static let scripts = Command.root.appending(path: "Benchmarks/Scripts")

  /// The expected lines; the first two words of each are the program's name and size.
  private static let lines: [String] = {
    let text = try? String(contentsOf: scripts.appending(path: "tiny.txt"), encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }()

  @Test func everyProgramHasATinySize() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.scripts.path)
    let programs = files.filter { $0.hasSuffix(".lua") }.map { $0.dropLast(4) }
    let named = Self.lines.compactMap { $0.split(separator: " ").first }
    #expect(programs.sorted() == named.sorted())
    #expect(programs.count >= 28)
  }

  @Test(arguments: lines)
  func printsTheExpectedLine(line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let outcome = try Command.run("Benchmarks/Scripts/\(words[0]).lua", words[1])
    #expect(outcome.output == line + "\n")
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }
}
