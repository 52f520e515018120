// What must hold of any bytes given as Lua text.

internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Oracle {
  /// Any text gives a tree, and a text with mistakes says so in both modes.
  package static func checkLuaSource(_ bytes: [UInt8]) {
    let tree = LuaSyntax.parse(bytes)
    let tolerant = LuaSyntax.parse(bytes, LuaSyntax.Options(isFile: true, findsAllErrors: true))
    for diagnostic in tree.diagnostics + tolerant.diagnostics {
      let (start, end) = (Int(diagnostic.span.start), Int(diagnostic.span.end))
      precondition(start <= end && end <= bytes.count, "a diagnostic outside the text")
    }
    precondition(
      tree.diagnostics.isEmpty || tree.diagnostics[0].reference != nil,
      "a mistake without the reference's message"
    )
    let strict = LuaSyntax.parse(bytes, LuaSyntax.Options(findsAllErrors: true))
    precondition(
      tree.diagnostics.isEmpty == strict.diagnostics.isEmpty,
      "the modes disagree whether the text is right"
    )
  }
}
