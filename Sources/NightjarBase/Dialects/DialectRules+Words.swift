// How the dialects word mistakes, and what their readers take for a word, where that follows from
// the rules of DialectRules.swift.

extension DialectRules {
  /// LuaJIT's own reader, whose words differ from those of the dialect it reads.
  private var isLuaJIT: Bool { gotoWord == .soft }
  private var isLua52: Bool { hasEmptyStatements && !hasIntegers }

  // MARK: Reading

  /// Bytes beyond ASCII belong to names.
  package var namesTakeHighBytes: Bool { isLuaJIT }
  /// How far a numeral goes that is none.
  package var numeralEnd: NumeralEnd {
    if hasFunctionEnvironments { return .allLetters }
    return hasAttributes ? .oneLetter : .hexDigits
  }
  /// A call that begins a statement ends it, whatever follows.
  package var callsEndStatements: Bool { !hasEmptyStatements }
  /// A `;` behind a label keeps it from standing at the end of its block.
  package var semicolonsHoldLabels: Bool { isLuaJIT }

  /// Where a numeral ends that letters touch.
  package enum NumeralEnd: Sendable {
    /// Behind all letters and digits.
    case allLetters
    /// Behind the digits of hexadecimal numbers.
    case hexDigits
    /// Behind those and one letter.
    case oneLetter
  }

  /// Jumps forward count as being on the line of the word before `goto`.
  package var jumpsStandBefore: Bool { gotoWord == .reserved && !hasAttributes }

  // MARK: Words

  /// Names that are missed stand in quotes.
  package var quotesMissedNames: Bool { hasFunctionEnvironments }
  /// Any bad escape is an invalid one, and the message shows what came before it.
  package var escapesAreOneMistake: Bool { isLuaJIT }
  /// Messages show a bad escape and nothing of the text before it.
  package var escapesStandAlone: Bool { isLua52 }
  /// Long strings and comments without an end tell the line on which they begin.
  package var longTextTellsLine: Bool { hasIntegers }
  /// Bytes that are no text are shown without quotes.
  package var invalidBytesAreBare: Bool { isLua52 }
  /// Labels are undefined or duplicate, and their mistakes are on the line of the `goto`.
  package var labelsAreUndefined: Bool { isLuaJIT }
  /// An escape of too great a decimal number is a sequence, and shows what came before it.
  package var escapesAreSequences: Bool { gotoWord == .absent }
  /// How names of chunks are shortened at run time.
  package var chunkNames: ChunkName.Style {
    if isLuaJIT { return .ofLuaJIT }
    return gotoWord == .absent ? .shorter : .standard
  }
  /// How the compiler shortens them.
  package var chunkNamesOfCompiler: ChunkName.Style {
    chunkNames == .shorter ? .roomy : chunkNames
  }

  /// Operands that are constants in registers have names.
  package var namesConstantOperands: Bool { !hasAttributes && !hasFunctionEnvironments }
  /// The iterator of a loop is called by the name of its variable.
  package var namesGenerator: Bool { hasFunctionEnvironments }
  /// Functions called as metamethods have the name of the event.
  package var namesMetamethods: Bool { gotoWord != .absent }
  /// A function in C that is called in the place of its caller forgets it.
  package var tailCalledNativesForget: Bool { isLuaJIT }
  /// A chain of `__index` without end is a "loop in gettable".
  package var namesLoopsByTask: Bool { !hasIntegers }
  /// Code without debug information is at line 0, and its chunk without a name.
  package var strippedCodeIsBare: Bool { isLuaJIT }
}
