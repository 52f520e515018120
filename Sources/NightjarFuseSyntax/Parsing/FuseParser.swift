// Recursive descent over the tokens of a text. Every construct that recurses passes `enter()`, so
// that depth is bounded; chains that only grow to the left or in length (`a.b.c`, `1 + 1 + 1`,
// `elseif`) are loops. The parser never stops before the end of the tokens and never throws.
//
// The pieces: +Statements, +Items, +Functions, +Modules, +Expressions, +Primaries, +Types and
// +Patterns follow the grammar; +Errors words what is wrong, +Recovery goes on after it, +Lua knows
// what people write who come from Lua. TypeScanner looks ahead whether `<` opens type arguments.
//
// INVARIANT: `position` is the index of the next token and `kind` its kind (or the kind of what is
// left of it, while `>>` closes two lists of type arguments); the last token is `endOfFile` and is
// never passed.
//
// SOURCE: Fuse reference, section 3.

internal import NightjarDiagnostics

/// Builds the nodes of one text.
struct FuseParser {
  let source: [UInt8]
  let tokens: [FuseToken]
  /// How deep constructs may nest.
  let nestingLimit: Int

  var position = 0
  var kind: FuseTokenKind
  var depth = 0
  var nodes: [FuseNode] = []
  var extra: [Int32] = [0]
  /// Items of the lists being built, innermost last.
  var scratch: [Int32] = []
  var attributed: [AttributedNode] = []

  /// Whether a line end means nothing here: inside brackets.
  var ignoresLines = false
  /// How many blocks are open; 0 at module level.
  var blockDepth = 0
  /// Where the innermost block begins.
  var blockStart = 0
  /// How many interpolations are open.
  var openInterpolations = 0
  /// How many macros, and quotations in them, are open.
  var macroDepth = 0
  var quotationDepth = 0

  var diagnostics: [Diagnostic] = []
  /// Where the latest error was reported; there will be no second one at the same token.
  var latestErrorPosition = -1
  /// Whether errors are consequences of one already reported.
  var isQuiet = false
  /// Whether an argument of a macro is being tried; see `macroArgument()`.
  var isTrying = false
  /// Behind a block in braces that was skipped: whoever began it goes on here as if behind its `end`.
  var bracesEnd = -1
  /// Whether the innermost block belongs to a member of an `impl` or a trait.
  var isInMembers = false
  /// Whether the head of an `if`, a `match` or a loop is being read.
  var isHead = false
  /// Whether a block in braces is being read: those inside are told with it.
  var isInBraces = false
  /// Names in parts of the text that could not be read.
  var lostNames: Set<String> = []
  /// The first `end` whose indentation belongs to an outer block.
  var misplacedEnd: MisplacedEnd?

  init(lexer: borrowing FuseLexer, nestingLimit: Int) {
    source = lexer.source
    tokens = lexer.tokens
    self.nestingLimit = nestingLimit
    kind = tokens[0].kind
    nodes.reserveCapacity(tokens.count)
    extra.reserveCapacity(tokens.count)
    let none = TokenID(0)
    nodes.append(FuseNode(kind: .missing, mainToken: none, firstToken: none, lastToken: none))
  }

  /// Reads the whole text and returns its root.
  mutating func parse() -> NodeID {
    let mark = scratch.count
    var isValue = false
    while true {
      isValue = statementList(from: mark)
      if kind == .endOfFile { break }
      failStrayCloser()
      isQuiet = false
      advance()
    }
    if isValue { discardLast() }
    return finishBlock(from: mark, first: 0, isValue: false)
  }

  // MARK: Tokens

  @inline(__always)
  mutating func advance() {
    if position + 1 < tokens.count { position += 1 }
    kind = tokens[position].kind
  }

  /// Takes the next token if it is of a kind.
  @inline(__always)
  mutating func take(_ wanted: FuseTokenKind) -> Bool {
    if kind != wanted { return false }
    advance()
    return true
  }

  /// The kind of the token `offset` after the next.
  @inline(__always)
  func kindAfter(_ offset: Int = 1) -> FuseTokenKind {
    tokens[min(position + offset, tokens.count - 1)].kind
  }

  /// Whether the next token is the first of its line.
  @inline(__always)
  var startsLine: Bool { tokens[position].flags.contains(.startsLine) }

  /// Whether the next token may continue what stands before it: the grammar's `NONL`.
  @inline(__always)
  var mayContinue: Bool { ignoresLines || !startsLine }

  /// Whether the token `offset` after the next is on the line of the one before it.
  @inline(__always)
  func isOnLine(_ offset: Int) -> Bool {
    !tokens[min(position + offset, tokens.count - 1)].flags.contains(.startsLine)
  }

  /// Whether the next token is a name spelled as a word of the compiler.
  @inline(__always)
  func isWord(_ word: FuseWord) -> Bool {
    kind == .name && tokens[position].payload == word.rawValue
      && source[Int(tokens[position].start)] != UInt8(ascii: "r")
  }

  /// Whether the name token at an index is spelled as a word.
  func isWord(_ word: FuseWord, at index: Int) -> Bool {
    let token = tokens[min(index, tokens.count - 1)]
    return token.kind == .name && token.payload == word.rawValue
  }

  // MARK: Depth

  /// Goes one level deeper; false, after an error, if that is too deep.
  @inline(__always)
  mutating func enter() -> Bool {
    depth += 1
    if depth <= nestingLimit { return true }
    depth -= 1
    failNesting()
    return false
  }

  @inline(__always)
  mutating func leave() { depth -= 1 }

  // MARK: Nodes

  /// Adds a node that ends before the next token.
  @inline(never)
  mutating func add(
    _ kind: FuseNodeKind,
    _ first: Int,
    _ main: Int,
    _ lhs: Int32 = 0,
    _ rhs: Int32 = 0,
    detail: UInt8 = 0
  ) -> NodeID {
    nodes.append(
      FuseNode(
        kind: kind,
        detail: detail,
        mainToken: TokenID(Int32(truncatingIfNeeded: main)),
        firstToken: TokenID(Int32(truncatingIfNeeded: first)),
        lastToken: TokenID(Int32(truncatingIfNeeded: max(main, position - 1))),
        lhs: lhs,
        rhs: rhs
      )
    )
    return NodeID(Int32(truncatingIfNeeded: nodes.count - 1))
  }

  /// Adds a node of one token and takes the token.
  @inline(__always)
  mutating func addLeaf(_ kind: FuseNodeKind, detail: UInt8 = 0) -> NodeID {
    let main = position
    advance()
    return add(kind, main, main, detail: detail)
  }

  /// The first token of a node.
  @inline(__always)
  func first(_ node: NodeID) -> Int { Int(nodes[Int(node.rawValue)].firstToken.rawValue) }

  @inline(__always)
  func kind(of node: NodeID) -> FuseNodeKind { nodes[Int(node.rawValue)].kind }

  /// Moves the items of `scratch` from `mark` on into a list.
  @inline(never)
  mutating func makeList(from mark: Int) -> Int32 {
    if scratch.count == mark { return 0 }
    let place = Int32(truncatingIfNeeded: extra.count)
    extra.append(Int32(truncatingIfNeeded: scratch.count - mark))
    for i in mark..<scratch.count { extra.append(scratch[i]) }
    // One by one is faster than as a range: nearly all lists are short.
    for _ in mark..<scratch.count { scratch.removeLast() }
    return place
  }

  /// Writes a record.
  mutating func makeRecord(_ a: Int32, _ b: Int32) -> Int32 {
    let place = Int32(truncatingIfNeeded: extra.count)
    extra.append(a)
    extra.append(b)
    return place
  }

  /// Writes a record.
  mutating func makeRecord(_ a: Int32, _ b: Int32, _ c: Int32) -> Int32 {
    let place = makeRecord(a, b)
    extra.append(c)
    return place
  }

  @inline(__always)
  mutating func push(_ node: NodeID) { scratch.append(node.rawValue) }

  /// A token as nodes keep it.
  @inline(__always)
  func id(_ token: Int) -> Int32 { Int32(truncatingIfNeeded: token) }
}

/// An `end` that closes a block of deeper indentation than its own.
struct MisplacedEnd {
  /// The token of the `end`.
  var closer: Int
  /// The token of the word that opened the block.
  var opener: Int
}
