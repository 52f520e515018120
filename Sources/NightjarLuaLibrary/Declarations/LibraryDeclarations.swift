// The functions of the libraries as editors and compilers are told of them. Each is a line of text in
// LibraryTexts: its path, parameters, results and a few words; which dialects have it, the table of the
// libraries says.
//
//     string.rep(s: string, n: integer, sep?: string): string -- Repeats a string.
//     math.pi: number -- The ratio of …
//
// `name?` may be left out, `...` is any number of values, `T?` is T or nil, `T[]` a list.

package import NightjarBase

/// Declarations of the libraries.
package enum LibraryDeclarations {
  /// The libraries of a dialect.
  ///
  /// - Parameters:
  ///   - names: The libraries asked for, such as `string`; `_G` is the basic functions; nil for all.
  ///   - dialect: The Lua.
  /// - Returns: What they offer, and the names that are no libraries.
  package static func of(
    _ names: [String]? = nil,
    in dialect: LuaDialect
  ) -> (declarations: Declarations, unknown: [String]) {
    var declarations = Declarations()
    var found: Set<String> = []
    let texts = [
      LibraryTexts.base, LibraryTexts.data, LibraryTexts.world, LibraryTexts.inner,
      LibraryTexts.tasks,
    ]
    var file = DeclaredClass("file", "An open file, pipe or connection.")
    file.isGlobal = false
    for line in texts.flatMap({ $0.split(separator: "\n") }) {
      guard let entry = Entry(line) else { continue }
      let library = entry.library
      guard LibraryTable.offers(entry.name, of: library == "file" ? "io" : library, in: dialect),
        library == "_G" || library == "file"
          || LibraryTable.offers(library, of: "_G", in: dialect) && has(library, dialect)
      else { continue }
      found.insert(library)
      if library == "file" {
        if let function = entry.function { file.methods.append(function) }
        continue
      }
      guard names?.contains(library) ?? true else { continue }
      let path = library == "_G" ? entry.name : "\(library).\(entry.name)"
      if let function = entry.function { declarations.add(function, at: path) }
      if let value = entry.value { declarations.add(value, at: path) }
    }
    for index in declarations.tables.indices { declarations.tables[index].isModule = true }
    if declarations.tables.contains(where: { $0.name == "io" || $0.name == "net" }) {
      declarations.classes = [file]
    }
    return (declarations, (names ?? []).filter { !found.contains($0) || $0 == "file" })
  }

  /// Whether a dialect has a library of which the table lists functions alone.
  private static func has(_ library: String, _ dialect: LuaDialect) -> Bool {
    library != "utf8" || LibraryTable.offers("char", of: "utf8", in: dialect)
  }
}

/// One line.
private struct Entry {
  let library: String
  let name: String
  var function: DeclaredFunction?
  var value: DeclaredValue?

  init?(_ line: Substring) {
    let parts = Self.split(line, at: " -- ")
    var reader = SignatureReader(parts.0)
    let path = reader.word()
    guard !path.isEmpty else { return nil }
    let dot = path.lastIndex(of: ".")
    library = dot.map { String(path[..<$0]) } ?? "_G"
    name = dot.map { String(path[path.index(after: $0)...]) } ?? path
    let documentation = String(parts.1)
    if reader.take("(") {
      var function = DeclaredFunction(name, documentation)
      reader.readFunction(into: &function)
      self.function = function
    } else if reader.take(":") {
      value = DeclaredValue(name, documentation, reader.type())
    }
  }

  private static func split(_ line: Substring, at mark: String) -> (Substring, Substring) {
    var start = line.startIndex
    while start < line.endIndex {
      if line[start...].hasPrefix(mark) {
        return (line[..<start], line[line.index(start, offsetBy: mark.count)...])
      }
      start = line.index(after: start)
    }
    return (line, "")
  }
}

/// Reads what stands in a line.
private struct SignatureReader {
  private var rest: Substring

  init(_ text: Substring) { rest = text }

  private mutating func skipSpaces() { rest = rest.drop { $0 == " " } }

  mutating func take(_ mark: String) -> Bool {
    skipSpaces()
    guard rest.hasPrefix(mark) else { return false }
    rest = rest.dropFirst(mark.count)
    return true
  }

  /// A name with dots.
  mutating func word() -> String {
    skipSpaces()
    let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    rest = rest.dropFirst(word.count)
    return String(word)
  }

  /// Parameters up to the parenthesis, and results.
  mutating func readFunction(into function: inout DeclaredFunction) {
    while !take(")") {
      if take("...") {
        function.rest = take(":") ? type() : .any
      } else {
        let name = word()
        let isOptional = take("?")
        guard take(":") else { return }
        function.parameters.append(DeclaredParameter(name, type(), isOptional: isOptional))
      }
      _ = take(",")
    }
    guard take(":") else { return }
    repeat {
      if take("...") {
        function.furtherResults = .any
      } else {
        function.results.append(type())
      }
    } while take(",")
  }

  mutating func type() -> DeclaredType {
    var types = [single()]
    while take("|") { types.append(single()) }
    if types.count == 1 { return types[0] }
    let texts = types.compactMap { type in
      if case .literals(let texts) = type { texts } else { nil }
    }
    return texts.count == types.count ? .literals(texts.flatMap { $0 }) : .union(types)
  }

  private mutating func single() -> DeclaredType {
    var type: DeclaredType
    if take("\"") {
      let text = rest.prefix { $0 != "\"" }
      rest = rest.dropFirst(text.count + 1)
      type = .literals([String(text)])
    } else {
      type =
        switch word() {
        case "boolean": .boolean
        case "integer": .integer
        case "number": .number
        case "string": .string
        case "table": .table
        case "function": .function
        case "thread": .thread
        case "userdata": .userdata
        case "file": .named("file")
        default: .any
        }
    }
    while true {
      if take("[]") {
        type = .list(type)
      } else if take("?") {
        type = .optional(type)
      } else {
        return type
      }
    }
  }
}
