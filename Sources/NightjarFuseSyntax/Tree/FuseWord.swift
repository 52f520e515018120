// Words that have the same symbols in every text, so that asking for one is comparing integers:
// first the keywords in the order of their kinds, then the reserved words, then words that are
// names to the lexer and mean something to the parser or the compiler.

/// The symbol of a word that is no keyword and that the parser or the compiler knows.
@frozen
@usableFromInline
package enum FuseWord: UInt32, Sendable, CaseIterable {
  case goto = 52
  case local = 54
  case `continue` = 60
  case declare, derive, extern, from, gen, macro, module, quote, scope
  case number, string, ustring, boolean
  case array, table, optional, result, range, tuple
  case some, none, ok, err
  case print, panic, assert, typeof
  case new, tostring, debug, len, get, iter, next

  /// The words of all symbols below `count`, in order; at most eight bytes each.
  static let spellings: [[UInt8]] = {
    let reserved = FuseTokenKind.reservedWords.dropLast()
    return (FuseTokenKind.keywords + reserved + known).map { Array($0.utf8) }
  }()

  private static let known = [
    "continue", "declare", "derive", "extern", "from", "gen", "macro", "module", "quote", "scope",
    "number", "string", "ustring", "boolean",
    "Array", "Table", "Optional", "Result", "Range", "Tuple",
    "Some", "None", "Ok", "Err",
    "print", "panic", "assert", "typeof",
    "new", "tostring", "debug", "len", "get", "iter", "next",
  ]

  /// How many symbols are given before a text is read.
  @inlinable
  package static var count: UInt32 { FuseWord.next.rawValue + 1 }

  /// How it is written.
  package var spelling: String {
    String(decoding: Self.spellings[Int(rawValue)], as: UTF8.self)
  }
}
