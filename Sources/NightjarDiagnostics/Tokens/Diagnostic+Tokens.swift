// Wording of what can be wrong with a single token or comment.

extension DiagnosticCode {
  /// A character that begins no token.
  package static let invalidCharacter = DiagnosticCode("NJ-L0101")
  /// A string in quotes that its line ends.
  package static let unfinishedString = DiagnosticCode("NJ-L0102")
  /// A string in long brackets that the text ends.
  package static let unfinishedLongString = DiagnosticCode("NJ-L0103")
  /// A comment in long brackets that the text ends.
  package static let unfinishedComment = DiagnosticCode("NJ-L0104")
  /// `[=` without the second bracket.
  package static let invalidLongDelimiter = DiagnosticCode("NJ-L0105")
  /// A backslash before something that is no escape.
  package static let invalidEscape = DiagnosticCode("NJ-L0106")
  /// `\x` without its two digits.
  package static let invalidHexEscape = DiagnosticCode("NJ-L0107")
  /// `\u` without its number in braces.
  package static let invalidCodePointEscape = DiagnosticCode("NJ-L0108")
  /// `\ddd` beyond 255.
  package static let decimalEscapeTooLarge = DiagnosticCode("NJ-L0109")
  /// Something that starts like a number and is none.
  package static let malformedNumber = DiagnosticCode("NJ-L0110")
  /// More text than offsets can tell.
  package static let textTooLarge = DiagnosticCode("NJ-L0111")

  static let tokens: [DiagnosticCode] = [
    invalidCharacter, unfinishedString, unfinishedLongString, unfinishedComment,
    invalidLongDelimiter, invalidEscape, invalidHexEscape, invalidCodePointEscape,
    decimalEscapeTooLarge, malformedNumber, textTooLarge,
  ]
}

extension Diagnostic {
  /// A character that begins no token; the hint knows what other languages use it for.
  package static func invalidCharacter(_ text: String, span: Span) -> Diagnostic {
    let hint: String? =
      switch text {
      case "!": "Lua writes `not x` for negation and `~=` for \"not equal\"."
      case "?": "Lua has no `?:`; write `c and x or y`, or an `if`."
      case "@", "$": "Names are made of letters, digits and underscores."
      case "\\": "A backslash has a meaning only inside strings."
      case "`": "Strings stand in `\"…\"`, `'…'` or `[[…]]`."
      case "“", "”", "„", "‘", "’": "These are typographic quotes; write `\"` or `'`."
      default:
        text.utf8.first.map { $0 >= 0x80 } == true
          ? "Names are made of the letters A to Z and a to z, digits and underscores." : nil
      }
    let isVisible = text.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 }
    let name = isVisible ? "`\(text)`" : "The character with code \(text.utf8.first ?? 0)"
    return Diagnostic(
      code: .invalidCharacter,
      message: "\(name) has no meaning in Lua.",
      span: span,
      label: "not part of the language",
      hint: hint
    )
  }

  /// A string in quotes that ends with its line, or with the text.
  package static func unfinishedString(quote: String, span: Span, opener: Span) -> Diagnostic {
    Diagnostic(
      code: .unfinishedString,
      message: "This string has no closing `\(quote)` on its line.",
      span: opener,
      label: "the string starts here",
      related: [RelatedSpan(span: span, label: "expected `\(quote)` before this")],
      hint: "Close it with `\(quote)`; for a line end inside, write `\\n` or use `[[…]]`."
    )
  }

  /// A long string without its closing bracket.
  package static func unfinishedLongString(closer: String, opener: Span) -> Diagnostic {
    Diagnostic(
      code: .unfinishedLongString,
      message: "This long string is never closed with `\(closer)`.",
      span: opener,
      label: "the string starts here",
      hint: "Write `\(closer)` where it ends; the number of `=` must be the same on both sides."
    )
  }

  /// A long comment without its closing bracket.
  package static func unfinishedComment(closer: String, opener: Span) -> Diagnostic {
    Diagnostic(
      code: .unfinishedComment,
      message: "This comment is never closed with `\(closer)`.",
      span: opener,
      label: "the comment starts here",
      hint: "Write `\(closer)` where it ends, or a space after `--` for a comment of one line."
    )
  }

  /// `[=` without a second bracket.
  package static func invalidLongDelimiter(_ text: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .invalidLongDelimiter,
      message: "`\(text)` does not open a long string.",
      span: span,
      label: "expected `[` after this",
      hint: "A long string opens with `[[` or with `=` signs between the brackets, as `[==[`."
    )
  }

  /// A backslash and something that is no escape.
  package static func invalidEscape(_ text: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .invalidEscape,
      message: "`\(text)` is not an escape sequence.",
      span: span,
      label: "unknown escape",
      hint: "Write `\\\\` for a backslash. The escapes are "
        + "`\\a \\b \\f \\n \\r \\t \\v \\z \\\\ \\\" \\' \\xXX \\ddd \\u{XXX}`.",
      fix: Fix(
        title: "Write a backslash",
        span: Span(start: span.start, end: span.start),
        replacement: "\\"
      )
    )
  }

  /// `\x` without its two digits.
  package static func invalidHexEscape(span: Span) -> Diagnostic {
    Diagnostic(
      code: .invalidHexEscape,
      message: "`\\x` needs two hexadecimal digits.",
      span: span,
      label: "expected two of 0-9, a-f",
      hint: "Write a byte as `\\x0A`."
    )
  }

  /// `\u` without a number in braces, or with too large a one.
  package static func invalidCodePointEscape(problem: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .invalidCodePointEscape,
      message: "`\\u` needs a code point in braces: \(problem).",
      span: span,
      label: problem,
      hint: "Write a character as `\\u{20AC}`; the number is hexadecimal and below 2^31."
    )
  }

  /// `\ddd` beyond a byte.
  package static func decimalEscapeTooLarge(_ text: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .decimalEscapeTooLarge,
      message: "`\(text)` is not a byte: the largest is `\\255`.",
      span: span,
      label: "larger than 255",
      hint: "Write a character beyond ASCII as it is, or as `\\u{XXX}`."
    )
  }

  /// Something that starts like a number and is none.
  package static func malformedNumber(_ text: String, span: Span) -> Diagnostic {
    let hint: String
    if text.contains("..") {
      hint = "Put a space before `..` to join; a range in a loop is `for i = 1, 10 do`."
    } else if text.contains("_") {
      hint = "Digits cannot be grouped with `_`."
    } else if text.hasPrefix("0b") || text.hasPrefix("0o") {
      hint = "Numbers are decimal, or hexadecimal after `0x`."
    } else if text.utf8.first.map({ $0 < 58 }) == true,
      text.unicodeScalars.last.map({ $0.properties.isAlphabetic }) == true
    {
      hint = "A name cannot start with a digit; a number cannot end in a letter."
    } else {
      hint = "Numbers look like `3`, `3.5`, `1e10`, `0xFF` or `0x1p-4`."
    }
    return Diagnostic(
      code: .malformedNumber,
      message: "`\(text)` is not a number.",
      span: span,
      label: "malformed number",
      hint: hint
    )
  }

  /// More text than offsets can tell.
  package static func textTooLarge(limit: Int) -> Diagnostic {
    Diagnostic(
      code: .textTooLarge,
      message: "The text is larger than \(limit) bytes.",
      span: Span(start: 0, end: 0),
      label: "too large",
      hint: "Split it, or load data from a file instead.",
      reference: ReferenceMessage("chunk is too large", line: 1)
    )
  }
}
