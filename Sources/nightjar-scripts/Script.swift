// One Lua file: its text, its names and what is wrong with it.

import NightjarBase
import NightjarDiagnostics
import NightjarLuaCompiler
import NightjarSystem

/// A Lua file of a target.
struct Script {
  /// The path as the build gave it, for messages.
  let path: String
  /// The path in its target: `rules/greeting.lua`.
  let place: String
  /// What a Swift constant can hold: the text without byte order mark and without a `#!` line.
  let text: String
  /// What is wrong, a line each.
  let complaints: [String]

  /// The most bytes that are read.
  private static let byteCountMax = 1 << 26

  init(path: String, folder: String, _ files: SystemFiles) throws(SystemError) {
    let file = BufferedFile(try files.open(Array(path.utf8), mode: .read))
    let bytes = [UInt8](try file.readAll(byteCountMax: Self.byteCountMax))
    _ = try file.close()
    self.init(path: path, folder: folder, bytes: bytes)
  }

  init(path: String, folder: String, bytes: [UInt8]) {
    self.path = path
    let root = folder.hasSuffix("/") ? folder : folder + "/"
    place = path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
    let source = SourceText(name: path, bytes: bytes)
    var complaints = LuaCompiler.check(source: bytes).flatMap { Self.lines(for: $0, in: source) }
    if let valid = String(validating: bytes, as: UTF8.self) {
      text = Self.program(in: valid)
    } else {
      text = ""
      complaints.append(
        "\(path):1:1: error: the script is not in UTF-8; write other bytes as escapes: \"\\xFF\""
      )
    }
    self.complaints = complaints
  }

  /// The name for `require`: `rules/greeting.lua` is `rules.greeting`, `rules/init.lua` is `rules`.
  var moduleName: String {
    var parts = place.split(separator: "/").map(String.init)
    if let last = parts.popLast() {
      let stem = last.hasSuffix(".lua") ? String(last.dropLast(4)) : last
      if stem != "init" || parts.isEmpty { parts.append(stem) }
    }
    return parts.joined(separator: ".")
  }

  /// A diagnostic in the form of compilers, with its hint and the places that take part as notes.
  private static func lines(for diagnostic: Diagnostic, in source: SourceText) -> [String] {
    func line(_ offset: UInt32, _ kind: String, _ message: String) -> String {
      "\(source.name):\(source.line(at: offset)):\(source.column(at: offset)): \(kind): \(message)"
    }
    let start = diagnostic.span.start
    var lines = [line(start, "error", "\(diagnostic.message) [\(diagnostic.code)]")]
    for related in diagnostic.related where !related.label.isEmpty {
      lines.append(line(related.span.start, "note", related.label))
    }
    if let hint = diagnostic.hint { lines.append(line(start, "note", hint)) }
    return lines
  }

  /// The text without what only files have; lines keep their numbers.
  private static func program(in text: String) -> String {
    var rest = text.unicodeScalars[...]
    if rest.first == "\u{FEFF}" { rest = rest.dropFirst() }
    if rest.first == "#" { rest = rest.drop { $0 != "\n" && $0 != "\r" } }
    return String(rest)
  }
}
