// Where the lines of a conversation come from: a terminal with line editing, one without, or a pipe.

import NightjarBase
import NightjarConsole
import NightjarSystem

/// Lines of standard input.
struct PromptInput {
  /// What came of asking for a line.
  enum Answer {
    case line([UInt8])
    /// The user gave the line up.
    case cancelled
    case endOfInput
    /// There was nothing to ask with.
    case failed
  }

  /// The longest line that is read.
  private static let lineByteCountMax = 1 << 26

  /// Whether a person is asked.
  let isTerminal: Bool
  /// Whether lines that no terminal shows are written behind their prompts.
  private let echoes: Bool
  private let streams: StandardStreams?
  private let editor: LinePrompt?

  var isEditing: Bool { editor != nil }

  /// Input whose lines may be kept in a file from one session to the next, and echoed.
  ///
  /// Only lines from a file or pipe need an echo; a terminal shows its own.
  init(_ capabilities: Capabilities, keepsHistory: Bool, echoes: Bool) {
    streams = capabilities.streams
    isTerminal = Terminal.isInteractive(0)
    self.echoes = echoes && !isTerminal
    guard LinePrompt.isPossible(capabilities.environment), Terminal.isInteractive(1),
      let output = streams?.output, let terminal = Terminal()
    else {
      editor = nil
      return
    }
    var file: HistoryFile?
    if keepsHistory, let path = capabilities.environment.flatMap({ HistoryFile.path($0) }) {
      file = HistoryFile(SystemFiles(), path: path)
    }
    editor = LinePrompt(terminal, output: output, file: file)
  }

  /// Reads a line.
  func ask(_ prompt: [UInt8]) -> Answer {
    if let editor {
      switch editor.ask(String(decoding: prompt, as: UTF8.self)) {
      case .line(let text): return .line(Array(text.utf8))
      case .cancelled: return .cancelled
      case .endOfInput: return .endOfInput
      }
    }
    try? streams?.output.write(prompt)
    try? streams?.output.flush()
    do throws(SystemError) {
      guard
        let bytes = try unsafe streams?.input.readLine(
          keepsLineEnd: false,
          byteCountMax: Self.lineByteCountMax
        )
      else {
        if isTerminal { Console.print("") }
        return .endOfInput
      }
      let line = unsafe [UInt8](bytes)
      if echoes { try? streams?.output.write(line + [UInt8(ascii: "\n")]) }
      return .line(line)
    } catch {
      if error.code == SystemError.interrupted.code {
        Console.print("")
        return .cancelled
      }
      Console.error("cannot read standard input: \(error.message)")
      return .endOfInput
    }
  }
}
