// Between doubles and decimal digits without error, for numbers of everyday size. A double is an
// integer times a power of two, and 10^k is 5^k times one; as 5^27 still fits in 64 bits, products
// fit in 128 and quotients leave a remainder that says on which side of a tie they lie. So every
// rounding below is the exact one, to nearest and ties to even, as the C library rounds.
//
// Numbers outside (roughly below 1e-14, or with more digits than 64 bits hold) give `nil` and go to
// the C library, five to twenty times slower.

/// Exact conversions by powers of ten from 10^0 to 10^27.
enum ExactDecimal {
  /// The powers of ten that are exact here.
  static let powerRange = 0...27

  /// 5^0 to 5^27.
  private static let powersOfFive: InlineArray<28, UInt64> = [
    1, 5, 25, 125, 625, 3125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125,
    244_140_625, 1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125,
    3_814_697_265_625, 19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125,
    2_384_185_791_015_625, 11_920_928_955_078_125, 59_604_644_775_390_625,
    298_023_223_876_953_125, 1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
  ]

  /// 10^0 to 10^19.
  private static let powersOfTen: InlineArray<20, UInt64> = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
    1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
  ]

  /// 10^`exponent`, for exponents up to 19.
  static func powerOfTen(_ exponent: Int) -> UInt64 { powersOfTen[exponent] }

  // MARK: Digits to doubles

  /// `significand` · 10^`exponent`, correctly rounded.
  static func double(_ significand: UInt64, exponent: Int) -> Double? {
    if significand == 0 { return 0 }
    guard powerRange.contains(abs(exponent)) else { return nil }
    let power = powersOfFive[abs(exponent)]
    return exponent < 0
      ? quotient(significand, power, exponent) : product(significand, power, exponent)
  }

  private static func product(_ significand: UInt64, _ power: UInt64, _ exponent: Int) -> Double {
    let (high, low) = significand.multipliedFullWidth(by: power)
    if high == 0 { return scale(low, by: exponent) }
    let shift = UInt64(high.leadingZeroBitCount)
    // A shift by 64 gives zero, as it should here.
    let top = high << shift | low >> (64 - shift)
    let isInexact = low << shift != 0
    return scale(top | (isInexact ? 1 : 0), by: 64 - Int(shift) + exponent)
  }

  private static func quotient(_ significand: UInt64, _ power: UInt64, _ exponent: Int) -> Double {
    let shift = significand.leadingZeroBitCount
    let divisorShift = power.leadingZeroBitCount
    let dividend = significand << UInt64(shift)
    // The dividend's upper half is below 2^63 and the divisor is not, so the quotient fits, and it
    // has at least 63 bits: ten more than a double, the last of which may carry "inexact".
    let (quotient, remainder) = (power << UInt64(divisorShift)).dividingFullWidth(
      (dividend >> 1, dividend << 63)
    )
    return scale(
      quotient | (remainder != 0 ? 1 : 0),
      by: divisorShift - shift + exponent - 63
    )
  }

  /// `bits` · 2^`exponent`; the result is never subnormal here, so one rounding takes place.
  private static func scale(_ bits: UInt64, by exponent: Int) -> Double {
    Double(bits) * Double(bitPattern: UInt64(exponent + 1023) << 52)
  }

  // MARK: Doubles to digits

  /// `value` · 10^`power`, rounded to an integer; `nil` when it has more than 19 digits.
  ///
  /// - Precondition: `value` is finite and not negative.
  static func scaled(_ value: Double, byPowerOfTen power: Int) -> UInt64? {
    guard powerRange.contains(power) else { return nil }
    let fraction = value.significandBitPattern
    let isSubnormal = value.exponentBitPattern == 0
    let significand = isSubnormal ? fraction : fraction | 1 << 52
    // value = significand · 2^exponent
    let exponent = max(Int(value.exponentBitPattern), 1) - 1075
    let product = significand.multipliedFullWidth(by: powersOfFive[power])
    let shift = -(exponent + power)
    if shift <= 0 {
      let bitCount = 64 - product.low.leadingZeroBitCount
      guard product.high == 0, bitCount - shift < 64 else { return nil }
      return product.low << UInt64(-shift)
    }
    return shiftedRight(product, by: shift)
  }

  /// A 128-bit number over 2^`shift`, rounded to an integer of at most 63 bits.
  private static func shiftedRight(
    _ number: (high: UInt64, low: UInt64),
    by shift: Int
  ) -> UInt64? {
    // The product of a significand and a power of five is below 2^116: half of 2^118 is more.
    if shift >= 118 { return 0 }
    let integer: UInt64
    // The part behind the point, its first bit at the top; `rest` says whether more follows.
    let fraction: UInt64
    let rest: UInt64
    if shift >= 64 {
      let upperShift = UInt64(shift - 64)
      integer = number.high >> upperShift
      fraction = number.high << (64 - upperShift) | number.low >> upperShift
      rest = number.low << (64 - upperShift)
    } else {
      let lowerShift = UInt64(shift)
      if number.high >> lowerShift != 0 { return nil }
      integer = number.high << (64 - lowerShift) | number.low >> lowerShift
      fraction = number.low << (64 - lowerShift)
      rest = 0
    }
    if integer >> 63 != 0 { return nil }
    let half: UInt64 = 1 << 63
    if fraction > half || (fraction == half && (rest != 0 || integer & 1 != 0)) {
      return integer + 1
    }
    return integer
  }

  /// The first `count` significant digits of a number, rounded, and the power of ten of the first.
  ///
  /// - Precondition: `value` is finite and above zero; `count` is 1 to 17.
  static func significantDigits(
    of value: Double,
    count: Int
  ) -> (digits: UInt64, exponent: Int)? {
    // 78913/2^18 is log10(2), so this is right or one too low.
    var exponent = ((Int(value.exponentBitPattern) - 1023) * 78_913) >> 18
    guard var digits = scaled(value, byPowerOfTen: count - 1 - exponent) else { return nil }
    if digits >= powersOfTen[count] {
      // It was too low, or rounding has carried into a new digit: 9.99… has become 10.
      exponent += 1
      guard let again = scaled(value, byPowerOfTen: count - 1 - exponent) else { return nil }
      digits = again
    }
    return digits >= powersOfTen[count - 1] ? (digits, exponent) : nil
  }
}
