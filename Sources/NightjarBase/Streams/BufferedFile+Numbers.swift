// Reading numbers from the middle of a stream. A numeral ends where the next byte cannot go on, and
// that byte stays unread; what was read of a text that turns out to be no number is gone.
//
// SOURCE: Lua 5.4 manual §6.8 (file:read, format "n").

extension BufferedFile {
  /// The longest numeral that is read; longer ones are no numbers.
  private static let numeralByteCountMax = 200

  /// Reads whitespace and a numeral.
  ///
  /// - Returns: The number; `nil` when what stands there is none.
  package func readNumeral() throws(SystemError) -> Numeral? {
    while let byte = try peekByte(), byte == 0x20 || (0x09...0x0D).contains(byte) {
      skipPeekedByte()
    }
    var text: [UInt8] = []
    text.reserveCapacity(32)
    var isHexadecimal = false
    var digitCount = 0
    _ = try take("-", "+", into: &text)
    if try take("0", "0", into: &text) {
      if try take("x", "X", into: &text) {
        isHexadecimal = true
      } else {
        digitCount = 1
      }
    }
    digitCount += try takeDigits(isHexadecimal: isHexadecimal, into: &text)
    if try take(".", ".", into: &text) {
      digitCount += try takeDigits(isHexadecimal: isHexadecimal, into: &text)
    }
    if digitCount > 0,
      try isHexadecimal ? take("p", "P", into: &text) : take("e", "E", into: &text)
    {
      _ = try take("-", "+", into: &text)
      _ = try takeDigits(isHexadecimal: false, into: &text)
    }
    // One byte too many was accepted to tell that the numeral is too long.
    if text.count > Self.numeralByteCountMax { return nil }
    return text.withUnsafeBufferPointer { Numeral.parse($0) }
  }

  /// Takes the next byte if it is one of two.
  private func take(
    _ first: Unicode.Scalar,
    _ second: Unicode.Scalar,
    into text: inout [UInt8]
  ) throws(SystemError) -> Bool {
    guard let byte = try peekByte(), byte == UInt8(ascii: first) || byte == UInt8(ascii: second)
    else { return false }
    return take(byte, into: &text)
  }

  private func takeDigits(
    isHexadecimal: Bool,
    into text: inout [UInt8]
  ) throws(SystemError) -> Int {
    var count = 0
    while let byte = try peekByte() {
      let isLetter = isHexadecimal && (byte | 0x20) &- UInt8(ascii: "a") < 6
      guard byte &- UInt8(ascii: "0") <= 9 || isLetter, take(byte, into: &text) else { break }
      count += 1
    }
    return count
  }

  private func take(_ byte: UInt8, into text: inout [UInt8]) -> Bool {
    if text.count > Self.numeralByteCountMax { return false }
    text.append(byte)
    if text.count > Self.numeralByteCountMax { return false }
    skipPeekedByte()
    return true
  }
}
