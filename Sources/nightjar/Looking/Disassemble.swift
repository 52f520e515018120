// `nightjar disassemble`: the compiled form of a program.

import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary

/// Prints the compiled form of a file.
struct Disassemble {
  let file: [UInt8]
  let dialect: LuaDialect?

  func run() -> Int32 {
    guard let text = ProgramText.read(file) else { return 1 }
    let source = SourceFile.chunk(in: text)
    let name = ProgramText.chunkName(of: file)
    if source.first == 0x1B {
      switch LuaChunkCompiler(allowsBinary: true).decode(image: source, chunkName: name) {
      case .success(let function): return show(function)
      case .failure(let failure):
        Console.error(Array("nightjar: ".utf8) + failure.message)
        return 1
      }
    }
    let options = LuaCompilerOptions.all(DialectOption.dialect(of: text, asked: dialect))
    switch LuaCompiler.compile(source: source, chunkName: name, options: options) {
    case .success(let function): return show(function)
    case .failure(let error):
      Mistakes(error.diagnostics, in: source, name: ProgramText.name(of: file)).report()
      return 1
    }
  }

  private func show(_ function: FunctionPrototype) -> Int32 {
    Console.print(Disassembler.lines(of: function).joined(separator: "\n")) ? 0 : 1
  }
}
