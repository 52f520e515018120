// What `run` and `eval` let a program use: little by itself, more by flags, and a refusal names the flag.

import Foundation
import Testing

@Suite struct GrantTests {
  /// Runs a program in a folder with a module, a file, and a link to a secret outside of it.
  private func run(_ options: [String], _ program: String) throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let manager = FileManager.default
    let inside = folder.url.appending(path: "inside")
    try manager.createDirectory(
      at: inside.appending(path: "data"),
      withIntermediateDirectories: true
    )
    try Data("secret".utf8).write(to: folder.url.appending(path: "secret"))
    try Data("text".utf8).write(to: inside.appending(path: "data/file"))
    try Data("return 'module'".utf8).write(to: inside.appending(path: "beside.lua"))
    try Data(program.utf8).write(to: inside.appending(path: "p.lua"))
    try manager.createSymbolicLink(
      atPath: inside.appending(path: "data/link").path,
      withDestinationPath: "../../secret"
    )
    return try Command.invoke(["run"] + options + ["p.lua"], directory: inside)
  }

  @Test(arguments: [
    ("io.open('data/file')", "--allow-read=data/file"),
    ("io.lines('data/file')", "--allow-read=data/file"),
    ("dofile('data/file')", "--allow-read=data/file"),
    ("io.open('new', 'w')", "--allow-write=new"),
    ("os.remove('data/file')", "--allow-write=data/file"),
    ("os.rename('data/file', 'x')", "--allow-write=data/file"), ("os.tmpname()", "--allow-write"),
    ("io.tmpfile()", "--allow-write"), ("os.getenv('HOME')", "--allow-env=HOME"),
    ("os.execute('true')", "--allow-run"), ("io.popen('true')", "--allow-run"),
    ("net.connect('example.org', 80)", "--allow-net=example.org:80"),
  ])
  func aRefusalNamesTheFlag(code: String, flag: String) throws {
    let outcome = try run([], code)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("is not allowed (capability '"), "\(outcome.errors)")
    #expect(outcome.errors.contains("grant it with \(flag))"), "\(outcome.errors)")
  }

  @Test func theDialectMayStandAmongTheGrants() throws {
    for options in [
      ["--lua", "5.1", "-A"], ["-A", "--lua", "5.1"], ["--fuel", "9999", "--lua", "5.1"],
    ] {
      let outcome = try run(options, "print(_VERSION)")
      #expect(outcome.output == "Lua 5.1\n", "\(options): \(outcome.errors)")
    }
    let outcome = try run(["-A", "--lua", "6"], "print(_VERSION)")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("there is no dialect '6'"), "\(outcome.errors)")
  }

  @Test(arguments: ["1", "500K", "0.9M", "1048575"])
  func tooLittleMemoryIsRefusedWithTheReason(amount: String) throws {
    for options in [["--memory", amount], ["--memory=\(amount)"]] {
      let outcome = try run(options, "print(1)")
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("'--memory' is at least 1M"), "\(outcome.errors)")
    }
  }

  @Test(arguments: [
    ([], "print((require('beside')))", "module\n"),
    ([], "print(io.read() == nil, type(os.time()), os.execute())", "true\tnumber\tfalse\n"),
    (["--allow-read=data"], "print(io.open('data/file'):read('a'))", "text\n"),
    (["--allow-read=data"], "print(io.open('data/../data/file'):read('a'))", "text\n"),
    (["--allow-read=data"], "print((io.open('data/link')))", "nil\n"),
    (["--allow-read=data"], "print((pcall(io.open, '../secret')))", "false\n"),
    (["--allow-read=data"], "print((pcall(io.open, 'data/../../secret')))", "false\n"),
    (["--allow-read=data/file"], "print((pcall(io.open, 'data/link')))", "false\n"),
    (["--allow-read"], "print(io.open('../secret'):read('a'))", "secret\n"),
    (["--allow-write=data"], "print(io.open('data/new', 'w'):write('x'):close())", "true\n"),
    (["--allow-write=data"], "print((pcall(io.open, 'data/new', 'r+')))", "false\n"),
    (["--allow-write=data"], "print((pcall(io.open, 'other', 'w')))", "false\n"),
    (
      ["--allow-env=PATH"], "print(#os.getenv('PATH') > 0, (pcall(os.getenv, 'HOME')))",
      "true\tfalse\n"
    ),
    (["--allow-run"], "print(os.execute('exit 3'))", "nil\texit\t3\n"),
    (
      ["-A"], "print(io.open('../secret'):read('a'), os.execute(), net ~= nil)",
      "secret\ttrue\ttrue\n"
    ),
    (
      ["--virtual-files", "--allow-read=data"],
      "io.open('data/file', 'a'):write('+'):close() print(io.open('data/file'):read('a'))",
      "text+\n"
    ),
    (
      ["--virtual-files", "--allow-read"],
      "io.open('/etc/new', 'w'):write('x'):close() print(io.open('/etc/new'):read('a'), io.open('etc/new'))",
      "x\tnil\tetc/new: No such file or directory\t2\n"
    ),
    (
      ["--virtual-files"],
      "io.open('/a/b/c', 'w'):write('x'):close() os.rename('/a/b/c', 'c') print(io.open('./c'):read('a'))",
      "x\n"
    ),
    (
      ["--seed", "7"], "local a = math.random(1 << 40) print(a == tonumber('1000') or a > 0)",
      "true\n"
    ),
  ])
  func whatIsGrantedWorks(options: [String], code: String, output: String) throws {
    let outcome = try run(options, code)
    #expect(outcome.output == output, "\(outcome.errors)")
    #expect(outcome.status == 0)
  }

  /// A pipe at the other end never has anything to read.
  @Test func readingOutputFails() throws {
    let outcome = try Command.invoke(
      [
        "-c", "\"$0\" eval 'print(io.stdout:read(1)) print(io.stdin:write(1))' | cat",
        Command.executable.path,
      ],
      executable: URL(filePath: "/bin/sh")
    )
    #expect(outcome.output == "nil\tBad file descriptor\t9\nnil\tBad file descriptor\t9\n")
  }

  @Test(arguments: [
    (["--fuel", "100000"], "the program's fuel is used up (--fuel)"),
    (["--timeout=100ms"], "the program's time is up (--timeout)"),
  ])
  func limitsEndWhatCatchesEverything(options: [String], message: String) throws {
    let outcome = try run(
      options,
      "local c <close> = setmetatable({}, {__close = function() print('closed') end}) "
        + "while true do pcall(function() while true do end end) end"
    )
    #expect(outcome.errors == "nightjar: \(message)\n")
    #expect(outcome.output == "closed\n")
    #expect(outcome.status == 1)
  }

  @Test func memoryEnds() throws {
    let outcome = try run(["--memory=8M"], "local t = {} while true do t[#t + 1] = {} end")
    #expect(outcome.errors.hasPrefix("nightjar: not enough memory"))
    #expect(outcome.status == 1)
  }

  @Test func theSameSeedIsTheSameRun() throws {
    let first = try run(["--seed=5"], "print(math.random(1 << 60))")
    #expect(try run(["--seed=5"], "print(math.random(1 << 60))") == first)
    #expect(try run(["--seed=6"], "print(math.random(1 << 60))") != first)
  }

  @Test(arguments: [
    "--fuel=x", "--fuel=0", "--memory=1", "--memory=5X", "--timeout=-1s", "--allow-net=a:b",
    "--allow-run=x", "--allow-read=", "--seed=-1",
  ])
  func valuesThatMakeNoSenseAreRefused(option: String) throws {
    let outcome = try Command.invoke(["eval", option, "1"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasSuffix("see 'nightjar eval --help'\n"), "\(outcome.errors)")
  }
}
