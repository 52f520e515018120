// One conversion of `string.format`: flags, width, precision and letter, and what it writes for a
// number. Integers are written here, floats in FormatSpecification+Floats.swift.
//
// SOURCE: ISO C §7.21.6.1 (fprintf); Lua 5.4 manual §6.4 (string.format).

/// A conversion specification as `string.format` takes it, such as `%-08.3f`.
package struct FormatSpecification: Equatable, Sendable {
  /// The flag characters of a conversion.
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    // ORDER: `writeThroughLibrary` spells the bits in this order.

    /// `-`: the text stands at the left of its field.
    package static let leftAligned = Flags(rawValue: 1)
    /// `+`: a number that is not negative shows a plus.
    package static let plusSign = Flags(rawValue: 2)
    /// A space: a number that is not negative shows a blank in place of the sign.
    package static let blankSign = Flags(rawValue: 4)
    /// `#`: the alternative form: `0x`, a leading octal zero, a point in every float.
    package static let alternative = Flags(rawValue: 8)
    /// `0`: the field is filled with zeros behind the sign.
    package static let zeroFilled = Flags(rawValue: 16)

    /// The flag a byte of a format stands for.
    package init?(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "-"): self = .leftAligned
      case UInt8(ascii: "+"): self = .plusSign
      case UInt8(ascii: " "): self = .blankSign
      case UInt8(ascii: "#"): self = .alternative
      case UInt8(ascii: "0"): self = .zeroFilled
      default: return nil
      }
    }
  }

  /// The largest width and precision: two digits, as the language allows.
  package static let fieldMax = 99

  /// Room that the text of any number under any specification fits into: the longest is
  /// `%.99f` of the largest double, 410 bytes.
  package static let byteCountMax = 512

  /// The conversion letter, one of `d i u c x X o a A e E f F g G` or one that the caller handles.
  package var conversion: UInt8
  package var flags: Flags
  /// The least count of bytes to write; zero for none.
  package private(set) var width: Int
  /// The precision; `nil` when the specification has none.
  package private(set) var precision: Int?

  /// Whether a number halfway between two texts takes the one farther from zero; else the even one.
  package var roundsHalfAway = false

  /// A specification; width and precision are cut to `fieldMax`.
  package init(
    conversion: UInt8,
    flags: Flags = [],
    width: Int = 0,
    precision: Int? = nil
  ) {
    self.conversion = conversion
    self.flags = flags
    self.width = min(max(width, 0), Self.fieldMax)
    self.precision = precision.map { min(max($0, 0), Self.fieldMax) }
  }

  // MARK: Integers

  /// Writes an integer under `d i u c x X o` and returns the byte count.
  ///
  /// - Precondition: `buffer` has room for `byteCountMax` bytes.
  package func write(_ value: Int64, to buffer: UnsafeMutablePointer<UInt8>) -> Int {
    switch conversion {
    case UInt8(ascii: "c"):
      var byte = UInt8(truncatingIfNeeded: value)
      return pad(prefix: [], digits: &byte, digitCount: 1, zeroCount: 0, to: buffer)
    case UInt8(ascii: "d"), UInt8(ascii: "i"):
      return write(
        magnitude: value.magnitude,
        prefix: signPrefix(isNegative: value < 0),
        to: buffer
      )
    default:
      let bits = UInt64(bitPattern: value)
      return write(magnitude: bits, prefix: radixPrefix(of: bits), to: buffer)
    }
  }

  func signPrefix(isNegative: Bool) -> Prefix {
    if isNegative { return Prefix(UInt8(ascii: "-")) }
    if flags.contains(.plusSign) { return Prefix(UInt8(ascii: "+")) }
    return flags.contains(.blankSign) ? Prefix(UInt8(ascii: " ")) : []
  }

  private func radixPrefix(of bits: UInt64) -> Prefix {
    let isHexadecimal = conversion | 0x20 == UInt8(ascii: "x")
    guard flags.contains(.alternative), isHexadecimal, bits != 0 else { return [] }
    return Prefix(UInt8(ascii: "0"), conversion)
  }

  private func write(
    magnitude: UInt64,
    prefix: Prefix,
    to buffer: UnsafeMutablePointer<UInt8>
  ) -> Int {
    // 22 octal digits are the most a 64-bit number has.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { room in
      guard let digits = room.baseAddress else { return 0 }
      var count = writeDigits(of: magnitude, to: digits)
      // A precision of zero shows zero as nothing at all.
      if precision == 0 && magnitude == 0 { count = 0 }
      var zeroCount = 0
      if let precision {
        zeroCount = max(0, precision - count)
      } else if flags.contains(.zeroFilled) && !flags.contains(.leftAligned) {
        zeroCount = max(0, width - count - prefix.count)
      }
      if conversion == UInt8(ascii: "o"), flags.contains(.alternative), zeroCount == 0,
        count == 0 || digits[0] != UInt8(ascii: "0")
      {
        zeroCount = 1
      }
      return pad(
        prefix: prefix,
        digits: digits,
        digitCount: count,
        zeroCount: zeroCount,
        to: buffer
      )
    }
  }

  private func writeDigits(of magnitude: UInt64, to digits: UnsafeMutablePointer<UInt8>) -> Int {
    let shift: UInt64
    switch conversion {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): shift = 4
    case UInt8(ascii: "o"): shift = 3
    default: return NumeralText.writeMagnitude(magnitude, to: digits)
    }
    let letterBase = conversion == UInt8(ascii: "X") ? UInt8(ascii: "A") : UInt8(ascii: "a")
    let bitCount = 64 - magnitude.leadingZeroBitCount
    let count = max(1, (bitCount + Int(shift) - 1) / Int(shift))
    var rest = magnitude
    for index in stride(from: count - 1, through: 0, by: -1) {
      let digit = UInt8(truncatingIfNeeded: rest & ((1 << shift) - 1))
      digits[index] = digit < 10 ? UInt8(ascii: "0") + digit : letterBase + digit - 10
      rest >>= shift
    }
    return count
  }

  // MARK: The field

  /// What stands before the zeros of a number: a sign or `0x`.
  struct Prefix: ExpressibleByArrayLiteral {
    var count = 0
    var first: UInt8 = 0
    var second: UInt8 = 0

    init(arrayLiteral elements: UInt8...) {}
    init(_ byte: UInt8) {
      count = 1
      first = byte
    }
    init(_ byte: UInt8, _ next: UInt8) {
      count = 2
      first = byte
      second = next
    }
  }

  func pad(
    prefix: Prefix,
    digits: UnsafePointer<UInt8>,
    digitCount: Int,
    zeroCount: Int,
    to buffer: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let textCount = prefix.count + zeroCount + digitCount
    let blankCount = max(0, width - textCount)
    var count = 0
    if !flags.contains(.leftAligned) {
      (buffer + count).initialize(repeating: UInt8(ascii: " "), count: blankCount)
      count += blankCount
    }
    if prefix.count > 0 { buffer[count] = prefix.first }
    if prefix.count > 1 { buffer[count + 1] = prefix.second }
    count += prefix.count
    (buffer + count).initialize(repeating: UInt8(ascii: "0"), count: zeroCount)
    count += zeroCount
    (buffer + count).initialize(from: digits, count: digitCount)
    count += digitCount
    if flags.contains(.leftAligned) {
      (buffer + count).initialize(repeating: UInt8(ascii: " "), count: blankCount)
      count += blankCount
    }
    return count
  }
}
