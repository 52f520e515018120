// Wording of what can be wrong between modules.

extension Diagnostic.Fuse {
  /// An import of nothing.
  ///
  /// `isInLibrary` tells that the library has a module of that name.
  package static func moduleNotFound(
    _ path: String,
    tried: [String],
    isInLibrary: Bool = false,
    span: Span
  ) -> Diagnostic {
    let looked = "Looked for " + tried.map { "`\($0)`" }.joined(separator: ", ") + "."
    return Diagnostic(
      code: .Fuse.moduleNotFound,
      message: "module `\(path)` not found",
      span: span,
      hint: isInLibrary
        ? "The module of the library is `\"@fuse:\(path)\"`." : tried.isEmpty ? nil : looked
    )
  }

  /// Two files that differ only in `-` and `_`.
  package static func ambiguousModule(_ path: String, files: [String], span: Span) -> Diagnostic {
    let names = files.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      code: .Fuse.ambiguousModule,
      message: "module `\(path)` is ambiguous: \(names)",
      span: span,
      hint: "`-` and `_` are the same in the names of modules."
    )
  }

  /// An import of a name that the module does not export.
  package static func missingExport(
    _ name: String,
    of path: String,
    nearest: String?,
    span: Span
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.missingExport,
      message: "module `\(path)` has no export `\(name)`",
      span: span,
      label: nearest.map { "did you mean `\($0)`?" } ?? "",
      fix: nearest.map { Fix(title: "Write `\($0)`", span: span, replacement: $0) }
    )
  }

  /// Modules that need one another's values.
  package static func importCycle(_ chain: [String], span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.importCycle,
      message: "import cycle: " + chain.map { "`\($0)`" }.joined(separator: " → "),
      span: span,
      hint: "Move what they share into a module of its own, or import types only."
    )
  }

  /// A module that calls itself part of the standard library.
  package static func reservedNamespace(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.reservedNamespace,
      message: "the namespace `@fuse` is reserved",
      span: span
    )
  }

  /// An import with an unknown prefix.
  package static func unknownScheme(_ scheme: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.unknownScheme,
      message: "unknown import scheme `\(scheme)`",
      span: span,
      hint: "Paths begin with `./`, `../`, `@fuse:`, `@lua:`, `package:` or at the source root."
    )
  }

  /// Two exports of one name.
  package static func exportedTwice(_ name: String, span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.exportedTwice,
      message: "`\(name)` is exported twice",
      span: span,
      related: [RelatedSpan(span: first, label: "exported here first")]
    )
  }

  /// A variable with `mut` that is exported.
  package static func mutableExport(span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.mutableExport,
      message: "a `mut` variable cannot be exported",
      span: span,
      hint: "Export a `static mut`, or functions that read and change it."
    )
  }

  /// A path to an item that is not there.
  package static func missingItem(
    _ name: String,
    in path: String,
    nearest: String?,
    span: Span
  ) -> Diagnostic {
    Diagnostic(
      code: .Fuse.missingItem,
      message: "no item `\(name)` in `\(path)`",
      span: span,
      label: nearest.map { "did you mean `\($0)`?" } ?? "",
      fix: nearest.map { Fix(title: "Write `\($0)`", span: span, replacement: $0) }
    )
  }

  /// Two declarations of one foreign name.
  package static func conflictingDeclarations(_ name: String, span: Span) -> Diagnostic {
    Diagnostic(
      code: .Fuse.conflictingDeclarations,
      message: "conflicting declarations of `\(name)`",
      span: span,
      label: "declared before, perhaps in another file"
    )
  }
}
