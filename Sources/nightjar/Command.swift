// The subcommands and their help.

import NightjarBase
import NightjarBytecode
import NightjarSystem

/// One use of the command.
struct Command {
  let arguments: [[UInt8]]

  static let version = "nightjar 0.1.0 (Lua 5.4)"

  static let usage = """
    usage: nightjar COMMAND [arguments]

      run FILE [args…]     run a Lua program; `-` reads it from standard input
      eval CODE [args…]    run the given text
      repl                 read, run and print, line by line
      check FILE…          look for mistakes without running anything
      disassemble FILE     show the compiled form
      lua [options]        behave as the reference interpreter `lua`

      --version            print the version
      --help               print this; after a command, what it does
    """

  static let help: [String: String] = [
    "run": """
      usage: nightjar run FILE [args…]

      Runs a Lua 5.4 program. The program finds its arguments in `...` and in the table `arg`.
      FILE may be `-` for standard input. An uncaught error is printed with a traceback and ends
      the command with status 1.
      """,
    "eval": """
      usage: nightjar eval CODE [args…]

      Runs CODE as a program.
      """,
    "repl": """
      usage: nightjar repl

      Reads Lua line by line and runs it. Expressions print their values; a line may begin with `=`
      for the same. Unfinished input goes on in the next line. Control-C stops what is running.
      """,
    "check": """
      usage: nightjar check FILE…

      Reports mistakes in the text of programs, all of them, without running anything. Ends with
      status 1 when there are any.
      """,
    "disassemble": """
      usage: nightjar disassemble FILE

      Prints the instructions, constants and variables of a program and its functions.
      """,
  ]

  func run() -> Int32 {
    let words = arguments.dropFirst().map { String(decoding: $0, as: UTF8.self) }
    guard let command = words.first else {
      Console.error(Self.usage)
      return 2
    }
    if words.dropFirst().first == "--help", let text = Self.help[command] {
      Console.print(text)
      return 0
    }
    let rest = Array(arguments.dropFirst(2))
    switch command {
    case "--help", "-h", "help":
      Console.print(Self.usage)
      return 0
    case "--version", "-V":
      Console.print(Self.version)
      return 0
    case "run": return Run(rest, isCode: false).run()
    case "eval": return Run(rest, isCode: true).run()
    case "repl": return ReadEvalPrint(Session()).run()
    case "check": return Check(files: rest).run()
    case "disassemble": return Disassemble(files: rest).run()
    case "lua": return LuaInterpreter(arguments: arguments, firstOption: 2).run()
    default:
      Console.error("nightjar: unknown command '\(command)'\n\n\(Self.usage)")
      return 2
    }
  }
}

/// The command's own output.
enum Console {
  // The command is one thread.
  nonisolated(unsafe) static let capabilities = Capabilities.wholeSystem()

  static func print(_ text: String) {
    try? capabilities.streams?.output.write(Array("\(text)\n".utf8))
    try? capabilities.streams?.output.flush()
  }

  static func error(_ text: String) { error(Array(text.utf8)) }

  static func error(_ text: [UInt8]) {
    try? capabilities.streams?.output.flush()
    try? capabilities.streams?.error.write(text + [UInt8(ascii: "\n")])
    try? capabilities.streams?.error.flush()
  }
}
