// The whole text of every diagnostic of syntax, against Tests/Fuse/Diagnostics/<code>.md: prose, a
// program, what is printed about it, as often as there are cases. NIGHTJAR_BLESS=1 writes the files
// anew.

import FuseTesting
import NightjarDiagnostics
import NightjarFuseSyntax
import Testing

@Suite struct GoldenDiagnosticTests {
  @Test(arguments: DiagnosticCode.Fuse.syntax)
  func isWordedAsBlessed(_ code: DiagnosticCode) throws {
    var file = try GoldenText("Diagnostics", "\(code).md")
    #expect(!file.cases.isEmpty, "\(code)")
    var seen: Set<DiagnosticCode> = []
    for (program, output) in file.cases {
      let tree = Self.read(code, String(file[program].dropLast()))
      seen.formUnion(tree.diagnostics.map(\.code))
      let text = rendered(tree)
      if GoldenText.isBlessing { file[output] = text }
      #expect(file[output] == text, "\(code)")
    }
    #expect(seen.contains(code), "no case of \(code) shows it")
    try file.bless()
  }

  /// Every file is about a code that exists.
  @Test func filesAndCodesAgree() {
    let codes = Set(DiagnosticCode.Fuse.syntax.map { "\($0).md" })
    #expect(codes.count == DiagnosticCode.Fuse.syntax.count)
    #expect(codes.isSubset(of: Programs.names(in: "Diagnostics", suffix: ".md")))
  }

  /// Reads a program as the code's cases want it.
  private static func read(_ code: DiagnosticCode, _ text: String) -> FuseTree {
    switch code {
    case .Fuse.invalidUTF8:
      // No file of text can hold the byte, so the euro sign stands for it.
      let bytes = text.unicodeScalars.flatMap { $0 == "€" ? [0xFF] : Array(String($0).utf8) }
      return FuseSyntax.parse(bytes)
    case .Fuse.nestingTooDeep: return FuseSyntax.parse(Array(text.utf8), nestingLimit: 8)
    case .Fuse.textTooLarge:
      return parse(text).with(.Fuse.textTooLarge(limit: FuseSyntaxLimits.sourceByteCount))
    case .Fuse.nonASCIIString:
      // The checker knows which literals are of type `string`; this is its wording.
      let start = UInt32(text.utf8.count - text.drop { $0 != "\"" }.utf8.count)
      return parse(text).with(
        .Fuse.nonASCIIString(
          span: Span(start: start + 2, end: start + 4),
          quoteStart: Span(start: start, end: start)
        )
      )
    default: return parse(text)
    }
  }
}

extension FuseTree {
  /// The tree with one mistake found elsewhere.
  fileprivate func with(_ diagnostic: Diagnostic) -> FuseTree {
    FuseTree(
      source: source,
      tokens: tokens,
      nodes: nodes,
      extra: extra,
      numbers: numbers,
      symbolSpans: symbolSpans,
      attributed: attributed,
      root: root,
      diagnostics: [diagnostic]
    )
  }
}
