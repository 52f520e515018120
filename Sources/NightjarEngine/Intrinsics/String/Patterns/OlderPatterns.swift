// Patterns of the dialects that read them as C strings, or know fewer classes: they are rewritten to
// what the matcher reads, when they have such a thing in them at all.

internal import NightjarBase

extension StringLibrary {
  /// A pattern argument as the matcher is to read it.
  @inline(__always)
  static func checkPattern(_ call: NativeCall, _ n: Int) throws(ScriptError) -> StringRef {
    let pattern = try call.checkString(n)
    return call.follows(.zeroEndsPattern) ? try readOlder(call, n, pattern) : pattern
  }

  @inline(never)
  private static func readOlder(
    _ call: NativeCall,
    _ n: Int,
    _ pattern: StringRef
  ) throws(ScriptError) -> StringRef {
    let count = ByteSearch.firstByte(0, in: pattern.bytes, pattern.count)
    let lacksPrintable = !call.follows(.patternsHavePrintable)
    var text: [UInt8] = []
    var offset = 0
    while offset < count {
      let byte = pattern.bytes[offset]
      offset += 1
      guard byte == UInt8(ascii: "%"), offset < count else {
        text.append(byte)
        continue
      }
      let letter = pattern.bytes[offset]
      offset += 1
      let isPrintable = letter | 0x20 == UInt8(ascii: "g")
      text += lacksPrintable && isPrintable ? [letter] : [byte, letter]
      // What `%b` balances are bytes as they stand.
      if letter == UInt8(ascii: "b") {
        let end = Swift.min(offset + 2, count)
        while offset < end {
          text.append(pattern.bytes[offset])
          offset += 1
        }
      }
    }
    call.charge(count >> 2)
    if text.count == pattern.count { return pattern }
    let rewritten = try call.string(text)
    // A plain search looks for the text as it is.
    if !ByteSearch.isPlain(pattern.bytes, count) { call[n] = rewritten }
    return rewritten.string
  }
}
