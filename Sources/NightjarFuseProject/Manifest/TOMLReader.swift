// Reads TOML. It stops at the first mistake: a manifest is short, and one message is what helps.

internal import NightjarDiagnostics

/// Reads one TOML text.
struct TOMLReader {
  /// What is wrong with a text.
  struct Mistake: Error {
    var message: String
    var span: Span
  }

  /// How deep arrays and inline tables may nest.
  static let nestingLimit = 32

  let bytes: [UInt8]
  var position = 0
  private var root = TOMLTable()
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads a text.
  static func read(_ bytes: [UInt8]) throws(Mistake) -> TOMLTable {
    var reader = TOMLReader(bytes)
    try reader.document()
    return reader.root
  }

  // MARK: Lines

  private mutating func document() throws(Mistake) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Mistake(message: "the text is not valid UTF-8", span: Span(start: 0, end: 0))
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    var path: [Key] = []
    while true {
      skipEmptyLines()
      guard let next = peek else { return }
      if next == UInt8(ascii: "[") {
        path = try header()
      } else {
        try pair(below: path)
      }
      try endOfLine()
    }
  }

  /// A key and where it stands.
  struct Key {
    var name: String
    var span: Span
  }

  private mutating func header() throws(Mistake) -> [Key] {
    let start = position
    position += 1
    if peek == UInt8(ascii: "[") {
      throw mistake("arrays of tables have no use here", from: start, to: start + 2)
    }
    let path = try keys()
    try expect(UInt8(ascii: "]"), "`]` after the name of the table")
    let span = Span(start: offset(start), end: offset(position))
    try Self.change(&root, path[...]) { (table: inout TOMLTable) throws(Mistake) in
      if table.hasHeader || table.isClosed {
        throw Mistake(message: "the table `\(Self.text(path))` is defined twice", span: span)
      }
      table.hasHeader = true
    }
    return path
  }

  private mutating func pair(below path: [Key]) throws(Mistake) {
    let keys = try self.keys()
    try expect(UInt8(ascii: "="), "`=` after the key")
    let value = try self.value()
    try Self.insert(value, at: path + keys, into: &root)
  }

  private static func insert(
    _ value: TOMLValue,
    at path: [Key],
    into table: inout TOMLTable
  ) throws(Mistake) {
    guard let key = path.last else { return }
    try Self.change(&table, path.dropLast()) { (table: inout TOMLTable) throws(Mistake) in
      if table.isClosed {
        throw Mistake(message: "a table in braces cannot be added to", span: key.span)
      }
      if table[key.name] != nil {
        throw Mistake(message: "`\(key.name)` is given twice", span: key.span)
      }
      table.entries.append(TOMLTable.Entry(key: key.name, keySpan: key.span, value: value))
    }
  }

  /// Changes the table at a path, which is made where it is missing.
  private static func change(
    _ table: inout TOMLTable,
    _ path: ArraySlice<Key>,
    _ body: (inout TOMLTable) throws(Mistake) -> Void
  ) throws(Mistake) {
    guard let key = path.first else { return try body(&table) }
    guard let index = table.entries.firstIndex(where: { $0.key == key.name }) else {
      var made = TOMLTable()
      try change(&made, path.dropFirst(), body)
      let value = TOMLValue(contents: .table(made), span: key.span)
      table.entries.append(TOMLTable.Entry(key: key.name, keySpan: key.span, value: value))
      return
    }
    guard case .table(var inner) = table.entries[index].value.contents else {
      throw Mistake(message: "`\(key.name)` is no table", span: key.span)
    }
    try change(&inner, path.dropFirst(), body)
    table.entries[index].value.contents = .table(inner)
  }

  private static func text(_ path: [Key]) -> String { path.map(\.name).joined(separator: ".") }

  // MARK: Keys

  /// A key, or several with dots between them.
  private mutating func keys() throws(Mistake) -> [Key] {
    var found: [Key] = []
    repeat {
      skipBlanks()
      let start = position
      let name: String
      if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") {
        name = try string()
      } else {
        while let byte = peek, Self.isBare(byte) { position += 1 }
        if position == start { throw unexpected("a key") }
        name = String(decoding: bytes[start..<position], as: UTF8.self)
      }
      found.append(Key(name: name, span: Span(start: offset(start), end: offset(position))))
      skipBlanks()
    } while take(UInt8(ascii: "."))
    return found
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || isDigit(byte)
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  // MARK: Values

  private mutating func value() throws(Mistake) -> TOMLValue {
    skipBlanks()
    let start = position
    let contents: TOMLValue.Contents
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): contents = .string(try string())
    case UInt8(ascii: "["): contents = .array(try nested { r throws(Mistake) in try r.array() })
    case UInt8(ascii: "{"): contents = .table(try nested { r throws(Mistake) in try r.inline() })
    default: contents = try word()
    }
    return TOMLValue(
      contents: contents,
      span: Span(start: offset(start), end: offset(position))
    )
  }

  private mutating func nested<T>(
    _ body: (inout TOMLReader) throws(Mistake) -> T
  ) throws(Mistake) -> T {
    if depth == Self.nestingLimit {
      throw mistake("values nest too deeply", from: position, to: position + 1)
    }
    depth += 1
    let result = try body(&self)
    depth -= 1
    return result
  }

  private mutating func array() throws(Mistake) -> [TOMLValue] {
    position += 1
    var items: [TOMLValue] = []
    while true {
      skipEmptyLines()
      if take(UInt8(ascii: "]")) { return items }
      items.append(try value())
      skipEmptyLines()
      if take(UInt8(ascii: ",")) { continue }
      try expect(UInt8(ascii: "]"), "`,` or `]` in the array")
      return items
    }
  }

  private mutating func inline() throws(Mistake) -> TOMLTable {
    position += 1
    var table = TOMLTable()
    skipBlanks()
    if !take(UInt8(ascii: "}")) {
      repeat {
        let keys = try self.keys()
        try expect(UInt8(ascii: "="), "`=` after the key")
        try Self.insert(try value(), at: keys, into: &table)
        skipBlanks()
      } while take(UInt8(ascii: ","))
      try expect(UInt8(ascii: "}"), "`,` or `}` in the table")
    }
    table.isClosed = true
    return table
  }

  /// A boolean or a number.
  private mutating func word() throws(Mistake) -> TOMLValue.Contents {
    let start = position
    while let byte = peek,
      Self.isBare(byte) || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
    {
      position += 1
    }
    if position == start { throw unexpected("a value") }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default: break
    }
    if let number = TOMLNumber.read(text) { return number }
    throw mistake(
      "`\(text)` is no value; text stands in quotation marks",
      from: start,
      to: position
    )
  }

  // MARK: Bytes

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    if peek != byte { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: UInt8, _ what: String) throws(Mistake) {
    skipBlanks()
    if !take(byte) { throw unexpected(what) }
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 32 || byte == 9 { position += 1 }
  }

  /// Skips white space, line ends and comments.
  private mutating func skipEmptyLines() {
    while let byte = peek {
      if byte == UInt8(ascii: "#") {
        while let byte = peek, byte != 10 { position += 1 }
      } else if byte == 32 || byte == 9 || byte == 10 || byte == 13 {
        position += 1
      } else {
        return
      }
    }
  }

  private mutating func endOfLine() throws(Mistake) {
    skipBlanks()
    guard let byte = peek, byte != UInt8(ascii: "#"), byte != 10, byte != 13 else { return }
    throw unexpected("the end of the line")
  }

  func offset(_ position: Int) -> UInt32 { UInt32(truncatingIfNeeded: position) }

  func mistake(_ message: String, from start: Int, to end: Int) -> Mistake {
    Mistake(message: message, span: Span(start: offset(start), end: offset(end)))
  }

  func unexpected(_ expected: String) -> Mistake {
    var end = position
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 || end == position { end += 1 }
    let found =
      position == bytes.count
      ? "the end of the text"
      : bytes[position] == 10 || bytes[position] == 13
        ? "the end of the line" : "`\(String(decoding: bytes[position..<end], as: UTF8.self))`"
    return mistake("expected \(expected), found \(found)", from: position, to: end)
  }
}
