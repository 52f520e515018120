// Wording of mistakes in statements.

extension Diagnostic {
  /// Something that begins no statement.
  package static func statementExpected(found: Found) -> Diagnostic {
    let hint: String? =
      switch found.description {
      case "`//`", "`/`": "Comments start with `--`."
      case "`#`": "Comments start with `--`."
      case "`{`": "Blocks are written with words: `do … end`, `then … end`, `function () … end`."
      case "`}`": "Blocks close with `end`."
      case "`)`", "`]`": "Nothing is open that it could close."
      case "`:`": "`:` calls a method; variables have no types."
      case "`=`": "A variable should stand before `=`."
      default: nil
      }
    return Diagnostic(
      code: .statementExpected,
      message: "No statement begins with \(found.description).",
      span: found.span,
      label: "expected a statement",
      hint: hint
    )
  }

  /// An expression that stands where a statement should.
  ///
  /// `keyword` is what the first word was probably meant to be.
  package static func expressionAsStatement(
    span: Span,
    text: String,
    keyword: String?,
    found: Found
  ) -> Diagnostic {
    if let keyword {
      return Diagnostic(
        code: .expressionAsStatement,
        message: "`\(text)` does not begin a statement.",
        span: span,
        label: "did you mean `\(keyword)`?",
        hint: keywordHint(text, keyword),
        fix: keyword.contains(" ")
          ? nil : Fix(title: "Write `\(keyword)`", span: span, replacement: keyword)
      )
    }
    if found.description == "`==`" {
      return Diagnostic(
        code: .expressionAsStatement,
        message: "A comparison cannot stand alone as a statement.",
        span: found.span,
        label: "compares and does not assign",
        hint: "To assign, write `=`.",
        fix: Fix(title: "Write `=`", span: found.span, replacement: "=")
      )
    }
    return Diagnostic(
      code: .expressionAsStatement,
      message: "An expression cannot stand alone as a statement.",
      span: span,
      label: "computed and then forgotten",
      related: [RelatedSpan(span: found.span, label: "expected `=` or a call before this")],
      hint: "Assign it, as `local x = \(text)`, or call it."
    )
  }

  private static func keywordHint(_ text: String, _ keyword: String) -> String {
    switch text {
    case "continue":
      "Lua has no `continue`: put `::continue::` at the end of the loop and write `goto continue`."
    case "var", "let": "Variables are declared with `local`."
    case "const": "Constants are declared as `local name <const> = value`."
    case "switch", "match": "Lua has no `\(text)`: write `if … elseif … end` or look up in a table."
    case "try": "Lua has no `try`: call `pcall(f)`."
    case "throw", "raise": "Errors are raised with `error(message)`."
    case "import", "include", "using": "Modules are loaded with `local m = require \"m\"`."
    default: "The word is `\(keyword)`."
    }
  }

  /// An assignment to something that is no variable.
  package static func cannotAssign(span: Span, what: String) -> Diagnostic {
    Diagnostic(
      code: .cannotAssign,
      message: "\(what) cannot be assigned to.",
      span: span,
      label: "not a variable",
      hint: "The left of `=` is a name, `a.b` or `a[i]`."
    )
  }

  /// Something else where a name should stand.
  package static func nameExpected(found: Found, what: String, isKeyword: Bool) -> Diagnostic {
    Diagnostic(
      code: .nameExpected,
      message: "\(what) is missing its name.",
      span: found.span,
      label: "expected a name, found \(found.description)",
      hint: isKeyword
        ? "\(found.description) is a word of the language and cannot be a name."
        : what == "A function" && found.description == "`(`"
          ? "A function without a name is a value: `local f = function (…) … end`." : nil
    )
  }

  /// Something else where a parameter should stand.
  package static func parameterExpected(found: Found, isKeyword: Bool) -> Diagnostic {
    Diagnostic(
      code: .parameterExpected,
      message: "A parameter is a name, or `...` at the end.",
      span: found.span,
      label: "expected a name or `...`, found \(found.description)",
      hint: isKeyword
        ? "\(found.description) is a word of the language and cannot be a name." : nil
    )
  }

  /// An attribute that does not exist.
  package static func unknownAttribute(_ name: String, span: Span) -> Diagnostic {
    let nearest = Suggestion.nearest(to: name, among: ["const", "close"])
    return Diagnostic(
      code: .unknownAttribute,
      message: "There is no attribute `\(name)`.",
      span: span,
      label: "unknown attribute",
      hint: "The attributes are `const` and `close`.",
      fix: nearest.map { Fix(title: "Write `\($0)`", span: span, replacement: $0) }
    )
  }

  /// A `for` whose names are followed by neither `=` nor `in`.
  package static func forHeadExpected(found: Found) -> Diagnostic {
    Diagnostic(
      code: .forHeadExpected,
      message: "The variable of this `for` has nothing to run over.",
      span: found.span,
      label: "expected `=` or `in`, found \(found.description)",
      hint: "Write `for i = 1, 10 do` to count or `for k, v in pairs(t) do` to go through a table."
    )
  }

  /// A statement that needs one given token in its middle.
  package static func tokenExpected(_ token: String, what: String, found: Found) -> Diagnostic {
    Diagnostic(
      code: .tokenExpected,
      message: "\(what) needs `\(token)` here.",
      span: found.span,
      label: "expected `\(token)`, found \(found.description)",
      hint: token == ")" && found.description == "`:`"
        ? "Parameters are names only; they have no types." : nil
    )
  }
}
