// The whole text of every diagnostic of flow, against Tests/Fuse/Diagnostics/<code>.md.

import FuseTesting
import NightjarDiagnostics
import NightjarFuseTypes
import Testing

@Suite struct GoldenFlowTests {
  @Test(arguments: DiagnosticCode.Fuse.flow)
  func isWordedAsBlessed(_ code: DiagnosticCode) throws {
    var file = try GoldenText("Diagnostics", "\(code).md")
    #expect(!file.cases.isEmpty, "\(code)")
    var seen: Set<DiagnosticCode> = []
    for (text, output) in file.cases {
      let (words, codes) = checked(String(file[text].dropLast()))
      seen.formUnion(codes)
      if GoldenText.isBlessing { file[output] = words }
      #expect(file[output] == words, "\(code)")
    }
    #expect(seen.contains(code), "no case of \(code) shows it")
    try file.bless()
  }
}
