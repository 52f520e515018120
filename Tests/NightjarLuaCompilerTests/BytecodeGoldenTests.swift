// Small programs and the code they become: Tests/Golden/bytecode.

import NightjarBytecode
import NightjarLuaCompiler
import Testing

@Suite struct BytecodeGoldenTests {
  @Test(arguments: [
    "arithmetic", "assignments", "calls", "conditions", "functions", "goto", "literals", "loops",
    "tables",
  ])
  func listing(of name: String) throws {
    var file = try GoldenFile("bytecode/\(name).md")
    #expect(!file.entries.isEmpty)
    var results: [String] = []
    for entry in file.entries {
      let main = try LuaCompiler.compile(
        source: Array(entry.text.utf8),
        chunkName: Array("=golden".utf8)
      ).get()
      try Verifier.verify(main)
      let lines = Disassembler.lines(of: main).map { $0.isEmpty ? $0 : trimmed($0) }
      let listing = lines.joined(separator: "\n")
      results.append(listing)
      if !GoldenFile.isBlessing { #expect(listing == entry.result, "\(name): \(entry.text)") }
    }
    if GoldenFile.isBlessing { try file.bless(results) }
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
