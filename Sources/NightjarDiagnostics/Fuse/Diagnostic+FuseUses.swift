// Wording of what can be wrong with the uses of values. The messages are those of the language's
// specification.

extension Diagnostic.Fuse {
  /// An index of the wrong type.
  package static func badKey(_ type: String, _ key: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.badKey,
      message: "`\(type)` cannot be indexed with `\(key)`",
      span: span,
      hint: type == "string"
        ? "A part of a text is `text.sub(from, to)`, a byte of it `text.byte(place)`." : nil
    )
  }

  /// A value in a string that has no text.
  package static func noText(_ type: String, _ trait: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.noText,
      message: "`\(type)` has no `\(trait)` for interpolation",
      span: span,
      hint: trait == "Display"
        ? "Implement `Display`, or write `:?` for its debug text."
        : "`#[derive(Debug)]` gives it one."
    )
  }

  /// A constant that cannot be computed.
  package static func notConstant(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.notConstant,
      message: "not a constant expression",
      span: span,
      hint:
        "Constants are made of literals, operators and other constants; a `static` can hold any value."
    )
  }

  /// An alias of itself.
  package static func endlessAlias(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.endlessAlias,
      message: "type alias `\(name)` refers to itself endlessly",
      span: span,
      hint: "A struct or union may hold values of its own type."
    )
  }

  /// A trait that needs itself.
  package static func endlessTrait(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.endlessAlias,
      message: "trait `\(name)` needs itself",
      span: span,
      hint: "Of two traits only one may need the other."
    )
  }

  /// A default that is not constant.
  package static func defaultNotConstant(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.defaultNotConstant,
      message: "a default value must be constant",
      span: span
    )
  }

  /// A condition that nothing can make false; the left side of an `or` is one as well.
  package static func alwaysTrue(
    _ type: String,
    span: Span,
    isLeftOfOr: Bool = false
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.alwaysTrue,
      severity: .warning,
      message: "condition of type `\(type)` is always true",
      span: span,
      hint: isLeftOfOr
        ? "The right side of this `or` is never used: only `false` and `None` are false."
        : "Only `false` and `None` are false."
    )
  }

  /// A parameter without a type.
  package static func implicitUnsafe(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.implicitUnsafe,
      severity: .warning,
      message: "parameter `\(name)` has implicit type `unsafe`",
      span: span
    )
  }

  /// A trait that cannot be a type.
  package static func notObjectSafe(_ trait: String, reason: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.notObjectSafe,
      message: "`\(trait)` cannot be a dynamic type: \(reason)",
      span: span,
      hint: "Use it as a bound: `fn f<T: \(trait)>(value: T)`."
    )
  }

  /// A name that several traits have.
  package static func ambiguous(_ name: String, candidates: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.ambiguous,
      message: "`\(name)` is ambiguous: \(candidates)",
      span: span,
      hint: "Name the trait: `Trait::\(name)(value)`."
    )
  }

  /// A value that must not be dropped.
  package static func mustUse(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.mustUse,
      severity: .warning,
      message: "unused `\(type)` must be handled",
      span: span,
      hint: "Use `?`, `match`, or `_ = …` to drop it on purpose."
    )
  }

  /// A value that is dropped.
  package static func notUsed(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.notUsed,
      severity: .warning,
      message: "value is computed but not used",
      span: span
    )
  }

  /// A spread of what has no parts.
  package static func cannotSpread(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.cannotSpread,
      message: "cannot spread `\(type)` here",
      span: span
    )
  }

  /// A variant that a type does not have.
  package static func noVariant(_ type: String, _ name: String, nearest: String?, span: Span)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.noVariant,
      message: "`\(type)` has no variant `\(name)`",
      span: span,
      label: nearest.map { "did you mean `\($0)`?" } ?? "",
      fix: nearest.map { Fix(title: "Write `\($0)`", span: span, replacement: $0) }
    )
  }

  /// A pattern for values of another type.
  package static func patternMismatch(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.patternMismatch,
      message: "pattern does not fit `\(type)`",
      span: span
    )
  }

  /// Something that only an unsafe context may do.
  ///
  /// `untyped` is a parameter without a type that it is done with.
  package static func needsUnsafe(
    _ operation: String,
    untyped: String?,
    span: Span
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.needsUnsafe,
      message: "\(operation) needs an unsafe context",
      span: span,
      hint: untyped.map {
        "A parameter without a type is a value of Lua; give `\($0)` one: `\($0): number`."
      } ?? "Put it behind `try`, or into an `unsafe fn` or `unsafe do … end`."
    )
  }

  /// An `unsafe` value that was not tested.
  package static func mayBeNilHere(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.mayBeNilHere,
      message: "`\(name)` may be nil here",
      span: span,
      hint: "Test it first: `if \(name) != nil then … end`."
    )
  }

  /// `nil` in safe code.
  package static func nilValue(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.nilValue,
      message: "`nil` is not a value of safe code; write `None`",
      span: span,
      fix: Fix(title: "Write `None`", span: span, replacement: "None")
    )
  }

  /// `?` in a function that cannot return what is left.
  package static func cannotPropagate(_ from: String, to: String, hint: String?, span: Span)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.cannotPropagate,
      message: "`?` on `\(from)` does not fit result type `\(to)`",
      span: span,
      hint: hint
    )
  }

  /// `try` where nothing raises.
  package static func cannotRaise(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.cannotRaise,
      severity: .warning,
      message: "nothing here can raise",
      span: span,
      hint: "Leave out `try`."
    )
  }

  /// An `unsafe` value where a type is expected.
  package static func unsafeConversion(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.unsafeConversion,
      message: "`unsafe` does not convert to `\(type)`; use `as`",
      span: span
    )
  }
}
