// Wording of mistakes with names, labels and limits of functions. The compiler finds them; the
// reference reports them while parsing, so each carries the reference's words.

extension DiagnosticCode {
  /// `goto` without a label to go to.
  package static let noVisibleLabel = DiagnosticCode("NJ-L0301")
  /// Two labels of one name.
  package static let duplicateLabel = DiagnosticCode("NJ-L0302")
  /// `goto` past the declaration of a local.
  package static let jumpIntoScope = DiagnosticCode("NJ-L0303")
  /// `break` outside a loop.
  package static let breakOutsideLoop = DiagnosticCode("NJ-L0304")
  /// Assignment to a constant.
  package static let assignToConst = DiagnosticCode("NJ-L0305")
  /// Two `<close>` in one declaration.
  package static let multipleToBeClosed = DiagnosticCode("NJ-L0306")
  /// Too many locals, upvalues or registers in one function.
  package static let functionLimit = DiagnosticCode("NJ-L0307")

  /// A global variable that is not among the declared ones.
  package static let undeclaredGlobal = DiagnosticCode("NJ-L0308")
  /// `<close>` on a global variable.
  package static let closedGlobal = DiagnosticCode("NJ-L0309")

  static let scopes: [DiagnosticCode] = [
    noVisibleLabel, duplicateLabel, jumpIntoScope, breakOutsideLoop, assignToConst,
    multipleToBeClosed, functionLimit, undeclaredGlobal, closedGlobal,
  ]
}

extension Diagnostic {
  /// A global variable that is not among the declared ones.
  package static func undeclaredGlobal(
    _ name: String,
    span: Span,
    reference: ReferenceMessage
  ) -> Diagnostic {
    Diagnostic(
      code: .undeclaredGlobal,
      message: "The global variable `\(name)` is not declared.",
      span: span,
      label: "no declaration in sight",
      hint: "After the first `global` declaration all globals must be declared: "
        + "write `global \(name)`, or `global *` for all of them.",
      reference: reference
    )
  }

  /// `<close>` on a global variable.
  package static func closedGlobal(span: Span, reference: ReferenceMessage) -> Diagnostic {
    Diagnostic(
      code: .closedGlobal,
      message: "A global variable cannot be to-be-closed.",
      span: span,
      label: "declared with `<close>`",
      hint: "Only local variables end with their block; leave the attribute out.",
      reference: reference
    )
  }

  /// `goto` without a label to go to.
  ///
  /// `near` is the visible label with the most similar name. The reference finds out only at the end
  /// of the function or block.
  package static func noVisibleLabel(
    _ name: String,
    span: Span,
    near: String? = nil,
    reference: ReferenceMessage
  ) -> Diagnostic {
    Diagnostic(
      code: .noVisibleLabel,
      message: "There is no label `\(name)` to go to.",
      span: span,
      label: "no such label in the blocks around",
      hint: near.map { "Did you mean `\($0)`?" }
        ?? "A label is written `::\(name)::`, in the same function and in a block around the `goto`.",
      reference: reference
    )
  }

  /// Two labels of one name in one function.
  package static func duplicateLabel(
    _ name: String,
    span: Span,
    first: Span,
    reference: ReferenceMessage
  ) -> Diagnostic {
    Diagnostic(
      code: .duplicateLabel,
      message: "The label `\(name)` is already visible here.",
      span: span,
      label: "defined again",
      related: [RelatedSpan(span: first, label: "first defined here")],
      hint: "Give one of them another name.",
      reference: reference
    )
  }

  /// `goto` past the declaration of a local.
  package static func jumpIntoScope(
    label: String,
    span: Span,
    local: String,
    localSpan: Span?,
    reference: ReferenceMessage
  ) -> Diagnostic {
    Diagnostic(
      code: .jumpIntoScope,
      message: "This `goto \(label)` jumps into the scope of the local `\(local)`.",
      span: span,
      label: "skips a declaration",
      related: localSpan.map { [RelatedSpan(span: $0, label: "`\(local)` is declared here")] }
        ?? [],
      hint: "Declare `\(local)` before the `goto`, or put the code between into `do … end`.",
      reference: reference
    )
  }

  /// `break` outside a loop.
  package static func breakOutsideLoop(span: Span, reference: ReferenceMessage) -> Diagnostic {
    Diagnostic(
      code: .breakOutsideLoop,
      message: "There is no loop around this `break`.",
      span: span,
      label: "nothing to leave",
      hint: "To leave a function, write `return`.",
      reference: reference
    )
  }

  /// Assignment to a constant or a to-be-closed variable.
  package static func assignToConst(
    _ name: String,
    span: Span,
    declaration: Span?,
    reference: ReferenceMessage
  ) -> Diagnostic {
    Diagnostic(
      code: .assignToConst,
      message: "`\(name)` is a constant and cannot be assigned to.",
      span: span,
      label: "assigned here",
      related: declaration.map { [RelatedSpan(span: $0, label: "declared as a constant here")] }
        ?? [],
      hint: "Take the attribute out of its declaration, or use another variable.",
      reference: reference
    )
  }

  /// Two `<close>` in one declaration.
  package static func multipleToBeClosed(
    span: Span,
    first: Span,
    reference: ReferenceMessage
  ) -> Diagnostic {
    Diagnostic(
      code: .multipleToBeClosed,
      message: "One `local` can declare one `<close>` variable only.",
      span: span,
      label: "the second",
      related: [RelatedSpan(span: first, label: "the first")],
      hint: "Write two `local` statements.",
      reference: reference
    )
  }

  /// A function that needs more of something than a function can have.
  ///
  /// `what` is the plural of it: "local variables", "upvalues", "registers".
  package static func functionLimit(
    what: String,
    limit: Int,
    span: Span,
    function: Span?,
    reference: ReferenceMessage
  ) -> Diagnostic {
    Diagnostic(
      code: .functionLimit,
      message: "This function needs more than \(limit) \(what).",
      span: span,
      label: "one too many",
      related: function.map { [RelatedSpan(span: $0, label: "in this function")] } ?? [],
      hint: "Split it into several functions, or keep values in a table.",
      reference: reference
    )
  }
}
