// The functions of the libraries as editors and compilers are told of them. Each is a line of text in
// LibraryTexts: its path, parameters, results and a few words; which dialects have it, the table of the
// libraries says. Methods of objects have the name of a class for a path.
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
    var classes: [String: DeclaredClass] = [:]
    for (name, documentation) in LibraryTexts.classes {
      classes[name] = DeclaredClass(name, documentation)
      classes[name]?.isGlobal = false
    }
    for line in texts.flatMap({ $0.split(separator: "\n") }) {
      guard let entry = Entry(line) else { continue }
      let library = entry.library
      if classes[library] != nil {
        classes[library]?.add(entry)
        continue
      }
      guard LibraryTable.offers(entry.name, of: library, in: dialect),
        library == "_G"
          || LibraryTable.offers(library, of: "_G", in: dialect) && has(library, dialect)
      else { continue }
      found.insert(library)
      // An object that is a library by itself, as `stdin` is, goes by its own name, too.
      let own = library == "_G" && entry.isObject ? entry.name : library
      found.insert(own)
      guard names.map({ $0.contains(library) || $0.contains(own) }) ?? true else { continue }
      let path = library == "_G" ? entry.name : "\(library).\(entry.name)"
      if let function = entry.function { declarations.add(function, at: path) }
      if let value = entry.value { declarations.add(value, at: path) }
    }
    for index in declarations.tables.indices { declarations.tables[index].isModule = true }
    declarations.addMentioned(classes)
    return (declarations, (names ?? []).filter { !found.contains($0) })
  }

  private static let texts = [
    LibraryTexts.base, LibraryTexts.data, LibraryTexts.world, LibraryTexts.inner,
    LibraryTexts.tasks, LibraryTexts.operations,
  ]

  /// Whether a dialect has a library of which the table lists functions alone.
  private static func has(_ library: String, _ dialect: LuaDialect) -> Bool {
    library != "utf8" || LibraryTable.offers("char", of: "utf8", in: dialect)
  }
}

extension Declarations {
  /// Adds the classes that the declarations speak of, and those that these do.
  fileprivate mutating func addMentioned(_ known: [String: DeclaredClass]) {
    var waiting = mentions(globals.functions, globals.values)
    for table in tables {
      waiting += mentions(table.functions, table.values)
      if let name = LibraryTexts.handed[table.name] { waiting.append(name) }
    }
    var named: Set<String> = []
    while let name = waiting.popLast() {
      guard let type = known[name], named.insert(name).inserted else { continue }
      waiting += mentions(type.methods, type.fields)
    }
    classes = LibraryTexts.classes.compactMap { named.contains($0.name) ? known[$0.name] : nil }
  }

  private func mentions(_ functions: [DeclaredFunction], _ values: [DeclaredValue]) -> [String] {
    functions.flatMap { function in
      function.results.flatMap(\.mentions) + function.parameters.flatMap(\.type.mentions)
    } + values.flatMap(\.type.mentions)
  }
}

extension DeclaredType {
  /// The names of the classes that it speaks of.
  fileprivate var mentions: [String] {
    switch self {
    case .named(let name): [name]
    case .optional(let type), .list(let type): type.mentions
    case .dictionary(let key, let value): key.mentions + value.mentions
    case .union(let types): types.flatMap(\.mentions)
    case .any, .boolean, .integer, .number, .string, .table, .function, .thread, .userdata,
      .literals:
      []
    }
  }
}

extension DeclaredClass {
  fileprivate mutating func add(_ entry: Entry) {
    if let function = entry.function { methods.append(function) }
    if let value = entry.value { fields.append(value) }
  }
}

/// One line.
private struct Entry {
  let library: String
  let name: String
  var function: DeclaredFunction?
  var value: DeclaredValue?

  /// Whether it is a value of a class.
  var isObject: Bool { if case .named? = value?.type { true } else { false } }

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
    var types: [DeclaredType] = []
    var texts: [String] = []
    repeat {
      let type = single()
      if case .literals(let own) = type { texts += own } else { types.append(type) }
    } while take("|")
    if !texts.isEmpty { types.insert(.literals(texts), at: 0) }
    return types.count == 1 ? types[0] : .union(types)
  }

  private mutating func single() -> DeclaredType {
    var type: DeclaredType
    if take("\"") {
      let text = rest.prefix { $0 != "\"" }
      rest = rest.dropFirst(text.count + 1)
      type = .literals([String(text)])
    } else {
      let name = word()
      type =
        switch name {
        case "boolean": .boolean
        case "integer": .integer
        case "number": .number
        case "string": .string
        case "table": .table
        case "function": .function
        case "thread": .thread
        case "userdata": .userdata
        default: LibraryTexts.classes.contains { $0.name == name } ? .named(name) : .any
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
