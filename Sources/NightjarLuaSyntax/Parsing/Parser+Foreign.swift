// What people write who know other languages. The tolerant parser understands it, says how Lua
// writes it, and goes on as if it had been written so; nothing here runs in the strict way.

internal import NightjarDiagnostics

extension Parser {
  /// An operator that Lua does not have.
  private struct ForeignOperator {
    var text: String
    var tokenCount: Int
    var replacement: String
    var binary: Operators.Binary
  }

  /// Reports something without taking what follows for its consequence.
  @inline(never)
  private mutating func note(_ diagnostic: Diagnostic) {
    if isQuiet || isStopped { return }
    firstErrorPosition = min(firstErrorPosition, position)
    diagnostics.append(diagnostic)
  }

  /// Whether the next tokens are of these kinds without space between them.
  private func isAdjacent(_ first: TokenKind, _ second: TokenKind) -> Bool {
    kind == first && kindAfter == second && position + 1 < tokens.count
      && tokens[position].end == tokens[position + 1].start
  }

  private func isInvalid(_ character: Unicode.Scalar) -> Bool {
    kind == .invalid && source[Int(tokens[position].start)] == UInt8(ascii: character)
  }

  /// The span of the next `count` tokens.
  private func span(ofNext count: Int) -> Span {
    tokens[position].span.union(tokens[min(position + count, tokens.count) - 1].span)
  }

  private var foreignOperator: ForeignOperator? {
    let equal = Operators.binary(.equalEqual)
    let notEqual = Operators.binary(.notEqual)
    if isAdjacent(.ampersand, .ampersand) {
      return ForeignOperator(
        text: "&&",
        tokenCount: 2,
        replacement: "and",
        binary: Operators.binary(.andKeyword)
      )
    }
    if isAdjacent(.pipe, .pipe) {
      return ForeignOperator(
        text: "||",
        tokenCount: 2,
        replacement: "or",
        binary: Operators.binary(.orKeyword)
      )
    }
    if isAdjacent(.equalEqual, .equal) {
      return ForeignOperator(text: "===", tokenCount: 2, replacement: "==", binary: equal)
    }
    if isAdjacent(.less, .greater) {
      return ForeignOperator(text: "<>", tokenCount: 2, replacement: "~=", binary: notEqual)
    }
    if isAdjacent(.star, .star) {
      return ForeignOperator(
        text: "**",
        tokenCount: 2,
        replacement: "^",
        binary: Operators.binary(.caret)
      )
    }
    if isInvalid("!"), isAdjacent(.invalid, .equal) {
      return ForeignOperator(text: "!=", tokenCount: 2, replacement: "~=", binary: notEqual)
    }
    if isInvalid("!"), isAdjacent(.invalid, .equalEqual) {
      return ForeignOperator(text: "!==", tokenCount: 2, replacement: "~=", binary: notEqual)
    }
    return nil
  }

  /// What became of a foreign operator.
  enum ForeignOutcome {
    case absent
    /// It stands here, but belongs to an expression further out.
    case tooWeak
    case taken
  }

  /// Reads a foreign operator and its right operand, if one stands here and binds strongly enough.
  @inline(never)
  mutating func takeForeignBinary(_ left: inout NodeID, floor: UInt8) -> ForeignOutcome {
    guard let foreign = foreignOperator else { return .absent }
    if foreign.binary.left <= floor { return .tooWeak }
    note(
      .foreignOperator(
        foreign.text,
        span: span(ofNext: foreign.tokenCount),
        replacement: foreign.replacement
      )
    )
    let sign = position
    for _ in 0..<foreign.tokenCount { advance() }
    let right = subexpression(floor: foreign.binary.right)
    left = add(foreign.binary.node, at: sign, left.rawValue, right.rawValue)
    return .taken
  }

  /// Reads `!x`.
  @inline(never)
  mutating func takeForeignUnary() -> NodeID? {
    if !isInvalid("!") { return nil }
    note(.foreignOperator("!", span: tokens[position].span, replacement: "not "))
    let sign = position
    advance()
    let operand = subexpression(floor: Operators.unaryPower)
    return add(.not, at: sign, operand.rawValue)
  }

  // MARK: Blocks in braces

  /// Whether `{` ends its line after a parenthesized expression: a block of another language, and
  /// not a call with a table.
  func opensForeignBlock(after left: NodeID) -> Bool {
    kind == .leftBrace && nodes[Int(left.rawValue)].kind == .parenthesized
      && tokens[min(position + 1, tokens.count - 1)].line > tokens[position].line
  }

  /// Passes a `{` that opens a block, after an error about it; its `}` will close the block.
  @inline(never)
  mutating func passForeignBrace() {
    if isStopped || kind != .leftBrace { return }
    foreignBraces += 1
    advance()
  }

  /// Reports and passes a `{` before the body of a function.
  @inline(never)
  mutating func takeForeignBodyBrace() {
    if kind != .leftBrace || isQuiet { return }
    note(.statementExpected(found: found))
    passForeignBrace()
  }

  /// Passes the `}` of a block of another language.
  @inline(never)
  mutating func takeForeignBrace() -> Bool {
    if foreignBraces == 0 || kind != .rightBrace { return false }
    foreignBraces -= 1
    advance()
    return true
  }

  // MARK: Assignments in the wrong place

  /// Reads `= value` after a condition, and says that `==` was meant.
  @inline(never)
  mutating func failAssignmentInCondition(reference: String) -> Bool {
    if kind != .equal || isQuiet { return false }
    note(.assignmentInExpression(span: tokens[position].span, context: .condition))
    advance()
    _ = expression()
    return true
  }

  /// Reads `= value` inside parentheses.
  @inline(never)
  mutating func failAssignmentInExpression(reference: String) -> Bool {
    if kind != .equal || isQuiet || kindAfter == .equal { return false }
    note(.assignmentInExpression(span: tokens[position].span, context: .argument))
    advance()
    _ = expression()
    return true
  }

  /// Reports `x += 1` and `x++`, and passes them.
  @inline(never)
  mutating func failCompoundAssignment(start: Int) -> Bool {
    let isSign =
      switch kind {
      case .plus, .minus, .star, .slash, .doubleSlash, .percent, .caret, .dotDot, .pipe,
        .ampersand, .shiftLeft, .shiftRight:
        true
      default: false
      }
    let isDoubled = isAdjacent(.plus, .plus)
    guard isSign, isDoubled || isAdjacent(kind, .equal), position > start else { return false }
    let sign = kind.spelling ?? ""
    let target = Span(start: tokens[start].start, end: tokens[position - 1].end)
    note(
      .compoundAssignment(
        sign + (isDoubled ? sign : "="),
        span: span(ofNext: 2),
        target: String(decoding: source[target.range].prefix(40), as: UTF8.self),
        sign: sign
      )
    )
    advance()
    advance()
    if !isDoubled { _ = expression() }
    return true
  }
}

/// Words that begin statements elsewhere.
enum ForeignWords {
  private static let known: [String: String] = [
    "elif": "elseif", "elsif": "elseif", "func": "function", "fn": "function", "def": "function",
    "fun": "function", "var": "local", "let": "local", "const": "local", "begin": "do",
    "foreach": "for", "unless": "if not", "continue": "goto continue", "switch": "if …",
    "match": "if …", "try": "pcall(f)", "throw": "error(message)", "raise": "error(message)",
    "import": "require \"m\"", "include": "require \"m\"", "using": "require \"m\"",
  ]

  private static let statements = [
    "break", "do", "else", "elseif", "end", "for", "function", "goto", "if", "local", "repeat",
    "return", "until", "while",
  ]

  /// The word of Lua that a name at the start of a statement probably stands for.
  static func keyword(for name: String) -> String? {
    if let word = known[name] { return word }
    return name.utf8.count < 3 ? nil : Suggestion.nearest(to: name, among: statements)
  }

  /// Whether a word opens a block that an `end` will close.
  static func opensBlock(_ keyword: String) -> Bool {
    ["function", "do", "for", "if", "if …", "if not", "while", "repeat"].contains(keyword)
  }
}
