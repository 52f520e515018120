// What each key does to the line being typed: the keys of Emacs, as shells have them. No terminal here:
// keys come in, a line and a prompt to show come out.

/// A line editor with its history.
package struct LineEditor {
  /// What a key led to.
  package enum Outcome: Equatable, Sendable {
    case editing
    /// The line is finished.
    case entered(String)
    /// Control-C: the line is given up.
    case cancelled
    /// Control-D on an empty line.
    case ended
    /// Control-L: the line is to stand at the top of an empty screen.
    case cleared
    /// Control-Z: the program is to be suspended.
    case suspended
  }

  /// A search through the history.
  private struct Search {
    var query = ""
    /// The line found; the count of lines while there is none.
    var index: Int
    var isFailing = false
    /// What was being typed when the search began.
    let draft: EditedText
  }

  package private(set) var line = EditedText()
  package var history: History
  /// The line of the history shown; the count of lines for the line being typed.
  private var position = 0
  /// What was typed before the history was entered.
  private var draft = EditedText()
  private var search: Search?
  /// What the last deletion took.
  private var killed = ""

  package init(history: History = History()) {
    self.history = history
    begin()
  }

  /// Starts a new line.
  package mutating func begin() {
    line = EditedText()
    draft = line
    search = nil
    position = history.lines.count
  }

  /// What stands before the line while a search goes on; `nil` for the usual prompt.
  package var searchPrompt: String? {
    search.map { "(\($0.isFailing ? "failing " : "")history search)`\($0.query)': " }
  }

  /// Takes a key.
  package mutating func handle(_ key: Key) -> Outcome {
    if search != nil, let outcome = handleSearching(key) { return outcome }
    switch key {
    case .text(let scalar): line.insert(scalar)
    case .tab: line.insert("  ")
    case .enter:
      line.moveToEnd()
      return .entered(line.text)
    case .backspace: line.deleteBackward()
    case .delete: line.deleteForward()
    case .left: line.moveLeft()
    case .right: line.moveRight()
    case .up: move(to: position - 1)
    case .down: move(to: position + 1)
    case .home: line.moveToStart()
    case .end: line.moveToEnd()
    case .wordLeft: line.moveWordLeft()
    case .wordRight: line.moveWordRight()
    case .wordBackspace: kill(line.deleteWordBackward())
    case .control(let letter): return control(letter)
    case .meta(let letter): meta(letter)
    case .pasteStart, .pasteEnd, .unknown: break
    }
    return .editing
  }

  private mutating func control(_ letter: Character) -> Outcome {
    switch letter {
    case "a": line.moveToStart()
    case "b": line.moveLeft()
    case "c":
      line.moveToEnd()
      return .cancelled
    case "d":
      if line.isEmpty { return .ended }
      line.deleteForward()
    case "e": line.moveToEnd()
    case "f": line.moveRight()
    case "k": kill(line.deleteToEnd())
    case "l": return .cleared
    case "n": move(to: position + 1)
    case "p": move(to: position - 1)
    case "r", "s": search = Search(index: history.lines.count, draft: line)
    case "t": line.transpose()
    case "u": kill(line.deleteToStart())
    case "w": kill(line.deleteToSpace())
    case "y": line.insert(killed)
    case "z": return .suspended
    default: break
    }
    return .editing
  }

  private mutating func meta(_ letter: Character) {
    switch letter {
    case "d", "D": kill(line.deleteWordForward())
    case "<": move(to: 0)
    case ">": move(to: history.lines.count)
    default: break
    }
  }

  private mutating func kill(_ text: String) {
    if !text.isEmpty { killed = text }
  }

  /// Shows a line of the history, or the one being typed behind the last.
  private mutating func move(to index: Int) {
    guard index >= 0, index <= history.lines.count, index != position else { return }
    if position == history.lines.count { draft = line }
    position = index
    line = index == history.lines.count ? draft : EditedText(history.lines[index])
  }

  // MARK: Search

  /// Takes a key while a search goes on.
  ///
  /// - Returns: `nil` when the key ends the search and is still to do what it usually does.
  private mutating func handleSearching(_ key: Key) -> Outcome? {
    guard var current = search else { return nil }
    switch key {
    case .text(let scalar):
      current.query.unicodeScalars.append(scalar)
      find(&current, before: min(current.index + 1, history.lines.count))
    case .backspace:
      _ = current.query.popLast()
      find(&current, before: history.lines.count)
    case .control("r"): find(&current, before: current.index)
    case .control("s"): findNewer(&current)
    case .control("g"), .control("c"):
      line = current.draft
      search = nil
      return .editing
    default:
      if current.index < history.lines.count {
        if position == history.lines.count { draft = current.draft }
        position = current.index
      }
      search = nil
      return nil
    }
    search = current
    return .editing
  }

  private mutating func find(_ search: inout Search, before end: Int) {
    let found =
      search.query.isEmpty
      ? nil : history.lastIndex(before: end, containing: search.query)
    show(found, &search)
  }

  private mutating func findNewer(_ search: inout Search) {
    show(history.firstIndex(after: search.index, containing: search.query), &search)
  }

  private mutating func show(_ found: Int?, _ search: inout Search) {
    search.isFailing = found == nil && !search.query.isEmpty
    guard let found else { return }
    search.index = found
    line = EditedText(history.lines[found])
  }
}
