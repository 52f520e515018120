// What has been typed at the prompt so far. A text is taken as an expression if it is one, so that its
// values are printed; what only lacks its end is waited for.

import NightjarBase
import NightjarBytecode
import NightjarDiagnostics
import NightjarLuaCompiler
import NightjarLuaSyntax

/// The lines of one statement or expression.
struct TypedText {
  /// Why a text cannot be run.
  struct Mistake: Error {
    /// Places are in the text as it was typed.
    let diagnostics: [Diagnostic]
    /// The reference's words.
    let message: [UInt8]

    fileprivate var start: UInt32 { diagnostics.first?.span.start ?? 0 }
    fileprivate var isAtEnd: Bool {
      // Long ago it was quoted.
      let end = message.last == UInt8(ascii: "'") ? message.dropLast() : message[...]
      return end.suffix(5).elementsEqual("<eof>".utf8)
    }
  }

  /// What can be made of a text.
  enum Reading {
    case finished(FunctionPrototype)
    /// More lines may follow; the mistake if none do.
    case unfinished(Mistake)
    case mistaken(Mistake)
  }

  private(set) var text: [UInt8] = []
  private var lineCount = 0
  private let style: ReadEvalPrint.Style
  /// The Lua that is typed.
  private let dialect: LuaDialect

  init(style: ReadEvalPrint.Style, dialect: LuaDialect) {
    self.style = style
    self.dialect = dialect
  }

  var isEmpty: Bool { lineCount == 0 }

  mutating func append(_ line: [UInt8]) {
    text += isEmpty ? line : [UInt8(ascii: "\n")] + line
    lineCount += 1
  }

  /// Tries the ways in which the text may be meant.
  func reading() -> Reading {
    var mistakes: [Mistake] = []
    // Long ago only the sign made a prompt print values.
    let isMarked = text.first == UInt8(ascii: "=")
    // The reference takes only what fits in a line as an expression.
    let isPlain = lineCount == 1 && dialect.interpreter.promptTakesExpressions
    if isMarked || style == .nightjar || isPlain {
      switch expression(without: isMarked ? 1 : 0) {
      case .success(let function): return .finished(function)
      case .failure(let mistake) where isMarked || style == .nightjar: mistakes.append(mistake)
      case .failure: break
      }
    }
    if !isMarked {
      switch statement() {
      case .success(let function): return .finished(function)
      case .failure(let mistake): mistakes.insert(mistake, at: 0)
      }
    }
    // What got farther tells more, unless it only tells of the `return` that nobody typed.
    let farthest = mistakes.dropFirst().reduce(mistakes[0]) { best, mistake in
      mistake.start > best.start && mistake.diagnostics.first?.code != .returnNotLast
        ? mistake : best
    }
    return mistakes.contains { $0.isAtEnd } ? .unfinished(farthest) : .mistaken(farthest)
  }

  private func statement() -> Result<FunctionPrototype, Mistake> {
    compile(text).mapError { Mistake(diagnostics: $0.diagnostics, message: $0.message) }
  }

  /// Compiles the text as an expression without its first `markCount` bytes.
  private func expression(without markCount: Int) -> Result<FunctionPrototype, Mistake> {
    let keyword = Array("return ".utf8)
    return compile(keyword + text.dropFirst(markCount)).mapError { error in
      Mistake(
        diagnostics: error.diagnostics.map { $0.moved(backBy: keyword.count - markCount) },
        message: error.message
      )
    }
  }

  private func compile(_ source: [UInt8]) -> Result<FunctionPrototype, LuaCompileError> {
    var options = LuaCompilerOptions()
    options.syntax.dialect = dialect
    options.syntax.findsAllErrors = style == .nightjar
    return LuaCompiler.compile(source: source, chunkName: Array("=stdin".utf8), options: options)
  }
}
