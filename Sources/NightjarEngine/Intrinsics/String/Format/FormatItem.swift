// One conversion of a format, read and checked.
// SOURCE: manual §6.4 (string.format); the limits and messages are the reference's.

internal import NightjarBase

/// A conversion such as `%-8.3f`: where it stands and what it says.
struct FormatItem {
  /// Offset of the byte behind `%`.
  let start: Int
  /// Offset of the conversion letter.
  private(set) var letterOffset: Int
  /// The letter; zero at the end of the format.
  private(set) var letter: UInt8

  private static var tooLong: String { "invalid format (width or precision too long)" }

  /// Longest run of modifiers with its letter.
  private static var byteCountMax: Int { 22 }

  /// Reads the conversion behind the `%` before `start`.
  @inline(__always)
  init(
    _ format: UnsafePointer<UInt8>,
    _ count: Int,
    at start: Int,
    in call: NativeCall,
    _ dialect: LuaDialect
  ) throws(ScriptError) {
    self.start = start
    var offset = start
    if dialect.follows(.formatReadsStrictly) {
      letterOffset = Self.strictEnd(format, count, from: start)
      letter = letterOffset < count ? format[letterOffset] : 0
      return
    }
    while offset < count && Self.isModifier(format[offset]) { offset &+= 1 }
    if offset &- start &+ 1 >= Self.byteCountMax {
      if call.rules.hasAttributes { throw call.raise("invalid format (too long)") }
      var flagEnd = start
      while flagEnd < count && Flag.bit(of: format[flagEnd]) != 0 { flagEnd &+= 1 }
      throw call.raise(flagEnd - start > 5 ? "invalid format (repeated flags)" : Self.tooLong)
    }
    letterOffset = offset
    letter = offset < count ? format[offset] : 0
  }

  /// Whether the letter is one of LuaJIT's.
  var isConversion: Bool { "diuxXocaAeEfFgGpqs".utf8.contains(letter) }

  @inline(__always) var hasModifiers: Bool { letterOffset != start }

  @inline(__always) private static func isModifier(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") <= 9 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "+") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "#")
  }

  /// Where the letter stands behind any flags, two digits, a point and two more.
  private static func strictEnd(
    _ format: UnsafePointer<UInt8>,
    _ count: Int,
    from start: Int
  ) -> Int {
    var offset = start
    while offset < count, Flag.bit(of: format[offset]) != 0 { offset += 1 }
    func skipDigits() {
      let end = Swift.min(offset + 2, count)
      while offset < end, format[offset] &- UInt8(ascii: "0") <= 9 { offset += 1 }
    }
    skipDigits()
    if offset < count, format[offset] == UInt8(ascii: ".") {
      offset += 1
      skipDigits()
    }
    return offset
  }

  /// The conversion as dialects before 5.4 show it: its letter, or all of it.
  func olderText(_ format: UnsafePointer<UInt8>, in call: NativeCall) -> String {
    if call.follows(.formatReadsStrictly) {
      return String(text(format).prefix { $0 == "%" || $0 >= " " })
    }
    if letter == 0, call.follows(.formatCutsAtZero), !call.rules.tablesHaveLength { return "%" }
    let isShown = (0x20..<0x7F).contains(letter) || !call.follows(.formatEscapesBytes)
    return isShown ? "%\(String(decoding: [letter], as: UTF8.self))" : "%<\\\(letter)>"
  }

  /// The conversion as the format has it, for messages.
  func text(_ format: UnsafePointer<UInt8>) -> String {
    let end = letter == 0 ? letterOffset : letterOffset + 1
    return "%"
      + String(
        decoding: UnsafeBufferPointer(start: format + start, count: end - start),
        as: UTF8.self
      )
  }

  /// Flags as bits: those of `FormatSpecification.Flags`, whose set operations are not inlined here.
  enum Flag {
    static var leftAligned: UInt8 { 1 }
    static var plusSign: UInt8 { 2 }
    static var blankSign: UInt8 { 4 }
    static var alternative: UInt8 { 8 }
    static var zeroFilled: UInt8 { 16 }

    // What conversions take.
    static var ofIntegers: UInt8 { leftAligned | plusSign | blankSign | zeroFilled }
    static var ofUnsigned: UInt8 { leftAligned | zeroFilled }
    static var ofDigits: UInt8 { leftAligned | alternative | zeroFilled }
    static var ofFloats: UInt8 { ofIntegers | alternative }

    @inline(__always) static func bit(of byte: UInt8) -> UInt8 {
      switch byte {
      case UInt8(ascii: "-"): leftAligned
      case UInt8(ascii: "+"): plusSign
      case UInt8(ascii: " "): blankSign
      case UInt8(ascii: "#"): alternative
      case UInt8(ascii: "0"): zeroFilled
      default: 0
      }
    }
  }

  /// Reads flags, width and precision.
  ///
  /// - Parameters:
  ///   - format: The whole format.
  ///   - allowed: The flags the conversion takes.
  ///   - takesPrecision: Whether it takes a precision.
  ///   - call: Who asks.
  /// - Returns: What was read.
  /// - Throws: "invalid conversion specification" for anything else.
  func specification(
    _ format: UnsafePointer<UInt8>,
    allowed: UInt8,
    precision takesPrecision: Bool,
    in call: NativeCall
  ) throws(ScriptError) -> FormatSpecification {
    var offset = start
    var flags: UInt8 = 0
    while offset < letterOffset {
      let flag = Flag.bit(of: format[offset])
      if flag & allowed == 0 { break }
      flags |= flag
      offset += 1
    }
    var width = 0
    var precision: Int?
    // A width cannot begin with a zero that is no flag.
    if offset == letterOffset || format[offset] != UInt8(ascii: "0") {
      width = twoDigits(format, &offset)
      if takesPrecision, offset < letterOffset, format[offset] == UInt8(ascii: ".") {
        offset += 1
        precision = twoDigits(format, &offset)
      }
    }
    if offset != letterOffset {
      if !call.rules.hasAttributes { return try olderSpecification(format, in: call) }
      throw call.raise("invalid conversion specification: '\(text(format))'")
    }
    return FormatSpecification(
      conversion: letter,
      flags: FormatSpecification.Flags(rawValue: flags),
      width: width,
      precision: precision
    )
  }

  /// Before 5.4 any flags go with any conversion.
  private func olderSpecification(
    _ format: UnsafePointer<UInt8>,
    in call: NativeCall
  ) throws(ScriptError) -> FormatSpecification {
    var offset = start
    var flags: UInt8 = 0
    while offset < letterOffset {
      let flag = Flag.bit(of: format[offset])
      if flag == 0 { break }
      flags |= flag
      offset += 1
    }
    if offset - start > 5, !call.follows(.formatReadsStrictly) {
      throw call.raise("invalid format (repeated flags)")
    }
    let width = twoDigits(format, &offset)
    var precision: Int?
    if offset < letterOffset, format[offset] == UInt8(ascii: ".") {
      offset += 1
      precision = twoDigits(format, &offset)
    }
    if offset != letterOffset { throw call.raise(Self.tooLong) }
    return FormatSpecification(
      conversion: letter,
      flags: FormatSpecification.Flags(rawValue: flags),
      width: width,
      precision: precision
    )
  }

  private func twoDigits(_ format: UnsafePointer<UInt8>, _ offset: inout Int) -> Int {
    var value = 0
    var count = 0
    while count < 2, offset < letterOffset, format[offset] &- UInt8(ascii: "0") <= 9 {
      value = value * 10 + Int(format[offset] &- UInt8(ascii: "0"))
      offset += 1
      count += 1
    }
    return value
  }
}
