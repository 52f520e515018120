// Conditions of the preprocessor: small expressions of names known beforehand, read straight from
// the bytes of a line.
//
// SOURCE: Fuse reference, section 2.8.

internal import NightjarBase
internal import NightjarDiagnostics

/// Reads and evaluates one condition.
struct ConditionReader {
  /// What a part of a condition may be.
  private enum Value: Equatable {
    case truth(Bool)
    case text(String)
    case number(Double)

    var isTrue: Bool { self != .truth(false) }
  }

  let source: [UInt8]
  let conditions: FuseConditions
  var diagnostics: [Diagnostic] = []
  private var i: Int
  private let end: Int
  private var depth = 0

  /// How deep parentheses and `not` may nest.
  private static let nesting = 100
  private static let names = ["target", "version", "debug", "test", "feature", "has"]

  init(source: [UInt8], range: Range<Int>, conditions: FuseConditions) {
    self.source = source
    self.conditions = conditions
    i = range.lowerBound
    end = range.upperBound
  }

  /// The value of the whole line; false after an error.
  mutating func read() -> Bool {
    let value = disjunction()
    skipSpace()
    if diagnostics.isEmpty, i < end, !(peek(0) == 45 && peek(1) == 45) {
      fail("the end of the line")
    }
    return diagnostics.isEmpty && value.isTrue
  }

  // MARK: Text

  private func peek(_ offset: Int) -> UInt8 { i + offset < end ? source[i + offset] : 0 }

  private mutating func skipSpace() {
    while i < end, source[i] <= 32 { i += 1 }
  }

  private func span(_ start: Int, _ end: Int) -> Span {
    Span(start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
  }

  /// Takes a word, if it stands here.
  private mutating func take(_ word: String) -> Bool {
    skipSpace()
    let bytes = word.utf8
    guard i + bytes.count <= end, source[i..<i + bytes.count].elementsEqual(bytes) else {
      return false
    }
    let isWord = bytes.last.map(CharacterClass.continuesName) ?? false
    if isWord, CharacterClass.continuesName(peek(bytes.count)) { return false }
    i += bytes.count
    return true
  }

  /// Reports the first thing that fits nowhere.
  private mutating func fail(_ expected: String) {
    if !diagnostics.isEmpty { return }
    skipSpace()
    let start = i
    var last = i
    while last < end, CharacterClass.continuesName(source[last]) { last += 1 }
    if last == start, last < end {
      last += 1
      while last < end, source[last] & 0xC0 == 0x80 { last += 1 }
    }
    let text = String(decoding: source[start..<last].prefix(40), as: UTF8.self)
    let description = last == start ? "the end of the line" : "`\(text)`"
    let found = Found(span: span(start, last), description: description)
    diagnostics.append(.Fuse.unexpected(expected, found: found))
    i = end
  }

  // MARK: Grammar

  private mutating func disjunction() -> Value {
    var left = conjunction()
    while take("or") {
      let right = conjunction()
      if !left.isTrue { left = right }
    }
    return left
  }

  private mutating func conjunction() -> Value {
    var left = comparison()
    while take("and") {
      let right = comparison()
      if left.isTrue { left = right }
    }
    return left
  }

  private mutating func comparison() -> Value {
    let left = primary()
    let operators = ["==", "!=", "<=", ">=", "<", ">"]
    guard let sign = operators.first(where: { take($0) }) else { return left }
    let right = primary()
    switch (left, right) {
    case (.number(let a), .number(let b)): return .truth(Self.compare(a, b, sign))
    case (.text(let a), .text(let b)): return .truth(Self.compare(a, b, sign))
    default: return .truth(sign == "==" ? left == right : sign == "!=" && left != right)
    }
  }

  private static func compare<T: Comparable>(_ a: T, _ b: T, _ sign: String) -> Bool {
    switch sign {
    case "==": a == b
    case "!=": a != b
    case "<=": a <= b
    case ">=": a >= b
    case "<": a < b
    default: a > b
    }
  }

  private mutating func primary() -> Value {
    skipSpace()
    depth += 1
    defer { depth -= 1 }
    if depth > Self.nesting {
      if diagnostics.isEmpty {
        diagnostics.append(.Fuse.nestingTooDeep(limit: Self.nesting, span: span(i, i + 1)))
      }
      i = end
      return .truth(false)
    }
    // `not target == "luau"` means what it says.
    if take("not") { return .truth(!comparison().isTrue) }
    if take("(") {
      let inner = disjunction()
      if !take(")") { fail("`)`") }
      return inner
    }
    if take("true") { return .truth(true) }
    if take("false") { return .truth(false) }
    let byte = peek(0)
    if CharacterClass.isDigit(byte) { return number() }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return text() }
    if CharacterClass.startsName(byte) { return name() }
    fail("a condition")
    return .truth(false)
  }

  private mutating func number() -> Value {
    let start = i
    while CharacterClass.isDigit(peek(0)) || peek(0) == UInt8(ascii: ".") { i += 1 }
    let digits = Array(source[start..<i])
    if case .float(let value)? = Numeral.parseFloatToken(digits.span) { return .number(value) }
    i = start
    fail("a number")
    return .number(0)
  }

  private mutating func text() -> Value {
    let quote = source[i]
    let start = i
    i += 1
    while i < end, source[i] != quote { i += 1 }
    if i == end {
      diagnostics.append(
        .Fuse.unterminatedString(
          closer: String(decoding: [quote], as: UTF8.self),
          opener: span(start, start + 1)
        )
      )
      return .text("")
    }
    i += 1
    return .text(String(decoding: source[start + 1..<i - 1], as: UTF8.self))
  }

  private mutating func name() -> Value {
    let start = i
    while CharacterClass.continuesName(peek(0)) { i += 1 }
    let word = String(decoding: source[start..<i], as: UTF8.self)
    switch word {
    case "target": return .text(conditions.target.rawValue)
    case "version": return .number(conditions.target.version)
    case "debug": return .truth(conditions.isDebug)
    case "test": return .truth(conditions.isTest)
    case "feature": return .truth(conditions.features.contains(argument().text))
    case "has":
      let (capability, place) = argument()
      if let answer = conditions.target.has(capability) { return .truth(answer) }
      if diagnostics.isEmpty {
        diagnostics.append(
          .Fuse.unknownCondition(capability, known: FuseTarget.capabilities, span: place)
        )
      }
      return .truth(false)
    default:
      if diagnostics.isEmpty {
        diagnostics.append(
          .Fuse.unknownCondition(word, known: Self.names, span: span(start, i))
        )
      }
      return .truth(false)
    }
  }

  /// The string in parentheses after `feature` or `has`, and where it stands.
  private mutating func argument() -> (text: String, place: Span) {
    if !take("(") {
      fail("`(`")
      return ("", span(i, i))
    }
    skipSpace()
    let byte = peek(0)
    guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") else {
      fail("a string")
      return ("", span(i, i))
    }
    let start = i + 1
    guard case .text(let text) = self.text() else { return ("", span(i, i)) }
    let place = span(start, max(start, i - 1))
    if !take(")") { fail("`)`") }
    return (text, place)
  }
}
