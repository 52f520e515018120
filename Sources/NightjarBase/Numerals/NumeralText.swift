// Number to text, as `tostring`, `..` and `print` show numbers: integers in decimal, floats with
// fourteen significant digits and a mark that tells them from integers.
//
// SOURCE: Lua manuals, conversions to strings; the reference interpreters format floats with "%.14g",
// that of 5.5 with "%.15g" or, where that does not read back, "%.17g".

private import CNightjar

/// Writes numbers into byte buffers of the caller.
package enum NumeralText {
  /// Room that every number fits into.
  package static let byteCountMax = 32

  /// Writes an integer in decimal and returns the byte count, at most 20.
  ///
  /// - Precondition: `buffer` has room for `byteCountMax` bytes.
  @inlinable
  package static func write(_ value: Int64, to buffer: UnsafeMutablePointer<UInt8>) -> Int {
    if value >= 0 { return writeMagnitude(UInt64(bitPattern: value), to: buffer) }
    buffer[0] = UInt8(ascii: "-")
    return 1 &+ writeMagnitude(0 &- UInt64(bitPattern: value), to: buffer + 1)
  }

  /// Writes an unsigned number in decimal and returns the byte count, at most 20.
  @inlinable
  package static func writeMagnitude(_ value: UInt64, to buffer: UnsafeMutablePointer<UInt8>) -> Int
  {
    let count = decimalDigitCount(value)
    var rest = value
    var end = count
    while rest >= 100 {
      let next = rest / 100
      end &-= 2
      writePair(UInt32(truncatingIfNeeded: rest &- next &* 100), to: buffer + end)
      rest = next
    }
    if rest >= 10 {
      writePair(UInt32(truncatingIfNeeded: rest), to: buffer)
    } else {
      buffer[0] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest)
    }
    return count
  }

  /// Writes two decimal digits of a number below 100.
  @inlinable @inline(__always)
  static func writePair(_ value: UInt32, to buffer: UnsafeMutablePointer<UInt8>) {
    // 103/1024 is a tenth closely enough for every value below 100.
    let tens = (value &* 103) &>> 10
    buffer[0] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: tens)
    buffer[1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value &- tens &* 10)
  }

  @inlinable
  static func decimalDigitCount(_ value: UInt64) -> Int {
    var count = 1
    var rest = value
    while true {
      if rest < 10 { return count }
      if rest < 100 { return count &+ 1 }
      if rest < 1000 { return count &+ 2 }
      if rest < 10_000 { return count &+ 3 }
      rest /= 10_000
      count &+= 4
    }
  }

  /// Writes a float and returns the byte count, at most `byteCountMax`.
  ///
  /// A float that looks like an integer gets ".0"; infinities and not-a-numbers read "inf", "-inf",
  /// "nan" and "-nan".
  ///
  /// - Precondition: `buffer` has room for `byteCountMax` bytes.
  package static func write(_ value: Double, to buffer: UnsafeMutablePointer<UInt8>) -> Int {
    // Fourteen digits show an integer below 10^14 whole.
    if value.magnitude < 1e14 {
      let integer = Int64(value)
      if Double(integer) == value { return writeIntegral(integer, of: value, to: buffer) }
    }
    if !value.isFinite { return writeSpecial(value, isUppercase: false, to: buffer) }
    var count = writeFourteenDigits(value, to: buffer)
    if !(0..<count).contains(where: { isMarkOfFloat(buffer[$0]) }) {
      buffer[count] = UInt8(ascii: ".")
      buffer[count + 1] = UInt8(ascii: "0")
      count += 2
    }
    return count
  }

  /// Writes a float in the manner of a dialect and returns the byte count, at most `byteCountMax`.
  ///
  /// - Precondition: `buffer` has room for `byteCountMax` bytes.
  package static func write(
    _ value: Double,
    _ format: DialectRules.FloatFormat,
    to buffer: UnsafeMutablePointer<UInt8>
  ) -> Int {
    switch format {
    case .fourteenMarked: return write(value, to: buffer)
    case .fourteen:
      let count = write(value, to: buffer)
      // The mark is the only point that a zero ends the text behind.
      let isMarked =
        count > 2 && buffer[count - 1] == UInt8(ascii: "0")
        && buffer[count - 2] == UInt8(ascii: ".")
      return isMarked ? count - 2 : count
    case .fourteenUp:
      if value.magnitude < 1e14, value.rounded() == value {
        return write(value, .fourteen, to: buffer)
      }
      var specification = FormatSpecification(conversion: UInt8(ascii: "g"), precision: 14)
      specification.roundsHalfAway = true
      return specification.write(value, to: buffer)
    case .exactMarked: return writeExactly(value, to: buffer)
    }
  }

  /// Writes as many digits as it takes to read a float back, 15 or 17.
  private static func writeExactly(
    _ value: Double,
    to buffer: UnsafeMutablePointer<UInt8>
  ) -> Int {
    if !value.isFinite || (value.magnitude < 1e14 && value.rounded() == value) {
      return write(value, to: buffer)
    }
    var count = 0
    for precision in [15, 17] {
      let specification = FormatSpecification(
        conversion: UInt8(ascii: "g"),
        precision: precision
      )
      count = specification.writeThroughLibrary(value, to: buffer, capacity: byteCountMax)
      let text = UnsafeBufferPointer(start: UnsafePointer(buffer), count: count)
      if readsBack(text, value) { break }
    }
    if !(0..<count).contains(where: { isMarkOfFloat(buffer[$0]) }) {
      buffer[count] = UInt8(ascii: ".")
      buffer[count + 1] = UInt8(ascii: "0")
      count += 2
    }
    return count
  }

  private static func readsBack(_ text: UnsafeBufferPointer<UInt8>, _ value: Double) -> Bool {
    switch Numeral.parse(text) {
    case .float(let read): read == value
    case .integer(let read): Double(read) == value
    case nil: false
    }
  }

  private static func writeIntegral(
    _ integer: Int64,
    of value: Double,
    to buffer: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var count = 0
    if value.sign == .minus {
      buffer[0] = UInt8(ascii: "-")
      count = 1
    }
    count += writeMagnitude(integer.magnitude, to: buffer + count)
    buffer[count] = UInt8(ascii: ".")
    buffer[count + 1] = UInt8(ascii: "0")
    return count + 2
  }

  /// Writes a float, finite and not zero, as `%.14g` does.
  private static func writeFourteenDigits(
    _ value: Double,
    to buffer: UnsafeMutablePointer<UInt8>
  ) -> Int {
    guard let number = ExactDecimal.significantDigits(of: value.magnitude, count: 14) else {
      let specification = FormatSpecification(conversion: UInt8(ascii: "g"), precision: 14)
      return specification.writeThroughLibrary(value, to: buffer, capacity: byteCountMax)
    }
    var count = 0
    if value < 0 {
      buffer[0] = UInt8(ascii: "-")
      count = 1
    }
    let text = FloatText(digits: number.digits, exponent: number.exponent, stripsZeros: true)
    return count + text.writeShorter(precision: 14, exponentLetter: 0x65, to: buffer + count)
  }

  /// Whether a byte of formatted text could not stand in an integer.
  private static func isMarkOfFloat(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "-") && byte &- UInt8(ascii: "0") > 9
  }

  /// Writes the name of an infinity or not-a-number with its sign.
  static func writeSpecial(
    _ value: Double,
    isUppercase: Bool,
    to buffer: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var count = 0
    if value.sign == .minus {
      buffer[0] = UInt8(ascii: "-")
      count = 1
    }
    let name: StaticString = value.isNaN ? "nan" : "inf"
    for index in 0..<3 {
      let letter = name.utf8Start[index]
      buffer[count + index] = isUppercase ? letter & ~0x20 : letter
    }
    return count + 3
  }
}
