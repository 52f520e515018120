// What keys do to a line. The notation of the cases: `^a` is control-A, `<left>` a named key, `M-d` in
// angle brackets a meta key; the cursor of the result is `|`.

import NightjarConsole
import Testing

@Suite struct LineEditorTests {
  private static let named: [String: Key] = [
    "left": .left, "right": .right, "up": .up, "down": .down, "home": .home, "end": .end,
    "wleft": .wordLeft, "wright": .wordRight, "wbs": .wordBackspace, "bs": .backspace,
    "del": .delete, "tab": .tab, "enter": .enter, "M-d": .meta("d"), "M-<": .meta("<"),
    "M->": .meta(">"),
  ]

  private func keys(_ text: String) -> [Key] {
    var keys: [Key] = []
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == "^", let letter = rest.popFirst() {
        keys.append(.control(letter))
      } else if character == "{", let end = rest.firstIndex(of: "}") {
        keys.append(Self.named[String(rest[..<end])] ?? .unknown)
        rest = rest[rest.index(after: end)...]
      } else {
        keys += character.unicodeScalars.map { .text($0) }
      }
    }
    return keys
  }

  private func check(_ typed: String, _ expected: String, history: [String] = []) {
    var editor = LineEditor(history: History(history))
    for key in keys(typed) { _ = editor.handle(key) }
    #expect(editor.line.before + "|" + editor.line.after == expected, "\(typed)")
  }

  @Test func textIsInsertedAtTheCursor() {
    check("abc", "abc|")
    check("ac{left}b", "ab|c")
    check("a{tab}b", "a  b|")
  }

  @Test func movesStayInside() {
    check("ab{left}{left}{left}x", "x|ab")
    check("ab^ax^ey{right}z", "xabyz|")
    check("{left}{right}^a^e^b^f", "|")
  }

  @Test func wordsAreLettersDigitsAndUnderscores() {
    check("local a_1 = foo.bar{wleft}", "local a_1 = foo.|bar")
    check("local a_1 = foo.bar{wleft}{wleft}{wleft}", "local |a_1 = foo.bar")
    check("one two^a{wright}", "one| two")
    check("one two^a{wright}{wright}{wright}", "one two|")
  }

  @Test func deletionsCanBePutBack() {
    check("one two^w", "one |")
    check("one two^w^a^y", "two|one ")
    check("one two^u^y^y", "one twoone two|")
    check("one two^a^k", "|")
    check("one.two{wbs}", "one.|")
    check("one.two^a{M-d}", "|.two")
    check("ab{bs}{bs}{bs}", "|")
    check("ab^a{del}", "|b")
    check("ab^a^d", "|b")
  }

  @Test func neighboursAreExchanged() {
    check("ab^t", "ba|")
    check("abc{left}^t", "acb|")
    check("a^t", "|a")
  }

  @Test func charactersAreWhatPeopleSee() {
    // A letter with a combining accent, a family of four, a flag.
    check("e\u{301}x{left}{bs}", "|x")
    check("👨‍👩‍👧‍👦{bs}", "|")
    check("a🇩🇪{left}", "a|🇩🇪")
  }

  @Test func historyGoesUpAndDown() {
    let lines = ["one", "two", "three"]
    check("{up}", "three|", history: lines)
    check("{up}{up}{up}{up}", "one|", history: lines)
    check("draft{up}{up}{down}{down}", "draft|", history: lines)
    check("{M-<}", "one|", history: lines)
    check("x{M-<}{M->}", "x|", history: lines)
    check("^p^p^n", "three|", history: lines)
    check("{down}", "|", history: [])
  }

  @Test func searchFindsOlderLines() {
    let lines = ["print(1)", "x = 2", "print(2)", "y = 3"]
    check("^rpri", "print(2)|", history: lines)
    check("^rpri^r", "print(1)|", history: lines)
    check("^rpri^r^s", "print(2)|", history: lines)
    check("^rpri^r^r", "print(1)|", history: lines)
    check("^rprx{bs}", "print(2)|", history: lines)
    check("draft^rpri^g", "draft|", history: lines)
    check("^r= 2{left}", "x = |2", history: lines)
    check("^r= 2^e{up}", "print(1)|", history: lines)
    check("^rzzz", "|", history: lines)
  }

  @Test func searchSaysWhatItLooksFor() {
    var editor = LineEditor(history: History(["abc"]))
    #expect(editor.searchPrompt == nil)
    for key in keys("^rab") { _ = editor.handle(key) }
    #expect(editor.searchPrompt == "(history search)`ab': ")
    _ = editor.handle(.text("x"))
    #expect(editor.searchPrompt == "(failing history search)`abx': ")
    #expect(editor.handle(.enter) == .entered("abc"))
    #expect(editor.searchPrompt == nil)
  }

  @Test func someKeysEndTheLine() {
    var editor = LineEditor()
    #expect(editor.handle(.control("d")) == .ended)
    _ = editor.handle(.text("a"))
    #expect(editor.handle(.control("d")) == .editing)
    #expect(editor.handle(.control("c")) == .cancelled)
    #expect(editor.handle(.enter) == .entered("a"))
    editor.begin()
    #expect(editor.line.isEmpty)
  }
}

@Suite struct HistoryTests {
  @Test func blankAndRepeatedLinesAreLeftOut() {
    var history = History()
    for line in ["a", "a", "", "  ", "b", "a"] { history.append(line) }
    #expect(history.lines == ["a", "b", "a"])
  }

  @Test func oldLinesAreForgotten() {
    var history = History(["1", "2", "3", "4"], lineCountMax: 3)
    #expect(history.lines == ["2", "3", "4"])
    history.append("5")
    #expect(history.lines == ["3", "4", "5"])
  }
}
