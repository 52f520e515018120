// How diagnostics look, apart from their wording.

import NightjarDiagnostics
import Testing

@Suite struct RendererTests {
  private let code = DiagnosticCode("NJ-L0000")

  private func check(
    _ text: [UInt8],
    _ span: ClosedRange<UInt32>,
    related: [RelatedSpan] = [],
    hint: String? = nil,
    colored: Bool = false,
    _ expected: String
  ) {
    let diagnostic = Diagnostic(
      code: code,
      message: "M.",
      span: Span(start: span.lowerBound, end: span.upperBound),
      label: "here",
      related: related,
      hint: hint
    )
    let source = SourceText(name: "t", bytes: text)
    #expect(DiagnosticRenderer(isColored: colored).render(diagnostic, in: source) == expected)
  }

  @Test func underlinesThePlace() {
    check(
      Array("local x\n\ty = €2".utf8),
      13...17,
      """
      error[NJ-L0000]: M.
       --> t:2:6
        |
      2 |     y = €2
        |         ^^ here

      """
    )
  }

  @Test func marksAnEmptyPlace() {
    check(
      Array("ab".utf8),
      2...2,
      hint: "H.",
      """
      error[NJ-L0000]: M.
       --> t:1:3
        |
      1 | ab
        |   ^ here
        |
        = help: H.

      """
    )
  }

  @Test func showsRelatedPlacesInOrder() {
    let text = Array("one two\nthree\nfour\nfive\nsix\n\n\n\n\nten".utf8)
    let related = [
      RelatedSpan(span: Span(start: 0, end: 3), label: "a"),
      RelatedSpan(span: Span(start: 4, end: 7), label: "b"),
      RelatedSpan(span: Span(start: 14, end: 18), label: "c"),
    ]
    check(
      text,
      32...35,
      related: related,
      """
      error[NJ-L0000]: M.
        --> t:10:1
         |
       1 | one two
         |     --- b
         | --- a
       2 | three
       3 | four
         | ---- c
      ...
      10 | ten
         | ^^^ here

      """
    )
  }

  @Test func cutsPlacesAtTheEndOfTheirFirstLine() {
    check(
      Array("f(a\nb)".utf8),
      1...6,
      """
      error[NJ-L0000]: M.
       --> t:1:2
        |
      1 | f(a
        |  ^^ here

      """
    )
  }

  @Test func showsBrokenBytesAsSigns() {
    check(
      [97, 0xFF, 0xC3, 1, 98],
      4...5,
      """
      error[NJ-L0000]: M.
       --> t:1:5
        |
      1 | a\u{FFFD}\u{FFFD}\u{FFFD}b
        |     ^ here

      """
    )
  }

  @Test func cutsLongLines() {
    let text = [UInt8](repeating: 120, count: 100_000)
    let source = SourceText(name: "t", bytes: text)
    for start in [UInt32(0), 500, 99_999, 100_000] {
      let diagnostic = Diagnostic(
        code: code,
        message: "M.",
        span: Span(start: start, end: start),
        label: "here"
      )
      let rendered = DiagnosticRenderer().render(diagnostic, in: source)
      #expect(rendered.utf8.count < 500)
    }
  }

  @Test func colours() {
    let diagnostic = Diagnostic(
      code: code,
      message: "M.",
      span: Span(start: 0, end: 1),
      label: "here"
    )
    let source = SourceText(name: "t", bytes: [97])
    let text = DiagnosticRenderer(isColored: true).render(diagnostic, in: source)
    #expect(text.hasPrefix("\u{1B}[1;31merror[NJ-L0000]\u{1B}[0m\u{1B}[1m: M.\u{1B}[0m\n"))
    #expect(text.contains("\u{1B}[1;31m^ here\u{1B}[0m"))
    var plain = ""
    var isEscape = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape { plain.unicodeScalars.append(scalar) }
      if scalar == "m", isEscape { isEscape = false }
    }
    #expect(plain == DiagnosticRenderer().render(diagnostic, in: source))
  }

  @Test func countsSeveral() {
    let diagnostic = Diagnostic(code: code, message: "M.", span: Span(start: 0, end: 0))
    let source = SourceText(name: "t", bytes: [97])
    let text = DiagnosticRenderer().render([diagnostic, diagnostic], in: source)
    #expect(text.hasSuffix("\n\n2 errors in t\n") || text.hasSuffix("\n2 errors in t\n"))
    #expect(DiagnosticRenderer().render([], in: source) == "")
  }
}

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("fucntion", "function"), ("retrun", "return"), ("local", "local"), ("whille", "while"),
    ("xyz", nil), ("e", nil),
  ])
  func findsTheNearest(_ word: String, _ expected: String?) {
    #expect(
      Suggestion.nearest(to: word, among: ["function", "return", "local", "while"]) == expected
    )
  }
}
