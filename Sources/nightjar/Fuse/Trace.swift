// `nightjar trace`: the messages of a Lua interpreter with places of the Fuse text in them, by the maps
// that `nightjar build` writes.

import NightjarBase
import NightjarFuseLua
import NightjarLuaLibrary
import NightjarSystem

/// Rewrites places in messages.
struct Trace {
  /// Files with messages; none for standard input.
  let words: [[UInt8]]

  func run() -> Int32 {
    var reader = WordReader(words, of: "trace")
    if let option = reader.nextOption() { return reader.refuseOption(option) }
    var maps: [String: LineMap?] = [:]
    let files = reader.operands.isEmpty ? [[UInt8(ascii: "-")]] : reader.operands
    for file in files {
      guard let text = ProgramText.read(file) else { return 1 }
      var out: [UInt8] = []
      for line in text.split(separator: 10, omittingEmptySubsequences: false) {
        if !out.isEmpty || line.startIndex != text.startIndex { out.append(10) }
        out += Array(Self.translate(String(decoding: line, as: UTF8.self), &maps).utf8)
      }
      try? Console.capabilities.streams?.output.write(out)
    }
    return Console.flush() ? 0 : 1
  }

  /// Replaces each `path.lua:12` by the place it comes from.
  private static func translate(
    _ line: String,
    _ maps: inout [String: LineMap?]
  ) -> String {
    var out = ""
    var rest = line[...]
    while let mark = rest.firstRange(of: ".lua:") {
      let start =
        rest[..<mark.lowerBound].lastIndex { $0 == " " || $0 == "\t" || $0 == "'" || $0 == "<" }
        .map { rest.index(after: $0) } ?? rest.startIndex
      let digits = rest[mark.upperBound...].prefix { $0.isASCII && $0.isNumber }
      let path = String(rest[start..<mark.lowerBound]) + ".lua"
      out += rest[..<start]
      if let number = Int(digits), let place = place(path, number, &maps) {
        out += place
      } else {
        out += rest[start..<digits.endIndex]
      }
      rest = rest[digits.endIndex...]
    }
    return out + rest
  }

  private static func place(
    _ path: String,
    _ line: Int,
    _ maps: inout [String: LineMap?]
  ) -> String? {
    if maps[path] == nil {
      let bytes = SystemModuleFiles().read(path + ".map")
      maps[path] = .some(bytes.flatMap { LineMap(json: $0) })
    }
    let origin = (maps[path] ?? nil)?.origin(ofLine: line)
    return origin.map { "\(FuseInput.shownPath($0.source)):\($0.line)" }
  }
}
