// The interactive prompt: expressions print their values, unfinished input goes on in the next line.

import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarSystem

/// A conversation with a machine on standard input and output.
struct ReadEvalPrint {
  /// Whose prompt it is.
  enum Style {
    /// `nightjar repl`: history file, diagnostics with hints, no prompt on a pipe.
    case nightjar
    /// The reference interpreter's.
    case reference
  }

  private let session: Session
  private let style: Style
  /// The tasks of the conversation; nil where the reference has none.
  private let program: TaskProgram?
  private let input: PromptInput

  init(_ session: Session, style: Style) {
    self.session = session
    self.style = style
    program = style == .nightjar ? TaskProgram(session, nil, survivesInterrupts: true) : nil
    input = PromptInput(
      session.capabilities,
      keepsHistory: style == .nightjar,
      echoes: style == .reference && session.machine.dialect.interpreter.showsTypedLines
    )
  }

  func run() -> Int32 {
    if style == .nightjar && input.isTerminal {
      Console.print("\(Command.version). Control-D ends, control-C stops what is running.")
    }
    session.interruptsEndReads = true
    session.programName = nil
    reading: while true {
      switch read() {
      case .function(let function):
        evaluate(function)
        if session.chosenStatus != nil { break reading }
      case .mistake(let mistake, let text): report(mistake, in: text)
      case .cancelled: continue
      case .endOfInput: break reading
      case .failed:
        session.report(session.machine.errorText)
        return session.finish(false)
      }
    }
    if style == .reference && !input.isEditing { Console.print("") }
    return session.finish(true)
  }

  // MARK: Reading

  /// What was typed.
  private enum Statement {
    case function(FunctionPrototype)
    case mistake(TypedText.Mistake, in: [UInt8])
    case cancelled
    case endOfInput
    case failed
  }

  /// Reads a whole statement or expression.
  private func read() -> Statement {
    var typed = TypedText(style: style, dialect: session.machine.dialect)
    var missing: TypedText.Mistake?
    while true {
      switch ask(isFirst: typed.isEmpty) {
      case .line(let line):
        if typed.isEmpty { warnOfLocals(line) }
        typed.append(line)
      case .cancelled: return .cancelled
      case .failed: return .failed
      case .endOfInput: return missing.map { .mistake($0, in: typed.text) } ?? .endOfInput
      }
      switch typed.reading() {
      case .finished(let function): return .function(function)
      case .mistaken(let mistake): return .mistake(mistake, in: typed.text)
      case .unfinished(let mistake): missing = mistake
      }
    }
  }

  /// Says, where the reference does, that a local variable is gone with the line that declares it.
  private func warnOfLocals(_ line: [UInt8]) {
    guard style == .reference, session.machine.dialect.interpreter.warnsOfLocals else { return }
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let text = line.drop(while: isBlank)
    let word = Array("local".utf8)
    guard text.starts(with: word), text.dropFirst(word.count).first.map(isBlank) ?? true else {
      return
    }
    Console.error("warning: locals do not survive across lines in interactive mode")
  }

  private func ask(isFirst: Bool) -> PromptInput.Answer {
    guard let prompt = prompt(isFirst: isFirst) else { return .failed }
    // At a terminal that has no line editing an interrupt gives up the line.
    if input.isTerminal { unsafe Interrupt.arm(session.machine.interruption, endsReads: true) }
    defer { Interrupt.disarm() }
    return input.ask(prompt)
  }

  /// - Returns: nil when a script's prompt cannot be shown, which the reference does not survive.
  private func prompt(isFirst: Bool) -> [UInt8]? {
    guard style == .reference || input.isTerminal else { return [] }
    let chosen = session.machine.global(isFirst ? "_PROMPT" : "_PROMPT2")
    let usual = Array((isFirst ? "> " : ">> ").utf8)
    if chosen.isNil { return usual }
    return session.text(of: chosen) ?? (style == .reference ? nil : usual)
  }

  // MARK: Evaluation

  private func evaluate(_ function: FunctionPrototype) {
    if let failure = session.machine.load(function) { return session.report(failure.message) }
    if let program {
      _ = program.run([], printsResults: true)
    } else {
      session.callPrintingResults()
    }
    try? session.capabilities.streams?.output.flush()
  }

  private func report(_ mistake: TypedText.Mistake, in text: [UInt8]) {
    switch style {
    case .nightjar: Mistakes(mistake.diagnostics, in: text, name: "stdin").report()
    case .reference: session.report(mistake.message)
    }
  }
}
