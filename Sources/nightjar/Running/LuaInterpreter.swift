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

  /// What the options ask for.
  private struct Options {
    var isInteractive = false
    var showsVersion = false
    var ignoresEnvironment = false
    var hasCode = false
    /// The index of the script; the argument count when there is none.
    var script: Int
  }

  private static let copyright = "Lua 5.4.8  Copyright (C) 1994-2025 Lua.org, PUC-Rio (nightjar)"

  func run() -> Int32 {
    let name = arguments.first.map { String(decoding: $0, as: UTF8.self) } ?? "lua"
    guard let options = parse(programName: name) else { return 1 }
    if options.showsVersion { Console.print(Self.copyright) }
    let session = Session(ignoringEnvironment: options.ignoresEnvironment)
    session.programName = name
    session.setArguments(arguments, script: options.script < arguments.count ? options.script : 0)
    if options.ignoresEnvironment {
      session.machine.setField(session.machine.registry, "LUA_NOENV", Value(true))
    } else if !runInit(session) {
      return session.finish(false)
    }
    guard runOptions(session, upTo: options.script) else { return session.finish(false) }
    if options.script < arguments.count {
      guard runScript(session, at: options.script) else { return session.finish(false) }
    }
    let terminal = Terminal.isInteractive(0)
    if options.isInteractive {
      return ReadEvalPrint(session).run()
    }
    if options.script >= arguments.count && !options.hasCode && !options.showsVersion {
      if terminal {
        Console.print(Self.copyright)
        return ReadEvalPrint(session).run()
      }
      return session.finish(runFile(session, nil, arguments: []))
    }
    return session.finish(true)
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
        if word.count > 2 { return refuse(word, programName) }
        options.ignoresEnvironment = true
      case UInt8(ascii: "i"):
        if word.count > 2 { return refuse(word, programName) }
        options.isInteractive = true
        options.showsVersion = true
      case UInt8(ascii: "v"):
        if word.count > 2 { return refuse(word, programName) }
        options.showsVersion = true
      case UInt8(ascii: "W"):
        if word.count > 2 { return refuse(word, programName) }
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
    Console.error(
      """
      \(programName): \(problem)
      usage: \(programName) [options] [script [args]]
      Available options are:
        -e stat   execute string 'stat'
        -i        enter interactive mode after executing 'script'
        -l mod    require library 'mod' into global 'mod'
        -l g=mod  require library 'mod' into global 'g'
        -v        show version information
        -E        ignore environment variables
        -W        turn warnings on
        --        stop handling options
        -         stop handling options and execute stdin
      """)
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

  /// `-l mod` and `-l g=mod`.
  private func require(_ session: Session, _ text: [UInt8]) -> Bool {
    var global = text
    var module = text
    if let equals = text.firstIndex(of: UInt8(ascii: "=")) {
      global = Array(text[..<equals])
      module = Array(text[(equals + 1)...])
    } else if let dash = text.firstIndex(of: UInt8(ascii: "-")) {
      global = Array(text[..<dash])
    }
    let code = Array("local g, m = ... _ENV[g] = require(m)".utf8)
    return session.run(code, chunkName: Array("=(command line)".utf8), arguments: [global, module])
  }

  private func runInit(_ session: Session) -> Bool {
    let environment = session.capabilities.environment
    for name in ["LUA_INIT_5_4", "LUA_INIT"] {
      guard let value = environment?.value(of: Array(name.utf8)) else { continue }
      if value.first == UInt8(ascii: "@") {
        return runFile(session, Array(value.dropFirst()), arguments: [])
      }
      return session.run(value, chunkName: Array("=\(name)".utf8), arguments: [])
    }
    return true
  }

  // MARK: Scripts

  private func runScript(_ session: Session, at index: Int) -> Bool {
    let script = arguments[index]
    let rest = Array(arguments[(index + 1)...])
    let isInput =
      script == [UInt8(ascii: "-")] && arguments[index - 1] != Array("--".utf8)
    return runFile(session, isInput ? nil : script, arguments: rest)
  }

  private func runFile(_ session: Session, _ path: [UInt8]?, arguments: [[UInt8]]) -> Bool {
    let source: [UInt8]
    do throws(SystemError) {
      source = try SourceFile.read(path, session.capabilities)
    } catch {
      session.report(
        Array("cannot open \(String(decoding: path ?? [], as: UTF8.self))".utf8))
      return false
    }
    return session.run(
      SourceFile.chunk(in: source),
      chunkName: path.map { [UInt8(ascii: "@")] + $0 } ?? Array("=stdin".utf8),
      arguments: arguments)
  }
}
