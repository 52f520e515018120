// What the compiler made of the dispatch loop. Time is too noisy to be tested; that the loop's function
// counts no references, allocates nothing, checks no exclusive access and jumps from every handler to the
// next is not, and each of these costs a factor when it is lost (docs/internals/loop.md).

package import Foundation

/// Why there is nothing to look at.
package struct HotPathError: Error, CustomStringConvertible {
  package let description: String
}

/// The loop's function and what it calls.
package struct HotPath: Sendable {
  package let loop: MachineFunction
  /// The engine's other functions that the loop refers to, by name.
  package let callees: [MachineFunction]

  /// Reads the engine's object files.
  ///
  /// The loop is the function with the most indirect jumps, whatever it is called.
  ///
  /// - Parameter objects: The folder of an optimised build, as `.build/release/NightjarEngine.build`.
  /// - Throws: `HotPathError` when there are no objects, no disassembler or no loop.
  package init(objects: URL) throws {
    guard let disassembler = Self.disassembler else {
      throw HotPathError(description: "there is no objdump on the path")
    }
    let names = try? FileManager.default.contentsOfDirectory(atPath: objects.path)
    let paths = (names ?? []).filter { $0.hasSuffix(".o") }.sorted()
      .map { objects.appending(path: $0).path }
    guard !paths.isEmpty else {
      throw HotPathError(description: "\(objects.path) holds no object files; build it first")
    }
    let listing = try Self.output(of: disassembler, ["-d", "-r", "--no-show-raw-insn"] + paths)
    self = try HotPath(listing: listing)
  }

  /// Reads what a disassembler printed.
  ///
  /// - Throws: `HotPathError` when there is no loop in it.
  package init(listing: String) throws {
    let functions = MachineFunction.all(in: listing)
    func jumps(_ function: MachineFunction) -> Int {
      function.instructions.filter(\.isIndirectJump).count
    }
    guard let loop = functions.max(by: { jumps($0) < jumps($1) }), jumps(loop) > 0 else {
      throw HotPathError(description: "no function has an indirect jump")
    }
    self.loop = loop
    let called = Set(loop.references)
    callees = functions.filter { called.contains($0.symbol) && $0.symbol != loop.symbol }
      .sorted { $0.symbol < $1.symbol }
  }

  /// The jumps from one instruction's handler to the next one's.
  package var dispatchCount: Int { loop.instructions.filter(\.isIndirectJump).count }

  package var indirectCallCount: Int { loop.instructions.filter(\.isIndirectCall).count }

  /// The checks that end the process when they fail.
  package var trapCheckCount: Int {
    let traps = Set(loop.instructions.filter(\.isTrap).map(\.address))
    return loop.instructions.filter { $0.jumpTarget.map(traps.contains) ?? false }.count
  }

  /// What the function takes of the stack, saved registers included.
  package var stackByteCount: Int {
    loop.instructions.prefix(16).map(\.pushedByteCount).reduce(0, +)
  }

  /// The disassembler: whichever is found first.
  package static let disassembler: URL? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for name in ["objdump", "llvm-objdump"] {
      for folder in path.split(separator: ":") {
        let url = URL(filePath: String(folder)).appending(path: name)
        if FileManager.default.isExecutableFile(atPath: url.path) { return url }
      }
    }
    return nil
  }()

  private static func output(of program: URL, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw HotPathError(description: "\(program.path) failed")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
