// One thing wrong with a source text, as a value. The wording lives elsewhere, one folder a phase
// (`Syntax/`, `Scope/`): a phase calls a named function there and gets a finished diagnostic, so
// that all sentences of a kind stand side by side and can be reviewed together.

/// A mistake found in a source text: what it is, where it is and how to mend it.
package struct Diagnostic: Sendable {
  /// The stable code, which is also the name of its page under `docs/errors/`.
  package var code: DiagnosticCode
  /// Whether the program is refused.
  package var severity: Severity
  /// One sentence that stands alone.
  package var message: String
  /// The place at fault.
  package var span: Span
  /// A few words set beside the caret.
  package var label: String
  /// Other places that take part, each with a few words.
  package var related: [RelatedSpan]
  /// What to try; a sentence.
  package var hint: String?
  /// An edit that mends the mistake.
  package var fix: Fix?
  /// What the reference interpreter says about the same mistake; `nil` if it would not stop here.
  package var reference: ReferenceMessage?

  /// Makes a diagnostic from its parts.
  package init(
    code: DiagnosticCode,
    severity: Severity = .error,
    message: String,
    span: Span,
    label: String = "",
    related: [RelatedSpan] = [],
    hint: String? = nil,
    fix: Fix? = nil,
    reference: ReferenceMessage? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.label = label
    self.related = related
    self.hint = hint
    self.fix = fix
    self.reference = reference
  }
}

/// What follows from a mistake.
package enum Severity: Sendable {
  /// The program is refused.
  case error
  /// The program runs all the same.
  case warning

  /// The word before the code.
  package var name: String { self == .error ? "error" : "warning" }
}

/// Another place that takes part in a mistake, such as the opener of an unclosed block.
package struct RelatedSpan: Sendable, Equatable {
  /// The place.
  package var span: Span
  /// A few words about it.
  package var label: String

  /// Marks `span` with `label`.
  package init(span: Span, label: String) {
    self.span = span
    self.label = label
  }
}

/// An edit that mends a mistake: replace the bytes of a span.
package struct Fix: Sendable, Equatable {
  /// What the edit does, as an imperative: "Write `==`".
  package var title: String
  /// The bytes to take out; empty to insert only.
  package var span: Span
  /// The text to put in their place.
  package var replacement: String

  /// Makes the edit.
  package init(title: String, span: Span, replacement: String) {
    self.title = title
    self.span = span
    self.replacement = replacement
  }
}

/// The reference interpreter's words for a mistake, without the chunk's name.
///
/// They are bytes and not a `String`, as they quote the source, which need not be UTF-8.
/// A loader writes `<chunk>:<line>: <text>`.
package struct ReferenceMessage: Sendable, Equatable {
  /// The message after `chunk:line: `.
  package var text: [UInt8]
  /// The line the reference would name.
  package var line: Int

  /// Makes a message from bytes.
  package init(text: [UInt8], line: Int) {
    self.text = text
    self.line = line
  }

  /// Makes a message from a string.
  package init(_ text: String, line: Int) {
    self.init(text: Array(text.utf8), line: line)
  }
}
