// `nightjar lua` and links named `lua…`: the reference's stand-alone interpreter (manual §7).

import NightjarBase
import NightjarEngine
import NightjarLuaLibrary
import NightjarSystem

/// One use of the interpreter.
struct LuaInterpreter {
  let arguments: [[UInt8]]
  /// Where options begin.
  let firstOption: Int
  let dialect: LuaDialect

  private var rules: InterpreterRules { dialect.interpreter }

  /// What the options ask for.
  private struct Options {
    var isInteractive = false
    var showsVersion = false
    var ignoresEnvironment = false
    var hasCode = false
    /// The index of the script; the argument count when there is none.
    var script: Int
  }

  /// The line ends as the reference's does: programs look for that.
  private var copyright: String {
    let name =
      switch dialect {
      case .luajit: "LuaJIT's Lua"
      // Programs look for the third number.
      case .lua55: "Lua 5.5.0"
      default: "\(dialect.rules.version)"
      }
    return "\(name) (\(Command.version)); Lua is Copyright (C) 1994-2025 Lua.org, PUC-Rio"
  }

  func run() -> Int32 {
    let name = arguments.first.map { String(decoding: $0, as: UTF8.self) } ?? "lua"
    guard let options = parse(programName: name) else { return 1 }
    if options.showsVersion { tellVersion() }
    let session = Session(dialect: dialect, ignoringEnvironment: options.ignoresEnvironment)
    session.programName = name
    session.explainsMistakes = false
    if !rules.argumentsComeWithScript { setArguments(session, options) }
    if options.ignoresEnvironment {
      session.machine.setField(session.machine.registry, "LUA_NOENV", Value(true))
    } else if !runInit(session) {
      return session.finish(false)
    }
    guard runOptions(session, upTo: options.script) else { return session.finish(false) }
    if options.script < arguments.count {
      if rules.argumentsComeWithScript { setArguments(session, options) }
      guard runScript(session, at: options.script) else { return session.finish(false) }
    }
    if options.isInteractive {
      return ReadEvalPrint(session, style: .reference).run()
    }
    if options.script >= arguments.count && !options.hasCode && !options.showsVersion {
      if Terminal.isInteractive(0) {
        tellVersion()
        return ReadEvalPrint(session, style: .reference).run()
      }
      // The reference's status does not tell how this went.
      _ = runFile(session, nil)
    }
    return session.finish(true)
  }

  private func tellVersion() {
    if rules.tellsVersionAsError { Console.error(copyright) } else { Console.print(copyright) }
  }

  private func setArguments(_ session: Session, _ options: Options) {
    let script = options.script < arguments.count ? options.script : 0
    session.setArguments(arguments, script: script)
  }

  // MARK: Options

  private func parse(programName: String) -> Options? {
    var options = Options(script: arguments.count)
    var index = firstOption
    while index < arguments.count {
      let word = arguments[index]
      guard word.first == UInt8(ascii: "-") else {
        options.script = index
        return options
      }
      switch word.dropFirst().first {
      case nil:
        options.script = index
        return options
      case UInt8(ascii: "-"):
        if word.count > 2 { return refuse(word, programName) }
        options.script = index + 1
        return options
      case UInt8(ascii: "E"):
        if word.count > 2 || !rules.hasEnvironmentOption { return refuse(word, programName) }
        options.ignoresEnvironment = true
      case UInt8(ascii: "i"):
        if word.count > 2 { return refuse(word, programName) }
        options.isInteractive = true
        options.showsVersion = true
      case UInt8(ascii: "v"):
        if word.count > 2 { return refuse(word, programName) }
        options.showsVersion = true
      case UInt8(ascii: "W"):
        if word.count > 2 || !rules.hasWarningOption { return refuse(word, programName) }
      case UInt8(ascii: "e"), UInt8(ascii: "l"):
        if word[1] == UInt8(ascii: "e") { options.hasCode = true }
        if word.count == 2 {
          index += 1
          guard index < arguments.count, arguments[index].first != UInt8(ascii: "-") else {
            return refuse(word, programName, "needs argument")
          }
        }
      default: return refuse(word, programName)
      }
      index += 1
    }
    return options
  }

  private func refuse(_ word: [UInt8], _ programName: String, _ why: String? = nil) -> Options? {
    let option = String(decoding: word, as: UTF8.self)
    let problem = why.map { "'\(option)' \($0)" } ?? "unrecognized option '\(option)'"
    if rules.tellsRefusedOption { Console.error("\(programName): \(problem)") }
    Console.error(
      """
      usage: \(programName) [options] [script [args]]
      Available options are:
      \(Help.options(of: dialect))
      """
    )
    return nil
  }

  private func runOptions(_ session: Session, upTo end: Int) -> Bool {
    var index = firstOption
    while index < min(end, arguments.count) {
      let word = arguments[index]
      let letter = word.dropFirst().first
      if letter == UInt8(ascii: "W") {
        session.machine.warningsAreOn = true
      } else if letter == UInt8(ascii: "e") || letter == UInt8(ascii: "l") {
        var text = Array(word.dropFirst(2))
        if text.isEmpty {
          index += 1
          text = arguments[index]
        }
        if letter == UInt8(ascii: "e") {
          guard session.run(text, chunkName: Array("=(command line)".utf8), arguments: []) else {
            return false
          }
        } else if !require(session, text) {
          return false
        }
      }
      index += 1
    }
    return true
  }

  /// `-l mod` and `-l g=mod`; without a name of its own, a module is called what stands before a dash, or
  /// not at all.
  private func require(_ session: Session, _ text: [UInt8]) -> Bool {
    let machine = session.machine
    let equals = rules.namesModulesFreely ? text.firstIndex(of: UInt8(ascii: "=")) : nil
    let module = equals.map { Array(text[($0 + 1)...]) } ?? text
    let global = text.prefix { $0 != UInt8(ascii: equals == nil ? "-" : "=") }
    machine.prepare(machine.global("require"))
    machine.push(machine.string(module))
    guard let count = session.results() else { return false }
    if rules.namesModules {
      let name = String(decoding: global, as: UTF8.self)
      machine.setGlobal(name, count > 0 ? machine.result(0) : .nil)
    }
    return true
  }

  private func runInit(_ session: Session) -> Bool {
    let environment = session.capabilities.environment
    for name in ["LUA_INIT\(Session.environmentSuffix(of: dialect))", "LUA_INIT"] {
      guard let value = environment?.value(of: Array(name.utf8)) else { continue }
      if value.first == UInt8(ascii: "@") {
        return runFile(session, Array(value.dropFirst()))
      }
      return session.run(value, chunkName: Array("=\(name)".utf8), arguments: [])
    }
    return true
  }

  // MARK: Scripts

  private func runScript(_ session: Session, at index: Int) -> Bool {
    let script = arguments[index]
    let isInput = script == [UInt8(ascii: "-")] && arguments[index - 1] != Array("--".utf8)
    guard loadFile(session, isInput ? nil : script) else { return false }
    // Code of options may have changed the table.
    guard let words = session.machine.elements(of: session.machine.global("arg")) else {
      session.report(Array("'arg' is not a table".utf8))
      return false
    }
    for word in words { session.machine.push(word) }
    return session.call()
  }

  private func runFile(_ session: Session, _ path: [UInt8]?) -> Bool {
    loadFile(session, path) && session.call()
  }

  private func loadFile(_ session: Session, _ path: [UInt8]?) -> Bool {
    do throws(SourceFile.Failure) {
      let source = try SourceFile.read(path, session.capabilities)
      return session.load(
        SourceFile.chunk(in: source),
        chunkName: path.map { [UInt8(ascii: "@")] + $0 } ?? Array("=stdin".utf8),
        dialect: LuaDialect(declaredIn: source)
      )
    } catch {
      session.report(error.message)
      return false
    }
  }
}
