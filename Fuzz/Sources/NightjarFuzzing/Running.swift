// Runs code of strangers, bounded: whatever it does, the machine stops with an outcome.

internal import NightjarBase
package import NightjarBytecode
package import NightjarEngine
internal import NightjarLuaCompiler

extension Oracle {
  /// What a heap may hold beyond its limit: what is made between two safepoints.
  private static var excessByteCount: Int { 16 << 20 }

  /// A verified function runs to some end within its fuel and memory.
  package static func checkRun(_ function: FunctionPrototype) {
    let image = Image.encode(function, stripping: false)
    checkRun(function, under: RunProfile(for: image))
  }

  /// The same under given limits.
  package static func checkRun(_ function: FunctionPrototype, under profile: RunProfile) {
    let machine = makeMachine(profile)
    guard machine.load(function) == nil else { return }
    run(machine, profile)
  }

  /// A text that compiles runs to some end within its fuel and memory.
  package static func checkLuaRun(_ bytes: [UInt8]) {
    checkLuaRun(bytes, under: RunProfile(for: bytes))
  }

  /// The same under given limits.
  package static func checkLuaRun(_ bytes: [UInt8], under profile: RunProfile) {
    let machine = makeMachine(profile)
    guard machine.load(bytes, chunkName: Array("=fuzz".utf8)) == nil else { return }
    run(machine, profile)
  }

  private static func makeMachine(_ profile: RunProfile) -> Machine {
    let machine = Machine(limits: profile.limits, seed: 1, compiler: LuaChunks())
    machine.openIntrinsics()
    // Nothing is printed.
    machine.setGlobal("print", machine.global("tostring"))
    machine.isStressed = profile.isStressed
    return machine
  }

  private static func run(_ machine: Machine, _ profile: RunProfile) {
    let portions = profile.fuelPortions
    machine.fuel = portions[0]
    var outcome = machine.call()
    for portion in portions.dropFirst() {
      guard case .outOfFuel = outcome else { break }
      outcome = machine.resume(fuel: portion)
    }
    // What is left behind must be in order, whatever state the run ended in.
    machine.collectGarbage()
    machine.fuel = 1_000
    if case .outOfFuel = outcome {} else { machine.close() }
    let limit = profile.limits.heapByteCount ?? .max
    precondition(machine.peakByteCount - limit <= excessByteCount, "the memory limit is passed")
  }
}

/// The compiler and the images of `load`.
package struct LuaChunks: ChunkCompiler {
  package init() {}

  package func compile(
    source: [UInt8],
    chunkName: [UInt8]
  ) -> Result<FunctionPrototype, CompileFailure> {
    LuaCompiler.compile(source: source, chunkName: chunkName)
      .mapError { CompileFailure(message: $0.message) }
  }

  package func decode(
    image: [UInt8],
    chunkName: [UInt8]
  ) -> Result<FunctionPrototype, CompileFailure> {
    do throws(ImageError) {
      return .success(try Image.load(image))
    } catch {
      return .failure(CompileFailure(message: error.message(chunkName: chunkName)))
    }
  }

  package func encode(_ function: FunctionPrototype, stripping: Bool) -> [UInt8] {
    Image.encode(function, stripping: stripping)
  }
}
