// Wording of what can be wrong with a single token of Fuse. The messages are those of the
// language's specification; labels and hints say the rest.

extension Diagnostic {
  /// What the compiler of Fuse says.
  package enum Fuse {
    /// Bytes that are not UTF-8.
    package static func invalidUTF8(at offset: Int, span: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.invalidUTF8,
        message: "source is not valid UTF-8 at byte \(offset)",
        span: span,
        label: "this byte is part of no character",
        hint: "Save the file as UTF-8; bytes that are no text are written `\\xHH` in a string."
      )
    }

    /// A character that begins no token.
    package static func unexpectedCharacter(_ text: String, span: Span) -> Diagnostic {
      let hint: String? =
        switch text {
        case "`": "A text stands in quotes; `${…}` puts values into it."
        case "@", "$", "\\": nil
        case "“", "”", "„", "‘", "’": "These are typographic quotes; write `\"` or `'`."
        default:
          text.utf8.first.map { $0 >= 0x80 } == true
            ? "Names are made of the letters A to Z and a to z, digits and underscores." : nil
        }
      let isVisible = text.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 }
      let shown = isVisible ? text : "\\x" + hexadecimal(text.utf8.first ?? 0)
      return Diagnostic(
        code: .Fuse.unexpectedCharacter,
        message: "unexpected character `\(shown)`",
        span: span,
        label: "not part of the language",
        hint: hint
      )
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.utf8.count < 2 ? "0" + digits : digits
    }

    /// A string without its closing quote.
    package static func unterminatedString(closer: String, opener: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.unterminatedString,
        message: "unterminated string literal",
        span: opener,
        label: "the string starts here",
        hint: "Close it with `\(closer)`."
      )
    }

    /// `${` without its `}`.
    package static func unterminatedInterpolation(opener: Span, string: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.unterminatedString,
        message: "unterminated string literal",
        span: opener,
        label: "this interpolation has no `}`",
        related: [RelatedSpan(span: string, label: "in this string")],
        hint: "Write `\\$` for a dollar sign before a brace."
      )
    }

    /// A backslash before something that is no escape.
    package static func unknownEscape(_ text: String, span: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.unknownEscape,
        message: "unknown escape `\\\(text)`",
        span: span,
        label: "no escape begins so",
        hint: "A backslash itself is written `\\\\`; `r\"…\"` has no escapes at all.",
        fix: Fix(
          title: "Write `\\\\`",
          span: Span(start: span.start, end: span.start),
          replacement: "\\"
        )
      )
    }

    /// `\x` or `\u` without its digits.
    package static func incompleteEscape(_ text: String, wants: String, span: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.unknownEscape,
        message: "unknown escape `\(text)`",
        span: span,
        label: "expected \(wants)",
        hint: "Escapes of bytes are `\\xHH` and `\\ddd`, of characters `\\u{H…}`."
      )
    }

    /// An escape for a byte above 255 or a code point that is none.
    package static func escapeOutOfRange(_ value: String, limit: String, span: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.escapeOutOfRange,
        message: "escape value \(value) is out of range",
        span: span,
        label: limit
      )
    }

    /// Something that starts like a number and is none.
    package static func malformedNumber(_ text: String, label: String, span: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.malformedNumber,
        message: "malformed number `\(text)`",
        span: span,
        label: label
      )
    }

    /// A whole number that a binary64 cannot hold.
    package static func inexactNumber(_ text: String, nearest: String, span: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.inexactNumber,
        severity: .warning,
        message: "`\(text)` is not exactly representable as a number",
        span: span,
        label: "its value is \(nearest)",
        hint: "Whole numbers are exact up to 9007199254740992."
      )
    }

    /// `--[[`.
    package static func blockComment(span: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.blockComment,
        message: "block comments are not supported",
        span: span,
        label: "the comment starts here",
        hint: "Begin each line of the comment with `--`."
      )
    }

    /// A word of the language where a name should stand.
    package static func reservedWord(_ word: String, span: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.reservedWord,
        message: "`\(word)` is a reserved word",
        span: span,
        label: "cannot be a name",
        hint: "Choose another name, or write `r#\(word)`.",
        fix: Fix(title: "Write `r#\(word)`", span: span, replacement: "r#\(word)")
      )
    }

    /// Characters beyond ASCII in a literal of type `string`.
    package static func nonASCIIString(span: Span, quoteStart: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.nonASCIIString,
        severity: .warning,
        message: "non-ASCII character in a `string` literal; write u\"…\"",
        span: span,
        label: "a `string` is bytes: this character counts as several",
        fix: Fix(title: "Make it a `ustring`", span: quoteStart, replacement: "u")
      )
    }

    /// A name that begins with two underscores.
    package static func reservedName(_ name: String, span: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.reservedName,
        severity: .warning,
        message: "names starting with `__` are reserved",
        span: span,
        label: "`\(name)` may mean something to the compiler one day"
      )
    }

    /// A `ustring` literal with bytes that are no UTF-8.
    package static func invalidUnicodeLiteral(span: Span) -> Diagnostic {
      Diagnostic(
        code: .Fuse.invalidUnicodeLiteral,
        message: "invalid UTF-8 in a `ustring` literal",
        span: span,
        label: "its bytes are not UTF-8",
        hint: "Write characters as they are or as `\\u{…}`; bytes belong in a `string`."
      )
    }

    /// More text than offsets can tell.
    package static func textTooLarge(limit: Int) -> Diagnostic {
      Diagnostic(
        code: .Fuse.textTooLarge,
        message: "source is larger than \(limit) bytes",
        span: Span(start: 0, end: 0)
      )
    }
  }
}
