// `nightjar check`: looks at programs without running them.

import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary

/// Reports mistakes in files.
struct Check {
  let files: [[UInt8]]
  /// The Lua of files that do not name theirs; the standard if nil.
  let dialect: LuaDialect?

  func run() -> Int32 {
    var failed = false
    for (index, file) in files.enumerated() {
      guard let source = ProgramText.read(file) else {
        failed = true
        continue
      }
      guard let report = check(source, name: ProgramText.name(of: file)) else { continue }
      if failed && index > 0 { Console.error("") }
      report()
      failed = true
    }
    return failed ? 1 : 0
  }

  /// What to report about a program; nil when nothing is wrong.
  private func check(_ source: [UInt8], name: String) -> (() -> Void)? {
    let chunk = SourceFile.chunk(in: source)
    if chunk.first == 0x1B {
      let decoded = LuaChunkCompiler(allowsBinary: true).decode(
        image: chunk,
        chunkName: [UInt8(ascii: "@")] + Array(name.utf8)
      )
      guard case .failure(let failure) = decoded else { return nil }
      return { Console.error(Array("nightjar: ".utf8) + failure.message) }
    }
    let diagnostics = LuaCompiler.check(
      source: source,
      dialect: DialectOption.dialect(of: source, asked: dialect)
    )
    if diagnostics.isEmpty { return nil }
    return { Mistakes(diagnostics, in: source, name: name).report() }
  }
}
