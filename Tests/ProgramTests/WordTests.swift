// The words of the command line: what is understood, what is refused, and with which status.

import Foundation
import Testing

@Suite struct WordTests {
  @Test func versionIsToldOnStandardOutput() throws {
    let outcome = try Command.invoke(["--version"])
    #expect(outcome.output.wholeMatch(of: /nightjar \d+\.\d+\.\d+\n/) != nil)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  @Test(arguments: ["run", "eval", "repl", "check", "disassemble", "fmt", "lua"])
  func everySubcommandHasHelp(name: String) throws {
    let outcome = try Command.invoke([name, "--help"])
    #expect(outcome.output.hasPrefix("usage: nightjar \(name)"))
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(try Command.invoke(["help", name]) == outcome)
    #expect(try Command.invoke(["--help"]).output.contains("\n  \(name) "))
  }

  @Test func withoutWordsTheUsageGoesToStandardError() throws {
    let outcome = try Command.invoke([])
    #expect(outcome.errors.hasPrefix("usage: nightjar COMMAND"))
    #expect(outcome.status == 2 && outcome.output.isEmpty)
  }

  @Test(arguments: [
    (["frob"], "there is no command 'frob'; see 'nightjar --help'"),
    (["rnu", "x"], "there is no command 'rnu'; did you mean 'run'?"),
    (
      ["Makefile"], "there is no command 'Makefile'; to run the file, write 'nightjar run Makefile'"
    ),
    (["run"], "'run' needs a FILE; see 'nightjar run --help'"),
    (["eval"], "'eval' needs CODE; see 'nightjar eval --help'"),
    (["check"], "'check' needs a FILE; see 'nightjar check --help'"),
    (["repl", "x"], "'repl' takes no 'x'; see 'nightjar repl --help'"),
    (["repl", "--frob"], "'--frob' is no option of 'repl'; see 'nightjar repl --help'"),
    (["disassemble", "a", "b"], "'disassemble' takes one FILE; see 'nightjar disassemble --help'"),
    (["fmt"], "'fmt' needs a FILE; see 'nightjar fmt --help'"),
    (["fmt", "--frob"], "'--frob' is no option of 'fmt'; see 'nightjar fmt --help'"),
    (["help", "frob"], "there is no command 'frob'; see 'nightjar --help'"),
    (["fr\u{1B}[1mob"], "there is no command 'fr\u{FFFD}[1mob'; see 'nightjar --help'"),
  ])
  func wordsThatMakeNoSenseAreRefused(words: [String], message: String) throws {
    let outcome = try Command.invoke(words)
    #expect(outcome.errors == "nightjar: \(message)\n")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
  }

  @Test func optionsOfTheProgramAreLeftToIt() throws {
    let outcome = try Command.invoke(["eval", "print(...)", "--help", "-x", "--", "a"])
    #expect(outcome.output == "--help\t-x\t--\ta\n")
  }

  @Test func aDoubleDashEndsTheOptions() throws {
    #expect(try Command.invoke(["eval", "--", "-5"]).output == "-5\n")
    let refused = try Command.invoke(["eval", "-5"])
    #expect(refused.errors.contains("write -- before words that begin with a dash"))
    #expect(refused.status == 2)
  }

  @Test(arguments: [">&-", ">/dev/full"])
  func outputThatCannotBeWrittenIsAnError(redirection: String) throws {
    for words in [["--help"], ["--version"], ["eval", "print(1)"], ["disassemble", "-"]] {
      let outcome = try Command.invoke(words, redirection: redirection)
      #expect(outcome.errors.hasPrefix("nightjar: cannot write to standard output: "), "\(words)")
      #expect(outcome.status == 1, "\(words)")
    }
  }

  @Test func aReaderThatHasEnoughEndsTheProgram() throws {
    let outcome = try Command.invoke(
      ["-c", "\"$0\" eval 'while true do print(1) end' | head -1", Command.executable.path],
      executable: URL(filePath: "/bin/sh")
    )
    #expect(outcome == Command.Outcome(status: 0, output: "1\n", errors: ""))
  }

  @Test func closedStandardInputIsAnError() throws {
    let outcome = try Command.invoke(["run", "-"], redirection: "<&-")
    #expect(outcome.errors == "nightjar: cannot read stdin: Bad file descriptor\n")
    #expect(outcome.status == 1)
  }
}
