// The kinds of Lua tokens. The raw values are ordered so that keywords, and the binary operators
// within the punctuation, are ranges: the parser tests ranges instead of long lists.

/// What a token is.
///
/// INVARIANT: the keywords stand first.
@frozen
package enum TokenKind: UInt8, Sendable, CaseIterable {
  case andKeyword, breakKeyword, doKeyword, elseKeyword, elseifKeyword, endKeyword, falseKeyword
  case forKeyword, functionKeyword, gotoKeyword, ifKeyword, inKeyword, localKeyword, nilKeyword
  case notKeyword, orKeyword, repeatKeyword, returnKeyword, thenKeyword, trueKeyword
  case untilKeyword, whileKeyword

  /// An identifier; `Token.payload` is its symbol.
  case name
  /// A number; see `SyntaxTree.numeral(_:)`.
  case numeral
  /// A short or long string; see `SyntaxTree.stringValue(_:)`.
  case string

  case plus, minus, star, slash, doubleSlash, percent, caret, hash
  case ampersand, tilde, pipe, shiftLeft, shiftRight
  case equalEqual, notEqual, lessEqual, greaterEqual, less, greater, equal
  case leftParen, rightParen, leftBrace, rightBrace, leftBracket, rightBracket
  case doubleColon, semicolon, colon, comma, dot, dotDot, ellipsis

  /// A byte that begins no token, or a literal that is broken; always reported.
  case invalid
  /// The end of the text; every tree has exactly one, last.
  case endOfFile

  /// Whether the token is a reserved word.
  @inlinable
  package var isKeyword: Bool { rawValue < 22 }
}
