// Wording of words that stand where they can do nothing: outside a loop, a function, a generator.

extension Diagnostic.Fuse {
  /// `break` or `continue` outside a loop.
  package static func outsideLoop(_ keyword: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.outsideLoop,
      message: "`\(keyword)` outside a loop",
      span: span,
      label: "no loop around it in this function"
    )
  }

  /// `return e` in a generator.
  package static func generatorResult(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.generatorResult,
      message: "a generator cannot return a value",
      span: span,
      hint: "`yield` gives values; `return` alone ends the sequence."
    )
  }

  /// A jump out of `try do`.
  package static func leavesTry(_ keyword: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.leavesTry,
      message: "`\(keyword)` cannot leave a `try` block",
      span: span,
      hint: "Give the block a value, and decide after it."
    )
  }

  /// `return` or `?` outside a function.
  package static func outsideFunction(_ token: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.outsideFunction,
      message: "`\(token)` outside a function",
      span: span
    )
  }

  /// `await` outside an async context.
  package static func outsideAsync(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.outsideAsync,
      message: "`await` outside an async context",
      span: span,
      hint: "Make the function `async`, or run the future with `task::run`."
    )
  }

  /// `yield` outside a generator.
  package static func outsideGenerator(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.outsideGenerator,
      message: "`yield` outside a generator",
      span: span,
      hint: "Begin the function with `gen`."
    )
  }
}
