// The other dialects, and a program whose modules are written in five of them. Their official suites
// have a file of their own (DialectSuiteTests.swift), and so have programs compared with their
// references (DialectProgramTests.swift).
import Foundation
import Testing

/// A dialect beside Lua 5.4, and where what tests it lies.
struct Dialect: Sendable, CustomStringConvertible {
  /// The name that `--lua` takes.
  var name: String
  /// The reference interpreter's command.
  var reference: String?

  var description: String { name }

  /// Its expectations and lists, in the manner of Lua 5.4's.
  var folder: URL { Locations.package.appending(path: "Tests/Conformance/lua-\(name)") }

  static let all = [
    Dialect(name: "5.1", reference: "lua5.1"),
    Dialect(name: "5.2", reference: "lua5.2"),
    Dialect(name: "5.3", reference: "lua5.3"),
    Dialect(name: "5.5"),
    Dialect(name: "jit", reference: "luajit"),
  ]
}

@Suite("dialects") struct DialectTests {
  @Test("a program in five dialects shares tables, functions, coroutines and errors")
  func mixedProgram() async throws {
    let folder = Locations.package.appending(path: "Tests/Mixed")
    let nightjar = try Interpreter.nightjar()
    let outcome = try await Subprocess(
      executable: nightjar.executable,
      arguments: ["run", "main.lua"],
      directory: folder
    ).run()
    let expected = try Data(contentsOf: folder.appending(path: "main.out"))
    let report = difference(expected: expected, actual: outcome.output)
    #expect(report == nil, "\(report ?? "")\n\(outcome.summary)")
    #expect(outcome.status == 0)
  }
}
