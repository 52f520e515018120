// `run` and `eval`: what a program finds, what its end means, and what is said of files that are no
// programs.

import Foundation
import Testing

@Suite struct RunTests {
  /// Runs a program that is written to a file.
  private func run(_ program: String, _ arguments: String...) throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(program, to: "p.lua")
    return try Command.invoke(["run", "p.lua"] + arguments, directory: folder.url)
  }

  @Test func aProgramFindsItsArguments() throws {
    let outcome = try run("print(arg[0], #arg, arg[2], ...)", "a", "b c")
    #expect(outcome == Command.Outcome(status: 0, output: "p.lua\t2\tb c\ta\tb c\n", errors: ""))
  }

  @Test func standardInputIsAProgram() throws {
    let outcome = try Command.invoke(["run", "-", "x"], input: "#!/bin/sh\nprint(arg[0], ...)")
    #expect(outcome.output == "-\tx\n")
  }

  @Test(arguments: [
    ("", 0), ("os.exit()", 0), ("os.exit(false)", 1), ("os.exit(7)", 7), ("error('x')", 1),
    ("local c <close> = setmetatable({}, {__close = function() os.exit(9) end})", 9),
  ])
  func theEndIsTheStatus(program: String, status: Int32) throws {
    #expect(try run(program).status == status)
  }

  @Test func outputAppearsInOrder() throws {
    let outcome = try Command.invoke(
      ["eval", "io.write('a') io.stderr:write('b') print('c') io.stderr:write('d') io.write('e')"],
      redirection: "2>&1"
    )
    #expect(outcome.output == "ab" + "c\nde" || outcome.output == "bac\nde")
  }

  @Test func anUncaughtErrorHasATraceback() throws {
    let outcome = try run(
      """
      local function total(order)
        return order.n
      end
      print(1)
      total()
      """
    )
    #expect(outcome.output == "1\n")
    #expect(
      outcome.errors == """
        nightjar: p.lua:2: attempt to index a nil value (local 'order')
        stack traceback:
        \tp.lua:2: in local 'total'
        \tp.lua:5: in main chunk
        \t[C]: in ?

        """
    )
    #expect(outcome.status == 1)
  }

  @Test(arguments: [
    ("error('plain', 0)", "plain"), ("error({})", "(error object is a table value)"),
    ("error(setmetatable({}, {__tostring = function() return 'told' end}))", "told"),
    (
      "error(setmetatable({}, {__tostring = function() return 1 end}))",
      "(error object is a table value)"
    ),
    ("error()", "(error object is a nil value)"),
  ])
  func anyValueIsAnError(program: String, message: String) throws {
    let outcome = try run(program)
    #expect(outcome.errors.split(separator: "\n").first == "nightjar: \(message)")
    #expect(outcome.status == 1)
  }

  @Test func mistakesAreShownWhereTheyAre() throws {
    let outcome = try run("local n = 0\nif n == 0 return end\n")
    #expect(
      outcome.errors == """
        error[NJ-L0205]: The condition of `if` is not followed by `then`.
         --> p.lua:2:11
          |
        2 | if n == 0 return end
          |           ^^^^^^ expected `then`, found `return`
          | -- the condition starts after this
          |
          = help: Write `then` after the condition.

        """
    )
    #expect(outcome.status == 1 && outcome.output.isEmpty)
  }

  @Test(arguments: ["run", "check", "disassemble"])
  func whatIsNoProgramIsRefused(command: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("print(1)\0", to: "zero.lua")
    try folder.write("\u{1B}LuaT\0", to: "foreign.luac")
    try folder.write("print(1)", to: "locked.lua")
    let locked = folder.url.appending(path: "locked.lua").path
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: locked)
    func outcome(_ name: String) throws -> Command.Outcome {
      try Command.invoke([command, name], directory: folder.url)
    }

    let missing = try outcome("missing.lua")
    #expect(missing.errors == "nightjar: cannot open missing.lua: No such file or directory\n")
    #expect(missing.status == 1)
    let directory = try outcome(".")
    #expect(directory.errors == "nightjar: cannot read .: Is a directory\n")
    #expect(directory.status == 1)
    let zero = try outcome("zero.lua")
    #expect(zero.errors.hasPrefix("error[NJ-L0101]"))
    #expect(zero.errors.hasSuffix("The text has zero bytes: is zero.lua a Lua program?\n"))
    #expect(zero.status == 1)
    let foreign = try outcome("foreign.luac")
    #expect(foreign.errors.hasPrefix("nightjar: foreign.luac: "))
    #expect(foreign.status == 1)
    // The superuser may read everything.
    if getuid() != 0 {
      let outcome = try outcome("locked.lua")
      #expect(outcome.errors == "nightjar: cannot open locked.lua: Permission denied\n")
      #expect(outcome.status == 1)
    }
  }

  @Test func aDamagedChunkIsRefusedWithItsCause() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let made = try Command.invoke(
      [
        "eval", "--allow-write",
        "io.open('a.luac', 'wb'):write(string.dump(load('return 1'))):close()",
      ],
      directory: folder.url
    )
    #expect(made.status == 0)
    let file = folder.url.appending(path: "a.luac")
    var bytes = try Data(contentsOf: file)
    #expect(try Command.invoke(["run", "a.luac"], directory: folder.url).status == 0)
    bytes.removeLast(3)
    try bytes.write(to: file)
    let outcome = try Command.invoke(["run", "a.luac"], directory: folder.url)
    #expect(outcome.errors.hasPrefix("nightjar: a.luac: "))
    #expect(outcome.status == 1)
  }

  @Test(arguments: [
    ("1 + 1", "2\n"), ("=7 // 2, 'x'", "3\tx\n"), ("print(5)", "5\n"), ("local x = 5", ""),
    ("nil", "nil\n"), ("#arg", "0\n"), ("return 6", ""), ("", ""),
  ])
  func evalPrintsTheValuesOfExpressions(code: String, output: String) throws {
    #expect(
      try Command.invoke(["eval", code]) == Command.Outcome(status: 0, output: output, errors: "")
    )
  }

  @Test func checkReportsAllMistakesOfAllFiles() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("x = = 1\ny = )\n", to: "two.lua")
    try folder.write("goto nowhere", to: "one.lua")
    try folder.write("print(1)", to: "none.lua")
    let files = ["two.lua", "none.lua", "missing.lua", "one.lua"]
    let outcome = try Command.invoke(["check"] + files, directory: folder.url)
    let places = outcome.errors.matches(of: /-->\ (\S+)/).map { String($0.output.1) }
    #expect(places == ["two.lua:1:5", "two.lua:2:5", "one.lua:1:6"])
    #expect(outcome.errors.contains("cannot open missing.lua"))
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    let clean = try Command.invoke(["check", "none.lua"], directory: folder.url)
    #expect(clean == Command.Outcome(status: 0, output: "", errors: ""))
    #expect(try Command.invoke(["check", "-"], input: "x =").errors.contains(" --> stdin:1:4"))
  }

  @Test func disassembleShowsInstructions() throws {
    let outcome = try Command.invoke(
      ["disassemble", "-"],
      input: "local function f() end return f()"
    )
    #expect(outcome.output.contains("stdin") && outcome.output.contains("returnNone"))
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }
}
