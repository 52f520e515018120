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
  case assertPlacesNumbers
  case assertWantsText
  case tostringAnswersAnything
  case tostringAnswersAll
  case printAsksGlobally
  case printCutsAtZero
  case tellsMissingFirst
  case handlerMayBeAnything
  case handlerTakesArguments
  case handlerErrorsEnd
  case pairsWantsTable
  case pairsHasOwnNext
  case pairsTakesFourth
  case ipairsWantsTable
  case ipairsAsksMetamethod
  case tonumberWrapsNegative
  case tonumberTakesPrefix
  case tonumberTenIsPlain
  case loadTakesMore
  case loadSharesName
  case loadNamesMode
  case loadIgnoresNil
  case loadSkipsHashLine
  case loadRefusesBuffers
  case finalizerErrorsAreNamed
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
  case formatRoundsHalfAway
  case formatChecksRange
  case formatWantsText
  case formatCutsAtZero
  case formatDropsZero
  case formatRefusesZeros
  case formatHasHexFloats
  case formatHasPointers
  case formatEscapesBytes
  case quoteRefusesModifiers
  case quoteKeepsControls
  case packsWideStrings
  case packWantsPlace
  case surrogatesAreCodes
  case codePointsAreUnicode
  case rangeSaysString
  case offsetTellsEnd

  // MARK: Tables and mathematics
  case tablesAreRaw
  case unpackWantsTable
  case sortChecksOrder
  case maximumWantsNumbers
  case arcTangentTakesTwo
  case logarithmHasBase
  case randomTakesAnything
  case randomBlamesUpper

  // MARK: Coroutines
  case createWantsLua
  case coroutineIsExpected
  case yieldMeetsBoundary
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
  case pathSearchesFolders
  case searchersBreakLines

  // MARK: Debug
  case levelMayBeFunction
  case infoTellsParameters
  case mainHasLastLine
  case upvalueidAnswersNil
  case setlocalWantsValue
  case hookTellsAlways
  case hookKeepsFunction
  case tracebackWantsMessage
  case tracebackTrustsCalls
  case tracebackSaysFunction
  case tracebackIsBare
  case tracebackShowsAddresses

  /// The dialects whose functions do so.
  @inlinable @inline(__always)
  package var dialects: DialectSet {
    switch self {
    case .tellsOptionalTypes, .quoteRefusesModifiers, .isyieldableTakesThread,
      .upvalueidAnswersNil:
      .since54
    case .namesTypes, .captureErrorsSayNumber, .formatRefusesZeros, .arcTangentTakesTwo,
      .pipesCheckMode, .pathSearchesFolders:
      .since53
    case .errorPlacesNumbers, .tostringAnswersAnything, .pairsWantsTable, .ipairsWantsTable,
      .tablesAreRaw, .unpackWantsTable, .sortChecksOrder, .maximumWantsNumbers,
      .coroutineIsExpected, .timeKeepsTable, .levelMayBeFunction, .setlocalWantsValue,
      .hookKeepsFunction, .tracebackSaysFunction:
      .until52
    case .errorNamesNil, .pairsTakesFourth, .loadRefusesBuffers, .collectorHasParameters,
      .packsWideStrings, .offsetTellsEnd, .closesItself, .tracebackTrustsCalls:
      .lua55
    case .assertNeedsValue:
      [.until51, .since53]
    case .assertPlacesNumbers, .tostringAnswersAll, .tellsMissingFirst, .handlerErrorsEnd,
      .loadIgnoresNil, .loadSkipsHashLine, .formatReadsStrictly, .formatRoundsHalfAway,
      .randomTakesAnything, .mainHasLastLine, .tracebackShowsAddresses:
      .luajit
    case .assertWantsText, .handlerMayBeAnything, .formatCutsAtZero, .randomBlamesUpper,
      .readWantsStar:
      [.lua51, .lua52]
    case .printAsksGlobally, .timeReadsDayFirst, .searchersBreakLines, .hookTellsAlways:
      .until53
    case .printCutsAtZero, .pairsHasOwnNext, .tonumberWrapsNegative, .formatWantsText,
      .formatDropsZero, .quoteKeepsControls, .createWantsLua, .dateReadsLetters:
      .lua51
    case .handlerTakesArguments, .loadTakesMore, .repeatsWithSeparator, .patternsHavePrintable,
      .patternsAreBounded, .formatHasHexFloats, .logarithmHasBase, .readKeepsLineEnds,
      .exitTakesBooleans, .infoTellsParameters:
      [.since52, .luajit]
    case .ipairsAsksMetamethod, .finalizerErrorsAreNamed, .busySaysDead:
      [.lua52, .lua53]
    case .tonumberTakesPrefix, .tonumberTenIsPlain, .charSaysInvalid, .zeroEndsPattern,
      .balanceSaysUnbalanced, .replacementTakesAnyEscape, .yieldMeetsBoundary,
      .openBlamesArgument, .modesAreUnchecked, .datePassesUnknown, .tracebackWantsMessage,
      .tracebackIsBare:
      .until51
    case .loadSharesName, .substitutionLimitIsUnsigned, .formatChecksRange:
      .lua52
    case .loadNamesMode:
      [.since52]
    case .dumpStrips:
      [.since53, .luajit]
    case .formatHasPointers:
      [.since54, .luajit]
    case .formatEscapesBytes, .packWantsPlace, .surrogatesAreCodes, .codePointsAreUnicode,
      .rangeSaysString:
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
  @inlinable @inline(__always)
  package func follows(_ rule: LibraryRule) -> Bool { rule.dialects.contains(self) }
}
