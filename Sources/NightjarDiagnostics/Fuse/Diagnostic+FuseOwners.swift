// Wording of what can be wrong with owners. The messages are those of the language's specification.

extension Diagnostic.Fuse {
  /// A use of an owner that has been moved.
  package static func usedAfterMove(
    _ name: String,
    line: Int,
    span: Span,
    move: Span?
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.usedAfterMove,
      message: "`\(name)` was moved at line \(line)",
      span: span,
      label: "used after that",
      related: move.map { [RelatedSpan(span: $0, label: "moved here")] } ?? []
    )
  }

  /// A move that is repeated by a loop.
  package static func movedInLoop(_ name: String, span: Span, declaration: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.movedInLoop,
      message: "`\(name)` may have been moved in an earlier iteration",
      span: span,
      label: "moved here each time",
      related: [RelatedSpan(span: declaration, label: "declared outside the loop")]
    )
  }

  /// A shared value where an owner is wanted.
  package static func sharedBecomesOwned(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.sharedBecomesOwned,
      message: "a shared `\(type)` cannot become owned",
      span: span,
      label: "others may refer to it",
      hint: "An owner is made by a literal, or given by a function with an `own` result."
    )
  }

  /// A loan to something that may keep it.
  package static func lentToKeeper(
    _ keeper: String,
    _ name: String,
    span: Span,
    label: String,
    related: [RelatedSpan]
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.lentToKeeper,
      message: "`\(keeper)` may keep the lent `\(name)`",
      span: span,
      label: label,
      related: related
    )
  }

  /// A move out of a field, an element, a captured variable.
  package static func moveOutOfPlace(_ place: String, span: Span, label: String) -> Diagnostic {
    Diagnostic(
      code: .Fuse.moveOutOfPlace,
      message: "cannot move out of `\(place)`",
      span: span,
      label: label
    )
  }

  /// A closure that captures an owner.
  package static func capturedOwner(_ name: String, span: Span, declaration: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.capturedOwner,
      message: "closure captures owner `\(name)`",
      span: span,
      label: "the closure may run more than once",
      related: [RelatedSpan(span: declaration, label: "declared here")]
    )
  }

  /// A parameter marked `lend` that is kept.
  package static func lentEscapes(_ name: String, span: Span, label: String, parameter: Span)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.lentEscapes,
      message: "lent parameter `\(name)` escapes",
      span: span,
      label: label,
      related: [RelatedSpan(span: parameter, label: "promised here to be given back")]
    )
  }

  /// `own` before the type of plain values.
  package static func ownWithoutEffect(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.ownWithoutEffect,
      severity: .warning,
      message: "`own` has no effect on `\(type)`",
      span: span,
      label: "its values are copied"
    )
  }
}
