// Programs that nobody here wrote, as Debian ships them: each file of Tests/ThirdParty puts one of
// those libraries to a real use and prints the same on Nightjar as on the reference interpreter.
//
// The first line of a file names the packages it needs; `Tools/setup.sh` installs them. C libraries
// cannot be loaded, so lua-json takes part with its encoder (its decoder is made with LPeg) and
// luacheck as a library on lists of files (its command walks folders with lua-filesystem). LuaUnit
// is the package lua-unit; there is no lua-luaunit in Debian.
import Foundation
import Testing

@Suite(
  "third-party programs",
  .enabled(if: Interpreter.reference != nil, "lua5.4 is not installed: run Tools/setup.sh")
)
struct ThirdPartyTests {
  static let programs = Locations.files(below: Locations.thirdParty, ending: ".lua")

  @Test("prints what the reference prints", arguments: programs)
  func printsTheSame(program: String) async throws {
    let missing = try Self.missingPackages(of: program)
    guard missing.isEmpty else {
      // A machine without the packages says so and goes on; nothing is taken for passed.
      withKnownIssue("\(program) needs \(missing.joined(separator: ", ")): run Tools/setup.sh") {
        Issue.record("packages are missing")
      }
      return
    }
    try await Self.compare(program)
  }

  private static func compare(_ program: String) async throws {
    let reference = try #require(Interpreter.reference)
    let expected = try await Self.run(program, on: reference)
    try #require(expected.status == 0, "the reference fails: \(expected.summary)")
    let actual = try await Self.run(program, on: .nightjar())
    let report = difference(expected: expected.output, actual: actual.output)
    #expect(report == nil, "\(program): \(report ?? "")\n\(actual.summary)")
    #expect(actual.status == 0, "\(program): \(actual.summary)")
  }

  /// Where each package's main file lies.
  private static let landmarks = [
    "lua-argparse": "argparse.lua", "lua-check": "luacheck/init.lua", "lua-inspect": "inspect.lua",
    "lua-json": "json.lua", "lua-penlight": "pl/init.lua", "lua-unit": "luaunit.lua",
  ]
  private static let roots = ["5.4", "5.3", "5.1"].map { "/usr/share/lua/\($0)" }

  private static func missingPackages(of program: String) throws -> [String] {
    let source = try String(
      contentsOf: Locations.thirdParty.appending(path: program),
      encoding: .utf8
    )
    let needs = "-- needs: "
    let first = try #require(source.split(separator: "\n").first)
    try #require(first.hasPrefix(needs), "\(program) does not say what it needs")
    return try first.dropFirst(needs.count).split(separator: " ").map(String.init).filter { name in
      let landmark = try #require(landmarks[name], "unknown package \(name)")
      return !roots.contains { FileManager.default.fileExists(atPath: $0 + "/" + landmark) }
    }
  }

  private static func run(
    _ program: String,
    on interpreter: Interpreter
  ) async throws -> Subprocess.Outcome {
    try await Subprocess(
      executable: interpreter.executable,
      arguments: interpreter.arguments + [program],
      directory: Locations.thirdParty,
      environment: [
        "LUA_PATH": roots.map { "\($0)/?.lua;\($0)/?/init.lua" }.joined(separator: ";"),
        "LUA_CPATH": "",
      ],
      secondsMax: 60
    ).run()
  }
}
