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
  struct Outcome: Equatable {
    /// The exit status; for a process ended by a signal, minus the signal's number.
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs `nightjar run` in the package's root with nothing on standard input.
  static func run(_ arguments: String...) throws -> Outcome {
    try invoke(["run"] + arguments)
  }

  /// Runs the command.
  ///
  /// - Parameters:
  ///   - arguments: The words after the command's name.
  ///   - executable: Another program, or a link to the command.
  ///   - input: What it finds on standard input.
  ///   - directory: Where it runs; the package's root without one.
  ///   - environment: Variables set beside the usual ones.
  ///   - redirection: A shell's words that send its streams elsewhere, such as `>&-`.
  /// - Returns: What the run left behind.
  /// - Throws: When it cannot be started.
  static func invoke(
    _ arguments: [String],
    executable: URL = executable,
    input: String = "",
    directory: URL = root,
    environment: [String: String] = [:],
    redirection: String? = nil
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    // Streams are files: nobody has to read two pipes at once.
    let names = ["input", "output", "errors"].map { folder.url.appending(path: $0) }
    try Data(input.utf8).write(to: names[0])
    try Data().write(to: names[1])
    try Data().write(to: names[2])

    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    if let redirection {
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "exec \"$0\" \"$@\" \(redirection)", executable.path] + arguments
    }
    process.currentDirectoryURL = directory
    process.environment = plainEnvironment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    let limit = try start(process)
    process.waitUntilExit()
    limit.cancel()
    let bySignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: bySignal ? -process.terminationStatus : process.terminationStatus,
      output: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: names[2]), as: UTF8.self)
    )
  }

  /// Starts a process that is killed if it runs for a minute.
  ///
  /// What is returned kills it and is to be cancelled when the process has ended.
  static func start(_ process: Process) throws -> DispatchWorkItem {
    // A process inherits the signals its maker's thread blocks, and pool threads block many.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    try process.run()
    let id = process.processIdentifier
    let end = DispatchWorkItem { kill(id, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: end)
    return end
  }

  /// The caller's environment without what changes how the command behaves.
  static let plainEnvironment: [String: String] = {
    var variables = ProcessInfo.processInfo.environment
    for name in variables.keys where name.hasPrefix("LUA") || name.hasPrefix("NIGHTJAR") {
      variables[name] = nil
    }
    for name in ["TERM", "NO_COLOR", "XDG_STATE_HOME"] { variables[name] = nil }
    return variables
  }()
}

/// A folder of a test's own, to be removed by it.
struct TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "nightjar-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// Writes a file.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appending(path: name))
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
