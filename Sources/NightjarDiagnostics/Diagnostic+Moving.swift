// Mistakes found in a text that was put together are told in the part that a person wrote.

extension Span {
  /// The span in a text without its first bytes.
  fileprivate func moved(backBy byteCount: UInt32) -> Span {
    Span(start: start - min(start, byteCount), end: end - min(end, byteCount))
  }
}

extension Diagnostic {
  /// The same mistake in the text without its first bytes.
  ///
  /// - Parameter byteCount: How many bytes are left out.
  /// - Returns: The mistake; what it says of the bytes left out, it says of the text's beginning.
  package func moved(backBy byteCount: Int) -> Diagnostic {
    let distance = UInt32(clamping: byteCount)
    var moved = self
    moved.span = span.moved(backBy: distance)
    for index in related.indices {
      moved.related[index].span = related[index].span.moved(backBy: distance)
    }
    moved.fix?.span = fix?.span.moved(backBy: distance) ?? moved.span
    return moved
  }
}
