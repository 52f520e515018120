// The files of Tests/Fuse/Conformance: one for each statement of the specification's list, by its
// number, with programs and what must come of them.
//
// After a program stand blocks: `output`, what it prints on every target (a panic prints a line, see
// Programs/run.lua below); `codes`, all that is reported of it, but for unused names; `says`, what a
// message must contain; `emits` and `omits`, patterns that its Lua must or must not contain.

import FuseTesting
import NightjarFuseSyntax

/// A program of a statement.
struct ConformanceCase: Sendable {
  /// The files by path.
  var files: [String: [UInt8]] = [:]
  /// The only target it is for.
  var target: FuseTarget?
  var output: String?
  var codes: Set<String>?
  var messages: [String] = []
  var emitted: [String] = []
  var omitted: [String] = []
}

/// A statement of the list.
struct ConformanceStatement: Sendable, CustomStringConvertible {
  var number: Int
  var cases: [ConformanceCase] = []

  var description: String { "\(number)" }

  static let all: [ConformanceStatement] =
    Programs.names(in: "Conformance", suffix: ".md").compactMap(read)

  private static func read(_ name: String) -> ConformanceStatement? {
    guard let bytes = try? Programs.bytes("Conformance", name) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let number = Int(name.prefix(3)), text.hasPrefix("# \(number). ") else { return nil }
    var statement = ConformanceStatement(number: number)
    var fence: [Substring]?
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !line.hasPrefix("```") {
        lines.append(line)
      } else if let words = fence {
        statement.add(words, lines.map(String.init))
        fence = nil
      } else {
        fence = line.dropFirst(3).split(separator: " ")
        lines = []
      }
    }
    return statement
  }

  private mutating func add(_ words: [Substring], _ lines: [String]) {
    if words.first == "fuse" {
      cases.append(ConformanceCase(words.dropFirst(), lines))
      return
    }
    guard let last = cases.indices.last else { return }
    switch words.first {
    case "output": cases[last].output = lines.map { $0 + "\n" }.joined()
    case "codes": cases[last].codes = Set(lines.filter { !$0.isEmpty })
    case "says": cases[last].messages = lines
    case "emits": cases[last].emitted = lines
    case "omits": cases[last].omitted = lines
    default: break
    }
  }
}

extension ConformanceCase {
  /// Reads a program; a line `-- file: path` begins another file, and of an option `bytes` is `<FF>`
  /// the byte FF.
  fileprivate init(_ options: some Sequence<Substring>, _ lines: [String]) {
    var path = "main.fuse"
    var texts: [String: String] = [:]
    for line in lines {
      if line.hasPrefix("-- file: ") {
        path = String(line.dropFirst("-- file: ".count))
      } else {
        texts[path, default: ""] += line + "\n"
      }
    }
    files = texts.mapValues { Array($0.utf8) }
    for option in options {
      if option.hasPrefix("target=") {
        target = FuseTarget(rawValue: String(option.dropFirst("target=".count)))
      } else if option == "bytes" {
        files = texts.mapValues { text in
          Array(text.split(separator: "<FF>").map { Array($0.utf8) }.joined(separator: [0xFF]))
        }
      }
    }
  }
}
