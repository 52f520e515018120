// Wording of what a target lacks or cannot hold.

extension DiagnosticCode.Fuse {
  /// A function with more locals or upvalues than the target allows.
  package static let targetLimit = DiagnosticCode("F0909")

  /// All codes of what a target cannot hold.
  package static let targets: [DiagnosticCode] = [targetLimit]
}

extension Diagnostic.Fuse {
  /// Something that this target has no form for.
  package static func notAvailable(_ feature: String, target: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.notAvailable,
      message: "`\(feature)` is not available for target \(target)",
      span: span
    )
  }

  /// A function that does not fit the target.
  package static func targetLimit(_ limit: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.targetLimit,
      message: "function exceeds the target limit of \(limit)",
      span: span,
      hint: "Split the function into smaller ones."
    )
  }
}
