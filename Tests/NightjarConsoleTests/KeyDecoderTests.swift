// Bytes of terminals become keys, whole and in pieces, and no bytes confuse what comes after.

import NightjarConsole
import Testing

@Suite struct KeyDecoderTests {
  private func keys(_ bytes: [UInt8]) -> [Key] {
    var decoder = KeyDecoder()
    return bytes.compactMap { decoder.decode($0) }
  }

  private func check(_ text: String, _ expected: [Key]) {
    #expect(keys(Array(text.utf8)) == expected, "\(text.debugDescription)")
  }

  @Test func lettersAreText() {
    check("aZ~", [.text("a"), .text("Z"), .text("~")])
    check("é日🦉", [.text("é"), .text("日"), .text("🦉")])
  }

  @Test func controlCharactersAreKeys() {
    check("\u{1}\u{1A}\u{1F}", [.control("a"), .control("z"), .control("_")])
    check("\r\n\t\u{8}\u{7F}", [.enter, .enter, .tab, .backspace, .backspace])
    check("\u{0}", [.unknown])
  }

  @Test func sequencesAreKeys() {
    check("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left])
    check("\u{1B}OA\u{1B}OH\u{1B}[H\u{1B}[F", [.up, .home, .home, .end])
    check("\u{1B}[1~\u{1B}[4~\u{1B}[3~\u{1B}[5~", [.home, .end, .delete, .unknown])
    check("\u{1B}[1;5C\u{1B}[1;3D\u{1B}[1;2C", [.wordRight, .wordLeft, .right])
    check("\u{1B}[200~x\u{1B}[201~", [.pasteStart, .text("x"), .pasteEnd])
  }

  @Test func escapeMakesMetaKeys() {
    check("\u{1B}b\u{1B}f\u{1B}d\u{1B}\u{7F}", [.wordLeft, .wordRight, .meta("d"), .wordBackspace])
    check("\u{1B}\u{1B}[A", [.up])
  }

  @Test func brokenBytesAreReplaced() {
    #expect(keys([0xFF, 0x61]) == [.text("\u{FFFD}"), .text("a")])
    #expect(keys([0xC3, 0x61]).last == .text("a"))
    #expect(keys([0xE2, 0x82]) == [])
    #expect(keys([0xED, 0xA0, 0x80, 0x62]).last == .text("b"))
  }

  @Test func anEndlessSequenceEnds() {
    let bytes = Array("\u{1B}[".utf8) + [UInt8](repeating: UInt8(ascii: "1"), count: 100)
    #expect(keys(bytes + Array("Aa".utf8)).last == .text("a"))
  }
}
