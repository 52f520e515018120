// The whole text of every diagnostic, against Tests/Golden/diagnostics/<code>.md: prose, a script,
// what is printed about it, as often as there are cases. NIGHTJAR_BLESS=1 writes the files anew.

import Foundation
import NightjarDiagnostics
import NightjarLuaSyntax
import Testing

/// One file of cases, cut at its fences.
private struct GoldenFile {
  /// Prose and fences, then what is inside a fence, in turn.
  private var parts: [String]

  init(_ url: URL) throws {
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    var parts = [""]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isFence = line.hasPrefix("```")
      let isInside = parts.count % 2 == 0
      if isFence, isInside {
        parts.append("\(line)\n")
      } else if isFence {
        parts[parts.count - 1] += "\(line)\n"
        parts.append("")
      } else {
        parts[parts.count - 1] += "\(line)\n"
      }
    }
    if parts[parts.count - 1].hasSuffix("\n") { parts[parts.count - 1].removeLast() }
    self.parts = parts
  }

  /// The places of script and output, one pair a case.
  var cases: [(script: Int, output: Int)] {
    stride(from: 1, to: parts.count - 2, by: 4).map { ($0, $0 + 2) }
  }

  subscript(_ part: Int) -> String {
    get { parts[part] }
    set { parts[part] = newValue }
  }

  var text: String { parts.joined() }
}

@Suite struct GoldenDiagnosticTests {
  private static let isBlessing = ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1"

  private static func url(_ code: DiagnosticCode) -> URL {
    Repository.url("Tests/Golden/diagnostics/\(code).md")
  }

  @Test(arguments: DiagnosticCode.all)
  func isWordedAsBlessed(_ code: DiagnosticCode) throws {
    var file = try GoldenFile(Self.url(code))
    #expect(!file.cases.isEmpty, "\(code)")
    var seen: Set<DiagnosticCode> = []
    for (script, output) in file.cases {
      let bytes = Array(file[script].dropLast().utf8)
      let diagnostics = Self.diagnostics(code, bytes)
      seen.formUnion(diagnostics.map(\.code))
      let source = SourceText(name: "example.lua", bytes: bytes)
      let text = DiagnosticRenderer().render(diagnostics, in: source)
      if Self.isBlessing { file[output] = text }
      #expect(file[output] == text, "\(code)")
    }
    #expect(seen.contains(code), "no case of \(code) shows it")
    if Self.isBlessing { try Data(file.text.utf8).write(to: Self.url(code)) }
  }

  /// Every golden file is about a code that exists, and every code has a page.
  @Test func filesAndCodesAgree() throws {
    let codes = Set(DiagnosticCode.all.map { "\($0).md" })
    #expect(codes.count == DiagnosticCode.all.count)
    let folder = Repository.url("Tests/Golden/diagnostics").path
    #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder)) == codes)
    for name in codes {
      let page = Repository.url("docs/errors/\(name)")
      #expect(FileManager.default.fileExists(atPath: page.path), "docs/errors/\(name)")
    }
  }

  /// What is said about a script.
  ///
  /// The mistakes of scopes are found by the compiler, which this target cannot see: their wording is taken directly, at places looked up in the script.
  private static func diagnostics(_ code: DiagnosticCode, _ source: [UInt8]) -> [Diagnostic] {
    switch code {
    case .textTooLarge: return [.textTooLarge(limit: LuaSyntaxLimits.sourceByteCount)]
    case .nestingTooDeep:
      return LuaSyntax.parse(source, .init(nestingLimit: 8, findsAllErrors: true)).diagnostics
    default:
      if !code.description.hasPrefix("NJ-L03") {
        return LuaSyntax.parse(source, .init(findsAllErrors: true)).diagnostics
      }
      return [scopeDiagnostic(code, String(decoding: source, as: UTF8.self))]
    }
  }

  private static func scopeDiagnostic(_ code: DiagnosticCode, _ text: String) -> Diagnostic {
    let reference = ReferenceMessage("as the reference says it", line: 1)
    func span(_ word: String, last: Bool = false) -> Span {
      let options: String.CompareOptions = last ? .backwards : []
      guard let range = text.range(of: word, options: options) else {
        return Span(start: 0, end: 0)
      }
      let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      return Span(start: UInt32(start), end: UInt32(start + word.utf8.count))
    }
    switch code {
    case .noVisibleLabel:
      return .noVisibleLabel("done", span: span("done"), reference: reference)
    case .duplicateLabel:
      return .duplicateLabel(
        "a",
        span: span("a", last: true),
        first: span("a"),
        reference: reference
      )
    case .jumpIntoScope:
      return .jumpIntoScope(
        label: "done",
        span: span("goto done"),
        local: "x",
        localSpan: span("x"),
        reference: reference
      )
    case .breakOutsideLoop: return .breakOutsideLoop(span: span("break"), reference: reference)
    case .assignToConst:
      return .assignToConst(
        "x",
        span: span("x", last: true),
        declaration: span("x"),
        reference: reference
      )
    case .multipleToBeClosed:
      return .multipleToBeClosed(span: span("b"), first: span("a <"), reference: reference)
    case .undeclaredGlobal:
      return .undeclaredGlobal("x", span: span("x"), reference: reference)
    case .closedGlobal: return .closedGlobal(span: span("file"), reference: reference)
    default:
      return .functionLimit(
        what: "local variables",
        limit: 200,
        span: span("b"),
        function: nil,
        reference: reference
      )
    }
  }
}
