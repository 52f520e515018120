// Where the harness finds what it runs: the command under test, the reference interpreter, the
// programs in this package. Everything is named from this file's own place in the tree.
import Foundation

enum Locations {
  static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let differential = package.appending(path: "Tests/Differential/programs")
  static let yieldMatrix = package.appending(path: "Tests/YieldMatrix")
  static let thirdParty = package.appending(path: "Tests/ThirdParty")
  static let officialSuite = package.appending(path: ".cache/lua-5.4-tests")
  static let expectations = package.appending(path: "Tests/Conformance/lua-5.4/expectations.txt")

  /// A suite that Tools/fetch-suites.sh brought; nil when it has not.
  static func cache(_ name: String) -> URL? {
    let url = package.appending(path: ".cache/\(name)")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  /// The command under test: NIGHTJAR_BIN, or what a release build of this package left.
  static let nightjar: URL? = {
    if let named = ProcessInfo.processInfo.environment["NIGHTJAR_BIN"] {
      return URL(filePath: named)
    }
    let built = package.appending(path: ".build/release/nightjar")
    return FileManager.default.isExecutableFile(atPath: built.path) ? built : nil
  }()

  /// The reference interpreter, when this machine has it.
  static let reference: URL? = find("lua5.4")

  /// Whether slow tests were asked for.
  static let isSlowRun = ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] == "1"

  static func find(_ command: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").lazy
      .map { URL(filePath: String($0)).appending(path: command) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// The paths, relative to `folder` and sorted, of all files below it that end so.
  static func files(below folder: URL, ending suffix: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }.sorted()
  }
}

/// Said once, in one way, wherever there is nothing to run.
struct MissingCommand: Error, CustomStringConvertible {
  var description: String {
    "no nightjar to test: run `swift build -c release --product nightjar`, or set NIGHTJAR_BIN"
  }
}

/// The command line that behaves as the reference stand-alone interpreter.
struct Interpreter: Sendable {
  var executable: URL
  var arguments: [String]

  static func nightjar() throws -> Interpreter {
    guard let nightjar = Locations.nightjar else { throw MissingCommand() }
    return Interpreter(executable: nightjar, arguments: ["lua"])
  }

  static var reference: Interpreter? {
    Locations.reference.map { Interpreter(executable: $0, arguments: []) }
  }
}
