// A stretch of a source text. Spans are what every tool speaks about: the tree, the diagnostics,
// the renderers and the editors; so they are two plain offsets and know no text.

/// A range of bytes in one source text.
@frozen
@usableFromInline
package struct Span: Equatable, Hashable, Sendable {
  /// The offset of the first byte.
  @usableFromInline package var start: UInt32
  /// The offset just past the last byte.
  @usableFromInline package var end: UInt32

  /// Makes the span from `start` up to and without `end`.
  @inlinable
  package init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }

  /// The number of bytes it covers; 0 for a place between two bytes.
  @inlinable
  package var byteCount: Int { Int(end) - Int(start) }

  /// The span as a range of array indices.
  @inlinable
  package var range: Range<Int> { Int(start)..<Int(end) }

  /// The smallest span that covers both.
  @inlinable
  package func union(_ other: Span) -> Span {
    Span(start: min(start, other.start), end: max(end, other.end))
  }
}
