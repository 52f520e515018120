// Numbers. All are binary64; a whole number that is too long to be exact is warned of.

internal import NightjarBase
internal import NightjarDiagnostics

extension FuseLexer {
  /// Takes the number that begins with the digit that stands here.
  mutating func scanDigits() {
    let start = i
    var value: UInt64 = 0
    while i < source.count, CharacterClass.isDigit(source[i]) {
      value = value &* 10 &+ UInt64(source[i] &- 48)
      i += 1
    }
    let next = peek(0)
    if i - start <= 15, next != UInt8(ascii: "."), !CharacterClass.startsName(next) {
      pushNumber(from: start, Double(value))
      return
    }
    i = start
    scanLongNumber()
  }

  /// Takes the digits directly after a `.`.
  mutating func scanTupleIndex() {
    let start = i
    var value: UInt32 = 0
    while i < source.count, CharacterClass.isDigit(source[i]) {
      value = min(value, 0x0FFF_FFFF) * 10 + UInt32(source[i] - 48)
      i += 1
    }
    if CharacterClass.startsName(peek(0)) {
      failNumber(from: start, "an index is made of digits alone", kind: .tupleIndex)
    } else {
      push(.tupleIndex, from: start, payload: value)
    }
  }

  private mutating func pushNumber(from start: Int, _ value: Double) {
    push(.number, from: start, payload: UInt32(truncatingIfNeeded: numbers.count))
    numbers.append(value)
  }

  /// Takes letters and digits that touch, as a broken number.
  private mutating func failNumber(
    from start: Int,
    _ label: String,
    kind: FuseTokenKind = .number
  ) {
    while i < source.count, CharacterClass.continuesName(source[i]) { i += 1 }
    diagnostics.append(
      .Fuse.malformedNumber(excerpt(start, i), label: label, span: span(start, i))
    )
    let payload = kind == .number ? UInt32(truncatingIfNeeded: numbers.count) : 0
    push(kind, from: start, flags: .isBroken, payload: payload)
    if kind == .number { numbers.append(0) }
  }

  /// Takes digits and underscores of a base; false if not even a digit comes first.
  private mutating func skipDigits(_ base: UInt8) -> Bool {
    guard let first = CharacterClass.hexValue(peek(0)), first < base else { return false }
    while true {
      let byte = peek(0)
      if byte == UInt8(ascii: "_") {
        i += 1
      } else if let digit = CharacterClass.hexValue(byte), digit < base {
        i += 1
      } else {
        return true
      }
    }
  }

  /// Takes a number with a prefix, a point, an exponent, underscores or many digits.
  private mutating func scanLongNumber() {
    let start = i
    var base: UInt8 = 10
    if peek(0) == UInt8(ascii: "0") {
      if peek(1) | 32 == UInt8(ascii: "x") { base = 16 }
      if peek(1) | 32 == UInt8(ascii: "b") { base = 2 }
    }
    if base != 10 { i += 2 }
    if !skipDigits(base) {
      let name = base == 16 ? "a hexadecimal" : "a binary"
      return failNumber(from: start, "expected \(name) digit after the prefix")
    }
    var isWhole = true
    if base != 2, peek(0) == UInt8(ascii: "."), let problem = skipFraction(base, &isWhole) {
      return failNumber(from: start, problem)
    }
    let exponent = base == 16 ? UInt8(ascii: "p") : UInt8(ascii: "e")
    if base != 2, peek(0) | 32 == exponent {
      isWhole = false
      i += 1
      if peek(0) == UInt8(ascii: "+") || peek(0) == UInt8(ascii: "-") { i += 1 }
      if !skipDigits(10) { return failNumber(from: start, "expected digits of the exponent") }
    }
    if CharacterClass.continuesName(peek(0)) {
      let isDigit = CharacterClass.isDigit(peek(0))
      let label = isDigit ? "a binary number has the digits 0 and 1" : "a letter touches the number"
      return failNumber(from: start, label)
    }
    pushLongNumber(from: start, base: base, isWhole: isWhole)
  }

  /// Takes `.` and digits, if they stand here; what is wrong if the point has no digits.
  private mutating func skipFraction(_ base: UInt8, _ isWhole: inout Bool) -> String? {
    let next = peek(1)
    // `1..9` is a range and `4.tostring()` a call.
    if next == UInt8(ascii: ".") { return nil }
    guard let digit = CharacterClass.hexValue(next), digit < base else {
      if CharacterClass.startsName(next) { return nil }
      i += 1
      return "a digit is needed after the point"
    }
    i += 1
    isWhole = false
    _ = skipDigits(base)
    return nil
  }

  private mutating func pushLongNumber(from start: Int, base: UInt8, isWhole: Bool) {
    let digits = source[start..<i].filter { $0 != UInt8(ascii: "_") }
    if isWhole {
      let whole = WholeNumber(digits: digits.dropFirst(base == 10 ? 0 : 2), base: UInt32(base))
      if !whole.isExact {
        diagnostics.append(
          .Fuse.inexactNumber(
            excerpt(start, i),
            nearest: whole.nearestText,
            span: span(start, i)
          )
        )
      }
      pushNumber(from: start, whole.nearest)
      return
    }
    guard case .float(let value)? = Numeral.parseFloatToken(digits.span) else {
      return failNumber(from: start, "not a number")
    }
    pushNumber(from: start, value)
  }
}
