// Lays out the digits of a float: where the point goes, whether there is an exponent, which zeros
// are shown.

/// Decimal digits with a power of ten.
struct FloatText {
  /// The significant digits as an integer.
  let digits: UInt64
  /// The power of ten of the first digit.
  let exponent: Int
  /// Whether zeros at the end of the fraction are left out.
  let stripsZeros: Bool

  /// Room that every text fits into: 20 digits, 27 zeros, a point and an exponent.
  static let byteCountMax = 64

  /// Writes the text that `%g` chooses: with an exponent when it would be long without.
  ///
  /// - Precondition: `buffer` has room for `byteCountMax` bytes, or for as many as the text has.
  func writeShorter(
    precision: Int,
    exponentLetter: UInt8,
    to buffer: UnsafeMutablePointer<UInt8>
  ) -> Int {
    exponent < -4 || exponent >= precision
      ? writeScientific(exponentLetter: exponentLetter, to: buffer) : writeFixed(to: buffer)
  }

  /// Writes the number without an exponent.
  func writeFixed(to buffer: UnsafeMutablePointer<UInt8>) -> Int {
    if exponent < 0 {
      let zeroCount = 1 - exponent
      buffer.initialize(repeating: UInt8(ascii: "0"), count: zeroCount)
      buffer[1] = UInt8(ascii: ".")
      return zeroCount + writeDigits(keepingAtLeast: 0, to: buffer + zeroCount)
    }
    let integerCount = exponent + 1
    let count = writeDigits(keepingAtLeast: integerCount, to: buffer)
    return insertPoint(after: integerCount, of: count, in: buffer)
  }

  /// Writes the number with one digit before the point and an exponent.
  func writeScientific(exponentLetter: UInt8, to buffer: UnsafeMutablePointer<UInt8>) -> Int {
    var count = writeDigits(keepingAtLeast: 1, to: buffer)
    count = insertPoint(after: 1, of: count, in: buffer)
    buffer[count] = exponentLetter
    buffer[count + 1] = exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
    count += 2
    let magnitude = exponent.magnitude
    if magnitude < 10 {
      buffer[count] = UInt8(ascii: "0")
      count += 1
    }
    return count + NumeralText.writeMagnitude(UInt64(magnitude), to: buffer + count)
  }

  private func writeDigits(
    keepingAtLeast keptCount: Int,
    to buffer: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var count = NumeralText.writeMagnitude(digits, to: buffer)
    if stripsZeros {
      while count > keptCount, buffer[count - 1] == UInt8(ascii: "0") { count -= 1 }
    }
    return count
  }

  /// Puts a point between digits, unless none follow.
  private func insertPoint(
    after integerCount: Int,
    of count: Int,
    in buffer: UnsafeMutablePointer<UInt8>
  ) -> Int {
    if count <= integerCount { return count }
    var index = count
    while index > integerCount {
      buffer[index] = buffer[index - 1]
      index -= 1
    }
    buffer[integerCount] = UInt8(ascii: ".")
    return count + 1
  }
}
