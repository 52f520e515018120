// Numerals in a base other than ten, where there are no integers: `tonumber` of 5.1, LuaJIT and 5.2.
// SOURCE: the references: the first two use the `strtoul` of C, the third adds up floats.

internal import NightjarBase

/// Reading of such numerals.
enum OlderNumerals {
  /// The number that digits of a base make, with an optional sign and whitespace around.
  static func number(in text: [UInt8], base: Int64, _ dialect: LuaDialect)
    -> Double?
  {
    var bytes = text[...]
    // A string of C ends at the first zero.
    let isBounded = dialect.follows(.tonumberTakesPrefix)
    if isBounded { bytes = bytes.prefix { $0 != 0 } }
    bytes = bytes.drop(while: isSpace)
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      bytes = bytes.dropFirst()
    }
    if isBounded && base == 16 { bytes = withoutPrefix(bytes) }
    var sum = 0.0
    var exact: UInt64? = 0
    let first = bytes.startIndex
    while let byte = bytes.first, let digit = digit(byte), digit < base {
      sum = sum * Double(base) + Double(digit)
      exact = exact.flatMap { extended($0, by: digit, base: base) }
      bytes = bytes.dropFirst()
    }
    guard bytes.startIndex > first, bytes.allSatisfy({ isSpace($0) }) else { return nil }
    if !isBounded { return isNegative ? -sum : sum }
    let bits = exact ?? .max
    if isNegative && dialect.follows(.tonumberWrapsNegative) {
      return Double(exact == nil ? bits : 0 &- bits)
    }
    return isNegative ? -Double(bits) : Double(bits)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  private static func digit(_ byte: UInt8) -> Int64? {
    switch byte {
    case 48...57: Int64(byte) - 48
    case 65...90: Int64(byte) - 55
    case 97...122: Int64(byte) - 87
    default: nil
    }
  }

  /// The bytes without "0x", if a digit follows it.
  private static func withoutPrefix(_ bytes: ArraySlice<UInt8>)
    -> ArraySlice<UInt8>
  {
    let rest = bytes.dropFirst(2)
    guard bytes.first == UInt8(ascii: "0"), bytes.dropFirst().first.map({ $0 | 0x20 }) == 0x78,
      let next = rest.first, let value = digit(next), value < 16
    else { return bytes }
    return rest
  }

  /// A number with one more digit; nil when it does not fit.
  private static func extended(_ number: UInt64, by digit: Int64, base: Int64) -> UInt64? {
    let (product, overflows) = number.multipliedReportingOverflow(by: UInt64(base))
    let (sum, overflowsToo) = product.addingReportingOverflow(UInt64(digit))
    return overflows || overflowsToo ? nil : sum
  }
}
