// Asks for lines in a terminal: puts keys, editor and display together. The terminal is in its usual
// mode whenever no line is being asked for, so that scripts find it as they know it.

package import NightjarBase
package import NightjarSystem

/// A prompt with line editing.
package final class LinePrompt {
  /// What came of asking.
  package enum Answer: Equatable {
    case line(String)
    /// The user gave the line up.
    case cancelled
    case endOfInput
  }

  private let terminal: Terminal
  private let output: BufferedFile
  private let file: HistoryFile?
  private var editor: LineEditor
  private var decoder = KeyDecoder()
  private var display = LineDisplay()
  /// Keys of a pasted text, the last first; what a line leaves of them later lines are made of.
  private var pasted: [Key] = []

  /// A prompt that keeps its lines in a file from one session to the next, or forgets them.
  package init(_ terminal: Terminal, output: BufferedFile, file: HistoryFile?) {
    self.terminal = terminal
    self.output = output
    self.file = file
    editor = LineEditor(history: file?.load() ?? History())
  }

  /// Whether the environment's terminal understands the control sequences used here.
  package static func isPossible(_ environment: (any EnvironmentAccess)?) -> Bool {
    guard let name = environment?.value(of: Array("TERM".utf8)), !name.isEmpty else { return false }
    return name != Array("dumb".utf8)
  }

  /// Reads a line.
  package func ask(_ prompt: String) -> Answer {
    guard terminal.enterRawMode() else { return .endOfInput }
    editor.begin()
    display = LineDisplay()
    write(Self.pasteMarksOn)
    defer {
      write(Self.pasteMarksOff)
      terminal.leaveRawMode()
    }
    draw(prompt)
    while let key = nextKey() {
      switch editor.handle(key) {
      case .editing: break
      case .entered(let line):
        finish(prompt)
        keep(line)
        return .line(line)
      case .cancelled:
        pasted = []
        finish(prompt, mark: "^C")
        return .cancelled
      case .ended:
        finish(prompt)
        return .endOfInput
      case .cleared: write(display.clear())
      case .suspended:
        finish(prompt, mark: "^Z")
        write(Self.pasteMarksOff)
        terminal.suspend()
        guard terminal.enterRawMode() else { return .endOfInput }
        write(Self.pasteMarksOn)
      }
      // What comes in one go is drawn once.
      if pasted.isEmpty, !terminal.hasInput { draw(prompt) }
    }
    finish(prompt)
    return .endOfInput
  }

  /// Around pasted text the terminal sends marks, so that its line ends can be told from keys.
  private static let pasteMarksOn = "\u{1B}[?2004h"
  private static let pasteMarksOff = "\u{1B}[?2004l"

  private func nextKey() -> Key? {
    if let key = pasted.popLast() { return key }
    while let key = readKey() {
      guard key == .pasteStart else { return key }
      // The whole text is taken while the terminal is raw; its lines are answers one by one.
      var parts: [Key] = []
      while let part = readKey(), part != .pasteEnd {
        parts.append(part == .tab ? .text("\t") : part)
      }
      pasted = parts.reversed()
      if let key = pasted.popLast() { return key }
    }
    return nil
  }

  private func readKey() -> Key? {
    while let byte = try? terminal.readByte() {
      if let key = decoder.decode(byte) { return key }
    }
    return nil
  }

  private func keep(_ line: String) {
    guard editor.history.append(line) else { return }
    try? file?.append(line)
  }

  private func draw(_ prompt: String) {
    let shown = editor.searchPrompt ?? prompt
    write(display.draw(editor.line, prompt: shown, width: terminal.width))
  }

  /// Draws the line for the last time and goes below it.
  private func finish(_ prompt: String, mark: String = "") {
    write(display.draw(editor.line, prompt: prompt, width: terminal.width) + mark + display.leave())
  }

  private func write(_ text: String) {
    try? output.write(Array(text.utf8))
    try? output.flush()
  }
}
