// What the parser complains about. They are kept out of line, so that the frames of the descent
// stay small.

internal import NightjarDiagnostics

extension FuseParser {
  // MARK: Reporting

  /// Reports an error at the next token; what follows from it is not reported.
  @inline(never)
  mutating func report(_ diagnostic: Diagnostic) {
    if isQuiet { return }
    isQuiet = true
    if position == latestErrorPosition { return }
    latestErrorPosition = position
    // Broken literals and characters have been reported by the lexer.
    if isBrokenHere { return }
    diagnostics.append(diagnostic)
  }

  /// Reports something that was understood all the same.
  @inline(never)
  mutating func note(_ diagnostic: Diagnostic) {
    if !isQuiet { diagnostics.append(diagnostic) }
  }

  /// Whether the next token, or the one before it, is a broken literal or character.
  var isBrokenHere: Bool { isBroken(position) || isBroken(position - 1) }

  private func isBroken(_ index: Int) -> Bool {
    index >= 0 && tokens[index].flags.contains(.isBroken)
  }

  func span(_ index: Int) -> Span { tokens[index].span }

  /// From the first byte of one token to the last of another.
  func span(_ first: Int, _ last: Int) -> Span {
    tokens[first].span.union(tokens[max(first, last)].span)
  }

  /// A token's bytes as text, shortened if they are many.
  func text(of index: Int) -> String {
    let bytes = source[tokens[index].span.range]
    if bytes.count <= 40 { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: bytes.prefix(37), as: UTF8.self) + "…"
  }

  /// How sentences call the next token.
  var found: Found {
    let token = tokens[position]
    let description =
      switch token.kind {
      case .endOfFile: "the end of the text"
      case .name: "the name `\(text(of: position))`"
      case .number, .tupleIndex: "the number `\(text(of: position))`"
      case .string, .stringHead: "a string"
      case .stringMiddle, .stringTail: "the end of the interpolation"
      default: "`\(text(of: position))`"
      }
    return Found(span: token.span, description: description)
  }

  /// Reports that something else should stand here.
  @inline(never)
  mutating func fail(_ expected: String, hint: String? = nil) {
    if isQuiet { return }
    report(.Fuse.unexpected(expected, found: found, hint: hint ?? foreignHint(expected)))
  }

  /// What Fuse has instead of a form of other languages that was probably meant here.
  private func foreignHint(_ expected: String) -> String? {
    let previous = position > 0 ? tokens[position - 1].kind : .endOfFile
    switch (kind, expected) {
    case (.fatArrow, "`then`"): return "An arm of a `match` is written `pattern then … end`."
    case (.fatArrow, _): return "A function that is a value is written `fn(a, b) => …`."
    case (.comma, "the end of the statement"): return "Each name has a `let` of its own."
    case (.equal, "an expression") where previous == .dotDot, (.ellipsis, "`do`"):
      return "A range holds its end: `1..3` are 1, 2 and 3."
    case (.dot, "an expression"): return "A number has a digit before its point: `0.5`."
    case (.colon, "an expression"): return "A block begins without a sign and ends with `end`."
    case (.equal, "an expression") where previous == .equalEqual || previous == .notEqual:
      return "Values are compared by `==` and `!=`."
    case (.pipe, "an expression") where previous != .pipe:
      return "A function that is a value is written `fn(a, b) => …`."
    case (.forKeyword, "`,` or `]`"):
      return "One array is made of another by `map` and `filter`: `list.map(fn(x) => x * 2)`."
    case (.name, "a declaration, `{` or `*`"):
      return "A module exports by name: `export fn …`, `export { a, b }`."
    case (.ampersand, "an expression") where previous == .ampersand:
      return "Both conditions together are `a and b`."
    case (.pipe, "an expression") where previous == .pipe:
      return "One of two conditions is `a or b`."
    case (.doubleSlash, "an expression"),
      (.star, "an expression") where previous == .slash,
      (.slash, "an expression"):
      return "A comment begins with `--` and goes to the end of the line."
    case (_, "`from`"): return "An import reads `import name from \"…\"`."
    case (.leftBrace, "a variant"):
      return "What a variant holds stands in parentheses: `Circle(radius: number)`."
    default: return nil
    }
  }

  /// Reports that something else should stand here, and makes a node in its place.
  @inline(never)
  mutating func missing(_ expected: String, hint: String? = nil) -> NodeID {
    fail(expected, hint: hint)
    return add(.missing, position, position)
  }

  @inline(never)
  mutating func failNesting() {
    report(.Fuse.nestingTooDeep(limit: nestingLimit, span: span(position)))
  }

  /// Reports a closing word or bracket that closes nothing.
  @inline(never)
  mutating func failStrayCloser() {
    fail(kind == .endKeyword || kind == .elseKeyword ? "a statement" : "the next statement")
  }

  // MARK: Expectations

  /// Takes a token of a kind; false after an error.
  @inline(__always)
  mutating func expect(_ wanted: FuseTokenKind) -> Bool {
    if kind == wanted {
      advance()
      return true
    }
    failToken(wanted)
    return false
  }

  @inline(never)
  private mutating func failToken(_ wanted: FuseTokenKind) {
    fail("`\(wanted.spelling ?? "")`")
  }

  /// Takes a name; 0 after an error.
  ///
  /// A word of the language is reported as such where a name would fit what follows it.
  @inline(__always)
  mutating func expectName(_ what: StaticString) -> Int32 {
    if kind == .name {
      advance()
      return id(position - 1)
    }
    return failName(what)
  }

  @inline(never)
  private mutating func failName(_ what: StaticString) -> Int32 {
    if isReserved(kind), !startsLine || namePrecedes(kindAfter()) {
      noteReserved()
      advance()
      return id(position - 1)
    }
    fail("\(what)")
    return 0
  }

  /// Whether a token is a word that is no name.
  func isReserved(_ kind: FuseTokenKind) -> Bool { kind.isKeyword || kind == .reservedWord }

  /// Whether a token follows names where they are declared.
  private func namePrecedes(_ kind: FuseTokenKind) -> Bool {
    switch kind {
    case .equal, .colon, .comma, .leftParen, .less: true
    default: false
    }
  }

  /// Whether the next token is a word of the language in the place of a key: `end: 1`.
  var isReservedKey: Bool { isReserved(kind) && kindAfter() == .colon }

  /// Reports that the next token, a word of the language, is no name.
  @inline(never)
  mutating func noteReserved() {
    note(.Fuse.reservedWord(text(of: position), span: span(position)))
  }

  /// Takes a string without interpolation; 0 after an error.
  @inline(never)
  mutating func expectString(_ what: StaticString) -> Int32 {
    if kind == .string {
      advance()
      return id(position - 1)
    }
    fail("\(what)")
    return 0
  }

  // MARK: What opens must close

  /// Takes a closing bracket; after a mistake inside, goes on behind the bracket.
  @inline(__always)
  mutating func expectClose(_ closer: FuseTokenKind, of opener: Int) {
    if kind == closer, !isQuiet {
      advance()
    } else {
      failClose(closer, opener)
    }
  }

  @inline(never)
  private mutating func failClose(_ closer: FuseTokenKind, _ opener: Int) {
    let partner = Int(tokens[opener].payload)
    if partner >= position {
      if !isQuiet {
        fail("`,` or `\(closer.spelling ?? "")`")
      }
      lose(opener..<partner)
      position = partner
      kind = tokens[partner].kind
      advance()
      isQuiet = false
      return
    }
    if kind == closer {
      advance()
      return
    }
    report(
      .Fuse.unclosed(
        text(of: opener),
        closer: closer.spelling ?? "",
        opener: span(opener),
        line: Int(tokens[opener].line),
        found: found
      )
    )
  }

  /// Takes the `end` of what the word at `opener` opened.
  @inline(__always)
  mutating func expectEnd(of opener: Int, hint: String? = nil) {
    if position == bracesEnd {
      bracesEnd = -1
    } else if kind == .endKeyword {
      if startsLine { noteIndentation(opener: opener) }
      advance()
    } else {
      failEnd(opener, hint: hint)
    }
  }

  @inline(never)
  private mutating func failEnd(_ opener: Int, hint: String? = nil) {
    if isQuiet { return }
    var culprit = opener
    var suspect: Span?
    if let misplaced = misplacedEnd, misplaced.opener > opener {
      culprit = misplaced.opener
      suspect = span(misplaced.closer)
      misplacedEnd = nil
    }
    lose(lineStart(culprit)..<culprit)
    diagnostics.append(
      .Fuse.unclosed(
        text(of: culprit),
        closer: "end",
        opener: span(culprit),
        line: Int(tokens[culprit].line),
        found: found,
        suspect: suspect,
        hint: hint
      )
    )
    latestErrorPosition = position
  }

  /// Remembers an `end` that, by its indentation, was meant for a block further out.
  @inline(never)
  private mutating func noteIndentation(opener: Int) {
    if misplacedEnd != nil { return }
    if indentation(position) < indentation(opener) {
      misplacedEnd = MisplacedEnd(closer: position, opener: opener)
    }
  }

  /// How far the line of a token is indented, in bytes; only the nearest 400 bytes are looked at.
  func indentation(_ index: Int) -> Int {
    var offset = Int(tokens[index].start)
    let lowest = max(0, offset - 400)
    while offset > lowest, source[offset - 1] != 10 { offset -= 1 }
    let lineStart = offset
    while offset < source.count, source[offset] == 32 || source[offset] == 9 { offset += 1 }
    return offset - lineStart
  }
}
