import NightjarBase
import NightjarEngine
import NightjarLuaCompiler
import NightjarBytecode
import Glibc
struct C: ChunkCompiler {
  func compile(source: [UInt8], chunkName: [UInt8]) -> Result<FunctionPrototype, CompileFailure> {
    LuaCompiler.compile(source: source, chunkName: chunkName).mapError { CompileFailure(message: $0.message) }
  }
  func decode(image: [UInt8], chunkName: [UInt8]) -> Result<FunctionPrototype, CompileFailure> { .failure(CompileFailure(message: [])) }
  func encode(_ function: FunctionPrototype, stripping: Bool) -> [UInt8] { [] }
}
var src: [UInt8] = []
let f = fopen(CommandLine.arguments[1], "r")!
var buf = [UInt8](repeating: 0, count: 1 << 20)
while case let n = fread(&buf, 1, buf.count, f), n > 0 { src += buf[0..<n] }
let m = Machine(compiler: C())
m.openTemp()
if let e = m.load(src, chunkName: Array(("@" + CommandLine.arguments[1]).utf8)) { print(String(decoding: e.message, as: UTF8.self)); exit(1) }
switch m.call() {
case .finished: break
case .failed: print("error:", String(decoding: m.errorText, as: UTF8.self)); exit(1)
case .outOfFuel: print("fuel")
}
if CommandLine.arguments.count > 2 { print("fuel used", Int64.max/4 - m.fuel) }
