// Wording of what can be wrong with the grammar of a Fuse text. The messages are those of the
// language's specification.

extension Diagnostic.Fuse {
  /// A token that fits nowhere.
  package static func unexpected(
    _ expected: String,
    found: Found,
    hint: String? = nil,
    fix: Fix? = nil
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.unexpectedToken,
      message: "expected \(expected), found \(found.description)",
      span: found.span,
      label: "expected \(expected)",
      hint: hint,
      fix: fix
    )
  }

  /// A block or bracket without its end.
  package static func unclosed(
    _ construct: String,
    closer: String,
    opener: Span,
    line: Int,
    found: Found,
    suspect: Span? = nil,
    hint: String? = nil
  ) -> Diagnostic {
    var related = [RelatedSpan(span: found.span, label: "expected `\(closer)` before this")]
    if let suspect {
      related = [RelatedSpan(span: suspect, label: "this one is indented for another block")]
    }
    return Diagnostic(
      code: .Fuse.unclosed,
      message: "`\(construct)` opened at line \(line) is not closed",
      span: opener,
      label: "has no `\(closer)`",
      related: related,
      hint: hint
    )
  }

  /// `import`, `export`, `declare` or `extern` inside a block.
  package static func moduleLevelOnly(_ construct: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.moduleLevelOnly,
      message: "`\(construct)` is allowed at module level only",
      span: span,
      label: "inside a block",
      hint: "Move it out of all blocks."
    )
  }

  /// `local x = 1`.
  package static func localStatement(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.localStatement,
      message: "`local` is not used in Fuse; write `let`",
      span: span,
      label: "a word of Lua",
      hint: "`let` names a value; `let mut` makes a variable that can change.",
      fix: Fix(title: "Write `let`", span: span, replacement: "let")
    )
  }

  /// `local function f()`.
  package static func localFunction(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.localStatement,
      message: "`local` is not used in Fuse; write `let`",
      span: span,
      label: "a word of Lua",
      hint: "Functions are local to their block anyway: leave `local` out.",
      fix: Fix(title: "Leave `local` out", span: span, replacement: "")
    )
  }

  /// A word or sign that other languages have.
  package static func foreign(_ word: String, hint: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.localStatement,
      message: "Fuse has no `\(word)`",
      span: span,
      label: "not a part of Fuse",
      hint: hint
    )
  }

  /// `a ~= b`.
  package static func tildeEqual(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.tildeEqual,
      message: "`~=` is written `!=`",
      span: span,
      fix: Fix(title: "Write `!=`", span: span, replacement: "!=")
    )
  }

  /// `a ** b`.
  package static func doubleStar(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.doubleStar,
      message: "`**` is written `^`",
      span: span,
      fix: Fix(title: "Write `^`", span: span, replacement: "^")
    )
  }

  /// `a ! b`.
  package static func bangOperator(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.bangOperator,
      message: "exclusive or is written `~`",
      span: span,
      fix: Fix(title: "Write `~`", span: span, replacement: "~")
    )
  }

  /// `object:method()`.
  package static func colonCall(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.colonCall,
      message: "methods are called with `.`, not `:`",
      span: span,
      fix: Fix(title: "Write `.`", span: span, replacement: ".")
    )
  }

  /// `f "x"`, `f {…}`.
  package static func bareArgument(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.bareArgument,
      message: "call arguments need parentheses",
      span: span,
      label: "the argument of a call",
      hint: "Put it in parentheses: `f(…)`."
    )
  }

  /// `{ k = 1 }`.
  package static func equalInTable(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.equalInTable,
      message: "table entries use `:`, not `=`",
      span: span,
      fix: Fix(title: "Write `:`", span: span, replacement: ":")
    )
  }

  /// `a, b = b, a`; `corrected` is the statement as Fuse writes it.
  package static func severalTargets(
    span: Span,
    corrected: String?,
    hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.severalTargets,
      message: "several targets need a tuple: `(a, b) = (c, d)`",
      span: span,
      label: "several targets without parentheses",
      hint: hint,
      fix: corrected.map { Fix(title: "Write `\($0)`", span: span, replacement: $0) }
    )
  }

  /// `1 < 2 < 3`.
  package static func chainedComparison(span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.chainedComparison,
      message: "comparison operators cannot be chained",
      span: span,
      label: "a second comparison",
      related: [RelatedSpan(span: first, label: "the first")],
      hint: "Join two comparisons with `and`, or test a range with `in`."
    )
  }

  /// `=` inside an expression.
  package static func assignmentInExpression(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.assignmentInExpression,
      message: "an assignment is not an expression",
      span: span,
      label: "assigns",
      hint: "To compare, write `==`; to assign, make it a statement of its own."
    )
  }

  /// `goto done`, `::done::`.
  package static func gotoStatement(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.gotoStatement,
      message: "there is no `goto`",
      span: span,
      hint: "`continue`, `break` and `return` leave loops and functions."
    )
  }

  /// A line that looks like the continuation of the one before and is none.
  package static func lineStart(_ token: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.lineStart,
      severity: .warning,
      message: "a line starting with `\(token)` begins a new statement",
      span: span,
      label: "does not continue the line above",
      hint: "To continue, put `\(token)` at the end of the line above or the whole in parentheses."
    )
  }

  /// `f() g()`.
  package static func statementSeparator(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.statementSeparator,
      message: "statements on one line need `;` between them",
      span: span,
      label: "a second statement",
      fix: Fix(
        title: "Write `;`",
        span: Span(start: span.start, end: span.start),
        replacement: "; "
      )
    )
  }

  /// `fn a.b()`.
  package static func qualifiedFunction(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.qualifiedFunction,
      message: "qualified function names are not supported; use `impl`",
      span: span,
      label: "a name with parts",
      hint: "Write `impl Type fn name(self) … end end`."
    )
  }

  /// Blocks or expressions too deep in one another.
  package static func nestingTooDeep(limit: Int, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.nestingTooDeep,
      message: "nested more than \(limit) levels deep",
      span: span,
      label: "one level too many",
      hint: "Give an inner part a name, or a function of its own."
    )
  }

  /// An assignment to something that is no place.
  package static func notAPlace(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.notAPlace,
      message: "cannot assign to this expression",
      span: span,
      label: "not a variable, field or element"
    )
  }

  /// Words that exclude one another.
  package static func conflictingWords(
    _ first: String,
    _ second: String,
    span: Span
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.conflictingWords,
      message: "`\(first)` cannot be combined with `\(second)`",
      span: span
    )
  }
}
