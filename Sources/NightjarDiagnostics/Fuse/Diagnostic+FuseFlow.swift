// Wording of what can be wrong with patterns, with the paths through a function, and with changes.
// The messages are those of the language's specification.

extension Diagnostic.Fuse {
  // MARK: Patterns

  /// A `match` that leaves something out: patterns of that, the first for the message.
  package static func notExhaustive(
    _ witnesses: [String],
    span: Span,
    scrutinee: Span
  ) -> Diagnostic {
    let first = witnesses.first ?? "_"
    let others = witnesses.dropFirst().map { "`\($0)`" }
    return Diagnostic(
      code: .Fuse.notExhaustive,
      message: "match does not cover \(first)",
      span: span,
      label: others.isEmpty ? "" : "nor \(others.joined(separator: ", "))",
      related: [
        RelatedSpan(
          span: scrutinee,
          label: first == "_" ? "it has more values" : "this value may be `\(first)`"
        )
      ],
      hint: first == "_"
        ? "Add an `else` for all other values." : "Add an arm for it, or an `else`."
    )
  }

  /// A `match` that is too large to be looked at in full.
  package static func tooManyPatterns(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.notExhaustive,
      message: "match does not cover _",
      span: span,
      hint: "Its patterns are too many to be compared with one another: add an `else`."
    )
  }

  /// A pattern that earlier ones leave nothing for.
  package static func uselessPattern(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.uselessPattern,
      severity: .warning,
      message: "unreachable pattern",
      span: span,
      label: "earlier arms take every value of it"
    )
  }

  /// A pattern that may fail where it must not.
  package static func refutablePattern(_ witness: String, span: Span, isLoop: Bool) -> Diagnostic {
    Diagnostic(
      code: .Fuse.refutablePattern,
      message: "pattern may fail; \(witness) is not covered",
      span: span,
      hint: isLoop
        ? "Bind each value to a name and use `match` in the loop."
        : "Use `match` to tell the cases apart."
    )
  }

  /// `in a..b` without constants in order.
  package static func badRangePattern(span: Span, label: String) -> Diagnostic {
    Diagnostic(
      code: .Fuse.badRangePattern,
      message: "range pattern needs constant bounds in order",
      span: span,
      label: label
    )
  }

  /// A pattern that names something else than a constant.
  package static func notAConstant(_ name: String, kind: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.notAConstant,
      message: "`\(name)` is not a constant",
      span: span,
      label: "a \(kind)",
      hint: "Bind the value to a name and compare it in a guard: `x if x == \(name) then`."
    )
  }

  // MARK: Paths

  /// Code that nothing reaches.
  package static func unreachable(span: Span, cause: Span?) -> Diagnostic {
    Diagnostic(
      code: .Fuse.unreachable,
      severity: .warning,
      message: "unreachable code",
      span: span,
      related: cause.map { [RelatedSpan(span: $0, label: "nothing goes on after this")] } ?? []
    )
  }

  /// A function that ends without its result.
  package static func missingResult(_ type: String, span: Span, result: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.missingResult,
      message: "function ends without a value of type `\(type)`",
      span: span,
      related: [RelatedSpan(span: result, label: "it is to give this")],
      hint: "The value of a function is its last expression, without `;`."
    )
  }

  /// A variable that may have no value yet.
  package static func uninitialized(
    _ name: String,
    span: Span,
    declaration: Span,
    isAlways: Bool
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.uninitialized,
      message: "`\(name)` may be uninitialized",
      span: span,
      label: isAlways ? "it has no value here" : "some way to here gives it no value",
      related: [RelatedSpan(span: declaration, label: "declared without a value")]
    )
  }

  /// An immutable variable that gets a value where it may have one.
  package static func assignedTwice(
    _ name: String,
    span: Span,
    declaration: Span,
    label: String
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.assignToImmutable,
      message: "cannot assign to immutable `\(name)`",
      span: span,
      label: label,
      related: [RelatedSpan(span: declaration, label: "declared here")],
      hint: "Declare it with `mut` to let it change.",
      fix: mutFix(declaration)
    )
  }

  // MARK: Changes

  /// Where `mut` goes to make a variable mutable.
  private static func mutFix(_ declaration: Span) -> Fix {
    let place = Span(start: declaration.start, end: declaration.start)
    return Fix(title: "Write `mut`", span: place, replacement: "mut ")
  }

  /// What cannot change.
  package struct ImmutableRoot: Sendable {
    /// Its name.
    package var name: String
    /// Where it is declared, if that is in the same text.
    package var declaration: Span?
    /// Whether `mut` can be written there.
    package var canBeMutable: Bool

    /// Joins the three.
    package init(name: String, declaration: Span?, canBeMutable: Bool) {
      self.name = name
      self.declaration = declaration
      self.canBeMutable = canBeMutable
    }

    var related: [RelatedSpan] {
      declaration.map { [RelatedSpan(span: $0, label: "declared without `mut`")] } ?? []
    }

    var fix: Fix? { canBeMutable ? declaration.map(mutFix) : nil }
    var hint: String? { canBeMutable ? "Declare `\(name)` with `mut` to change it." : nil }
  }

  /// A change of a part, or by a method, of something immutable.
  package static func changeThroughImmutable(
    _ place: String,
    root: ImmutableRoot,
    span: Span,
    method: String?
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.changeThroughImmutable,
      message: "cannot change `\(place)` through immutable `\(root.name)`",
      span: span,
      label: method.map { "`\($0)` changes it" } ?? "",
      related: root.related,
      hint: root.hint,
      fix: root.fix
    )
  }

  /// An immutable argument for a `mut` parameter.
  package static func needsMutablePlace(
    _ parameter: String,
    root: ImmutableRoot,
    span: Span
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.needsMutablePlace,
      message: "parameter `\(parameter)` needs a mutable place",
      span: span,
      label: "`\(root.name)` is immutable",
      related: root.related,
      hint: root.hint,
      fix: root.fix
    )
  }

  /// `let mut b = a` of an immutable reference.
  package static func mutableAlias(
    _ new: String,
    root: ImmutableRoot,
    span: Span,
    alias: Span
  ) -> Diagnostic {
    let end = Span(start: span.end, end: span.end)
    return Diagnostic(
      code: .Fuse.mutableAlias,
      message: "mutable `\(new)` would alias immutable `\(root.name)`",
      span: alias,
      related: [RelatedSpan(span: span, label: "the same value")] + root.related,
      hint: "Take a copy: `\(root.name).clone()`.",
      fix: Fix(title: "Clone `\(root.name)`", span: end, replacement: ".clone()")
    )
  }

  /// `mut` that nothing needs.
  package static func needlessMut(_ name: String, span: Span, word: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.needlessMut,
      severity: .warning,
      message: "`\(name)` need not be `mut`",
      span: span,
      label: "never changed",
      fix: Fix(
        title: "Remove `mut`",
        span: Span(start: word.start, end: span.start),
        replacement: ""
      )
    )
  }
}
