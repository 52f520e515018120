// `nightjar check` and `nightjar disassemble`: look at programs without running them.

import NightjarBase
import NightjarBytecode
import NightjarDiagnostics
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary
import NightjarSystem

/// Reports mistakes in files.
struct Check {
  let files: [[UInt8]]

  func run() -> Int32 {
    if files.isEmpty {
      Console.error(Command.help["check"] ?? "")
      return 2
    }
    var failed = false
    let renderer = DiagnosticRenderer(isColored: Terminal.isInteractive(2))
    for file in files {
      let source: [UInt8]
      do throws(SystemError) {
        source = try SourceFile.read(file, Console.capabilities)
      } catch {
        Console.error("nightjar: cannot open \(String(decoding: file, as: UTF8.self)): \(error.message)")
        failed = true
        continue
      }
      let diagnostics = LuaCompiler.check(source: source)
      if diagnostics.isEmpty { continue }
      failed = true
      let text = SourceText(name: String(decoding: file, as: UTF8.self), bytes: source)
      Console.error(renderer.render(diagnostics, in: text))
    }
    return failed ? 1 : 0
  }
}

/// Prints the compiled form of files.
struct Disassemble {
  let files: [[UInt8]]

  func run() -> Int32 {
    guard let file = files.first else {
      Console.error(Command.help["disassemble"] ?? "")
      return 2
    }
    let shown = String(decoding: file, as: UTF8.self)
    do throws(SystemError) {
      let source = SourceFile.chunk(in: try SourceFile.read(file, Console.capabilities))
      let compiler = LuaChunkCompiler()
      let name = [UInt8(ascii: "@")] + file
      let result =
        source.first == 0x1B
        ? compiler.decode(image: source, chunkName: name)
        : compiler.compile(source: source, chunkName: name)
      switch result {
      case .success(let function):
        Console.print(Disassembler.lines(of: function).joined(separator: "\n"))
        return 0
      case .failure(let failure):
        Console.error(Array("nightjar: ".utf8) + failure.message)
        return 1
      }
    } catch {
      Console.error("nightjar: cannot open \(shown): \(error.message)")
      return 1
    }
  }
}
