// What people write who come from TypeScript, Rust, Python or Go. It is told once, with what Fuse has
// instead; what belongs to it is passed, and nobody asks for the names in it.

internal import NightjarDiagnostics

extension FuseParser {
  // MARK: Lost names

  /// Notes that the names in some tokens may be declared there.
  @inline(never)
  mutating func lose(_ tokens: Range<Int>) {
    for index in tokens where self.tokens[index].kind == .name { lostNames.insert(text(of: index)) }
  }

  /// The first token on the line of a token.
  func lineStart(_ index: Int) -> Int {
    var index = index
    while index > 0, !tokens[index].flags.contains(.startsLine) { index -= 1 }
    return index
  }

  // MARK: Statements

  /// Reads a statement that begins with a word of another language; nil if none does.
  @inline(never)
  mutating func foreignStatement() -> NodeID? {
    switch kindAfter() {
    case .name, .string, .stringHead, .number, .leftBrace, .fnKeyword, .functionKeyword,
      .structKeyword, .enumKeyword, .unionKeyword, .constKeyword, .staticKeyword, .letKeyword,
      .selfKeyword, .notKeyword:
      break
    case .leftParen:
      let partner = Int(tokens[position + 1].payload)
      guard partner > position, tokens[partner + 1].kind == .leftBrace else { return nil }
    default: return nil
    }
    let start = position
    let word = text(of: start)
    guard let use = ForeignWords.use(of: word), let hint = ForeignWords.hint(forWord: word) else {
      return nil
    }
    if use == .operation { return nil }
    if use == .modifier, kindAfter() == .name,
      ForeignWords.use(of: text(of: start + 1)) == nil
    {
      return nil
    }
    note(.Fuse.foreign(word, hint: hint, span: span(start)))
    advance()
    if use == .modifier { return isQuiet ? NodeID.none : statement(isFirst: true) }
    passForeign(from: start, isBlock: use == .block)
    lose(start..<position)
    return add(.missing, start, start)
  }

  /// Passes the rest of a line, and of a block that begins on it: what is indented more, and its `end`.
  private mutating func passForeign(from start: Int, isBlock: Bool) {
    let level = indentation(lineStart(start))
    while kind != .endOfFile {
      if startsLine {
        if !isBlock || indentation(position) < level { return }
        if indentation(position) == level {
          if kind == .endKeyword { advance() }
          return
        }
      }
      passOne()
    }
  }

  /// Passes a token, with all between brackets.
  private mutating func passOne() {
    switch kind {
    case .leftParen, .leftBracket, .leftBrace:
      let partner = Int(tokens[position].payload)
      if partner > position {
        position = partner
        kind = tokens[partner].kind
      }
    default: break
    }
    advance()
  }

  /// Whether a comment as Python has them begins here.
  var isHashComment: Bool {
    startsLine && isOnLine(1) && kindAfter() != .endOfFile
      && !tokens[position + 1].flags.contains(.isAttached)
  }

  /// Passes a comment as Python has them.
  @inline(never)
  mutating func passHashComment() -> NodeID {
    let start = position
    note(
      .Fuse.foreign(
        "# …",
        hint: "A comment begins with `--` and goes to the end of the line.",
        span: span(start)
      )
    )
    repeat { advance() } while kind != .endOfFile && !startsLine
    return add(.missing, start, start)
  }

  // MARK: Beside values

  /// Reports what stands behind a statement on its line; false if it is a statement of its own.
  @inline(never)
  mutating func failBehindStatement() -> Bool {
    for index in [position - 1, position] where tokens[index].kind == .name {
      let word = text(of: index)
      guard ForeignWords.use(of: word) != nil, let hint = ForeignWords.hint(forWord: word) else {
        continue
      }
      report(.Fuse.foreign(word, hint: hint, span: span(index)))
      lose(lineStart(position - 1)..<position)
      return true
    }
    switch kind {
    case .colon where kindAfter() == .equal:
      report(
        .Fuse.foreign(
          ":=",
          hint: "A new name is `let name = …`, one that can change `let mut name = …`.",
          span: span(position, position + 1)
        )
      )
    case .colon, .equal, .arrow, .star, .slash, .pipe, .ampersand, .comma:
      fail("the end of the statement")
    default:
      note(.Fuse.statementSeparator(span: span(position)))
      return false
    }
    lose(lineStart(position - 1)..<position)
    return true
  }

  /// Whether `++` stands here with nothing behind it.
  var isIncrement: Bool {
    guard kindAfter() == .plus, tokens[position + 1].flags.contains(.isAttached) else {
      return false
    }
    if !isOnLine(2) { return true }
    switch kindAfter(2) {
    case .endOfFile, .semicolon, .rightParen, .rightBracket, .rightBrace, .comma, .endKeyword:
      return true
    default: return false
    }
  }

  @inline(never)
  mutating func failIncrement() {
    let hint = "A variable is changed by `x += 1`."
    report(.Fuse.foreign("++", hint: hint, span: span(position, position + 1)))
  }

  /// Whether the `?` that stands here is that of `c ? a : b`.
  var isTernary: Bool {
    if !isOnLine(1) { return false }
    switch kindAfter() {
    case .string, .stringHead, .number, .name, .trueKeyword, .falseKeyword, .nilKeyword: return true
    default: return false
    }
  }

  @inline(never)
  mutating func failTernary() {
    let hint = "A choice is a value too: `if condition then a else b end`."
    report(.Fuse.foreign("? :", hint: hint, span: span(position)))
  }

  /// Reports a text with letters before it, as in `f"…"`; false if there is none.
  @inline(never)
  mutating func failPrefixedString(_ callee: NodeID) -> Bool {
    guard kind == .string || kind == .stringHead,
      tokens[position].flags.contains(.isAttached), self.kind(of: callee) == .name
    else { return false }
    let prefix = text(of: position - 1)
    guard ["f", "b", "u", "rb", "br", "fr", "rf"].contains(prefix) else { return false }
    let hint = "Any text takes values: `\"hello ${name}\"`; `r\"…\"` is one without escapes."
    report(.Fuse.foreign("\(prefix)\"…\"", hint: hint, span: span(position - 1, position)))
    return true
  }

  /// Reports `vec![…]`; false if it does not stand here.
  @inline(never)
  mutating func failMacroArray() -> Bool {
    guard kind == .bang, kindAfter() == .leftBracket,
      tokens[position].flags.contains(.isAttached),
      tokens[position + 1].flags.contains(.isAttached)
    else { return false }
    let name = text(of: position - 1)
    let hint = "An array is written `[a, b]`."
    report(.Fuse.foreign("\(name)![…]", hint: hint, span: span(position - 1, position)))
    return true
  }

  /// Reports `(a, b) => …`, whose parameters were read as a value.
  @inline(never)
  mutating func failArrow(_ parameters: NodeID) -> NodeID {
    let start = first(parameters)
    let parameters = start == position - 1 ? "(\(text(of: start)))" : "(a, b)"
    let hint = "A function that is a value is written `fn\(parameters) => …`."
    report(.Fuse.foreign("=>", hint: hint, span: span(position)))
    lose(start..<position)
    return add(.missing, start, start)
  }

  // MARK: Heads

  /// Passes the head of a loop as C has it; false if there is none.
  @inline(never)
  mutating func passLoopHead(_ word: Int) -> Bool {
    let opener = position
    let partner = Int(tokens[opener].payload)
    guard kind == .leftParen, partner > opener,
      tokens[opener..<partner].contains(where: { $0.kind == .semicolon })
    else { return false }
    fail("a pattern", hint: "Fuse counts with a range: `for i in 0..9 do`.")
    passOne()
    lose(opener..<position)
    return true
  }

  /// Passes `try { … } catch (e) { … }`; false if there is no block in braces.
  @inline(never)
  mutating func passTry(_ word: Int) -> Bool {
    guard kind == .leftBrace, isBraceBlock || foreignHandler(Int(tokens[position].payload) + 1)
    else { return false }
    fail("a value", hint: "What may raise stands behind `try` and becomes a `Result`: `try f()`.")
    passOne()
    while foreignHandler(position) {
      repeat { passOne() } while kind == .leftParen || kind == .leftBrace || kind == .name
    }
    lose(word..<position)
    return true
  }

  private func foreignHandler(_ index: Int) -> Bool {
    tokens[index].kind == .name && ["catch", "except", "finally"].contains(text(of: index))
  }
}
