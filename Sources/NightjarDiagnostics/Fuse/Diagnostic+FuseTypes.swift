// Wording of what can be wrong with types. The messages are those of the language's specification.

extension Diagnostic.Fuse {
  /// A value of another type than expected.
  package static func mismatch(
    expected: String,
    found: String,
    span: Span,
    label: String,
    related: [RelatedSpan],
    hint: String?
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.mismatch,
      message: "expected `\(expected)`, found `\(found)`",
      span: span,
      label: label,
      related: related,
      hint: hint
    )
  }

  /// An operator between values it is not for.
  package static func noOperator(
    _ op: String,
    _ left: String,
    _ right: String,
    span: Span,
    left leftSpan: Span,
    right rightSpan: Span,
    hint: String?
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.noOperator,
      message: "operator `\(op)` does not apply to `\(left)` and `\(right)`",
      span: span,
      related: [
        RelatedSpan(span: leftSpan, label: "a `\(left)`"),
        RelatedSpan(span: rightSpan, label: "a `\(right)`"),
      ],
      hint: op == ".." ? "Texts are joined with `+`." : hint
    )
  }

  /// A member that a type does not have.
  package static func noMember(
    _ type: String,
    _ name: String,
    nearest: String?,
    span: Span,
    hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.noMember,
      message: "`\(type)` has no member `\(name)`",
      span: span,
      label: nearest.map { "did you mean `\($0)`?" } ?? "",
      hint: hint ?? (nearest == nil ? ForeignWords.hint(forMember: name) : nil),
      fix: nearest.map { Fix(title: "Write `\($0)`", span: span, replacement: $0) }
    )
  }

  /// A call of what is no function.
  package static func notCallable(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.notCallable,
      message: "`\(type)` cannot be called",
      span: span
    )
  }

  /// Too many or too few arguments.
  package static func argumentCount(expected: String, found: Int, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.argumentCount,
      message: "expected \(expected) arguments, found \(found)",
      span: span
    )
  }

  /// An argument that is not given.
  package static func missingArgument(_ name: String, type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.missingArgument,
      message: "missing argument `\(name)`",
      span: span,
      label: "a `\(type)` is needed"
    )
  }

  /// A named argument that no parameter takes.
  package static func unknownArgument(_ name: String, known: [String], span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.unknownArgument,
      message: "no parameter `\(name)`, or it was given twice",
      span: span,
      label: Suggestion.nearest(to: name, among: known).flatMap {
        $0 == name ? nil : "did you mean `\($0)`?"
      } ?? "",
      hint: known.isEmpty
        ? nil : "The parameters are \(known.map { "`\($0)`" }.joined(separator: ", "))."
    )
  }

  /// A positional argument after named ones.
  package static func positionalAfterNamed(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.positionalAfterNamed,
      message: "positional argument after named arguments",
      span: span,
      hint: "Name it too, or put it before the named ones."
    )
  }

  /// An `if` that has no value in all cases.
  package static func ifWithoutElse(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.ifWithoutElse,
      message: "`if` used as a value needs `else`",
      span: span
    )
  }

  /// A type parameter that nothing decides.
  package static func cannotInfer(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.cannotInfer,
      message: "cannot infer type parameter `\(name)`",
      span: span,
      hint: "Write the type arguments, as in `f<number>(…)`."
    )
  }

  /// A function whose result depends on itself.
  package static func needsResult(_ name: String, span: Span, declaration: Span?) -> Diagnostic {
    Diagnostic(
      code: .Fuse.needsResult,
      message: "recursive function `\(name)` needs a result type",
      span: span,
      label: "it calls itself, so its result is not known here",
      related: declaration.map { [RelatedSpan(span: $0, label: "write its result here: `-> T`")] }
        ?? []
    )
  }

  /// A type argument that does not meet its bound.
  package static func boundNotMet(_ type: String, _ bound: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.boundNotMet,
      message: "`\(type)` does not satisfy `\(bound)`",
      span: span,
      label: "needs `\(bound)`"
    )
  }

  /// A type that may be nil where that is not allowed.
  package static func mayBeNil(_ type: String, _ parameter: String, suggestion: String?, span: Span)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.mayBeNil,
      message: "`\(type)` may be nil, which `\(parameter)` does not allow",
      span: span,
      hint: suggestion.map { "`\($0)` holds such values." }
    )
  }

  /// Too many or too few type arguments.
  package static func typeArgumentCount(expected: String, found: Int, _ owner: String, span: Span)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.typeArgumentCount,
      message: "expected \(expected) type arguments, found \(found)",
      span: span,
      label: "the arguments of `\(owner)`"
    )
  }

  /// An optional of an optional.
  package static func doubleOptional(span: Span, inner: String) -> Diagnostic {
    Diagnostic(
      code: .Fuse.doubleOptional,
      message: "an optional of an optional is not allowed",
      span: span,
      label: "`\(inner)` is one already"
    )
  }

  /// A cast that never succeeds.
  package static func impossibleCast(_ from: String, _ to: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.impossibleCast,
      message: "`\(from)` can never be a `\(to)`",
      span: span
    )
  }

  /// A cast that sees only part of a type.
  package static func partlyChecked(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.partlyChecked,
      severity: .warning,
      message: "the cast to `\(type)` is only partly checked",
      span: span,
      hint: "What is inside the value is taken on trust."
    )
  }

  /// A comparison of types without a value in common.
  package static func neverEqual(_ left: String, _ right: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.neverEqual,
      message: "`\(left)` and `\(right)` can never be equal",
      span: span
    )
  }

  /// A loop over what has no items.
  package static func notIterable(_ type: String, hint: String?, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.notIterable,
      message: "`\(type)` is not iterable",
      span: span,
      hint: hint
    )
  }

  /// An item that a tuple does not have.
  package static func noTupleItem(_ index: String, of type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.noTupleItem,
      message: "tuple has no item `\(index)`",
      span: span,
      label: "the tuple is a `\(type)`",
      hint: index == "0" ? "Items are counted from 1." : nil
    )
  }
}
