// Wording of what can be wrong with names. The messages are those of the language's specification.

extension Diagnostic.Fuse {
  /// A name that stands for nothing.
  package static func unknownName(
    _ name: String,
    nearest: String?,
    span: Span,
    hint: String? = nil
  ) -> Diagnostic {
    let hint = hint ?? ForeignWords.hint(forName: name)
    let nearest = hint == nil ? nearest : nil
    return Diagnostic(
      code: .Fuse.unknownName,
      message: "cannot find `\(name)` in this scope",
      span: span,
      label: nearest.map { "did you mean `\($0)`?" } ?? "",
      hint: hint,
      fix: nearest.map { Fix(title: "Write `\($0)`", span: span, replacement: $0) }
    )
  }

  /// A global without `global.` before it.
  package static func bareGlobal(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.bareGlobal,
      message: "`\(name)` is a global; write `global.\(name)`",
      span: span,
      fix: Fix(title: "Write `global.\(name)`", span: span, replacement: "global.\(name)")
    )
  }

  /// Two items of one name in a block.
  package static func declaredTwice(_ name: String, span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.declaredTwice,
      message: "`\(name)` is declared twice in this block",
      span: span,
      label: "declared again",
      related: [RelatedSpan(span: first, label: "declared here first")]
    )
  }

  /// A function called before what it captures has a value.
  package static func usedBeforeInitialization(
    _ name: String,
    function: String?,
    span: Span,
    declaration: Span
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.usedBeforeInitialization,
      message: "`\(name)` is used before it is initialized",
      span: span,
      label: function.map { "`\($0)` needs it" } ?? "",
      related: [RelatedSpan(span: declaration, label: "it gets its value here")]
    )
  }

  /// A name that nothing uses.
  package static func unused(_ kind: String, _ name: String, span: Span) -> Diagnostic {
    let isVariable = kind == "variable"
    return Diagnostic(
      code: .Fuse.unused,
      severity: .warning,
      message: "unused \(kind) `\(name)`",
      span: span,
      hint: isVariable ? "Begin its name with `_` if that is on purpose." : nil
    )
  }

  /// A namespace where a value should stand.
  package static func namespaceAsValue(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.namespaceAsValue,
      message: "namespace `\(name)` is not a value",
      span: span,
      label: "names a module",
      hint: "Its items are reached with `::`, as in `\(name)::item`."
    )
  }

  /// `.` on a namespace.
  package static func dotOnNamespace(_ member: String, dot: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.dotOnNamespace,
      message: "use `::` to reach `\(member)`",
      span: dot,
      fix: Fix(title: "Write `::`", span: dot, replacement: "::")
    )
  }

  /// A static function that captures a variable.
  package static func staticCapture(_ name: String, span: Span, declaration: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.staticCapture,
      message: "static function captures `\(name)`",
      span: span,
      label: "a variable from outside",
      related: [RelatedSpan(span: declaration, label: "declared here")],
      hint: "A static function may use items, statics and its own variables."
    )
  }

  /// Alternatives of a pattern with different variables.
  package static func differentBindings(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.differentBindings,
      message: "alternatives bind different variables",
      span: span,
      label: "`\(name)` is not bound on both sides"
    )
  }

  /// A name twice in a pattern.
  package static func boundTwice(_ name: String, span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.boundTwice,
      message: "`\(name)` is bound twice in this pattern",
      span: span,
      related: [RelatedSpan(span: first, label: "bound here first")]
    )
  }

  /// An assignment to what cannot change.
  package static func assignToImmutable(
    _ name: String,
    span: Span,
    declaration: Span?,
    canBeMutable: Bool
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.assignToImmutable,
      message: "cannot assign to immutable `\(name)`",
      span: span,
      related: declaration.map { [RelatedSpan(span: $0, label: "declared here")] } ?? [],
      hint: canBeMutable ? "Declare it with `mut` to let it change." : nil,
      fix: canBeMutable
        ? declaration.map {
          Fix(
            title: "Write `mut`",
            span: Span(start: $0.start, end: $0.start),
            replacement: "mut "
          )
        } : nil
    )
  }

  /// Two members of one name.
  package static func memberTwice(
    _ name: String,
    in type: String,
    span: Span,
    first: Span
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.memberTwice,
      message: "`\(name)` is declared twice in `\(type)`",
      span: span,
      related: [RelatedSpan(span: first, label: "declared here first")]
    )
  }

  /// A type parameter without default after one with.
  package static func defaultsLast(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.defaultsLast,
      message: "parameters with defaults must come last",
      span: span,
      label: "has no default"
    )
  }
}
