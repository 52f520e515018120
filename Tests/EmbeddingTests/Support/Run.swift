// Runs a program to its end, with a time limit, and gives back what it wrote.

import Foundation

/// A program that was run.
struct Run {
  /// Standard output.
  let output: String
  /// Standard error.
  let errors: String
  /// The exit status; minus the signal's number for a process that a signal ended.
  let status: Int32

  /// Both outputs, for messages.
  var summary: String { "status \(status)\n\(output.suffix(4_000))\n\(errors.suffix(4_000))" }

  /// Runs a program to its end; after so many seconds it is killed.
  init(
    _ executable: URL,
    _ arguments: [String] = [],
    in folder: URL,
    environment: [String: String] = [:],
    seconds: Double = 60
  ) throws {
    let scratch = try Folder()
    defer { scratch.remove() }
    let outputFile = try scratch.write("", to: "output")
    let errorFile = try scratch.write("", to: "errors")
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let id = process.processIdentifier
    let watch = DispatchWorkItem { kill(id, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: watch)
    process.waitUntilExit()
    watch.cancel()
    output = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
    errors = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    let wasKilled = process.terminationReason == .uncaughtSignal
    status = wasKilled ? -process.terminationStatus : process.terminationStatus
  }

  /// The place of a command on the path.
  static func find(_ command: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").lazy
      .map { URL(filePath: String($0)).appending(path: command) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}

/// A folder of a test's own.
struct Folder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "nightjar-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// Writes a file, and the folders it stands in.
  @discardableResult func write(_ text: String, to path: String) throws -> URL {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: file)
    return file
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
