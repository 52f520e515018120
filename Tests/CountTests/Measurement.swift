// One run of a benchmark program on a machine of its own, and what its counters said.

import Foundation
import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary

/// What does not wobble: the same program gives the same numbers on every machine and in every build.
struct Counts: Equatable {
  /// Fuel spent: instructions executed, and what library functions charge for their work.
  var fuel: Int64
  /// Bytes allocated, whether they were freed again or not.
  var allocatedByteCount: Int
}

/// A benchmark program with a size that makes it short.
struct Program {
  let name: String
  let size: String
  /// The line it prints.
  let output: String

  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let folder = root.appending(path: "Benchmarks/Scripts")

  /// The programs of Benchmarks/Scripts in the order of tiny.txt.
  static let all: [Program] = {
    let path = folder.appending(path: "tiny.txt")
    let text = try? String(contentsOf: path, encoding: .utf8)
    return (text ?? "").split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count > 1 else { return nil }
      return Program(name: String(words[0]), size: String(words[1]), output: line + "\n")
    }
  }()

  /// How the collector works and how often the run is interrupted.
  struct Mode {
    var isCollectorStopped = false
    var isStressed = false
    /// Fuel of each portion.
    var portion = Int64(1) << 40
  }

  /// What went wrong in a run.
  struct Failure: Error {
    let message: String
  }

  /// Runs the program and checks its output.
  ///
  /// - Returns: The fuel spent, and the bytes allocated when the collector is stopped.
  func measure(_ mode: Mode) throws -> Counts {
    let source = try Data(contentsOf: Self.folder.appending(path: "\(name).lua"))
    let chunkName = Array("@\(name)".utf8)
    let main = try LuaCompiler.compile(source: Array(source), chunkName: chunkName).get()
    let printed = MemoryStream()
    let machine = Machine()
    machine.isCollectorStopped = mode.isCollectorStopped
    machine.isStressed = mode.isStressed
    machine.capabilities.streams = StandardStreams(
      input: BufferedFile(MemoryStream()),
      output: BufferedFile(printed),
      error: BufferedFile(MemoryStream())
    )
    machine.openIntrinsics()
    machine.openFiles()
    if let failure = machine.load(main) {
      throw Failure(message: String(decoding: failure.message, as: UTF8.self))
    }
    machine.setGlobal("arg", machine.table([(1, machine.string(Array(size.utf8)))]))

    let allocatedBefore = mode.isCollectorStopped ? machine.allocationByteCount : 0
    var fuel: Int64 = 0
    machine.fuel = mode.portion
    var outcome = machine.call()
    fuel += mode.portion - machine.fuel
    while case .outOfFuel = outcome {
      let left = machine.fuel
      outcome = machine.resume(fuel: left + mode.portion)
      fuel += left + mode.portion - machine.fuel
    }
    guard case .finished = outcome else {
      throw Failure(message: String(decoding: machine.errorText, as: UTF8.self))
    }
    try machine.capabilities.streams?.output.flush()
    let text = String(decoding: printed.bytes, as: UTF8.self)
    guard text == output else { throw Failure(message: "printed \(text), not \(output)") }
    return Counts(
      fuel: fuel,
      allocatedByteCount: mode.isCollectorStopped
        ? machine.allocationByteCount - allocatedBefore : 0
    )
  }
}
