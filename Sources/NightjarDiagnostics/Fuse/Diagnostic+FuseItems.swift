// Wording of what can be wrong with structs, traits, implementations and attributes. The messages are
// those of the language's specification.

extension Diagnostic.Fuse {
  /// A private field used from outside.
  package static func privateField(_ name: String, of type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.privateField,
      message: "field `\(name)` of `\(type)` is private",
      span: span,
      hint: "Only the `impl` blocks of `\(type)` reach it."
    )
  }

  /// A struct without all its fields.
  package static func missingFields(_ names: [String], of type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.missingFields,
      message: "missing fields \(names.joined(separator: ", ")) of `\(type)`",
      span: span
    )
  }

  /// A field that a struct does not have.
  package static func noField(_ type: String, _ name: String, nearest: String?, span: Span)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.noField,
      message: "`\(type)` has no field `\(name)`",
      span: span,
      label: nearest.map { "did you mean `\($0)`?" } ?? "",
      fix: nearest.map { Fix(title: "Write `\($0)`", span: span, replacement: $0) }
    )
  }

  /// A field given twice.
  package static func fieldTwice(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.fieldTwice,
      message: "field `\(name)` is given twice",
      span: span
    )
  }

  /// A literal of a struct with private fields.
  package static func privateFields(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.privateFields,
      message: "`\(type)` has private fields; use its constructor",
      span: span
    )
  }

  /// A private method called from outside.
  package static func privateMethod(_ name: String, of type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.privateMethod,
      message: "method `\(name)` of `\(type)` is private",
      span: span,
      hint: "Only the `impl` blocks of `\(type)` reach it; `pub fn` shows it to others."
    )
  }

  /// An implementation that lacks members.
  package static func missingMembers(_ trait: String, _ names: [String], span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.missingMembers,
      message: "impl of `\(trait)` lacks \(names.joined(separator: ", "))",
      span: span
    )
  }

  /// A member that the trait does not have.
  package static func notAMember(_ name: String, of trait: String, nearest: String?, span: Span)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.notAMember,
      message: "`\(name)` is not a member of `\(trait)`",
      span: span,
      label: nearest.map { "did you mean `\($0)`?" } ?? ""
    )
  }

  /// A method unlike that of the trait.
  package static func signatureMismatch(
    _ name: String,
    in trait: String,
    reason: String,
    span: Span
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.signatureMismatch,
      message: "`\(name)` does not match its declaration in `\(trait)`",
      span: span,
      label: reason
    )
  }

  /// Two implementations for one type.
  package static func overlap(_ trait: String, _ type: String, span: Span, first: Span?)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.overlap,
      message: "implementations of `\(trait)` for `\(type)` overlap",
      span: span,
      related: first.map { [RelatedSpan(span: $0, label: "the first is here")] } ?? []
    )
  }

  /// An implementation of a foreign trait for a foreign type.
  package static func foreignImplementation(_ trait: String, _ type: String, span: Span)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.foreignImplementation,
      message: "impl must be in the package of the trait or the type",
      span: span,
      label: "`\(trait)` and `\(type)` are not of this package"
    )
  }

  /// Two traits of one name on a type.
  package static func twoTraitsOfOneName(_ type: String, _ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.twoTraitsOfOneName,
      message: "`\(type)` implements two traits named `\(name)`",
      span: span
    )
  }

  /// A method of the name of another member.
  package static func fieldAndMethod(_ name: String, in type: String, span: Span, first: Span?)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.memberTwice,
      message: "`\(name)` is declared twice in `\(type)`",
      span: span,
      related: first.map { [RelatedSpan(span: $0, label: "declared here first")] } ?? []
    )
  }

  /// A variant that cannot be counted.
  package static func needsValue(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.needsValue,
      message: "variant `\(name)` needs a value",
      span: span
    )
  }

  /// Two variants of one value.
  package static func equalVariants(_ first: String, _ second: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.equalVariants,
      message: "variants `\(first)` and `\(second)` are equal",
      span: span
    )
  }

  /// A value of an enum that is no number or text.
  package static func badEnumValue(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.badEnumValue,
      message: "enum value must be a constant number or string",
      span: span
    )
  }

  /// A supertrait that is not implemented.
  package static func missingSupertrait(_ name: String, of trait: String, type: String, span: Span)
    -> Diagnostic
  {
    Diagnostic(
      code: .Fuse.missingSupertrait,
      message: "supertrait `\(name)` is not implemented",
      span: span,
      label: "`\(trait)` needs `\(name)` for `\(type)`"
    )
  }

  /// A method called as a function, or the reverse.
  package static func wrongForm(
    _ name: String,
    actual: String,
    used: String,
    hint: String,
    span: Span
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.wrongForm,
      message: "`\(name)` is \(actual), not \(used)",
      span: span,
      hint: hint
    )
  }

  /// An implementation for a type that can have none.
  package static func cannotImplement(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.cannotImplement,
      message: "traits cannot be implemented for `\(type)`",
      span: span
    )
  }

  /// An attribute that does not exist.
  package static func unknownAttribute(_ name: String, nearest: String?, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.unknownAttribute,
      message: "unknown attribute `\(name)`",
      span: span,
      label: nearest.map { "did you mean `\($0)`?" } ?? ""
    )
  }

  /// An attribute where it means nothing.
  package static func misplacedAttribute(_ name: String, kind: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.misplacedAttribute,
      message: "`\(name)` does not apply to \(kind)",
      span: span
    )
  }

  /// Wrong arguments of an attribute.
  package static func attributeArguments(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.attributeArguments,
      message: "wrong arguments for attribute `\(name)`",
      span: span
    )
  }

  /// A trait that cannot be derived.
  package static func cannotDerive(_ trait: String, reason: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.cannotDerive,
      message: "cannot derive `\(trait)`: \(reason)",
      span: span
    )
  }

  /// An `inline` that cannot be followed.
  package static func cannotInline(_ name: String, reason: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.cannotInline,
      severity: .warning,
      message: "cannot inline `\(name)`: \(reason)",
      span: span
    )
  }

  /// A use of what is deprecated.
  package static func deprecated(_ name: String, reason: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.deprecated,
      severity: .warning,
      message: "`\(name)` is deprecated: \(reason)",
      span: span
    )
  }

  /// An owned type where none is allowed.
  package static func ownedArgument(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.ownedArgument,
      message: "`\(name)` does not accept owned types",
      span: span
    )
  }

  /// Methods of a foreign type.
  package static func foreignInherent(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.foreignImplementation,
      message: "impl must be in the package of the trait or the type",
      span: span,
      label: "`\(type)` is not declared in this module",
      hint: "A trait can give it methods."
    )
  }

  /// An operator before a value it is not for.
  package static func noUnaryOperator(_ op: String, _ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.noOperator,
      message: "operator `\(op)` does not apply to `\(type)`",
      span: span,
      hint: type == "boolean" ? "The opposite of a condition is `not condition`." : nil
    )
  }

  /// A bound that is no trait.
  package static func notATrait(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.boundNotMet,
      message: "expected a trait, found a type",
      span: span
    )
  }

  /// A literal of what is no struct.
  package static func notAStruct(_ type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.noField,
      message: "`\(type)` is not a struct",
      span: span
    )
  }

  /// A variable without type and value.
  package static func needsAnnotation(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.cannotInfer,
      message: "cannot infer the type of this variable",
      span: span,
      hint: "Write its type, or give it a value."
    )
  }

  /// An expression that is nested too deeply.
  package static func tooDeep(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.`internal`,
      message: "expressions are nested too deeply here",
      span: span,
      hint: "Give parts of it names."
    )
  }

  /// A method without a call.
  package static func methodAsValue(_ name: String, type: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.noMember,
      message: "`\(type)` has no member `\(name)`",
      span: span,
      label: "a method; call it with `(…)`"
    )
  }

  /// A variant whose type nothing says.
  package static func unknownVariant(_ name: String, owner: String?, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.unknownName,
      message: "cannot find `\(name)` in this scope",
      span: span,
      label: owner.map { "a variant of `\($0)`: write `\($0)::\(name)`" } ?? "",
      fix: owner.map {
        Fix(title: "Write `\($0)::\(name)`", span: span, replacement: "\($0)::\(name)")
      }
    )
  }
}
