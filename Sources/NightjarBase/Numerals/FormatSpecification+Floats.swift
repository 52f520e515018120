// The conversions of floats. Everyday numbers and precisions are written here, exactly; the C
// library writes the rest, whose digits are exact at any size, and hexadecimal floats.

private import CNightjar

extension FormatSpecification {
  /// Writes a float under `a A e E f F g G` and returns the byte count.
  ///
  /// - Precondition: `buffer` has room for `byteCountMax` bytes.
  package func write(_ value: Double, to buffer: UnsafeMutablePointer<UInt8>) -> Int {
    if roundsHalfAway {
      var specification = self
      specification.roundsHalfAway = false
      if conversion | 0x20 == UInt8(ascii: "a"), value.isSubnormal, width == 0 {
        return specification.writeNormalized(value, to: buffer)
      }
      return specification.write(leavingHalves(value), to: buffer)
    }
    // Room for a body without sign and padding.
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: FloatText.byteCountMax) { room in
      guard let body = room.baseAddress else { return 0 }
      let prefix = signPrefix(isNegative: value.sign == .minus)
      if !value.isFinite {
        let isUppercase = conversion & 0x20 == 0
        let count = NumeralText.writeSpecial(value.magnitude, isUppercase: isUppercase, to: body)
        return pad(prefix: prefix, digits: body, digitCount: count, zeroCount: 0, to: buffer)
      }
      guard let count = writeExactly(value.magnitude, to: body) else {
        return writeThroughLibrary(value, to: buffer, capacity: Self.byteCountMax)
      }
      var zeroCount = 0
      if flags.contains(.zeroFilled) && !flags.contains(.leftAligned) {
        zeroCount = max(0, width - count - prefix.count)
      }
      return pad(prefix: prefix, digits: body, digitCount: count, zeroCount: zeroCount, to: buffer)
    }
  }

  /// Writes a number below the normal ones with a leading one, as all others have.
  private func writeNormalized(_ value: Double, to buffer: UnsafeMutablePointer<UInt8>) -> Int {
    let fraction = value < 0 ? -value.significand : value.significand
    var count = writeThroughLibrary(fraction, to: buffer, capacity: Self.byteCountMax)
    // The exponent of the fraction is "+0".
    count -= 2
    for byte in String(value.exponent).utf8 {
      buffer[count] = byte
      count += 1
    }
    return count
  }

  /// A number that lies halfway between two texts of this specification as the next one away from
  /// zero, which is nearer to the greater text; not-a-numbers without their sign.
  private func leavingHalves(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value.isNaN ? Double.nan.magnitude : value }
    let letter = conversion | 0x20
    if letter == UInt8(ascii: "a") { return value }
    // Enough digits to tell a half from what is a little more or less.
    let isFixed = letter == UInt8(ascii: "f")
    let shown = letter == UInt8(ascii: "g") ? max(precision ?? 6, 1) - 1 : precision ?? 6
    let exact = FormatSpecification(
      conversion: isFixed ? UInt8(ascii: "f") : UInt8(ascii: "e"),
      precision: Self.fieldMax
    )
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.byteCountMax) { room in
      guard let text = room.baseAddress, shown < Self.fieldMax else { return value }
      let count = exact.writeThroughLibrary(
        value.magnitude,
        to: text,
        capacity: Self.byteCountMax
      )
      guard var offset = (0..<count).first(where: { text[$0] == UInt8(ascii: ".") }) else {
        return value
      }
      offset += 1 + shown
      guard offset < count, text[offset] == UInt8(ascii: "5") else { return value }
      offset += 1
      while offset < count, text[offset] == UInt8(ascii: "0") { offset += 1 }
      let isHalf = offset == count || text[offset] == UInt8(ascii: "e")
      return isHalf ? (value > 0 ? value.nextUp : value.nextDown) : value
    }
  }

  /// Writes a number that is not negative, without padding, where `ExactDecimal` reaches it.
  private func writeExactly(_ value: Double, to body: UnsafeMutablePointer<UInt8>) -> Int? {
    if flags.contains(.alternative) { return nil }
    let precision = precision ?? 6
    let letter = conversion | 0x20
    if letter == UInt8(ascii: "f") {
      guard let digits = ExactDecimal.scaled(value, byPowerOfTen: precision) else { return nil }
      let digitCount = NumeralText.decimalDigitCount(digits)
      return FloatText(digits: digits, exponent: digitCount - 1 - precision, stripsZeros: false)
        .writeFixed(to: body)
    }
    let isShorter = letter == UInt8(ascii: "g")
    guard isShorter || letter == UInt8(ascii: "e") else { return nil }
    let digitCount = isShorter ? max(precision, 1) : precision + 1
    guard value > 0, digitCount <= 17,
      let number = ExactDecimal.significantDigits(of: value, count: digitCount)
    else { return nil }
    let text = FloatText(
      digits: number.digits,
      exponent: number.exponent,
      stripsZeros: isShorter
    )
    let exponentLetter = conversion & 0x20 | UInt8(ascii: "E")
    return isShorter
      ? text.writeShorter(precision: digitCount, exponentLetter: exponentLetter, to: body)
      : text.writeScientific(exponentLetter: exponentLetter, to: body)
  }

  /// Writes a finite number through the C library.
  func writeThroughLibrary(
    _ value: Double,
    to buffer: UnsafeMutablePointer<UInt8>,
    capacity: Int
  ) -> Int {
    // Five flags and the closing zero.
    var text: InlineArray<6, CChar> = [0, 0, 0, 0, 0, 0]
    var flagCount = 0
    for (index, flag) in "-+ #0".utf8.enumerated() where flags.rawValue >> index & 1 != 0 {
      text[flagCount] = CChar(bitPattern: flag)
      flagCount += 1
    }
    let count = text.span.withUnsafeBufferPointer { flagText in
      buffer.withMemoryRebound(to: CChar.self, capacity: capacity) { target in
        nightjar_format_double(
          target,
          capacity,
          flagText.baseAddress,
          Int32(width),
          Int32(precision ?? -1),
          CChar(bitPattern: conversion),
          value
        )
      }
    }
    return max(0, Int(count))
  }
}
