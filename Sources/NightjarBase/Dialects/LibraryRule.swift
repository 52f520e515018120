// What functions that several dialects share do differently in them: one case for each difference,
// and the dialects that have it. Which functions there are is said by LibraryTable.swift, what the
// language itself does by DialectRules.swift.
//
// Each rule's sentence stands in LibraryRule+Summaries.swift and on the pages in docs/compatibility;
// Tests/Differential/rules has a program for each that shows it.

/// One thing that library functions do in some dialects only.
@frozen
package enum LibraryRule: CaseIterable, Sendable {
  // MARK: Arguments
  case tellsOptionalTypes
  case namesTypes

  // MARK: Basic functions
  case errorPlacesNumbers
  case errorNamesNil
  case assertNeedsValue
  case assertWantsText
  case tostringAnswersAnything
  case printAsksGlobally
  case printCutsAtZero
  case tellsMissingFirst
  case handlerMayBeAnything
  case handlerTakesArguments
  case handlerErrorsEnd
  case pairsWantsTable
  case pairsTakesFourth
  case ipairsWantsTable
  case ipairsAsksMetamethod
  case tonumberTakesPrefix
  case tonumberWrapsNegative
  case tonumberTenIsPlain
  case loadTakesMore
  case loadSharesName
  case loadNamesMode
  case loadRefusesBuffers
  case collectorHasParameters

  // MARK: Strings
  case charSaysInvalid
  case repeatsWithSeparator
  case dumpStrips
  case zeroEndsPattern
  case patternsHavePrintable
  case patternsAreBounded
  case balanceSaysUnbalanced
  case captureErrorsSayNumber
  case replacementTakesAnyEscape
  case substitutionLimitIsUnsigned
  case formatReadsStrictly
  case formatSaysValueExpected
  case formatRoundsHalfAway
  case formatChecksRange
  case formatWantsText
  case formatCutsAtZero
  case formatRefusesZeros
  case formatHasHexFloats
  case formatHasPointers
  case formatEscapesBytes
  case quoteRefusesModifiers
  case quoteKeepsControls
  case packsWideStrings
  case packWantsPlace
  case codePointsAreUnicode
  case rangeSaysString
  case offsetTellsEnd

  // MARK: Tables and mathematics
  case sortChecksOrder
  case maximumWantsNumbers
  case arcTangentTakesTwo
  case logarithmHasBase
  case randomTakesAnything
  case randomBlamesUpper

  // MARK: Coroutines
  case createWantsLua
  case coroutineIsExpected
  case busySaysDead
  case isyieldableTakesThread
  case closesItself
  case closingTellsErrors

  // MARK: System
  case openBlamesArgument
  case modesAreUnchecked
  case pipesCheckMode
  case closeTellsStatus
  case readWantsStar
  case readKeepsLineEnds
  case timeReadsDayFirst
  case timeKeepsTable
  case dateReadsLetters
  case datePassesUnknown
  case exitTakesBooleans
  case pathSearchesOlder
  case searchersBreakLines

  // MARK: Debug
  case levelMayBeFunction
  case infoTellsParameters
  case mainHasLastLine
  case setlocalWantsValue
  case hookTellsAlways
  case hookKeepsFunction
  case tracebackWantsMessage
  case tracebackSaysFunction
  case tracebackIsBare
  case tracebackShowsAddresses
  case tracebackTrustsCalls

  /// The dialects whose functions do so.
  package var dialects: DialectSet {
    switch self {
    case .tellsOptionalTypes, .quoteRefusesModifiers, .isyieldableTakesThread:
      .since54
    case .namesTypes, .captureErrorsSayNumber, .formatRefusesZeros, .arcTangentTakesTwo,
      .pipesCheckMode:
      .since53
    case .errorPlacesNumbers, .tostringAnswersAnything, .pairsWantsTable, .ipairsWantsTable,
      .sortChecksOrder, .maximumWantsNumbers, .coroutineIsExpected, .timeKeepsTable,
      .pathSearchesOlder, .levelMayBeFunction, .setlocalWantsValue, .hookKeepsFunction,
      .tracebackSaysFunction:
      .until52
    case .errorNamesNil, .pairsTakesFourth, .loadRefusesBuffers, .collectorHasParameters,
      .tracebackTrustsCalls, .packsWideStrings, .offsetTellsEnd, .closesItself:
      .lua55
    case .assertNeedsValue:
      [.until51, .since53]
    case .assertWantsText, .handlerMayBeAnything, .formatCutsAtZero, .randomBlamesUpper,
      .readWantsStar:
      [.lua51, .lua52]
    case .printAsksGlobally, .timeReadsDayFirst, .searchersBreakLines, .hookTellsAlways:
      .until53
    case .tonumberWrapsNegative, .printCutsAtZero, .formatWantsText, .quoteKeepsControls,
      .createWantsLua,
      .dateReadsLetters:
      .lua51
    case .tellsMissingFirst, .handlerErrorsEnd, .formatReadsStrictly, .formatSaysValueExpected,
      .formatRoundsHalfAway, .randomTakesAnything, .mainHasLastLine, .tracebackShowsAddresses:
      .luajit
    case .handlerTakesArguments, .loadTakesMore, .repeatsWithSeparator, .patternsHavePrintable,
      .patternsAreBounded, .formatHasHexFloats, .logarithmHasBase, .readKeepsLineEnds,
      .exitTakesBooleans, .infoTellsParameters:
      [.since52, .luajit]
    case .ipairsAsksMetamethod, .busySaysDead:
      [.lua52, .lua53]
    case .tonumberTakesPrefix, .tonumberTenIsPlain, .charSaysInvalid, .zeroEndsPattern,
      .balanceSaysUnbalanced, .replacementTakesAnyEscape, .openBlamesArgument, .modesAreUnchecked,
      .datePassesUnknown, .tracebackWantsMessage, .tracebackIsBare:
      .until51
    case .loadSharesName, .substitutionLimitIsUnsigned, .formatChecksRange:
      .lua52
    case .loadNamesMode:
      [.since52]
    case .dumpStrips:
      [.since53, .luajit]
    case .formatHasPointers:
      [.since54, .luajit]
    case .formatEscapesBytes, .packWantsPlace, .codePointsAreUnicode, .rangeSaysString:
      .lua53
    case .closingTellsErrors:
      .lua54
    case .closeTellsStatus:
      .since52
    }
  }
}

extension LuaDialect {
  /// Whether the functions of the dialect's libraries do what a rule says.
  package func follows(_ rule: LibraryRule) -> Bool { rule.dialects.contains(self) }
}
