// The codes of grammar; their wording is in this folder.

extension DiagnosticCode {
  /// Something else where a value should stand.
  package static let expressionExpected = DiagnosticCode("NJ-L0201")
  /// Something that begins no statement.
  package static let statementExpected = DiagnosticCode("NJ-L0202")
  /// A block without its end.
  package static let unclosedBlock = DiagnosticCode("NJ-L0203")
  /// A bracket without its partner.
  package static let unclosedBracket = DiagnosticCode("NJ-L0204")
  /// No `then` after a condition.
  package static let thenExpected = DiagnosticCode("NJ-L0205")
  /// No `do` after the head of a loop.
  package static let doExpected = DiagnosticCode("NJ-L0206")
  /// Something else where a name should stand.
  package static let nameExpected = DiagnosticCode("NJ-L0207")
  /// `=` inside an expression.
  package static let assignmentInExpression = DiagnosticCode("NJ-L0208")
  /// An operator of another language.
  package static let foreignOperator = DiagnosticCode("NJ-L0209")
  /// An assignment to something that is no variable.
  package static let cannotAssign = DiagnosticCode("NJ-L0210")
  /// An `end`, `else` or `until` that belongs to nothing.
  package static let strayCloser = DiagnosticCode("NJ-L0211")
  /// A statement after `return`.
  package static let returnNotLast = DiagnosticCode("NJ-L0212")
  /// `...` in a function that does not take it.
  package static let varargOutsideFunction = DiagnosticCode("NJ-L0213")
  /// An attribute other than `const` and `close`.
  package static let unknownAttribute = DiagnosticCode("NJ-L0214")
  /// Blocks or expressions too deep in one another.
  package static let nestingTooDeep = DiagnosticCode("NJ-L0215")
  /// A `for` without `=` or `in`.
  package static let forHeadExpected = DiagnosticCode("NJ-L0216")
  /// `a:b` without arguments.
  package static let argumentsExpected = DiagnosticCode("NJ-L0217")
  /// An expression where a statement should stand.
  package static let expressionAsStatement = DiagnosticCode("NJ-L0218")
  /// A list of parameters with something else in it.
  package static let parameterExpected = DiagnosticCode("NJ-L0219")
  /// One given token is missing.
  package static let tokenExpected = DiagnosticCode("NJ-L0220")

  static let grammar: [DiagnosticCode] = [
    expressionExpected, statementExpected, unclosedBlock, unclosedBracket, thenExpected,
    doExpected, nameExpected, assignmentInExpression, foreignOperator, cannotAssign, strayCloser,
    returnNotLast, varargOutsideFunction, unknownAttribute, nestingTooDeep, forHeadExpected,
    argumentsExpected, expressionAsStatement, parameterExpected, tokenExpected,
  ]
}
