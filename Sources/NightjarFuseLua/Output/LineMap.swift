// Where the lines of a Lua file come from, and that as a source map, version 3, in JSON: a file beside
// the Lua file, `a/b.lua.map`, that editors and `nightjar trace` read.
//
//   {"version":3,"file":"app.lua","sources":["app.fuse"],"names":[],"mappings":"AAAA;AACA;…"}
//
// Each line of Lua has at most one segment: its first column comes from the first column of a line of
// Fuse. SOURCE: the source map specification, "Proposal 3" (ECMA-426).

/// For each line of a Lua file the line it comes from.
package struct LineMap: Sendable {
  /// The files that lines come from, by their paths from the root of the sources.
  package var sources: [String]
  /// For each line, from the first: the file, an index of `sources`, and the line there; or -1 and 0.
  package var lines: [(source: Int32, line: Int32)]

  /// A map of nothing.
  package init(sources: [String] = [], lines: [(source: Int32, line: Int32)] = []) {
    self.sources = sources
    self.lines = lines
  }

  /// Where a line of Lua, counted from 1, comes from; a line that comes from nowhere is taken to
  /// belong to the one before it.
  package func origin(ofLine line: Int) -> (source: String, line: Int)? {
    var place = min(line, lines.count) - 1
    while place >= 0, lines[place].source < 0 { place -= 1 }
    guard place >= 0 else { return nil }
    return (sources[Int(lines[place].source)], Int(lines[place].line))
  }

  /// The map as JSON.
  package func json(file: String) -> [UInt8] {
    var out = Array("{\"version\":3,\"file\":\(Self.quoted(file)),\"sources\":[".utf8)
    out += sources.map { Self.quoted($0) }.joined(separator: ",").utf8
    out += "],\"names\":[],\"mappings\":\"".utf8
    var source: Int32 = 0
    var previous: Int32 = 0
    for (index, line) in lines.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ";")) }
      if line.source < 0 { continue }
      out.append(UInt8(ascii: "A"))
      Self.append(line.source - source, to: &out)
      Self.append(line.line - 1 - previous, to: &out)
      out.append(UInt8(ascii: "A"))
      source = line.source
      previous = line.line - 1
    }
    out += "\"}\n".utf8
    return out
  }

  /// Reads a map that `json(file:)` wrote, or another of the same form.
  package init?(json: [UInt8]) {
    let text = String(decoding: json, as: UTF8.self)
    guard let mappings = Self.string(after: "\"mappings\":", in: text),
      let list = Self.part(of: text, after: "\"sources\":[", until: "]")
    else { return nil }
    var sources: [String] = []
    var rest = list
    while let quote = rest.firstIndex(of: "\""), let name = Self.string(rest[quote...]) {
      sources.append(name.text)
      rest = name.rest
    }
    var lines: [(source: Int32, line: Int32)] = []
    var source: Int32 = 0
    var line: Int32 = 0
    for segment in mappings.utf8.split(
      separator: UInt8(ascii: ";"),
      omittingEmptySubsequences: false
    ) {
      let first = segment.prefix { $0 != UInt8(ascii: ",") }
      guard let numbers = Self.numbers(first) else { return nil }
      guard numbers.count >= 3 else {
        lines.append((-1, 0))
        continue
      }
      source &+= numbers[1]
      line &+= numbers[2]
      let isKnown = source >= 0 && source < sources.count && line >= 0 && line < .max
      lines.append(isKnown ? (source, line + 1) : (-1, 0))
    }
    self.init(sources: sources, lines: lines)
  }

  // MARK: JSON

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      default:
        if character.value < 32 {
          let digits = String(character.value, radix: 16)
          out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          out.unicodeScalars.append(character)
        }
      }
    }
    return out + "\""
  }

  private static func part(of text: String, after start: String, until end: Character)
    -> Substring?
  {
    guard let found = text.firstRange(of: start) else { return nil }
    return text[found.upperBound...].prefix { $0 != end }
  }

  private static func string(after start: String, in text: String) -> String? {
    guard let found = text.firstRange(of: start) else { return nil }
    return string(text[found.upperBound...].drop { $0 != "\"" })?.text
  }

  /// The string at the start of a text, and what is behind it.
  private static func string(_ text: Substring) -> (text: String, rest: Substring)? {
    guard text.first == "\"" else { return nil }
    var out = ""
    var place = text.index(after: text.startIndex)
    while place < text.endIndex {
      let character = text[place]
      place = text.index(after: place)
      if character == "\"" { return (out, text[place...]) }
      if character == "\\", place < text.endIndex {
        out.append(text[place])
        place = text.index(after: place)
      } else {
        out.append(character)
      }
    }
    return nil
  }

  // MARK: Numbers in base 64

  /// The letter for a number below 64.
  private static func digit(_ value: UInt64) -> UInt8 {
    let value = UInt8(truncatingIfNeeded: value)
    return switch value {
    case 0..<26: UInt8(ascii: "A") + value
    case 26..<52: UInt8(ascii: "a") + (value - 26)
    case 52..<62: UInt8(ascii: "0") + (value - 52)
    default: value == 62 ? UInt8(ascii: "+") : UInt8(ascii: "/")
    }
  }

  /// The number that a letter is for.
  private static func value(_ digit: UInt8) -> UInt64? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(digit - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  private static func append(_ value: Int32, to out: inout [UInt8]) {
    var rest = value < 0 ? (UInt64(-Int64(value)) << 1) | 1 : UInt64(value) << 1
    repeat {
      let low = rest & 31
      rest >>= 5
      out.append(digit(rest == 0 ? low : low | 32))
    } while rest != 0
  }

  private static func numbers(_ text: some Sequence<UInt8>) -> [Int32]? {
    var found: [Int32] = []
    var value: UInt64 = 0
    var shift: UInt64 = 0
    for byte in text {
      guard let digit = Self.value(byte), shift < 40 else { return nil }
      value |= (digit & 31) << shift
      if digit & 32 != 0 {
        shift += 5
        continue
      }
      let size = Int64(value >> 1)
      found.append(Int32(truncatingIfNeeded: value & 1 == 1 ? -size : size))
      value = 0
      shift = 0
    }
    return found
  }
}
