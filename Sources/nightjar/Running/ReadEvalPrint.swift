// The interactive prompt: expressions print their values, unfinished input goes on in the next line.

import NightjarBase
import NightjarBytecode
import NightjarConsole
import NightjarDiagnostics
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaSyntax
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
  private let input: PromptInput

  init(_ session: Session, style: Style) {
    self.session = session
    self.style = style
    input = PromptInput(
      session.capabilities,
      keepsHistory: style == .nightjar,
      echoes: style == .reference
    )
  }

  func run() -> Int32 {
    let machine = session.machine
    if style == .nightjar && input.isTerminal {
      Console.print("\(Command.version). Control-D ends, control-C stops what is running.")
    }
    session.interruptsEndReads = true
    session.programName = nil
    reading: while true {
      // At a terminal that has no line editing an interrupt gives up the line.
      if input.isTerminal { unsafe Interrupt.arm(machine.interruption, endsReads: true) }
      let statement = read()
      Interrupt.disarm()
      switch statement {
      case .text(let source, let result): evaluate(source, result)
      case .cancelled: continue
      case .endOfInput: break reading
      }
    }
    if style == .reference && !input.isEditing { Console.print("") }
    return session.finish(true)
  }

  // MARK: Reading

  private typealias Compiled = Result<FunctionPrototype, LuaCompileError>

  private enum Statement {
    case text([UInt8], Compiled)
    case cancelled
    case endOfInput
  }

  private func ask(isFirst: Bool) -> PromptInput.Answer {
    guard style == .reference || input.isTerminal else { return input.ask([]) }
    let chosen = session.machine.global(isFirst ? "_PROMPT" : "_PROMPT2")
    let prompt = chosen.isNil ? nil : session.text(of: chosen)
    return input.ask(prompt ?? Array((isFirst ? "> " : ">> ").utf8))
  }

  /// Reads a whole statement or expression.
  private func read() -> Statement {
    var source: [UInt8] = []
    var isFirst = true
    while true {
      switch ask(isFirst: isFirst) {
      case .line(let line): source += isFirst ? line : [UInt8(ascii: "\n")] + line
      case .cancelled: return .cancelled
      case .endOfInput: return isFirst ? .endOfInput : .text(source, compile(source))
      }
      if isFirst, source.first == UInt8(ascii: "=") {
        source = Array("return ".utf8) + source.dropFirst()
      }
      isFirst = false
      let asExpression = Array("return ".utf8) + source
      let expression = compile(asExpression)
      if case .success = expression { return .text(asExpression, expression) }
      let statement = compile(source)
      if case .success = statement { return .text(source, statement) }
      let isUnfinished =
        Self.isUnfinished(statement) || style == .nightjar && Self.isUnfinished(expression)
      if !isUnfinished { return .text(source, statement) }
    }
  }

  private func compile(_ source: [UInt8]) -> Compiled {
    var options = LuaCompilerOptions()
    options.syntax.findsAllErrors = style == .nightjar
    return LuaCompiler.compile(
      source: source,
      chunkName: Array("=stdin".utf8),
      options: options
    )
  }

  /// Whether a text only lacks its end.
  private static func isUnfinished(_ result: Compiled) -> Bool {
    guard case .failure(let error) = result else { return false }
    return error.message.hasSuffix("<eof>")
  }

  // MARK: Evaluation

  private func evaluate(_ source: [UInt8], _ result: Compiled) {
    switch result {
    case .success(let function):
      if let failure = session.machine.load(function) { return session.report(failure.message) }
      session.callPrintingResults()
    case .failure(let error):
      session.report(error, source: source, name: "stdin")
    }
    try? session.capabilities.streams?.output.flush()
  }
}

extension [UInt8] {
  /// Whether the bytes end with a text.
  func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
