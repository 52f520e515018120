// Runs a command to its end, with a time limit, and gives back all that it wrote.
//
// Output goes to files, not pipes: a program may write more than a pipe holds. At most one process
// for each processor runs at a time, however many tests Swift Testing starts.
import Foundation

struct Subprocess: Sendable {
  /// What a finished command left.
  struct Outcome: Sendable {
    var output: Data
    var errors: Data
    /// The exit status; for a process ended by a signal, minus the signal's number.
    var status: Int32
    var timedOut: Bool

    var outputText: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: errors, as: UTF8.self) }
    /// Status and the end of what went to standard error, for messages.
    var summary: String {
      let tail = errorText.split(separator: "\n", omittingEmptySubsequences: false).suffix(25)
      return (timedOut ? "time limit passed" : "status \(status)") + "\n"
        + tail.joined(separator: "\n")
    }
  }

  var executable: URL
  var arguments: [String]
  var directory: URL
  var environment: [String: String] = [:]
  var secondsMax: Double = 20

  /// Runs the command with an empty pipe as its standard input.
  func run() async throws -> Outcome {
    await Slots.shared.acquire()
    do {
      let outcome = try await runNow()
      await Slots.shared.release()
      return outcome
    } catch {
      await Slots.shared.release()
      throw error
    }
  }

  private func runNow() async throws -> Outcome {
    let scratch = try TemporaryFolder()
    defer { scratch.remove() }
    let outputFile = scratch.url.appending(path: "output")
    let errorFile = scratch.url.appending(path: "errors")
    try Data().write(to: outputFile)
    try Data().write(to: errorFile)

    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = Self.baseEnvironment.merging(environment) { $1 }
    let output = try FileHandle(forWritingTo: outputFile)
    let errors = try FileHandle(forWritingTo: errorFile)
    let input = Pipe()
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = input
    // A finished `Process` may live on, and with a thousand open descriptors the next cannot start.
    defer {
      for handle in [output, errors, input.fileHandleForReading, input.fileHandleForWriting] {
        try? handle.close()
      }
    }

    let limit = Limit()
    var group: pid_t = 0
    let status: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { ended in
        let bySignal = ended.terminationReason == .uncaughtSignal
        continuation.resume(
          returning: bySignal ? -ended.terminationStatus : ended.terminationStatus
        )
      }
      do {
        // A process inherits the signals its maker's thread blocks, and pool threads block many.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        try process.run()
        let id = process.processIdentifier
        if getpgid(id) == id {
          group = id
          Self.killGroup(whenEnds: id)
        }
        try? input.fileHandleForWriting.close()
        limit.start(process, seconds: secondsMax)
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
    let timedOut = limit.stop()
    // What it started in the background and left behind.
    if group > 0 { kill(-group, SIGKILL) }
    return Outcome(
      output: try Data(contentsOf: outputFile),
      errors: try Data(contentsOf: errorFile),
      status: status,
      timedOut: timedOut
    )
  }

  /// Ends what a process leaves behind in its group.
  ///
  /// `Process` takes it for running as long as anything it has started holds what it inherited.
  private static func killGroup(whenEnds id: pid_t) {
    Thread.detachNewThread {
      var information = siginfo_t()
      if waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) == 0 { kill(-id, SIGKILL) }
    }
  }

  /// The caller's environment without what would change a Lua program's output.
  private static let baseEnvironment: [String: String] = {
    var variables = ProcessInfo.processInfo.environment
    for name in variables.keys where name.hasPrefix("LUA") || name.hasPrefix("LC_") {
      variables[name] = nil
    }
    variables["LC_ALL"] = "C"
    variables["TZ"] = "UTC0"
    variables["SWIFT_BACKTRACE"] = "enable=no"
    return variables
  }()
}

/// Kills a process that runs for too long, by its id.
private final class Limit: @unchecked Sendable {
  private let lock = NSLock()
  private var isOver = false
  private var passed = false

  func start(_ process: Process, seconds: Double) {
    let id = process.processIdentifier
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [self] in
      lock.withLock {
        guard !isOver else { return }
        passed = true
        kill(id, SIGKILL)
      }
    }
  }

  /// Ends the watch; whether the limit was passed.
  func stop() -> Bool {
    lock.withLock {
      isOver = true
      return passed
    }
  }
}

/// Lets one process for each processor run at a time.
private actor Slots {
  static let shared = Slots()
  private var free = max(1, ProcessInfo.processInfo.activeProcessorCount)
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func acquire() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func release() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}

/// A folder of a test's own, to be removed by it.
struct TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "nightjar-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
