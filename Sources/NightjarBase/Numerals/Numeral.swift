// Text to number, with exactly the spellings the Lua reference interpreter takes.
//
// Two grammars meet here. An *integer* is decimal or hexadecimal digits; a hexadecimal one wraps
// around modulo 2^64, a decimal one that does not fit becomes a float instead. A *float* has a
// point, an exponent, or too many digits. "inf" and "nan" are not numerals.
//
// SOURCE: Lua 5.4 manual §3.1 (numerals) and §3.4.3 (conversion of strings to numbers).

/// A number as source text or a script's string spells it.
package enum Numeral: Equatable, Sendable {
  case integer(Int64)
  case float(Double)

  /// Reads a whole string as a number, the way arithmetic on strings and `tonumber` do.
  ///
  /// Whitespace around the numeral and one sign before it are allowed; anything else left over,
  /// a zero byte included, makes it no number.
  ///
  /// - Complexity: O(*n*) in the text; allocates only for numerals longer than a few hundred bytes.
  package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Numeral? {
    var scanner = NumeralScanner(text)
    scanner.skipWhitespace()
    let isNegative = scanner.skipSign()
    guard let numeral = scanner.scanUnsigned(isNegative: isNegative) else { return nil }
    scanner.skipWhitespace()
    return scanner.isAtEnd ? numeral : nil
  }

  /// Reads a whole string as a number, the way arithmetic on strings and `tonumber` do.
  package static func parse(_ text: Span<UInt8>) -> Numeral? {
    text.withUnsafeBufferPointer { parse($0) }
  }

  /// Reads a numeral of source text: no sign and no whitespace, and nothing may be left over.
  package static func parseToken(_ text: UnsafeBufferPointer<UInt8>) -> Numeral? {
    var scanner = NumeralScanner(text)
    guard let numeral = scanner.scanUnsigned(isNegative: false), scanner.isAtEnd else { return nil }
    return numeral
  }

  /// Reads a numeral of source text as a float, where there are no integers.
  package static func parseFloatToken(_ text: Span<UInt8>) -> Numeral? {
    text.withUnsafeBufferPointer { buffer in
      parseToken(buffer).map { .float(double(of: $0, spelledBy: buffer)) }
    }
  }

  /// Reads a whole string as a float, where there are no integers.
  package static func parseFloat(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    parse(text).map { double(of: $0, spelledBy: text) }
  }

  /// The float a numeral spells; hexadecimal integers do not wrap around then.
  private static func double(
    of numeral: Numeral,
    spelledBy text: UnsafeBufferPointer<UInt8>
  ) -> Double {
    switch numeral {
    case .float(let value): return value
    case .integer(let value):
      guard text.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }) else {
        // Decimal digits that fit 64 bits are rounded once; zero keeps its sign.
        return value == 0 && text.contains(UInt8(ascii: "-")) ? -0.0 : Double(value)
      }
      let spelled = text.filter { $0 > 32 } + Array("p0".utf8)
      if case .float(let exact) = parse(spelled.span) { return exact }
      return Double(value)
    }
  }

  /// Reads a numeral of source text: no sign and no whitespace, and nothing may be left over.
  package static func parseToken(_ text: Span<UInt8>) -> Numeral? {
    text.withUnsafeBufferPointer { parseToken($0) }
  }
}
