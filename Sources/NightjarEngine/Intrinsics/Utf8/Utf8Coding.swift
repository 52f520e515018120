// UTF-8 in its old, 31-bit form: up to six bytes, as the language's escapes and `lax` allow.
// SOURCE: RFC 2279; manual §6.5.

/// One decoded sequence.
struct Utf8Sequence {
  let code: UInt32
  /// Bytes it takes.
  let byteCount: Int

  /// The largest code that can be written.
  static var codeMax: UInt32 { 0x7FFF_FFFF }

  @inline(__always) static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// Decodes the sequence at `offset`; nil if it is malformed.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - count: Its size.
  ///   - offset: Where the sequence begins, less than `count`.
  ///   - isStrict: Refuses surrogates and codes beyond 0x10FFFF.
  ///   - takesSurrogates: Refuses only the latter.
  @inline(__always)
  init?(
    _ bytes: UnsafePointer<UInt8>,
    _ count: Int,
    at offset: Int,
    isStrict: Bool,
    takesSurrogates: Bool = false
  ) {
    let first = bytes[offset]
    if first < 0x80 {
      code = UInt32(first)
      byteCount = 1
      return
    }
    // The number of leading ones is the length; one alone is a continuation byte.
    let length = (~first).leadingZeroBitCount
    guard length >= 2, length <= 6, offset &+ length <= count else { return nil }
    var code = UInt32(first) & (0x7F &>> UInt32(length))
    var index = 1
    while index < length {
      let byte = bytes[offset &+ index]
      guard Self.isContinuation(byte) else { return nil }
      code = code &<< 6 | UInt32(byte & 0x3F)
      index &+= 1
    }
    // A longer form than needed is malformed.
    guard length == Self.byteCount(of: code) else { return nil }
    let isSurrogate = code >= 0xD800 && code <= 0xDFFF && !takesSurrogates
    if isStrict && (code > 0x10FFFF || isSurrogate) { return nil }
    self.code = code
    byteCount = length
  }

  /// How many bytes a code takes.
  @inline(__always) static func byteCount(of code: UInt32) -> Int {
    if code < 0x80 { return 1 }
    if code < 0x800 { return 2 }
    if code < 0x1_0000 { return 3 }
    if code < 0x20_0000 { return 4 }
    return code < 0x400_0000 ? 5 : 6
  }

  /// Writes a code and returns how many bytes it took, at most 6.
  @inline(__always)
  static func write(_ code: UInt32, to target: UnsafeMutablePointer<UInt8>) -> Int {
    let length = byteCount(of: code)
    if length == 1 {
      target[0] = UInt8(truncatingIfNeeded: code)
      return 1
    }
    var rest = code
    var index = length &- 1
    while index > 0 {
      target[index] = 0x80 | UInt8(truncatingIfNeeded: rest & 0x3F)
      rest = rest &>> 6
      index &-= 1
    }
    let mark: UInt8 = ~(0xFF &>> UInt8(truncatingIfNeeded: length))
    target[0] = mark | UInt8(truncatingIfNeeded: rest)
    return length
  }
}
