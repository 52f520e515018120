// Runs the host on a script in a process of its own and reads what it tells.

import Foundation

/// What a host saw of a script.
struct Observation {
  /// The process's status; for one ended by a signal, minus its number.
  let status: Int32
  let isHung: Bool
  let facts: [String: String]
  let errors: String

  /// The host, beside the bundle of these tests.
  static let host: URL = {
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let bundles = [CommandLine.arguments[0], own.path].map { URL(filePath: $0) }
    let folders = bundles.map { $0.deletingLastPathComponent() }
    let package = HostileScript.folder.deletingLastPathComponent().deletingLastPathComponent()
    #if DEBUG
    let built = package.appending(path: ".build/debug")
    #else
    let built = package.appending(path: ".build/release")
    #endif
    let candidates = (folders + [built]).map { $0.appending(path: "EscapeHost") }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
      ?? built.appending(path: "EscapeHost")
  }()

  init(of script: HostileScript, secondsMax: Double = 60) throws {
    let process = Process()
    process.executableURL = Self.host
    process.arguments = [HostileScript.folder.appending(path: script.path).path]
    process.standardInput = FileHandle.nullDevice
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = environment
    let output = Pipe()
    let errorFile = FileManager.default.temporaryDirectory
      .appending(path: "escape-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: errorFile.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errorFile) }
    let errorHandle = try FileHandle(forWritingTo: errorFile)
    process.standardOutput = output
    process.standardError = errorHandle
    // A finished `Process` may live on; too many open descriptors, and the next cannot start.
    defer {
      for handle in [output.fileHandleForReading, output.fileHandleForWriting, errorHandle] {
        try? handle.close()
      }
    }
    try process.runWithAllSignals()
    let id = process.processIdentifier
    let watch = DispatchWorkItem { _ = kill(id, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + secondsMax, execute: watch)
    let start = Date()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    watch.cancel()
    let bySignal = process.terminationReason == .uncaughtSignal
    status = bySignal ? -process.terminationStatus : process.terminationStatus
    isHung = bySignal && Date().timeIntervalSince(start) >= secondsMax
    errors = (try? String(contentsOf: errorFile, encoding: .utf8)) ?? ""
    var facts: [String: String] = [:]
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { facts[String(parts[0])] = String(parts[1].dropFirst()) }
    }
    self.facts = facts
  }

  func number(_ name: String) -> Int { facts[name].flatMap { Int($0) } ?? .max }
}

extension Process {
  /// Starts the process with no signal blocked: it would inherit those that the thread of its maker
  /// blocks, and threads of pools block many.
  func runWithAllSignals() throws {
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    try run()
  }
}
