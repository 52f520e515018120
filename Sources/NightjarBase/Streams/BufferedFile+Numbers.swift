// Reading numbers from the middle of a stream. A numeral ends where the next byte cannot go on, and
// that byte stays unread; what was read of a text that turns out to be no number is gone.
//
// The numeral is looked for among the bytes read ahead. When it may go on behind them, more are
// read and the search starts again; numerals are short.
//
// SOURCE: Lua 5.4 manual §6.8 (file:read, format "n").

extension BufferedFile {
  /// The longest numeral that is read; longer ones are no numbers.
  private static let numeralByteCountMax = 200

  /// Reads whitespace and a numeral.
  ///
  /// - Returns: The number; `nil` when what stands there is none.
  package func readNumeral() throws(SystemError) -> Numeral? {
    while try fill(), isWhitespace(unreadByte(0)) { readOffset &+= 1 }
    var extent = numeralExtent()
    while extent == readLimit - readOffset, extent <= Self.numeralByteCountMax {
      guard try fillFurther() else { break }
      extent = numeralExtent()
    }
    let takenCount = min(extent, Self.numeralByteCountMax)
    let text = UnsafeBufferPointer(
      start: (storage + readOffset).assumingMemoryBound(to: UInt8.self),
      count: takenCount
    )
    readOffset += takenCount
    return extent > Self.numeralByteCountMax ? nil : Numeral.parse(text)
  }

  /// How many of the unread bytes could be a numeral or the beginning of one.
  private func numeralExtent() -> Int {
    var count = 0
    _ = isSign(unreadByte(0)) && advance(&count)
    var isHexadecimal = false
    var digitCount = 0
    if unreadByte(count) == UInt8(ascii: "0") {
      count += 1
      isHexadecimal = unreadByte(count) | 0x20 == UInt8(ascii: "x") && advance(&count)
      digitCount = isHexadecimal ? 0 : 1
    }
    digitCount += skipDigits(isHexadecimal: isHexadecimal, &count)
    if unreadByte(count) == UInt8(ascii: ".") {
      count += 1
      digitCount += skipDigits(isHexadecimal: isHexadecimal, &count)
    }
    let exponentLetter = isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")
    if digitCount > 0, unreadByte(count) | 0x20 == exponentLetter {
      count += 1
      _ = isSign(unreadByte(count)) && advance(&count)
      _ = skipDigits(isHexadecimal: false, &count)
    }
    return count
  }

  private func skipDigits(isHexadecimal: Bool, _ count: inout Int) -> Int {
    let start = count
    while true {
      let byte = unreadByte(count)
      let isLetter = isHexadecimal && (byte | 0x20) &- UInt8(ascii: "a") < 6
      guard byte &- UInt8(ascii: "0") <= 9 || isLetter else { return count - start }
      count += 1
    }
  }

  /// The unread byte at a distance; zero, which no numeral contains, behind the last.
  @inline(__always)
  private func unreadByte(_ distance: Int) -> UInt8 {
    let offset = readOffset &+ distance
    return offset < readLimit ? storage.load(fromByteOffset: offset, as: UInt8.self) : 0
  }

  private func isWhitespace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
  }

  /// Moves on; says yes, so that it can stand behind a condition.
  private func advance(_ count: inout Int) -> Bool {
    count += 1
    return true
  }
}
