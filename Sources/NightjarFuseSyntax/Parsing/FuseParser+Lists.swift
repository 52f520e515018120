// Lists in brackets: arguments, fields, types, patterns are all read alike.

internal import NightjarDiagnostics

extension FuseParser {
  /// Reads a list in brackets, from the one that stands here to its partner.
  ///
  /// - Parameters:
  ///   - close: The closing bracket.
  ///   - item: Reads one item.
  /// - Returns: The list.
  @inline(__always)
  mutating func bracketed(
    by close: FuseTokenKind,
    _ item: (inout FuseParser) -> NodeID
  ) -> Int32 {
    let opener = position
    let mark = scratch.count
    advance()
    pushItems(until: close, of: opener, item)
    return makeList(from: mark)
  }

  /// Reads items with commas between them, and perhaps one behind the last, and the closing bracket.
  ///
  /// The ends of lines mean nothing there.
  @inline(__always)
  mutating func pushItems(
    until close: FuseTokenKind,
    of opener: Int,
    _ item: (inout FuseParser) -> NodeID
  ) {
    let outer = ignoresLines
    ignoresLines = true
    while kind != close, !isQuiet, !abandons(opener) {
      push(item(&self))
      if !take(.comma) { break }
    }
    ignoresLines = outer
    expectClose(close, of: opener)
  }
}
