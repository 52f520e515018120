// The codes of what can be wrong with the text of a Fuse program before its names are known. The
// numbers are those of the language's specification; F0013 and F0118 fill gaps of its list.

extension DiagnosticCode {
  /// The codes of Fuse.
  package enum Fuse {
    /// Bytes that are not UTF-8.
    package static let invalidUTF8 = DiagnosticCode("F0001")
    /// A character that begins no token.
    package static let unexpectedCharacter = DiagnosticCode("F0002")
    /// A string or an interpolation without its end.
    package static let unterminatedString = DiagnosticCode("F0003")
    /// A backslash before something that is no escape.
    package static let unknownEscape = DiagnosticCode("F0004")
    /// An escape for a byte above 255 or a code point that is none.
    package static let escapeOutOfRange = DiagnosticCode("F0005")
    /// Something that starts like a number and is none.
    package static let malformedNumber = DiagnosticCode("F0006")
    /// A whole number that a binary64 cannot hold.
    package static let inexactNumber = DiagnosticCode("F0007")
    /// `--[[`.
    package static let blockComment = DiagnosticCode("F0008")
    /// A word of the language where a name should stand.
    package static let reservedWord = DiagnosticCode("F0009")
    /// Characters beyond ASCII in a literal of type `string`.
    package static let nonASCIIString = DiagnosticCode("F0010")
    /// A name that begins with two underscores.
    package static let reservedName = DiagnosticCode("F0011")
    /// A `ustring` literal with bytes that are no UTF-8.
    package static let invalidUnicodeLiteral = DiagnosticCode("F0012")
    /// More text than offsets can tell.
    package static let textTooLarge = DiagnosticCode("F0013")

    /// A token that fits nowhere.
    package static let unexpectedToken = DiagnosticCode("F0101")
    /// A block or bracket without its end.
    package static let unclosed = DiagnosticCode("F0102")
    /// `import`, `export`, `declare` or `extern` inside a block.
    package static let moduleLevelOnly = DiagnosticCode("F0103")
    /// `local x = 1`.
    package static let localStatement = DiagnosticCode("F0104")
    /// `a ~= b`.
    package static let tildeEqual = DiagnosticCode("F0105")
    /// `a ** b`.
    package static let doubleStar = DiagnosticCode("F0106")
    /// `object:method()`.
    package static let colonCall = DiagnosticCode("F0107")
    /// `f "x"`, `f {…}`.
    package static let bareArgument = DiagnosticCode("F0108")
    /// `{ k = 1 }`.
    package static let equalInTable = DiagnosticCode("F0109")
    /// `a ! b`.
    package static let bangOperator = DiagnosticCode("F0110")
    /// `a, b = b, a`.
    package static let severalTargets = DiagnosticCode("F0111")
    /// `1 < 2 < 3`.
    package static let chainedComparison = DiagnosticCode("F0112")
    /// `=` inside an expression.
    package static let assignmentInExpression = DiagnosticCode("F0113")
    /// `goto done`.
    package static let gotoStatement = DiagnosticCode("F0114")
    /// A line that looks like the continuation of the one before and is none.
    package static let lineStart = DiagnosticCode("F0115")
    /// `f() g()`.
    package static let statementSeparator = DiagnosticCode("F0116")
    /// `fn a.b()`.
    package static let qualifiedFunction = DiagnosticCode("F0117")
    /// Blocks or expressions too deep in one another.
    package static let nestingTooDeep = DiagnosticCode("F0118")
    /// An assignment to something that is no place.
    package static let notAPlace = DiagnosticCode("F0119")
    /// Words that exclude one another.
    package static let conflictingWords = DiagnosticCode("F0120")

    /// `$name` or `quote` outside a macro.
    package static let outsideMacro = DiagnosticCode("F0811")
    /// A condition of the preprocessor that names nothing.
    package static let unknownCondition = DiagnosticCode("F0814")
    /// `#if`, `#else` or `#end` without its partner.
    package static let unbalancedDirective = DiagnosticCode("F0815")

    /// The codes of tokens and grammar, in order.
    package static let syntax: [DiagnosticCode] = [
      invalidUTF8, unexpectedCharacter, unterminatedString, unknownEscape, escapeOutOfRange,
      malformedNumber, inexactNumber, blockComment, reservedWord, nonASCIIString, reservedName,
      invalidUnicodeLiteral, textTooLarge, unexpectedToken, unclosed, moduleLevelOnly,
      localStatement, tildeEqual, doubleStar, colonCall, bareArgument, equalInTable, bangOperator,
      severalTargets, chainedComparison, assignmentInExpression, gotoStatement, lineStart,
      statementSeparator, qualifiedFunction, nestingTooDeep, notAPlace, conflictingWords,
      outsideMacro, unknownCondition, unbalancedDirective,
    ]
  }
}
