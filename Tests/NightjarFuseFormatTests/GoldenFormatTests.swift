// The canonical style by example: Tests/Fuse/Format/*.md holds prose, a program, and the program
// formatted, as often as there are cases. NIGHTJAR_BLESS=1 writes the files anew.

import Foundation
import Testing

@Suite struct GoldenFormatTests {
  private static let isBlessing = ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1"
  private static let files = Programs.names(in: "Format", suffix: ".md")

  @Test func thereAreFiles() {
    #expect(Self.files.count >= 4)
  }

  @Test(arguments: files)
  func isFormattedAsBlessed(name: String) throws {
    let text = String(decoding: try Programs.bytes("Format", name), as: UTF8.self)
    // Prose and fences alternate; every fence is split into its first line, body and last line.
    var parts = text.components(separatedBy: "```")
    #expect(parts.count % 4 == 1, "\(name): programs and their forms come in pairs")
    for index in stride(from: 1, to: parts.count - 1, by: 4) {
      let program = parts[index].dropFirst("fuse\n".count)
      let output = formatted(Array(program.utf8), "\(name) \(index / 4 + 1)")
      let expected = "fuse\n" + output
      if Self.isBlessing { parts[index + 2] = expected }
      #expect(parts[index + 2] == expected, "\(name)")
    }
    if Self.isBlessing {
      try Data(parts.joined(separator: "```").utf8).write(to: Programs.url("Format", name))
    }
  }
}
