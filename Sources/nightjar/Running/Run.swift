// `nightjar run` and `nightjar eval`.

import NightjarBase
import NightjarLuaCompiler
import NightjarLuaLibrary

/// Runs a program from a file, standard input or the command line.
struct Run {
  /// The program, then its arguments; never empty.
  let words: [[UInt8]]
  let isCode: Bool

  init(_ words: [[UInt8]], isCode: Bool) {
    self.words = words
    self.isCode = isCode
  }

  func run() -> Int32 { isCode ? runCode() : runFile() }

  private func runFile() -> Int32 {
    guard let source = ProgramText.read(words[0]) else { return 1 }
    let session = Session()
    session.setArguments(words, script: 0)
    return session.finish(
      session.run(
        SourceFile.chunk(in: source),
        chunkName: ProgramText.chunkName(of: words[0]),
        arguments: Array(words.dropFirst())
      )
    )
  }

  private func runCode() -> Int32 {
    let session = Session()
    session.setArguments(words, script: 0)
    let name = Array("=(eval)".utf8)
    let arguments = Array(words.dropFirst())
    if let expression = expression(in: words[0], chunkName: name) {
      return session.finish(
        session.run(expression, chunkName: name, arguments: arguments, printsResults: true)
      )
    }
    return session.finish(session.run(words[0], chunkName: name, arguments: arguments))
  }

  /// Code that returns the values of an expression; nil when the code is to run as it is.
  private func expression(in code: [UInt8], chunkName: [UInt8]) -> [UInt8]? {
    let isMarked = code.first == UInt8(ascii: "=")
    let expression = Array("return ".utf8) + (isMarked ? Array(code.dropFirst()) : code)
    if isMarked { return expression }
    if case .success = LuaCompiler.compile(source: code, chunkName: chunkName) { return nil }
    guard case .success = LuaCompiler.compile(source: expression, chunkName: chunkName) else {
      return nil
    }
    return expression
  }
}
