// A machine with the whole Lua library over the whole system, as the command gives it to programs.

import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary
import NightjarSystem

/// How the machine reaches the compiler and the image format.
struct LuaChunkCompiler: ChunkCompiler {
  func compile(
    source: [UInt8], chunkName: [UInt8]
  ) -> Result<FunctionPrototype, CompileFailure> {
    LuaCompiler.compile(source: source, chunkName: chunkName)
      .mapError { CompileFailure(message: $0.message) }
  }

  func decode(image: [UInt8], chunkName: [UInt8]) -> Result<FunctionPrototype, CompileFailure> {
    do throws(ImageError) {
      return .success(try Image.load(image))
    } catch { return .failure(CompileFailure(message: error.message(chunkName: chunkName))) }
  }

  func encode(_ function: FunctionPrototype, stripping: Bool) -> [UInt8] {
    Image.encode(function, stripping: stripping)
  }
}

/// A machine ready to run programs, and how its outcomes become output and exit status.
final class Session {
  let machine: Machine
  let capabilities = Console.capabilities
  /// What messages begin with, as in `lua: file:1: …`.
  var programName = "nightjar"

  init(ignoringEnvironment: Bool = false) {
    machine = Machine(
      seed: capabilities.entropy?.next() ?? 0, compiler: LuaChunkCompiler())
    machine.capabilities = capabilities
    machine.openIntrinsics()
    func path(_ variable: String, _ fallback: String) -> [UInt8]? {
      if ignoringEnvironment { return nil }
      let environment = capabilities.environment
      guard
        let value = environment?.value(of: Array((variable + "_5_4").utf8))
          ?? environment?.value(of: Array(variable.utf8))
      else { return nil }
      return Self.withDefault(value, Array(fallback.utf8))
    }
    machine.openPackage(
      path: path("LUA_PATH", Machine.defaultModulePath),
      libraryPath: path("LUA_CPATH", Machine.defaultLibraryPath))
    machine.openFiles()
    machine.openIO()
    machine.openOS()
    machine.openDebugConsole()
    let errors = capabilities.streams?.error
    let output = capabilities.streams?.output
    machine.warningSink = { message in
      try? output?.flush()
      try? errors?.write(Array("Lua warning: ".utf8) + message + [UInt8(ascii: "\n")])
      try? errors?.flush()
    }
  }

  /// A path in which `;;` stands for the default.
  private static func withDefault(_ path: [UInt8], _ fallback: [UInt8]) -> [UInt8] {
    let mark = Array(";;".utf8)
    for start in path.indices.dropLast() where Array(path[start..<start + 2]) == mark {
      let before = path[..<start]
      let after = path[(start + 2)...]
      return (before.isEmpty ? [] : before + [UInt8(ascii: ";")]) + fallback
        + (after.isEmpty ? [] : [UInt8(ascii: ";")] + after)
    }
    return path
  }

  /// Reports a message on standard error.
  func report(_ message: [UInt8]) {
    Console.error(Array("\(programName): ".utf8) + message)
  }

  /// Sets the table `arg`: the script at 0, its arguments above, what came before below.
  func setArguments(_ all: [[UInt8]], script: Int) {
    machine.setGlobal(
      "arg", machine.table(all.enumerated().map { ($0.offset - script, machine.string($0.element)) }))
  }

  /// Runs a chunk with string arguments.
  ///
  /// - Returns: whether it ended without an error, which has been reported otherwise.
  func run(_ source: [UInt8], chunkName: [UInt8], arguments: [[UInt8]]) -> Bool {
    if let failure = machine.load(source, chunkName: chunkName) {
      report(failure.message)
      return false
    }
    for argument in arguments { machine.push(machine.string(argument)) }
    return call()
  }

  /// Calls what was loaded; an error is reported.
  func call() -> Bool {
    switch machine.call(traced: true) {
    case .finished: return true
    case .failed, .outOfFuel, .yielded, .awaiting:
      report(machine.errorText)
      return false
    }
  }

  /// The end of a program: finalizers run and output goes out.
  func finish(_ succeeded: Bool) -> Int32 {
    machine.close()
    try? capabilities.streams?.output.flush()
    return succeeded ? 0 : 1
  }
}
