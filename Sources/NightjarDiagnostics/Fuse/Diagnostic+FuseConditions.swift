// Wording of what can be wrong with the lines of the preprocessor, and with macros' places.

extension Diagnostic.Fuse {
  /// A condition that names nothing.
  package static func unknownCondition(
    _ name: String,
    known: [String],
    span: Span
  ) -> Diagnostic {
    let nearest = Suggestion.nearest(to: name, among: known)
    return Diagnostic(
      code: .Fuse.unknownCondition,
      message: "unknown condition name `\(name)`",
      span: span,
      label: nearest.map { "did you mean `\($0)`?" } ?? "",
      hint: nearest == nil ? "Conditions are made of \(quoted(known))." : nil,
      fix: nearest.map { Fix(title: "Write `\($0)`", span: span, replacement: $0) }
    )
  }

  /// `a`, `b` and `c`.
  private static func quoted(_ words: [String]) -> String {
    let all = words.map { "`\($0)`" }
    guard let last = all.last, all.count > 1 else { return all.joined() }
    return all.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A directive without its `#if`.
  package static func strayDirective(_ directive: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.unbalancedDirective,
      message: "unbalanced `\(directive)`",
      span: span,
      label: "no `#if` is open here"
    )
  }

  /// A directive after the `#else` of its `#if`.
  package static func directiveAfterElse(
    _ directive: String,
    span: Span,
    opener: Span
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.unbalancedDirective,
      message: "unbalanced `\(directive)`",
      span: span,
      label: "`#else` stands before it",
      related: [RelatedSpan(span: opener, label: "for this `#if`")]
    )
  }

  /// `#if` without its `#end`.
  package static func unclosedDirective(_ directive: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.unbalancedDirective,
      message: "unbalanced `\(directive)`",
      span: span,
      label: "has no `#end`"
    )
  }

  /// `$name` or `quote` outside a macro.
  package static func outsideMacro(_ token: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.outsideMacro,
      message: "`\(token)` outside a macro",
      span: span,
      label: token == "quote" ? "only macros make syntax" : "only `quote … end` has places to fill"
    )
  }
}
