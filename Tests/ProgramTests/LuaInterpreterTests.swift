// Under a name that begins with `lua` the command is the reference's stand-alone interpreter: the same
// words and input bring the same output, messages and status from both. The texts of `-v` differ, and
// so do binary chunks; those have tests of their own.

import Foundation
import Testing

@Suite struct LuaInterpreterTests {
  static let reference = ["/usr/bin/lua5.4", "/usr/local/bin/lua5.4"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Words, input and environment of one use.
  struct Use: CustomTestStringConvertible, Sendable {
    var words: [String]
    var input = ""
    var environment: [String: String] = [:]

    init(_ words: String..., input: String = "", environment: [String: String] = [:]) {
      self.words = words
      self.input = input
      self.environment = environment
    }

    var testDescription: String { "\(words) \(input.debugDescription) \(environment)" }
  }

  /// Programs that the uses find beside them.
  private static let programs = [
    "show.lua": "print('show', arg[0], arg[-1], #arg, ...)",
    "module.lua": "return {x = ...}",
    "fails.lua": "print(1)\nerror('bad')",
    "mistaken.lua": "x = = 1",
    "hash.lua": "#!/bin/lua\nprint(1)\nerror('line 3')",
    "mark.lua": "\u{FEFF}#x\nprint(debug.getinfo(1).currentline)",
    "zero.lua": "print(1)\0print(2)",
  ]

  private static func outcome(_ use: Use, of executable: URL) throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for (name, text) in programs { try folder.write(text, to: name) }
    // The same name for both: messages begin with it.
    let link = folder.url.appending(path: "lua")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: executable)
    let outcome = try Command.invoke(
      ["-c", "exec ./lua \"$@\"", "sh"] + use.words,
      executable: URL(filePath: "/bin/sh"),
      input: use.input,
      directory: folder.url,
      environment: use.environment.merging(["TERM": "dumb"]) { $1 }
    )
    return Command.Outcome(
      status: outcome.status,
      output: outcome.output.replacing(/Lua 5\.4.*, PUC-Rio/, with: "Lua 5.4"),
      errors: outcome.errors
    )
  }

  private func compare(_ use: Use) throws {
    let reference = try Self.outcome(use, of: URL(filePath: Self.reference ?? ""))
    #expect(try Self.outcome(use, of: Command.executable) == reference)
  }

  @Test(
    .enabled(if: reference != nil, "lua5.4 is not installed"),
    arguments: [
      Use("-v"), Use("-v", "-v"), Use("-i"), Use("-E", "-v"), Use("-v", input: "print(1)"),
      Use("show.lua"), Use("show.lua", "a", "b"), Use("-e", "x=1", "show.lua", "a"),
      Use("--", "show.lua", "-x"), Use("--", input: "print(1)"), Use("--help"), Use("---"),
      Use("-x"), Use("-e"), Use("-l"), Use("-e", "-x"), Use("-vx"), Use("-Wx"), Use("-Ex"),
      Use("-ix"), Use("-ex=1", "-eprint(x)"), Use("-e", ""), Use("-e", "return 5"),
      Use("-lmodule", "-e", "print(module.x)"), Use("-l", "m=module", "-e", "print(m.x)"),
      Use("-l", "nowhere"), Use("-l", ""), Use("-l", "=module"), Use("-lx="),
      Use("-l", "string", "-e", "print(string == _G.string)"),
      Use("-W", "-e", "warn 'x'"), Use("-e", "warn '@on' warn('a', 'b') warn('', '@off')"),
      Use("-", input: "print(...)"), Use("-", "a", "b", input: "print(...)"),
      Use("-", input: "error 'x'"), Use(input: "print(arg[0], ...)"), Use(input: "error 'x'"),
      Use(input: "x x"), Use("-e", "x=1", "-", input: "print(x)"),
      Use("-W", input: "print(1)"), Use("-E", input: "print(1)"),
    ]
  )
  func takesTheWords(use: Use) throws { try compare(use) }

  @Test(
    .enabled(if: reference != nil, "lua5.4 is not installed"),
    arguments: [
      Use("missing.lua"), Use("."), Use("fails.lua"), Use("mistaken.lua"), Use("hash.lua"),
      Use("mark.lua"), Use("zero.lua"), Use("-e", "x x"), Use("-e", "\""), Use("-e", "for"),
      Use("-e", "error{}"), Use("-e", "error()"), Use("-e", "error('x', 0)"),
      Use("-e", "error(setmetatable({}, {__tostring = function() return 'T' end}))"),
      Use("-e", "error(setmetatable({}, {__tostring = function() return 1 end}))"),
      Use("-e", "error(setmetatable({}, {__tostring = function() error 'e' end}))"),
      Use("-e", "coroutine.yield()"), Use("-e", "coroutine.wrap(function() error 'e' end)()"),
      Use("-e", "os.exit(3)"), Use("-e", "os.exit(true)"), Use("-e", "os.exit(false)"),
      Use("-e", "os.exit(261)"), Use("-e", "os.exit(-1)"),
      Use("-e", "io.write 'a' os.exit(7, true)"),
      Use("-e", "local c <close> = setmetatable({}, {__close = os.getenv}) os.exit(0, true)"),
      Use(
        "-e",
        "local c <close> = setmetatable({}, {__close = function() print 'c' end}) error 'x'"
      ),
      Use("-e", "setmetatable({}, {__gc = function() print 'gc' end})"),
      Use("-e", "local t = nil; t.x.y = 1"), Use("-e", "assert(nil, {})"), Use("-e", "dofile 'no'"),
      Use("-e", "dofile '.'"), Use("-e", "dofile 'fails.lua'"), Use("-e", "require 'nowhere'"),
      Use("-e", "arg = nil", "show.lua"), Use("-e", "arg = {1, 2}", "show.lua"),
      Use("-e", "arg[2] = 'new'", "show.lua", "a"), Use("-e", "print(io.stdout:close())"),
      Use("-e", "print(io.read 'a')", input: "text\n"),
    ]
  )
  func endsAndFails(use: Use) throws { try compare(use) }

  @Test(
    .enabled(if: reference != nil, "lua5.4 is not installed"),
    arguments: [
      ["LUA_INIT": "print 'init'"], ["LUA_INIT": "@show.lua"], ["LUA_INIT": "@missing.lua"],
      ["LUA_INIT": "error 'x'"], ["LUA_INIT": "x x"], ["LUA_INIT": "print(arg[0])"],
      ["LUA_INIT": ""], ["LUA_INIT_5_4": "print(54)", "LUA_INIT": "print(0)"],
      ["LUA_INIT_5_4": "x x"], ["LUA_PATH": "/x/?.lua;;"], ["LUA_PATH": ";;/y"],
      ["LUA_PATH": ";;"], ["LUA_PATH": ""], ["LUA_PATH_5_4": "q", "LUA_PATH": "r"],
      ["LUA_CPATH": "c/?.so;;"], ["LUA_PATH": "a;;b;;c"],
    ]
  )
  func readsTheEnvironment(variables: [String: String]) throws {
    try compare(Use("-e", "print(package.path, package.cpath)", environment: variables))
    try compare(Use("-E", "-e", "print(package.path, package.cpath)", environment: variables))
    try compare(Use("show.lua", "a", environment: variables))
  }

  /// Input to `-i`.
  @Test(
    .enabled(if: reference != nil, "lua5.4 is not installed"),
    arguments: [
      "1+1\n=2\nx=\n5\nx\n", "error 'x'\nprint(1)\n", "for i=1,2 do\nprint(i)\nend\n",
      "return 1,2\n", "local x = 1\nx\n", "f(\n1)\n", "[[abc\ndef]]\n", "--[[ x\n]] 5\n", "=\n",
      "=1,2\n", "os.exit(4)\n", "print=1\n5\n", "nil\n", "\n\n", "a.b\n", "goto x\n", "error{}\n",
      "error()\n", "_PROMPT='$ '\n1\n", "_PROMPT=nil _PROMPT2='?'\nx=\n1\n", "_PROMPT=5\n1\n",
      "_PROMPT=true\n1\n", "function f() error 'e' end f()\n", "coroutine.yield(1)\n",
      "local x <close> = 5\n", "print(1)", "_PROMPT = setmetatable({}, {__tostring = os.date})",
    ]
  )
  func converses(input: String) throws {
    try compare(Use("-i", input: input))
    try compare(Use("-i", "show.lua", "a", input: input))
  }

  @Test func theSubcommandIsTheSame() throws {
    let outcome = try Command.invoke(["lua", "-e", "print(1)", "-v"])
    #expect(outcome.output.wholeMatch(of: /Lua 5\.4 .*PUC-Rio\n1\n/) != nil)
    let refused = try Command.invoke(["lua", "-x"])
    #expect(refused.errors.contains("unrecognized option '-x'\nusage: "))
    #expect(refused.status == 1)
  }

  @Test func foreignChunksAreRefused() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("\u{1B}LuaT\0", to: "foreign.luac")
    let outcome = try Command.invoke(["lua", "foreign.luac"], directory: folder.url)
    #expect(outcome.errors.contains("foreign.luac: bad binary format"))
    #expect(outcome.status == 1)
  }
}
