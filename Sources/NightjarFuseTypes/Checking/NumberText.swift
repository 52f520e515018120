// The display text of a number, the C format `%.14g`, without the C library.
//
// SOURCE: Fuse reference, section 4.2.

/// Writes numbers.
enum NumberText {
  /// The display text of a number.
  static func text(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == 0 { return "0" }
    if value == value.rounded(), abs(value) < 1e14 { return String(Int64(value)) }
    return (value < 0 ? "-" : "") + positive(abs(value))
  }

  /// The fourteen leading digits of a number, rounded, with its exponent of ten.
  private static func positive(_ value: Double) -> String {
    // Exact arithmetic: the number is `significand * 2^power` with whole numbers.
    var digits = Decimal(value)
    let exponent = digits.round(to: 14)
    var text = digits.text
    while text.count > 1, text.last == "0" { text.removeLast() }
    if exponent < -4 || exponent >= 14 {
      let first = text.removeFirst()
      let mantissa = text.isEmpty ? "\(first)" : "\(first).\(text)"
      let size = String(abs(exponent))
      return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(size.count < 2 ? "0" + size : size)"
    }
    if exponent < 0 {
      return "0." + String(repeating: "0", count: -exponent - 1) + text
    }
    if text.count <= exponent + 1 {
      return text + String(repeating: "0", count: exponent + 1 - text.count)
    }
    let split = text.index(text.startIndex, offsetBy: exponent + 1)
    return text[..<split] + "." + text[split...]
  }

  /// The decimal digits of a binary number, all of them.
  private struct Decimal {
    /// The digits, highest first.
    var digits: [UInt8]
    /// The power of ten of the first digit.
    var exponent: Int

    init(_ value: Double) {
      var whole: [UInt8] = [0]
      let power = Int(value.exponent) - 52
      var significand = value.significandBitPattern
      if value.isNormal { significand |= 1 << 52 }
      var rest = significand
      whole = []
      while rest > 0 {
        whole.append(UInt8(rest % 10))
        rest /= 10
      }
      // Lowest digit first; a factor of two at a time, and fractions as powers of five.
      let scale = value.isNormal ? power : -1074
      for _ in 0..<abs(scale) { Self.multiply(&whole, by: scale > 0 ? 2 : 5) }
      let shift = scale < 0 ? scale : 0
      while whole.count > 1, whole.last == 0 { whole.removeLast() }
      digits = whole.reversed()
      exponent = digits.count - 1 + shift
    }

    private static func multiply(_ digits: inout [UInt8], by factor: Int) {
      var carry = 0
      for index in digits.indices {
        let product = Int(digits[index]) * factor + carry
        digits[index] = UInt8(product % 10)
        carry = product / 10
      }
      while carry > 0 {
        digits.append(UInt8(carry % 10))
        carry /= 10
      }
    }

    /// Keeps some leading digits, rounded to even; gives the exponent.
    mutating func round(to count: Int) -> Int {
      guard digits.count > count else { return exponent }
      let next = digits[count]
      let isMore = digits[(count + 1)...].contains { $0 != 0 }
      let isOdd = digits[count - 1] % 2 == 1
      digits.removeLast(digits.count - count)
      if next > 5 || next == 5 && (isMore || isOdd) {
        var place = count - 1
        while place >= 0, digits[place] == 9 {
          digits[place] = 0
          place -= 1
        }
        if place >= 0 {
          digits[place] += 1
        } else {
          digits.insert(1, at: 0)
          digits.removeLast()
          exponent += 1
        }
      }
      return exponent
    }

    var text: String { String(decoding: digits.map { $0 + 48 }, as: UTF8.self) }
  }
}
