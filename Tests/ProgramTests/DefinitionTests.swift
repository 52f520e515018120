// `nightjar definitions`: what it prints is what machines have.

import Foundation
import Testing

@Suite struct DefinitionTests {
  private static let dialects = ["5.1", "5.2", "5.3", "5.4", "5.5", "jit"]

  private func print(_ words: String...) throws -> String {
    let outcome = try Command.invoke(["definitions"] + words)
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
    return outcome.output
  }

  /// Runs the declarations, which makes the tables and functions that they declare, and compares them with
  /// those of a machine: names and kinds of values.
  @Test(arguments: dialects)
  func declareWhatThereIs(dialect: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(print("--lua", dialect), to: "declared.lua")
    let program = """
      local function names(from)
        local found = {}
        local function add(name, value)
          found[#found + 1] = name .. (type(value) == 'function' and '()' or '')
        end
        for name, value in pairs(from) do
          if type(value) == 'table' and name ~= '_G' and name ~= 'arg' then
            for inner, field in pairs(value) do add(name .. '.' .. inner, field) end
          elseif type(value) == 'function' then
            add(name, value)
          end
        end
        return found
      end
      local own = names(_G)
      local declared = {}
      local text = io.open('declared.lua'):read('*a')
      -- Fields of tables that are no functions stand in comments.
      local class
      local fields = {}
      for line in text:gmatch('[^\\n]*') do
        class = line:match('^%-%-%-@class (%S+)') or class
        local field = line:match('^%-%-%-@field ([%w_]+)')
        if field then fields[#fields + 1] = class .. '.' .. field end
      end
      if setfenv then setfenv(assert(loadfile('declared.lua')), declared)()
      else assert(loadfile('declared.lua', 't', declared))() end
      local there = names(declared)
      for _, field in ipairs(fields) do there[#there + 1] = field end
      local set = {}
      for _, name in ipairs(own) do set[name] = 'only in the machine' end
      -- Some libraries fill their tables when a field is asked for.
      local function has(path)
        local value = _G
        for part in path:gmatch('[^.()]+') do value = type(value) == 'table' and value[part] or nil end
        return value ~= nil
      end
      for _, name in ipairs(there) do
        set[name] = not set[name] and not has(name) and 'only declared' or nil
      end
      for name, where in pairs(set) do print(name, where) end
      """
    try folder.write(program, to: "compare.lua")
    let outcome = try Command.invoke(
      ["run", "--lua", dialect, "-A", "compare.lua"],
      directory: folder.url
    )
    #expect(outcome.status == 0 && outcome.output == "", "\(outcome.output)\(outcome.errors)")
  }

  @Test func printsWhatIsAskedFor() throws {
    let text = try print("http")
    #expect(
      text == """
        ---@meta

        ---@class http
        http = {}

        ---Sends a request: body, code, headers, status.
        ---@param url string|table
        ---@param body? string
        ---@return string?
        ---@return integer|string
        ---@return table|integer
        ---@return string?
        function http.request(url, body) end

        """
    )
    let fuse = try print("--format", "fuse", "net")
    #expect(fuse.contains("declare module \"@lua:net\"\n  --- Connects by TCP.\n"))
    #expect(
      fuse.contains(
        "unsafe fn connect(host: string, port: number, seconds: number? = None) -> (file?, string?, number?)\n"
      )
    )
    #expect(try print("--format=fuse", "_G").contains("  unsafe fn print(...rest: unknown?)\n"))
  }

  @Test(arguments: [
    (["--format", "json"], "'json' is no format; there are luals and fuse"),
    (["--format"], "'' is no format; there are luals and fuse"),
    (["--quick"], "'--quick' is no option of 'definitions'"),
    (["strings"], "5.4 has no library 'strings'"),
    (["--lua", "5.1", "utf8"], "5.1 has no library 'utf8'"),
  ])
  func refusesWhatMakesNoSense(words: [String], message: String) throws {
    let outcome = try Command.invoke(["definitions"] + words)
    #expect(outcome.status == 2 && outcome.output == "")
    #expect(outcome.errors == "nightjar: \(message); see 'nightjar definitions --help'\n")
  }
}
