// What the compiler of Fuse says when it is wrong itself.

extension Diagnostic.Fuse {
  /// The compiler has made Lua that is none.
  package static func internalError(_ problem: String) -> Diagnostic {
    Diagnostic(
      code: .Fuse.`internal`,
      message: "internal compiler error: \(problem)",
      span: Span(start: 0, end: 0),
      hint: "The program is not at fault; please report it."
    )
  }
}
