// One token: 20 plain bytes. A tree keeps its tokens in one array in text order; what lies between
// two of them is trivia (white space, comments, preprocessor lines and the text they leave out) and
// is not stored.

public import NightjarDiagnostics

/// A token: its kind, where it stands, on which line, and a number that depends on the kind.
@frozen
@usableFromInline
package struct FuseToken: Sendable {
  /// What it is.
  @usableFromInline package var kind: FuseTokenKind
  /// Facts the lexer learned in passing.
  @usableFromInline package var flags: Flags
  /// The offset of its first byte.
  @usableFromInline package var start: UInt32
  /// The offset just past its last byte.
  @usableFromInline package var end: UInt32
  /// The line of its first byte, from 1.
  @usableFromInline package var line: UInt32
  /// For a name (and any word) its symbol, for a number its place in `FuseTree.numbers`, for an
  /// opening bracket the index of the closing one or 0, for a closing one that of the opening one
  /// plus 1 or 0, for a tuple index its value, for a raw string the count of its hashes.
  @usableFromInline package var payload: UInt32

  /// Makes a token.
  @inlinable
  package init(
    kind: FuseTokenKind,
    flags: Flags = [],
    start: UInt32,
    end: UInt32,
    line: UInt32,
    payload: UInt32 = 0
  ) {
    self.kind = kind
    self.flags = flags
    self.start = start
    self.end = end
    self.line = line
    self.payload = payload
  }

  /// The bytes it covers.
  @inlinable
  package var span: Span { Span(start: start, end: end) }

  /// Facts about a token beside its kind.
  @frozen
  @usableFromInline
  package struct Flags: OptionSet, Sendable {
    /// The bits.
    @usableFromInline package var rawValue: UInt8

    /// Wraps the bits.
    @inlinable
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It is the first token of its line.
    @inlinable
    package static var startsLine: Flags { Flags(rawValue: 1) }
    /// A string whose value differs from its bytes between the delimiters.
    @inlinable
    package static var needsDecoding: Flags { Flags(rawValue: 2) }
    /// A string without escapes: `r"…"`.
    @inlinable
    package static var isRaw: Flags { Flags(rawValue: 4) }
    /// A literal marked as `ustring`: `u"…"`.
    @inlinable
    package static var isUnicode: Flags { Flags(rawValue: 8) }
    /// A string with bytes beyond ASCII written as such.
    @inlinable
    package static var hasNonASCII: Flags { Flags(rawValue: 16) }
    /// A broken literal, already reported; its value is what could be made of it.
    @inlinable
    package static var isBroken: Flags { Flags(rawValue: 32) }
    /// No white space stands before it.
    @inlinable
    package static var isAttached: Flags { Flags(rawValue: 64) }
  }
}
