// Runs code of strangers, bounded: whatever it does, the machine stops with an outcome.

internal import NightjarBase
package import NightjarBytecode
internal import NightjarEngine
internal import NightjarLuaCompiler

extension Oracle {
  /// A verified function runs to some end within its fuel and memory.
  package static func checkRun(_ function: FunctionPrototype) {
    let machine = makeMachine()
    guard machine.load(function) == nil else { return }
    run(machine)
  }

  /// A text that compiles runs to some end within its fuel and memory.
  package static func checkLuaRun(_ bytes: [UInt8]) {
    let machine = makeMachine()
    guard machine.load(bytes, chunkName: Array("=fuzz".utf8)) == nil else { return }
    run(machine)
  }

  private static func makeMachine() -> Machine {
    var limits = Limits()
    limits.heapByteCount = 64 << 20
    limits.stackSlotCount = 50_000
    limits.callDepth = 5_000
    limits.stringByteCount = 1 << 20
    let machine = Machine(limits: limits, seed: 1, compiler: Chunks())
    machine.openIntrinsics()
    // Nothing is printed.
    machine.setGlobal("print", machine.global("tostring"))
    return machine
  }

  private static func run(_ machine: Machine, fuel: Int64 = 100_000) {
    machine.fuel = fuel
    if case .outOfFuel = machine.call() { _ = machine.resume(fuel: 1_000) }
  }
}

/// The compiler and the images of `load`.
private struct Chunks: ChunkCompiler {
  func compile(
    source: [UInt8],
    chunkName: [UInt8]
  ) -> Result<FunctionPrototype, CompileFailure> {
    LuaCompiler.compile(source: source, chunkName: chunkName)
      .mapError { CompileFailure(message: $0.message) }
  }

  func decode(image: [UInt8], chunkName: [UInt8]) -> Result<FunctionPrototype, CompileFailure> {
    do throws(ImageError) {
      return .success(try Image.load(image))
    } catch {
      return .failure(CompileFailure(message: error.message(chunkName: chunkName)))
    }
  }

  func encode(_ function: FunctionPrototype, stripping: Bool) -> [UInt8] {
    Image.encode(function, stripping: stripping)
  }
}
