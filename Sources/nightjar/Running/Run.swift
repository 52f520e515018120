// `nightjar run` and `nightjar eval`.

import NightjarBase
import NightjarLuaLibrary

/// Runs a program from a file, standard input or the command line.
struct Run {
  let words: [[UInt8]]
  let isCode: Bool

  init(_ words: [[UInt8]], isCode: Bool) {
    self.words = words
    self.isCode = isCode
  }

  func run() -> Int32 {
    guard let first = words.first else {
      Console.error(Command.help[isCode ? "eval" : "run"] ?? "")
      return 2
    }
    let session = Session()
    session.setArguments(words, script: 0)
    let arguments = Array(words.dropFirst())
    if isCode {
      return session.finish(
        session.run(first, chunkName: Array("=(eval)".utf8), arguments: arguments))
    }
    let isInput = first == [UInt8(ascii: "-")]
    let source: [UInt8]
    do throws(SystemError) {
      source = try SourceFile.read(isInput ? nil : first, session.capabilities)
    } catch {
      session.report(
        Array("cannot open \(String(decoding: first, as: UTF8.self)): \(error.message)".utf8))
      return 1
    }
    return session.finish(
      session.run(
        SourceFile.chunk(in: source),
        chunkName: isInput ? Array("=stdin".utf8) : [UInt8(ascii: "@")] + first,
        arguments: arguments))
  }
}
