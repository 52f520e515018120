// The way in: Fuse text to tree.

internal import NightjarDiagnostics

/// Limits of the parser.
package enum FuseSyntaxLimits {
  /// How deep blocks, expressions, types and patterns may nest.
  ///
  /// It protects the host's stack: the parser at this limit fits one of 512 KB.
  package static let nesting = 250
  /// The most bytes of one text: offsets are 32 bits wide.
  package static let sourceByteCount = 1 << 31 - 1
}

/// Reads Fuse.
package enum FuseSyntax {
  /// Reads a text into a tree.
  ///
  /// There is always a tree, and nothing in the text makes this trap. The text is good if the
  /// tree's `diagnostics` hold no error; warnings may be among them.
  ///
  /// - Complexity: O(*n*) in the text; recursion is bounded by `nestingLimit`.
  package static func parse(
    _ source: [UInt8],
    _ conditions: FuseConditions = FuseConditions(),
    nestingLimit: Int = FuseSyntaxLimits.nesting
  ) -> FuseTree {
    if source.count > FuseSyntaxLimits.sourceByteCount {
      return parse([], conditions).with(
        diagnostics: [.Fuse.textTooLarge(limit: FuseSyntaxLimits.sourceByteCount)]
      )
    }
    let lexer = FuseLexer.read(source, conditions)
    let tree = parse(lexer, nestingLimit)
    if lexer.suspect == nil { return tree }
    // A string of several lines ends in the middle of a word: perhaps a quote is missing at the end
    // of its first line. The reading with fewer other mistakes is the
    // likelier one.
    let other = parse(FuseLexer.read(source, conditions, cutsSuspects: true), nestingLimit)
    return other.mistakeCount < tree.mistakeCount ? other : tree
  }

  private static func parse(_ lexer: FuseLexer, _ nestingLimit: Int) -> FuseTree {
    var parser = FuseParser(lexer: lexer, nestingLimit: nestingLimit)
    let root = parser.parse()
    // A stable order: by place, and as found where places are equal.
    let found = lexer.diagnostics + parser.diagnostics
    let ordered = found.enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
    return FuseTree(
      source: lexer.source,
      tokens: lexer.tokens,
      nodes: parser.nodes,
      extra: parser.extra,
      numbers: lexer.numbers,
      symbolSpans: lexer.symbols.spans,
      attributed: parser.attributed,
      root: root,
      lostNames: parser.lostNames,
      diagnostics: ordered
    )
  }
}

extension FuseTree {
  /// How many mistakes are left besides missing quotes.
  fileprivate var mistakeCount: Int {
    diagnostics.count { $0.code != .Fuse.unterminatedString }
  }

  fileprivate func with(diagnostics: [Diagnostic]) -> FuseTree {
    FuseTree(
      source: source,
      tokens: tokens,
      nodes: nodes,
      extra: extra,
      numbers: numbers,
      symbolSpans: symbolSpans,
      attributed: attributed,
      root: root,
      lostNames: lostNames,
      diagnostics: diagnostics
    )
  }
}
