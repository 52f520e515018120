// The official Lua 5.4 suite, unmodified: each file in its own process, in a copy of the suite of
// its own (the tests write files), under a name that begins with `lua`.
//
// The suite runs in its full mode: neither `_soft` nor `_port` nor `_U` is set. Its internal tests
// ask for the global `T` of a debug build and pass by without it. Three files need more than to be
// run: `big.lua` yields and is run in a coroutine as `all.lua` does; `heavy.lua` fills the memory
// it finds, so it gets a limit and runs only on request; files with expected failures get a
// prelude whose `assert` notes those and goes on.
import Foundation
import Testing

@Suite(
  "official suite",
  .enabled(
    if: FileManager.default.fileExists(atPath: Locations.officialSuite.path),
    "run Tools/fetch-suites.sh first"
  )
)
struct OfficialSuiteTests {
  static let files = Locations.files(below: Locations.officialSuite, ending: ".lua")
    .filter { !$0.contains("/") && $0 != "heavy.lua" }

  /// `main.lua` wants a script that it starts in the background to print later than the shell that
  /// starts it; on a busy machine it may not, so these have three runs.
  static let racing: Set = ["main.lua", "all.lua"]

  @Test("passes unmodified", arguments: files)
  func passes(file: String) async throws {
    let expected = try Expectations.load()[file] ?? []
    let expecting = file == "all.lua" ? try Expectations.all() : expected
    var run = try await Self.run(file, expecting: expecting)
    for _ in 0..<2 where run.outcome.status != 0 && Self.racing.contains(file) {
      run = try await Self.run(file, expecting: expecting)
    }
    #expect(run.outcome.status == 0, "\(file): \(run.outcome.summary)")
    guard file != "all.lua" else { return }
    let surprises = Set(expected).subtracting(run.failed)
    #expect(
      surprises.isEmpty,
      "\(file): expected to fail, but passed or not reached: \(surprises)"
    )
  }

  @Test("every expectation names a file of the suite, a line and a reason, and they are few")
  func expectationsAreFew() throws {
    let expectations = try Expectations.load()
    #expect(Set(expectations.keys).isSubset(of: Self.files))
    #expect(
      try String(contentsOf: Locations.expectations, encoding: .utf8).split(separator: "\n").count
        < 10
    )
  }

  @Test(
    "heavy.lua ends with an ordinary error in 3 GB",
    .enabled(if: Locations.isSlowRun, "NIGHTJAR_SLOW=1 runs it")
  )
  func heavy() async throws {
    let run = try await Self.run("heavy.lua", expecting: [], kilobytesMax: 3_000_000)
    #expect(run.outcome.status == 0, "heavy.lua: \(run.outcome.summary)")
  }

  /// Runs one file, in a copy of the suite that may be prepared; `failed` are the expected failures that
  /// did happen.
  static func run(
    _ file: String,
    expecting: [String],
    environment: [String: String] = [:],
    kilobytesMax: Int? = nil,
    suite source: URL = Locations.officialSuite,
    command name: String = "lua",
    interpreter: URL? = Locations.nightjar,
    preparing prepare: (URL) throws -> Void = { _ in }
  ) async throws -> (outcome: Subprocess.Outcome, failed: Set<String>) {
    guard let interpreter else { throw MissingCommand() }
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let suite = folder.url.appending(path: "suite")
    try FileManager.default.copyItem(at: source, to: suite)
    try prepare(suite)
    let lua = folder.url.appending(path: name)
    try FileManager.default.createSymbolicLink(at: lua, withDestinationURL: interpreter)
    let log = folder.url.appending(path: "failed")

    var arguments: [String] = []
    if !expecting.isEmpty {
      arguments += ["-e", Expectations.prelude(expecting, log: log.path)]
    }
    arguments += file == "big.lua" ? ["-e", bigInCoroutine] : [file]
    var command = Subprocess(
      executable: lua,
      arguments: arguments,
      directory: suite,
      environment: environment,
      secondsMax: 300
    )
    if let kilobytesMax {
      command.executable = URL(filePath: "/bin/sh")
      command.arguments =
        ["-c", "ulimit -v \(kilobytesMax); exec \"$0\" \"$@\"", lua.path] + arguments
    }
    let outcome = try await command.run()
    let noted = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    return (outcome, Set(noted.split(separator: "\n").map(String.init)))
  }

  private static let bigInCoroutine = """
    local f = coroutine.wrap(assert(loadfile('big.lua')))
    assert(f() == 'b')
    assert(f() == 'a')
    """
}

/// The assertions of the suite that cannot hold, as `expectations.txt` names them.
enum Expectations {
  /// The places `FILE:LINE` by file.
  static func load(from file: URL = Locations.expectations) throws -> [String: [String]] {
    Dictionary(grouping: try all(from: file)) { String($0.prefix { $0 != ":" }) }
  }

  static func all(from file: URL = Locations.expectations) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { line in
        let words = line.split(separator: " ", maxSplits: 1)
        let place = words[0].split(separator: ":")
        try #require(
          words.count == 2 && place.count == 2 && Int(place[1]) != nil,
          "malformed: \(line)"
        )
        return String(words[0])
      }
  }

  /// Lua code that replaces `assert`: a failure at one of the places is noted in a file and passed
  /// over, any other is as it was.
  ///
  /// The code has no lines, which line hooks would see, and looks only at the callers next to it, as the
  /// suite also fails assertions at the bottom of the deepest recursion.
  static func prelude(_ places: [String], log: String) -> String {
    """
    (loadstring or load)(string.dump((loadstring or load)([==[
    local assert, error, select, getinfo, open = assert, error, select, debug.getinfo, io.open
    local places = { \(places.map { "['\($0)'] = true" }.joined(separator: ", ")) }
    function _G.assert(...)
      if select('#', ...) == 0 then return assert() end
      local ok, message = ...
      if ok then return ... end
      if select('#', ...) == 1 then message = 'assertion failed!' end
      for level = 2, 4 do
        local info = getinfo(level, 'Sl')
        if not info then break end
        local place = info.source:match('([^/]*)$'):gsub('^@', '') .. ':' .. info.currentline
        if places[place] then
          local file = open('\(log)', 'a')
          file:write(place, '\\n')
          file:close()
          return ...
        end
      end
      error(message, 2)
    end
    ]==]), true))()
    """
  }
}
