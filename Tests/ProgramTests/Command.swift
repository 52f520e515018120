// Runs the `nightjar` command that was built beside these tests.

import Foundation

/// The command under test.
enum Command {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  #if DEBUG
  private static let configuration = "debug"
  #else
  private static let configuration = "release"
  #endif

  /// The executable; `NIGHTJAR` in the environment names another one.
  static var executable: URL {
    if let named = ProcessInfo.processInfo.environment["NIGHTJAR"] { return URL(filePath: named) }
    return root.appending(path: ".build/\(configuration)/nightjar")
  }

  /// What a run of the command left behind.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs `nightjar run` in the package's root with nothing on standard input.
  static func run(_ arguments: String...) throws -> Outcome {
    let process = Process()
    process.executableURL = executable
    process.arguments = ["run"] + arguments
    process.currentDirectoryURL = root
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    // Errors go to a file: nobody has to read two pipes at once.
    let errorFile = FileManager.default.temporaryDirectory
      .appending(path: "nightjar-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: errorFile.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errorFile) }
    let errors = try FileHandle(forWritingTo: errorFile)
    process.standardError = errors
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try errors.close()
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: bytes, as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    )
  }
}
