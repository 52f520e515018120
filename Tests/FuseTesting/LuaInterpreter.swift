// The Lua interpreters of this machine: what the compiler emits is run on each.

package import Foundation
package import NightjarFuseSyntax

/// An interpreter and the target it is the reference of.
package struct LuaInterpreter: Sendable, CustomStringConvertible {
  /// What programs for it are compiled for.
  package var target: FuseTarget
  /// The program.
  package var executable: URL
  /// What stands before the name of a file.
  package var arguments: [String] = []

  /// Names a program.
  package init(target: FuseTarget, executable: URL, arguments: [String] = []) {
    self.target = target
    self.executable = executable
    self.arguments = arguments
  }

  /// The name of the program.
  package var description: String { executable.lastPathComponent }

  /// The interpreters that are there: the references, and Nightjar itself.
  package static let all: [LuaInterpreter] = {
    var found: [LuaInterpreter] = []
    for target in FuseTarget.allCases {
      if let url = find(target.rawValue) {
        found.append(LuaInterpreter(target: target, executable: url))
      }
    }
    if let nightjar {
      found.append(LuaInterpreter(target: .lua54, executable: nightjar, arguments: ["lua"]))
    }
    return found
  }()

  /// The command of this package: NIGHTJAR_BIN, or what a release build left.
  package static let nightjar: URL? = {
    if let named = ProcessInfo.processInfo.environment["NIGHTJAR_BIN"] {
      return URL(filePath: named)
    }
    let built = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: ".build/release/nightjar")
    return FileManager.default.isExecutableFile(atPath: built.path) ? built : nil
  }()

  private static func find(_ command: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").lazy
      .map { URL(filePath: String($0)).appending(path: command) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// What a finished program left.
  package struct Outcome: Sendable {
    /// What it wrote to standard output.
    package var output: String
    /// What it wrote to standard error.
    package var errors: String
    /// Its exit status.
    package var status: Int32
  }

  /// Runs one text.
  ///
  /// - Throws: What the file system or the system's processes report.
  package func run(_ text: String) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fuse-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: folder.appending(path: "main.lua"))
    return try run("main.lua", in: folder)
  }

  /// Runs a file of a folder, for twenty seconds at most.
  ///
  /// - Throws: What the file system or the system's processes report.
  package func run(_ file: String, in folder: URL) throws -> Outcome {
    let output = folder.appending(path: "output")
    let errors = folder.appending(path: "errors")
    try Data().write(to: output)
    try Data().write(to: errors)
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments + [file]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let outputHandle = try FileHandle(forWritingTo: output)
    let errorHandle = try FileHandle(forWritingTo: errors)
    defer {
      try? outputHandle.close()
      try? errorHandle.close()
    }
    process.standardOutput = outputHandle
    process.standardError = errorHandle
    try process.run()
    let id = process.processIdentifier
    let limit = DispatchWorkItem { kill(id, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 20, execute: limit)
    process.waitUntilExit()
    limit.cancel()
    return Outcome(
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
      status: process.terminationStatus
    )
  }
}
