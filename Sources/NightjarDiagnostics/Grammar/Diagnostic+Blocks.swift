// Wording of blocks and brackets that do not match.

extension Diagnostic {
  /// A block or function whose closing word is missing.
  ///
  /// `opener` is the word that opened it, `closer` is `end` or `until`, `misplaced` a closing word
  /// that by its indentation was meant for another block.
  package static func unclosedBlock(
    opener: String,
    openerSpan: Span,
    openerLine: Int,
    closer: String,
    found: Found,
    misplaced: Span? = nil,
    followsElseIf: Bool = false
  ) -> Diagnostic {
    var related = [RelatedSpan(span: openerSpan, label: "this `\(opener)` is still open")]
    if let misplaced {
      related.append(
        RelatedSpan(
          span: misplaced,
          label: "this `\(closer)` closes it, but is indented for an outer block"
        )
      )
    }
    return Diagnostic(
      code: .unclosedBlock,
      message: "The `\(opener)` on line \(openerLine) is never closed with `\(closer)`.",
      span: found.span,
      label: "expected `\(closer)`, found \(found.description)",
      related: related,
      hint: followsElseIf
        ? "`else if` opens a second `if` that needs an `end` of its own; `elseif` does not."
        : "Write `\(closer)` where the block ends."
    )
  }

  /// A bracket whose partner is missing.
  ///
  /// `key` is the string before the place, if it may have been meant as a key.
  package static func unclosedBracket(
    opener: String,
    openerSpan: Span,
    openerLine: Int,
    closer: String,
    found: Found,
    isTable: Bool = false,
    key: String? = nil
  ) -> Diagnostic {
    let place = Span(start: found.span.start, end: found.span.start)
    var hint =
      isTable
      ? "Write `\(closer)` here, or a `,` between two items of a table."
      : "Write `\(closer)` here."
    if let key, ["`:`", "`=`"].contains(found.description) {
      hint = "A key that is a string is written `[\(key)] = value`."
    }
    return Diagnostic(
      code: .unclosedBracket,
      message: "The `\(opener)` on line \(openerLine) is not closed where it should be.",
      span: found.span,
      label: "expected `\(closer)`, found \(found.description)",
      related: [RelatedSpan(span: openerSpan, label: "opened here")],
      hint: hint,
      fix: isTable ? nil : Fix(title: "Write `\(closer)`", span: place, replacement: closer)
    )
  }

  /// Two items of a list without a comma between them.
  package static func missingComma(
    what: String,
    opener: Span,
    previousEnd: UInt32,
    found: Found
  ) -> Diagnostic {
    Diagnostic(
      code: .unclosedBracket,
      message: "There is no `,` between two \(what).",
      span: found.span,
      label: "expected `,` before \(found.description)",
      related: [RelatedSpan(span: opener, label: "inside this")],
      hint: "Write `,` between them.",
      fix: Fix(
        title: "Write `,`",
        span: Span(start: previousEnd, end: previousEnd),
        replacement: ","
      )
    )
  }

  /// `end`, `else`, `elseif` or `until` where no block is open.
  package static func strayCloser(_ found: Found) -> Diagnostic {
    Diagnostic(
      code: .strayCloser,
      message: "No open block belongs to \(found.description).",
      span: found.span,
      label: "nothing to close here",
      hint: "Remove it, or look above for a block that was closed too early."
    )
  }

  /// No `then` after a condition.
  package static func thenExpected(after opener: String, openerSpan: Span, found: Found)
    -> Diagnostic
  {
    Diagnostic(
      code: .thenExpected,
      message: "The condition of `\(opener)` is not followed by `then`.",
      span: found.span,
      label: "expected `then`, found \(found.description)",
      related: [RelatedSpan(span: openerSpan, label: "the condition starts after this")],
      hint: found.description == "`{`"
        ? "Blocks are written `if condition then … end`, without braces."
        : "Write `then` after the condition.",
      fix: insertion(of: "then", before: found, inPlaceOf: "`do`")
    )
  }

  /// No `do` after the head of a loop.
  package static func doExpected(after opener: String, openerSpan: Span, found: Found)
    -> Diagnostic
  {
    Diagnostic(
      code: .doExpected,
      message: "The head of this `\(opener)` loop is not followed by `do`.",
      span: found.span,
      label: "expected `do`, found \(found.description)",
      related: [RelatedSpan(span: openerSpan, label: "the loop starts here")],
      hint: found.description == "`{`"
        ? "Blocks are written `\(opener) … do … end`, without braces."
        : "Write `do` before the body.",
      fix: insertion(of: "do", before: found, inPlaceOf: "`then`")
    )
  }

  /// A statement after `return`.
  package static func returnNotLast(returnSpan: Span, found: Found) -> Diagnostic {
    Diagnostic(
      code: .returnNotLast,
      message: "`return` must be the last statement of its block.",
      span: found.span,
      label: "this can never run",
      related: [RelatedSpan(span: returnSpan, label: "the block ends with this")],
      hint: "To leave early while trying something out, write `do return end`."
    )
  }

  private static func insertion(of word: String, before found: Found, inPlaceOf wrong: String)
    -> Fix
  {
    if found.description == wrong {
      return Fix(title: "Write `\(word)`", span: found.span, replacement: word)
    }
    return Fix(
      title: "Write `\(word)`",
      span: Span(start: found.span.start, end: found.span.start),
      replacement: word + " "
    )
  }
}
