// A whole number of any length, and whether a binary64 holds it exactly.

internal import NightjarBase

/// The value of a row of digits.
struct WholeNumber {
  /// The nearest binary64.
  let nearest: Double
  /// Whether that is the number itself.
  let isExact: Bool

  /// No number of more digits is finite.
  private static let digitCountMax = 1100

  /// Reads digits of base 2, 10 or 16.
  init(digits: ArraySlice<UInt8>, base: UInt32) {
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    if significant.count > Self.digitCountMax {
      nearest = .infinity
      isExact = false
      return
    }
    var limbs: [UInt32] = []
    for byte in significant {
      var carry = UInt64(Self.digit(byte))
      for k in limbs.indices {
        carry += UInt64(limbs[k]) * UInt64(base)
        limbs[k] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      if carry > 0 { limbs.append(UInt32(truncatingIfNeeded: carry)) }
    }
    nearest = Self.nearest(limbs)
    isExact = nearest.isFinite && Self.spread(limbs) <= 53
  }

  private static func digit(_ byte: UInt8) -> UInt8 {
    byte < 58 ? byte &- 48 : (byte | 32) &- 87
  }

  /// The number of bits from the first set to the last.
  private static func spread(_ limbs: [UInt32]) -> Int {
    guard let low = limbs.firstIndex(where: { $0 != 0 }), let high = limbs.indices.last else {
      return 0
    }
    let top = high * 32 + 31 - limbs[high].leadingZeroBitCount
    return top - (low * 32 + limbs[low].trailingZeroBitCount) + 1
  }

  /// Rounds to the nearest: the top 64 bits, with the rest collected in the lowest of them.
  private static func nearest(_ limbs: [UInt32]) -> Double {
    let bitCount = limbs.isEmpty ? 0 : limbs.count * 32 - limbs[limbs.count - 1].leadingZeroBitCount
    if bitCount > 1024 { return .infinity }
    let shift = max(0, bitCount - 64)
    var top: UInt64 = 0
    for (k, limb) in limbs.enumerated() {
      let position = k * 32 - shift
      if position >= 0 {
        top |= UInt64(limb) << UInt64(position)
      } else if position > -32 {
        top |= UInt64(limb) >> UInt64(-position)
        if limb << UInt32(32 + position) != 0 { top |= 1 }
      } else if limb != 0 {
        top |= 1
      }
    }
    return Double(sign: .plus, exponent: shift, significand: Double(top))
  }

  /// The binary64 as people read it.
  var nearestText: String {
    let text = nearest.description
    if !nearest.isFinite { return "infinity" }
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
