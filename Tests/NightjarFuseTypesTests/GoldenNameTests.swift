// The whole text of every diagnostic of names and modules, against Tests/Fuse/Diagnostics/<code>.md.

import FuseTesting
import NightjarDiagnostics
import NightjarFuseTypes
import Testing

@Suite struct GoldenNameTests {
  @Test(arguments: DiagnosticCode.Fuse.names)
  func isWordedAsBlessed(_ code: DiagnosticCode) throws {
    var file = try GoldenText("Diagnostics", "\(code).md")
    #expect(!file.cases.isEmpty, "\(code)")
    var seen: Set<DiagnosticCode> = []
    for (text, output) in file.cases {
      let program = program(String(file[text].dropLast()))
      seen.formUnion(program.modules.flatMap { $0.diagnostics.map(\.code) })
      let words = rendered(program)
      if GoldenText.isBlessing { file[output] = words }
      #expect(file[output] == words, "\(code)")
    }
    #expect(seen.contains(code), "no case of \(code) shows it")
    try file.bless()
  }

  /// Every file is about a code that exists.
  @Test func filesAndCodesAgree() {
    let all =
      DiagnosticCode.Fuse.syntax + DiagnosticCode.Fuse.names + DiagnosticCode.Fuse.types
      + DiagnosticCode.Fuse.flow + DiagnosticCode.Fuse.targets
    let codes = Set(all.map { "\($0).md" })
    #expect(codes.count == all.count)
    #expect(codes == Set(Programs.names(in: "Diagnostics", suffix: ".md")))
  }
}
