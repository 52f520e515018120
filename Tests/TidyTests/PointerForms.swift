// Finds typed-pointer access at constant negative offsets. Swift 6.3 drops stores made through it
// (docs/decisions/0006): `r[-1] = x; r[0] = y` loses the first one. The forms it met:
//
//   p[-1]    (p - 1).pointee    (p - 1)[0]    p.advanced(by: -1).pointee    p.predecessor()
//   q = p - 1; q.pointee = x    p -= 1        p + -1
//
// Types are not known here, so names are: a name counts as a pointer when the file declares it so
// (`p: UnsafeMutablePointer<T>`, or an alias of that) or initialises it from such a name. Raw
// pointers and arithmetic on integers are safe and not reported.

/// The search for banned pointer forms in one file.
struct PointerForms {
  /// Names of types that are typed pointers.
  let pointerTypes: Set<String>

  /// The aliases of typed pointers that the given files declare.
  init(aliasesIn files: [SwiftText]) {
    var types: Set<String> = []
    for line in files.flatMap(\.code) where Self.has(line, "=") {
      if let match = line.firstMatch(of: /typealias\s+(\w+)\s*=\s*Unsafe(?:Mutable)?Pointer</) {
        types.insert(String(match.output.1))
      }
    }
    pointerTypes = types
  }

  /// The names a file declares, or infers, to be typed pointers.
  func pointerNames(in file: SwiftText) -> Set<String> {
    var names: Set<String> = []
    for line in file.code where Self.has(line, ":") {
      for match in line.matches(of: /(\w+)\s*:\s*(?:inout\s+)?(\w+)/) {
        let type = match.output.2
        let isPointer =
          type == "UnsafePointer" || type == "UnsafeMutablePointer"
          || pointerTypes.contains(String(type))
        if isPointer { names.insert(String(match.output.1)) }
      }
    }
    // `let q = p`, `var q = frame.base + n`: at most a few links long, so a few rounds suffice.
    for _ in 0..<3 where !names.isEmpty {
      for line in file.code where Self.has(line, "=") {
        guard
          let match = line.firstMatch(
            of: /(?:let|var)\s+(\w+)\s*=\s*(?:\w+\.)*(\w+)\s*(?:$|\+|-\s*\d)/
          )
        else { continue }
        if names.contains(String(match.output.2)) { names.insert(String(match.output.1)) }
      }
    }
    return names
  }

  /// The lines of a file, counted from 1, that use a banned form, each with the form found.
  func findings(in file: SwiftText) -> [(line: Int, form: String)] {
    let names = pointerNames(in: file)
    var findings: [(line: Int, form: String)] = []
    for (index, line) in file.code.enumerated() {
      if let form = Self.form(in: line, pointerNames: names) { findings.append((index + 1, form)) }
    }
    return findings
  }

  /// Whether a line has a character at all; asked first, as regular expressions take long.
  private static func has(_ line: String, _ character: Unicode.Scalar) -> Bool {
    line.utf8.contains(UInt8(ascii: character))
  }

  private static func form(in line: String, pointerNames: Set<String>) -> String? {
    guard has(line, "-") || line.contains(".predecessor") else { return nil }
    // Whatever the names are: a negative subscript, a pointee behind a subtraction, a step back.
    let anywhere: [Regex<Substring>] = [
      /[\w)\]]\[\s*(?:0\s*&?)?-\s*[\w(]/,
      /-\s*\w+\s*\)\s*(?:\.pointee|\[|\.(?:initialize|update|move|deinitialize)\b)/,
      /advanced\(by:\s*(?:0\s*&?)?-/,
      /\.predecessor\(\)/,
    ]
    for pattern in anywhere {
      if let match = line.firstMatch(of: pattern) { return String(match.output) }
    }
    // A pointer by name, moved down by a number.
    let moves = [
      /(\w+)\s*-=?\s*\d/,
      /(\w+)\s*\+=?\s*\(?\s*-\s*\w/,
    ]
    for pattern in moves {
      for match in line.matches(of: pattern) where pointerNames.contains(String(match.output.1)) {
        // `q - p - 1` is a distance less one.
        if line[..<match.range.lowerBound].contains(/-\s*(?:\w+\.)*$/) { continue }
        return String(match.output.0)
      }
    }
    return nil
  }
}
