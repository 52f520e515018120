// The kinds of Fuse's tokens. SOURCE: Fuse reference, section 2.
//
// Keywords stand first and in the order of the reference, so that questions about groups of them
// are ranges. Contextual words (`continue`, `gen`, `from` …) are names: the parser knows them by
// their symbols (`FuseWord`).

/// What a token is.
///
/// INVARIANT: the keywords stand first, `and` to `yield`.
@frozen
@usableFromInline
package enum FuseTokenKind: UInt8, Sendable, CaseIterable {
  case andKeyword, asKeyword, asyncKeyword, awaitKeyword, breakKeyword, constKeyword, doKeyword
  case elseKeyword, elseifKeyword, endKeyword, enumKeyword, exportKeyword, falseKeyword, fnKeyword
  case forKeyword, functionKeyword, globalKeyword, ifKeyword, implKeyword, importKeyword
  case inKeyword, letKeyword, matchKeyword, mutKeyword, neverKeyword, nilKeyword, notKeyword
  case orKeyword, ownKeyword, pubKeyword, repeatKeyword, returnKeyword, selfKeyword
  case selfTypeKeyword, staticKeyword, structKeyword, thenKeyword, traitKeyword, trueKeyword
  case tryKeyword, typeKeyword, unionKeyword, unknownKeyword, unsafeKeyword, untilKeyword
  case whenKeyword, whileKeyword, yieldKeyword

  /// A word that the language keeps for itself without a meaning yet, such as `local`.
  case reservedWord
  /// An identifier; `FuseToken.payload` is its symbol.
  case name
  /// `_` alone.
  case underscore
  /// A number; see `FuseTree.number(_:)`.
  case number
  /// The digits directly after a `.`: an item of a tuple; the payload is their value.
  case tupleIndex
  /// A whole string; see `FuseTree.stringValue(_:)`.
  case string
  /// A string from its quote up to and with the first `${`.
  case stringHead
  /// A string from a `}` up to and with the next `${`.
  case stringMiddle
  /// A string from the last `}` up to and with its quote.
  case stringTail

  case plus, minus, star, slash, doubleSlash, percent, caret, hash, ampersand, pipe, tilde, bang
  case shiftLeft, shiftRight, dotDot, ellipsis
  case equalEqual, notEqual, less, lessEqual, greater, greaterEqual
  case equal, plusEqual, minusEqual, starEqual, slashEqual, doubleSlashEqual, percentEqual
  case caretEqual, ampersandEqual, pipeEqual, shiftLeftEqual, shiftRightEqual
  case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, semicolon, colon, doubleColon, dot, arrow, fatArrow, question
  /// `#[`, which begins an attribute.
  case hashBracket
  /// `!(` directly after a name: the arguments of a macro.
  case bangParen
  /// `$(`, `$name`, `$...name`: places in a quotation.
  case spliceParen, spliceName, spliceList

  /// `~=` and `**`, which Fuse writes `!=` and `^`.
  case tildeEqual, starStar

  /// A character that begins no token; always reported.
  case invalid
  /// The end of the text; every tree has exactly one, last.
  case endOfFile

  /// Whether the payload of such tokens is a symbol: those of names and words are.
  @inlinable
  package var hasSymbol: Bool {
    self == .name || self == .spliceName || self == .reservedWord || isKeyword
  }

  /// Whether the token is one of the keywords.
  @inlinable
  package var isKeyword: Bool { rawValue <= FuseTokenKind.yieldKeyword.rawValue }

  /// Whether the token is `=` or an operator joined with it.
  @inlinable
  package var isAssignment: Bool {
    rawValue >= FuseTokenKind.equal.rawValue
      && rawValue <= FuseTokenKind.shiftRightEqual.rawValue
  }
}
