// The conversation, at a terminal and through a pipe.

import Foundation
import Testing

@Suite struct PromptTests {
  /// Begins a conversation at a terminal; `history` is the file that keeps the lines.
  private func converse(
    _ words: [String] = ["repl"],
    history: URL? = nil,
    terminal: String = "xterm"
  ) throws -> PseudoTerminal {
    let prompt = try PseudoTerminal(
      words,
      environment: ["TERM": terminal, "NIGHTJAR_HISTORY": history?.path ?? ""]
    )
    try prompt.wait(for: "> ")
    return prompt
  }

  /// The lines that a piped conversation writes.
  private func converse(input: String) throws -> Command.Outcome {
    try Command.invoke(["repl"], input: input, environment: ["NIGHTJAR_HISTORY": ""])
  }

  // MARK: Through a pipe

  @Test(arguments: [
    ("1 + 1\n", "2\n"), ("=6 * 7\n", "42\n"), ("1, 'a', nil\n", "1\ta\tnil\n"),
    ("x = 5\nx\n", "5\n"), ("local y = 1\ny\n", "nil\n"),
    ("function f(n)\n  return n * 2\nend\nf(4)\n", "8\n"), ("1 +\n2\n", "3\n"),
    ("s = [[a\nb]]\ns\n", "a\nb\n"), ("[[a\nb]]\n", "a\nb\n"), ("#'abc'\n", "3\n"),
    ("print('p')\n", "p\n"), ("", ""), ("\n\n", ""), ("5", "5\n"),
    ("setmetatable({}, {__tostring = function() return 'shown' end})\n", "shown\n"),
  ])
  func valuesArePrinted(input: String, output: String) throws {
    #expect(
      try converse(input: input) == Command.Outcome(status: 0, output: output, errors: "")
    )
  }

  @Test func errorsDoNotEndTheConversation() throws {
    let outcome = try converse(
      input: "x = nil + 1\nerror('e', 0)\nprint = nil\n5\n'\n=7 7\nos.exit(6)\n"
    )
    let errors = outcome.errors
    #expect(errors.contains("stdin:1: attempt to perform arithmetic on a nil value\n"))
    #expect(errors.contains("\ne\nstack traceback:\n"))
    #expect(errors.contains("error calling 'print' (attempt to call a nil value)\n"))
    #expect(errors.contains("error[NJ-L0"))
    #expect(outcome.status == 6)
  }

  @Test(arguments: [
    ("1 + )\n", "1 + )", 5), ("= 3 + )\n", "= 3 + )", 7), ("2 x\n", "2 x", 1), ("1 +", "1 +", 4),
    ("x = )\n", "x = )", 5),
  ])
  func mistakesAreShownInWhatWasTyped(input: String, line: String, column: Int) throws {
    let errors = try converse(input: input).errors
    #expect(errors.contains(" --> stdin:1:\(column)\n"), "\(errors)")
    #expect(errors.contains("1 | \(line)\n"), "\(errors)")
  }

  // MARK: At a terminal

  @Test func linesAreEditedAndPrinted() throws {
    let prompt = try converse()
    prompt.type("1 + 3\u{7F}1\r")
    try prompt.wait(for: "\n2\n")
    try prompt.wait(for: "> ")
    // Control-A, a sign, control-E.
    prompt.type("5\u{01}-\u{05}0\r")
    try prompt.wait(for: "\n-50\n")
    // Between two lines the terminal is in its usual mode, in which a control-D would be nothing.
    try prompt.wait(for: "> ")
    prompt.type("\u{04}")
    #expect(try prompt.end().status == 0)
  }

  @Test func unfinishedInputGoesOn() throws {
    let prompt = try converse()
    prompt.type("for i = 1, 2 do\r")
    try prompt.wait(for: ">> ")
    prompt.type("print(i * 11) end\r")
    try prompt.wait(for: "11\n22\n")
    prompt.type("os.exit(3)\r")
    #expect(try prompt.end().status == 3)
  }

  @Test(arguments: ["xterm", "dumb"])
  func controlCStopsTheChunkAndNotTheConversation(terminal: String) throws {
    let prompt = try converse(terminal: terminal)
    prompt.type("x = 5 print('begun') io.flush() while true do end\r")
    // The loop must have begun before the key is pressed.
    try prompt.wait(for: "begun\n")
    prompt.type("\u{03}")
    try prompt.wait(for: "interrupted!")
    try prompt.wait(for: "> ")
    prompt.type("x\r")
    try prompt.wait(for: "\n5\n")
    try prompt.wait(for: "> ")
    // Again, in a library function that takes long, and caught.
    prompt.type("print('found') io.flush() print(pcall(string.find, ('a'):rep(1e5), '.*.*b'))\r")
    try prompt.wait(for: "found\n")
    prompt.type("\u{03}")
    try prompt.wait(for: "false\tinterrupted!\n")
    try prompt.wait(for: "> ")
    prompt.type("\u{04}")
    #expect(try prompt.end().status == 0)
  }

  @Test(arguments: ["xterm", "dumb"])
  func controlCGivesUpTheLine(terminal: String) throws {
    let prompt = try converse(terminal: terminal)
    prompt.type("x = (1 +\r")
    try prompt.wait(for: ">> ")
    prompt.type("error('not run'\u{03}")
    // The next line's, and not the one that is drawn again.
    try prompt.wait(for: "\n> ")
    prompt.type("7\r")
    try prompt.wait(for: "\n7\n")
    try prompt.wait(for: "> ")
    prompt.type("\u{04}")
    let (status, shown) = try prompt.end()
    #expect(status == 0 && !shown.contains("stack traceback"))
  }

  @Test func aScriptThatReadsIsInterrupted() throws {
    let prompt = try converse()
    prompt.type("print('begun') io.flush() io.read()\r")
    try prompt.wait(for: "begun\n")
    prompt.type("\u{03}")
    try prompt.wait(for: "> ")
    // The terminal is in its usual mode for scripts: a line arrives when it is finished.
    prompt.type("print('again') io.flush() print(io.read('n'))\r")
    // What is typed before the mode changes is not edited.
    try prompt.wait(for: "again\n")
    prompt.type("4\u{7F}2\n")
    try prompt.wait(for: "\n2\n")
    try prompt.wait(for: "> ")
    prompt.type("\u{04}")
    #expect(try prompt.end().status == 0)
  }

  @Test func aPastedTextIsManyLines() throws {
    let prompt = try converse()
    prompt.type("\u{1B}[200~function f()\n\treturn 8\nend\nf()\n\u{1B}[201~")
    try prompt.wait(for: "\n8\n")
    try prompt.wait(for: "> ")
    prompt.type("\u{04}")
    #expect(try prompt.end().status == 0)
  }

  @Test func linesAreKeptFromOneConversationToTheNext() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = folder.url.appending(path: "state/history")
    let first = try converse(history: file)
    first.type("a = 40\ra\r")
    try first.wait(for: "\n40\n")
    try first.wait(for: "> ")
    first.type("\u{04}")
    #expect(try first.end().status == 0)
    #expect(try String(contentsOf: file, encoding: .utf8) == "a = 40\na\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)

    let second = try converse(history: file)
    // Up, up; then search for the other.
    second.type("\u{1B}[A\u{1B}[A + 2\r")
    second.type("a\r")
    try second.wait(for: "\n42\n")
    try second.wait(for: "> ")
    second.type("\u{12}= 40\u{05} - 1\ra\r")
    try second.wait(for: "\n41\n")
    try second.wait(for: "> ")
    second.type("\u{04}")
    #expect(try second.end().status == 0)
  }

  @Test func theReferencesPromptEditsToo() throws {
    let prompt = try converse(["lua"])
    prompt.type("_PROMPT = 'next: '\r")
    try prompt.wait(for: "next: ")
    prompt.type("1 - 3\r")
    try prompt.wait(for: "\n-2\n")
    try prompt.wait(for: "next: ")
    prompt.type("\u{04}")
    #expect(try prompt.end().status == 0)
  }
}
