// Recursive descent over the tokens of a text. Every construct that recurses passes `enter()`, so
// that depth is bounded; chains that only grow to the left or in length (`a.b.c`, `1+1+1`,
// `elseif`) are loops. The parser never stops before the end of the tokens and never throws: in
// the strict way the first error moves it to the end, in the tolerant way it goes on.
//
// The pieces: Parser+Blocks, +Statements, +Expressions, +Operators follow the grammar (manual,
// section 9); Parser+Errors words what is wrong; Parser+Recovery and +Foreign serve the tolerant
// way only.
//
// INVARIANT: `position` is the index of the next token and `kind` its kind; the last token is
// `endOfFile` and is never passed.

internal import NightjarBase
internal import NightjarDiagnostics

/// Builds the nodes of one text.
struct Parser {
  let source: [UInt8]
  let tokens: [Token]
  let rules: DialectRules
  /// How deep constructs may nest.
  let nestingLimit: Int
  /// Whether to go on after an error, and to understand what other languages write.
  let isTolerant: Bool

  var position = 0
  var kind: TokenKind
  var depth = 0
  var nodes: [Node] = []
  var extra: [Int32] = [0]
  /// Items of the lists being built, innermost last.
  var scratch: [Int32] = []
  /// Whether the function being read takes `...`.
  var takesVararg = true
  /// The token of the function being read; 0 for the main function.
  var functionToken = 0

  var diagnostics: [Diagnostic] = []
  /// The token at which the first error was raised.
  var firstErrorPosition = Int.max
  /// Where the latest error was reported; there will be no second one at the same token.
  var latestErrorPosition = -1
  /// Whether errors are consequences of one already reported.
  var isQuiet = false
  /// Whether the rest of the text is given up.
  var isStopped = false
  /// How many parentheses and braces of expressions are open around the next token.
  var openParens = 0
  var openBraces = 0
  /// How many blocks in braces, as other languages have them, are open.
  var foreignBraces = 0
  /// How many `end`s will be left over because their opening word was mistyped.
  var forgivenEnds = 0
  /// The first `end` whose indentation belongs to an outer block.
  var misplacedCloser: MisplacedCloser?

  init(lexer: borrowing Lexer, nestingLimit: Int, isTolerant: Bool) {
    source = lexer.source
    tokens = lexer.tokens
    rules = lexer.rules
    self.nestingLimit = min(nestingLimit, rules.syntaxDepthMax)
    self.isTolerant = isTolerant
    kind = tokens[0].kind
    nodes.reserveCapacity(tokens.count)
    extra.reserveCapacity(tokens.count)
    nodes.append(
      Node(kind: .missing, mainToken: TokenID(0), lastToken: TokenID(0))
    )
  }

  /// Reads the whole text and returns its root.
  mutating func parse() -> NodeID {
    let mark = scratch.count
    while true {
      statementList()
      if kind == .endOfFile { break }
      if kind == .endKeyword, forgivenEnds > 0 {
        forgivenEnds -= 1
      } else {
        failStrayCloser()
      }
      let isUntil = kind == .untilKeyword
      isQuiet = false
      advance()
      if isUntil {
        isQuiet = true
        _ = expression()
        isQuiet = false
      }
    }
    return finishBlock(from: mark, opener: 0)
  }

  // MARK: Tokens

  mutating func advance() {
    if position + 1 < tokens.count { position += 1 }
    kind = tokens[position].kind
  }

  /// Takes the next token if it is of a kind.
  mutating func take(_ wanted: TokenKind) -> Bool {
    if kind != wanted { return false }
    advance()
    return true
  }

  /// The kind of the token after the next.
  var kindAfter: TokenKind {
    tokens[min(position + 1, tokens.count - 1)].kind
  }

  // MARK: Depth

  /// Goes one level deeper; false, after an error, if that is too deep.
  mutating func enter() -> Bool {
    depth += 1
    if depth <= nestingLimit { return true }
    depth -= 1
    failNesting()
    return false
  }

  mutating func leave() { depth -= 1 }

  // MARK: Nodes

  /// Adds a node that ends before the next token.
  @inline(never)
  mutating func add(_ kind: NodeKind, at main: Int, _ lhs: Int32 = 0, _ rhs: Int32 = 0)
    -> NodeID
  {
    nodes.append(
      Node(
        kind: kind,
        mainToken: TokenID(Int32(truncatingIfNeeded: main)),
        lastToken: TokenID(Int32(truncatingIfNeeded: max(main, position - 1))),
        lhs: lhs,
        rhs: rhs
      )
    )
    return NodeID(Int32(truncatingIfNeeded: nodes.count - 1))
  }

  /// Adds a node of one token and takes the token.
  mutating func addLeaf(_ kind: NodeKind) -> NodeID {
    advance()
    return add(kind, at: position - 1)
  }

  /// Moves the items of `scratch` from `mark` on into a list.
  mutating func makeList(from mark: Int) -> Int32 {
    if scratch.count == mark { return 0 }
    return appendList(from: mark)
  }

  /// As `makeList`, but an empty list gets a place of its own.
  @inline(never)
  mutating func appendList(from mark: Int) -> Int32 {
    let place = Int32(truncatingIfNeeded: extra.count)
    extra.append(Int32(truncatingIfNeeded: scratch.count - mark))
    for i in mark..<scratch.count { extra.append(scratch[i]) }
    scratch.removeLast(scratch.count - mark)
    return place
  }
}

/// A closing word that closes a block of deeper indentation than its own.
struct MisplacedCloser {
  /// The token of the closing word.
  var closer: Int
  /// The token of the word that opened the block.
  var opener: Int
}
