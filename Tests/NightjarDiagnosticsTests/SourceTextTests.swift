// Lines and columns.

import NightjarDiagnostics
import Testing

@Suite struct SourceTextTests {
  @Test func findsLines() {
    let text = SourceText(name: "t", bytes: Array("ab\nc\r\nd\n\re\r\rf\n".utf8))
    #expect(text.lineCount == 7)
    let lines = (1...8).map { String(decoding: text.bytes[text.range(ofLine: $0)], as: UTF8.self) }
    #expect(lines == ["ab", "c", "d", "e", "", "f", "", ""])
    #expect(
      [0, 1, 2, 3, 4, 5, 6, 13, 14, 99].map { text.line(at: $0) } == [1, 1, 1, 2, 2, 2, 3, 6, 7, 7]
    )
  }

  @Test func countsColumnsInCharacters() {
    let text = SourceText(name: "t", bytes: Array("é = €x\ny".utf8))
    #expect([0, 2, 3, 5, 8, 9].map { text.column(at: $0) } == [1, 2, 3, 5, 6, 7])
    #expect(text.column(at: 10) == 1)
    #expect(text.column(at: 500) == 2)
  }

  @Test func readsTheEmptyText() {
    let text = SourceText(name: "t", bytes: [])
    #expect(text.lineCount == 1)
    #expect(text.line(at: 0) == 1)
    #expect(text.column(at: 0) == 1)
    #expect(text.range(ofLine: 1).isEmpty)
  }
}
