// Draws the line being typed. A line may be longer than the screen is wide; the display keeps track of
// which of its rows the cursor is in and draws all of them anew.

/// The rows of the screen that a line takes.
package struct LineDisplay {
  /// The row of the cursor, counted from the row of the prompt.
  private var cursorRow = 0

  package init() {}

  /// What to write to show a line, its prompt and its cursor on a screen of `width` columns.
  package mutating func draw(_ line: EditedText, prompt: String, width: Int) -> String {
    var output = toPrompt + prompt
    var place = Place(width: max(width, 4))
    place.advance(DisplayWidth.columns(ofPrompt: prompt))
    for character in line.before { place.write(character, to: &output) }
    let cursor = place.settled
    for character in line.after { place.write(character, to: &output) }
    if place.column == place.width {
      // The terminal waits with the cursor behind the last column: this takes it down.
      output += "\n"
      place = place.settled
    }
    if place.row > cursor.row { output += "\u{1B}[\(place.row - cursor.row)A" }
    output += "\r"
    if cursor.column > 0 { output += "\u{1B}[\(cursor.column)C" }
    cursorRow = cursor.row
    return output
  }

  /// What to write to go to the empty row below the line.
  ///
  /// - Precondition: The cursor was drawn at the end of the line.
  package mutating func leave() -> String {
    cursorRow = 0
    return "\n"
  }

  /// What to write for an empty screen.
  package mutating func clear() -> String {
    cursorRow = 0
    return "\u{1B}[H\u{1B}[2J"
  }

  /// Goes to where the prompt begins and empties the screen from there on.
  private var toPrompt: String { (cursorRow > 0 ? "\u{1B}[\(cursorRow)A" : "") + "\r\u{1B}[J" }

  /// A place on the screen.
  private struct Place {
    let width: Int
    var row = 0
    var column = 0

    init(width: Int) { self.width = width }

    /// Where the next character goes: a full row leads to the next one.
    var settled: Place {
      var place = self
      if column >= width {
        place.row += 1
        place.column = 0
      }
      return place
    }

    mutating func advance(_ columns: Int) {
      row += (column + columns) / width
      column = (column + columns) % width
    }

    mutating func write(_ character: Character, to output: inout String) {
      output += DisplayWidth.shown(character)
      let columns = DisplayWidth.columns(of: character)
      if DisplayWidth.isSpelledOut(character) {
        for _ in 0..<columns { step(1) }
      } else {
        step(columns)
      }
    }

    /// Moves on as the terminal does: what does not fit begins the next row.
    private mutating func step(_ columns: Int) {
      if column + columns > width {
        row += 1
        column = 0
      }
      column += columns
    }
  }
}
