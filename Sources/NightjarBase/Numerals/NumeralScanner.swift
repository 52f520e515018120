// One pass over the bytes of a numeral: checks the grammar and gathers the digits on the way, so
// that the usual numerals need no second look. Only floats that simple arithmetic cannot round
// correctly are handed to the C library.
//
// SOURCE: W. D. Clinger, "How to Read Floating Point Numbers Accurately" (1990): a significand
// below 2^53 times or divided by a power of ten up to 10^22 is one correctly rounded operation.

private import CNightjar

/// A cursor over numeral text.
///
/// INVARIANT: `0 ≤ offset ≤ text.count`; the caller keeps `text` alive while the scanner lives.
struct NumeralScanner {
  private let text: UnsafeBufferPointer<UInt8>
  private var offset = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  var isAtEnd: Bool { offset == text.count }

  /// The byte at the cursor; zero, which no numeral contains, stands for the end.
  private var current: UInt8 { offset < text.count ? text[offset] : 0 }

  mutating func skipWhitespace() {
    while current == 0x20 || (0x09...0x0D).contains(current) { offset += 1 }
  }

  /// Skips one sign and says whether it was a minus.
  mutating func skipSign() -> Bool {
    switch current {
    case UInt8(ascii: "-"):
      offset += 1
      return true
    case UInt8(ascii: "+"):
      offset += 1
      return false
    default:
      return false
    }
  }

  /// Reads the numeral at the cursor and leaves the cursor behind it.
  mutating func scanUnsigned(isNegative: Bool) -> Numeral? {
    if current == UInt8(ascii: "0"), offset + 1 < text.count,
      text[offset + 1] | 0x20 == UInt8(ascii: "x")
    {
      return scanHexadecimal(isNegative: isNegative)
    }
    return scanDecimal(isNegative: isNegative)
  }

  // MARK: Decimal

  private mutating func scanDecimal(isNegative: Bool) -> Numeral? {
    let start = offset
    var digits = DecimalDigits()
    scanDigits(into: &digits)
    let integerDigitCount = offset - start
    var isFloat = false
    if current == UInt8(ascii: ".") {
      isFloat = true
      offset += 1
      let fractionStart = offset
      digits.isFraction = true
      scanDigits(into: &digits)
      if integerDigitCount == 0 && offset == fractionStart { return nil }
    } else if integerDigitCount == 0 {
      return nil
    }
    if current | 0x20 == UInt8(ascii: "e") {
      isFloat = true
      guard let exponent = scanExponent() else { return nil }
      digits.exponent += exponent
    }
    if !isFloat, let integer = digits.integer(isNegative: isNegative) { return .integer(integer) }
    let magnitude = digits.exactDouble ?? parseThroughLibrary(from: start)
    return .float(isNegative ? -magnitude : magnitude)
  }

  @inline(__always)
  private mutating func scanDigits(into digits: inout DecimalDigits) {
    while offset < text.count {
      let digit = text[offset] &- UInt8(ascii: "0")
      if digit > 9 { return }
      digits.append(digit)
      offset += 1
    }
  }

  /// Reads an exponent from its letter on; `nil` when no digit follows.
  ///
  /// Values stop growing far beyond what a double can tell apart, so no length of digits overflows.
  private mutating func scanExponent() -> Int? {
    offset += 1
    let isNegative = skipSign()
    let start = offset
    var value = 0
    while current &- UInt8(ascii: "0") <= 9 {
      if value < 100_000_000 { value = value * 10 + Int(current &- UInt8(ascii: "0")) }
      offset += 1
    }
    if offset == start { return nil }
    return isNegative ? -value : value
  }

  // MARK: Hexadecimal

  private mutating func scanHexadecimal(isNegative: Bool) -> Numeral? {
    let start = offset
    offset += 2
    var bits: UInt64 = 0
    var digitCount = 0
    var isFloat = false
    while true {
      if let digit = hexadecimalDigit(current) {
        bits = bits << 4 | UInt64(digit)
        digitCount += 1
      } else if current == UInt8(ascii: "."), !isFloat {
        isFloat = true
      } else {
        break
      }
      offset += 1
    }
    if digitCount == 0 { return nil }
    if current | 0x20 == UInt8(ascii: "p") {
      isFloat = true
      if scanExponent() == nil { return nil }
    }
    if !isFloat {
      let integer = Int64(bitPattern: bits)
      return .integer(isNegative ? 0 &- integer : integer)
    }
    let magnitude = parseThroughLibrary(from: start)
    return .float(isNegative ? -magnitude : magnitude)
  }

  private func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    let decimal = byte &- UInt8(ascii: "0")
    if decimal <= 9 { return decimal }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter <= 5 ? letter + 10 : nil
  }

  // MARK: The C library

  /// Reads the unsigned numeral between `start` and the cursor, which is known to be well formed.
  private func parseThroughLibrary(from start: Int) -> Double {
    let count = offset - start
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { copy in
      for index in 0..<count { copy[index] = CChar(bitPattern: text[start + index]) }
      copy[count] = 0
      guard let base = copy.baseAddress else { return 0 }
      return nightjar_parse_double(base)
    }
  }
}

/// The digits of a decimal numeral, as far as 64 bits hold them.
private struct DecimalDigits {
  var significand: UInt64 = 0
  /// Digits in `significand`, leading zeros not counted; more than 19 means that some were lost.
  var significantDigitCount = 0
  /// The power of ten to multiply by.
  var exponent = 0
  /// Whether the digits appended now stand behind the point.
  var isFraction = false

  @inline(__always)
  mutating func append(_ digit: UInt8) {
    if significantDigitCount > 0 || digit != 0 { significantDigitCount += 1 }
    significand = significand &* 10 &+ UInt64(digit)
    if isFraction { exponent -= 1 }
  }

  /// The value as an integer of the language; `nil` when it does not fit.
  func integer(isNegative: Bool) -> Int64? {
    guard significantDigitCount <= 19 else { return nil }
    if isNegative {
      return significand <= 1 << 63 ? Int64(bitPattern: 0 &- significand) : nil
    }
    return Int64(exactly: significand)
  }

  /// The value, correctly rounded, where that takes a few operations only.
  var exactDouble: Double? {
    if significantDigitCount == 0 { return 0 }
    guard significantDigitCount <= 19 else { return nil }
    guard significand <= 1 << 53, -22...22 ~= exponent else {
      return ExactDecimal.double(significand, exponent: exponent)
    }
    let value = Double(significand)
    return exponent < 0 ? value / powerOfTen(-exponent) : value * powerOfTen(exponent)
  }

  /// 10^`exponent`, exact for exponents up to 22.
  private func powerOfTen(_ exponent: Int) -> Double {
    switch exponent {
    case 0: 1
    case 1: 1e1
    case 2: 1e2
    case 3: 1e3
    case 4: 1e4
    case 5: 1e5
    case 6: 1e6
    case 7: 1e7
    case 8: 1e8
    case 9: 1e9
    case 10: 1e10
    case 11: 1e11
    case 12: 1e12
    case 13: 1e13
    case 14: 1e14
    case 15: 1e15
    case 16: 1e16
    case 17: 1e17
    case 18: 1e18
    case 19: 1e19
    case 20: 1e20
    case 21: 1e21
    default: 1e22
    }
  }
}
