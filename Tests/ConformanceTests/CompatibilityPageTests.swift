// docs/compatibility says of every function of every dialect whether it is there: what the command
// has is compared with what the dialect's reference has, and the page with both. NIGHTJAR_BLESS=1 writes the
// pages. The rules above the functions are checked by Tests/NightjarBaseTests/DialectPageTests.swift.
import Foundation
import Testing

@Suite("pages of compatibility") struct CompatibilityPageTests {
  private static let names = ["5.1", "5.2", "5.3", "5.4", "5.5", "jit"]
  private static let marker = "<!-- functions -->\n"

  /// Writes a line for each field of each library, for the methods of files and the metamethods of
  /// strings.
  private static let walk = """
    local lines = {}
    local function add(name, value)
      lines[#lines + 1] = name .. " " .. type(value)
    end
    local function fields(prefix, t)
      for k, v in pairs(t) do if type(k) == "string" then add(prefix .. k, v) end end
    end
    for k, v in pairs(_G) do
      if type(v) == "table" and k ~= "_G" then
        if k ~= "arg" then fields(k .. ".", v) end
      else
        add(k, v)
      end
    end
    for k, v in pairs(getmetatable(io.stdout).__index) do
      if type(v) == "function" and not k:find("^__") then add("file:" .. k, v) end
    end
    for k, v in pairs(getmetatable(io.stdout)) do
      if type(v) == "function" and k:find("^__") then add("file:" .. k, v) end
    end
    for k, v in pairs(getmetatable("")) do
      if type(v) == "function" then add("string:" .. k, v) end
    end
    table.sort(lines)
    for _, line in ipairs(lines) do print(line) end
    """

  /// What is to be said of functions that are there and do not do all that the reference's do.
  private static let notes = [
    "collectgarbage": "every cycle is incremental, whatever mode is asked for",
    "coroutine.yield": "works in more places than in the reference",
    "debug.debug": "reads from the standard streams the host gave",
    "debug.setcstacklimit": "has no effect: no C stack bounds scripts",
    "jit.attach": "does nothing: there is no compiler",
    "jit.flush": "does nothing: there is no compiler",
    "jit.off": "does nothing: there is no compiler",
    "jit.on": "does nothing: there is no compiler",
    "jit.status": "says that the compiler is off",
    "math.random": "the machine's own generator, seeded by the host",
    "math.randomseed": "the machine's own generator",
    "next": "goes in the order of insertion",
    "os.setlocale": "knows the locale \"C\" alone",
    "package.loadlib": "always fails: libraries in C are not loaded",
    "pairs": "goes in the order of insertion",
    "string.dump": "writes binary chunks of a format of its own",
    "table.clear": "is there without being required, too",
    "table.new": "is there without being required, too",
  ]

  @Test("the page says of every function whether it is there", arguments: names)
  func pageSaysWhatThereIs(dialect: String) async throws {
    let url = Locations.package.appending(path: "docs/compatibility").appending(
      path: "lua-\(dialect).md"
    )
    let section = try await Self.section(of: dialect)
    var page = try String(contentsOf: url, encoding: .utf8)
    let rest = page.range(of: Self.marker)
    if ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1" {
      page = page[..<(rest?.lowerBound ?? page.endIndex)] + Self.marker + section
      try Data(page.utf8).write(to: url)
    } else {
      let written = try #require(rest, "no functions on the page")
      #expect(page[written.upperBound...] == section[...])
    }
  }

  private static func section(of dialect: String) async throws -> String {
    let nightjar = try Interpreter.nightjar()
    let here = try await fields(nightjar.executable, nightjar.arguments + ["--lua", dialect])
    let command = dialect == "jit" ? "luajit" : "lua\(dialect)"
    let reference = Locations.find(command)
    let there = if let reference { try await fields(reference, []) } else { here }
    var text = """

      ## Functions

      """
    text +=
      reference == nil
      ? "\nThere is no package of the reference to compare with; its suite and manual decide.\n"
      : "\nCompared with `\(command)`, field by field.\n"
    text += "\n| name | is a | here |\n|---|---|---|\n"
    for name in Set(here.keys).union(there.keys).sorted() {
      let kind = here[name] ?? there[name] ?? ""
      let status =
        switch (here[name], there[name]) {
        case (nil, _): "absent"
        case (_, nil): "added"
        case let (own?, other?) where own != other: "a \(own), there a \(other)"
        default: "as there"
        }
      let note = notes[name].map { here[name] == nil ? "" : "; \($0)" } ?? ""
      text += "| `\(name)` | \(kind) | \(status)\(note) |\n"
    }
    return text
  }

  /// The type of every field, by name.
  private static func fields(
    _ executable: URL,
    _ arguments: [String]
  ) async throws -> [String: String] {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = folder.url.appending(path: "walk.lua")
    try Data(walk.utf8).write(to: file)
    let outcome = try await Subprocess(
      executable: executable,
      arguments: arguments + [file.path],
      directory: folder.url
    ).run()
    #expect(outcome.status == 0, "\(outcome.summary)")
    var fields: [String: String] = [:]
    for line in outcome.outputText.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2 { fields[String(words[0])] = String(words[1]) }
    }
    return fields
  }
}
