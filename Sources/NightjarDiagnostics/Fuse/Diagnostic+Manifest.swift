// What can be wrong with the manifest of a project, `fuse.toml`.

extension DiagnosticCode {
  /// Codes of projects.
  package enum Project {
    /// A manifest that is not TOML.
    package static let notTOML = DiagnosticCode("NJ-P0101")
    /// A key without meaning.
    package static let unknownKey = DiagnosticCode("NJ-P0102")
    /// A value that its key cannot have.
    package static let unfitValue = DiagnosticCode("NJ-P0103")

    /// The codes of projects, in order.
    package static let all: [DiagnosticCode] = [notTOML, unknownKey, unfitValue]
  }
}

extension Diagnostic {
  /// Mistakes in manifests.
  package enum Project {
    /// The text breaks the rules of TOML.
    package static func notTOML(_ problem: String, span: Span) -> Diagnostic {
      Diagnostic(
        code: .Project.notTOML,
        message: "the manifest is not valid TOML: \(problem)",
        span: span
      )
    }

    /// A key that means nothing.
    package static func unknownKey(_ key: String, nearest: String?, span: Span) -> Diagnostic {
      Diagnostic(
        code: .Project.unknownKey,
        message: "a manifest has no key `\(key)`",
        span: span,
        hint: nearest.map { "Did you mean `\($0)`?" },
        fix: nearest.map { Fix(title: "Write `\($0)`", span: span, replacement: $0) }
      )
    }

    /// A value of the wrong kind, or none of those that are possible.
    package static func unfitValue(
      of key: String,
      expected: String,
      found: String,
      span: Span
    ) -> Diagnostic {
      Diagnostic(
        code: .Project.unfitValue,
        message: "`\(key)` is \(expected), not \(found)",
        span: span
      )
    }
  }
}
