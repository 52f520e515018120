// The way in: Lua text to tree.

package import NightjarBase
internal import NightjarDiagnostics

/// Limits of the parser.
package enum LuaSyntaxLimits {
  /// How deep blocks, functions, tables, brackets, operators and lists of targets may nest.
  ///
  /// The reference stops at 200; the parser at this limit fits a stack of 512 KB. It protects the
  /// host's stack and not a machine's share of anything, so it is no machine's `Limits`.
  package static let nesting = 400
  /// The most bytes of one text: offsets are 32 bits wide.
  package static let sourceByteCount = 1 << 31 - 1
}

/// Reads Lua.
package enum LuaSyntax {
  /// What to do with a text.
  package struct Options: Sendable {
    /// Which Lua it is.
    package var dialect = LuaDialect.standard
    /// Skip a byte order mark and a first line that begins with `#`, as files may have them.
    package var isFile = false
    /// How deep constructs may nest.
    package var nestingLimit = LuaSyntaxLimits.nesting
    /// Find all mistakes, and not only the first; for people rather than for `load`.
    package var findsAllErrors = false

    /// The options of `load`: a string, one error.
    package init(
      dialect: LuaDialect = .standard,
      isFile: Bool = false,
      nestingLimit: Int = LuaSyntaxLimits.nesting,
      findsAllErrors: Bool = false
    ) {
      self.dialect = dialect
      self.isFile = isFile
      self.nestingLimit = nestingLimit
      self.findsAllErrors = findsAllErrors
    }
  }

  /// Reads a text into a tree.
  ///
  /// There is always a tree, and nothing in the text makes this trap. The text is good if the
  /// tree's `diagnostics` are empty; otherwise the first of them has in `reference` what the
  /// reference interpreter says about the whole text.
  ///
  /// - Complexity: O(*n*) in the text; recursion is bounded by `Options.nestingLimit`.
  package static func parse(_ source: [UInt8], _ options: Options = Options()) -> SyntaxTree {
    if source.count > LuaSyntaxLimits.sourceByteCount {
      let tree = parse([], Options())
      return tree.with(diagnostics: [.textTooLarge(limit: LuaSyntaxLimits.sourceByteCount)])
    }
    let dialect = options.dialect
    let rules = dialect.rules
    var lexer = Lexer(source: source, rules: rules)
    lexer.run(isFile: options.isFile)
    var parser = Parser(lexer: lexer, nestingLimit: options.nestingLimit, isTolerant: false)
    var root = parser.parse()
    if parser.diagnostics.isEmpty, lexer.errors.isEmpty {
      return SyntaxTree(dialect, lexer, parser, root: root, diagnostics: [])
    }
    var first = firstError(lexer, parser)
    if !options.findsAllErrors {
      return SyntaxTree(dialect, lexer, parser, root: root, diagnostics: [first])
    }
    parser = Parser(lexer: lexer, nestingLimit: options.nestingLimit, isTolerant: true)
    root = parser.parse()
    var all = parser.diagnostics + lexer.errors.map { $0.diagnostic(in: source, rules) }
    // A stable order: by place, and as found where places are equal.
    all = all.enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
    for i in all.indices.dropFirst() { all[i].reference = nil }
    if all.isEmpty {
      all = [first]
    } else {
      swap(&all[0].reference, &first.reference)
    }
    return SyntaxTree(dialect, lexer, parser, root: root, diagnostics: all)
  }

  /// The error that a reader who stops at once would report: tokens are read just before the
  /// parser looks at them, so an error of the lexer counts from its token on.
  private static func firstError(_ lexer: Lexer, _ parser: Parser) -> Diagnostic {
    if let error = lexer.errors.first,
      error.token <= parser.firstErrorPosition || parser.diagnostics.isEmpty
    {
      return error.diagnostic(in: lexer.source, lexer.rules)
    }
    return parser.diagnostics[0]
  }
}

extension SyntaxTree {
  fileprivate init(
    _ dialect: LuaDialect,
    _ lexer: Lexer,
    _ parser: Parser,
    root: NodeID,
    diagnostics: [Diagnostic]
  ) {
    self.init(
      dialect: dialect,
      source: lexer.source,
      tokens: lexer.tokens,
      nodes: parser.nodes,
      extra: parser.extra,
      numeralBits: lexer.numeralBits,
      symbolSpans: lexer.symbols.spans,
      root: root,
      diagnostics: diagnostics
    )
  }

  fileprivate func with(diagnostics: [Diagnostic]) -> SyntaxTree {
    SyntaxTree(
      dialect: dialect,
      source: source,
      tokens: tokens,
      nodes: nodes,
      extra: extra,
      numeralBits: numeralBits,
      symbolSpans: symbolSpans,
      root: root,
      diagnostics: diagnostics
    )
  }
}
