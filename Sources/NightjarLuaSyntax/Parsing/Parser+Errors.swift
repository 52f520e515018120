// What the parser complains about. Each `fail…` makes one diagnostic: the sentence from
// NightjarDiagnostics, and beside it the words and the line of the reference interpreter. They are
// kept out of line, so that the frames of the descent stay small.

internal import NightjarBase
internal import NightjarDiagnostics

extension Parser {
  // MARK: Reporting

  /// Reports an error raised at the next token, and quotes that token as the reference does.
  @inline(never)
  mutating func fail(_ diagnostic: Diagnostic, reference: String) {
    let text = Array(reference.utf8) + NearText.suffix(for: tokens[position], in: source, rules)
    report(
      diagnostic,
      reference: ReferenceMessage(text: text, line: Int(tokens[position].line))
    )
  }

  private mutating func report(_ diagnostic: Diagnostic, reference: ReferenceMessage) {
    if isQuiet || isStopped { return }
    isQuiet = true
    if position == latestErrorPosition { return }
    latestErrorPosition = position
    firstErrorPosition = min(firstErrorPosition, position)
    if isTolerant, isBroken(position) || isBroken(position - 1) { return }
    var diagnostic = diagnostic
    if kind == .invalid {
      let token = tokens[position]
      diagnostic = .invalidCharacter(text(of: position), span: token.span)
    }
    diagnostic.reference = reference
    diagnostics.append(diagnostic)
    if !isTolerant { stop() }
  }

  /// Moves to the end of the text and says nothing more.
  private mutating func stop() {
    position = tokens.count - 1
    kind = .endOfFile
    isStopped = true
  }

  private func isBroken(_ index: Int) -> Bool {
    index >= 0 && tokens[index].flags.contains(.isBroken)
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
      case .numeral: "the number `\(text(of: position))`"
      case .string: "a string"
      default: "`\(text(of: position))`"
      }
    return Found(span: token.span, description: description)
  }

  // MARK: Expectations

  /// Takes a name; 0 after an error.
  @inline(never)
  mutating func expectName(_ what: StaticString) -> Int32 {
    if kind == .name {
      advance()
      return Int32(truncatingIfNeeded: position - 1)
    }
    failName(what)
    return 0
  }

  /// Takes the word that ends a block.
  ///
  /// The block was opened by the word `opener` at token `index`; the reference says that it was
  /// opened on the line of token `line`.
  @inline(never)
  mutating func expectBlockEnd(
    _ closer: TokenKind,
    of opener: TokenKind,
    at index: Int,
    line: Int,
    followsElseIf: Bool = false
  ) {
    if kind == closer {
      if isTolerant { noteIndentation(opener: index) }
      advance()
      return
    }
    if isTolerant, takeForeignBrace() { return }
    failBlockEnd(closer, opener, index, line, followsElseIf)
  }

  /// Takes a closing bracket.
  @inline(never)
  mutating func expectBracketEnd(_ closer: TokenKind, of opener: Int, isCall: Bool = false) {
    if kind == closer {
      advance()
    } else {
      failBracketEnd(closer, opener, isCall)
    }
  }

  @inline(never)
  mutating func expectThen(after word: Int) {
    if kind == .thenKeyword {
      advance()
    } else {
      failThen(after: word)
    }
  }

  @inline(never)
  mutating func expectDo(after word: Int) {
    if kind == .doKeyword {
      advance()
    } else {
      failDo(after: word)
    }
  }

  @inline(never)
  mutating func expectParameterParen() {
    if kind == .leftParen {
      advance()
    } else {
      failToken(.leftParen, "The list of a function's parameters")
    }
  }

  // MARK: Failures

  /// The `missing` node that stands for an expression that is not there.
  @inline(never)
  mutating func missingExpression(isStatement: Bool) -> NodeID {
    if isTolerant, !isStatement, let operand = takeForeignUnary() { return operand }
    if isStatement, kind == .equal, position > 0, !isFirstOnLine(position) {
      fail(
        .assignmentInExpression(span: tokens[position].span, context: .value),
        reference: "unexpected symbol"
      )
    } else if isStatement {
      fail(.statementExpected(found: found), reference: "unexpected symbol")
    } else {
      let after = position > 0 ? tokens[position - 1].kind.spelling.map { "`\($0)`" } : nil
      fail(.expressionExpected(found: found, after: after), reference: "unexpected symbol")
    }
    return add(.missing, at: position)
  }

  @inline(never)
  private mutating func failName(_ what: StaticString) {
    fail(
      .nameExpected(found: found, what: "\(what)", isKeyword: kind.isKeyword),
      reference: rules.quotesMissedNames ? "'<name>' expected" : "<name> expected"
    )
    if isTolerant, kind.isKeyword, kindAfter == .equal || kindAfter == .leftParen { advance() }
  }

  @inline(never)
  mutating func failToken(_ wanted: TokenKind, _ what: StaticString) {
    let spelling = wanted.spelling ?? ""
    fail(
      .tokenExpected(spelling, what: "\(what)", found: found),
      reference: "'\(spelling)' expected"
    )
  }

  @inline(never)
  mutating func failParameter() {
    fail(
      .parameterExpected(found: found, isKeyword: kind.isKeyword),
      reference: "<name> or '...' expected"
    )
    if isTolerant, kind.isKeyword, kindAfter == .comma || kindAfter == .rightParen { advance() }
  }

  @inline(never)
  mutating func failParametersOpen() {
    failToken(.rightParen, "The list of a function's parameters")
    if isTolerant { skipOnLine(to: .rightParen) }
  }

  @inline(never)
  mutating func failForHead() {
    fail(.forHeadExpected(found: found), reference: "'=' or 'in' expected")
  }

  @inline(never)
  mutating func failVararg() {
    let function = functionToken == 0 ? nil : tokens[functionToken].span
    fail(
      .varargOutsideFunction(span: tokens[position].span, function: function),
      reference: "cannot use '...' outside a vararg function"
    )
  }

  /// Refuses a call whose parenthesis stands on a line of its own, as 5.1 does.
  @inline(never)
  mutating func checkAmbiguousCall() {
    guard kind == .leftParen, tokens[position].line != tokens[position - 1].line else { return }
    fail(
      .statementExpected(found: found),
      reference: "ambiguous syntax (function call x new statement)"
    )
  }

  @inline(never)
  mutating func failArguments(method: Int) {
    fail(
      .argumentsExpected(method: text(of: method), found: found),
      reference: "function arguments expected"
    )
  }

  @inline(never)
  mutating func failAttribute(word: Int) {
    let name = text(of: word)
    report(
      .unknownAttribute(name, span: tokens[word].span),
      reference: ReferenceMessage(
        text: Array("unknown attribute '".utf8) + source[tokens[word].span.range] + [39],
        line: Int(tokens[rules.placesScopeErrorsBack ? position - 1 : position].line)
      )
    )
  }

  @inline(never)
  mutating func failNesting() {
    if isStopped { return }
    let line = Int(tokens[position].line)
    let reference: ReferenceMessage
    if rules.hasFunctionEnvironments {
      reference = ReferenceMessage("chunk has too many syntax levels", line: line)
    } else if rules.hasAttributes {
      reference = ReferenceMessage("C stack overflow", line: line)
    } else {
      let function = tokens[functionToken].line
      let place = functionToken == 0 ? "main function" : "function at line \(function)"
      let near = NearText.suffix(for: tokens[position], in: source, rules)
      let text = Array("too many C levels (limit is 200) in \(place)".utf8) + near
      reference = ReferenceMessage(text: text, line: line)
    }
    report(
      .nestingTooDeep(span: tokens[position].span, limit: nestingLimit),
      reference: reference
    )
    stop()
    isQuiet = true
  }

  @inline(never)
  mutating func failStrayCloser() {
    fail(
      .strayCloser(found),
      reference: rules.quotesEndOfFile ? "'<eof>' expected" : "<eof> expected"
    )
  }

  @inline(never)
  mutating func failReturnNotLast(at word: Int) {
    fail(
      .returnNotLast(returnSpan: tokens[word].span, found: found),
      reference: "'<eof>' expected"
    )
    isQuiet = false
  }

  @inline(never)
  mutating func failCannotAssign(_ target: NodeID, start: Int, isFirst: Bool) {
    let what: String
    var reference = "syntax error"
    switch nodes[Int(target.rawValue)].kind {
    case .call, .methodCall:
      what = "The result of a call"
      if rules.callsEndStatements, isFirst { reference = "unexpected symbol" }
    case .parenthesized: what = "An expression in parentheses"
    default: what = "This"
    }
    let end = tokens[max(start, position - 1)].end
    fail(
      .cannotAssign(span: Span(start: tokens[start].start, end: end), what: what),
      reference: reference
    )
  }

  @inline(never)
  mutating func failExpressionStatement(start: Int, node: NodeID) {
    if isTolerant, isBroken(start - 1), !isFirstOnLine(start) {
      isQuiet = true
      return
    }
    if isTolerant, failCompoundAssignment(start: start) { return }
    let end = tokens[max(start, position - 1)].end
    let span = Span(start: tokens[start].start, end: end)
    let bytes = source[span.range]
    let text = String(decoding: bytes.prefix(40), as: UTF8.self)
    let isVariable =
      switch nodes[Int(node.rawValue)].kind {
      case .name, .field, .index: true
      default: false
      }
    let keyword =
      nodes[Int(node.rawValue)].kind == .name ? ForeignWords.keyword(for: text) : nil
    fail(
      .expressionAsStatement(span: span, text: text, keyword: keyword, found: found),
      reference: rules.callsEndStatements && isVariable ? "'=' expected" : "syntax error"
    )
    if let keyword, ForeignWords.opensBlock(keyword) { forgivenEnds += 1 }
  }

  @inline(never)
  private mutating func failBlockEnd(
    _ closer: TokenKind,
    _ opener: TokenKind,
    _ index: Int,
    _ line: Int,
    _ followsElseIf: Bool
  ) {
    let closerText = closer.spelling ?? ""
    let openerText = opener.spelling ?? ""
    let misplaced = kind == .endOfFile ? misplacedCloser : nil
    let shown = misplaced?.opener ?? index
    let diagnostic = Diagnostic.unclosedBlock(
      opener: tokens[shown].kind.spelling ?? openerText,
      openerSpan: tokens[shown].span,
      openerLine: Int(tokens[shown].line),
      closer: closerText,
      found: found,
      misplaced: misplaced.map { tokens[$0.closer].span },
      followsElseIf: followsElseIf
    )
    fail(diagnostic, reference: matchText(closerText, openerText, line: line))
  }

  @inline(never)
  private mutating func failBracketEnd(_ closer: TokenKind, _ opener: Int, _ isCall: Bool) {
    let closerText = closer.spelling ?? ""
    let openerText = tokens[opener].kind.spelling ?? ""
    let reference = matchText(closerText, openerText, line: opener)
    if isTolerant, failAssignmentInExpression(reference: reference) {
      skipOnLine(to: closer)
      return
    }
    if isTolerant, isCall, startsValue, !isFirstOnLine(position) {
      fail(
        .missingComma(
          what: "arguments of a call",
          opener: tokens[opener].span,
          previousEnd: tokens[position - 1].end,
          found: found
        ),
        reference: reference
      )
    } else {
      let followsKey = closer == .rightBrace && tokens[position - 1].kind == .string
      fail(
        .unclosedBracket(
          opener: openerText,
          openerSpan: tokens[opener].span,
          openerLine: Int(tokens[opener].line),
          closer: closerText,
          found: found,
          isTable: closer == .rightBrace,
          key: followsKey ? text(of: position - 1) : nil
        ),
        reference: reference
      )
    }
    if isTolerant { skipOnLine(to: closer) }
  }

  /// The reference names the opener only if it is on another line.
  private func matchText(_ closer: String, _ opener: String, line: Int) -> String {
    if tokens[line].line == tokens[position].line { return "'\(closer)' expected" }
    return "'\(closer)' expected (to close '\(opener)' at line \(tokens[line].line))"
  }

  @inline(never)
  mutating func failIndexOpen(at opener: Int) {
    let diagnostic = Diagnostic.unclosedBracket(
      opener: "[",
      openerSpan: tokens[opener].span,
      openerLine: Int(tokens[opener].line),
      closer: "]",
      found: found
    )
    fail(diagnostic, reference: "']' expected")
    if isTolerant { skipOnLine(to: .rightBracket) }
  }

  @inline(never)
  private mutating func failThen(after word: Int) {
    if isTolerant, failAssignmentInCondition(reference: "'then' expected") {
      _ = take(.thenKeyword)
      return
    }
    let opener = tokens[word].kind.spelling ?? ""
    fail(
      .thenExpected(after: opener, openerSpan: tokens[word].span, found: found),
      reference: "'then' expected"
    )
    if isTolerant { skipHead(to: .thenKeyword, wrong: .doKeyword) }
  }

  @inline(never)
  private mutating func failDo(after word: Int) {
    if isTolerant, failAssignmentInCondition(reference: "'do' expected") {
      _ = take(.doKeyword)
      return
    }
    let opener = tokens[word].kind.spelling ?? ""
    fail(
      .doExpected(after: opener, openerSpan: tokens[word].span, found: found),
      reference: "'do' expected"
    )
    if isTolerant { skipHead(to: .doKeyword, wrong: .thenKeyword) }
  }
}
