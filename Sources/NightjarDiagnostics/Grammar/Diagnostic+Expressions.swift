// Wording of mistakes inside expressions.

extension Diagnostic {
  /// Something else where a value should stand.
  ///
  /// `after` is what the value should follow, such as "`=`".
  package static func expressionExpected(found: Found, after: String?) -> Diagnostic {
    let hint: String? =
      switch found.description {
      case "`//`": "Comments start with `--`; `//` divides."
      case "`=`": "`=` assigns; to compare, write `==`."
      case "`+`": "There is no `+` before a single value, and no `++`."
      default: nil
      }
    let place = after.map { " after \($0)" } ?? ""
    return Diagnostic(
      code: .expressionExpected,
      message: "A value is missing\(place).",
      span: found.span,
      label: "expected an expression, found \(found.description)",
      hint: hint
    )
  }

  /// `=` inside an expression, such as a condition.
  package static func assignmentInExpression(span: Span, context: AssignmentContext) -> Diagnostic {
    var fix: Fix? = Fix(title: "Write `==`", span: span, replacement: "==")
    let hint: String
    switch context {
    case .condition:
      hint = "To compare, write `==`."
    case .argument:
      hint = "Arguments have no names; to compare, write `==`, or pass a table: `f{name = value}`."
      fix = nil
    case .value:
      hint = "An assignment has no value: write two of them, or `==` to compare."
      fix = nil
    }
    return Diagnostic(
      code: .assignmentInExpression,
      message: "`=` assigns and cannot stand inside an expression.",
      span: span,
      label: "an assignment is a statement",
      hint: hint,
      fix: fix
    )
  }

  /// Where an `=` stands that should not.
  package enum AssignmentContext: Sendable {
    /// After the condition of `if`, `while` or `until`.
    case condition
    /// Between the parentheses of a call.
    case argument
    /// After another value.
    case value
  }

  /// An operator of another language that Lua writes differently.
  ///
  /// `replacement` is what to write in its place.
  package static func foreignOperator(_ text: String, span: Span, replacement: String)
    -> Diagnostic
  {
    // A word in place of a sign may need the space that its replacement ends in.
    let word = replacement.hasSuffix(" ") ? String(replacement.dropLast()) : replacement
    return Diagnostic(
      code: .foreignOperator,
      message: "`\(text)` is not an operator of Lua.",
      span: span,
      label: "write `\(word)`",
      hint: "Lua writes `\(word)` for `\(text)`.",
      fix: Fix(title: "Write `\(word)`", span: span, replacement: replacement)
    )
  }

  /// `x += 1`, `x++`: an operator that changes a variable.
  package static func compoundAssignment(_ text: String, span: Span, target: String, sign: String)
    -> Diagnostic
  {
    let value = text == "++" ? "1" : "…"
    return Diagnostic(
      code: .foreignOperator,
      message: "`\(text)` is not an operator of Lua.",
      span: span,
      label: "changes a variable in place",
      hint: "Write `\(target) = \(target) \(sign) \(value)`."
    )
  }

  /// `...` in a function that does not take it.
  package static func varargOutsideFunction(span: Span, function: Span?) -> Diagnostic {
    Diagnostic(
      code: .varargOutsideFunction,
      message: "`...` stands in a function that does not take `...`.",
      span: span,
      label: "no extra arguments here",
      related: function.map { [RelatedSpan(span: $0, label: "the function around it")] } ?? [],
      hint: "Add `...` to the function's parameters, or save it outside: `local args = {...}`."
    )
  }

  /// `a:b` without arguments.
  package static func argumentsExpected(method: String, found: Found) -> Diagnostic {
    Diagnostic(
      code: .argumentsExpected,
      message: "A method can only be called: `:\(method)` has no arguments.",
      span: found.span,
      label: "expected `(`, a string or a table, found \(found.description)",
      hint: "Write `:\(method)()` to call it, or `.\(method)` to read the field."
    )
  }

  /// Too many things inside one another.
  package static func nestingTooDeep(span: Span, limit: Int) -> Diagnostic {
    Diagnostic(
      code: .nestingTooDeep,
      message: "More than \(limit) levels are nested here.",
      span: span,
      label: "the level too many",
      hint: "Split the code into functions, or the data into several statements."
    )
  }
}
