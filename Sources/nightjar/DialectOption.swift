// Which Lua the command is asked for: `--lua X`, or a program name such as `lua5.1`.

import NightjarBase

/// A dialect chosen on the command line.
enum DialectOption {
  /// The dialects that are finished; the others are refused.
  static let offered: [LuaDialect] = LuaDialect.allCases

  /// Takes `--lua X` from the front of words.
  ///
  /// - Returns: The dialect, nil without the option; a failure's text when it cannot be had.
  static func take(from words: inout [[UInt8]]) -> Result<LuaDialect?, Refusal> {
    guard words.first == Array("--lua".utf8) else { return .success(nil) }
    guard words.count > 1 else {
      return .failure(Refusal(text: "'--lua' needs the name of a dialect: \(names)"))
    }
    let name = String(decoding: words[1], as: UTF8.self)
    guard let dialect = LuaDialect(name: name), offered.contains(dialect) else {
      return .failure(Refusal(text: "there is no dialect '\(name)'; there are \(names)"))
    }
    words.removeFirst(2)
    return .success(dialect)
  }

  /// Why a dialect cannot be had.
  struct Refusal: Error {
    let text: String
  }

  static var names: String { offered.map(\.name).joined(separator: ", ") }

  /// The dialect of a program name: `lua5.1`, `luajit`.
  static func named(by program: ArraySlice<UInt8>) -> LuaDialect? {
    let rest = String(decoding: program.dropFirst(3), as: UTF8.self)
    return offered.first { rest.hasPrefix($0.name) }
  }

  /// The dialect of a file: what its first line says, else the one asked for, else the standard.
  static func dialect(of source: [UInt8], asked: LuaDialect?) -> LuaDialect {
    LuaDialect(declaredIn: source) ?? asked ?? .standard
  }
}
