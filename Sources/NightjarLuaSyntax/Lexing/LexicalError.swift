// What the lexer found wrong, in numbers; sentences are made from it only when somebody asks
// (LexicalError+Diagnostic.swift).

internal import NightjarDiagnostics

/// A broken literal or comment.
struct LexicalError {
  /// What is wrong with it.
  enum Kind {
    case unfinishedString
    case unfinishedLongString
    case unfinishedLongComment
    case invalidLongDelimiter
    /// `[[` inside `[[…]]`, which 5.1 refuses.
    case nestedLongBracket
    case invalidEscape
    case hexDigitExpected
    case openingBraceExpected
    case closingBraceExpected
    case codePointTooLarge
    case decimalTooLarge
    case malformedNumber
  }

  var kind: Kind
  /// The index of the token at fault, or of the one after a comment at fault: a parser's error at
  /// an earlier token comes before this one.
  var token: Int
  /// The place to show.
  var span: Span
  /// Where the token or comment starts.
  var tokenStart: Int
  /// Where the part begins that the reference quotes as it stands, and where it ends.
  var rawPart: Range<Int>
  /// The line the reference names.
  var line: UInt32
  /// The line on which the token or comment starts.
  var startLine: UInt32
}
