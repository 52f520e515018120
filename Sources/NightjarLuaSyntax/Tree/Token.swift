// One token: 20 plain bytes. A tree keeps its tokens in one array in text order; what lies between
// two of them is trivia (white space, comments) and is not stored.

package import NightjarDiagnostics

/// A token: its kind, where it stands, on which line, and a number that depends on the kind.
@frozen
package struct Token: Sendable {
  /// What it is.
  package var kind: TokenKind
  /// Facts the lexer learned in passing.
  package var flags: Flags
  /// The offset of its first byte.
  package var start: UInt32
  /// The offset just past its last byte.
  package var end: UInt32
  /// The line its last byte is on, from 1: the reference counts so, and only long strings and
  /// strings with escaped line ends span lines.
  package var line: UInt32
  /// For a name its symbol (equal names have equal symbols), for a numeral its place in
  /// `SyntaxTree.numeralBits`, else 0.
  package var payload: UInt32

  /// Makes a token.
  @inlinable
  package init(
    kind: TokenKind,
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
  package struct Flags: OptionSet, Sendable {
    /// The bits.
    package var rawValue: UInt8

    /// Wraps the bits.
    @inlinable
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A string whose value differs from its bytes between the delimiters.
    @inlinable
    package static var needsDecoding: Flags { Flags(rawValue: 1) }
    /// A string in long brackets.
    @inlinable
    package static var isLong: Flags { Flags(rawValue: 2) }
    /// A numeral whose value is a float.
    @inlinable
    package static var isFloat: Flags { Flags(rawValue: 4) }
    /// A broken literal, already reported; its value is what could be made of it.
    @inlinable
    package static var isBroken: Flags { Flags(rawValue: 8) }
  }
}
