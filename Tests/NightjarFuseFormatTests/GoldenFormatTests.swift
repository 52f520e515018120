// The canonical style by example: Tests/Fuse/Format/*.md holds prose, a program, and the program
// formatted, as often as there are cases.

import FuseTesting
import Testing

@Suite struct GoldenFormatTests {
  private static let files = Programs.names(in: "Format", suffix: ".md")

  @Test func thereAreFiles() {
    #expect(Self.files.count >= 4)
  }

  @Test(arguments: files)
  func isFormattedAsBlessed(name: String) throws {
    var file = try GoldenText("Format", name)
    #expect(!file.cases.isEmpty, "\(name)")
    for (number, (program, output)) in file.cases.enumerated() {
      let text = formatted(Array(file[program].utf8), "\(name) \(number + 1)")
      if GoldenText.isBlessing { file[output] = text }
      #expect(file[output] == text, "\(name)")
    }
    try file.bless()
  }
}
