// `nightjar run` and `nightjar eval`.

import NightjarBase
import NightjarLuaCompiler
import NightjarLuaLibrary
import NightjarSystem

/// Runs a program from a file, standard input or the command line.
struct Run {
  /// The program, then its arguments; never empty.
  let words: [[UInt8]]
  let isCode: Bool
  /// The Lua of a program that does not name its own; the standard if nil.
  let dialect: LuaDialect?
  /// What the program may use.
  let grants: Grants

  init(_ words: [[UInt8]], isCode: Bool, dialect: LuaDialect?, grants: Grants) {
    self.words = words
    self.isCode = isCode
    self.dialect = dialect
    self.grants = grants
  }

  func run() -> Int32 { isCode ? runCode() : runFile() }

  private func runFile() -> Int32 {
    if FuseInput.isFuse(words[0]) { return FuseRun(words: words, grants: grants).run() }
    guard let source = ProgramText.read(words[0]) else { return 1 }
    let isInput = words[0] == [UInt8(ascii: "-")]
    let session = Session(
      dialect: DialectOption.dialect(of: source, asked: dialect),
      grants: grants,
      programFolder: isInput ? [UInt8(ascii: ".")] : Invocation.directory(of: words[0]),
      simulation: grants.simulation
    )
    session.interruptsEndReads = true
    session.setArguments(words, script: 0)
    return session.finish(
      session.runAsTask(
        SourceFile.chunk(in: source),
        chunkName: ProgramText.chunkName(of: words[0]),
        arguments: Array(words.dropFirst()),
        simulation: grants.simulation
      )
    )
  }

  private func runCode() -> Int32 {
    let session = Session(
      dialect: dialect ?? .standard,
      grants: grants,
      simulation: grants.simulation
    )
    session.interruptsEndReads = true
    session.setArguments(words, script: 0)
    let expression = expression(in: words[0])
    return session.finish(
      session.runAsTask(
        expression ?? words[0],
        chunkName: Array("=(eval)".utf8),
        arguments: Array(words.dropFirst()),
        simulation: grants.simulation,
        printsResults: expression != nil
      )
    )
  }

  private func compiles(_ code: [UInt8]) -> Bool {
    let options = LuaCompilerOptions.all(dialect ?? .standard)
    switch LuaCompiler.compile(source: code, chunkName: [], options: options) {
    case .success: return true
    case .failure: return false
    }
  }

  /// Code that returns the values of an expression; nil when the code is to run as it is.
  private func expression(in code: [UInt8]) -> [UInt8]? {
    let isMarked = code.first == UInt8(ascii: "=")
    let expression = Array("return ".utf8) + (isMarked ? Array(code.dropFirst()) : code)
    if isMarked { return expression }
    return compiles(code) || !compiles(expression) ? nil : expression
  }
}
