// The subcommands: which one is meant, and what of the words after it are options.

import NightjarBase
import NightjarDiagnostics
import NightjarLuaLibrary
import NightjarSystem

/// One use of the command.
struct Command {
  let arguments: [[UInt8]]

  static let version = "nightjar 0.1.0"
  /// The status after words that make no sense.
  static let misuse: Int32 = 2

  /// What a subcommand does with the words after it.
  private enum Words {
    /// Words after the first that is no option belong to the program that is run.
    case program
    case files
    case none
  }

  private static let names = [
    "run", "eval", "repl", "check", "build", "test", "trace", "new", "explain", "disassemble",
    "definitions", "fmt",
  ]

  /// What the words after a subcommand are; nil when there is no such subcommand.
  ///
  /// Not a dictionary: the runtime would look through all conformances for that of its keys, and a
  /// quarter of a megabyte of them would be resident in every process.
  private static func words(after name: [UInt8]) -> Words? {
    switch name {
    case "run", "eval": .program
    case "repl": Words.none
    case "disassemble": .files
    default: nil
    }
  }

  /// Does what a command line asks for.
  ///
  /// Called by a name that begins with `lua`, the command is the reference's stand-alone interpreter;
  /// as `fuse` it runs a program, as `fusec` it builds one.
  /// Not in `main.swift`, whose closures check that they run on the main actor.
  ///
  /// - Returns: The exit status.
  static func start(_ arguments: [[UInt8]]) -> Int32 {
    let path = arguments.first ?? []
    var nameStart = path.count
    while nameStart > 0 && path[nameStart - 1] != UInt8(ascii: "/") { nameStart -= 1 }
    let name = path[nameStart...]
    if name.elementsEqual("fuse".utf8) || name.elementsEqual("fusec".utf8) {
      let subcommand = name.count == 4 ? "run" : "build"
      return Command(arguments: [path, Array(subcommand.utf8)] + arguments.dropFirst()).run()
    }
    guard name.starts(with: Array("lua".utf8)) else {
      return Command(arguments: arguments).run()
    }
    return LuaInterpreter(
      arguments: arguments,
      firstOption: 1,
      dialect: DialectOption.named(by: name) ?? .standard
    ).run()
  }

  func run() -> Int32 {
    guard arguments.count > 1 else {
      Console.error(Help.usage)
      return Self.misuse
    }
    // Compared as the bytes that it is.
    let name = arguments[1]
    var rest = Array(arguments.dropFirst(2))
    var asked: LuaDialect?
    switch DialectOption.take(from: &rest) {
    case .success(let dialect): asked = dialect
    case .failure(let refusal):
      Console.error("nightjar: \(refusal.text)")
      return Self.misuse
    }
    switch name {
    case "--help", "-h", "help": return help(rest)
    case "--version", "-V": return Console.print(Self.version) ? 0 : 1
    case "lua":
      if rest == [Array("--help".utf8)] { return help([arguments[1]]) }
      let first = arguments.count - rest.count
      return LuaInterpreter(
        arguments: arguments,
        firstOption: first,
        dialect: asked ?? .standard
      ).run()
    case "check", "build", "test", "trace", "new", "explain", "definitions", "fmt":
      if let word = rest.first, [Array("--help".utf8), Array("-h".utf8)].contains(word) {
        return help([arguments[1]])
      }
      return runWithOptions(name, rest, asked)
    default: break
    }
    guard let words = Self.words(after: name) else { return refuseCommand() }
    var grants = Grants()
    switch operands(rest, words, &grants, &asked) {
    case .failure(let ending): return ending.status
    case .success(let operands): return run(name, operands, asked, grants)
    }
  }

  /// Runs a subcommand that reads its options itself.
  private func runWithOptions(
    _ name: [UInt8],
    _ words: [[UInt8]],
    _ dialect: LuaDialect?
  ) -> Int32 {
    switch name {
    case "check": Check(words: words, dialect: dialect).run()
    case "build": Build(words: words).run()
    case "test" where LuaTests.areMeant(words): LuaTests(words: words, dialect: dialect).run()
    case "test": FuseTests(words: words).run()
    case "trace": Trace(words: words).run()
    case "new": New(words: words).run()
    case "explain": Explain(words: words).run()
    case "definitions": Definitions(words: words, dialect: dialect ?? .standard).run()
    default: Format(words: words).run()
    }
  }

  private func run(
    _ name: [UInt8],
    _ operands: [[UInt8]],
    _ dialect: LuaDialect?,
    _ grants: Grants
  ) -> Int32 {
    switch name {
    case "run": return Run(operands, isCode: false, dialect: dialect, grants: grants).run()
    case "eval": return Run(operands, isCode: true, dialect: dialect, grants: grants).run()
    case "disassemble": return Disassemble(file: operands[0], dialect: dialect).run()
    default: return ReadEvalPrint(Session(dialect: dialect ?? .standard), style: .nightjar).run()
    }
  }

  // MARK: Words

  /// Nothing more is to be done.
  private struct Ending: Error {
    let status: Int32
  }

  /// The words after a subcommand without its options.
  private func operands(
    _ words: [[UInt8]],
    _ kind: Words,
    _ grants: inout Grants,
    _ dialect: inout LuaDialect?
  ) -> Result<[[UInt8]], Ending> {
    var operands: [[UInt8]] = []
    var position = 0
    while position < words.count {
      let word = words[position]
      let isOption = word.count > 1 && word.first == UInt8(ascii: "-")
      if !isOption || word == Array("--".utf8) {
        if isOption { position += 1 }
        operands += isOption || kind == .program ? words[position...] : [word]
        if isOption || kind == .program { break }
      } else if word == Array("--help".utf8) || word == Array("-h".utf8) {
        return .failure(Ending(status: help([arguments[1]])))
      } else if word == Array("--lua".utf8) {
        var rest = Array(words[position...])
        switch DialectOption.take(from: &rest) {
        case .success(let asked): dialect = asked
        case .failure(let refusal): return .failure(refuse(refusal.text))
        }
        position += 1
      } else if kind == .program {
        let next = position + 1 < words.count ? words[position + 1] : nil
        let (answer, tookNext) = grants.take(word, next: next)
        if tookNext { position += 1 }
        switch answer {
        case .taken: break
        case .malformed(let problem): return .failure(refuse(problem))
        case .unknown:
          return .failure(
            refuse(
              "'\(Console.shown(word))' is no option of '\(subcommand)'",
              ", or write -- before words that begin with a dash"
            )
          )
        }
      } else {
        let instead = kind == .none ? "" : ", or write -- before words that begin with a dash"
        return .failure(
          refuse("'\(Console.shown(word))' is no option of '\(subcommand)'", instead)
        )
      }
      position += 1
    }
    switch kind {
    case .none where !operands.isEmpty:
      return .failure(refuse("'\(subcommand)' takes no '\(Console.shown(operands[0]))'"))
    case .program where operands.isEmpty, .files where operands.isEmpty:
      return .failure(refuse("'\(subcommand)' needs \("eval" ~= arguments[1] ? "CODE" : "a FILE")"))
    case .files where "disassemble" ~= arguments[1] && operands.count > 1:
      return .failure(refuse("'disassemble' takes one FILE"))
    default: return .success(operands)
    }
  }

  /// The subcommand as messages have it.
  private var subcommand: String { Console.shown(arguments[1]) }

  private func refuse(_ problem: String, _ instead: String = "") -> Ending {
    Console.error("nightjar: \(problem); see 'nightjar \(subcommand) --help'\(instead)")
    return Ending(status: Self.misuse)
  }

  private func refuseCommand() -> Int32 {
    let known = Self.names.sorted() + ["lua", "help", "--help", "--version"]
    var text = "nightjar: there is no command '\(subcommand)'"
    let name = String(decoding: arguments[1], as: UTF8.self)
    if let near = Suggestion.nearest(to: name, among: known) {
      text += "; did you mean '\(near)'?"
    } else if (try? SourceFile.read(arguments[1], Console.capabilities)) != nil {
      text += "; to run the file, write 'nightjar run \(Console.shown(arguments[1]))'"
    } else {
      text += "; see 'nightjar --help'"
    }
    Console.error(text)
    return Self.misuse
  }

  /// `help`, `help COMMAND` and `COMMAND --help`.
  private func help(_ words: [[UInt8]]) -> Int32 {
    guard let word = words.first else { return Console.print(Help.usage) ? 0 : 1 }
    guard let text = Help.texts[String(decoding: word, as: UTF8.self)] else {
      Console.error(
        "nightjar: there is no command '\(Console.shown(word))'; see 'nightjar --help'"
      )
      return Self.misuse
    }
    return Console.print(text) ? 0 : 1
  }
}
