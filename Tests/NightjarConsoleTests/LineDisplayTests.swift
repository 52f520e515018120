// What is drawn is played on a small model of a terminal: the rows and the cursor must be right.

import NightjarConsole
import Testing

/// A terminal that knows the few control sequences the display uses.
private struct Screen {
  let width: Int
  var rows: [[String]] = [[]]
  var row = 0
  var column = 0

  var text: [String] {
    rows.map { row in
      let line = row.joined()
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  mutating func play(_ output: String) {
    var rest = output[...]
    while let character = rest.popFirst() {
      switch character {
      case "\r": column = 0
      case "\n", "\r\n":
        // As with the terminal's output processing on.
        column = 0
        row += 1
      case "\u{1B}":
        rest = rest.dropFirst()
        let number = Int(rest.prefix { $0.isNumber }) ?? 1
        rest = rest.drop { $0.isNumber }
        switch rest.popFirst() {
        case "A": row -= number
        case "C": column += number
        case "J":
          rows = Array(rows.prefix(row + 1))
          if row < rows.count { rows[row] = Array(rows[row].prefix(column)) }
        default: Issue.record("an unknown sequence in \(output.debugDescription)")
        }
      default: put(character)
      }
      while rows.count <= row { rows.append([]) }
    }
  }

  private mutating func put(_ character: Character) {
    let columns = DisplayWidth.columns(of: character)
    if column + columns > width {
      row += 1
      column = 0
    }
    while rows.count <= row { rows.append([]) }
    while rows[row].count < column + columns { rows[row].append(" ") }
    rows[row][column] = String(character)
    if columns == 2 { rows[row][column + 1] = "" }
    column += columns
  }
}

@Suite struct LineDisplayTests {
  private func line(_ before: String, _ after: String = "") -> EditedText {
    var line = EditedText(after)
    line.moveToStart()
    line.insert(before)
    return line
  }

  private func check(
    _ steps: [EditedText],
    width: Int = 10,
    rows: [String],
    cursor: (row: Int, column: Int)
  ) {
    var screen = Screen(width: width)
    var display = LineDisplay()
    for step in steps { screen.play(display.draw(step, prompt: "> ", width: width)) }
    #expect(screen.text == rows)
    #expect(screen.row == cursor.row && screen.column == cursor.column)
  }

  @Test func aShortLineTakesOneRow() {
    check([line("abc")], rows: ["> abc"], cursor: (0, 5))
    check([line("a", "bc")], rows: ["> abc"], cursor: (0, 3))
    check([line("abc"), line("a")], rows: ["> a"], cursor: (0, 3))
  }

  @Test func aLongLineTakesSeveralRows() {
    check([line("abcdefghijkl")], rows: ["> abcdefgh", "ijkl"], cursor: (1, 4))
    check(
      [line("abcdefghij"), line("ab", "cdefghij")],
      rows: ["> abcdefgh", "ij"],
      cursor: (0, 4)
    )
    check(
      [line("abcdefghijkl"), line("", "abcdefghijkl"), line("x")],
      rows: ["> x", ""].dropLast(),
      cursor: (0, 3)
    )
  }

  @Test func aFullRowLeadsToTheNext() {
    check([line("abcdefgh")], rows: ["> abcdefgh", ""], cursor: (1, 0))
    check([line("abcdefgh"), line("abcdefghi")], rows: ["> abcdefgh", "i"], cursor: (1, 1))
    check([line("abcdefg", "h")], rows: ["> abcdefgh", ""], cursor: (0, 9))
  }

  @Test func wideCharactersTakeTwoColumns() {
    check([line("日本", "語")], rows: ["> 日本語"], cursor: (0, 6))
    check([line("a日本語日本")], rows: ["> a日本語", "日本"], cursor: (1, 4))
  }

  @Test func accentsTakeNone() {
    check([line("e\u{301}e\u{301}")], rows: ["> e\u{301}e\u{301}"], cursor: (0, 4))
  }

  @Test func coloursOfAPromptTakeNone() {
    #expect(DisplayWidth.columns(ofPrompt: "\u{1B}[1;32m> \u{1B}[0m") == 2)
  }
}
