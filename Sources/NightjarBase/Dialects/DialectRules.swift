// Everything that differs between the dialects, in one place. Lexer, parser and compiler read the
// rules of the chunk at hand; the engine reads those of the function that runs, on slow paths only:
// where 5.4 has a fast path of its own, the compiler chooses other instructions for the others
// (Tools/Sources/InstructionSet/Dialects.swift).
//
// `docs/compatibility` is checked against this table.

/// What a dialect allows and what its operations mean.
package struct DialectRules: Sendable {
  /// `_VERSION`.
  package var version: StaticString

  // MARK: Text

  /// How `goto` is written.
  package var gotoWord: SoftWord
  /// Whether `global` declares variables (as a word that is reserved only there).
  package var hasGlobalDeclarations = false
  /// Whether integers are numbers of their own; else every number is a float.
  package var hasIntegers: Bool
  /// `//`, `&`, `|`, `~`, `<<`, `>>`.
  package var hasIntegerOperators: Bool
  /// `<const>` and `<close>`.
  package var hasAttributes = false
  /// `local <const> a, b`: an attribute for the whole list.
  package var hasPrefixAttributes = false
  /// `function (...name)`.
  package var hasNamedVarargs = false
  /// A `;` may stand without a statement.
  package var hasEmptyStatements: Bool
  /// `break` ends its block, as `return` does.
  package var breakEndsBlock = false
  /// A call's `(` must stand on the line of the function.
  package var refusesAmbiguousCalls = false
  /// `[[` may not stand in `[[…]]`.
  package var refusesNestedLongBrackets = false
  /// `\x41` and `\z`.
  package var hasHexEscapes: Bool
  /// The greatest code point of `\u{…}`; nil without such escapes.
  package var codePointEscapeMax: UInt32?
  /// A backslash before any other character stands for the character.
  package var ignoresUnknownEscapes = false
  /// Assignments to a loop's variable are refused.
  package var hasConstantLoopVariables = false
  /// Vararg functions without `...` in them get a table `arg`.
  package var hasArgTable = false

  /// The most upvalues of a function.
  package var upvalueCountMax: Int { hasFunctionEnvironments ? 60 : 255 }
  /// How deep blocks and expressions may nest.
  ///
  /// The references' limit is 200, of which their own calls take two.
  package var syntaxDepthMax: Int { hasAttributes ? .max : 198 }
  /// Whether some statements begin with words that are names elsewhere.
  package var hasSoftStatements: Bool { gotoWord == .soft || hasGlobalDeclarations }

  /// The test of a condition counts as being on its line, and not on that of `then`.
  package var testsBeforeThen: Bool { hasFunctionEnvironments || hasGlobalDeclarations }

  // MARK: Functions

  /// A function expression may yield the function it made last, if that captures the same variables.
  package var sharesClosures = false

  // MARK: Names

  /// The hidden variables of loops have names of their own; else all are "(for state)".
  package var namesLoopState: Bool { !hasAttributes }
  /// The hidden variable of a loop that counts has a name of its own.
  package var namesLoopControl: Bool { hasGlobalDeclarations }
  /// The farthest a jump leads, in instructions.
  package var jumpDistanceMax: Int { hasAttributes ? .max : 131_071 }
  /// Labels of one name may stand in nested blocks.
  package var labelsMayRepeat: Bool { !hasAttributes }

  /// Each function has an environment of its own (`setfenv`); else `_ENV` is a variable.
  package var hasFunctionEnvironments = false

  // MARK: Calls

  /// Calls that ended in a tail call count as levels for `error`, `getfenv` and `debug`.
  package var countsLostCalls = false
  /// The most `__call` metamethods that one call goes through.
  package var callChainLengthMax: Int { hasGlobalDeclarations ? 15 : 200 }
  /// `debug.getinfo` counts them.
  package var countsCallChains: Bool { hasGlobalDeclarations }
  /// The most message handlers in one another, each called for an error in the one before; protected
  /// calls count too.
  package var handlerDepthMax = 222
  /// A function that was tail-called has the name of the call that began the chain.
  package var namesLostCalls: Bool { hasFunctionEnvironments && !countsLostCalls }
  /// Hooks are told a tail call from a call; else a tail return from a return.
  package var hooksTellTailCalls: Bool { !hasFunctionEnvironments }

  // MARK: Numbers

  /// How floats are written.
  package var floatFormat: FloatFormat
  /// `a % b` is `a - floor(a / b) * b`; else the remainder of division, corrected.
  package var modulo: Modulo
  /// What the numeric `for` does beside looping.
  package var numericFor: NumericFor
  /// Arithmetic on strings is the core's; else that of the string metatable.
  package var stringArithmetic: StringArithmetic

  /// Mistakes with names and scopes are reported where the last token used stands; else where the next
  /// one does.
  package var placesScopeErrorsBack: Bool { hasGlobalDeclarations }
  /// A method whose name is no near or short constant is a field.
  package var hasFarMethods: Bool { !hasGlobalDeclarations }
  /// As many values as there are registers are too many to return.
  package var limitsReturns: Bool { hasGlobalDeclarations }
  /// `string.pack` adds up the sizes before it looks at what is to be packed.
  package var packAddsUpFirst: Bool { hasGlobalDeclarations }

  // MARK: Metamethods

  /// `__eq` is called only if both operands have the same one.
  package var equalityNeedsSameHandler: Bool
  /// `__lt` and `__le` are called only if both operands have the same one.
  package var orderNeedsSameHandler: Bool
  /// `a <= b` falls back on `not (b < a)`.
  package var lessEqualFallsBack: Bool
  /// Tables have `__len`.
  package var tablesHaveLength: Bool
  /// Tables have `__gc`.
  package var tablesHaveFinalizers: Bool

  // MARK: Words

  /// "index global 'x' (a nil value)"; else "index a nil value (global 'x')".
  package var namesComeFirst: Bool
  /// The end of a text is quoted in messages: near '<eof>'.
  package var quotesEndOfFile = false

  /// A word that may or may not be reserved.
  package enum SoftWord: Sendable {
    case absent
    /// A statement where a name follows, an ordinary name elsewhere.
    case soft
    case reserved
  }

  /// How floats are written.
  @frozen
  package enum FloatFormat: UInt8, Sendable {
    /// `%.14g`, as all numbers are floats.
    case fourteen
    /// The same, but halves are rounded away from zero, and not-a-numbers have no sign.
    case fourteenUp
    /// `%.14g`, and ".0" where that looks like an integer.
    case fourteenMarked
    /// As many digits as it takes to read the float back, 15 or 17, and ".0" likewise.
    case exactMarked
  }

  /// The operator `%` on floats.
  package enum Modulo: Sendable {
    case floor, remainder
  }

  /// The numeric `for`.
  ///
  /// ORDER: the raw values are operands of `forPrepare`.
  @frozen
  package enum NumericFor: UInt8, Sendable {
    /// A step of zero is an error; a loop of integers never overflows.
    case counted = 0
    /// A step of zero is allowed; a loop of integers wraps around.
    case wrapping = 1
    /// All loops are loops of floats.
    case floats = 2
  }

  /// Arithmetic on strings that read as numbers.
  package enum StringArithmetic: Sendable {
    /// Converted to floats by the operation.
    case floats
    /// Converted to integers or floats by the metamethods of strings.
    case metamethods
  }
}

extension DialectRules {
  /// The rules of each dialect, by `LuaDialect.rawValue`.
  package static let table: [DialectRules] = [lua51, lua52, lua53, lua54, lua55, luajit]

  private static let lua51 = DialectRules(
    version: "Lua 5.1",
    gotoWord: .absent,
    hasIntegers: false,
    hasIntegerOperators: false,
    hasEmptyStatements: false,
    breakEndsBlock: true,
    refusesAmbiguousCalls: true,
    refusesNestedLongBrackets: true,
    hasHexEscapes: false,
    codePointEscapeMax: nil,
    ignoresUnknownEscapes: true,
    hasArgTable: true,
    hasFunctionEnvironments: true,
    countsLostCalls: true,
    floatFormat: .fourteen,
    modulo: .floor,
    numericFor: .floats,
    stringArithmetic: .floats,
    equalityNeedsSameHandler: true,
    orderNeedsSameHandler: true,
    lessEqualFallsBack: true,
    tablesHaveLength: false,
    tablesHaveFinalizers: false,
    namesComeFirst: true,
    quotesEndOfFile: true
  )

  private static let lua52 = DialectRules(
    version: "Lua 5.2",
    gotoWord: .reserved,
    hasIntegers: false,
    hasIntegerOperators: false,
    hasEmptyStatements: true,
    hasHexEscapes: true,
    codePointEscapeMax: nil,
    sharesClosures: true,
    floatFormat: .fourteen,
    modulo: .floor,
    numericFor: .floats,
    stringArithmetic: .floats,
    equalityNeedsSameHandler: true,
    orderNeedsSameHandler: false,
    lessEqualFallsBack: true,
    tablesHaveLength: true,
    tablesHaveFinalizers: true,
    namesComeFirst: true
  )

  private static let lua53 = DialectRules(
    version: "Lua 5.3",
    gotoWord: .reserved,
    hasIntegers: true,
    hasIntegerOperators: true,
    hasEmptyStatements: true,
    hasHexEscapes: true,
    codePointEscapeMax: 0x10_FFFF,
    sharesClosures: true,
    floatFormat: .fourteenMarked,
    modulo: .remainder,
    numericFor: .wrapping,
    stringArithmetic: .floats,
    equalityNeedsSameHandler: false,
    orderNeedsSameHandler: false,
    lessEqualFallsBack: true,
    tablesHaveLength: true,
    tablesHaveFinalizers: true,
    namesComeFirst: false
  )

  private static let lua54 = DialectRules(
    version: "Lua 5.4",
    gotoWord: .reserved,
    hasIntegers: true,
    hasIntegerOperators: true,
    hasAttributes: true,
    hasEmptyStatements: true,
    hasHexEscapes: true,
    codePointEscapeMax: 0x7FFF_FFFF,
    handlerDepthMax: 217,
    floatFormat: .fourteenMarked,
    modulo: .remainder,
    numericFor: .counted,
    stringArithmetic: .metamethods,
    equalityNeedsSameHandler: false,
    orderNeedsSameHandler: false,
    lessEqualFallsBack: false,
    tablesHaveLength: true,
    tablesHaveFinalizers: true,
    namesComeFirst: false
  )

  private static let lua55 = DialectRules(
    version: "Lua 5.5",
    gotoWord: .reserved,
    hasGlobalDeclarations: true,
    hasIntegers: true,
    hasIntegerOperators: true,
    hasAttributes: true,
    hasPrefixAttributes: true,
    hasNamedVarargs: true,
    hasEmptyStatements: true,
    hasHexEscapes: true,
    codePointEscapeMax: 0x7FFF_FFFF,
    hasConstantLoopVariables: true,
    handlerDepthMax: 217,
    floatFormat: .exactMarked,
    modulo: .remainder,
    numericFor: .counted,
    stringArithmetic: .metamethods,
    equalityNeedsSameHandler: false,
    orderNeedsSameHandler: false,
    lessEqualFallsBack: false,
    tablesHaveLength: true,
    tablesHaveFinalizers: true,
    namesComeFirst: false
  )

  private static let luajit = DialectRules(
    version: "Lua 5.1",
    gotoWord: .soft,
    hasIntegers: false,
    hasIntegerOperators: false,
    hasEmptyStatements: false,
    breakEndsBlock: true,
    refusesAmbiguousCalls: true,
    hasHexEscapes: true,
    codePointEscapeMax: 0x10_FFFF,
    hasFunctionEnvironments: true,
    floatFormat: .fourteenUp,
    modulo: .floor,
    numericFor: .floats,
    stringArithmetic: .floats,
    equalityNeedsSameHandler: true,
    orderNeedsSameHandler: true,
    lessEqualFallsBack: true,
    tablesHaveLength: false,
    tablesHaveFinalizers: false,
    namesComeFirst: true,
    quotesEndOfFile: true
  )
}
