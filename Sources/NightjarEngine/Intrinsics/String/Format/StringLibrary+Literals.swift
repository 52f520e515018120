// `%q`: values written so that the compiler reads them back.

internal import NightjarBase

extension StringLibrary {
  /// Writes an argument as a literal.
  ///
  /// - Throws: "value has no literal form".
  static func writeLiteral(
    _ call: NativeCall,
    _ n: Int,
    _ text: inout TextBuffer
  ) throws(ScriptError) {
    let value = call[n]
    switch value.tag {
    case .string where call.follows(.quoteKeepsControls): try writeOldestQuoted(value.string, &text)
    case .string: try writeQuoted(value.string, &text)
    case .integer:
      // The smallest integer has no decimal literal.
      if value.integer == .min { return try text.append("0x8000000000000000") }
      text.commit(
        NumeralText.write(value.integer, to: try text.room(for: NumeralText.byteCountMax))
      )
    case .float: try writeFloatLiteral(value.float, &text)
    case .nil: try text.append("nil")
    case .true: try text.append("true")
    case .false: try text.append("false")
    default: throw call.argumentError(n, "value has no literal form")
    }
  }

  private static func writeFloatLiteral(
    _ value: Double,
    _ text: inout TextBuffer
  ) throws(ScriptError) {
    if value.isNaN { return try text.append("(0/0)") }
    if value == .infinity { return try text.append("1e9999") }
    if value == -.infinity { return try text.append("-1e9999") }
    // Hexadecimal keeps every bit.
    let specification = FormatSpecification(conversion: UInt8(ascii: "a"))
    let room = try text.room(for: FormatSpecification.byteCountMax)
    text.commit(specification.write(value, to: room))
  }

  /// As 5.1 writes it: only what would end or break a line is escaped.
  private static func writeOldestQuoted(
    _ string: StringRef,
    _ text: inout TextBuffer
  ) throws(ScriptError) {
    try text.append(UInt8(ascii: "\""))
    for byte in string.buffer {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "\n"):
        try text.append(UInt8(ascii: "\\"))
        try text.append(byte)
      case UInt8(ascii: "\r"): try text.append("\\r")
      case 0: try text.append("\\000")
      default: try text.append(byte)
      }
    }
    try text.append(UInt8(ascii: "\""))
  }

  private static func writeQuoted(
    _ string: StringRef,
    _ text: inout TextBuffer
  ) throws(ScriptError) {
    let bytes = string.bytes
    let count = string.count
    try text.append(UInt8(ascii: "\""))
    var index = 0
    while index < count {
      let byte = bytes[index]
      index &+= 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "\n"):
        try text.append(UInt8(ascii: "\\"))
        try text.append(byte)
      case 0...31, 127:
        try text.append(UInt8(ascii: "\\"))
        // Three digits where a digit follows, as few as possible elsewhere.
        let isBeforeDigit = index < count && bytes[index] &- UInt8(ascii: "0") <= 9
        if isBeforeDigit && byte < 100 { try text.append(UInt8(ascii: "0")) }
        if isBeforeDigit && byte < 10 { try text.append(UInt8(ascii: "0")) }
        text.commit(
          NumeralText.write(Int64(byte), to: try text.room(for: NumeralText.byteCountMax))
        )
      default:
        try text.append(byte)
      }
    }
    try text.append(UInt8(ascii: "\""))
  }
}
